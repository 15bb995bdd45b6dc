"""What a figure is about, as a short phrase: its noun, what it is of, and what is done with it."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from typing import Any

from trasiego.reading.quantities.figures import is_sign
from trasiego.reading.quantities.units import Measured
from trasiego.reading.quantities.vocabulary import Concept, vocabulary
from trasiego.reading.quantities.words import CURRENCY, NUMBER, WORD, Word, fold

Near = tuple[float, Concept, Word]
"""How far a concept is from a figure, the concept, and the word that speaks of it."""

MOST_CONCEPTS = 2
REACH = 22.0
"""Distance in words, commas and clauses counted extra, within which a word can say what a figure is about."""

PRICE_WORDS = {"en": "price", "es": "precio"}
SHARE_WORDS = {"en": "share", "es": "proporción"}
RATE_WORDS = {"en": "homicide rate", "es": "tasa de homicidios"}
AREA_WORDS = {"en": "cultivated", "es": "cultivos"}
WIDEST, HIGHEST = 60, 7
"""Words around a figure, and steps up from it in the syntax tree, that are looked at."""

TRENDS = {"en": ("increase", "decrease"), "es": ("aumento", "reducción")}
AMOUNT_WORDS = {"en": "amount", "es": "cantidad"}
OF_A_PRODUCT = frozenset({"mass", "flow", "money", "price", "share", "ratio", "area", "volume", "rate"})
"""Families of units of which the substance is named where no noun is."""

LONGEST_NOUN = 6


@lru_cache(maxsize=50_000)
def concepts_of(text: str) -> tuple[Concept, ...]:
    """Return what the folded word can say about a figure."""
    return tuple(concept for pattern, concept in vocabulary().concepts if pattern.match(text))


def family(unit: str) -> str:
    """Return the family of a unit, as the data file of concepts has them."""
    base, _slash, per = unit.partition("/")
    if len(base) == 3 and base.isupper():
        return "price" if per in ("kg", "g", "t") else "money"
    if base in ("kg", "t", "g"):
        return "flow" if per else "mass"
    known = {
        "ha": "area", "km2": "area", "l": "volume", "share": "share", "ratio": "ratio", "person": "person",
        "package": "package", "dose": "package", "homicide": "homicide", "case": "case", "year": "term",
        "load": "load",
    }  # fmt: skip
    return "rate" if unit.startswith("1/100000") else known.get(base, "thing")


@lru_cache(maxsize=1024)
def _fits(concept: Concept, kind: str) -> bool:
    wide = {"package": "thing", "homicide": "thing", "load": "thing", "price": "money"}
    return kind in concept.families or wide.get(kind, kind) in concept.families


def concepts_near(
    words: list[Word], found: Measured, bounds: tuple[int, int], depths: dict[int, int]
) -> list[Near]:
    """Return the concepts, the nearest first, among words[bounds]; `depths` are steps up the syntax tree."""
    kind = family(found.unit)
    best: dict[str, Near] = {}
    for step, edge, stop in ((-1, found.figure.core - 1, bounds[0] - 1), (1, found.last, bounds[1])):
        extra, index = 0.0, edge
        while (stop - index) * step > 0 and abs(index - edge) + extra < REACH:
            word = words[index]
            if word.kind == WORD:
                for concept in concepts_of(word.text):
                    if _fits(concept, kind):
                        distance = abs(index - edge) + extra + (0.5 if step > 0 else 0.0)
                        if index in depths:
                            distance = min(distance, 1.5 * depths[index])
                        near = best.get(concept.name, (REACH, concept, word))
                        best[concept.name] = min(near, (distance, concept, word), key=_first)
            extra += _cost(word)
            index += step
    return sorted(best.values(), key=_first)


def _first(pair: Near) -> float:
    return pair[0]


def _cost(word: Word) -> float:
    """Return how far a sign sets the words beyond it apart."""
    if not is_sign(word):
        return 2.0 if word.text in ("and", "y", "while", "mientras", "but", "pero", "which", "que") else 0.0
    if word.text in ";:.":
        return 8.0
    return 3.0 if word.text in ",—()" else 0.0


def phrase_of(words: list[Word], found: Measured, text: str, offset: int, language: str) -> str:
    """Return the words of the thing itself: the counted noun with its modifiers, or what comes after "of"."""
    first, last = found.noun
    noun = text[words[first].start - offset : words[last - 1].end - offset] if last > first else ""
    index = _past_bracket(words, found.last)
    of = ("of",) if language == "en" else ("de", "del")
    stops = vocabulary().stop - {"de", "the", "its", "their", "la", "el", "los", "las"}
    longest = 9 if found.unit == "share" else LONGEST_NOUN
    told = found.attributive or _one_in(words, found, index)
    if index < len(words) and words[index].text in of or told:
        start = index + (0 if told else 1)
        end = start
        while end < len(words) and end - start < longest and not is_sign(words[end]):
            broken = found.unit != "share" and _breaks(words[end].text, stops)
            counted = words[end].kind == NUMBER and found.unit != "share"
            if counted or words[end].kind == CURRENCY or broken:
                break
            end += 1
        while end > start and words[end - 1].text in vocabulary().stop:
            end -= 1
        if end > start:
            of_what = text[words[start].start - offset : words[end - 1].end - offset]
            noun = f"{noun} {words[index].text} {of_what}" if noun else of_what
    return " ".join(noun.split())


def _one_in(words: list[Word], found: Measured, index: int) -> bool:
    """Return whether what is shared comes next without a preposition ("one in five shopkeepers")."""
    word = words[index] if index < len(words) else None
    return found.figure.share == 1 and word is not None and word.kind == WORD and word.text.endswith("s")


def _breaks(text: str, stops: frozenset[str]) -> bool:
    return text in stops or (bool(concepts_of(text)) and text not in vocabulary().products)


def _past_bracket(words: list[Word], index: int) -> int:
    """Return the index after a short bracket that opens at words[index]; `index` where none does."""
    if index < len(words) and words[index].text == "(":
        for at in range(index + 1, min(len(words), index + 7)):
            if words[at].text == ")":
                return at + 1
    return index


def trend_of(words: list[Word], found: Measured, language: str) -> list[str]:
    """Return the word for an increase or a decrease told beside a share ("+22 %", "22 % menos")."""
    if found.unit != "share":
        return []
    before = words[found.figure.core - 1].text if found.figure.core else ""
    after = words[found.last].text if found.last < len(words) else ""
    if before == "+" or after in ("more", "mas", "higher", "mayor"):
        return [TRENDS[language][0]]
    return [TRENDS[language][1]] if after in ("less", "fewer", "lower", "menos", "menor") else []


def counted_before(
    words: list[Word], found: Measured, bounds: tuple[int, int], text: str, offset: int
) -> str:
    """Return the nearest counted noun of the sentence before the figure, "" where there is none."""
    for index in range(found.figure.first - 1, max(bounds[0], found.figure.first - 20) - 1, -1):
        if words[index].text in vocabulary().counted and words[index].text.endswith("s"):
            return text[words[index].start - offset : words[index].end - offset]
    return ""


def product_near(words: list[Word], found: Measured, bounds: tuple[int, int], text: str, offset: int) -> str:
    """Return the nearest word of the sentence for a product of the trade, "" where there is none."""
    best, near = "", 30
    for index in range(max(bounds[0], found.figure.first - near), min(bounds[1], found.last + near)):
        distance = min(abs(index - found.figure.first), abs(index - found.last))
        if words[index].text in vocabulary().products and distance < near:
            best, near = text[words[index].start - offset : words[index].end - offset], distance
    return best


def depths_of(
    words: list[Word], found: Measured, bounds: tuple[int, int], tokens: Any, offset: int
) -> dict[int, int]:
    """Return the steps from the figure up to each word above it in the syntax tree, by index."""
    around = range(max(bounds[0], found.figure.core - WIDEST), min(bounds[1], found.figure.core + WIDEST))
    at = {words[index].start: index for index in around}
    core = words[found.figure.core]
    span = tokens.char_span(core.start - offset, core.end - offset, alignment_mode="expand")
    if span is None:
        return {}
    depths: dict[int, int] = {}
    for depth, token in enumerate(islice(span.root.ancestors, HIGHEST), 1):
        index = at.get(offset + token.idx)
        if index is not None:
            depths[index] = depth
    return depths


def labels_of(concepts: list[Near], text: str, offset: int, language: str) -> list[str]:
    """Return how the nearest concepts are written, with the text's own word where that is another."""
    labels = []
    for _distance, concept, word in concepts[:MOST_CONCEPTS]:
        label = concept.label[language]
        own = word.text[:4] in [fold(each)[:4] for each in label.replace(",", " ").split()]
        labels.append(label if own else f"{label} ({text[word.start - offset : word.end - offset].lower()})")
    return labels


def describe(found: Measured, thing: str, concepts: list[Near], labels: list[str], language: str) -> str:
    """Return `what`: the thing, then words for what is done with it or said of it."""
    kind = family(found.unit)
    priced = {each.name for _distance, each, _word in concepts[:MOST_CONCEPTS]} & {"price", "fee"}
    labels = list(labels)
    if kind == "share":
        labels.insert(0, SHARE_WORDS[language])
    if kind == "price" and not priced:
        labels.append(PRICE_WORDS[language])
    if kind == "rate" and not labels:
        labels.append(RATE_WORDS[language])
    if kind == "area" and not labels:
        labels.append(AREA_WORDS[language])
    return ", ".join([each for each in (thing, *dict.fromkeys(labels)) if each]) or AMOUNT_WORDS[language]
