"""What a figure is per where the words for it stand elsewhere: "each year, …", "a kilo costs …"."""

from __future__ import annotations

import re

from trasiego.reading.quantities.figures import is_sign
from trasiego.reading.quantities.meaning import WIDEST, concepts_of
from trasiego.reading.quantities.units import CLAUSE_WORDS, MASSES, TIMES, Measured, measure_at
from trasiego.reading.quantities.vocabulary import vocabulary
from trasiego.reading.quantities.words import NUMBER, WORD, Word

EACH_SINGLE = frozenset("a an un una per each every el la por cada that ese este esa del one".split())
SAME = frozenset("mismo misma same single solo sola".split())
"""What may stand between "the" and "kilo"."""

SINGLE_MASS = {
    "kilo": "kg", "kilogram": "kg", "kilogramo": "kg", "kg": "kg", "gram": "g", "gramo": "g", "ton": "t",
    "tonelada": "t", "arroba": "arroba", "pound": "lb", "libra": "lb",
}  # fmt: skip
PRICED = frozenset({"price", "value", "fee", "pay"})
AMOUNTS = frozenset({"kg", "t"})
NO_PRICE = frozenset({"seize", "reward", "fine", "aid", "launder", "turnover", "loan", "revenue", "bribe"})
"""What makes money of another sentence than that of "a kilo" no price of one."""

REGULAR = frozenset({"revenue", "aid", "pay", "turnover", "fee", "payroll", "launder"})
REACH_OF_ADVERB = 9
"""Words before a sum within which "annual income" tells what it is per."""

REACH_OF_MASS = 40
"""Words between a sum and "a kilo" of its sentence."""

DEAREST = 5e5
"""Dollars or euros that no kilogram costs."""


def per_elsewhere(words: list[Word], found: Measured, money: bool, price: Measured | None) -> str:
    """Return what it is per by the words elsewhere: "each year, …", "annual", "a kilo costs".

    `price` is the money told before it in the paragraph, None where there is none.
    """
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
        for word in reversed(words[max(first, found.figure.first - 4) : found.figure.first]):
            if word.text in CLAUSE_WORDS or is_sign(word):
                break
            if word.text in vocabulary().per_adverbs:
                return vocabulary().per_adverbs[word.text]
    if not money:
        return ""
    yearly = _yearly(words, first, found)
    if yearly:
        return yearly
    if found.unit in ("USD", "EUR", "GBP") and _largest(found) > DEAREST:
        return ""
    unit, closed = _per_kilo(words, found, first)
    return unit or ("" if closed else _carried(words, found, first, price))


def _yearly(words: list[Word], first: int, found: Measured) -> str:
    """Return "year" or the like for "annual income is put at $20 million", "" where nothing is said so."""
    for index in range(max(first, found.figure.first - REACH_OF_ADVERB), found.figure.first - 1):
        told = {each.name for word in words[index - 1 : index + 2] for each in concepts_of(word.text)}
        if words[index].text in vocabulary().per_adverbs and told & REGULAR:
            return vocabulary().per_adverbs[words[index].text]
    return ""


def _per_kilo(words: list[Word], found: Measured, first: int) -> tuple[str, bool]:
    """Return the mass that a price of the sentence is for ("a kilo of cocaine costs …"), or "".

    With it comes whether the sentence tells of an amount that the money may be for as a whole.
    """
    sentence, index = words[first].sentence, first
    priced = found.figure.change
    unit, nearest = "", REACH_OF_MASS
    last = min(len(words), found.last + WIDEST)
    while index < last and words[index].sentence == sentence:
        text = words[index].text
        if text == ";":
            if index >= found.last:
                break
            priced = found.figure.change
        away = abs(index - found.figure.first)
        if text in SINGLE_MASS and away < nearest and is_single(words, index):
            unit, nearest = SINGLE_MASS[text], away
        if words[index].kind == WORD and not priced:
            priced = (
                any(each.name in PRICED for each in concepts_of(text)) or text in vocabulary().price_verbs
            )
        if measure_at(words, index)[0] in AMOUNTS and words[index - 1].kind == NUMBER:
            return "", True
        index += 1
    copula = any(
        each.text in ("is", "was", "es", "esta", "are")
        for each in words[max(first, found.figure.first - 4) : found.figure.first]
    )
    return (unit if priced or copula else ""), False


def _largest(found: Measured) -> float:
    return max((each for each in found.figure.figures() if each is not None), default=0.0)


def _carried(words: list[Word], found: Measured, first: int, price: Measured | None) -> str:
    """Return the mass that the paragraph's sentences before speak of one of, where this one tells a price."""
    last = first
    priced = told = False
    while last < len(words) and words[last].sentence == words[first].sentence and last - first < 2 * WIDEST:
        word = words[last]
        if word.kind == WORD:
            names = {each.name for each in concepts_of(word.text)}
            if names & NO_PRICE:
                return ""
            priced = priced or word.text in vocabulary().price_verbs
            told = told or bool(names & PRICED)
        last += 1
    per = price.unit.partition("/")[2] if price and price.last <= first else ""
    if per in SINGLE_MASS.values() and (priced or told):
        return per
    if not (priced or told):
        return ""
    for index in range(first - 1, max(-1, first - 2 * WIDEST), -1):
        priced = priced or words[index].text in vocabulary().price_verbs
        if words[index].text in SINGLE_MASS and is_single(words, index):
            priced = priced or any(
                each.text in vocabulary().price_verbs for each in words[max(0, index - 6) : index]
            )
            return SINGLE_MASS[words[index].text] if priced else ""
    return ""


def is_single(words: list[Word], index: int) -> bool:
    """Return whether the mass at words[index] is one that things are priced by, and no amount."""
    mass = SINGLE_MASS[words[index].text]
    if index and words[index - 1].text in SAME:
        return True
    before = [each.text for each in words[max(0, index - 3) : index]]
    if not before or before[-1] not in EACH_SINGLE:
        return False
    number = words[max(0, index - 2)]
    if number.kind == NUMBER and not re.fullmatch(r"(?:19|20)\d\d", number.text):
        return False
    if mass == "t" and before[-1] not in (
        "per",
        "por",
        "cada",
        "each",
        "that",
        "esa",
    ):
        return False
    return not set(before) & {"half", "about", "nearly", "medio", "media", "million", "millones"}
