"""What is moved, and how: products and ways of transport that the sentence of a candidate names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from trasiego.reading.candidate import Candidate
from trasiego.reading.shipped import shipped

MOVING = ("moves_to", "supplies", "protects", "charges_fee", "controls")
"""Relations that may be about goods."""

BEFORE = 4
"""How much farther a word before the quote counts: "80 kilos of cocaine in a canoe" says it behind."""


def add_goods(candidates: Iterable[Candidate]) -> None:
    """Fill `product` and `mode` of figures, events and relations about goods, where their sentence names one.

    Words inside the quote come before the others of the sentence, and of these the nearest; empty where the
    sentence names none.
    """
    for candidate in candidates:
        if candidate.kind in ("quantity", "event") or candidate.predicate in MOVING:
            candidate.product = _nearest(candidate, "product")
            candidate.mode = _nearest(candidate, "mode")


def _nearest(candidate: Candidate, kind: str) -> str:
    text = candidate.sentence.lower()
    first = candidate.start - candidate.sentence_start
    last = first + len(candidate.quote)
    found = [
        (max(0, BEFORE * (first - end), start - last), start - end, word)
        for start, end, word in _named(kind, text)
    ]
    return min(found)[2] if found else ""


@lru_cache(maxsize=256)
def _named(kind: str, text: str) -> tuple[tuple[int, int, str], ...]:
    """Return start, end and word of all goods that a sentence in small letters names."""
    return tuple(
        (match.start(), match.end(), word)
        for word, (stems, pattern) in _patterns()[kind].items()
        if any(stem in text for stem in stems)
        for match in pattern.finditer(text)
    )


@cache
def _patterns() -> dict[str, dict[str, tuple[tuple[str, ...], re.Pattern[str]]]]:
    """Return for products and ways of transport how the words that name each begin, and their pattern."""
    lists = shipped("goods")
    return {
        kind: {
            word: (
                tuple({name.split()[0].rstrip("*") for name in names}),
                re.compile("|".join(map(_pattern, names))),
            )
            for word, names in words.items()
        }
        for kind, words in lists.items()
    }


def _pattern(name: str) -> str:
    words = (re.escape(each).replace(r"\*", r"\w*") for each in name.split())
    return r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)"
