"""What "the group", "they" or "él" stand for: the party last spoken of, and none where that is not clear."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from trasiego.reading.statements.vocabulary import words

if TYPE_CHECKING:
    from trasiego.reading.mentions import Mention, Names
    from trasiego.reading.statements.sentence import Sentence

REACH = 3
"""How many sentences back a party may stand for a word that points to it."""

TOPIC_SHARE = 0.5
"""Share of the mentions of groups above which one group is what a report is about."""

OFTEN, AHEAD = 3, 1.5
"""How often a group is named at least, and how much oftener than the next, that is meant where none is."""

TOPIC_SPREAD = 3
"""In how many stretches of a report its group is named, to be named first being one more."""

STRETCH = 250
"""Characters within which a group named again counts once."""

OWNERS = ("its", "their")
"""Possessive words that most often stand for the group that a report is about."""

NEARER = ("this ", "esta ", "este ", "dicha ", "dicho ")
"""How phrases begin that point to what was named last, and not to what was spoken of."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A party as it was met: the index of its entity, or None and the `words` of a common noun."""

    entity: int | None
    kind: str
    words: str
    start: int
    sentence: int
    subject: bool


@dataclass(slots=True)
class Discourse:
    """The parties of a document in the order of the text, as far as it has been read."""

    names: Names
    language: str
    seen: list[Seen] = field(default_factory=list)
    topic: int | None = None
    titled: bool = False
    opening: tuple[int, int] = (-1, 0)

    def __post_init__(self) -> None:
        """Find the group that the report is about, if it is one."""
        kinds = self.names.entities
        groups = [each for each in self.names.mentions if kinds[each.entity].type == "group"]
        counts = Counter(each.entity for each in groups)
        if counts:
            (entity, count), *others = counts.most_common(2)
            if count >= TOPIC_SHARE * counts.total() and count >= 2:
                self.topic = entity
            elif self.language == "es":
                if others and count >= max(OFTEN, AHEAD * others[0][1]):
                    self.topic, self.titled = entity, True
            else:
                spread = _spread(groups).most_common(2)
                if spread[0][1] >= TOPIC_SPREAD and (
                    len(spread) == 1 or spread[0][1] >= AHEAD * spread[1][1]
                ):
                    self.topic = spread[0][0]
        named = [each for each in self.names.titled if kinds[each].type == "group"]
        if len(named) == 1 and self.topic in (None, named[0]):
            self.topic, self.titled = named[0], True

    def read(self, sentence: Sentence) -> None:
        """Take in the parties of a sentence that has been worked through."""
        self._enter(sentence)
        fresh = {"group", "person", "place", "agency"}
        last = None
        for word, mention in enumerate(sentence.mentions):
            if mention is None or mention is last:
                continue
            last = mention
            entity = self.names.entities[mention.entity]
            if entity.type in ("group", "person", "place", "agency"):
                subject = entity.type in fresh and _subject(sentence, word, self.language)
                seen = Seen(mention.entity, entity.type, entity.name, mention.start, sentence.number, subject)
                self.seen.append(seen)
                if subject:
                    fresh.discard(entity.type)

    def _enter(self, sentence: Sentence) -> None:
        """Note where a paragraph starts."""
        if sentence.paragraph != self.opening[0]:
            self.opening = (sentence.paragraph, sentence.number)

    def rather(self, seen: Seen | None, text: str = "") -> bool:
        """Tell whether the group of the headline is meant rather than the one last met.

        It is where that one was met in an earlier paragraph, or as no subject, and where a body without
        a name was called by another noun than the phrase `text`.
        """
        if not self.titled or self.topic is None or seen is None or seen.entity == self.topic:
            return False
        if seen.entity is None:
            return bool(text) and not set(seen.words.casefold().split()) & set(text.split())
        return seen.sentence < self.opening[1] or not seen.subject

    def note(self, text: str, start: int, sentence: int) -> None:
        """Take in a party that was brought in by a common noun ("una banda")."""
        self._insert(Seen(None, "group", text, start, sentence, True))

    def again(self, seen: Seen, start: int, sentence: int) -> None:
        """Take in that a party was spoken of once more, by a phrase that points back to it."""
        self._insert(Seen(seen.entity, seen.kind, seen.words, start, sentence, True))

    def _insert(self, seen: Seen) -> None:
        if all(each.start != seen.start for each in self.seen[-40:]):
            self.seen.append(seen)
            self.seen.sort(key=lambda each: each.start)

    def pointing(self, text: str) -> str:
        """Return what kind of party a word or phrase points to: "group", "person", "both" or ""."""
        if text in words("reference.both", self.language):
            return "both"
        for kind in ("group", "person"):
            if text in words(f"reference.{kind}", self.language):
                return kind
        return ""

    def resolve(self, kind: str, sentence: Sentence, start: int, text: str = "") -> list[Seen]:
        """Return what the phrase at offset `start` stands for: none where unclear, two for "both groups"."""
        recent = [
            each
            for each in self.seen
            if each.start < start
            and sentence.number - REACH <= each.sentence
            and (each.kind == kind or (kind == "both" and each.kind == "group"))
        ]
        if kind == "both":
            named = [each for each in recent if each.entity is not None]
            pair = list({each.entity: each for each in named}.values())
            if len(pair) > 2:
                last = [each for each in named if each.sentence == named[-1].sentence]
                pair = list({each.entity: each for each in last}.values())
            return pair[-2:] if len(pair) >= 2 else []
        if kind == "place":
            return _one(recent)
        if not recent:
            return self._topic(kind, sentence, start, text)
        if text.startswith(NEARER) and recent[-1].sentence < sentence.number:
            return recent[-1:]
        main = self._main(kind, sentence, start, text)
        if self.language == "en" and main:
            here = recent[-1].sentence == sentence.number and text in OWNERS
            return _one(recent) or main if here else main
        found = _one(recent)
        if (
            kind == "group"
            and not text.startswith(NEARER)
            and self.rather(found[0] if found else recent[-1], text)
        ):
            return [self._headline(sentence)]
        return found

    def _headline(self, sentence: Sentence) -> Seen:
        assert self.topic is not None
        return Seen(self.topic, "group", self.names.entities[self.topic].name, -1, sentence.number, False)

    def _main(self, kind: str, sentence: Sentence, start: int, text: str) -> list[Seen]:
        """Return the group that the report is about, where several were named and none stands out."""
        if kind != "group" or (len(text.split()) < 2 and text not in OWNERS) or text.startswith(NEARER):
            return []
        return [self._headline(sentence)] if self.spoken_of(start) is not None else []

    def spoken_of(self, start: int) -> int | None:
        """Return the group that the report is about, where it was named before the offset `start`."""
        met = self.titled or any(each.entity == self.topic for each in self.seen if each.start < start)
        return self.topic if met else None

    def _topic(self, kind: str, sentence: Sentence, start: int, text: str) -> list[Seen]:
        if kind != "group" or len(text.split()) < 2:
            return []
        earlier = [each for each in self.seen if each.kind == "group" and each.start < start]
        if len({each.words for each in earlier}) == 1:
            return earlier[:1]
        if any(each.entity is None for each in earlier):
            return _one(earlier)
        if self.topic is None or not (self.titled or any(each.entity == self.topic for each in earlier)):
            return []
        return [self._headline(sentence)]


