"""All measured figures of a paragraph: those with a unit, and those that take the unit of one before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from trasiego.reading.quantities.context import Setting
from trasiego.reading.quantities.figures import Figure, bounded, read_figure
from trasiego.reading.quantities.meaning import WIDEST, concepts_of, family
from trasiego.reading.quantities.numerals import ARTICLES
from trasiego.reading.quantities.units import (
    MASSES,
    TIMES,
    Measured,
    measure,
    measure_at,
    per_of,
    rate_per_people,
    unit_of_noun,
)
from trasiego.reading.quantities.vocabulary import vocabulary
from trasiego.reading.quantities.words import CURRENCY, NUMBER, WORD, Word

POUND = 0.45359237
EACH_SINGLE = frozenset(
    {
        "a",
        "an",
        "un",
        "una",
        "per",
        "each",
        "el",
        "la",
        "por",
        "cada",
        "that",
        "ese",
        "este",
        "esa",
        "del",
        "one",
    }
)
SINGLE_MASS = {
    "kilo": "kg",
    "kilogram": "kg",
    "kilogramo": "kg",
    "kg": "kg",
    "gram": "g",
    "gramo": "g",
    "ton": "t",
    "tonelada": "t",
    "arroba": "arroba",
}
KEPT_RATES = TIMES | MASSES | {"ha", "arroba", "gal", "l"}
"""What a unit is written as being per; of anything else ("each trip") the words stay in the quotation."""

PRICED = frozenset({"price", "value", "fee", "pay"})
STRENGTH = frozenset(
    {
        "strength",
        "membership",
        "ranks",
        "numbering",
        "numbers",
        "numbered",
        "force",
        "army",
        "militia",
        "crew",
        "fuerza",
        "ejercito",
        "contingente",
    }
)
REACH_OF_SUBJECT = 24
LINKS = frozenset({
    ("up", "from"), ("down", "from"), ("compared", "to"), ("compared", "with"), ("respecto", "a"),
    ("frente", "a"),
    ("pasando", "de"), ("versus",), ("vs",), ("comparado", "con"), ("respecto", "de"), ("contra",), ("than",),
})  # fmt: skip
OF_THE_ONES = (["de", "las", "que"], ["de", "los", "que"])
OF_THESE = frozenset({"which", "whom", "them", "ellos", "ellas", "cuales"})


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
        return [_rated(words, single, setting)] if single else []
    last = figures[-1]
    if setting.is_masked(words[last.core].start, words[last.last - 1].end):
        return [Measured(last, "", last.last)]
    found = measure(words, last, language, setting.pesos, setting.dollar) or _like(words, last, before)
    rated = rate_per_people(words, found.last if found and found.noun[1] else last.last)
    if rated:
        noun = found.noun if found else (0, 0)
        return [Measured(last, "1/100000/year", rated, noun)]
    if found is None:
        return [Measured(last, "", last.last)]
    found = _rated(words, found, setting)
    if len(figures) == 2:
        factor = figures[0].share or 1.0
        start = replace(found, figure=figures[0].times(factor), last=figures[0].last, noun=(0, 0))
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


def _rated(words: list[Word], found: Measured, setting: Setting) -> Measured:
    """Return the figure with what it is per, where that goes with its unit."""
    if found.unit in ("share", "ratio") or "/" in found.unit:
        return found
    money = family(found.unit) == "money"
    per, last = per_of(words, found)
    if not money and per not in TIMES:
        per, last = "", found.last
    per = per or _framed(words, found, money)
    if not per or (found.unit == "year"):
        return found
    if per == "lb":
        found, per = replace(found, figure=found.figure.times(1 / POUND)), "kg"
    del setting
    return (
        replace(found, unit=f"{found.unit}/{per}", last=last)
        if per in KEPT_RATES
        else replace(found, last=last)
    )


def _framed(words: list[Word], found: Measured, money: bool) -> str:
    """Return what the sentence says elsewhere that it is per: "each year, …", "annual", "a kilo costs"."""
    core = found.figure.core
    sentence = words[core].sentence
    first = core
    while first and core - first < WIDEST and words[first - 1].sentence == sentence:
        first -= 1
    opening = [each.text for each in words[first : first + 2]]
    table = vocabulary().per
    if len(opening) == 2 and opening[0] in ("each", "every", "cada") and table.get(opening[1]) in TIMES:
        return table[opening[1]]
    if money or found.unit in MASSES:
        for word in words[max(first, found.figure.first - 4) : found.figure.first]:
            if word.text in vocabulary().per_adverbs:
                return vocabulary().per_adverbs[word.text]
    return _per_kilo(words, found, first) if money else ""


def _per_kilo(words: list[Word], found: Measured, first: int) -> str:
    """Return the mass that a price of the sentence is for ("a kilo of cocaine costs …"), or ""."""
    sentence, index = words[first].sentence, first
    priced = found.figure.change
    unit = ""
    last = min(len(words), found.last + WIDEST)
    while index < last and words[index].sentence == sentence:
        text = words[index].text
        if text == ";":
            if index >= found.last:
                break
            unit, priced = "", found.figure.change
        if text in SINGLE_MASS and abs(index - found.figure.first) < 40 and _is_single(words, index):
            unit = unit or SINGLE_MASS[text]
        if words[index].kind == WORD and not priced:
            priced = any(each.name in PRICED for each in concepts_of(text))
        if (text in SINGLE_MASS or text in ("kilos", "kilogramos", "toneladas", "tons")) and words[
            index - 1
        ].kind == NUMBER:
            return ""
        index += 1
    copula = any(
        each.text in ("is", "was", "es", "esta", "are")
        for each in words[max(first, found.figure.first - 4) : found.figure.first]
    )
    return unit if priced or copula else ""


def _strength(words: list[Word], figure: Figure) -> Measured | None:
    """Return a figure as persons where it tells the strength of a group ("a force of 12,000")."""
    start = max(0, figure.first - 3)
    texts = [each.text for each in words[start : figure.first]]
    at = next((index for index, each in enumerate(texts) if each in STRENGTH), -1)
    if at < 0 or texts[-1] not in ("of", "de", "at", "en", "numbering", "numbered"):
        return None
    return Measured(figure, "person", figure.last, (start + max(0, at - 1), start + at + 1))


def _of_them(words: list[Word], figure: Figure, before: Measured | None) -> Measured | None:
    """Return a figure as persons or things told before ("seven of them", "seven of those arrested")."""
    texts = [each.text for each in words[figure.last : figure.last + 3]]
    if texts[:1] not in (["of"], ["de"]) or len(texts) < 3:
        return None
    if texts[1] in ("those", "los", "las") and any(each.name == "arrest" for each in concepts_of(texts[2])):
        return Measured(figure, "person", figure.last, (figure.last + 2, figure.last + 3))
    counted = before is not None and before.unit.islower() and "/" not in before.unit
    if before is None or not counted or texts[1] not in OF_THESE:
        return None
    return Measured(figure, before.unit, figure.last, before.noun, before.sure)


def _compares(words: list[Word], figure: Figure) -> bool:
    """Return whether "fewer than", "más que" or the like comes next."""
    texts = [each.text for each in words[figure.last : figure.last + 2]]
    return bool(texts) and texts[0] in ("fewer", "less", "more", "menos", "mas") and texts[1:] != ["of"]


def _part_of(words: list[Word], figure: Figure, before: Measured) -> bool:
    """Return whether it is a part of the total before ("of the 60 held, 18 were charged, and 20 …")."""
    largest = max((each for each in before.figure.figures() if each is not None), default=0.0)
    opening = [each.text for each in words[max(0, before.figure.core - 2) : before.figure.core]]
    total = opening in (["de", "los"], ["de", "las"], ["of", "the"]) or before.part
    lead = words[figure.first - 1].text if figure.first else ""
    return total and lead in (",", "y", "and") and 10 <= (figure.value or 0) <= largest


def _subject(words: list[Word], figure: Figure, told: dict[bool, Measured]) -> Measured | None:
    """Return a figure that changes as one of what changes ("murders rose from 41 to 98")."""
    sentence = words[figure.core].sentence
    for index in range(figure.first - 1, max(-1, figure.first - REACH_OF_SUBJECT), -1):
        if words[index].sentence != sentence:
            return None
        if told.get(False) and told[False].last > index and "/100000" in told[False].unit:
            return replace(told[False], figure=figure, last=figure.last, noun=(0, 0))
        unit = measure_at(words, index)[0] or unit_of_noun(words[index].text)[0]
        if unit and unit not in ("place", "company", "house") and len(words[index].text) > 2:
            return Measured(figure, unit, figure.last, (index, index + 1))
    return None


def _is_single(words: list[Word], index: int) -> bool:
    """Return whether the mass at words[index] is one that things are priced by, and no amount."""
    before = [each.text for each in words[max(0, index - 3) : index]]
    if not before or before[-1] not in EACH_SINGLE:
        return False
    number = words[max(0, index - 2)]
    if number.kind == NUMBER and not re.fullmatch(r"(?:19|20)\d\d", number.text):
        return False
    if SINGLE_MASS[words[index].text] == "t" and before[-1] not in (
        "per",
        "por",
        "cada",
        "each",
        "that",
        "esa",
    ):
        return False
    return not set(before) & {"half", "about", "nearly", "medio", "media", "million", "millones"}


def _like(words: list[Word], figure: Figure, told: dict[bool, Measured]) -> Measured | None:
    """Return a figure as one of the unit before: "up from 32,000", "of whom 18", "rose to 4.9 million"."""
    if figure.change:
        return _subject(words, figure, told)
    strength = _strength(words, figure) or _of_them(words, figure, told.get(False))
    if strength:
        return strength
    scaled = any(words[figure.last - 1].text in vocabulary().multipliers[each] for each in ("en", "es"))
    before = told.get(True) if scaled else told.get(False)
    if before is None or words[before.figure.core].sentence != words[figure.core].sentence:
        return None
    texts = [each.text for each in words[max(0, figure.first - 3) : figure.first]]
    linked = tuple(texts[-2:]) in LINKS or tuple(texts[-1:]) in LINKS or _compares(words, figure)
    part = figure.bare and _part_of(words, figure, before)
    of_these = (
        bool(texts)
        and (texts[-1] in OF_THESE or texts[-3:] in OF_THE_ONES)
        and before.unit.isalpha()
        and before.unit.islower()
    )
    grown = any(vocabulary().change.match(each) for each in texts) and figure.first > before.last
    money = family(before.unit) in ("money", "price")
    if before.unit == "share" or not (of_these or linked or part or (money and (grown or scaled))):
        return None
    if (figure.value or figure.low or figure.high or 0) < 1000 and linked and not before.figure.symbol:
        largest = max(each for each in before.figure.figures() if each is not None)
        if largest > 50 * (figure.value or 1):
            return None
    after = words[figure.last] if figure.last < len(words) else None
    named = of_these and after is not None and after.kind == WORD and after.text not in vocabulary().stop
    last = figure.last + int(named)
    return Measured(figure, before.unit, last, (figure.last, last), before.sure, part=part or of_these)


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
    if last >= len(words) or words[last].text not in ("of", "de"):
        return None
    near = [each for each in words[max(0, index - 6) : last + 8] if each.sentence == sentence]
    names = {concept.name for each in near if each.kind == WORD for concept in concepts_of(each.text)}
    if names & {"price", "fee"} or any(each.kind == CURRENCY for each in near):
        return None
    bound = bounded(words, Figure(index, index + 1, index, value))
    if value == 1.5 or bound.first < index or names & {"seize", "move", "export"}:
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
