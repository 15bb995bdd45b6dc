"""Who does it to whom, by spaCy's English syntax."""

from __future__ import annotations

from typing import Any

SUBJECTS = ("nsubj", "nsubjpass", "csubj")
RELATIVES = ("who", "which", "that", "whom")
MEANS = frozenset({"use", "need", "exploit", "build", "take", "buy", "maintain", "set"})
"""Verbs whose object does not do what the infinitive behind it says ("used the port to ship")."""

CLIMBS = 8
"""How many steps up a sentence the subject of a word is looked for."""


def is_passive(verb: Any) -> bool:
    """Tell whether a verb is in the passive voice, a participle after its noun included."""
    if verb.tag_ != "VBN" or verb.pos_ != "VERB":
        return False
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children):
        return True
    if any(child.lemma_ == "have" and child.dep_ == "aux" for child in verb.children):
        return False
    if any(child.dep_ in ("dobj", "nsubj") for child in verb.children):
        return False
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB":
        return is_passive(verb.head)
    return True


def subject(word: Any) -> Any | None:
    """Return the word that is the subject of the clause in which `word` stands, or what it qualifies."""
    at = word
    owner = next((child for child in word.children if child.dep_ == "poss"), None)
    if owner is not None and word.pos_ == "NOUN":
        return owner
    for _step in range(CLIMBS):
        own = next((child for child in at.children if child.dep_ in SUBJECTS), None)
        if own is not None and own != word:
            return _antecedent(own, at)
        if at.dep_ in ("acl", "relcl", "amod") and at.pos_ in ("VERB", "ADJ", "AUX", "NOUN"):
            return at.head
        if at.dep_ in ("xcomp", "ccomp") and at.head.pos_ in ("VERB", "AUX", "ADJ"):
            receiver = next((child for child in at.head.children if child.dep_ == "dobj"), None)
            if receiver is not None and at.dep_ == "xcomp" and at.head.lemma_ not in MEANS:
                return receiver
            if at.dep_ == "ccomp" and at.tag_ != "VB":
                return None
        if at.dep_ == "pcomp":
            outer = at.head.head
            while outer.pos_ not in ("VERB", "AUX") and outer.head != outer:
                outer = outer.head
            done_to = next((each for each in outer.children if each.dep_ in ("dobj", "nsubjpass")), None)
            if done_to is not None and outer.pos_ == "VERB":
                return done_to
        if at.head == at or at.dep_ in ("ROOT", "parataxis"):
            return None
        at = at.head
    return None


def _antecedent(own: Any, verb: Any) -> Any | None:
    if own.lower_ in RELATIVES and own.tag_ in ("WP", "WDT", "IN", "WP$"):
        at = verb
        for _step in range(3):
            if at.dep_ in ("relcl", "acl"):
                return at.head
            at = at.head
        return None
    return own


def direct_object(verb: Any) -> Any | None:
    """Return the word that is the direct object of a verb, as the head of its relative clause too."""
    for child in verb.children:
        if child.dep_ in ("dobj", "obj", "dative") and child.lower_ not in RELATIVES:
            return child
    if verb.dep_ == "relcl":
        own = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
        if own is not None and own.lower_ not in RELATIVES and not is_passive(verb):
            return verb.head
    if verb.dep_ == "conj" and verb.i > verb.head.i and verb.head.pos_ == "VERB":
        return None
    later = next((child for child in verb.children if child.dep_ == "conj" and child.pos_ == "VERB"), None)
    if later is not None and later.i - verb.i == 2:
        return direct_object(later)
    return None


def agent(verb: Any) -> Any | None:
    """Return the word behind "by" of a verb in the passive voice."""
    for child in verb.children:
        if child.dep_ in ("agent", "prep") and child.lower_ == "by":
            return next((inner for inner in child.children if inner.dep_ == "pobj"), None)
    return None


def prepositional(verb: Any, prepositions: tuple[str, ...], covered: int) -> list[int]:
    """Return the positions in the passage behind the prepositions that hang on a verb or its object.

    "of" behind an object counts only where that is one of the words up to position `covered`, which are
    those that set off the rule ("contract the services of").
    """
    found = []
    for child in verb.subtree:
        if child.lower_ in prepositions and child.dep_ in ("prep", "dative", "agent", "prt", "advmod"):
            head = child.head
            if child.lower_ == "of" and head.dep_ == "dobj" and head.i >= covered:
                continue
            close = head == verb or (head.head == verb and head.dep_ in ("dobj", "prep", "advmod", "prt"))
            if close or (head.dep_ == "prep" and head.head.head == verb):
                found.append(int(child.i) + 1)
    return found


def has_negation(word: Any, negations: frozenset[str], hypotheses: frozenset[str]) -> bool:
    """Tell whether the clause of a word is denied, wished, asked or supposed."""
    at = word
    for _step in range(4):
        for child in at.children:
            near = child.i < word.i or child.dep_ == "neg"
            if child.dep_ in ("neg", "preconj") or (
                child.dep_ == "det" and child.lower_ in ("no", "neither")
            ):
                return True
            if near and child.dep_ in ("aux", "mark") and child.lower_ in hypotheses:
                return True
            if near and child.lower_ in negations and child.dep_ in ("advmod", "cc"):
                return True
        if at.dep_ not in ("xcomp", "advcl", "pcomp", "prep", "ccomp", "conj", "acl", "attr", "dobj", "pobj"):
            return False
        if at.dep_ == "conj" and any(child.dep_ in SUBJECTS for child in at.children):
            return False
        up = at.head
        wish = up.lemma_.lower() in hypotheses or up.lower_ in hypotheses
        if wish and at.dep_ in ("xcomp", "ccomp", "advcl", "pcomp", "prep", "acl"):
            return True
        if at.dep_ == "advcl" and not any(child.lower_ == "to" for child in at.children):
            return False
        at = up
    return False
