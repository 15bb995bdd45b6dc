"""Places of groups and flows between places, as a careful reader draws them from the whole report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trasiego.reading.candidate import Candidate
from trasiego.reading.statements.flows import flows
from trasiego.reading.statements.ground import (
    Found,
    has,
)
from trasiego.reading.statements.making import relation
from trasiego.reading.statements.parties import Finder
from trasiego.reading.statements.presence import presence
from trasiego.reading.statements.reference import Discourse
from trasiego.reading.statements.sentence import Sentence, sentences
from trasiego.reading.statements.who import (
    note_bodies,
)

if TYPE_CHECKING:
    from trasiego.reading.document import Document
    from trasiego.reading.mentions import Names
    from trasiego.reading.parsing import Passage

ENOUGH = 1.0
"""What the sentences that speak for a relation must weigh together."""

GOODS_REACH = 3
"""How many sentences on, in its paragraph, a report still speaks of the goods it has named."""

Key = tuple[str, str, str]


def find_whereabouts(
    document: Document, passages: list[Passage], names: Names, relations: list[Candidate]
) -> list[Candidate]:
    """Return relations to places that no single trigger states, beside those in `relations`.

    They are operates_in, based_in, moves_to and supplies, each once, and none that is in `relations`.
    Modality and attribution are left for `attribute`.
    """
    language = document.language if document.language in ("en", "es") else "en"
    discourse = Discourse(names, language)
    finder = Finder(names, discourse)
    found: list[tuple[Found, Sentence]] = []
    spoken = (-1, -GOODS_REACH)
    for sentence in sentences(passages, names, language):
        discourse.read(sentence)
        finder.note_nouns(sentence)
        note_bodies(finder, sentence)
        goods_before = spoken[0] == sentence.paragraph and sentence.number - spoken[1] <= GOODS_REACH
        if len(sentence) and sentence.forms[-1] != "?":
            found += [(each, sentence) for each in flows(finder, sentence, goods_before)]
            found += [(each, sentence) for each in presence(finder, sentence)]
        finder.before_last = sentence
        if has(sentence, "flows.goods"):
            spoken = (sentence.paragraph, sentence.number)
    known = {_key(each.subject, each.predicate, each.object) for each in relations}
    return _once(document, found, known)


def _key(subject: str, predicate: str, object_: str) -> Key:
    return subject.casefold(), predicate, object_.casefold()


def _once(document: Document, found: list[tuple[Found, Sentence]], known: set[Key]) -> list[Candidate]:
    """Return each relation once that its sentences together are enough for."""
    gathered: dict[Key, list[tuple[Found, Sentence]]] = {}
    for each, sentence in found:
        key = _key(each.subject.text, each.predicate, each.object.text)
        gathered.setdefault(key, []).append((each, sentence))
    seats = {key for key in (*known, *gathered) if key[1] == "based_in"}
    made = []
    for key, every in gathered.items():
        best, sentence = max(every, key=lambda pair: (pair[0].weight, pair[0].confidence))
        weights = {one.number: each.weight for each, one in sorted(every, key=lambda pair: pair[0].weight)}
        seated = key[1] == "operates_in" and (key[0], "based_in", key[2]) in seats
        if (
            key in known
            or _said_fuller(key, known | gathered.keys())
            or seated
            or key[0] == key[2]
            or sum(weights.values()) < ENOUGH
        ):
            continue
        made.append(_candidate(document, sentence, best))
    return sorted(made, key=lambda each: each.start)


def _said_fuller(key: Key, others: set[Key]) -> bool:
    """Tell whether another relation is the same of a common noun with more words ("drug gang" for "gang")."""
    spoken = set(key[0].split())
    return any(other[1:] == key[1:] and spoken < set(other[0].split()) for other in others)


def _candidate(document: Document, sentence: Sentence, found: Found) -> Candidate:
    first, last = sentence.start(0), sentence.end(len(sentence) - 1)
    inside = [each for each in (found.subject, found.object) if first <= each.start and each.end <= last]
    start = min((each.start for each in inside), default=first)
    end = max((each.end for each in inside), default=last)
    parties = (found.subject, found.object)
    return relation(document, sentence, (start, end), parties, found.predicate, found.confidence)
