"""How the parties of a pair may stand to the cue between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trasiego.reading.statements import cues as cue_list
from trasiego.reading.statements import syntax
from trasiego.reading.statements.cues import Met, scale
from trasiego.reading.statements.phrases import DASHES, JOINING, OF, POSSESSIVE, QUOTES
from trasiego.reading.statements.sentence import PARTICIPLE_ENDINGS
from trasiego.reading.statements.vocabulary import words

if TYPE_CHECKING:
    from trasiego.reading.statements.scene import Scene

BETWEEN, WITH = {"between", "entre"}, {"with", "against", "con", "contra"}
"""Words behind a cue for something mutual that both parties follow, and that one does."""

BY = ("by", "por")
"""Words before who does it in a passive."""

NEAR = 3
"""How many words behind a passive verb "by" may stand."""

CLITICS = {"les", "le", "los", "las"}
"""Spanish pronouns before a verb for whom it is done to, who may be named further ahead."""

ADJECTIVES, APART = 3, 4
"""How many words may stand between a body and the title that belongs to it, and how many that are no bridge
between a title and who bears it."""


def _mutual(scene: Scene, met: Met, one: int, other: int) -> float | None:
    """Return what the places of two parties of something mutual cost."""
    first, second = sorted((scene.spots[one], scene.spots[other]), key=lambda spot: spot.first)
    leading = set(scene.sentence.forms[met.last - 1 : met.last + 1])
    if leading & BETWEEN:
        return 0.0 if met.last <= first.first and other in scene.rows[one] else None
    if leading & WITH and (second.first < met.last or first.last > met.first):
        return None
    inside = met.first < second.first and second.last <= met.last
    if first.last <= met.first and (met.last <= second.first or inside):
        return 0.0
    if first.owns and first.last <= met.first <= second.first:
        return 0.0
    return 0.0 if other in scene.rows[one] else scale("aside")


def _passive(scene: Scene, met: Met) -> bool:
    """Tell whether a cue is a passive verb with "by" behind it."""
    sentence = scene.sentence
    form = sentence.forms[met.first]
    participle = (
        form.endswith(PARTICIPLE_ENDINGS)
        if sentence.language == "es"
        else (sentence.parsed and sentence.tokens[met.first].tag_ == "VBN")
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
    clitic = met.first and scene.sentence.forms[met.first - 1] in CLITICS
    if clitic and scene.spots[other].last <= scene.spots[one].first and scene.spots[one].last <= met.first:
        return 0.0
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
    member = sentence.lemmas[word] in scene.finder.transparent or scene.spots[one].party.types & {"agency"}
    return scene.spots[one].first in whole and bool(member)


def own_subject(scene: Scene, met: Met) -> int | None:
    """Return the position of the party that is the subject of a cue's verb by the syntax."""
    sentence = scene.sentence
    if not sentence.parsed or not sentence.is_verb(met.first) or _passive(scene, met):
        return None
    own = syntax.subject(sentence.tokens[met.first])
    if own is None or not sentence.inside(own):
        return None
    return scene.at_word.get(sentence.index(own))


def _turned(scene: Scene, met: Met, one: int, other: int) -> float | None:
    """Return what the order costs of target, cue and doer; former members make no body."""
    if met.cue.predicate == "member_of" and _ended(scene, met, met.last, scene.spots[one].first):
        return None
    return _between(scene, met, other, one)


def _between(scene: Scene, met: Met, before: int, after: int) -> float | None:
    behind = scene.spots[after].first >= met.last or (
        scene.spots[after].first > met.first and scene.spots[after].last <= met.last
    )
    target = scene.spots[after]
    owner = target.last < len(scene.sentence) and (
        scene.sentence.forms[target.last] in POSSESSIVE
        or (scene.sentence.parsed and scene.sentence.lemmas[target.last] in words("persons", "en"))
    )
    pronoun = target.back and target.last - target.first == 1 and len(scene.rows[after]) == 1
    pronoun = pronoun and not (met.first < target.first < met.last)
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
    apart = bearer.last <= met.first and forms[bearer.last] != ","
    if lead in OF or (lead in JOINING and apart):
        return None
    if body.first >= met.last:
        if set(forms[met.last : met.last + 1]) - OF or _ended(scene, met, met.last, body.first):
            return None
        if bearer.last <= met.first:
            return plain(scene, bearer.last, met.first)
        return plain(scene, body.last, bearer.first) if bearer.first >= body.last else None
    if body.last > met.first:
        return None
    between = forms[body.last : met.first]
    adjoining = body.owns or not between or between[0] in POSSESSIVE
    adjoining = adjoining and not set(between) & scene.finder.prepositions
    if not adjoining or len(between) > ADJECTIVES or (scene.sentence.language == "es" and not body.owns):
        return None
    if bearer.first >= met.last:
        return plain(scene, met.last, bearer.first)
    return plain(scene, bearer.last, body.first) if bearer.last <= body.first else None


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


def plain(scene: Scene, first: int, last: int) -> float | None:
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
