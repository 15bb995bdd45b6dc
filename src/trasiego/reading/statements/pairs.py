"""Relations read loosely: for two parties of a sentence the predicate that its words speak for most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trasiego.reading.candidate import Candidate
from trasiego.reading.statements import cues as cue_list
from trasiego.reading.statements import syntax
from trasiego.reading.statements.cues import Met, scale
from trasiego.reading.statements.making import doubtful
from trasiego.reading.statements.parties import Finder
from trasiego.reading.statements.phrases import DASHES, JOINING, OF, POSSESSIVE, QUOTES
from trasiego.reading.statements.reference import Discourse
from trasiego.reading.statements.sentence import PARTICIPLE_ENDINGS, Sentence, sentences
from trasiego.reading.statements.spots import Spot, rows, spots
from trasiego.reading.statements.vocabulary import words

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

BETWEEN, WITH = {"between", "entre"}, {"with", "against", "con", "contra"}
"""Words behind a cue for something mutual that both parties follow, and that one does."""

BY = ("by", "por")
"""Words before who does it in a passive."""

NEAR = 3
"""How many words behind a passive verb "by" may stand."""

ADJECTIVES, APART = 3, 4
"""How many words may stand between a body and the title that belongs to it, and how many that are no bridge
between a title and who bears it."""

FAR = 40
"""Steps at which a party is out of reach."""

AGAIN, MOST = 0.05, 0.75
"""What a second sentence adds to the confidence of a pair, and the highest one."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two parties, the cue between them, and how much speaks for it, 0 to 1."""

    subject: Spot
    object: Spot
    met: Met
    score: float


class Scene:
    """One sentence with its parties and what it costs to go from one word to another."""

    def __init__(self, finder: Finder, sentence: Sentence) -> None:
        """Find the parties of the sentence."""
        self.finder = finder
        self.sentence = sentence
        self.spots = spots(finder, sentence)
        self.rows = rows(sentence, self.spots)
        self.at_word = {
            word: at for at, spot in enumerate(self.spots) for word in range(spot.first, spot.last)
        }
        self.steps = [self._step(word) for word in range(len(sentence))]

    def _step(self, word: int) -> float:
        """Return what a word costs that stands between a party and a cue."""
        sentence = self.sentence
        form = sentence.forms[word]
        if word in self.at_word or sentence.mentions[word] is not None:
            return scale("word") / 2
        if form in words("clause_end", sentence.language):
            return scale("stop")
        if form == ",":
            return scale("comma")
        if form in words("relative", sentence.language):
            return scale("relative")
        finite = sentence.is_verb(word) and not (
            sentence.parsed and sentence.tokens[word].tag_ in ("VBN", "VBG", "VB")
        )
        copula = sentence.lemmas[word] in ("be", "have", "ser", "haber", "estar")
        if finite and not copula:
            return scale("verb")
        return scale("word")

    def way(self, at: int, met: Met, accept: frozenset[str]) -> float:
        """Return what it costs to go from the spot `at` to a cue, other parties that fit being in the way."""
        spot = self.spots[at]
        if spot.last <= met.first:
            first, last = spot.last, met.first
        elif spot.first >= met.last:
            first, last = met.last, spot.first
        else:
            inside = spot.first >= met.first and spot.last <= met.last
            return 0.0 if inside else FAR
        passed = {self.at_word[word] for word in range(first, last) if word in self.at_word}
        blocking = sum(
            1
            for other in passed - set(self.rows[at])
            if self.spots[other].party.types & accept
            and not self.spots[other].owns
            and self.spots[other].party.text != spot.party.text
        )
        return sum(self.steps[first:last]) + blocking * scale("party")


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
            other.first <= each.first and each.last <= other.last and other.last - other.first > each.last - each.first
            for other in met
        )
    ]


def _pairs(scene: Scene, met: list[Met], known: _Known) -> Iterator[Pair]:
    """Yield what each cue says, with all that stand in a row with its parties."""
    for each in met:
        if doubtful(scene.sentence, each.first) or _means_other(scene.sentence, each) or known.explains(scene.sentence, each):
            continue
        options = list(_options(scene, each))
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


def _means_other(sentence: Sentence, met: Met) -> bool:
    """Tell whether a cue is followed by what makes it mean something else ("order the killing of")."""
    other = cue_list.word_list(met.cue.predicate, sentence.language)
    return any(each in other for each in sentence.lemmas[met.last : met.last + NEAR + 2])


