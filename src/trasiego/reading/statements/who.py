"""Groups of a sentence: who acts in it, and whom its nouns and silences mean."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from trasiego.reading.statements.ground import kind, terms
from trasiego.reading.statements.phrases import JOINING, OF, POSSESSIVE, QUOTES, Party
from trasiego.reading.statements.vocabulary import words

if TYPE_CHECKING:
    from trasiego.reading.statements.parties import Finder
    from trasiego.reading.statements.reference import Seen
    from trasiego.reading.statements.sentence import Sentence

ALONE = 4
"""How many groups last spoken of must have no name for a common noun to stand for itself."""

DISTANCE = 3
"""How many sentences back a group may be that is not named again."""


def groups(finder: Finder, sentence: Sentence) -> list[tuple[int, Party]]:
    """Return the named groups of a sentence with the word each starts at, every mention."""
    found = []
    for word, mention in enumerate(sentence.mentions):
        if mention is None or (word and sentence.mentions[word - 1] is mention):
            continue
        if kind(finder.names, sentence, word) == "group":
            found.append((word, finder.named(mention)))
    return found


def named_groups(finder: Finder, sentence: Sentence) -> list[Party]:
    """Return each named group of a sentence once."""
    return list({each.entity: each for _word, each in groups(finder, sentence)}.values())


def pointed(finder: Finder, sentence: Sentence, first: int, last: int) -> Party | None:
    """Return the group that the last phrase in [first, last) such as "the network" stands for.

    Where it stands for none that was named, and for "a network", it is the noun itself.
    """
    for word in range(last - 1, first - 1, -1):
        if sentence.mentions[word] is not None:
            continue
        for length in (3, 2, 1):
            text = " ".join(sentence.forms[word : word + length])
            if word + length <= last and finder.discourse.pointing(text) == "group" and text not in ("who",):
                found = finder.resolve("group", sentence, word, text)
                if found:
                    return found[0]
        if sentence.lemmas[word] in terms("presence.bodies", sentence.language) and _single(
            finder, sentence, word
        ):
            return _body(finder, sentence, word)
    return None


def _body(finder: Finder, sentence: Sentence, word: int) -> Party | None:
    """Return what a noun for a group stands for: the report's group, or itself where none has a name."""
    about = topic(finder, sentence)
    definite = bool({"the", "el", "la", "del", "al"} & set(sentence.forms[max(word - 2, 0) : word]))
    if about is not None or any(each.entity is not None for each in _spoken_of(finder, sentence)[-ALONE:]):
        return about if definite else None
    earlier = [each for each in _spoken_of(finder, sentence) if _is_body(each.words, sentence.language)]
    if definite and earlier and len({each.words.casefold() for each in earlier}) == 1:
        types, last = frozenset({"actor"}), earlier[-1]
        return Party(last.words, types, sentence.start(word), sentence.end(word), 0.7)
    return worded(finder, sentence, word)


def _spoken_of(finder: Finder, sentence: Sentence) -> list[Seen]:
    start = sentence.start(0)
    return [each for each in finder.discourse.seen if each.kind == "group" and each.start < start]


def _single(finder: Finder, sentence: Sentence, word: int) -> bool:
    """Tell whether a noun for a group is one of its own: with an article, and no name behind."""
    ahead = sentence.mentions[word + 1] if word + 1 < len(sentence) else None
    if ahead is not None or "actor" not in finder.classes.get(sentence.lemmas[word], ()):
        return False
    begin = max(word - (3 if sentence.language == "en" else 2), 0)
    if any(sentence.mentions[at] is not None for at in range(begin, word)):
        return False
    before = set(sentence.forms[begin:word])
    known = {"a", "an", "the"} if sentence.language == "en" else {"un", "una", "la", "el", "del", "al"}
    return bool(known & before) and not before & {"another", "other", "rival", "otro", "otra", ","}


def last_spoken_of(finder: Finder, sentence: Sentence) -> Party | None:
    """Return the group last spoken of before a sentence, or the one that the report is about."""
    start, about = sentence.start(0), topic(finder, sentence)
    earlier = _spoken_of(finder, sentence)
    earlier = [each for each in earlier if each.entity is not None or _is_body(each.words, sentence.language)]
    recent = [each for each in earlier if each.sentence >= sentence.number - DISTANCE]
    if about is not None and (not recent or recent[-1].entity is None):
        return about
    if not recent and len({each.words.casefold() for each in earlier}) != 1:
        return None
    near = recent or earlier[-1:]
    last = [each for each in near if each.sentence == near[-1].sentence]
    seen = next((each for each in last if each.subject), last[0])
    if about is not None and finder.discourse.rather(seen):
        return about
    types = frozenset({"group"}) if seen.entity is not None else frozenset({"actor"})
    return Party(seen.words, types, start, start + 1, 0.8, seen.entity)


def _is_body(text: str, language: str) -> bool:
    """Tell whether a common noun is one for a group, and not for a person."""
    spoken = text.casefold().split()
    head = spoken[-1] if language == "en" else spoken[0]
    return head in terms("presence.bodies", language)


def topic(finder: Finder, sentence: Sentence) -> Party | None:
    """Return the group that the report is about, if it is one and has been named."""
    entity = finder.discourse.spoken_of(sentence.end(len(sentence) - 1))
    if entity is None:
        return None
    start = sentence.start(0)
    return Party(finder.names.entities[entity].name, frozenset({"group"}), start, start + 1, 0.8, entity)


