"""Relations between the parties of a report, by the rules of relations.toml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trasiego.reading.candidate import Candidate
from trasiego.reading.statements.cues import word_list
from trasiego.reading.statements.frames import verb_relations
from trasiego.reading.statements.links import link_relations, loose_relations, pair_relations
from trasiego.reading.statements.making import Made, relation
from trasiego.reading.statements.parties import Finder
from trasiego.reading.statements.phrases import COMMON, MANY, Party
from trasiego.reading.statements.reference import Discourse
from trasiego.reading.statements.sentence import Sentence, sentences
from trasiego.reading.statements.titles import title_relations
from trasiego.reading.statements.turns import turned_relations
from trasiego.reading.statements.vocabulary import Phrase, Rule, rules

if TYPE_CHECKING:
    from trasiego.reading.document import Document
    from trasiego.reading.mentions import Names
    from trasiego.reading.parsing import Passage

LEAST = 0.35
"""Confidence below which a relation is left out."""

AGAIN = 0.1
"""What a further mention adds to the confidence of a relation."""

FIRM = 1.1
"""What it adds to a relation of a common noun that the other party has a name."""

MOST = 0.95
"""The highest confidence of a relation."""

FORMS = {"verb": verb_relations, "title": title_relations, "link": link_relations, "pair": pair_relations}


@dataclass(frozen=True, slots=True)
class Trigger:
    """A stretch [start, end) of the words of a sentence that a rule is set off by."""

    start: int
    end: int
    rule: Rule


def find_relations(document: Document, passages: list[Passage], names: Names) -> list[Candidate]:
    """Return the relations of a report, each once, with the words that say it.

    Subject and object are names of entities, or words of the report where it gives no name. Modality and
    attribution are left for `attribute`.
    """
    language = document.language if document.language in ("en", "es") else "en"
    discourse = Discourse(names, language)
    finder = Finder(names, discourse)
    found: list[Candidate] = []
    for sentence in sentences(passages, names, language):
        finder.subjects.clear()
        discourse.read(sentence)
        finder.note_nouns(sentence)
        for trigger in triggers(sentence):
            form = FORMS[trigger.rule.kind]
            for made in form(finder, sentence, trigger.start, trigger.end, trigger.rule):
                if _unlikely(sentence, trigger.rule, made):
                    continue
                found.append(_candidate(document, sentence, trigger.rule, made))
        finder.before_last = sentence
        if sentence.forms[-1] == "?":
            continue
        for rule, made in (*loose_relations(finder, sentence), *turned_relations(finder, sentence)):
            found.append(_candidate(document, sentence, rule, made))
    return merge([each for each in found if each.subject != each.object])


def _unlikely(sentence: Sentence, rule: Rule, made: Made) -> bool:
    """Tell whether parties are no pair: former members of a body, or a person who succeeds a group."""
    if rule.predicate == "succeeded":
        return not made.subject.types & made.object.types
    return rule.predicate == "member_of" and _of_the_past(sentence, made)


def _of_the_past(sentence: Sentence, made: Made) -> bool:
    """Tell "formed by former members of X": the words before the object make its members former ones."""
    past = word_list("past", sentence.language)
    end = next((at for at in range(made.last, len(sentence)) if sentence.start(at) >= made.object.start), 0)
    return any(form in past for form in sentence.forms[made.last + 1 : end])


def triggers(sentence: Sentence) -> list[Trigger]:
    """Return what sets off rules in a sentence: per rule the longest phrase, outside of names."""
    known = rules(sentence.language)
    found: list[Trigger] = []
    inside: set[int] = set()
    for word in range(len(sentence)):
        if sentence.mentions[word] is not None:
            continue
        both = {sentence.lemmas[word], sentence.forms[word]}
        met: set[tuple[str, str]] = set()
        pairs = [pair for each in sorted(both) for pair in known.get(each, ())]
        longest = max(
            (
                len(phrase)
                for phrase, rule in pairs
                if rule.kind == "title" and sentence.matches(word, phrase)
            ),
            default=0,
        )
        within = inside | set(range(word + 1, word + longest))
        for phrase, rule in sorted(pairs, key=lambda pair: -len(pair[0])):
            if (
                sentence.parsed
                and rule.kind == "verb"
                and len(phrase) == 1
                and _is_noun(sentence, word, phrase)
            ):
                continue
            if rule.kind == "title" and (len(phrase) < longest or word in inside):
                continue
            end = sentence.matches(word, phrase)
            if end and (rule.kind, rule.predicate + "-".join(rule.leads_to)) not in met:
                met.add((rule.kind, rule.predicate + "-".join(rule.leads_to)))
                found.append(Trigger(word, end, rule))
        inside = within
    return found


def _is_noun(sentence: Sentence, word: int, phrase: Phrase) -> bool:
    """Tell whether a word is a noun that only its lemma makes a verb ("control" of "for control of")."""
    token = sentence.tokens[word]
    owned = any(child.dep_ == "poss" for child in token.children)
    if token.pos_ not in ("NOUN", "PROPN"):
        return False
    following = sentence.forms[word + 1] if word + 1 < len(sentence) else ""
    if word and sentence.mentions[word - 1] is not None and following not in ("of", "'s", "’s", "and", ","):
        return sentence.mentions[min(word + 1, len(sentence) - 1)] is not None
    return token.pos_ in ("NOUN", "PROPN") and sentence.lemmas[word] in phrase[0] and not owned


def _candidate(document: Document, sentence: Sentence, rule: Rule, made: Made) -> Candidate:
    subject, object_ = (made.object, made.subject) if rule.swap else (made.subject, made.object)
    spans = [(each.start, each.end) for each in (subject, object_) if each.start >= 0]
    spans.append((sentence.start(made.first), sentence.end(made.last)))
    first, last = sentence.start(0), sentence.end(len(sentence) - 1)
    start = max(min(each[0] for each in spans), first)
    end = min(max(each[1] for each in spans), last)
    predicate, confidence = made.predicate or rule.predicate, _confidence(made.confidence, subject, object_)
    return relation(document, sentence, (start, end), (subject, object_), predicate, confidence)


def _confidence(sure: float, one: Party, other: Party) -> float:
    """Return how far a relation of `one` to `other` is to be trusted, its rule being worth `sure`.

    Many of a kind say little as those who act, but may well be those it is done to.
    """
    sure *= one.certainty * (COMMON if other.certainty == MANY else other.certainty)
    if (one.entity is None) != (other.entity is None) and (one.types | other.types) & {"group", "person"}:
        sure *= FIRM
    return round(min(sure, MOST), 3)


def merge(found: list[Candidate]) -> list[Candidate]:
    """Return each relation once, the surest mention kept; a relation that goes both ways counts as one."""
    kept: dict[tuple[str, ...], Candidate] = {}
    for each in sorted(found, key=lambda one: -one.confidence):
        key: tuple[str, ...] = (each.subject.casefold(), each.predicate, each.object.casefold())
        if each.predicate in ("rival_of", "allied_with"):
            key = (each.predicate, *sorted((key[0], key[2])))
        first = kept.setdefault(key, each)
        if first is not each and first.sentence_start != each.sentence_start:
            first.confidence = min(round(first.confidence + AGAIN, 3), MOST)
    distinct = [each for each in kept.values() if each.confidence >= LEAST]
    return sorted(
        (each for each in distinct if not _worded_better(each, distinct)), key=lambda one: one.start
    )


def _worded_better(candidate: Candidate, others: list[Candidate]) -> bool:
    """Tell whether another relation says the same with more words for a common noun ("police officers")."""
    ends = (candidate.subject.casefold(), candidate.object.casefold())
    for other in others:
        if other is candidate or other.predicate != candidate.predicate:
            continue
        whole = (other.subject.casefold(), other.object.casefold())
        inside = [
            one == all_ or f" {one}" in f" {all_}" and one.islower()
            for one, all_ in zip(
                (candidate.subject, candidate.object), (other.subject, other.object), strict=True
            )
        ]
        if ends != whole and all(inside):
            return True
    return False
