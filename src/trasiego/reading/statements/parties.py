"""The parties of a statement: names, common nouns such as "police officers", and words that point back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from trasiego.reading.statements.phrases import (
    COMMON,
    DASHES,
    JOINING,
    LEADING,
    OF,
    QUOTES,
    Party,
    Phrases,
)
from trasiego.reading.statements.sentence import PARTICIPLE_ENDINGS
from trasiego.reading.statements.vocabulary import words

if TYPE_CHECKING:
    from trasiego.reading.mentions import Mention, Names
    from trasiego.reading.statements.reference import Discourse
    from trasiego.reading.statements.sentence import Sentence

REACH = 12
"""How many words on the name of a party may stand from where the search for it starts."""

LOOSE_WORDS = 2
"""How many words that are not known may stand in a phrase that leads to a name, without syntax."""

TURNING = frozenset({"as", "como", "into", "becoming", "become", "en"})
"""Words before a noun that brings in no new party."""

POINTED, UNSURE = 0.8, 0.7
"""How sure a word that points back is, and one that may point to a thing as well."""


class Finder(Phrases):
    """Finds parties in the sentences of one document."""

    def __init__(self, names: Names, discourse: Discourse) -> None:
        """Take the names of the document and what has been read of it."""
        self.names = names
        super().__init__(discourse.language)
        self.discourse = discourse
        self.before_last: Sentence | None = None
        self.subjects: dict[tuple[int, int, frozenset[str]], list[Party]] = {}

    def named(self, mention: Mention) -> Party:
        """Return the party that a mention names."""
        entity = self.names.entities[mention.entity]
        types = frozenset({entity.type})
        sure = 1.0
        if entity.type == "role":
            types, sure = frozenset({"role", "actor"}), COMMON
        return Party(entity.name, types, mention.start, mention.end, sure, mention.entity)

    def after(self, sentence: Sentence, word: int, accept: frozenset[str]) -> list[Party]:
        """Return the parties of the noun phrase that starts at `word`, of the types that are accepted."""
        at, fallback, loose = word, None, 0
        while at < min(len(sentence), word + REACH):
            if sentence.mentions[at] is not None:
                name = at
                found, at = self._name(sentence, at, accept)
                if found or at < 0:
                    return found + self._joined(sentence, name, found, accept) or _listed(fallback)
                continue
            pointed, end = self._pointed(sentence, at, accept)
            if pointed:
                return pointed
            form = sentence.forms[at]
            if form == "," and at > word and self._appositive(sentence, at + 1, accept):
                at += 1
                continue
            if self.glue(form, sentence, at):
                at += 1
                continue
            head, end = self.noun(sentence, at)
            if head is None:
                loose += 1
                of = at + 1 < len(sentence) and sentence.forms[at + 1] in OF
                if loose > LOOSE_WORDS or of or self.blocks(sentence, at):
                    break
                at += 1
                continue
            if fallback is None and self.classes.get(sentence.lemmas[head], frozenset()) & accept:
                fallback = self.common(sentence, at, head, end)
            apart = end < len(sentence) and sentence.forms[end] == ","
            near = "place" in accept and end < len(sentence) and sentence.forms[end] in ("near", "in", "en")
            if near and sentence.lemmas[head] in self.transparent:
                at = end + 1
                continue
            if apart and fallback is None and self._appositive(sentence, end + 1, accept):
                at = end + 1
                continue
            if sentence.lemmas[head] not in self.transparent or not self.leads_on(sentence, end):
                break
            at = end
            while at < len(sentence) and sentence.forms[at] in LEADING | DASHES:
                at += 1
        return _listed(fallback) or self._owned_by_it(sentence, word, accept)

    def _appositive(self, sentence: Sentence, word: int, accept: frozenset[str]) -> bool:
        """Tell whether behind a comma stands the name of what was spoken of ("an ally, X")."""
        while word < len(sentence) and sentence.forms[word] in QUOTES:
            word += 1
        mention = sentence.mentions[word] if word < len(sentence) else None
        kinds = {"person", "place", "group"}
        return mention is not None and bool(self.named(mention).types & accept & kinds)

    def _owned_by_it(self, sentence: Sentence, word: int, accept: frozenset[str]) -> list[Party]:
        """Return the group that "its cells" and the like belong to."""
        form = sentence.forms[word] if word < len(sentence) else ""
        head, end = self.noun(sentence, word + 1) if form in ("its", "their", "su", "sus") else (None, 0)
        if head is None or "group" not in accept or sentence.lemmas[head] not in self.transparent:
            return []
        return less_sure(self.resolve("group", sentence, word, form), 0.9)

    def at(self, sentence: Sentence, word: int, accept: frozenset[str]) -> list[Party]:
        """Return the parties of the noun phrase whose head, by the syntax, is `word`."""
        if sentence.mentions[word] is not None:
            found, _end = self._name(sentence, sentence.mention_start(word), accept)
            return found
        edge = max(sentence.index(sentence.tokens[word].left_edge), 0)
        noun = bool(self.classes.get(sentence.lemmas[word], frozenset()) & accept)
        borne = self._bearer(sentence, word, accept) or self._apposed(sentence, word, accept)
        if borne:
            return borne
        if noun and sentence.lemmas[word] not in self.transparent:
            return [self.common(sentence, edge, word, word + 1)]
        found = self.after(sentence, edge, accept)
        if found and (found[0].entity is None or self._one_phrase(sentence, found[-1], word)):
            return found
        return self.after(sentence, word, accept)

    def of(self, sentence: Sentence, token: Any, accept: frozenset[str]) -> list[Party]:
        """Return the parties of the noun phrase that spaCy's word heads; none where it is None."""
        if token is None or not sentence.inside(token):
            return []
        return self.at(sentence, sentence.index(token), accept)

    def _bearer(self, sentence: Sentence, word: int, accept: frozenset[str]) -> list[Party]:
        """Return the person in apposition to a title ("the leader of X, Y, ...") at `word`."""
        if "person" not in accept or sentence.lemmas[word] not in words("persons", self.language):
            return []
        last = sentence.index(sentence.tokens[word].right_edge)
        for at in range(word, min(last + 1, len(sentence))):
            mention = sentence.mentions[at]
            if mention is not None and self.names.entities[mention.entity].type == "person":
                return [self.named(mention)]
        return []

    def _apposed(self, sentence: Sentence, word: int, accept: frozenset[str]) -> list[Party]:
        """Return the name that a noun stands beside ("X, a trafficker working for Y")."""
        token = sentence.tokens[word]
        if token.dep_ != "appos" or not sentence.inside(token.head):
            return []
        mention = sentence.mentions[sentence.index(token.head)]
        named = [self.named(mention)] if mention is not None else []
        return [each for each in named if each.types & accept & {"person", "group"}]

    def _one_phrase(self, sentence: Sentence, party: Party, word: int) -> bool:
        """Tell whether between a name and the head of its phrase there is nothing but nouns of its kind."""
        if party.end >= sentence.start(word):
            return True
        between = [at for at in range(word) if sentence.start(at) >= party.end]
        return all(
            sentence.lemmas[at] in self.transparent
            or sentence.forms[at] in QUOTES
            or sentence.tokens[at].pos_ == "ADJ"
            for at in [*between, word]
        )

    def _name(self, sentence: Sentence, word: int, accept: frozenset[str]) -> tuple[list[Party], int]:
        """Return the parties listed from the name at `word`, or none and where to go on (-1: nowhere)."""
        mention = sentence.mentions[word]
        assert mention is not None
        party = self.named(mention)
        end = sentence.mention_end(word)
        form = sentence.forms[end] if end < len(sentence) else ""
        ends = form in ("'s", "’s") or (form in ("'", "’") and self._plural(sentence, end))
        owns = self.language == "en" and ends
        if party.types & accept:
            if owns and (party.types & {"place"} or not self._owned(sentence, end + 1)):
                return [], end + 1
            if self._compound(sentence, end):
                return [], end
            return self.listed(sentence, word, accept), end
        if owns:
            return [], end + 1
        if self.language == "en" and end < len(sentence) and self._continues(sentence, end):
            return [], end
        return [], -1

    def _plural(self, sentence: Sentence, end: int) -> bool:
        """Tell whether an apostrophe behind a name at `end` is that of an owner ("the Zetas' men")."""
        return (
            sentence.forms[end - 1].endswith("s")
            and end + 1 < len(sentence)
            and (sentence.forms[end + 1].isalpha() and sentence.forms[end + 1] not in JOINING)
        )

    def _owned(self, sentence: Sentence, word: int) -> bool:
        """Tell whether what the owner before `word` has is part of itself ("the Zetas' local cell")."""
        while word < len(sentence) and sentence.mentions[word] is not None:
            word = sentence.mention_end(word)
        head, _end = self.noun(sentence, word)
        return head is not None and sentence.lemmas[head] in self.transparent

    def _compound(self, sentence: Sentence, word: int) -> bool:
        """Tell whether the name before `word` only qualifies a noun of a person ("Zetas leader X")."""
        if self.language != "en" or word >= len(sentence) or not sentence.parsed:
            return False
        if sentence.mentions[word] is not None or sentence.tokens[word].pos_ != "NOUN":
            return False
        last = word
        while (
            last + 1 < len(sentence)
            and sentence.mentions[last + 1] is None
            and (sentence.tokens[last + 1].pos_ in ("NOUN", "PROPN"))
        ):
            last += 1
        if last + 1 < len(sentence) and sentence.tokens[last + 1].pos_ in ("DET", "PRON"):
            return False
        after = sentence.mentions[last + 1] if last + 1 < len(sentence) else None
        kind = self.names.entities[after.entity].type if after is not None else ""
        return kind == "person" or sentence.lemmas[last] not in self.transparent

    def _continues(self, sentence: Sentence, word: int) -> bool:
        """Tell whether a noun phrase goes on after a name in it."""
        if sentence.mentions[word] is not None:
            return True
        return bool(sentence.parsed and sentence.tokens[word].pos_ in ("NOUN", "PROPN", "ADJ"))

    def listed(self, sentence: Sentence, word: int, accept: frozenset[str]) -> list[Party]:
        """Return the names that stand in a row from `word`: "A, B and C"; "A, B" alone is A in B."""
        mention = sentence.mentions[word]
        assert mention is not None
        found = [self.named(mention)]
        pending: list[Party] = []
        end = sentence.mention_end(word)
        further = self.past_alias(sentence, end, mention.entity)
        at = self.past_place(sentence, further)
        while at < len(sentence):
            joined, begun = False, at
            while at < len(sentence) and at - begun < 3 and sentence.forms[at] in JOINING | {","} | QUOTES:
                joined = joined or sentence.forms[at] in JOINING
                at += 1
            alone = (
                len(found) == 1
                and not pending
                and sentence.forms[begun] == ","
                and joined
                and (further == end or self.language == "en")
            )
            if at == begun or alone:
                break
            at = self.to_name(sentence, at)
            following = sentence.mentions[at] if at < len(sentence) else None
            if following is None:
                break
            party = self.named(following)
            if party.types != found[0].types or party.entity == found[0].entity:
                break
            pending.append(party)
            if joined:
                found += pending
                pending = []
            at = self.past_place(
                sentence, self.past_alias(sentence, sentence.mention_end(at), following.entity)
            )
        return [each for each in found if each.types & accept]

    def _joined(
        self, sentence: Sentence, word: int, found: list[Party], accept: frozenset[str]
    ) -> list[Party]:
        """Return what the syntax joins to a name over a clause between: "X, which ..., and another gang"."""
        if not sentence.parsed or len(found) != 1:
            return []
        more = []
        for token in sentence.tokens[sentence.mention_end(word) - 1].conjuncts:
            if not sentence.inside(token) or sentence.start(sentence.index(token)) <= found[0].end:
                continue
            at = sentence.index(token)
            mention = sentence.mentions[at]
            if mention is not None:
                party = self.named(mention)
                if party.types == found[0].types and party.entity != found[0].entity:
                    more.append(party)
            elif "actor" in self.classes.get(sentence.lemmas[at], ()) and "actor" in accept:
                more += self.at(sentence, at, frozenset({"group", "actor"}))[:1]
        return more

    def _pointed(self, sentence: Sentence, word: int, accept: frozenset[str]) -> tuple[list[Party], int]:
        """Return what the word or phrase at `word` points back to, and the first word after it."""
        merged = word > 0 and sentence.forms[word - 1] in ("al", "del")
        for length in (4, 3, 2, 1):
            text = " ".join((["el"] if merged else []) + sentence.forms[word : word + length])
            kind = (
                self.discourse.pointing(text) if len(sentence.forms[word : word + length]) == length else ""
            )
            if not kind or (length == 1 and sentence.forms[word] in ("his", "her")):
                continue
            end = word + length
            if (length > 1 or merged) and (self.leads_on(sentence, end) or self._defined(sentence, end)):
                return [], word
            for each in self.resolve(kind, sentence, word, text):
                if each.types & accept:
                    found = [each]
                    if kind == "both":
                        found = self.resolve(kind, sentence, word, text)
                    return found, word + length
        return [], word

    def resolve(self, kind: str, sentence: Sentence, word: int, text: str) -> list[Party]:
        """Return the parties that a phrase at `word` stands for."""
        kinds = [kind]
        if text in ("they", "them", "it", "who") and kind == "group":
            kinds = ["group", "person"] if text == "who" else ["group"]
        for each in kinds:
            start = sentence.start(word)
            seen = self.discourse.resolve(each, sentence, start, text)
            if seen:
                if len(seen) == 1 and text not in self.relatives:
                    self.discourse.again(seen[0], start, sentence.number)
                end = sentence.end(min(word + max(len(text.split()), 1), len(sentence)) - 1)
                sure = UNSURE if text in ("it", "they", "them") or text.startswith("these") else POINTED
                return [
                    Party(one.words, _types(one.entity, one.kind), start, end, sure, one.entity)
                    for one in seen
                ]
        return []

    def _defined(self, sentence: Sentence, word: int) -> bool:
        """Tell whether a phrase such as "the group" is told apart by what follows ("the group led by X")."""
        if word >= len(sentence):
            return False
        form = sentence.forms[word]
        if sentence.parsed:
            return sentence.tokens[word].dep_ in ("acl", "relcl") or form in ("that", "which", "who")
        return form.endswith(PARTICIPLE_ENDINGS) or form in ("que", "cuyo", "cuya")

    def note_nouns(self, sentence: Sentence) -> None:
        """Tell the discourse of parties that are brought in without a name ("a gang", "una banda")."""
        for word, form in enumerate(sentence.forms[:-1]):
            if form == "a" and self.language == "es":
                continue
            definite = form in ("the", "el", "la", "esta", "this", "dicha")
            if form not in ("a", "an", "un", "una", "another", "otra", "otro") and not definite:
                continue
            if definite and (word > 1 or self._pointed(sentence, word, frozenset({"group", "actor"}))[0]):
                continue
            head, end = self.noun(sentence, word + 1)
            if head is None or "actor" not in self.classes.get(sentence.lemmas[head], ()):
                continue
            if sentence.forms[head].endswith("s") or self.leads_on(sentence, end):
                continue
            before = word - 1
            if before >= 0 and (
                sentence.lemmas[before] in ("be", "ser") or sentence.forms[before] in TURNING
            ):
                continue
            if (
                before >= 1
                and sentence.forms[before] in (",", ")")
                and sentence.mentions[before - 1] is not None
            ):
                continue
            if before >= 2 and sentence.forms[before] == "," and sentence.forms[before - 1] in QUOTES | {")"}:
                continue
            party = self.common(sentence, word + 1, head, end)
            self.discourse.note(party.text, party.start, sentence.number)

    def general(self, sentence: Sentence, parties: list[Party], others: list[Party]) -> list[Party]:
        """Return the group that a report is about for "such networks" and the like, against named others."""
        if len(parties) != 1 or parties[0].entity is not None or "actor" not in parties[0].types:
            return parties
        head = parties[0].text.split()[-1 if self.language == "en" else 0].casefold()
        topic = self.discourse.spoken_of(sentence.start(0))
        named = {each.entity for each in others if each.types & {"group"}}
        if topic is None or not named or topic in named or head not in words("groups", self.language):
            return parties
        entity = self.names.entities[topic]
        return [
            replace(parties[0], text=entity.name, types=frozenset({"group"}), entity=topic, certainty=UNSURE)
        ]


def _types(entity: int | None, kind: str) -> frozenset[str]:
    return frozenset({kind}) if entity is not None else frozenset({"actor"})


def _listed(party: Party | None) -> list[Party]:
    return [party] if party is not None else []


def less_sure(parties: list[Party], factor: float) -> list[Party]:
    """Return the parties with their certainty times `factor`."""
    return [replace(each, certainty=each.certainty * factor) for each in parties]
