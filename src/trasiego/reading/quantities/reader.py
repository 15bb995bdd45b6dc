"""All measured figures of a paragraph: those with a unit, and those that take the unit of one before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from trasiego.reading.quantities.context import Setting
from trasiego.reading.quantities.figures import Figure, bounded, read_figure
from trasiego.reading.quantities.meaning import concepts_of, family
from trasiego.reading.quantities.numerals import ARTICLES
from trasiego.reading.quantities.rates import per_elsewhere
from trasiego.reading.quantities.units import (
    MASSES,
    TIMES,
    Measured,
    measure,
    measure_at,
    per_of,
    rate_per_people,
)
from trasiego.reading.quantities.unsaid import unit_told_elsewhere
from trasiego.reading.quantities.words import CURRENCY, NUMBER, WORD, Word

POUND = 0.45359237
KEPT_RATES = TIMES | MASSES | {"ha", "arroba", "gal", "l"}
"""What a unit is written as being per; of anything else ("each trip") the words stay in the quotation."""


def measured_in(words: list[Word], setting: Setting) -> Iterator[Measured]:
    """Yield the figures of a paragraph that have a unit, ranges joined and rates told."""
    before: Measured | None = None
    outside: dict[bool, Measured] = {}
    index = 0
    while index < len(words):
        step = index + 1
        for found in _at(words, index, setting, outside):
            step = max(step, found.last)
            if found.unit and not _converts(words, before, found):
                joined = before and _joined(words, before, found)
                before = joined or _bracketed(words, before, found)
                if not _in_bracket(words, before):
                    outside[False] = before
                    outside[family(before.unit) in ("money", "price")] = before
                yield before
        index = step


def _at(words: list[Word], index: int, setting: Setting, before: dict[bool, Measured]) -> list[Measured]:
    """Return what is measured from words[index] on; a figure without a unit comes with the unit ""."""
    word = words[index]
    if word.kind not in (NUMBER, WORD, CURRENCY) or setting.is_masked(word.start, word.end):
        return []
    language = setting.language
    figures = read_figure(words, index, language, setting.point)
    if not figures:
        single = _single(words, index)
        return [_rated(words, single, before.get(True))] if single else []
    last = figures[-1]
    if setting.is_masked(words[last.core].start, words[last.last - 1].end):
        return [Measured(last, "", last.last)]
    found = measure(words, last, language, setting.pesos, setting.dollar) or unit_told_elsewhere(
        words, last, before
    )
    rated = rate_per_people(words, found.last if found and found.noun[1] else last.last)
    if rated:
        noun = found.noun if found else (0, 0)
        return [Measured(last, "1/100000/year", rated, noun)]
    if found is None:
        return [Measured(last, "", last.last)]
    found = _rated(words, found, before.get(True))
    if len(figures) == 2:
        factor = figures[0].share or 1.0
        start = replace(found, figure=figures[0].times(factor), last=figures[0].last)
        return [start, found]
    return [found]


def _in_bracket(words: list[Word], found: Measured) -> bool:
    first = found.figure.first
    return first > 0 and words[first - 1].text in ("(", "[")


def _converts(words: list[Word], before: Measured | None, found: Measured) -> bool:
    """Return whether the figure only tells in brackets the mass before it in another unit."""
    if not _in_bracket(words, found) or found.unit not in MASSES:
        return False
    unit, _last = measure_at(words, found.figure.first - 2)
    return bool(unit) and (before is None or before.last >= found.figure.first - 2 or unit in ("kg", "t"))


def _bracketed(words: list[Word], before: Measured | None, found: Measured) -> Measured:
    """Return money in brackets as per the same as the money that it converts."""
    if before is None or not _in_bracket(words, found) or "/" in found.unit or "/" not in before.unit:
        return found
    near = before.last == found.figure.first - 1 and family(found.unit) == "money"
    return replace(found, unit=f"{found.unit}/{before.unit.partition('/')[2]}") if near else found


def _rated(words: list[Word], found: Measured, price: Measured | None) -> Measured:
    """Return the figure with what it is per, where that goes with its unit; `price` is money before it."""
    if found.unit in ("share", "ratio", "year") or "/" in found.unit:
        return found
    money = family(found.unit) == "money"
    per, last, times = per_of(words, found)
    if not money and per not in TIMES and not (per == "ha" and found.unit in MASSES):
        per, last = "", found.last
    per = per or per_elsewhere(words, found, money, price)
    if not per:
        return found
    if per == "lb":
        per, times = "kg", POUND
    found = replace(found, figure=found.figure.times(1 / times), last=last)
    return replace(found, unit=f"{found.unit}/{per}") if per in KEPT_RATES else found


def _single(words: list[Word], index: int) -> Measured | None:
    """Return "a ton of …" as a figure, where it is a load and not what a price is for."""
    if words[index].text not in ARTICLES or index + 2 >= len(words):
        return None
    unit, last = measure_at(words, index + 1)
    sentence = words[index].sentence
    if unit not in ("kg", "t"):
        return None
    value = 1.0
    if [each.text for each in words[last : last + 2]] in (["y", "media"], ["y", "medio"], ["and", "a"]):
        value, last = 1.5, last + (3 if words[last].text == "and" else 2)
    rated = per_of(words, Measured(Figure(index, index + 1, index, value), unit, last))[0] in TIMES
    if last >= len(words) or not (rated or words[last].text in ("of", "de")):
        return None
    near = [each for each in words[max(0, index - 6) : last + 8] if each.sentence == sentence]
    names = {concept.name for each in near if each.kind == WORD for concept in concepts_of(each.text)}
    if names & {"price", "fee"} or any(each.kind == CURRENCY for each in near):
        return None
    bound = bounded(words, Figure(index, index + 1, index, value))
    if rated or value == 1.5 or bound.first < index or names & {"seize", "move", "export"}:
        return Measured(bound, unit, last)
    return None


def _joined(words: list[Word], before: Measured, found: Measured) -> Measured | None:
    """Return the range of two figures that each have their unit ("between 5 kilos and 10 kilos")."""
    between = [each.text for each in words[before.last : found.figure.first]]
    opener = words[before.figure.first - 1].text if before.figure.first else ""
    low, high = before.figure.value, found.figure.value
    if between not in (["and"], ["y"]) or opener not in ("between", "entre") or before.unit != found.unit:
        return None
    if low is None or high is None or not low < high:
        return None
    return replace(
        found, figure=replace(found.figure, first=before.figure.first, value=None, low=low, high=high)
    )
