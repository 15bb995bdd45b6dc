"""The quantities of a report: figures measured, kept where they matter to the field, and put into words."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from trasiego.reading.candidate import Candidate
from trasiego.reading.dates import DateMention
from trasiego.reading.document import Document
from trasiego.reading.mentions import Names
from trasiego.reading.parsing import Passage
from trasiego.reading.quantities.context import Setting, setting_of
from trasiego.reading.quantities.meaning import (
    OF_A_PRODUCT,
    concepts_near,
    counted_before,
    depths_of,
    describe,
    family,
    labels_of,
    phrase_of,
    product_near,
    trend_of,
)
from trasiego.reading.quantities.reader import measured_in
from trasiego.reading.quantities.relevance import Found, matters, repeats
from trasiego.reading.quantities.units import Measured
from trasiego.reading.quantities.words import Word, cut, fold

FEWEST_TONS = 20.0
"""Tons below which what is made is a batch and no year's output."""

FARTHEST = 100.0
"""How many times one price may be another of the same thing, from farm to street."""

REACH_OF_OUTPUT = 22
MOST_ALIKE = 50
"""Equal figures in one report that are still kept apart."""


@dataclass(slots=True)
class Paragraph:
    """The pieces of a passage, the first and last index of its sentences, and whether it has syntax."""

    passage: Passage
    words: list[Word]
    bounds: list[tuple[int, int]] = field(default_factory=list)
    parsed: bool = False


def find_quantities(
    document: Document, passages: list[Passage], names: Names, dates: list[DateMention]
) -> list[Candidate]:
    """Return the quantities of a report as candidates, in the order of its text.

    Figures inside names and dates, ages, times and labels are left out, and so are vague ones ("dozens"). A
    figure that is told again of the same thing comes once. `what` is in the report's language.
    """
    setting = setting_of(document, names, dates)
    kept: list[Found] = []
    told: dict[tuple[Any, ...], list[Found]] = {}
    for passage in passages:
        paragraph = _paragraph(passage)
        for measured in measured_in(paragraph.words, setting):
            found = _found(paragraph, _annual(paragraph, measured, setting), setting)
            found = _as_before(found, kept)
            same = told.setdefault((found.measured.unit, *found.measured.figure.figures()), [])
            if matters(found) and len(same) < MOST_ALIKE and not repeats(found, same):
                kept.append(found)
                same.append(found)
    return [_candidate(document, each, setting) for each in kept]


def _paragraph(passage: Passage) -> Paragraph:
    """Return the pieces of a passage with the sentence that each is in."""
    words = cut(passage.text, passage.start)
    ends = [passage.start + each.end_char for each in passage.sentences]
    found = Paragraph(passage, words, parsed=passage.tokens.has_annotation("DEP"))
    first = index = 0
    for sentence, end in enumerate(ends):
        while index < len(words) and words[index].start < end:
            words[index].sentence = sentence
            index += 1
        found.bounds.append((first, index))
        first = index
    return found


def _found(paragraph: Paragraph, measured: Measured, setting: Setting) -> Found:
    """Return the measured figure with what it is about."""
    passage, words = paragraph.passage, paragraph.words
    bounds = paragraph.bounds[words[measured.figure.core].sentence]
    depths: dict[int, int] = {}
    if paragraph.parsed:
        depths = depths_of(words, measured, bounds, passage.tokens, passage.start)
    concepts = concepts_near(words, measured, bounds, depths)
    text, language = passage.text, setting.language
    phrase = phrase_of(words, measured, text, passage.start, language)
    product = product_near(words, measured, bounds, text, passage.start)
    kind = family(measured.unit)
    if not product and kind in ("mass", "flow", "price", "area"):
        product = (
            "coca" if kind == "area" and fold(setting.product) in ("cocaina", "cocaine") else setting.product
        )
    thing = phrase or (product if kind in OF_A_PRODUCT else "")
    if not thing and kind == "share":
        thing = counted_before(words, measured, bounds, text, passage.start)
    labels = trend_of(words, measured, language) + labels_of(concepts, text, passage.start, language)
    return Found(
        measured=measured,
        words=words,
        bounds=bounds,
        concepts=concepts,
        phrase=phrase,
        product=product,
        what=describe(measured, thing, concepts, labels, language),
    )


