"""Places in relations: where a group is active, where goods go, and which place supplies which."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trasiego.reading.statements import surface, syntax
from trasiego.reading.statements.making import Made
from trasiego.reading.statements.phrases import OF
from trasiego.reading.statements.vocabulary import Rule

if TYPE_CHECKING:
    from trasiego.reading.statements.parties import Finder
    from trasiego.reading.statements.phrases import Party
    from trasiego.reading.statements.sentence import Sentence

WINDOW = 14
"""How many words behind a verb of moving its place may stand."""

CONTEST = frozenset("control territory turf dominance hegemony territorio plaza dominio".split())
"""What rivals are after where they operate themselves."""


def around(finder: Finder, sentence: Sentence, made: list[Made]) -> list[Made]:
    """Return the region around a seat ("based in A, a town in B") as where the group operates."""
    more = []
    for each in made:
        behind = next(
            (at for at in range(len(sentence)) if sentence.start(at) >= each.object.end), len(sentence)
        )
        if behind + 2 >= len(sentence) or sentence.forms[behind] != ",":
            continue
        at = behind + 1
        if sentence.forms[at] not in ("a", "an", "the", "un", "una"):
            continue
        ahead = next(
            (i for i in range(at, min(at + 5, len(sentence))) if sentence.forms[i] in {"in", "en"} | OF), None
        )
        if ahead is None:
            continue
        region = [one for one in finder.after(sentence, ahead + 1, frozenset({"place"}))][:1]
        more += [Made(each.subject, one, 0.5, each.first, each.last, "operates_in") for one in region]
    return more


def flows(finder: Finder, sentence: Sentence, start: int, end: int, rule: Rule) -> list[Made]:
    """Return which place supplies which, where goods are moved and nobody is said to move them."""
    token = sentence.tokens[start]
    if sentence.parsed and not syntax.is_passive(token):
        return []
    places = surface.objects(finder, sentence, end, rule.leads_to, rule.object, WINDOW)
    origins = _origins(finder, sentence, start)
    return [
        Made(one, other, 0.6, start, end - 1, "supplies")
        for one in origins
        for other in places
        if one.text != other.text
    ]


def _origins(finder: Finder, sentence: Sentence, start: int) -> list[Party]:
    """Return the place that the goods before a verb come from: "cocaine from A", "its output"."""
    place = frozenset({"place"})
    for at in range(start - 1, max(start - 12, -1), -1):
        if "goods" not in finder.classes.get(sentence.lemmas[at], ()):
            continue
        for ahead in range(at + 1, start):
            if sentence.forms[ahead] in ("from", "desde", "in", "de", "del", "en"):
                return finder.after(sentence, ahead + 1, place)
        left = at - 1
        if left >= 0 and sentence.forms[left] in ("its", "su"):
            return finder.resolve("place", sentence, left, sentence.forms[left])
        if left >= 1 and sentence.forms[left] in ("'s", "’s") and sentence.mentions[left - 1] is not None:
            return finder.after(sentence, sentence.mention_start(left - 1), place)
    return []


def contested(finder: Finder, sentence: Sentence, made: list[Made], end: int) -> list[Made]:
    """Return where rivals operate: the places behind the verb ("compete for control in A")."""
    if not made or not CONTEST & set(sentence.lemmas):
        return []
    places = surface.objects(finder, sentence, end, ("in", "en"), frozenset({"place"}), WINDOW)
    rivals = {each.text: each for one in made for each in (one.subject, one.object)}
    first, last = made[0].first, made[0].last
    return [
        Made(each, place, 0.5, first, last, "operates_in")
        for each in rivals.values()
        if each.types & {"group"}
        for place in places
    ]


def fronted(finder: Finder, sentence: Sentence, made: list[Made], rule: Rule) -> list[Made]:
    """Return where those operate who control or fight, by the place a sentence opens with ("In A, ...")."""
    if rule.predicate not in ("controls", "rival_of") or sentence.forms[0] not in ("in", "en") or not made:
        return []
    places = finder.after(sentence, 1, frozenset({"place"}))
    parties = [made[0].subject] if rule.predicate == "controls" else [made[0].subject, made[0].object]
    return [
        Made(one, place, 0.5, made[0].first, made[0].last, "operates_in")
        for one in parties
        if one.types & {"group"}
        for place in places
    ]


def where(finder: Finder, sentence: Sentence, start: int, rule: Rule) -> tuple[list[Party], list[Party]]:
    """Return who has control, and the place that the sentence opens with ("In A, X has taken control")."""
    places = finder.after(sentence, 1, frozenset({"place"})) if sentence.forms[0] in ("in", "en") else []
    if not places:
        return [], []
    if sentence.parsed:
        return finder.of(sentence, syntax.subject(sentence.tokens[start]), frozenset({"group"})), places
    return surface.before(finder, sentence, start, frozenset({"group"})), places


def further(finder: Finder, sentence: Sentence, found: list[Party], rule: Rule) -> list[Party]:
    """Return the further places of an activity: "in the north of A, especially in the region of B"."""
    if not rule.object & {"place"} or rule.predicate not in ("operates_in", "based_in") or not found:
        return []
    at = next((i for i in range(len(sentence)) if sentence.start(i) >= found[-1].end), len(sentence))
    for ahead in range(at, min(at + 4, len(sentence))):
        form = sentence.forms[ahead]
        if form in ("in", "en", "including", "como", "incluyendo"):
            return finder.after(sentence, ahead + 1, frozenset({"place"}))
        if form != "," and not form.endswith(("mente", "ly")):
            break
    return []


def there(finder: Finder, sentence: Sentence, end: int, rule: Rule) -> list[Party]:
    """Return the place last spoken of for "there"."""
    if rule.object != frozenset({"place"}) or end >= len(sentence):
        return []
    if sentence.forms[end] not in ("there", "allí", "ahí"):
        return []
    return finder.resolve("place", sentence, end, sentence.forms[end])


def has_goods(finder: Finder, sentence: Sentence, start: int) -> bool:
    """Tell whether a sentence speaks of goods near a verb of moving."""
    near = range(max(start - 12, 0), min(start + 10, len(sentence)))
    if any("goods" in finder.classes.get(sentence.lemmas[at], ()) for at in near):
        return True
    pointing = {"it", "them", "la", "lo", "las", "los"} & set(sentence.forms[max(start - 1, 0) : start + 2])
    last = finder.before_last.lemmas if finder.before_last is not None else []
    spoken = [*last, *sentence.lemmas[:start]]
    return bool(pointing) and any("goods" in finder.classes.get(each, ()) for each in spoken)