def _options(scene: Scene, met: Met) -> Iterator[tuple[int, int, float]]:
    """Yield the two parties that a cue may be about, by their positions, with the score of each choice."""
    cue = met.cue
    numbered = list(enumerate(scene.spots))
    doers = [(at, scene.way(at, met, cue.subject)) for at, spot in numbered if spot.party.types & cue.subject]
    targets = [(at, scene.way(at, met, cue.object)) for at, spot in numbered if spot.party.types & cue.object]
    for one, first in doers:
        for other, second in targets:
            if first + second >= FAR or _unfit(scene, scene.spots[one], scene.spots[other]):
                continue
            extra = SHAPES[cue.shape](scene, met, one, other)
            if extra is None:
                continue
            sure = scene.spots[one].party.certainty * scene.spots[other].party.certainty
            score = cue.weight * (0.5 + sure / 2) - scale("factor") * (first + second + extra)
            yield one, other, score


def _unfit(scene: Scene, one: Spot, other: Spot) -> bool:
    """Tell whether two parties make no pair: the same, or both without a name where a group has one."""
    first, second = one.party, other.party
    if first.text.casefold() == second.text.casefold() or (
        first.entity is not None and first.entity == second.entity
    ):
        return True
    nameless = first.entity is None and second.entity is None
    return nameless and not one.back and scene.finder.discourse.topic is not None


def _mutual(scene: Scene, met: Met, one: int, other: int) -> float | None:
    """Return what the places of two parties of something mutual cost."""
    if one > other and scene.spots[one].party.types & met.cue.object:
        return None
    first, second = sorted((scene.spots[one], scene.spots[other]), key=lambda spot: spot.first)
    leading = set(scene.sentence.forms[met.last - 1 : met.last + 1])
    if leading & BETWEEN:
        return 0.0 if met.last <= first.first and other in scene.rows[one] else None
    if leading & WITH and second.first < met.last:
        return None
    if first.last <= met.first and met.last <= second.first:
        return 0.0
    if first.owns and first.last <= met.first <= second.first:
        return 0.0
    return 0.0 if other in scene.rows[one] else scale("aside")


def _passive(scene: Scene, met: Met) -> bool:
    """Tell whether a cue is a passive verb with "by" behind it."""
    sentence = scene.sentence
    form = sentence.forms[met.first]
    participle = form.endswith(PARTICIPLE_ENDINGS) if sentence.language == "es" else (
        sentence.parsed and sentence.tokens[met.first].tag_ == "VBN"
    )
    return bool(participle) and any(each in BY for each in sentence.forms[met.last : met.last + NEAR])


def _acts(scene: Scene, met: Met, one: int, other: int) -> float | None:
    """Return what the order of doer and target costs: doer, cue, target, or turned in a passive."""
    if met.last - met.first == 1 and not (scene.sentence.is_verb(met.first) or _passive(scene, met)):
        return None
    if _passive(scene, met):
        return _between(scene, met, other, one)
    if not _may_act(scene, met, one):
        return None
    return _between(scene, met, one, other)


def _may_act(scene: Scene, met: Met, one: int) -> bool:
    """Tell whether the syntax lets a party be the subject of a cue: no other noun is it."""
    sentence = scene.sentence
    if not sentence.parsed or not sentence.is_verb(met.first):
        return True
    own = syntax.subject(sentence.tokens[met.first])
    if own is None or not sentence.inside(own) or own.pos_ == "PRON":
        return True
    word = sentence.index(own)
    if word in scene.at_word:
        return scene.at_word[word] in scene.rows[one]
    whole = range(sentence.index(own.left_edge), sentence.index(own.right_edge) + 1)
    return scene.spots[one].first in whole and sentence.lemmas[word] in scene.finder.transparent


def _turned(scene: Scene, met: Met, one: int, other: int) -> float | None:
    return _between(scene, met, other, one)


def _between(scene: Scene, met: Met, before: int, after: int) -> float | None:
    behind = scene.spots[after].first >= met.last or (
        scene.spots[after].first > met.first and scene.spots[after].last <= met.last
    )
    target = scene.spots[after]
    owner = target.last < len(scene.sentence) and scene.sentence.forms[target.last] in POSSESSIVE
    pronoun = target.back and target.last - target.first == 1 and len(scene.rows[after]) == 1
    if pronoun or owner:
        return None
    return 0.0 if scene.spots[before].last <= met.first and behind else None


