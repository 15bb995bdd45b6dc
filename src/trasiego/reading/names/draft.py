"""The words of a report, and the stretches of them that are taken to be names so far."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from trasiego.reading.names.lexicon import Lexicon, fold, is_common, lexicon, word_set

if TYPE_CHECKING:
    from trasiego.reading.document import Document
    from trasiego.reading.parsing import Passage

WORD = re.compile(
    r"(?:[A-Z]\.){2,}|\w{3,}\.(?:com|info|org|net)\b|EE\.? ?UU\.?|['’]s\b|[^\W_]+(?:['’][^\W_\d]{2,})*"
)
SPACES = frozenset({" ", "\u00a0", "  ", "\n"})
QUOTES = frozenset("\"“”«»‘’'„")


@dataclass(slots=True)
class Word:
    """A word: its text, offsets and folded form; `gap` is what stands between it and the word before."""

    text: str
    start: int
    end: int
    folded: str
    gap: str
    first: bool = False
    """Whether it is the first of a sentence."""
    heading: bool = False
    """Whether it stands in a heading."""

    capital: bool = field(init=False)
    """Whether the word starts with a capital letter."""
    acronym: bool = field(init=False)
    """Whether all its letters, two or more, are capitals."""

    def __post_init__(self) -> None:
        self.capital = self.text[0].isupper() and self.folded not in word_set("calendar")
        self.acronym = len(self.text) > 1 and self.text.isupper()


@dataclass(slots=True, eq=False)
class Span:
    """The words [first, last), taken to name something of a type; `witnesses` are what speaks for it."""

    first: int
    last: int
    type: str
    name: str
    witnesses: set[str] = field(default_factory=set)


class Draft:
    """A report's words, and the spans that have been taken; a word belongs to one span at most."""

    def __init__(self, document: Document, passages: list[Passage]) -> None:
        self.text = document.text
        self.language = document.language if document.language in ("en", "es") else "en"
        self.lexicon: Lexicon = lexicon()
        self.words: list[Word] = []
        self.entities: dict[int, tuple[int, str]] = {}
        for passage in passages:
            self._add(passage)
        self.owner: list[Span | None] = [None] * len(self.words)
        self.spans: list[Span] = []
        self.links: list[tuple[Span, Span]] = []
        self.pending: list[tuple[int, int]] = []
        """(Index of a cue of another name, index of that name) where no name stood before the cue yet."""
        self.nicknames: dict[int, tuple[int, int]] = {}

    def _add(self, passage: Passage) -> None:
        tokens, text = passage.tokens, passage.text
        starts = sorted({sentence.start_char for sentence in tokens.sents} | {0})
        heading = len(text) < 70 and not text.rstrip().endswith((".", "!", "?", "”", '"', ":", ";", "»"))
        self.entities.update(
            (passage.start + each.start_char, (passage.start + each.end_char, each.label_))
            for each in tokens.ents
        )
        end, next_start = 0, 0
        for match in WORD.finditer(text):
            first = False
            while next_start < len(starts) and starts[next_start] <= match.start():
                first, next_start = True, next_start + 1
            gap = text[end : match.start()] if end else "\n\n"
            initial = gap == ". " and len(self.words[-1].text) == 1 and self.words[-1].capital
            stopped = first or gap.rstrip(' "“«').endswith((".", "?", "!", ":"))
            first = (stopped and not initial) or any(mark in gap for mark in "•\n")
            offset = passage.start
            self.words.append(
                Word(
                    match[0],
                    offset + match.start(),
                    offset + match.end(),
                    fold(match[0]),
                    gap,
                    first,
                    heading,
                )
            )
            end = match.end()

    def follows(self, index: int) -> bool:
        """Tell whether word `index` stands right after the word before it, in the same name as it may be."""
        word = self.words[index]
        if word.gap in SPACES or (word.gap == "" and index > 0) or word.gap in ("-", "–", "’", "'"):
            return True
        before = self.words[index - 1].text
        return word.gap in (". ", ".") and (len(before) == 1 or before in ABBREVIATIONS)

    def free(self, first: int, last: int) -> bool:
        """Tell whether none of the words [first, last) is taken."""
        return all(each is None for each in self.owner[first:last])

    def take(self, first: int, last: int, type: str, witness: str, name: str = "") -> Span:
        """Take words for a span; "nothing" as type keeps them from being taken for a name."""
        span = Span(first, last, type, name or self.phrase(first, last), {witness})
        self.owner[first:last] = [span] * (last - first)
        self.spans.append(span)
        return span

    def drop(self, span: Span) -> None:
        """Give the words of a span back."""
        self.owner[span.first : span.last] = [None] * (span.last - span.first)
        self.spans.remove(span)

    def phrase(self, first: int, last: int) -> str:
        """Return the text of words as it is written, spaces made one."""
        return " ".join(self.text[self.words[first].start : self.words[last - 1].end].split())

    def key(self, first: int, last: int) -> tuple[str, ...]:
        """Return the folded words [first, last)."""
        return tuple(word.folded for word in self.words[first:last])

    def common(self, index: int) -> bool:
        """Tell whether a word is an ordinary one of the report's language, or one of English."""
        return is_common(self.words[index].text, self.language)

    def label(self, first: int, last: int) -> str:
        """Return what the language model calls words that overlap [first, last) most, or ""."""
        start, end = self.words[first].start, self.words[last - 1].end
        for offset in range(max(0, start - 4), end):
            found = self.entities.get(offset)
            if found and found[0] > start:
                return found[1]
        return ""

    def quoted(self, first: int, last: int) -> bool:
        """Tell whether words stand between quotation marks."""
        before = self.text[self.words[first].start - 1 : self.words[first].start]
        end = self.words[last - 1].end
        return before in QUOTES and any(mark in QUOTES for mark in self.text[end : end + 2])

    def window(self, first: int, back: int) -> Iterable[str]:
        """Yield up to `back` folded words before word `first`, nearest first, inside its sentence."""
        for index in range(first - 1, max(-1, first - 1 - back), -1):
            if self.words[index + 1].first or "\n\n" in self.words[index + 1].gap:
                return
            yield self.words[index].folded


ABBREVIATIONS = frozenset(
    {"Gen", "Col", "Lt", "Capt", "Dr", "Dra", "Mr", "Mrs", "Ms", "Sr", "Sra", "St", "Sgt", "Maj"}
)
