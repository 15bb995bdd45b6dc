"""A paragraph cut into figures, words and signs, the same way in either language and without a model."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from trasiego.common.letters import without_marks
from trasiego.reading.quantities.vocabulary import vocabulary

NUMBER, CURRENCY, WORD, SIGN = "number", "currency", "word", "sign"

LONGEST_NUMBER = 24
"""Characters of the longest run of digits that is read as a figure."""


@dataclass(slots=True)
class Word:
    """One piece of a text: its letters folded, where it stands in the document, what it is, its sentence."""

    text: str
    start: int
    end: int
    kind: str
    sentence: int = 0


@lru_cache(maxsize=50_000)
def fold(text: str) -> str:
    """Return `text` in small letters without accents."""
    return without_marks(text.casefold()).replace("’", "'")


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    symbols = sorted(vocabulary().currency_symbols, key=len, reverse=True)
    before = [each for each in symbols if each[-1].isalpha() or each[-1] == "."]
    signs = [each for each in symbols if each not in before]
    return re.compile(
        r"(?P<number>(?<![\d.,])\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3}(?!\d))+(?:[.,]\d{1,2}(?!\d))?"
        r"|\d+(?:[.,'’]\d+)*)"
        rf"|(?P<currency>(?<!\w)(?:{'|'.join(map(re.escape, before))})(?=\s?\d)"
        rf"|{'|'.join(map(re.escape, signs))})"
        r"|(?P<word>[^\W\d_]\w*(?:[-‐‑'’]\w+)*)"
        r"|(?P<sign>[^\w\s]|_)"
    )


def cut(text: str, offset: int) -> list[Word]:
    """Return the pieces of `text`, which starts at `offset` of the document; hyphened numerals come apart."""
    pieces: list[Word] = []
    numerals = vocabulary().hyphened
    for found in _pattern().finditer(text):
        start, end = found.span()
        kind = str(found.lastgroup)
        if kind == WORD and ("-" in found[0] or "‐" in found[0] or "‑" in found[0]):
            pieces.extend(_apart(found[0], offset + start, numerals))
            continue
        flat = found[0] if kind in (NUMBER, CURRENCY) else fold(found[0])
        pieces.append(Word(flat, offset + start, offset + end, kind))
    return pieces


def _apart(text: str, start: int, numerals: frozenset[str]) -> list[Word]:
    """Return a hyphened word whole, or in parts where it begins with a numeral ("two-ton")."""
    parts = re.split("[-‐‑]", text)
    if fold(parts[0]) not in numerals:
        return [Word(fold(text).replace("‐", "-").replace("‑", "-"), start, start + len(text), WORD)]
    pieces = []
    for part in parts:
        pieces.append(Word(fold(part), start, start + len(part), WORD))
        start += len(part) + 1
    return pieces