def _spread(mentions: list[Mention]) -> Counter[int]:
    """Return for the entity of each mention in how many stretches of the text it is named, first or not."""
    last: dict[int, int] = {}
    spread: Counter[int] = Counter()
    for each in sorted(mentions, key=lambda one: one.start):
        first = not last
        if each.entity not in last or each.start - last[each.entity] >= STRETCH:
            spread[each.entity] += 1 + first
            last[each.entity] = each.start
    return spread


def _one(recent: list[Seen]) -> list[Seen]:
    if not recent:
        return []
    last = recent[-1].sentence
    near = [each for each in recent if each.sentence == last]
    subjects = [each for each in near if each.subject]
    if subjects:
        return subjects[:1]
    before = [each for each in recent if each.sentence < last and each.subject]
    if len({each.words for each in near}) == 1:
        return near[:1]
    return [each for each in near if before and each.entity == before[-1].entity][:1]


def _subject(sentence: Sentence, word: int, language: str) -> bool:
    """Tell whether the name at `word` is a subject or stands in one, by the syntax or the word before it."""
    if not sentence.parsed:
        left = word - 1
        passed = words("articles", language) - {"al", "del"}
        kinds = words("bands", language)
        while left >= 0 and (sentence.forms[left] in passed or sentence.lemmas[left] in kinds):
            left -= 1
        return left < 0 or sentence.forms[left] not in words("prepositions", language)
    token = sentence.tokens[sentence.mention_end(word) - 1]
    for _step in range(6):
        if token.dep_ in ("nsubj", "nsubjpass"):
            return True
        if token.dep_ not in ("compound", "poss", "appos", "pobj", "prep", "conj", "nmod"):
            return False
        if token.dep_ == "prep" and token.lower_ != "of":
            return False
        token = token.head
    return False
