"""Where groups are: what a sentence says, or speaks for, of the places of a group's activity."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from trasiego.reading.statements.ground import (
    Found,
    Row,
    clause_end,
    has,
    is_in,
    kind,
    leads,
    negated,
    row,
    subnational,
)
from trasiego.reading.statements.phrases import DASHES, POSSESSIVE, QUOTES
from trasiego.reading.statements.who import (
    actors,
    agent,
    groups,
    last_spoken_of,
    named_groups,
    pointed,
    topic,
    with_partners,
)

if TYPE_CHECKING:
    from trasiego.reading.statements.parties import Finder
    from trasiego.reading.statements.phrases import Party
    from trasiego.reading.statements.sentence import Sentence

SAID, LIKELY, SEAT = 0.65, 0.55, 0.6
"""How sure: what the words say, what they speak for, and where a group is from."""

HOSTING_WORDS, LAID_WORDS = 14, 16
"""How many words behind "is home to" and "is blamed on" the groups may stand."""

PRISON = ("prison", "jail", "cárcel", "penal", "penitentiary", "centro penitenciario")


def presence(finder: Finder, sentence: Sentence) -> Iterator[Found]:
    """Yield where a sentence puts groups; a weight below 1 needs a second sentence."""
    found = [*_hosting(finder, sentence), *_laid(finder, sentence), *_seats(finder, sentence)]
    if not has(sentence, "presence.apart"):
        places = list(_places_at(finder, sentence))
        found += _in_front(finder, sentence, places)
        for word, where in places:
            found += _standing(finder, sentence, word, where)
            found += _acting(finder, sentence, word, where)
        found += [*_raided(finder, sentence, places), *_linked(finder, sentence, places)]
        found += _near(finder, sentence, places)
    for each in found:
        if not any(each_word in each.object.text.casefold() for each_word in PRISON):
            yield each


def _places_at(finder: Finder, sentence: Sentence) -> Iterator[tuple[int, Row]]:
    """Yield the places behind "in" and the like, with the word that leads to them."""
    word = 0
    while word < len(sentence) - 1:
        end = leads(sentence, word, "presence.at")
        found = row(finder, sentence, end) if end else None
        if found is None:
            word += 1
            continue
        yield word, found
        word = found.end


def _all(parties: list[Party], where: Row, confidence: float, weight: float = 1.0) -> list[Found]:
    return [
        Found(party, "operates_in", place, confidence, weight) for party in parties for place in where.places
    ]


def _hosting(finder: Finder, sentence: Sentence) -> Iterator[Found]:
    """Yield from "X is home to", "X has two groups, A and B"."""
    for word in range(1, len(sentence) - 1):
        end = leads(sentence, word, "presence.hosting")
        back = word - 1
        while end and back > 0 and sentence.mentions[back] is None and back > word - 5:
            if kind(finder.names, sentence, back) or sentence.forms[back] in ("in", "en", ",", "that", "que"):
                break
            back -= 1
        opening = next((at for at in range(min(4, word)) if kind(finder.names, sentence, at) == "place"), -1)
        if end and word < 14 and kind(finder.names, sentence, back) != "place" and opening >= 0:
            back = opening
        if not end or back < 0 or kind(finder.names, sentence, back) != "place" or negated(sentence, word):
            continue
        start = sentence.mention_start(back)
        if start and sentence.forms[start - 1] in ("in", "en", "of", "de", "from", "del", "desde", "to", "a"):
            continue
        stop = clause_end(sentence, end, HOSTING_WORDS)
        owning = sentence.lemmas[word] in ("have", "tener")
        nouns = actors(finder, sentence, end, stop)
        if owning and (not nouns or not groups(finder, sentence)):
            continue
        where = row(finder, sentence, start, 2)
        named = [party for at, party in groups(finder, sentence) if end <= at < stop]
        for party in named or [each for _at, each in nouns[:1]]:
            if where is not None:
                yield from _all([party], where, SAID if named else LIKELY)


def _laid(finder: Finder, sentence: Sentence) -> Iterator[Found]:
    """Yield from "violence in X is the work of A and B", "labs in X run by A"."""
    for word in range(2, len(sentence) - 1):
        end = leads(sentence, word, "presence.laid")
        if not end or not has(sentence, "presence.unrest", 0, word + 1) or negated(sentence, word):
            continue
        where = _first_row(finder, sentence, word)
        stop = clause_end(sentence, end, LAID_WORDS)
        named = [party for at, party in groups(finder, sentence) if end <= at < stop]
        parties = list({each.entity: each for each in named}.values())
        parties = parties or [each for _at, each in actors(finder, sentence, end, min(end + 5, stop))[:1]]
        if where is not None:
            yield from _all(parties, where, SAID)
            return


def _first_row(finder: Finder, sentence: Sentence, before: int) -> Row | None:
    for word in range(before):
        if kind(finder.names, sentence, word) == "place":
            found = row(finder, sentence, word, 2)
            if found is not None:
                return found
    return None


def _seats(finder: Finder, sentence: Sentence) -> Iterator[Found]:
    """Yield where groups are from: "A, a gang from X", "X-based A", "X's A"."""
    for word, party in groups(finder, sentence):
        yield from _apposed_seat(finder, sentence, sentence.mention_end(word), party)
        at = word - 1
        while at > 0 and (sentence.forms[at] in QUOTES or sentence.lemmas[at] in finder.transparent):
            at -= 1
        if at > 1 and sentence.forms[at] in ("based", "headquartered") and sentence.forms[at - 1] in DASHES:
            where = _ending(finder, sentence, at - 2)
            if where is not None:
                yield Found(party, "based_in", where, SAID)
        elif at > 0 and sentence.forms[at] in POSSESSIVE:
            where = _ending(finder, sentence, at - 1)
            if where is not None and subnational(finder, where):
                yield Found(party, "operates_in", where, LIKELY)


def _ending(finder: Finder, sentence: Sentence, word: int) -> Party | None:
    mention = sentence.mentions[word]
    if mention is None or kind(finder.names, sentence, word) != "place":
        return None
    return finder.named(mention)


def _apposed_seat(finder: Finder, sentence: Sentence, word: int, party: Party) -> Iterator[Found]:
    """Yield from what stands behind a group's name: ", a trafficking group from X"."""
    at = finder.past_alias(sentence, word, party.entity if party.entity is not None else -1)
    opened = False
    while at < min(len(sentence) - 1, word + 10) and sentence.forms[at] in QUOTES | DASHES | {",", "("}:
        opened = True
        at += 1
    if (
        not opened
        or at >= len(sentence) - 1
        or sentence.forms[at] not in finder.articles | terms_nouns(finder)
    ):
        return
    noun = False
    for ahead in range(at, min(at + 7, len(sentence) - 1)):
        if sentence.mentions[ahead] is not None or sentence.is_verb(ahead) and not noun:
            return
        if is_in(sentence, ahead, "presence.origin") and noun:
            where = row(finder, sentence, ahead + 1, 5)
            if where is not None and not sentence.forms[ahead + 1].isdigit():
                yield Found(party, "based_in", where.places[0], SEAT)
            return
        noun = noun or "actor" in finder.classes.get(sentence.lemmas[ahead], ())
        if sentence.forms[ahead] == ",":
            return


