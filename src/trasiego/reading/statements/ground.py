"""Places and groups of a sentence as the rules of whereabouts see them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from trasiego.reading.shipped import shipped
from trasiego.reading.statements.phrases import JOINING, OF, POSSESSIVE, QUOTES, Party
from trasiego.reading.statements.vocabulary import Phrase, phrase, words

if TYPE_CHECKING:
    from trasiego.reading.mentions import Names
    from trasiego.reading.statements.parties import Finder
    from trasiego.reading.statements.sentence import Sentence

REACH = 8
"""How many words a place may stand behind the preposition that leads to it."""

PLACE = frozenset({"place"})
ON_SITE = frozenset(
    {"in", "en", "near", "cerca", "on", "sobre", "at", "como", "like", "such", "as", "including"}
)
"""Words that lead on from "a strip" or "regions" to the name of a place."""

LINKS = {
    "en": ("as well as", "and also", "and in", "and to", "and on to"),
    "es": ("así como", "al igual que"),
}
"""What goes on with a row of places, beside "and" and commas."""


@dataclass(frozen=True, slots=True)
class Row:
    """Places that stand in a row: where the phrase starts, the first word after it, and the places."""

    start: int
    end: int
    places: tuple[Party, ...]


def _lists() -> dict[str, Any]:
    return shipped("whereabouts")


@cache
def terms(section: str, language: str) -> frozenset[str]:
    """Return the words of a list such as "flows.moving" in "en" or "es"."""
    return frozenset(_entries(section, language))


@cache
def phrases(section: str, language: str) -> dict[str, tuple[Phrase, ...]]:
    """Return the phrases of a list by their first word, longer ones first."""
    found: dict[str, list[Phrase]] = {}
    for each in sorted(map(phrase, _entries(section, language)), key=len, reverse=True):
        for first in each[0]:
            found.setdefault(first, []).append(each)
    return {first: tuple(every) for first, every in found.items()}


def _entries(section: str, language: str) -> list[str]:
    found = _lists()
    for part in section.split("."):
        found = found[part]
    return list(found[language])


def is_in(sentence: Sentence, word: int, section: str) -> bool:
    """Tell whether a word outside of names is in a list, by its form or lemma."""
    if sentence.mentions[word] is not None:
        return False
    known = terms(section, sentence.language)
    return sentence.lemmas[word] in known or sentence.forms[word] in known


def has(sentence: Sentence, section: str, first: int = 0, last: int | None = None) -> bool:
    """Tell whether a word of a list stands in [first, last) of a sentence."""
    end = len(sentence) if last is None else min(last, len(sentence))
    return any(is_in(sentence, word, section) for word in range(max(first, 0), end))


def leads(sentence: Sentence, word: int, section: str) -> int:
    """Return the first word after a phrase of a list that starts at `word`, else 0."""
    if sentence.mentions[word] is not None:
        return 0
    known = phrases(section, sentence.language)
    begun = (*known.get(sentence.forms[word], ()), *known.get(sentence.lemmas[word], ()))
    return max((sentence.matches(word, each) for each in begun), default=0) if begun else 0


def kind(names: Names, sentence: Sentence, word: int) -> str:
    """Return the type of the entity that a word names, or ""."""
    mention = sentence.mentions[word]
    return names.entities[mention.entity].type if mention is not None else ""


def row(finder: Finder, sentence: Sentence, word: int, reach: int = REACH) -> Row | None:
    """Return the places that the phrase from `word` leads to; None where it leads to something else."""
    start, owner = word, None
    prepositions = words("prepositions", sentence.language)
    while word < min(len(sentence), start + reach):
        if sentence.mentions[word] is not None:
            end = sentence.mention_end(word)
            if kind(finder.names, sentence, word) != "place":
                return None
            party = finder.named(sentence.mentions[word])  # type: ignore[arg-type]
            if end < len(sentence) and sentence.forms[end] in POSSESSIVE:
                owner, word = Row(start, end + 1, (party,)), end + 1
                continue
            if is_sea(party.text) and end < len(sentence) and is_in(sentence, end, "places.sites"):
                word = end + 1
                continue
            return owner if owner is not None and is_sea(party.text) else _row(finder, sentence, start, word)
        form = sentence.forms[word]
        on_site = form in ON_SITE and word > start and is_in(sentence, word - 1, "places.sites")
        inner = form in OF or form in QUOTES or on_site
        outer = (
            (form in prepositions and not inner) or form in JOINING or is_in(sentence, word, "places.no_way")
        )
        verb = sentence.is_verb(word) and not (
            is_in(sentence, word, "places.sites") or _qualifies(sentence, word)
        )
        if outer or verb or not (inner or any(map(str.isalnum, form))):
            break
        word += 1
    shore = owner is not None and any(is_in(sentence, at, "places.sites") for at in range(owner.end, word))
    return owner if shore else None


def _qualifies(sentence: Sentence, word: int) -> bool:
    """Tell whether a participle stands before the noun that it qualifies ("hidden airstrips")."""
    if not sentence.parsed or word + 1 >= len(sentence):
        return False
    return sentence.tokens[word].tag_ in ("VBN", "VBG") and sentence.tokens[word + 1].pos_ in (
        "NOUN",
        "PROPN",
    )


def _row(finder: Finder, sentence: Sentence, start: int, word: int) -> Row:
    found = finder.listed(sentence, word, PLACE)
    end = _word_at(sentence, found[-1].end)
    found, end = _unfinished(finder, sentence, found, end)
    following = end
    for text in LINKS[sentence.language]:
        parts = text.split()
        if sentence.forms[end : end + len(parts)] == parts:
            following = end + len(parts)
        elif (
            sentence.forms[end : end + 1] == [","] and sentence.forms[end + 1 : end + 1 + len(parts)] == parts
        ):
            following = end + 1 + len(parts)
    if following == end and sentence.forms[end : end + 1] and sentence.forms[end] in JOINING:
        begins = end + 1 < len(sentence) and sentence.forms[end + 1] in ("in", "en", "to", "a", "al", "hacia")
        following = end + 1 if begins else end
    if following > end:
        lead = following
        while lead < len(sentence) and sentence.forms[lead] in (
            "in",
            "en",
            "to",
            "a",
            "al",
            "hacia",
            "the",
            "on",
        ):
            lead += 1
        more = row(finder, sentence, lead, 5)
        if more is not None:
            return Row(start, more.end, (*found, *more.places))
    return Row(start, end, tuple(found))


def _unfinished(finder: Finder, sentence: Sentence, found: list[Party], end: int) -> tuple[list[Party], int]:
    """Return the places of a row "A, B and ..." that ends with something that is no known place."""
    while (
        end + 1 < len(sentence)
        and sentence.forms[end] == ","
        and kind(finder.names, sentence, end + 1) == "place"
    ):
        last = sentence.mention_end(end + 1)
        mention = sentence.mentions[end + 1]
        following = sentence.forms[last] if last < len(sentence) else ""
        if mention is None or following not in JOINING | {","} or is_country(finder.named(mention).text):
            break
        if following == "," and not set(sentence.forms[last : last + 6]) & JOINING:
            break
        found, end = [*found, finder.named(mention)], last
    return found, end


def _word_at(sentence: Sentence, offset: int) -> int:
    """Return the first word that starts at or after an offset of the document."""
    return next((word for word in range(len(sentence)) if sentence.start(word) >= offset), len(sentence))


def clause_end(sentence: Sentence, word: int, reach: int) -> int:
    """Return where the clause that `word` is in ends, at most `reach` words on."""
    stops = words("clause_end", sentence.language) - {"tras", "luego", "después", "antes", ":"}
    for at in range(word + 1, min(len(sentence), word + reach)):
        if sentence.forms[at] in stops:
            return at
    return min(len(sentence), word + reach)


def negated(sentence: Sentence, word: int) -> bool:
    """Tell whether a negation or a hypothesis stands shortly before a word."""
    blocked = words("negation", sentence.language) | words("hypothesis", sentence.language)
    return any(
        sentence.forms[at] in blocked or sentence.lemmas[at] in blocked
        for at in range(max(word - 4, 0), word)
    )


@dataclass(frozen=True, slots=True)
class Found:
    """A relation that a sentence says or, where `weight` is below 1, only speaks for."""

    subject: Party
    predicate: str
    object: Party
    confidence: float
    weight: float = 1.0


def subnational(finder: Finder, party: Party) -> bool:
    """Tell whether a place is smaller than a country."""
    entity = finder.names.entities[party.entity] if party.entity is not None else None
    return entity is not None and bool(entity.country) and not is_country(entity.name)


@cache
def is_country(name: str) -> bool:
    """Tell whether a name is that of a country or a part of the world."""
    from trasiego.reading.names.gazetteer import gazetteer

    readings = gazetteer().readings(name)
    return bool(readings) and readings[0].kind in ("country", "continent", "world")


@cache
def is_sea(name: str) -> bool:
    """Tell whether a name is that of a sea, which is no place that goods or groups are in."""
    from trasiego.reading.names.gazetteer import gazetteer

    readings = gazetteer().readings(name)
    return bool(readings) and readings[0].kind == "sea"