def _annual(paragraph: Paragraph, measured: Measured, setting: Setting) -> Measured:
    """Return tons that are made, in a sentence with a year, as tons a year."""
    words, figure = paragraph.words, measured.figure
    largest = max(each for each in figure.figures() if each is not None)
    if measured.unit != "t" or largest < FEWEST_TONS:
        return measured
    bounds = paragraph.bounds[words[figure.core].sentence]
    near = [each for each in concepts_near(words, measured, bounds, {}) if each[0] < REACH_OF_OUTPUT]
    made = [concept.name for _distance, concept, _word in near]
    if "seize" in made or not {"produce", "cultivate"} & set(made[:2]):
        return measured
    sentence = words[bounds[0] : bounds[1]]
    first, last = sentence[0].start, sentence[-1].end
    potential = any(each.text.startswith(("potenc", "potent", "capaci")) for each in sentence)
    return (
        replace(measured, unit="t/year")
        if potential or _nearest(setting.dates, first, first, last)
        else measured
    )


def _as_before(found: Found, kept: list[Found]) -> Found:
    """Return money of which nothing is said as of the price just before it ("in the capital it is $900")."""
    before = kept[-1] if kept else None
    silent = family(found.measured.unit) == "money" and not found.concepts and not found.phrase
    if (
        not silent
        or before is None
        or not _like_sum(found, before)
        or before.words is not found.words
        or family(before.measured.unit) != "price"
    ):
        return found
    unit = f"{found.measured.unit}/{before.measured.unit.partition('/')[2]}"
    return replace(
        found, measured=replace(found.measured, unit=unit), concepts=before.concepts, what=before.what
    )


def _like_sum(found: Found, before: Found) -> bool:
    """Return whether two sums are of one order, as the prices of one thing are."""
    one, two = (
        max(each for each in it.measured.figure.figures() if each is not None) for it in (found, before)
    )
    return one < FARTHEST * two and two < FARTHEST * one


def _candidate(document: Document, found: Found, setting: Setting) -> Candidate:
    """Return the candidate of one figure; its place and date are the nearest that the sentence names."""
    measured, words = found.measured, found.words
    figure = measured.figure
    start, end = words[figure.first].start, words[measured.last - 1].end
    first = min(start, words[found.bounds[0]].start)
    last = max(end, words[found.bounds[1] - 1].end)
    value, low, high = (None if each is None else float(f"{each:.6g}") for each in figure.figures())
    return Candidate(
        kind="quantity",
        document=document.name,
        quote=document.text[start:end],
        start=start,
        end=end,
        value=value,
        low=low,
        high=high,
        unit=measured.unit,
        what=found.what,
        place=_nearest(setting.places, start, first, last),
        date=_nearest(setting.dates, start, first, last),
        modality="estimated" if figure.estimated else "stated",
        confidence=_confidence(found),
        sentence=document.text[first:last],
        sentence_start=first,
        language=document.language,
    )


def _nearest(mentions: list[tuple[int, int, str]], at: int, first: int, last: int) -> str:
    """Return the mention nearest to `at` within [first, last), "" where there is none."""
    from_, to = bisect_left(mentions, (first, 0, "")), bisect_left(mentions, (last, 0, ""))
    inside: Iterator[tuple[int, str]] = (
        (min(abs(start - at), abs(end - at)), name) for start, end, name in mentions[from_:to] if end <= last
    )
    return min(inside, default=(0, ""), key=lambda each: each[0])[1]


def _confidence(found: Found) -> float:
    """Return a ranking between 0 and 1: listed units above guessed nouns, a clear context above none."""
    kind = family(found.measured.unit)
    score = 0.75 if kind in ("mass", "flow", "money", "price", "share", "area") else 0.65
    if not found.measured.sure:
        score -= 0.25
    if not found.concepts:
        score -= 0.15
    elif found.concepts[0][0] < 6:
        score += 0.1
    return round(score, 2)
