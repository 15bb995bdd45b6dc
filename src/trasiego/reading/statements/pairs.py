"""Relations read loosely: for two parties of a sentence the predicate that its words speak for most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trasiego.reading.candidate import Candidate
from trasiego.reading.statements import cues as cue_list
from trasiego.reading.statements.cues import Met, scale
from trasiego.reading.statements.making import doubtful, relation
from trasiego.reading.statements.parties import Finder
from trasiego.reading.statements.phrases import OF
from trasiego.reading.statements.reference import Discourse
from trasiego.reading.statements.scene import FAR, Scene
from trasiego.reading.statements.sentence import PARTICIPLE_ENDINGS, Sentence, sentences
from trasiego.reading.statements.shapes import SHAPES, own_subject, plain
from trasiego.reading.statements.spots import Spot, spoken_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trasiego.reading.document import Document
    from trasiego.reading.mentions import Names
    from trasiego.reading.parsing import Passage

SYMMETRIC = ("rival_of", "allied_with")
"""Predicates that go both ways."""

KIN = ({"leads", "directs", "member_of", "works_for"}, {"bribes", "protects", "allied_with"},
       {"hires", "works_for"}, {"controls", "leads", "directs"})  # fmt: skip
"""Predicates that say nearly the same of a pair: one of them is enough."""

NEAR = 3
"""How many words behind a passive verb "by" may stand."""

AGAIN, MOST = 0.05, 0.75
"""What a second sentence adds to the confidence of a pair, and the highest one."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two parties, the cue between them, and how much speaks for it, 0 to 1."""

    subject: Spot
    object: Spot
    met: Met
    score: float


def find_pairs(
    document: Document, passages: list[Passage], names: Names, relations: list[Candidate]
) -> list[Candidate]:
    """Return relations between parties of a report that `relations`, found before, lack.

    A pair of parties that has a relation already gets another only where the words for it are strong.
    Subject and object are names of entities or words of the report, as `find_relations` gives them.
    """
    language = document.language if document.language in ("en", "es") else "en"
    discourse = Discourse(names, language)
    finder = Finder(names, discourse)
    known = _Known(relations)
    found: dict[tuple[str, ...], Candidate] = {}
    for sentence in sentences(passages, names, language):
        discourse.read(sentence)
        finder.note_nouns(sentence)
        met = _outermost(list(cue_list.cues(sentence)))
        if not met or sentence.forms[-1] == "?":
            continue
        scene = Scene(finder, sentence)
        for pair in _best(_pairs(scene, met, known)):
            if not known.leaves(pair):
                continue
            candidate = _candidate(document, sentence, pair)
            first = found.setdefault(_key(candidate), candidate)
            if first is not candidate and first.sentence_start != candidate.sentence_start:
                first.confidence = round(min(first.confidence + AGAIN, MOST), 3)
    return list(found.values())


def _outermost(met: list[Met]) -> list[Met]:
    """Return the cues that stand in no longer one, as "wing" does in "former armed wing"."""
    return [
        each
        for each in met
        if not any(
            other.first <= each.first
            and each.last <= other.last
            and other.last - other.first > each.last - each.first
            for other in met
        )
    ]


def _pairs(scene: Scene, met: list[Met], known: _Known) -> Iterator[Pair]:
    """Yield what each cue says, with all that stand in a row with its parties."""
    for each in met:
        if (
            _doubtful(scene.sentence, each.first)
            or _means_other(scene.sentence, each)
            or known.explains(scene.sentence, each)
        ):
            continue
        options = list(_options(scene, each)) or [
            *_unsaid(scene, each),
            *_absent(scene, each),
            *_topical(scene, each),
        ]
        if not options:
            continue
        subject, object_, score = max(options, key=lambda option: option[2])
        if score < scale("least"):
            continue
        mutual = each.cue.shape == "mutual"
        if mutual and object_ in scene.rows[subject]:
            row = scene.rows[subject]
            couples = [(one, other) for one in row for other in row if one < other]
        else:
            couples = [(one, other) for one in scene.rows[subject] for other in scene.rows[object_]]
        for one, other in couples:
            yield Pair(scene.spots[one], scene.spots[other], each, score)


def _doubtful(sentence: Sentence, word: int) -> bool:
    """Tell whether what a word says is denied, supposed or asked; "acusado por proteger" is none of it."""
    held = (
        word > 1
        and sentence.forms[word - 1] == "por"
        and sentence.forms[word - 2].endswith(PARTICIPLE_ENDINGS)
    )
    return not held and doubtful(sentence, word)


def _means_other(sentence: Sentence, met: Met) -> bool:
    """Tell whether a cue is followed by what makes it mean something else ("order the killing of").

    So is "de acuerdo con", which says whose words they are.
    """
    if sentence.forms[max(met.first - 1, 0) : met.first + 2] == ["de", "acuerdo", "con"]:
        return True
    other = cue_list.word_list(met.cue.predicate, sentence.language)
    return any(each in other for each in sentence.lemmas[met.last : met.last + NEAR + 2])