def terms_nouns(finder: Finder) -> frozenset[str]:
    """Return the common nouns for groups, with which an apposition may start."""
    return frozenset(noun for noun, classes in finder.classes.items() if "actor" in classes)


def _in_front(finder: Finder, sentence: Sentence, places: list[tuple[int, Row]]) -> Iterator[Found]:
    """Yield from "In X, the A are ...": the place of all that the sentence says of its subject."""
    if has(sentence, "presence.arrests") and not has(sentence, "presence.raids"):
        return
    for word, where in places:
        at = where.end
        joined = (
            at + 1 < len(sentence)
            and sentence.forms[at] == ","
            and sentence.forms[at + 1] in ("where", "donde")
        )
        opening = not word or sentence.forms[word - 1] in (",", ";", "and", "y", "—", '"', ":")
        if joined or opening:
            yield from _all(_next_groups(finder, sentence, at), where, LIKELY)
    for word in range(1, len(sentence) - 2):
        if sentence.forms[word] == "," and sentence.forms[word + 1] in ("where", "donde"):
            place = _ending(finder, sentence, word - 1)
            if place is not None:
                where = Row(word - 1, word, (place,))
                yield from _all(_next_groups(finder, sentence, word + 1), where, LIKELY)


def _next_groups(finder: Finder, sentence: Sentence, word: int) -> list[Party]:
    """Return the groups that are the subject of the clause that starts at `word`."""
    found: list[Party] = []
    at = word
    while at < min(len(sentence), word + 18):
        what, mention = kind(finder.names, sentence, at), sentence.mentions[at]
        if mention is None:
            being = sentence.forms[at] in ("is", "are", "es", "son")
            if (
                sentence.is_verb(at)
                and not being
                or sentence.forms[at] in ("by", "against", "contra", "por", "to")
            ):
                break
            at += 1
            continue
        end = sentence.mention_end(at)
        owner = end < len(sentence) and sentence.forms[end] in POSSESSIVE
        if what not in ("group", "place") or (owner and what == "group"):
            break
        if what == "group":
            found.append(finder.named(mention))
        at = end
    return list({each.entity: each for each in found}.values()) if at < len(sentence) else []


