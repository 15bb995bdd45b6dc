"""Relations that stand between names: "alliance of X with Y", "X in a place", "A-based X", "the X's Y"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from trasiego.reading.statements import surface, syntax
from trasiego.reading.statements.making import Made, doubtful, pairs
from trasiego.reading.statements.phrases import OF, POSSESSIVE, QUOTES, Party
from trasiego.reading.statements.titles import owner
from trasiego.reading.statements.vocabulary import Rule, words

if TYPE_CHECKING:
    from trasiego.reading.statements.parties import Finder
    from trasiego.reading.statements.sentence import Sentence

BETWEEN = frozenset({"between", "entre", "among"})
"""Words before the two sides of a link."""

WITH = frozenset({"with", "con", "against", "contra", "to"})
"""Words before the other side of a link."""

SPACE = 5
"""How many words on from a link its sides are looked for."""


def link_relations(finder: Finder, sentence: Sentence, start: int, end: int, rule: Rule) -> list[Made]:
    """Return the relations of a noun for what is between parties: "alliance between X and Y"."""
    if doubtful(sentence, start) or (sentence.parsed and sentence.tokens[end - 1].pos_ == "VERB"):
        return []
    accept = rule.object
    sides = _side(finder, sentence, start, rule)
    if len(sides) > 1 and (end >= len(sentence) or sentence.forms[end] not in WITH | BETWEEN):
        return pairs(sides, rule.confidence, start, end - 1)
    at = end
    first: list[Party] = []
    for _step in range(SPACE):
        if at >= len(sentence):
            return []
        form = sentence.forms[at]
        if form in BETWEEN:
            return pairs(_between(finder, sentence, at, accept), rule.confidence, start, at)
        if form in (",", ".", ";") or sentence.is_verb(at):
            return []
        if form in WITH:
            others = finder.after(sentence, at + 1, accept)
            first = first or _side(finder, sentence, start, rule)
            return [
                Made(one, two, rule.confidence, start, at)
                for one in first
                for two in others
                if one.text != two.text
            ]
        if form not in OF or first:
            at += 1
            continue
        first = finder.after(sentence, at + 1, accept)
        if not first:
            at += 1
            continue
        last = max(each.end for each in first)
        at = next((i for i in range(at, len(sentence)) if sentence.start(i) >= last), len(sentence))
        if len(first) > 1 and (at >= len(sentence) or sentence.forms[at] not in WITH):
            return pairs(first, rule.confidence, start, at - 1)
    return []


def pair_relations(finder: Finder, sentence: Sentence, start: int, end: int, rule: Rule) -> list[Made]:
    """Return the relations of a verb that puts two parties together: "the dispute pits X against Y"."""
    at = end + 1 if end < len(sentence) and sentence.forms[end] in ("a", "al") else end
    first = [] if doubtful(sentence, start) else finder.after(sentence, at, rule.subject)
    if not first or first[0].entity is None:
        return []
    last = max(each.end for each in first)
    behind = next((i for i in range(at, len(sentence)) if sentence.start(i) >= last), len(sentence))
    if behind >= len(sentence) or sentence.forms[behind] not in WITH:
        return []
    others = finder.after(sentence, behind + 1, rule.object)
    return [
        Made(one, two, rule.confidence, start, end - 1)
        for one in first
        for two in others
        if one.text != two.text
    ]


def _between(finder: Finder, sentence: Sentence, word: int, accept: frozenset[str]) -> list[Party]:
    text = " ".join(sentence.forms[word : word + 2])
    if finder.discourse.pointing(text) == "both":
        return finder.resolve("both", sentence, word, text)
    return finder.after(sentence, word + 1, accept)


def _side(finder: Finder, sentence: Sentence, start: int, rule: Rule) -> list[Party]:
    """Return the party that has the alliance or the war at `start`: its owner, or who keeps it up."""
    left = start - 1
    while left >= 0 and start - left <= 4 and sentence.mentions[left] is None:
        form = sentence.forms[left]
        if form in ("its", "their", "su", "sus"):
            return finder.resolve("group", sentence, left, form)
        if form in ("his", "her"):
            return finder.resolve("person", sentence, left, form)
        if form in POSSESSIVE:
            return owner(finder, sentence, left - 1, start, rule)[0]
        if sentence.lemmas[left] in words("having", sentence.language):
            if not sentence.parsed:
                return surface.before(finder, sentence, left, rule.subject)
            subject = syntax.subject(sentence.tokens[left])
            if subject is None or not sentence.inside(subject):
                return surface.before(finder, sentence, left, rule.subject)
            return finder.at(sentence, sentence.index(subject), rule.subject)
        left -= 1
    return []


def loose_relations(finder: Finder, sentence: Sentence) -> Iterator[tuple[Rule, Made]]:
    """Yield what names say by standing side by side: "X in A", "the X's Y", "A-based X"."""
    for word, mention in enumerate(sentence.mentions):
        if mention is None or sentence.mention_start(word) != word:
            continue
        party = finder.named(mention)
        end = sentence.mention_end(word)
        if end + 1 >= len(sentence):
            return
        form = sentence.forms[end]
        open_at = end
        while open_at < len(sentence) - 1 and sentence.forms[open_at] in QUOTES | {")"}:
            open_at += 1
        if open_at == end and sentence.parsed and sentence.lemmas[end] in finder.transparent:
            open_at = end + 1
        if party.types & {"group"} and sentence.forms[open_at] in ("in", "en"):
            for place in finder.after(sentence, open_at + 1, frozenset({"place"})):
                yield INSIDE, Made(party, place, INSIDE.confidence, end, end)
        further = finder.past_alias(sentence, end, mention.entity)
        if (
            party.types & {"group", "person"}
            and further < len(sentence)
            and sentence.forms[further] in ("del", "of", "de")
        ):
            for whole in finder.after(sentence, further + 1, frozenset({"group"}))[:1]:
                if party.types & {"group"} or form in ("del", "of"):
                    yield OWNED, Made(party, whole, OWNED.confidence, further, further)
        if party.types & {"group"}:
            yield from _seat(finder, sentence, party, end)
        if party.types & {"group"} and form in POSSESSIVE:
            following = end + 1
            while following < len(sentence) and sentence.forms[following] in QUOTES:
                following += 1
            owned = sentence.mentions[following] if following < len(sentence) else None
            if owned is not None and finder.named(owned).types & {"person"}:
                yield OWNED, Made(finder.named(owned), party, OWNED.confidence, end, end)
        if party.types & {"place"} and form == "-" and sentence.forms[end + 1] == "based":
            for group in finder.after(sentence, end + 2, frozenset({"group", "person", "actor"})):
                yield SEATED, Made(group, party, SEATED.confidence, end, end + 1)


def _seat(finder: Finder, sentence: Sentence, party: Party, end: int) -> Iterator[tuple[Rule, Made]]:
    """Yield where a group is from: "X of A", "X, a gang from A", "X, una banda de A"."""
    at = end
    if sentence.forms[at] == ",":
        head, after = finder.noun(sentence, _past_articles(finder, sentence, at + 1))
        if head is None or sentence.lemmas[head] not in words("bands", finder.language):
            return
        at = after
    behind = sentence.mentions[at + 1] if at + 1 < len(sentence) else None
    if behind is not None and sentence.forms[at] in ("of", "from", "de"):
        place = finder.named(behind)
        if place.types & {"place"}:
            yield ORIGIN, Made(party, place, ORIGIN.confidence, at, at)


def _past_articles(finder: Finder, sentence: Sentence, word: int) -> int:
    while word < len(sentence) - 1 and sentence.forms[word] in finder.articles:
        word += 1
    return word


def _loose(predicate: str, confidence: float) -> Rule:
    none: frozenset[str] = frozenset()
    return Rule("loose", predicate, (), none, none, False, False, False, False, none, confidence)


INSIDE = _loose("operates_in", 0.45)
OWNED = _loose("member_of", 0.45)
ORIGIN = _loose("based_in", 0.5)
SEATED = _loose("based_in", 0.7)
