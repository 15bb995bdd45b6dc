"""The review at the terminal: one candidate at a time, its words in their sentence, one key to decide."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from trasiego.cli.editing import edited_by_asking, edited_in_editor, text_of
from trasiego.cli.own import check_speaks, number_field
from trasiego.common.faults import Faults
from trasiego.common.messages import _
from trasiego.common.predicates import PREDICATES
from trasiego.evidence.own.view import statement
from trasiego.reading.candidate import Candidate
from trasiego.reading.review.session import OF_KIND, Item, id_of

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from trasiego.cli.entering import Entering

KEYS: tuple[tuple[str, str, str], ...] = (
    ("a", _("accept"), _("it is what the report says: it enters the ledger")),
    ("e", _("edit"), _("change fields, one after the other, and accept")),
    ("E", _("editor"), _("change fields in the editor of the system, and accept")),
    ("l", _("link"), _("accept, and say to which number of scenarios it speaks")),
    ("r", _("reject"), _("the report does not say so")),
    ("s", _("skip"), _("decide later")),
    ("u", _("undo"), _("take the last decision back, in the ledger too")),
    ("b", _("back"), _("look at the one before again")),
    ("q", _("quit"), _("stop; every decision is kept already")),
    ("?", _("help"), _("show this")),
)
"""Keys of the review with their word and meaning."""

SHORT = ("a", "e", "l", "r", "s", "u", "b", "q", "?")
COLOURS = {"accept": "green", "reject": "red"}


class Reviewing:
    """A review that goes through items: `key` waits for one key, `ask` for a line (label, present text)."""

    def __init__(
        self,
        entering: Entering,
        items: Sequence[Item],
        screen: Console,
        key: Callable[[], str],
        ask: Callable[[str, str], str],
    ) -> None:
        self.entering, self.items, self.screen = entering, list(items), screen
        self.key, self.ask = key, ask
        self.at = 0

    def run(self) -> None:
        """Go on until all items were looked at or the reviewer quits."""
        while self.at < len(self.items):
            item = self.items[self.at]
            for part in screen_of(item, self.at + 1, len(self.items), self.entering):
                self.screen.print(part)
            if not self._react(item):
                return

    def _react(self, item: Item) -> bool:
        """Wait for a key that means something and do what it says; return False for quitting."""
        while True:
            pressed = self.key()
            if pressed == "q":
                return False
            if pressed in ("a", "r"):
                self._decide(item, "accept" if pressed == "a" else "reject", None)
            elif pressed in ("e", "E") and isinstance(item, Candidate):
                if not self._edit(item, pressed == "E"):
                    continue
            elif pressed == "l" and isinstance(item, Candidate) and item.kind == "quantity":
                if not self._link(item):
                    continue
            elif pressed == "s":
                self.at += 1
            elif pressed == "b":
                self.at = max(0, self.at - 1)
            elif pressed == "u":
                if not self._undo():
                    continue
            else:
                self._help()
                continue
            return True

    def _decide(self, item: Item, decision: str, edited: dict[str, Any] | None, number: str = "") -> None:
        self.entering.decide(item, decision, edited, number)
        word = {"accept": _("accepted"), "reject": _("rejected")}[decision]
        self.screen.print(f" {word}", style=COLOURS[decision])
        self.at += 1

    def _edit(self, item: Candidate, in_editor: bool) -> bool:
        """Change the item and accept it; return False where nothing was settled."""
        said = self.screen.print
        changes = edited_in_editor(item, said) if in_editor else edited_by_asking(item, self.ask, said)
        if changes is None:
            said(_(" nothing changed, nothing decided"), style="dim")
            return False
        self._decide(item, "accept", changes)
        return True

    def _link(self, item: Candidate) -> bool:
        """Ask for a number and accept the item as speaking to it; return False where that cannot be."""
        number = self.ask(_("number"), "").strip()
        try:
            check_speaks(item, number_field(number, _("number")))
        except Faults as error:
            self.screen.print(str(error), style="red")
            return False
        self._decide(item, "accept", None, number)
        return True

    def _undo(self) -> bool:
        item = self.entering.undo()
        if item is None:
            self.screen.print(_(" nothing to undo"), style="dim")
            return False
        self.screen.print(_(" undone: {item}").format(item=id_of(item)), style="yellow")
        names = [id_of(each) for each in self.items]
        if id_of(item) in names:
            self.at = names.index(id_of(item))
        else:
            self.items.insert(self.at, item)
        return True

    def _help(self) -> None:
        from rich.text import Text

        for key, word, meaning in KEYS:
            line = Text.assemble("  ", (key, "bold"), f"  {word:<8} ", (meaning, "dim"))
            self.screen.print(line)


def screen_of(item: Item, number: int, count: int, entering: Entering) -> Iterator[Any]:
    """Yield what is printed for an item: where it stands, the sentence, the fields and the keys."""
    from rich.rule import Rule
    from rich.text import Text

    yield Rule(style="dim")
    decided = entering.review.standing.get(id_of(item))
    place = _("{number} of {count}").format(number=number, count=count)
    if isinstance(item, Candidate):
        yield _head(place, item.kind, item.type, _("confidence {x}").format(x=f"{item.confidence:.2f}"))
        yield Text(_report(item), style="dim")
        yield Text()
        yield marked(item)
        yield Text()
        yield from _pairs(item, entering)
    else:
        yield _head(place, _("the same?"), str(item["type"]), _("score {x}").format(x=f"{item['score']:.2f}"))
        yield Text()
        for name in item["names"]:
            yield Text(f"   {name}", style="bold")
        yield Text(f"   {item['reason']}")
        yield Text(f"   {', '.join(item['documents'])}", style="dim")
    yield Text()
    if decided is not None:
        word = {"accept": _("accepted"), "reject": _("rejected")}[decided.decision]
        yield Text(_(" stands {word}").format(word=word), style=COLOURS[decided.decision])
    yield _keys(item.kind if isinstance(item, Candidate) else "")


def _head(place: str, kind: str, type_: str, right: str) -> Any:
    from rich.table import Table
    from rich.text import Text

    row = Table.grid(expand=True)
    row.add_column()
    row.add_column(justify="right")
    words = f"  {type_}" if type_ else ""
    row.add_row(Text.assemble(f" {place}   ", (kind, "bold cyan"), words), Text(f"{right} ", style="dim"))
    return row


def _report(item: Candidate) -> str:
    parts = (item.publisher, item.title, item.published, item.document)
    return " " + ", ".join(dict.fromkeys(part for part in parts if part))


def marked(item: Candidate) -> Text:
    """Return the sentence of a candidate with its words marked, or the words alone."""
    from rich.padding import Padding
    from rich.text import Text

    mark = "bold reverse"
    start = item.start - item.sentence_start
    end = start + len(item.quote)
    if not item.sentence or not 0 <= start < end <= len(item.sentence):
        inside = item.sentence.partition(item.quote)
        text = Text.assemble(inside[0], (item.quote, mark), inside[2])
    else:
        text = Text.assemble(item.sentence[:start], (item.sentence[start:end], mark), item.sentence[end:])
    return Padding(text, (0, 1, 0, 3))  # type: ignore[return-value]


def _pairs(item: Candidate, entering: Entering) -> Iterator[Any]:
    """Yield the fields of a candidate, side by side with their names, and what it contradicts."""
    from rich.table import Table
    from rich.text import Text

    made = Table(box=None, show_header=False, padding=(0, 2, 0, 3), pad_edge=True)
    made.add_column(style="dim", no_wrap=True)
    made.add_column(overflow="fold")
    for name in OF_KIND[item.kind]:
        shown = Text(text_of(getattr(item, name)))
        if shown:
            if name == "predicate":
                shown.append(f"  {PREDICATES.get(item.predicate, '')}", style="dim")
            made.add_row(name.replace("_", " "), shown)
    if item.choices:
        made.add_row(_("or"), " · ".join(item.choices[1:6]))
    made.add_row(_("modality"), Text(item.modality, style="" if item.modality == "stated" else "yellow"))
    made.add_row(_("said by"), item.attribution or _("the report"))
    if item.proposed_by != "rules":
        made.add_row(_("proposed by"), item.proposed_by)
    others = entering.review.items()
    for name in item.contradicts:
        other = others.get(name)
        if isinstance(other, Candidate):
            said = f"{statement(other)}  ({other.publisher or other.document})"
            made.add_row(Text(_("against"), style="red"), said)
    yield made


def _keys(kind: str) -> Text:
    """Return the keys that mean something for a kind of candidate, or for a merge (no kind)."""
    from rich.text import Text

    words = {key: word for key, word, _meaning in KEYS}
    if not kind:
        words |= {"a": _("the same"), "r": _("not the same")}
    line = Text(" ")
    for key in SHORT:
        if kind == "quantity" or (kind and key != "l") or key not in "el":
            line.append(key, style="bold").append(f" {words[key]}  ", style="dim")
    return line
