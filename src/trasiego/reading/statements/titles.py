"""Relations that a title makes: "leader of X", "X's rival Y", "Y, a member of X"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trasiego.reading.statements import surface, syntax
from trasiego.reading.statements.making import Made, doubtful, pairs
from trasiego.reading.statements.parties import less_sure
from trasiego.reading.statements.phrases import DASHES, JOINING, LEADING, OF, POSSESSIVE, QUOTES, Party
from trasiego.reading.statements.vocabulary import Rule, words

if TYPE_CHECKING:
    from trasiego.reading.statements.parties import Finder
    from trasiego.reading.statements.sentence import Sentence

BE = frozenset("be is are was were became become remain es era fue son eran sería ser siendo".split()) | {
    "considerado",
    "considerada",
}
"""Forms that join a name and its title."""

FORMER = frozenset({"former", "formerly", "once", "ex", "antiguo", "otrora", "exbrazo"})
"""Words for what was and is no more."""

AS = frozenset({"as", "como"})
"""Words before the title that somebody is given."""

LONG = 6
"""How many words may stand between a title and the name of who bears it."""


def title_relations(finder: Finder, sentence: Sentence, start: int, end: int, rule: Rule) -> list[Made]:
    """Return the relations of the title at [start, end): who bears it, and of what."""
    if sentence.parsed and sentence.tokens[end - 1].pos_ not in ("NOUN", "PROPN", "ADJ"):
        return []
    qualifies = sentence.parsed and end < len(sentence) and sentence.mentions[end] is None
    if doubtful(sentence, start) or (qualifies and sentence.tokens[end].pos_ == "NOUN"):
        return []
    bodies, behind, ahead = _bodies(finder, sentence, start, end, rule)
    if not bodies:
        bodies = _unsaid(finder, sentence, start, end, rule)
    holders = _holders(finder, sentence, ahead, behind, rule)
    if not bodies and rule.mutual and len(holders) > 1:
        return pairs(holders, rule.confidence, start, end - 1)
    before = set(sentence.forms[max(start - 3, 0) : end])
    former = bool(before & FORMER) and bool(before & {"wing", "arm", "brazo"})
    taken = {each.text for each in bodies}
    return [
        Made(one, other, rule.confidence, start, end - 1, _over(rule, other, former=former))
        for one in holders
        if one.text not in taken
        for other in bodies
    ]


def _over(rule: Rule, body: Party, *, former: bool) -> str:
    """Return the predicate of a chief of a person, who heads no body, and of what was an armed wing."""
    if former and rule.predicate in ("works_for", "member_of") and "group" in body.types:
        return "split_from"
    return "directs" if rule.predicate == "leads" and "person" in body.types else ""


def _unsaid(finder: Finder, sentence: Sentence, start: int, end: int, rule: Rule) -> list[Party]:
    """Return the group last spoken of, for "the leader, X"."""
    left = start - 1
    if left > 0 and "actor" in finder.classes.get(sentence.lemmas[left], ()):
        left -= 1
    definite = left >= 0 and sentence.forms[left] in ("the", "el", "la", "los", "las")
    closed = end < len(sentence) and (sentence.forms[end] == "," or sentence.mentions[end] is not None)
    if rule.predicate not in ("leads", "rival_of") or not definite or not closed:
        return []
    return less_sure(finder.resolve("group", sentence, start, "the group"), 0.85)


def _bodies(
    finder: Finder, sentence: Sentence, start: int, end: int, rule: Rule
) -> tuple[list[Party], int, int]:
    """Return what a title is of, the first word behind the whole phrase and the first word of it."""
    opening = end
    while (
        sentence.language == "es"
        and opening < min(end + 2, len(sentence) - 1)
        and (
            sentence.forms[opening].isalpha()
            and sentence.forms[opening] not in OF
            and _qualifies(sentence, opening)
            and sentence.mentions[opening] is None
        )
    ):
        opening += 1
    if opening < len(sentence) and sentence.forms[opening] in OF | {"for", "in", "within", "en", "to"}:
        found = finder.after(sentence, opening + 1, rule.object)
        if found:
            last = max(each.end for each in found)
            behind = next(
                (i for i in range(opening, len(sentence)) if sentence.start(i) >= last), len(sentence)
            )
            mention = sentence.mentions[behind - 1]
            if mention is not None:
                behind = finder.past_alias(sentence, behind, mention.entity)
            return found, behind, start
        if sentence.forms[opening] in OF:
            return [], end, start
    left = start - 1
    while left >= 0 and sentence.mentions[left] is None and start - left <= 5:
        form = sentence.forms[left]
        if form in ("its", "their", "su", "sus", "his", "her"):
            kind = "person" if form in ("his", "her") else "group"
            found = finder.resolve(kind, sentence, left, form)
            if form in ("su", "sus") and "person" in rule.object:
                found = _nearest(found, finder.resolve("person", sentence, left, form), finder, sentence)
            return found, end, left
        if form in POSSESSIVE:
            return owner(finder, sentence, left - 1, end, rule)
        if not (form in QUOTES and form not in "'’") and not _qualifies(sentence, left):
            return [], end, start
        left -= 1
    if left >= 0 and sentence.mentions[left] is not None and sentence.language == "en":
        return owner(finder, sentence, left, end, rule)
    return [], end, start


def _nearest(one: list[Party], other: list[Party], finder: Finder, sentence: Sentence) -> list[Party]:
    """Return which of two readings was spoken of last."""
    order = [each.entity for each in finder.discourse.seen]
    latest = [each for each in (*one, *other) if each.entity in order]
    return [max(latest, key=lambda each: len(order) - order[::-1].index(each.entity))] if latest else []


def owner(
    finder: Finder, sentence: Sentence, word: int, end: int, rule: Rule
) -> tuple[list[Party], int, int]:
    """Return the owner that ends at `word`, `end` as it came, and where the owner starts."""
    mention = sentence.mentions[word] if word >= 0 else None
    if mention is not None:
        party = finder.named(mention)
        return [party] if party.types & rule.object else [], end, sentence.mention_start(word)
    for length in (3, 2):
        begin = word - length + 1
        if begin < 0:
            continue
        kind = finder.discourse.pointing(" ".join(sentence.forms[begin : word + 1]))
        if kind:
            text = " ".join(sentence.forms[begin : word + 1])
            return finder.resolve(kind, sentence, begin, text), end, begin
    return [], end, word


def _qualifies(sentence: Sentence, word: int) -> bool:
    """Tell whether a word may stand in front of a title."""
    form = sentence.forms[word]
    if form in words("articles", sentence.language) or form == "-":
        return True
    if form in words("prepositions", sentence.language) or form in BE or form in AS:
        return False
    if sentence.parsed:
        token = sentence.tokens[word]
        described = token.tag_ in ("VBN", "VBG") and token.pos_ != "AUX"
        return described or token.pos_ in ("ADJ", "NOUN", "PROPN", "ADV", "NUM")
    return form.isalpha() and form not in JOINING and not sentence.is_verb(word)


def _holders(finder: Finder, sentence: Sentence, ahead: int, behind: int, rule: Rule) -> list[Party]:
    """Return who bears a title whose phrase is [ahead, behind): behind it, before it, or by "is"."""
    at = behind
    while at < len(sentence) and at - behind < LONG and sentence.mentions[at] is None:
        form = sentence.forms[at]
        known = form in QUOTES or form in LEADING or form in (",", "(", "alias") or form in DASHES
        if not (known or form in words("ranks", sentence.language) or form in ("era", "es", "is", "was")):
            break
        at += 1
    if sentence.language == "es" and at == behind:
        at = _past_adjectives(sentence, at)
    if at == behind and at < len(sentence) and sentence.forms[at] in ("in", "en"):
        comma = next((i for i in range(at, min(at + 5, len(sentence))) if sentence.forms[i] == ","), at - 1)
        at = comma + 1
    mention = sentence.mentions[at] if at < len(sentence) else None
    if mention is not None and finder.named(mention).types & rule.subject:
        if not _speaks_next(sentence, at, behind):
            return finder.listed(sentence, at, rule.subject)
    return _holders_before(finder, sentence, ahead, rule)


def _past_adjectives(sentence: Sentence, word: int) -> int:
    """Return the word behind "principal," of "su lugarteniente principal, X", else `word`."""
    at = word
    while at < min(word + 2, len(sentence)) and sentence.mentions[at] is None and _qualifies(sentence, at):
        at += 1
    return at + 1 if word < at < len(sentence) and sentence.forms[at] == "," else word


def _speaks_next(sentence: Sentence, at: int, behind: int) -> bool:
    """Tell whether the name behind a comma starts a clause of its own ("..., X said")."""
    end = sentence.mention_end(at)
    if at == behind or sentence.forms[behind] != "," or end >= len(sentence):
        return False
    return sentence.is_verb(end) and sentence.language == "en" and sentence.forms[end] in ("said", "told")


def _holders_before(finder: Finder, sentence: Sentence, ahead: int, rule: Rule) -> list[Party]:
    at = ahead - 1
    while at >= 0 and sentence.mentions[at] is None and ahead - at <= LONG and _qualifies(sentence, at):
        at -= 1
    if at > 0 and sentence.forms[at] in OF and sentence.forms[at - 1] in ("one", "uno", "una", "two", "dos"):
        at -= 2
    if at < 0 or sentence.mentions[at] is not None:
        return []
    form, lemma = sentence.forms[at], sentence.lemmas[at]
    if form in (",", "(") or form in DASHES or form in QUOTES:
        return _apposed(finder, sentence, at, rule, plural=_many(sentence, at + 1))
    if form in BE or lemma == "be" or lemma in BE or form in AS:
        if sentence.parsed:
            subject = syntax.subject(sentence.tokens[at])
            return finder.of(sentence, subject, rule.subject)
        verb = _holding(sentence, at)
        return surface.before(finder, sentence, verb, rule.subject)
    return []


def _holding(sentence: Sentence, word: int) -> int:
    """Return the verb that "as" or an infinitive of "ser" at `word` hangs on, else `word`."""
    if sentence.forms[word] not in AS | {"ser"}:
        return word
    holding = words("holding", sentence.language)
    for at in range(word - 1, max(word - 7, -1), -1):
        if sentence.lemmas[at] in holding:
            return at
    return word - 1 if sentence.forms[word] in AS else word


def _many(sentence: Sentence, word: int) -> bool:
    """Tell whether the phrase from `word` speaks of several ("three leaders of")."""
    return any(form.endswith("s") for form in sentence.forms[word : word + 4] if len(form) > LONG)


def _apposed(finder: Finder, sentence: Sentence, word: int, rule: Rule, *, plural: bool) -> list[Party]:
    """Return the names that end before the comma at `word`, further names of the same entity passed over."""
    at = word
    while at >= 0 and (sentence.forms[at] in QUOTES | {",", ")", "("} or sentence.forms[at] in DASHES):
        at -= 1
    mention = sentence.mentions[at] if at >= 0 else None
    if mention is None:
        return []
    begin = sentence.mention_start(at)
    for back in range(begin - 1, max(begin - 8, -1), -1):
        earlier = sentence.mentions[back]
        if earlier is not None and earlier.entity == mention.entity:
            begin = sentence.mention_start(back)
        elif earlier is not None:
            break
    party = finder.named(mention)
    if not party.types & rule.subject:
        return []
    if begin and sentence.forms[begin - 1] in JOINING and plural:
        return surface.row(finder, sentence, begin, rule.subject)
    return [party]