def note_bodies(finder: Finder, sentence: Sentence) -> None:
    """Tell the discourse of groups that a sentence speaks of by a noun alone ("la red", "a network")."""
    if any(kind(finder.names, sentence, word) == "group" for word in range(len(sentence))):
        return
    for word in range(1, len(sentence)):
        known = sentence.lemmas[word] in terms("presence.bodies", sentence.language)
        if not known or sentence.mentions[word] is not None or not _single(finder, sentence, word):
            continue
        texts = (" ".join(sentence.forms[at : word + 1]) for at in range(max(word - 2, 0), word))
        back = [text for text in texts if finder.discourse.pointing(text) == "group"]
        if not back or not finder.resolve("group", sentence, word, back[0]):
            party = worded(finder, sentence, word)
            finder.discourse.note(party.text, party.start, sentence.number)


def agent(finder: Finder, sentence: Sentence, last: int) -> Party | None:
    """Return the named group before the word `last` that most likely acts there.

    It is the nearest that no preposition leads to, and not one that a noun for several stands behind.
    """
    free = [(word, party) for word, party in groups(finder, sentence) if word < last]
    free = [(word, party) for word, party in free if not _led_to(finder, sentence, word)]
    if not free:
        return None
    word, party = free[-1]
    between = sentence.forms[sentence.mention_end(word) : last]
    relative = any(form in ("who", "que", "quienes") for form in between)
    if relative and actors(finder, sentence, sentence.mention_end(word), last):
        return None
    return party


def _led_to(finder: Finder, sentence: Sentence, word: int) -> bool:
    """Tell whether a preposition leads to the name at `word`."""
    at = word - 1
    while at >= 0:
        form = sentence.forms[at]
        if form in POSSESSIVE and at and kind(finder.names, sentence, at - 1) == "place":
            at = sentence.mention_start(at - 1) - 1
            continue
        if sentence.mentions[at] is not None:
            return False
        led = form in words("prepositions", sentence.language) and form not in ("según",)
        if led:
            head = at - 1
            body = form in OF and head >= 0 and sentence.lemmas[head] in _own_parts(sentence.language)
            if not body:
                return True
            before = range(head - 1, max(head - 4, -1), -1)
            stop = next((each for each in before if sentence.mentions[each] is not None), -1)
            led_on = words("prepositions", sentence.language) | JOINING
            return any(sentence.forms[each] in led_on for each in before if each > stop)
        elif not (form in finder.articles or form in QUOTES or sentence.lemmas[at] in finder.transparent):
            return False
        at -= 1
    return False


@cache
def _own_parts(language: str) -> frozenset[str]:
    """Return the nouns for a group, its members and its parts."""
    return terms("presence.bodies", language) | terms("presence.parts", language)


def with_partners(finder: Finder, sentence: Sentence, party: Party) -> list[Party]:
    """Return a named group with those named in one row with it ("A, B and C")."""
    named = groups(finder, sentence)
    at = next((number for number, (_w, each) in enumerate(named) if each.start == party.start), None)
    if at is None:
        return [party]
    found, joined = [party], False
    for (word, before), (later, _party) in zip(
        reversed(named[:at]), reversed(named[1 : at + 1]), strict=True
    ):
        between = range(sentence.mention_end(word), later)
        forms = [sentence.forms[each] for each in between]
        inner = all(
            form in JOINING | QUOTES | {",", "(", ")", "de", "del"}
            or form in finder.articles
            or sentence.lemmas[each] in finder.transparent
            for each, form in zip(between, forms, strict=True)
        )
        joined = joined or bool(JOINING & set(forms))
        if not inner or not joined:
            break
        if before.entity not in {each.entity for each in found}:
            found.append(before)
    return found


def actors(finder: Finder, sentence: Sentence, first: int, last: int) -> list[tuple[int, Party]]:
    """Return the common nouns for several who act ("traffickers", "Colombian groups") in [first, last)."""
    found = []
    for word in range(max(first, 0), min(last, len(sentence))):
        if sentence.mentions[word] is not None:
            continue
        if "actor" in finder.classes.get(sentence.lemmas[word], ()) and sentence.forms[word].endswith("s"):
            found.append((word, worded(finder, sentence, word)))
    return found


def worded(finder: Finder, sentence: Sentence, head: int) -> Party:
    """Return the party of a common noun with the words that tell it apart ("Colombian groups")."""
    start, end = head, head + 1
    if sentence.language == "en":
        while start > 0 and sentence.parsed and sentence.tokens[start - 1].pos_ in ("ADJ", "NOUN", "PROPN"):
            if sentence.forms[start - 1] in finder.articles:
                break
            start -= 1
    else:
        goods = terms("flows.goods", "es") | {"tráfico", "narcotráfico", "la", "las"}
        while end + 1 < len(sentence) and sentence.forms[end] in OF and sentence.lemmas[end + 1] in goods:
            end += 2
            while end < len(sentence) and sentence.forms[end - 1] in ("la", "las"):
                end += 1
    first, last = sentence.start(start), sentence.end(end - 1)
    text = sentence.whole[first - sentence.base : last - sentence.base]
    return Party(text, finder.classes[sentence.lemmas[head]], first, last, 0.8)
