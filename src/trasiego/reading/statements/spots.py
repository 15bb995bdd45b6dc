"""Every party of a sentence where it stands: names, words that point back, and common nouns."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from trasiego.reading.statements.phrases import JOINING, OF, QUOTES, Party
from trasiego.reading.statements.sentence import PARTICIPLE_ENDINGS
from trasiego.reading.statements.vocabulary import words

if TYPE_CHECKING:
    from trasiego.reading.statements.parties import Finder
    from trasiego.reading.statements.sentence import Sentence

TYPES = frozenset({"person", "group", "agency", "organization"})
"""Types of names that are parties of a pair."""

CLASSES = frozenset({"actor", "official", "people", "goods", "territory", "service"})
"""Classes of common nouns that may be."""

OWNERS = {"its": "group", "their": "group", "his": "person", "her": "person", "su": "group", "sus": "group"}
"""Possessive words, and what they stand for."""

POINTING_WORDS = 3
"""The most words of a phrase that points back."""

PRONOUNS = ("it", "they")
"""Pronouns that stand for the group that a report is about where no other was spoken of."""

LISTED = 3
"""How many parties between commas are a row although no "and" joins the last."""

REACH = 5
"""How many words behind a noun the name may stand that it leads on to."""

WHOLE = {"del": "el", "al": "el"}
"""Articles that a preposition has grown into."""

NAMED, UNSURE = 0.9, 0.65
"""How sure a party is for which a possessive word stands, and the one that a report is about."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A party at the words [first, last) of a sentence.

    `owns` where a possessive word stands for it, `back` where a pronoun or a phrase that points back does.
    """

    party: Party
    first: int
    last: int
    owns: bool = False
    back: bool = False


def spots(finder: Finder, sentence: Sentence) -> list[Spot]:
    """Return the parties of a sentence in their order."""
    found: list[Spot] = []
    at = 0
    while at < len(sentence):
        mention = sentence.mentions[at]
        if mention is not None:
            party = finder.named(mention)
            end = sentence.mention_end(at)
            if party.types & TYPES and not _source(sentence, at):
                end = max(finder.past_alias(sentence, end, mention.entity), end)
                found.append(Spot(party, at, end))
            at = end
            continue
        pointed = _pointed(finder, sentence, at) or _owner(finder, sentence, at)
        if pointed:
            found += pointed
            at = pointed[0].last
            continue
        spot, at = _noun(finder, sentence, at)
        if spot is not None:
            found.append(spot)
    return found


def _source(sentence: Sentence, word: int) -> bool:
    """Tell whether the name at `word` is only that of who says so: "según X"."""
    before = sentence.forms[max(word - 3, 0) : word]
    return before[-1:] == ["según"] or before == ["de", "acuerdo", "con"]


def _pointed(finder: Finder, sentence: Sentence, word: int) -> list[Spot]:
    """Return the parties that a phrase such as "the gang" at `word` stands for."""
    for length in range(POINTING_WORDS, 0, -1):
        forms = [WHOLE.get(form, form) for form in sentence.forms[word : word + length]]
        text = " ".join(forms)
        kind = "both" if text == "both" else finder.discourse.pointing(text)
        if len(forms) < length or not kind or text in ("who", "quien", "them", *OWNERS):
            continue
        if length > 1 and (finder.leads_on(sentence, word + length) or _told_apart(sentence, word + length)):
            return []
        parties = finder.resolve(kind, sentence, word, text)
        if kind == "group" and length > 1 and all(party.entity is None for party in parties):
            parties = _topic(finder, sentence, word, word + length) or parties
        if text in PRONOUNS and (not parties or _is_object(sentence, word, parties[0])):
            parties = _topic(finder, sentence, word, word + 1) or parties
        if parties:
            return [Spot(party, word, word + length, back=True) for party in parties]
    return []


def _is_object(sentence: Sentence, word: int, party: Party) -> bool:
    """Tell whether a pronoun is the object of a verb in whose sentence the party that it would be acts."""
    if not word or not sentence.parsed or sentence.tokens[word].dep_ not in ("dobj", "dative"):
        return False
    named = {each.entity for each in sentence.mentions[:word] if each is not None}
    return party.entity in named


def _told_apart(sentence: Sentence, word: int) -> bool:
    """Tell whether what follows a phrase tells it apart from what was spoken of ("the gang led by X")."""
    if word >= len(sentence):
        return False
    form = sentence.forms[word]
    if sentence.parsed:
        return sentence.tokens[word].dep_ in ("acl", "relcl") or form in ("that", "which", "who")
    return form.endswith(PARTICIPLE_ENDINGS) or form in ("que", "cuyo", "cuya", "de", "del")


def _topic(finder: Finder, sentence: Sentence, word: int, end: int) -> list[Party]:
    """Return the group that the report is about, where a phrase points back to no other."""
    topic = finder.discourse.spoken_of(sentence.start(word))
    if topic is None:
        return []
    types = frozenset({"group"})
    name = finder.names.entities[topic].name
    return [Party(name, types, sentence.start(word), sentence.end(end - 1), UNSURE, topic)]


def spoken_of(finder: Finder, sentence: Sentence) -> Party | None:
    """Return the group that the report is about, if it was named before a sentence."""
    found = _topic(finder, sentence, 0, 1)
    return found[0] if found else None


def _owner(finder: Finder, sentence: Sentence, word: int) -> list[Spot]:
    """Return the party that a possessive word at `word` stands for."""
    form = sentence.forms[word]
    if form not in OWNERS:
        return []
    kinds = ("group", "person") if sentence.language == "es" else (OWNERS[form],)
    for kind in kinds:
        for party in finder.resolve(kind, sentence, word, form):
            if party.entity is not None:
                return [Spot(replace(party, certainty=NAMED), word, word + 1, owns=True)]
    return []


def _noun(finder: Finder, sentence: Sentence, word: int) -> tuple[Spot | None, int]:
    """Return the common noun for a party whose phrase starts at `word`, and where to go on."""
    if sentence.is_verb(word) or not sentence.forms[word].isalpha():
        return None, word + 1
    head, end = finder.noun(sentence, word)
    if head is None:
        return None, word + 1
    classes = finder.classes.get(sentence.lemmas[head], frozenset())
    kinds = [mention and finder.named(mention).types for mention in sentence.mentions[end : end + REACH]]
    named = any(kind and kind & TYPES for kind in kinds)
    leading = sentence.lemmas[head] in finder.transparent and named and finder.leads_on(sentence, end)
    of_a_name = "actor" in classes and named and end < len(sentence) and sentence.forms[end] in OF
    if leading or of_a_name or not classes & CLASSES or not _heads(finder, sentence, head):
        return None, head + 1
    party = finder.common(sentence, word, head, end)
    last = head + 1
    while last < len(sentence) and sentence.start(last) < party.end:
        last += 1
    return Spot(party, min(head, last - 1), last), max(last, head + 1)


def _heads(finder: Finder, sentence: Sentence, word: int) -> bool:
    """Tell whether a Spanish noun heads its phrase and qualifies no other ("investigación fiscal")."""
    form = sentence.forms[word - 1] if word and sentence.language == "es" else ""
    if form == "al" and sentence.forms[word] == "frente":
        return False
    known = form in finder.articles or form in finder.prepositions or form in JOINING
    return known or not form.isalpha() or sentence.is_verb(word - 1) or form.endswith("os")


def rows(sentence: Sentence, found: list[Spot]) -> list[list[int]]:
    """Return for each spot the positions of those in a row with it ("A, B and C"), itself among them."""
    open_rows: list[list[int]] = []
    joined: list[bool] = []
    for at, spot in enumerate(found):
        between = range(found[at - 1].last, spot.first) if at else range(0)
        forms = {sentence.forms[word] for word in between}
        twin = at > 0 and spot.back and found[at - 1].back and spot.first == found[at - 1].first
        listed = forms & (JOINING | {","}) and all(_passes(sentence, word) for word in between)
        if twin or (listed and _alike(spot, found[at - 1])):
            open_rows[-1].append(at)
            joined[-1] = joined[-1] or twin or bool(forms & JOINING)
        else:
            open_rows.append([at])
            joined.append(False)
    joined = [whole or len(row) >= LISTED for whole, row in zip(joined, open_rows, strict=True)]
    return [row if whole else [at] for row, whole in zip(open_rows, joined, strict=True) for at in row]


def _alike(one: Spot, other: Spot) -> bool:
    """Tell whether two parties are of one kind, common nouns as far as they share a class."""
    if one.party.entity is None and other.party.entity is None:
        return bool(one.party.types & other.party.types)
    return one.party.types == other.party.types


def _passes(sentence: Sentence, word: int) -> bool:
    """Tell whether a word may stand between two names in a row."""
    passing = JOINING | QUOTES | {","} | words("articles", sentence.language)
    return sentence.forms[word] in passing or sentence.lemmas[word] in words("bands", sentence.language)
