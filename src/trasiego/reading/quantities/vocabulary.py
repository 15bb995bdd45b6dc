"""The words of figures, units, counted things and what they are about, read from the data files once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from trasiego.common.letters import without_marks
from trasiego.reading.shipped import shipped

Phrases = dict[tuple[str, ...], str]
"""Words of a phrase, folded, to what the phrase means."""


@dataclass(frozen=True, slots=True, eq=False)
class Concept:
    """What a figure can be about: its words in `what`, and the families of units that it goes with."""

    name: str
    label: dict[str, str]
    families: frozenset[str]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All word lists, folded; the tables by language have the keys "en" and "es"."""

    numerals: dict[str, dict[str, float]]
    multipliers: dict[str, dict[str, float]]
    fractions: dict[str, dict[str, float]]
    bounds: Phrases
    bounds_after: Phrases
    estimated: frozenset[tuple[str, ...]]
    openers: frozenset[str]
    change: re.Pattern[str]
    measures: Phrases
    conversions: dict[str, tuple[str, float]]
    currency_symbols: dict[str, str]
    currency_words: dict[str, str]
    pesos: dict[str, str]
    percent: Phrases
    points: frozenset[str]
    ratio: frozenset[str]
    per: dict[str, str]
    per_prepositions: frozenset[str]
    per_adverbs: dict[str, str]
    labels: frozenset[str]
    other_units: frozenset[str]
    stop: frozenset[str]
    counted: dict[str, str]
    plurals: frozenset[str]
    person_endings: tuple[str, ...]
    not_persons: frozenset[str]
    adjectives_too: frozenset[str]
    prenominal: frozenset[str]
    price_verbs: frozenset[str]
    strength: frozenset[str]
    helpers: frozenset[str]
    fates: re.Pattern[str]
    strikes: re.Pattern[str]
    products: frozenset[str]
    concepts: tuple[tuple[re.Pattern[str], Concept], ...]
    hyphened: frozenset[str]


@cache
def vocabulary() -> Vocabulary:
    """Return the word lists."""
    words, counted, concepts = (dict(shipped(name)) for name in ("quantities", "counted", "concepts"))
    numerals = {each: _folded(words["numerals"][each]) for each in ("en", "es")}
    conversions = {
        each: (str(row["unit"]), float(row["factor"])) for each, row in words["conversions"].items()
    }
    bounds: Phrases = {}
    for sense in ("about", "high", "low"):
        bounds.update(_phrases({sense: words["bounds"][sense]}))
    return Vocabulary(
        numerals=numerals,
        multipliers={each: _folded(words["multipliers"][each]) for each in ("en", "es")},
        fractions={each: _folded(words["fractions"][each]) for each in ("en", "es")},
        bounds=bounds,
        bounds_after=_phrases({"low": words["bounds"]["low_after"], "high": words["bounds"]["high_after"]}),
        estimated=frozenset(_phrases({"": words["bounds"]["estimated"]})),
        openers=_set(words["range"]["openers"]),
        change=re.compile("|".join(words["range"]["change"])),
        measures=_phrases(words["measures"]),
        conversions=conversions,
        currency_symbols=dict(words["currency_symbols"]),
        currency_words=_inverse(words["currency_words"]),
        pesos=_inverse(words["pesos"]),
        percent=_phrases({"share": words["percent"]["words"]}),
        points=_set(words["percent"]["points"]),
        ratio=_set(words["ratio"]["words"]),
        per={form: unit for each, unit in _inverse(words["per"]).items() for form in _plurals(each)},
        per_prepositions=_set(words["per_words"]["prepositions"]),
        per_adverbs=_inverse({each: words["per_words"][each] for each in ("year", "month", "week", "day")}),
        labels=_set(words["labels"]["words"]),
        other_units=_set(words["other_units"]["words"]),
        stop=_set(words["stop"]["words"]),
        plurals=_set(counted.pop("plurals")),
        adjectives_too=_set(counted.pop("adjectives_too")),
        prenominal=_set(counted.pop("prenominal")),
        price_verbs=_set(words["price_verbs"]["words"]),
        strength=_set(words["elsewhere"]["strength"]),
        helpers=_set(words["elsewhere"]["helpers"]),
        fates=_whole(words["elsewhere"]["fates"]),
        strikes=_whole(words["elsewhere"]["strikes"]),
        counted=_counted(counted),
        person_endings=tuple(counted["person_endings"]),
        not_persons=_set(counted["not_persons"]),
        products=_set(concepts.pop("products")["words"]),
        concepts=_concepts(concepts),
        hyphened=frozenset(numerals["en"]) | {"half", "a", "per"} - {"zero"},
    )


def _flat(text: str) -> str:
    return without_marks(text.casefold())


def _folded(table: dict[str, float]) -> dict[str, float]:
    return {_flat(each): float(value) for each, value in table.items()}


def _set(words: list[str]) -> frozenset[str]:
    return frozenset(map(_flat, words))


def _whole(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(map(_flat, patterns)) + ")$")


def _inverse(table: dict[str, list[str]]) -> dict[str, str]:
    return {_flat(each): name for name, words in table.items() for each in words}


def _phrases(table: dict[str, list[str]]) -> Phrases:
    return {tuple(each.split()): name for each, name in _inverse(table).items()}


def _plurals(word: str) -> list[str]:
    endings = {"y": ["ies"], "z": ["ces"], "h": ["es"], "x": ["es"], "s": ["es"]}
    forms = [word, word + "s", word + "es"]
    if word[-1] in endings:
        stem = word[:-1] if word[-1] in "yz" else word
        forms += [stem + each for each in endings[word[-1]]]
    return forms


def _counted(table: dict[str, list[str]]) -> dict[str, str]:
    units = {
        each: name for name, words in table.items() if "person" == name or "_" not in name for each in words
    }
    return {_flat(form): unit for each, unit in units.items() for form in _plurals(each)}


def _concepts(table: dict[str, Any]) -> tuple[tuple[re.Pattern[str], Concept], ...]:
    return tuple(
        (
            re.compile("(?:" + "|".join(map(_flat, row["stems"])) + ")"),
            Concept(name, {"en": row["en"], "es": row["es"]}, frozenset(row["of"])),
        )
        for name, row in table.items()
    )
