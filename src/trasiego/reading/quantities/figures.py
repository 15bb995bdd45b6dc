"""Figures: a numeral or a range of two, with its currency, its percent and its bounds."""

from __future__ import annotations

from dataclasses import dataclass, replace

from trasiego.reading.quantities.numerals import Numeral, read_numeral
from trasiego.reading.quantities.vocabulary import vocabulary
from trasiego.reading.quantities.words import CURRENCY, SIGN, Word

LONGEST_BOUND = 4
DASHES = frozenset({"-", "–", "—"})
OPENERS_OF_AND = frozenset({"between", "entre"})
OPENERS_OF_TO = frozenset({"from", "de", "desde", "ranging", "range"})
REACH_OF_CHANGE = 22
LARGEST = 1e15
"""Figures above this are noise."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure over words[first:last], bounds and currency included.

    `value`, or `low` and `high`, as in a candidate; `symbol` is the currency code that stands before it ("$"
    where it is not said whose dollar); `share` is what a percent (0.01) or a part of a whole (1) is times
    to be a share, else 0; `core` is the index of the numeral's first word; `bare` marks a plain number in
    digits; `change` one end of a change ("from 41 to 98").
    """

    first: int
    last: int
    core: int
    value: float | None = None
    low: float | None = None
    high: float | None = None
    symbol: str = ""
    share: float = 0.0
    bare: bool = False
    estimated: bool = False
    change: bool = False

    def figures(self) -> tuple[float | None, float | None, float | None]:
        """Return value, low and high."""
        return self.value, self.low, self.high

    def times(self, factor: float) -> Figure:
        """Return the figure in another unit."""
        value, low, high = (None if each is None else each * factor for each in self.figures())
        return replace(self, value=value, low=low, high=high)


def read_figure(words: list[Word], first: int, language: str, point: bool) -> list[Figure]:
    """Return the figure that starts at words[first]; two where one changes into the other, or none."""
    opened = _with_symbol(words, first, language, point)
    if opened is None or opened[0].value > LARGEST:
        return []
    numeral, symbol = opened
    share, last = _percent(words, numeral.last)
    one = Figure(
        first,
        last,
        numeral.first,
        numeral.value,
        symbol=symbol,
        share=share or float(numeral.part),
        bare=numeral.bare,
    )
    both = _range(words, one, numeral, language, point)
    if len(both) == 2:
        return both
    if numeral.bare and _changes(words, one):
        return [replace(both[0], change=True)]
    return [bounded(words, both[0])]


def _with_symbol(words: list[Word], first: int, language: str, point: bool) -> tuple[Numeral, str] | None:
    if words[first].kind != CURRENCY:
        numeral = read_numeral(words, first, language, point)
        return None if numeral is None else (numeral, "")
    if first + 1 >= len(words):
        return None
    numeral = read_numeral(words, first + 1, language, point)
    return None if numeral is None else (numeral, vocabulary().currency_symbols.get(words[first].text, "$"))


def _percent(words: list[Word], last: int) -> tuple[float, int]:
    table = vocabulary().percent
    for length in (2, 1)[last + 2 > len(words) :]:
        phrase = tuple(each.text for each in words[last : last + length])
        if phrase in table and not (
            last + length < len(words) and words[last + length].text in vocabulary().points
        ):
            return 0.01, last + length
    return 0.0, last


def _joiner(words: list[Word], one: Figure) -> int | None:
    """Return the index after the word that joins two ends of a range, None where there is none."""
    if one.last >= len(words):
        return None
    text = words[one.last].text
    opener = words[one.first - 1].text if one.first else ""
    if text in DASHES:
        near = words[one.last].start - words[one.last - 1].end <= 1
        return one.last + 1 if near else None
    if text in ("and", "y"):
        return one.last + 1 if opener in OPENERS_OF_AND or _opened(words, one.first, OPENERS_OF_AND) else None
    return one.last + 1 if text in ("to", "a", "or", "o", "u", "hasta") else None


def _opened(words: list[Word], first: int, openers: frozenset[str]) -> bool:
    """Return whether one of the openers stands just before, articles and "about" aside."""
    before = [each.text for each in words[max(0, first - 3) : first]]
    while before and before[-1] in (
        "los",
        "las",
        "el",
        "about",
        "around",
        "some",
        "unos",
        "unas",
        "un",
        "una",
        "a",
        "the",
    ):
        before.pop()
    return bool(before) and before[-1] in openers


