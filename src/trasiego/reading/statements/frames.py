"""Relations that a verb makes: its subject, its object, and the place that it leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trasiego.reading.statements import places, surface, syntax
from trasiego.reading.statements.making import Made, doubtful, pairs
from trasiego.reading.statements.parties import Finder
from trasiego.reading.statements.phrases import Party
from trasiego.reading.statements.vocabulary import Rule

if TYPE_CHECKING:
    from trasiego.reading.statements.sentence import Sentence


OWNING = frozenset({"its", "their", "su", "sus"})
"""Words before a noun for what the party has that was last spoken of."""


def verb_relations(finder: Finder, sentence: Sentence, start: int, end: int, rule: Rule) -> list[Made]:
    """Return the relations of the verb or phrase at [start, end)."""
    if rule.needs and not _speaks_of(finder, sentence, rule.needs):
        return []
    if doubtful(sentence, start):
        return []
    subjects, objects = _parties(finder, sentence, start, end, rule)
    if not subjects and start and sentence.forms[start - 1] in OWNING and "group" in rule.subject:
        subjects = finder.resolve("group", sentence, start - 1, sentence.forms[start - 1])
    subjects = finder.general(sentence, subjects, objects)
    if rule.predicate == "controls" and end > start + 1 and not objects:
        subjects, objects = places.where(finder, sentence, start, rule)
    if rule.topic and not objects:
        subjects, objects = _by_topic(finder, sentence, start, rule)
    if rule.goods and not places.has_goods(finder, sentence, start):
        return []
    made = [
        Made(one, other, rule.confidence, start, end - 1)
        for one in subjects
        for other in objects
        if one.text != other.text
    ]
    if rule.predicate == "based_in":
        made += places.around(finder, sentence, made)
    if rule.predicate == "rival_of":
        made += places.contested(finder, sentence, made or _mutual(finder, sentence, start, end, rule), end)
    if rule.predicate == "moves_to" and not subjects:
        made += places.flows(finder, sentence, start, end, rule)
    made += places.fronted(finder, sentence, made, rule)
    led = end < len(sentence) and sentence.forms[end] in rule.leads_to
    if rule.mutual and not led and not any(not each.predicate for each in made):
        made += _mutual(finder, sentence, start, end, rule)
    return made


def _speaks_of(finder: Finder, sentence: Sentence, needs: frozenset[str]) -> bool:
    """Tell whether a sentence or the one before it has one of the words that a rule needs."""
    near = [sentence] if finder.before_last is None else [sentence, finder.before_last]
    return any(needs & (set(each.lemmas) | set(each.forms)) for each in near)


def _by_topic(finder: Finder, sentence: Sentence, start: int, rule: Rule) -> tuple[list[Party], list[Party]]:
    """Return the subject of a verb and the group last spoken of, which need not be named with it."""
    if sentence.parsed:
        subjects = finder.of(sentence, syntax.subject(sentence.tokens[start]), rule.subject)
    else:
        subjects = surface.before(finder, sentence, start, rule.subject)
    seen = finder.resolve("group", sentence, start, "the group") if subjects else []
    return subjects, seen


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
            if start == 0 and done and "," in sentence.forms:
                return done, finder.after(sentence, sentence.forms.index(",") + 1, rule.object)
            return done, surface.before(finder, sentence, start, rule.object) if done else []
        return [], []
    accept = rule.object
    if rule.predicate == "succeeded":
        accept = frozenset(
            kind for one in surface.before(finder, sentence, start, rule.subject) for kind in one.types
        )
    objects = surface.objects(finder, sentence, end, rule.leads_to, accept & rule.object, _window(rule))
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
    if rule.goods and _participle(sentence, start):
        by = sentence.forms.index("por", end) if "por" in sentence.forms[end:] else len(sentence)
        return finder.after(sentence, by + 1, rule.subject), objects
    objects += places.further(finder, sentence, objects, rule)
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
    return places.WINDOW if rule.predicate in ("moves_to", "supplies", "rival_of") else 8


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
        return finder.of(sentence, syntax.agent(token), rule.subject), _objects(
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
        return subjects, finder.of(sentence, patient, rule.object)
    objects = _objects(finder, sentence, start, end, rule)
    if not objects:
        return [], []
    named = start > 0 and sentence.mentions[start - 1] is not None
    subjects = surface.before(finder, sentence, start, rule.subject) if named and not verb else []
    subjects = subjects or finder.of(sentence, syntax.subject(token), rule.subject)
    if not subjects:
        subjects = surface.before(finder, sentence, start, rule.subject)
    return [one for one in subjects if one.start not in {other.start for other in objects}], objects


def _behind_by(sentence: Sentence, start: int) -> int:
    for at in range(start + 1, min(start + 5, len(sentence))):
        if sentence.forms[at] == "by":
            return at + 1
    return len(sentence)


def _objects(finder: Finder, sentence: Sentence, start: int, end: int, rule: Rule) -> list[Party]:
    token = sentence.tokens[start]
    if "" in rule.leads_to and end == start + 1 and token.pos_ == "VERB":
        direct = syntax.direct_object(token)
        thing = direct is not None and direct.lower_ in ("it", "them")
        if thing and rule.predicate in ("supplies", "moves_to", "controls"):
            direct = None
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
                    return found + places.further(finder, sentence, found, rule)
    there = places.there(finder, sentence, end, rule)
    if there:
        return there
    found = surface.objects(finder, sentence, end, rule.leads_to, rule.object, _window(rule))
    return found + places.further(finder, sentence, found, rule)


def _mutual(finder: Finder, sentence: Sentence, start: int, end: int, rule: Rule) -> list[Made]:
    """Return the pairs of parties that do it to each other: "A and B compete", "both groups fight"."""
    if sentence.parsed:
        parties = finder.of(sentence, syntax.subject(sentence.tokens[start]), rule.subject)
    else:
        parties = surface.before(finder, sentence, start, rule.subject)
    return pairs(parties, rule.confidence, start, end - 1)