def _title(scene: Scene, met: Met, one: int, other: int) -> float | None:
    """Return what it costs that `one` bears the title of a cue with `other`, None where it can't be.

    The body is behind the title with "of", or directly before it.
    """
    bearer, body = scene.spots[one], scene.spots[other]
    forms = scene.sentence.forms
    lead = _lead(scene, met.first)
    if bearer.owns or (bearer.last <= met.first and lead in scene.finder.prepositions - {"como", "as"}):
        return None
    if lead in OF or (lead in JOINING and bearer.last <= met.first):
        return None
    if body.first >= met.last:
        if set(forms[met.last : met.last + 1]) - OF or _ended(scene, met, met.last, body.first):
            return None
        if bearer.last <= met.first:
            return _plain(scene, bearer.last, met.first)
        return _plain(scene, body.last, bearer.first) if bearer.first >= body.last else None
    if body.last > met.first:
        return None
    between = forms[body.last : met.first]
    adjoining = body.owns or not between or between[0] in POSSESSIVE
    adjoining = adjoining and not set(between) & scene.finder.prepositions
    if not adjoining or len(between) > ADJECTIVES or (scene.sentence.language == "es" and not body.owns):
        return None
    if bearer.first >= met.last:
        return _plain(scene, met.last, bearer.first)
    return _plain(scene, bearer.last, body.first) if bearer.last <= body.first else None


def _lead(scene: Scene, word: int) -> str:
    """Return the word before the noun phrase that goes on at `word`."""
    at = word - 1
    sentence = scene.sentence
    while at >= 0 and scene.sentence.mentions[at] is None and word - at <= ADJECTIVES + 1:
        form = sentence.forms[at]
        passed = form in scene.finder.articles or form in cue_list.word_list("passed", sentence.language)
        passed = passed or (sentence.parsed and sentence.tokens[at].pos_ in ("ADJ", "DET", "NUM"))
        if not passed:
            return form
        at -= 1
    return ""


def _ended(scene: Scene, met: Met, first: int, last: int) -> bool:
    """Tell whether what stands between a title and its body makes it another's, or a thing of the past."""
    past = cue_list.word_list("past", scene.sentence.language)
    inside = scene.sentence.forms[first:last]
    return bool(set(inside) & past) and met.cue.predicate != "split_from"


def _plain(scene: Scene, first: int, last: int) -> float | None:
    """Return what the words between a person and a title cost, None where they keep the two apart."""
    bridge = cue_list.word_list("bridge", scene.sentence.language)
    sentence = scene.sentence
    apart = 0
    for word in range(first, last):
        form = sentence.forms[word]
        known = form in bridge or sentence.lemmas[word] in bridge or word in scene.at_word
        if sentence.is_verb(word) and not known:
            return None
        apart += not (known or form in QUOTES or form in DASHES or form in scene.finder.articles)
    return None if apart > APART else 0.0


SHAPES = {"mutual": _mutual, "acts": _acts, "turned": _turned, "title": _title}
"""What the places of the parties cost by the shape of the cue."""


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
        others = [
            pair for pair in each if pair.met.cue.predicate != first.met.cue.predicate
            or (pair.subject.party.text != first.subject.party.text and first.met.cue.shape != "mutual")
        ]
        if not others or first.score - others[0].score >= scale("clear"):
            found.append(first)
    return found


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
            start <= first and last <= end and (predicate == met.cue.predicate or _akin(predicate, met.cue.predicate))
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
    first, last = sentence.start(0), sentence.end(len(sentence) - 1)
    ends = [(sentence.start(spot.first), sentence.end(spot.last - 1)) for spot in (pair.subject, pair.object)]
    ends.append((sentence.start(pair.met.first), sentence.end(pair.met.last - 1)))
    start, end = min(each[0] for each in ends), max(each[1] for each in ends)
    predicate = pair.met.cue.predicate
    return Candidate(
        "relation",
        document.name,
        document.text[start:end],
        start,
        end,
        subject=pair.subject.party.text,
        predicate=predicate,
        object=pair.object.party.text,
        confidence=round(min(cue_list.reliability(predicate) * pair.score, MOST), 3),
        sentence=document.text[first:last],
        sentence_start=first,
    )