def _range(words: list[Word], one: Figure, numeral: Numeral, language: str, point: bool) -> list[Figure]:
    """Return the range that begins with `one`, its ends apart where the text tells of a change, or `one`."""
    after = _joiner(words, one)
    joiner = words[one.last].text if after else ""
    while after and after < len(words) and words[after].text in ("los", "las", "el", "unos", "unas"):
        after += 1
    other = _with_symbol(words, after, language, point) if after and after < len(words) else None
    if other is None or after is None or one.value is None:
        return [one]
    end, symbol = other
    share, last = _percent(words, end.last)
    low, high = one.value, end.value
    mantissa = high / end.scale
    if end.scale > 1 and numeral.scale == 1 and low < mantissa:
        low *= end.scale
    symbols = one.symbol or symbol
    if _tells_change(words, one.first, joiner):
        start = replace(one, value=low, symbol=symbols, share=one.share or share, change=True)
        return [
            start,
            Figure(after, last, end.first, end.value, symbol=symbols, share=start.share, change=True),
        ]
    if one.share == 0.01 and not share:
        return [one]
    if not low < high or high > LARGEST or (joiner in ("or", "o", "u") and high > 5 * low):
        return [one]
    first = one.first - (1 if one.first and words[one.first - 1].text in vocabulary().openers else 0)
    return [Figure(first, last, one.core, low=low, high=high, symbol=symbols, share=one.share or share)]


def _changes(words: list[Word], one: Figure) -> bool:
    """Return whether a figure is one end of a change whose ends stand apart ("from 41 in May … to 98")."""
    before = words[one.first - 1].text if one.first else ""
    if before not in ("from", "to", "at", "a", "de", "hasta"):
        return False
    sentence = words[one.first].sentence
    reach = (
        each for each in words[max(0, one.first - REACH_OF_CHANGE) : one.first] if each.sentence == sentence
    )
    return any(vocabulary().change.match(each.text) for each in reach if len(each.text) > 2)


def _tells_change(words: list[Word], first: int, joiner: str) -> bool:
    near = {each.text for each in words[max(0, first - 3) : first]}
    if joiner not in ("to", "a", "hasta") or not near & OPENERS_OF_TO:
        return False
    sentence = words[first].sentence
    before = (each for each in words[max(0, first - 9) : first] if each.sentence == sentence)
    return any(vocabulary().change.match(each.text) for each in before)


def bounded(words: list[Word], one: Figure) -> Figure:
    """Return the figure with the bound that the words before or after it set."""
    sense, first, estimated = _bound_before(words, one.first)
    if not sense or sense == "about":
        after = vocabulary().bounds_after.get(tuple(each.text for each in words[one.last : one.last + 2]), "")
        if after:
            sense, one = after, replace(one, last=one.last + 2)
    one = replace(one, first=first, estimated=estimated)
    if one.value is None or sense not in ("low", "high"):
        return one
    return replace(
        one,
        value=None,
        low=one.value if sense == "low" else None,
        high=one.value if sense == "high" else None,
    )


def _bound_before(words: list[Word], first: int) -> tuple[str, int, bool]:
    """Return the bound that the words before words[first] set, where it starts, whether it is an estimate."""
    sense, estimated, index = "", False, first
    for _step in range(3):
        start, phrase = _bound_phrase(words, index)
        if not phrase:
            break
        told = vocabulary().bounds[phrase]
        sense = told if sense in ("", "about") else sense
        estimated = estimated or phrase in vocabulary().estimated
        index = start
    return sense, index, estimated


def _bound_phrase(words: list[Word], end: int) -> tuple[int, tuple[str, ...]]:
    """Return where the longest bound that ends at words[end], an article aside, starts, and its words."""
    article = int(end > 0 and words[end - 1].text in ("a", "un", "una", "an"))
    for last in (end, end - article):
        for length in range(min(LONGEST_BOUND, last), 0, -1):
            phrase = tuple(each.text for each in words[last - length : last])
            if phrase in vocabulary().bounds:
                return last - length, phrase
    return end, ()


def is_sign(word: Word) -> bool:
    """Return whether the piece is punctuation that ends a phrase; hyphens do not."""
    return word.kind == SIGN and word.text not in DASHES and word.text != "/"