def _options(scene: Scene, met: Met) -> Iterator[tuple[int, int, float]]:
    """Yield the two parties that a cue may be about, by their positions, with the score of each choice."""
    cue = met.cue
    numbered = list(enumerate(scene.spots))
    if cue.shape in ("acts", "turned"):
        numbered = [(at, spot) for at, spot in numbered if not spot.owns]
    doers = [(at, scene.way(at, met, cue.subject)) for at, spot in numbered if spot.party.types & cue.subject]
    if cue.shape == "acts":
        own = own_subject(scene, met)
        doers = [(at, min(cost, scale("own")) if at == own else cost) for at, cost in doers]
    targets = [(at, scene.way(at, met, cue.object)) for at, spot in numbered if spot.party.types & cue.object]
    for one, first in doers:
        for other, second in targets:
            if first + second >= FAR or _unfit(scene, cue.predicate, scene.spots[one], scene.spots[other]):
                continue
            extra = SHAPES[cue.shape](scene, met, one, other)
            if extra is None:
                continue
            sure = scene.spots[one].party.certainty * scene.spots[other].party.certainty
            score = cue.weight * (0.5 + sure / 2) - scale("factor") * (first + second + extra)
            yield one, other, score


def _unsaid(scene: Scene, met: Met) -> Iterator[tuple[int, int, float]]:
    """Yield the choices for a title whose body is not in the sentence: the group last spoken of."""
    sentence, finder = scene.sentence, scene.finder
    alone = cue_list.word_list("alone", sentence.language)
    following = sentence.forms[met.last] if met.last < len(sentence) else "."
    before = sentence.forms[met.first - 1] if met.first else ","
    known = (
        before in finder.articles
        or before in cue_list.word_list("passed", sentence.language)
        or before == ","
    )
    told = sentence.lemmas[met.last - 1] in alone or (
        met.cue.predicate == "leads" and met.last - met.first > 1
    )
    if met.cue.shape != "title" or following in OF or not known or not told:
        return
    if any(spot.party.types & met.cue.object for spot in scene.spots) or "group" not in met.cue.object:
        return
    parties = finder.resolve(
        "group", sentence, met.first, "the group" if finder.language == "en" else "el grupo"
    )
    if len(parties) != 1 or parties[0].entity is None:
        return
    scene.add(Spot(parties[0], met.last - 1, met.last, back=True))
    for at, spot in enumerate(scene.spots[:-1]):
        if not spot.party.types & met.cue.subject or spot.owns:
            continue
        first, last = (spot.last, met.first) if spot.last <= met.first else (met.last, spot.first)
        if plain(scene, first, last) is not None and first <= last:
            cost = scene.way(at, met, met.cue.subject)
            yield at, len(scene.spots) - 1, met.cue.weight * scale("resolved") - scale("factor") * cost


def _absent(scene: Scene, met: Met) -> Iterator[tuple[int, int, float]]:
    """Yield the choices for a Spanish sentence that leaves its subject out: who was last spoken of acts."""
    sentence, finder, cue = scene.sentence, scene.finder, met.cue
    turned = cue.shape == "turned" and sentence.is_verb(met.first)
    own, others = (cue.object, cue.subject) if turned else (cue.subject, cue.object)
    ahead = [spot for spot in scene.spots if spot.first < met.first and spot.party.types & own]
    if sentence.language != "es" or not (turned or cue.shape in ("acts", "title", "mutual")) or ahead:
        return
    plural = any(
        sentence.is_verb(word) and sentence.forms[word].endswith("n") for word in range(met.first, met.last)
    )
    for kind, pointing in (("person", "él"), ("group", "el grupo"))[plural:]:
        parties = finder.resolve(kind, sentence, 0, pointing) if kind in own else []
        if len(parties) != 1 or parties[0].entity is None:
            continue
        scene.add(Spot(parties[0], 0, 0))
        silent = len(scene.spots) - 1
        for at, spot in enumerate(scene.spots[:-1]):
            one, other = (at, silent) if turned else (silent, at)
            far = scene.way(at, met, others) + sum(scene.steps[: met.first])
            if not spot.party.types & others or _unfit(
                scene, cue.predicate, scene.spots[one], scene.spots[other]
            ):
                continue
            extra = SHAPES[cue.shape](scene, met, one, other)
            if extra is not None:
                yield one, other, cue.weight * scale("resolved") - scale("factor") * (far + extra)
        return


