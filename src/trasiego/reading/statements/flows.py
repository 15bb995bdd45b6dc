"""Goods on their way: where a group moves them to, and from which place to which they flow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from trasiego.reading.statements.ground import (
    Found,
    Row,
    has,
    is_country,
    is_in,
    is_sea,
    kind,
    leads,
    negated,
    row,
    subnational,
)
from trasiego.reading.statements.sentence import PARTICIPLE_ENDINGS
from trasiego.reading.statements.who import (
    actors,
    agent,
    groups,
    last_spoken_of,
    pointed,
    topic,
    with_partners,
)

if TYPE_CHECKING:
    from trasiego.reading.statements.parties import Finder
    from trasiego.reading.statements.phrases import Party
    from trasiego.reading.statements.sentence import Sentence

BACK = 16
"""How many words before a destination the word of moving may stand."""

NAMED, SPOKEN_OF, COMMON, PLACES = 0.65, 0.55, 0.5, 0.5
"""How sure a flow is: of a named group, of the one last spoken of, of a common noun, and between places."""

WITHIN = 10
"""How many words behind a smaller place the country may stand that it lies in."""

ALONE = 4
"""How many groups last spoken of must have no name for the goods to be taken as theirs."""

PRONOUNS = {
    "en": frozenset({"it", "they", "them", "which", "one", "these"}),
    "es": frozenset({"la", "lo", "las", "los", "que", "estas", "esta"}),
}
CARRIED_ON = frozenset({"on", "then", "luego", "después", "ahí", "allí", "there", "posteriormente", "onward"})
"""Words before a destination that is reached from the one before."""


@dataclass(frozen=True, slots=True)
class Goal:
    """A destination: the word that leads to it, the word of moving (-1 for none), and the places."""

    word: int
    moving: int
    row: Row


def flows(finder: Finder, sentence: Sentence, goods_before: bool) -> Iterator[Found]:
    """Yield what a sentence says of goods moved; `goods_before` tells that the last one spoke of goods."""
    spoken = has(sentence, "flows.goods")
    taken_up = goods_before and any(form in PRONOUNS[sentence.language] for form in sentence.forms[:12])
    if not (spoken or taken_up or has(sentence, "flows.surely") or _thence(sentence, goods_before)):
        return
    goals = list(_goals(finder, sentence, goods_before))
    named = False
    mover = None
    for goal in goals:
        going = goal.moving >= 0 and is_in(sentence, goal.moving, "flows.going")
        mover = mover if mover is not None and going else _mover(finder, sentence, goal)
        if mover is not None:
            named = named or mover.entity is not None
            far = [each for each in goal.row.places if not subnational(finder, each)]
            if mover.certainty == COMMON and (going or _has_subject(sentence, goal.moving)) and not far:
                continue
            regional = has(sentence, "places.sites", goal.row.start, goal.row.end)
            places = [each for each in goal.row.places if regional or not is_sea(each.text)]
            movers = with_partners(finder, sentence, mover)
            yield from (Found(each, "moves_to", at, mover.certainty) for each in movers for at in places)
    if not named:
        yield from _supplies(finder, sentence, goals)


def _thence(sentence: Sentence, goods_before: bool) -> bool:
    return goods_before and any(leads(sentence, word, "flows.thence") for word in range(len(sentence)))


def _goals(finder: Finder, sentence: Sentence, goods_before: bool) -> Iterator[Goal]:
    """Yield the destinations of goods in a sentence."""
    word = 0
    while word < len(sentence) - 1:
        end = leads(sentence, word, "flows.to")
        direct = word > 0 and is_in(sentence, word, "flows.reaching")
        found = row(finder, sentence, end or word + 1) if end or direct else None
        if found is None:
            yield from _destined(finder, sentence, word)
            word += 1
            continue
        bound = end - word > 1 and sentence.forms[word] not in ("on", "up", "para")
        moving = word if direct else _moving(finder, sentence, word, bound)
        if moving is None and goods_before and sentence.forms[word : word + 2] == ["on", "to"]:
            moving = -1
        if moving is not None and not _blocked(sentence, moving, word):
            yield Goal(word, moving, found)
        word = found.end
    return


def _destined(finder: Finder, sentence: Sentence, word: int) -> Iterator[Goal]:
    """Yield the place in "tiene a X como destino" and "a new destination: X"."""
    if not is_in(sentence, word, "flows.destined") or has(sentence, "flows.apart"):
        return
    before = word - 1
    if (
        before > 1
        and sentence.forms[before] in ("como", "as", "its", "a")
        and kind(finder.names, sentence, before - 1) == "place"
    ):
        start = sentence.mention_start(before - 1)
        found = row(finder, sentence, start, 2)
        if found is not None:
            yield Goal(start, -1, found)
    elif word + 2 < len(sentence) and sentence.forms[word + 1] in (":", "is", "es", "was", "era"):
        found = row(finder, sentence, word + 2, 3)
        if found is not None:
            yield Goal(word, -1, found)


def _moving(finder: Finder, sentence: Sentence, word: int, bound: bool) -> int | None:
    """Return the word of moving that a destination at `word` goes with, -1 where the goods alone do."""
    for at in range(word - 1, max(word - BACK, -1), -1):
        if kind(finder.names, sentence, at) in ("person", "agency"):
            return None
        if is_in(sentence, at, "flows.journey") and not is_in(sentence, at, "flows.moving"):
            return at if _of_goods(sentence, at, word) else None
        if is_in(sentence, at, "flows.moving") and _is_moving(sentence, at):
            surely = is_in(sentence, at, "flows.surely") or is_in(sentence, at, "flows.going")
            return at if surely or _of_goods(sentence, at, word) else None
        if bound and is_in(sentence, at, "flows.goods"):
            return -1
        if sentence.is_verb(at) or sentence.forms[at] == ";":
            return None
    return None


def _is_moving(sentence: Sentence, word: int) -> bool:
    if sentence.parsed:
        return sentence.tokens[word].pos_ in ("VERB", "ADJ", "AUX") or sentence.tokens[word].tag_ == "VBG"
    return True


def _of_goods(sentence: Sentence, moving: int, goal: int) -> bool:
    """Tell whether what is moved are goods, by the words around the word of moving."""
    participle = sentence.forms[moving].endswith(PARTICIPLE_ENDINGS)
    if has(sentence, "flows.goods", moving - (20 if participle else 10), goal):
        return True
    near = range(max(moving - 3, 0), goal)
    return any(sentence.forms[at] in PRONOUNS[sentence.language] for at in near)


def _blocked(sentence: Sentence, moving: int, goal: int) -> bool:
    """Tell whether a destination is of a single haul, of a person, or denied."""
    first = (moving if moving >= 0 else goal) - 12
    return has(sentence, "flows.apart", first, goal + 4) or (moving >= 0 and negated(sentence, moving))


def _mover(finder: Finder, sentence: Sentence, goal: Goal) -> Party | None:
    """Return the group that moves the goods, its certainty that of the relation; None where unclear."""
    moving = goal.moving if goal.moving >= 0 else goal.word
    acting = agent(finder, sentence, moving) or _owner(finder, sentence, moving, goal.word)
    if acting is not None:
        return replace(acting, certainty=NAMED)
    roles = [
        finder.named(mention)
        for word, mention in enumerate(sentence.mentions[:moving])
        if mention is not None and kind(finder.names, sentence, word) == "role"
    ]
    if roles:
        return replace(roles[-1], certainty=SPOKEN_OF)
    going = goal.moving >= 0 and is_in(sentence, goal.moving, "flows.going")
    back = pointed(finder, sentence, 0, moving)
    if back is not None and not going:
        return replace(back, certainty=SPOKEN_OF)
    many = actors(finder, sentence, 0, moving)[-1:]
    named: list[Party] = []
    if sentence.forms[goal.row.end : goal.row.end + 1] == [","]:
        many = many or actors(finder, sentence, goal.row.end, goal.row.end + 6)[:1]
        named = [party for word, party in groups(finder, sentence) if word < goal.row.end + 8]
        named = [party for party in named if party.start >= sentence.start(goal.row.end)]
    if len(named) == 1 and not many:
        return replace(named[0], certainty=SPOKEN_OF)
    if many:
        return None if going else replace(many[0][1], certainty=COMMON)
    return _unsaid(finder, sentence, goal, going)


def _unsaid(finder: Finder, sentence: Sentence, goal: Goal, going: bool) -> Party | None:
    """Return the group that a sentence without one goes on about."""
    first = goal.moving if goal.moving >= 0 else goal.word
    if any(kind(finder.names, sentence, word) in ("person", "agency", "group") for word in range(first)):
        return None
    if _by_place(finder, sentence, first) is not None:
        return None
    about, last = topic(finder, sentence), last_spoken_of(finder, sentence)
    seen = [each for each in finder.discourse.seen if each.kind == "group" and each.start < sentence.start(0)]
    alone = about is not None or all(each.entity is None for each in seen[-ALONE:])
    if (
        last is None
        or (going and last.entity is not None)
        or (not alone and (going or _has_subject(sentence, goal.moving)))
    ):
        return None
    origins = (_origin(finder, sentence, word) for word in range(len(sentence)))
    national = any(each is not None and is_country(each.places[0].text) for each in origins)
    if last.entity is not None and national:
        return None
    journey = goal.moving >= 0 and is_in(sentence, goal.moving, "flows.journey") and last.entity is not None
    bound = leads(sentence, goal.word, "flows.to") - goal.word > 1
    return None if journey and not bound else replace(last, certainty=COMMON)


def _by_place(finder: Finder, sentence: Sentence, word: int) -> Row | None:
    """Return the country that is the subject of the verb at `word` ("X exports most of its drugs to Y")."""
    at = word - 1
    mention = sentence.mentions[at] if at >= 0 else None
    if mention is None or not is_in(sentence, word, "flows.moving"):
        return None
    start = sentence.mention_start(at)
    free = not start or sentence.forms[start - 1] in (",", '"', "que", "and", "y", "while", "mientras")
    party = finder.named(mention)
    return Row(start, word, (party,)) if free and is_country(party.text) else None


def _has_subject(sentence: Sentence, word: int) -> bool:
    """Tell whether a verb in the active voice has a subject of its own ("trucks carry it")."""
    if word < 0 or not sentence.parsed:
        return False
    return any(child.dep_ == "nsubj" and child.pos_ != "PRON" for child in sentence.tokens[word].children)


def _owner(finder: Finder, sentence: Sentence, moving: int, goal: int) -> Party | None:
    """Return the group of "the exports of A to X" and "moved by A to X"."""
    for word, party in groups(finder, sentence):
        if moving < word < goal:
            lead = sentence.forms[max(word - 4, moving) : word]
            if any(form in ("by", "of", "por", "de", "del") for form in lead):
                return party
    return None


def _supplies(finder: Finder, sentence: Sentence, goals: list[Goal]) -> Iterator[Found]:
    """Yield the steps between places that goods take in a sentence."""
    steps: list[tuple[int, str, Row | Party]] = [(each.word, "goal", each.row) for each in goals]
    for word in range(len(sentence)):
        if leads(sentence, word, "flows.thence"):
            place = _place_before(finder, sentence, word)
            if place is not None:
                steps.append((word, "thence", place))
        else:
            origin = _origin(finder, sentence, word) or _by_place(finder, sentence, word)
            if origin is not None:
                steps.append((word, "origin", origin))
    source: Party | None = None
    reached: Party | None = None
    origins = [each for _word, what, each in steps if what == "origin"]
    for word, what, step in sorted(steps, key=lambda each: each[0]):
        if what == "thence":
            source = reached or step  # type: ignore[assignment]
        elif what == "origin":
            source = step.places[-1]  # type: ignore[union-attr]
        else:
            on = reached is not None and any(
                form in CARRIED_ON for form in sentence.forms[max(word - 2, 0) : word + 2]
            )
            if on:
                source = reached
            if source is None and origins:
                source = origins[0].places[-1]  # type: ignore[union-attr]
            yield from _steps(finder, sentence, source, step)  # type: ignore[arg-type]
            reached = _whole(finder, sentence, step)[-1]  # type: ignore[arg-type]


def _steps(finder: Finder, sentence: Sentence, source: Party | None, goal: Row) -> Iterator[Found]:
    if source is None:
        return
    places = list(goal.places)
    if is_country(source.text):
        places = _whole(finder, sentence, goal)
    home = finder.names.entities[source.entity].country if source.entity is not None else ""
    for place in places:
        country = finder.names.entities[place.entity].country if place.entity is not None else ""
        if is_sea(place.text) or is_sea(source.text):
            continue
        if place.entity != source.entity and (not home or home != country):
            yield Found(source, "supplies", place, PLACES)


def _whole(finder: Finder, sentence: Sentence, goal: Row) -> list[Party]:
    """Return the countries that are named behind smaller places ("a reserve in the north of X")."""
    smaller = [each for each in goal.places if not is_country(each.text)]
    if len(smaller) != len(goal.places) or len(smaller) > 1:
        return list(goal.places)
    own = finder.names.entities[smaller[0].entity].country if smaller[0].entity is not None else ""
    for word in range(goal.end, min(goal.end + WITHIN, len(sentence))):
        mention = sentence.mentions[word]
        if sentence.is_verb(word) or mention is None:
            continue
        party = finder.named(mention)
        same = finder.names.entities[mention.entity].country == own or not own
        if is_country(party.text):
            inside = sentence.forms[word - 1] in ("in", "of", "en", "de", "del")
            return [party] if same or inside else list(goal.places)
    return list(goal.places)


def _place_before(finder: Finder, sentence: Sentence, word: int) -> Party | None:
    """Return the place last named before "from there" at `word`, there or at the end of the last sentence."""
    for one, last in ((sentence, word), (finder.before_last, -1)):
        if one is None:
            return None
        end = len(one) if last < 0 else last
        for at in range(end - 1, max(end - 4, -1) if last < 0 else -1, -1):
            mention = one.mentions[at]
            near = at > 0 and one.forms[at - 1] in ("with", "con")
            if mention is not None and kind(finder.names, one, at) == "place" and not near:
                return finder.named(mention)
    return None


def _origin(finder: Finder, sentence: Sentence, word: int) -> Row | None:
    """Return the place that goods come from, where a phrase that says so starts at `word`."""
    end = leads(sentence, word, "flows.from")
    if not end:
        made = is_in(sentence, word, "flows.made") and word + 1 < len(sentence)
        if made and sentence.forms[word + 1] in ("in", "en"):
            return row(finder, sentence, word + 2)
        return None
    first = word - 7
    if sentence.forms[word] in ("de", "del"):
        leaving = word > 0 and (
            is_in(sentence, word - 1, "flows.made") or sentence.forms[word - 1] == "partir"
        )
        return row(finder, sentence, end, 5) if leaving else None
    spoken = has(sentence, "flows.goods", first, word) or has(sentence, "flows.moving", first, word)
    if not spoken and not has(sentence, "flows.made", first, word):
        return None
    if has(sentence, "flows.apart", first, word + 4):
        return None
    return row(finder, sentence, end)
