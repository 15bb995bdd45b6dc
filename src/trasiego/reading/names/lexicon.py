"""The word lists by which names are told apart, and words made comparable."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from trasiego.common.paths import data_folder
from trasiego.reading.shipped import shipped

ARTICLES = frozenset({"the", "el", "la", "los", "las"})
TYPES_OF_HEADS = ("organization", "publisher", "nothing", "group", "agency")


@cache
def fold(word: str) -> str:
    """Return a word in small letters, without accents and with straight apostrophes."""
    plain = unicodedata.normalize("NFD", word.lower().replace("’", "'").replace("‘", "'"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def folded_words(name: str) -> list[str]:
    """Return the folded words of a name; hyphens part words."""
    return [word.strip(",.()'\"") or word for word in fold(name).replace("-", " ").split()]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Folded words by what they tell; `heads` gives the entity type of a head word, or "nothing"."""

    heads: dict[str, str]
    strong_kinds: frozenset[str]
    weak_kinds: frozenset[str]
    between_kinds: frozenset[str]
    place_nouns: frozenset[str]
    place_parts: frozenset[str]
    before_places: frozenset[str]
    verbs_of_place: frozenset[str]
    titles: frozenset[str]
    roles: frozenset[str]
    qualifiers: frozenset[str]
    alias_cues: tuple[tuple[str, ...], ...]
    person_cues: frozenset[tuple[str, ...]]
    before_publishers: frozenset[str]
    publisher_nouns: frozenset[str]
    after_publishers: frozenset[str]
    jargon: frozenset[str]
    stop: frozenset[str]
    stop_plurals: frozenset[str]
    connectors: frozenset[str]
    institution_connectors: frozenset[str]
    possessors: frozenset[str]
    given: frozenset[str]
    family: frozenset[str]
    demonyms: dict[str, str]


@dataclass(frozen=True, slots=True)
class Body:
    """A known body or group: its type, country and names, the first the usual one."""

    type: str
    country: str
    names: tuple[str, ...]


@cache
def lexicon() -> Lexicon:
    """Return the word lists; raise OSError where the shipped data are missing."""
    data = shipped("names/words")

    def some(section: str, key: str) -> frozenset[str]:
        return frozenset(fold(word) for word in data[section][key].split())

    def cues(key: str) -> list[tuple[str, ...]]:
        return [tuple(fold(cue).split()) for cue in data["aliases"][key].split("|")]

    given, family = _person_names()
    return Lexicon(
        heads={word: kind for kind in TYPES_OF_HEADS for word in some("heads", kind)},
        strong_kinds=some("kinds", "strong"),
        weak_kinds=some("kinds", "weak"),
        between_kinds=some("kinds", "between"),
        place_nouns=some("places", "nouns"),
        place_parts=some("places", "own"),
        before_places=some("places", "before"),
        verbs_of_place=some("places", "after_verbs"),
        titles=some("titles", "words"),
        roles=some("titles", "roles"),
        qualifiers=some("titles", "qualifiers"),
        alias_cues=tuple(sorted(cues("cues"), key=len, reverse=True)),
        person_cues=frozenset(cues("person")),
        before_publishers=some("reporting", "before"),
        publisher_nouns=some("reporting", "nouns"),
        after_publishers=some("reporting", "verbs"),
        jargon=some("jargon", "roles"),
        stop=some("stop", "words"),
        stop_plurals=some("stop", "plurals"),
        connectors=some("names", "connectors"),
        institution_connectors=some("names", "institution_connectors"),
        possessors=some("names", "possessors"),
        given=given,
        family=family,
        demonyms=_demonyms(),
    )


@cache
def word_set(name: str) -> frozenset[str]:
    """Return a folded set of words by its key under [sets] in words.toml; raise KeyError for another."""
    data = shipped("names/words")
    return frozenset(fold(word) for word in data["sets"][name].split())


def _person_names() -> tuple[frozenset[str], frozenset[str]]:
    given, family = set(), set()
    for row in _rows("names/person_names.csv"):
        if row["given"] == "1":
            given.add(row["name"])
        if row["family"] == "1":
            family.add(row["name"])
    particles = word_set("no_person_names")
    return frozenset(given - particles), frozenset(family - particles)


def _demonyms() -> dict[str, str]:
    return {
        fold(word): row["iso2"]
        for row in _rows("names/countries.csv")
        for word in row["demonyms"].split("|")
        if word
    }


def _rows(name: str, folder: str = "reading") -> Iterator[dict[str, str]]:
    with (data_folder(folder) / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@cache
def known_bodies() -> tuple[Body, ...]:
    """Return the known bodies and groups; groups of the shipped claims come last."""
    found = [
        Body(row["type"], row["country"], tuple(row["names"].split("|"))) for row in _rows("names/bodies.csv")
    ]
    for row in _rows("groups.csv", "claims"):
        names = [row["name"].split(" (")[0], *row["aliases"].split(";")]
        kept = tuple(name.strip() for name in names if _is_name(name.strip()))
        if kept:
            found.append(Body("group", row["country"], kept))
    return tuple(found)


def _is_name(text: str) -> bool:
    """Tell a name of a group from a description of one ("Cobán network allied to the Zetas")."""
    words = text.split()
    described = {
        "network",
        "networks",
        "in",
        "groups",
        "to",
        "from",
        "families",
        "parties",
        "clans",
        "crews",
        "with",
    }
    return bool(words) and not described & set(words) and any(word[0].isupper() for word in words)


@cache
def is_common(word: str, language: str) -> bool:
    """Tell whether a word (with its accents) is an ordinary word of the language, by its dictionary."""
    import simplemma

    return bool(simplemma.is_known(word.lower(), lang=language if language in ("en", "es") else "en"))
