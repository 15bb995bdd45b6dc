"""Spanish turns that name one party behind the verb and leave the other to a pronoun, or to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trasiego.reading.statements.making import Made, doubtful
from trasiego.reading.statements.phrases import JOINING, OF, QUOTES
from trasiego.reading.statements.vocabulary import Rule, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trasiego.reading.statements.parties import Finder
    from trasiego.reading.statements.phrases import Party
    from trasiego.reading.statements.sentence import Sentence

REACH = 6
"""How many words may stand between a verb and the name behind it, or before "whose" and its group."""

PERSON, GROUP = frozenset({"person"}), frozenset({"group"})
PEOPLE = frozenset({"people", "service"})

THEM = frozenset({"lo", "la", "los", "las"})
"""Pronouns before a verb for the group that it is done to."""

WHOSE = frozenset({"cuyo", "cuya", "cuyos", "cuyas"})


def _rule(predicate: str, subject: frozenset[str], object_: frozenset[str], confidence: float) -> Rule:
    nothing: frozenset[str] = frozenset()
    return Rule("turn", predicate, (), subject, object_, False, False, False, False, nothing, confidence)


LEADS = _rule("leads", PERSON, GROUP, 0.65)
MEMBER = _rule("member_of", PERSON, GROUP, 0.6)
FEE = _rule("charges_fee", GROUP, PEOPLE, 0.6)


def turned_relations(finder: Finder, sentence: Sentence) -> Iterator[tuple[Rule, Made]]:
    """Yield "la lideraba X", "cuyo jefe, X", "X tomó el mando", "dos de sus hombres, X y Y" and the like."""
    if sentence.language != "es":
        return
    for word in range(len(sentence) - 1):
        if sentence.mentions[word] is None and not doubtful(sentence, word):
            yield from _led_by(finder, sentence, word)
            yield from _whose_leader(finder, sentence, word)
            yield from _in_command(finder, sentence, word)
            yield from _of_its_own(finder, sentence, word)
            yield from _made_to_pay(finder, sentence, word)


def _group(finder: Finder, sentence: Sentence, word: int) -> list[Party]:
    found = finder.resolve("group", sentence, word, "el grupo")
    return [each for each in found if each.types & GROUP]


def _name_from(finder: Finder, sentence: Sentence, word: int, reach: int = REACH) -> list[Party]:
    """Return the persons named from `word` on, with no verb, comma or place before them."""
    for at in range(word, min(word + reach, len(sentence))):
        mention = sentence.mentions[at]
        if mention is not None:
            if not finder.named(mention).types & PERSON:
                return []
            return finder.listed(sentence, at, PERSON)
        if sentence.forms[at] in words("prepositions", "es") | {",", ";", ":"} or sentence.is_verb(at):
            return []
    return []


def _led_by(finder: Finder, sentence: Sentence, word: int) -> Iterator[tuple[Rule, Made]]:
    """Yield from "la lideraba X": the pronoun is the group, who leads it stands behind."""
    verb = word + 1
    if sentence.forms[word] not in THEM or sentence.lemmas[verb] not in words("turns.lead", "es"):
        return
    if not sentence.is_verb(verb):
        return
    for person in _name_from(finder, sentence, verb + 1):
        latter = word and sentence.forms[word - 1] in ("último", "última", "últimos", "últimas")
        for group in (_last_named(finder, sentence, word) if latter else _group(finder, sentence, word))[:1]:
            yield LEADS, Made(person, group, LEADS.confidence, word, verb)


def _last_named(finder: Finder, sentence: Sentence, word: int) -> list[Party]:
    """Return the group named last before a word, for "a estos últimos los comandó X"."""
    start = sentence.start(word)
    earlier = [each for each in finder.names.mentions if each.end <= start]
    parties = [finder.named(each) for each in earlier[-4:]]
    return [each for each in reversed(parties) if each.types & GROUP][:1]


def _whose_leader(finder: Finder, sentence: Sentence, word: int) -> Iterator[tuple[Rule, Made]]:
    """Yield from "X, cuyo presunto jefe, Y": the group stands before, its leader behind."""
    if sentence.forms[word] not in WHOSE:
        return
    title = next(
        (at for at in range(word + 1, min(word + 4, len(sentence))) if _is_title(sentence, at)), None
    )
    if title is None:
        return
    at = title + 1
    while at < len(sentence) and (sentence.forms[at] in QUOTES | {","} or sentence.lemmas[at] == "ser"):
        at += 1
    ahead = [each for each in sentence.mentions[max(word - REACH, 0) : word] if each is not None]
    bodies = [finder.named(each) for each in ahead if finder.named(each).types & GROUP]
    for person in _name_from(finder, sentence, at, 3)[:1]:
        for group in bodies[-1:]:
            yield LEADS, Made(person, group, LEADS.confidence, word, title)


def _is_title(sentence: Sentence, word: int) -> bool:
    return sentence.mentions[word] is None and sentence.lemmas[word] in words("turns.leader", "es")


def _in_command(finder: Finder, sentence: Sentence, word: int) -> Iterator[tuple[Rule, Made]]:
    """Yield from "X tomó el mando", "quedó al frente X": the group is the one last spoken of."""
    if sentence.lemmas[word] not in words("turns.take", "es") or not sentence.is_verb(word):
        return
    end = word + 1
    while end < min(word + 4, len(sentence)) and sentence.forms[end] in ("el", "al", "a", "la", "las"):
        end += 1
    if end >= len(sentence) or end == word + 1 or sentence.forms[end] not in words("turns.command", "es"):
        return
    following = sentence.forms[end + 1] if end + 1 < len(sentence) else "."
    if following in OF:
        return
    persons = _name_from(finder, sentence, end + 1, 2)[:1] or _person_before(finder, sentence, word)
    for person in persons:
        for group in _group(finder, sentence, word)[:1]:
            yield LEADS, Made(person, group, LEADS.confidence, word, end)


def _person_before(finder: Finder, sentence: Sentence, word: int) -> list[Party]:
    """Return the person who is the subject of the verb at `word`: the first one named in the sentence."""
    for at in range(word):
        mention = sentence.mentions[at]
        if mention is not None:
            ahead = sentence.forms[at - 1] if at else ","
            named = finder.named(mention)
            return [named] if named.types & PERSON and ahead not in words("prepositions", "es") else []
    return []


def _of_its_own(finder: Finder, sentence: Sentence, word: int) -> Iterator[tuple[Rule, Made]]:
    """Yield from "dos de sus hombres: X y Y", "uno de sus mandos, X"."""
    noun = word + 2
    if sentence.forms[word] not in OF or sentence.forms[word + 1] not in ("su", "sus"):
        return
    while noun < min(word + 5, len(sentence)) and sentence.lemmas[noun] not in words("turns.members", "es"):
        noun += 1
    if noun + 1 >= len(sentence) or sentence.forms[noun] == sentence.lemmas[noun]:
        return
    if noun >= word + 5 or sentence.forms[noun + 1] not in {",", ":", "("} | QUOTES:
        return
    persons = _all_named(finder, sentence, noun + 2)
    for group in _group(finder, sentence, word)[:1] if persons else ():
        for person in persons:
            yield MEMBER, Made(person, group, MEMBER.confidence, word, noun)


def _all_named(finder: Finder, sentence: Sentence, word: int) -> list[Party]:
    """Return the persons listed from `word` on, what stands beside each name passed over."""
    found: list[Party] = []
    at = word
    while at < len(sentence):
        mention = sentence.mentions[at]
        if mention is None:
            if sentence.forms[at] not in QUOTES | JOINING | {",", ":", "(", "alias"}:
                break
            at += 1
            continue
        party = finder.named(mention)
        if not party.types & PERSON:
            break
        if all(each.entity != party.entity for each in found):
            found.append(party)
        at = finder.past_alias(sentence, sentence.mention_end(at), mention.entity)
    return found


def _made_to_pay(finder: Finder, sentence: Sentence, word: int) -> Iterator[tuple[Rule, Made]]:
    """Yield from "a los comerciantes se les exige un pago": who takes it is the group spoken of."""
    if sentence.forms[word : word + 2] not in (["se", "les"], ["se", "le"]):
        return
    verb = word + 2
    if verb >= len(sentence) or sentence.lemmas[verb] not in words("turns.demand", "es"):
        return
    for at in range(word - 1, 0, -1):
        if sentence.forms[at] in (",", ";", ":") or sentence.is_verb(at):
            return
        known = finder.classes.get(sentence.lemmas[at], frozenset())
        if known & PEOPLE and any(sentence.forms[back] == "a" for back in range(max(at - 3, 0), at)):
            payer = finder.after(sentence, at, PEOPLE)[:1]
            for group in _group(finder, sentence, word)[:1] if payer else ():
                yield FEE, Made(group, payer[0], FEE.confidence, word, verb)
            return
