"""Relations that a verb makes: its subject, its object, and the place that it leads to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trasiego.reading.statements import surface, syntax
from trasiego.reading.statements.parties import Finder
from trasiego.reading.statements.phrases import OF, Party
from trasiego.reading.statements.vocabulary import Rule, words

if TYPE_CHECKING:
    from trasiego.reading.statements.sentence import Sentence

WINDOW = 14
"""How many words behind a verb of moving its place may stand."""

CONTEST = frozenset(
    {"control", "territory", "turf", "dominance", "hegemony", "territorio", "plaza", "dominio"}
)
"""What rivals are after where they operate themselves."""

BACK = 4
"""How many words before a verb a word of denial or doubt counts, without syntax."""


@dataclass(frozen=True, slots=True)
class Made:
    """A relation that was made: its parties, its confidence, and the words first to last that set it off.

    `predicate` is another one than the rule's where it is not empty.
    """

    subject: Party
    object: Party
    confidence: float
    first: int
    last: int
    predicate: str = ""


def verb_relations(finder: Finder, sentence: Sentence, start: int, end: int, rule: Rule) -> list[Made]:
    """Return the relations of the verb or phrase at [start, end)."""
    if rule.needs and not _speaks_of(finder, sentence, rule.needs):
        return []
    if doubtful(sentence, start):
        return []
    subjects, objects = _parties(finder, sentence, start, end, rule)
    subjects = finder.general(sentence, subjects, objects)
    if rule.predicate == "controls" and end > start + 1 and not objects:
        subjects, objects = _where(finder, sentence, start, rule)
    if rule.topic and not objects:
        subjects, objects = _by_topic(finder, sentence, start, rule)
    if rule.goods and not _has_goods(finder, sentence, start):
        return []
    made = [
        Made(one, other, rule.confidence, start, end - 1)
        for one in subjects
        for other in objects
        if one.text != other.text
    ]
    if rule.predicate == "based_in":
        made += _around(finder, sentence, made)
    if rule.predicate == "rival_of":
        made += _contested(finder, sentence, made or _mutual(finder, sentence, start, end, rule), end)
    if rule.predicate == "moves_to" and not subjects:
        made += _flows(finder, sentence, start, end, rule)
    made += _fronted(finder, sentence, made, rule)
    led = end < len(sentence) and sentence.forms[end] in rule.leads_to
    if rule.mutual and not led and not any(not each.predicate for each in made):
        made += _mutual(finder, sentence, start, end, rule)
    return made


def _fronted(finder: Finder, sentence: Sentence, made: list[Made], rule: Rule) -> list[Made]:
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


def _where(finder: Finder, sentence: Sentence, start: int, rule: Rule) -> tuple[list[Party], list[Party]]:
    """Return who has control, and the place that the sentence opens with ("In A, X has taken control")."""
    places = finder.after(sentence, 1, frozenset({"place"})) if sentence.forms[0] in ("in", "en") else []
    if not places:
        return [], []
    if sentence.parsed:
        return _of(finder, sentence, syntax.subject(sentence.tokens[start]), frozenset({"group"})), places
    return surface.before(finder, sentence, start, frozenset({"group"})), places


def _speaks_of(finder: Finder, sentence: Sentence, needs: frozenset[str]) -> bool:
    """Tell whether a sentence or the one before it has one of the words that a rule needs."""
    near = [sentence] if finder.before_last is None else [sentence, finder.before_last]
    return any(needs & (set(each.lemmas) | set(each.forms)) for each in near)


def _by_topic(finder: Finder, sentence: Sentence, start: int, rule: Rule) -> tuple[list[Party], list[Party]]:
    """Return the subject of a verb and the group last spoken of, which need not be named with it."""
    if sentence.parsed:
        subjects = _of(finder, sentence, syntax.subject(sentence.tokens[start]), rule.subject)
    else:
        subjects = surface.before(finder, sentence, start, rule.subject)
    seen = finder.resolve("group", sentence, start, "the group") if subjects else []
    return subjects, seen


def _contested(finder: Finder, sentence: Sentence, made: list[Made], end: int) -> list[Made]:
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


def doubtful(sentence: Sentence, word: int) -> bool:
    """Tell whether what the word at `word` says is denied, supposed or asked."""
    negations = words("negation", sentence.language)
    hypotheses = words("hypothesis", sentence.language)
    if sentence.forms[-1] == "?":
        return True
    if sentence.parsed:
        return syntax.has_negation(sentence.tokens[word], negations, hypotheses)
    for at in range(word - 1, max(word - BACK - 1, -1), -1):
        form = sentence.forms[at]
        if form in (",", ";", ".") or form in words("relative", sentence.language):
            return False
        if form in negations or form in hypotheses or sentence.lemmas[at] in hypotheses:
            return True
        if form in ("para", "por") and sentence.forms[word].endswith(("ar", "er", "ir", "rse")):
            return True
    return False


def _parties(
    finder: Finder, sentence: Sentence, start: int, end: int, rule: Rule
) -> tuple[list[Party], list[Party]]:
    """Return the subjects and objects of a verb, its voice told."""
    if sentence.parsed:
        return _by_syntax(finder, sentence, start, end, rule)
    if sentence.language == "es" and "" in rule.leads_to and not _participle(sentence, start):
        turned = _turned(finder, sentence, start, end, rule)
        if turned[0]:
            return turned
    direct = "" in rule.leads_to
    if direct and _participle(sentence, start):
        if end < len(sentence) and sentence.forms[end] in ("by", "por"):
            done = finder.after(sentence, end + 1, rule.subject)
            return done, surface.before(finder, sentence, start, rule.object) if done else []
        return [], []
    objects = surface.objects(finder, sentence, end, rule.leads_to, rule.object, _window(rule))
    if (
        not objects
        and {"le", "les"} & set(sentence.forms[max(start - 2, 0) : start])
        and "a" in rule.leads_to
    ):
        subjects = surface.before(finder, sentence, start, rule.subject)
        seen = finder.resolve("group", sentence, start, "les") if "group" in rule.object else []
        return subjects, [one for one in seen if one.entity not in {each.entity for each in subjects}]
    if not objects:
        return [], []
    objects += _further(finder, sentence, objects, rule)
    return surface.before(finder, sentence, start, rule.subject), objects


def _turned(
    finder: Finder, sentence: Sentence, start: int, end: int, rule: Rule
) -> tuple[list[Party], list[Party]]:
    """Return subject and object where the subject follows: "la banda que lidera X", "lo comanda X"."""
    before = sentence.forms[start - 1] if start else ""
    opening = start == 1 or (start > 1 and sentence.forms[start - 2] in (",", ";", "que", "y"))
    clitic = before in ("lo", "la", "los", "las") and opening
    if not (before == "que" or clitic) or end >= len(sentence) or sentence.forms[end] in ("a", "al"):
        return [], []
    doers = finder.after(sentence, end, rule.subject)
    if not doers or doers[0].entity is None or finder.after(sentence, end, rule.object):
        return [], []
    if clitic:
        return doers, finder.resolve("group", sentence, start - 1, "la banda")
    return doers, surface.before(finder, sentence, start, rule.object)


def _window(rule: Rule) -> int:
    return WINDOW if rule.predicate in ("moves_to", "supplies", "rival_of") else 8


def _participle(sentence: Sentence, word: int) -> bool:
    form = sentence.forms[word]
    had = any(
        each in ("ha", "han", "había", "habían", "habría", "habrían", "haber", "has", "have", "had")
        for each in sentence.forms[max(word - 2, 0) : word]
    )
    endings = (
        ("ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas") if sentence.language == "es" else ("ed",)
    )
    followed = word + 1 < len(sentence) and sentence.forms[word + 1] in ("by", "por")
    return not had and form.endswith(endings) and (sentence.language == "es" or followed)


def _by_syntax(
    finder: Finder, sentence: Sentence, start: int, end: int, rule: Rule
) -> tuple[list[Party], list[Party]]:
    token = sentence.tokens[start]
    verb = token.pos_ in ("VERB", "AUX")
    if verb and rule.goods and syntax.is_passive(token):
        return _of(finder, sentence, syntax.agent(token), rule.subject), _objects(
            finder, sentence, start, end, rule
        )
    if verb and syntax.is_passive(token) and "" in rule.leads_to:
        doer = syntax.agent(token)
        patient = syntax.subject(token)
        if rule.predicate in ("hires",) and doer is None:
            return [], []
        if doer is None or not sentence.inside(doer):
            return [], []
        subjects = finder.at(sentence, sentence.index(doer), rule.subject)
        if not subjects:
            subjects = finder.after(sentence, _behind_by(sentence, start), rule.subject)
        return subjects, _of(finder, sentence, patient, rule.object)
    objects = _objects(finder, sentence, start, end, rule)
    if not objects:
        return [], []
    named = start > 0 and sentence.mentions[start - 1] is not None
    subjects = surface.before(finder, sentence, start, rule.subject) if named and not verb else []
    subjects = subjects or _of(finder, sentence, syntax.subject(token), rule.subject)
    if not subjects:
        subjects = surface.before(finder, sentence, start, rule.subject)
    return [one for one in subjects if one.start not in {other.start for other in objects}], objects


def _behind_by(sentence: Sentence, start: int) -> int:
    for at in range(start + 1, min(start + 5, len(sentence))):
        if sentence.forms[at] == "by":
            return at + 1
    return len(sentence)


def _of(finder: Finder, sentence: Sentence, token: object, accept: frozenset[str]) -> list[Party]:
    """Return the parties of a noun phrase by its head."""
    if token is None or not sentence.inside(token):
        return []
    return finder.at(sentence, sentence.index(token), accept)


def _objects(finder: Finder, sentence: Sentence, start: int, end: int, rule: Rule) -> list[Party]:
    token = sentence.tokens[start]
    if "" in rule.leads_to and end == start + 1 and token.pos_ == "VERB":
        direct = syntax.direct_object(token)
        if direct is not None and sentence.inside(direct):
            found = finder.at(sentence, sentence.index(direct), rule.object)
            if found:
                return found
            if rule.leads_to == ("",):
                return []
    behind = tuple(each for each in rule.leads_to if each)
    if token.pos_ in ("VERB", "AUX") and behind:
        for at in syntax.prepositional(token, behind, sentence.tokens[0].i + end):
            place = at - sentence.tokens[0].i
            if place >= end and place < len(sentence):
                found = finder.after(sentence, place, rule.object)
                if found:
                    return found + _further(finder, sentence, found, rule)
    there = _there(finder, sentence, end, rule)
    if there:
        return there
    found = surface.objects(finder, sentence, end, rule.leads_to, rule.object, _window(rule))
    return found + _further(finder, sentence, found, rule)


def _further(finder: Finder, sentence: Sentence, found: list[Party], rule: Rule) -> list[Party]:
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


def _there(finder: Finder, sentence: Sentence, end: int, rule: Rule) -> list[Party]:
    """Return the place last spoken of for "there"."""
    if rule.object != frozenset({"place"}) or end >= len(sentence):
        return []
    if sentence.forms[end] not in ("there", "allí", "ahí"):
        return []
    return finder.resolve("place", sentence, end, sentence.forms[end])


def _has_goods(finder: Finder, sentence: Sentence, start: int) -> bool:
    """Tell whether a sentence speaks of goods near a verb of moving."""
    near = range(max(start - 12, 0), min(start + 10, len(sentence)))
    if any("goods" in finder.classes.get(sentence.lemmas[at], ()) for at in near):
        return True
    pointing = {"it", "them", "la", "lo", "las", "los"} & set(sentence.forms[max(start - 1, 0) : start + 2])
    last = finder.before_last.lemmas if finder.before_last is not None else []
    spoken = [*last, *sentence.lemmas[:start]]
    return bool(pointing) and any("goods" in finder.classes.get(each, ()) for each in spoken)


def _around(finder: Finder, sentence: Sentence, made: list[Made]) -> list[Made]:
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


def _flows(finder: Finder, sentence: Sentence, start: int, end: int, rule: Rule) -> list[Made]:
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


def _mutual(finder: Finder, sentence: Sentence, start: int, end: int, rule: Rule) -> list[Made]:
    """Return the pairs of parties that do it to each other: "A and B compete", "both groups fight"."""
    if sentence.parsed:
        parties = _of(finder, sentence, syntax.subject(sentence.tokens[start]), rule.subject)
    else:
        parties = surface.before(finder, sentence, start, rule.subject)
    return pairs(parties, rule.confidence, start, end - 1)


def pairs(parties: list[Party], confidence: float, first: int, last: int) -> list[Made]:
    """Return a relation for each two of several parties."""
    return [
        Made(one, other, confidence, first, last)
        for at, one in enumerate(parties)
        for other in parties[at + 1 :]
        if one.text != other.text
    ]