def _topical(scene: Scene, met: Met) -> Iterator[tuple[int, int, float]]:
    """Yield the choices for a cue with one party in its sentence: the report's group is the other one."""
    sentence, cue = scene.sentence, met.cue
    main = spoken_of(scene.finder, sentence)
    named = {spot.party.entity for spot in scene.spots if spot.party.types & {"group"}}
    if main is None or main.entity in named or not {"group"} <= cue.subject:
        return
    scene.add(Spot(main, met.first, met.first))
    other = len(scene.spots) - 1
    if (
        cue.shape == "mutual"
        and len(named) == 1
        and not any(spot.party.types & {"person"} for spot in scene.spots)
    ):
        for at, spot in enumerate(scene.spots[:-1]):
            if spot.party.entity in named:
                cost = scale("factor") * scene.way(at, met, cue.object)
                yield other, at, cue.weight * scale("topical") - cost
    doers = any(spot.party.types & cue.subject and spot.last <= met.first for spot in scene.spots[:-1])
    if cue.shape == "acts" and not doers and not named:
        for at, spot in enumerate(scene.spots[:-1]):
            extra = SHAPES[cue.shape](scene, met, other, at) if spot.party.types & cue.object else None
            if extra is not None:
                cost = scale("factor") * (scene.way(at, met, cue.object) + extra)
                yield other, at, cue.weight * scale("topical") - cost


def _unfit(scene: Scene, predicate: str, one: Spot, other: Spot) -> bool:
    """Tell whether two parties make no pair: the same, or both without a name where a group has one."""
    first, second = one.party, other.party
    if first.text.casefold() == second.text.casefold() or (
        first.entity is not None and first.entity == second.entity
    ):
        return True
    if predicate == "succeeded" and not first.types & second.types:
        return True
    nameless = first.entity is None and second.entity is None
    return nameless and not one.back and scene.finder.discourse.topic is not None


def _best(pairs: Iterator[Pair]) -> list[Pair]:
    """Return for each two parties what most speaks for, where it is clear of the next."""
    by_parties: dict[frozenset[str], list[Pair]] = {}
    for pair in pairs:
        texts = frozenset((pair.subject.party.text.casefold(), pair.object.party.text.casefold()))
        if len(texts) == 2:
            by_parties.setdefault(texts, []).append(pair)
    found = []
    for each in by_parties.values():
        each.sort(key=lambda pair: -pair.score)
        first = each[0]
        others = [pair for pair in each if _says_other(first, pair)]
        if not others or first.score - others[0].score >= scale("clear"):
            found.append(first)
    return found


def _says_other(first: Pair, pair: Pair) -> bool:
    """Tell whether a pair says of its parties what doesn't go with what the first one says."""
    one, other = first.met.cue, pair.met.cue
    if one.predicate != other.predicate:
        return not _akin(one.predicate, other.predicate)
    return one.shape != "mutual" and pair.subject.party.text != first.subject.party.text


class _Known:
    """The relations that were found before."""

    def __init__(self, relations: list[Candidate]) -> None:
        self.pairs: dict[frozenset[str], set[str]] = {}
        self.spans = [(each.start, each.end, each.predicate) for each in relations]
        for each in relations:
            texts = frozenset((each.subject.casefold(), each.object.casefold()))
            self.pairs.setdefault(texts, set()).add(each.predicate)

    def explains(self, sentence: Sentence, met: Met) -> bool:
        """Tell whether a relation of the predicate was found whose words are around a cue."""
        first, last = sentence.start(met.first), sentence.end(met.last - 1)
        return any(
            start <= first
            and last <= end
            and (predicate == met.cue.predicate or _akin(predicate, met.cue.predicate))
            for start, end, predicate in self.spans
        )

    def leaves(self, pair: Pair) -> bool:
        """Tell whether a pair is new: no relation yet, or only ones that are far from it, strongly stated."""
        texts = frozenset((pair.subject.party.text.casefold(), pair.object.party.text.casefold()))
        known = self.pairs.get(texts, set())
        predicate = pair.met.cue.predicate
        if not known:
            return True
        if predicate in known or any(_akin(predicate, each) for each in known):
            return False
        return pair.score >= scale("strong")


def _akin(one: str, other: str) -> bool:
    return any(one in kin and other in kin for kin in KIN)


def _key(candidate: Candidate) -> tuple[str, ...]:
    ends = [candidate.subject.casefold(), candidate.object.casefold()]
    return (candidate.predicate, *(sorted(ends) if candidate.predicate in SYMMETRIC else ends))


def _candidate(document: Document, sentence: Sentence, pair: Pair) -> Candidate:
    ends = [
        (sentence.start(spot.first), sentence.end(spot.last - 1))
        for spot in (pair.subject, pair.object)
        if spot.last
    ]
    ends.append((sentence.start(pair.met.first), sentence.end(pair.met.last - 1)))
    start, end = min(each[0] for each in ends), max(each[1] for each in ends)
    predicate = pair.met.cue.predicate
    confidence = round(min(cue_list.reliability(predicate) * pair.score, MOST), 3)
    parties = (pair.subject.party, pair.object.party)
    return relation(document, sentence, (start, end), parties, predicate, confidence)