def _standing(finder: Finder, sentence: Sentence, word: int, where: Row) -> list[Found]:
    """Return from "presence in X", "cells in X"."""
    near = [at for at in range(max(word - 3, 0), where.start) if is_in(sentence, at, "presence.standing")]
    if not near or negated(sentence, near[0]):
        return []
    party = _subject(finder, sentence, near[0])
    return _all(with_partners(finder, sentence, party), where, SAID) if party is not None else []


def _acting(finder: Finder, sentence: Sentence, word: int, where: Row) -> list[Found]:
    """Return from a verb of what groups do with the place behind it."""
    for at in range(where.start - 1, max(word - 9, 0), -1):
        if is_in(sentence, at, "presence.acting") and sentence.is_verb(at):
            if negated(sentence, at):
                return []
            party = _subject(finder, sentence, at, sure=True)
            return _all(with_partners(finder, sentence, party), where, LIKELY) if party is not None else []
        if sentence.is_verb(at) or sentence.forms[at] in (";", ":"):
            return []
    return []


def _subject(finder: Finder, sentence: Sentence, word: int, *, sure: bool = False) -> Party | None:
    """Return the group that the words before `word` speak of; with `sure` only one that acts there."""
    acting = agent(finder, sentence, word)
    if acting is not None:
        return acting
    people = [at for at in range(word) if kind(finder.names, sentence, at) in ("person", "agency", "role")]
    people = [at for at in people if not _says(sentence, at)]
    back = pointed(finder, sentence, people[-1] + 1 if people and sure else 0, word)
    if back is not None:
        return back
    named = named_groups(finder, sentence)
    if sure and (people or named or sentence.parsed):
        return None
    if not sure and len(named) == 1:
        return named[0]
    return last_spoken_of(finder, sentence) if sure else topic(finder, sentence)


def _says(sentence: Sentence, word: int) -> bool:
    """Tell whether the name at `word` is that of somebody who only says it."""
    start, end = sentence.mention_start(word), sentence.mention_end(word)
    around = sentence.lemmas[max(start - 6, 0) : start] + sentence.lemmas[end : end + 2]
    return bool({"según", "decir", "say", "accord", "according", "informar", "report"} & set(around))


def _raided(finder: Finder, sentence: Sentence, places: list[tuple[int, Row]]) -> list[Found]:
    """Return from "raids in X against A"."""
    found: list[Found] = []
    for word, party in groups(finder, sentence):
        against = any(
            sentence.forms[at] in ("against", "contra", "targeting", "dismantled", "desarticularon")
            for at in range(max(word - 5, 0), word)
        )
        if against and has(sentence, "presence.raids", word - 12, word + 6):
            for _at, where in places:
                inside = tuple(each for each in where.places if subnational(finder, each))
                found += _all([party], replace(where, places=inside), LIKELY)
    return found


def _linked(finder: Finder, sentence: Sentence, places: list[tuple[int, Row]]) -> list[Found]:
    """Return from "links A to murders in X"."""
    if not has(sentence, "presence.linking") or not has(sentence, "presence.unrest"):
        return []
    found: list[Found] = []
    for word, where in places:
        near = has(sentence, "presence.unrest", word - 8, word)
        back = pointed(finder, sentence, 0, word)
        named = named_groups(finder, sentence) or ([back] if back is not None else [])
        if near and len(named) == 1:
            found += _all(named, where, LIKELY)
    return found


def _near(finder: Finder, sentence: Sentence, places: list[tuple[int, Row]]) -> Iterator[Found]:
    """Yield what only speaks for a place: activity in it in a sentence of the group or of the report's."""
    arrests = has(sentence, "presence.arrests") and not has(sentence, "presence.raids")
    named = named_groups(finder, sentence)
    about = topic(finder, sentence)
    parties = named if len(named) == 1 else [about] if about is not None and not named else []
    for word, where in places:
        active = has(sentence, "presence.doing", word - 10, where.end + 6)
        if arrests or not active or negated(sentence, word):
            continue
        for found in _all(parties, where, LIKELY, 0.5):
            if subnational(finder, found.object):
                yield found
