"""The parties of a statement: names, common nouns such as "police officers", and words that point back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from trasiego.reading.statements.sentence import PARTICIPLE_ENDINGS
from trasiego.reading.statements.vocabulary import noun_classes, words

if TYPE_CHECKING:
    from trasiego.reading.mentions import Mention, Names
    from trasiego.reading.statements.reference import Discourse
    from trasiego.reading.statements.sentence import Sentence

REACH = 12
"""How many words on the name of a party may stand from where the search for it starts."""

LOOSE_WORDS = 2
"""How many words that are not known may stand in a phrase that leads to a name, without syntax."""

COMMON, MANY, BARE = 0.7, 0.5, 0.4
"""How sure a common noun for a party is, one for many of a kind, and a bare word such as "territory"."""

POINTED, UNSURE = 0.8, 0.7
"""How sure a word that points back is, and one that may point to a thing as well."""

QUOTES = frozenset("\"'“”‘’«»„") | {"``", "''"}
DASHES = frozenset({"—", "–", "--", "-"})
JOINING = frozenset({"and", "y", "e", "&", "or", "o", "ni", "plus"})
LIKE = frozenset({"like", "including", "como", "incluyendo", "namely", "called", "dubbed", "llamado", "llamada"})
LEADING = LIKE | {",", "(", "known", "as", "conocido", "conocida", "conocidos", "entre", "ellas", "ellos", "among", "them"}
"""What may stand between a noun and the name of what it means."""

POSSESSIVE = frozenset({"'s", "’s", "’", "'"})
OF = frozenset({"of", "de", "del"})


@dataclass(frozen=True, slots=True)
class Party:
    """One party: its name or words, its types, where it stands, and how sure that is (0 to 1).

    `types` are one entity type, or the classes of a common noun. `entity` is the index of a name's entity.
    """

    text: str
    types: frozenset[str]
    start: int
    end: int
    certainty: float = 1.0
    entity: int | None = None


class Finder:
    """Finds parties in the sentences of one document."""

    def __init__(self, names: Names, discourse: Discourse) -> None:
        """Take the names of the document and what has been read of it."""
        self.names = names
        self.discourse = discourse
        self.language = discourse.language
        self.before_last: Sentence | None = None
        self.classes = noun_classes(self.language)
        self.transparent = words("transparent", self.language)
        self.articles = words("articles", self.language)
        self.prepositions = words("prepositions", self.language)
        self.relatives = words("relative", self.language)

    def named(self, mention: Mention) -> Party:
        """Return the party that a mention names."""
        entity = self.names.entities[mention.entity]
        types = frozenset({entity.type})
        return Party(entity.name, types, mention.start, mention.end, 1.0, mention.entity)

    def after(self, sentence: Sentence, word: int, accept: frozenset[str]) -> list[Party]:
        """Return the parties of the noun phrase that starts at `word`, of the types that are accepted."""
        at, fallback, loose = word, None, 0
        while at < min(len(sentence), word + REACH):
            if sentence.mentions[at] is not None:
                found, at = self._name(sentence, at, accept)
                if found or at < 0:
                    return found or _listed(fallback)
                continue
            pointed, end = self._pointed(sentence, at, accept)
            if pointed:
                return pointed
            form, lemma = sentence.forms[at], sentence.lemmas[at]
            if self._glue(form, sentence, at):
                at += 1
                continue
            head, end = self._noun(sentence, at)
            if head is None:
                loose += 1
                if loose > LOOSE_WORDS or self._blocks(sentence, at):
                    break
                at += 1
                continue
            if fallback is None and self.classes.get(sentence.lemmas[head], frozenset()) & accept:
                fallback = self.common(sentence, at, head, end)
            if sentence.lemmas[head] not in self.transparent or not self._leads_on(sentence, end):
                break
            at = end
            while at < len(sentence) and sentence.forms[at] in LEADING | DASHES:
                at += 1
        return _listed(fallback)

    def at(self, sentence: Sentence, word: int, accept: frozenset[str]) -> list[Party]:
        """Return the parties of the noun phrase whose head, by the syntax, is `word`."""
        if sentence.mentions[word] is not None:
            found, _end = self._name(sentence, sentence.mention_start(word), accept)
            return found
        edge = max(sentence.index(sentence.tokens[word].left_edge), 0)
        noun = bool(self.classes.get(sentence.lemmas[word], frozenset()) & accept)
        if noun and sentence.lemmas[word] not in self.transparent:
            return [self.common(sentence, edge, word, word + 1)]
        borne = self._bearer(sentence, word, accept)
        if borne:
            return borne
        found = self.after(sentence, edge, accept)
        if found and (found[0].entity is None or self._one_phrase(sentence, found[-1], word)):
            return found
        return self.after(sentence, word, accept)

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

    def _one_phrase(self, sentence: Sentence, party: Party, word: int) -> bool:
        """Tell whether between a name and the head of its phrase there is nothing but nouns of its kind."""
        if party.end >= sentence.start(word):
            return True
        between = [at for at in range(word) if sentence.start(at) >= party.end]
        return all(
            sentence.lemmas[at] in self.transparent or sentence.forms[at] in QUOTES
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
        owns = form in POSSESSIVE or (form in QUOTES and form in "'’" and party.text.endswith("s"))
        if party.types & accept:
            if owns and not self._owned(sentence, end + 1):
                return [], end + 1
            if self._compound(sentence, end):
                return [], end
            return self.listed(sentence, word, accept), end
        if owns:
            return [], end + 1
        if self.language == "en" and end < len(sentence) and self._continues(sentence, end):
            return [], end
        return [], -1

    def _owned(self, sentence: Sentence, word: int) -> bool:
        """Tell whether what the owner before `word` has is part of itself ("the Zetas' local cell")."""
        head, _end = self._noun(sentence, word)
        return head is not None and sentence.lemmas[head] in self.transparent

    def _compound(self, sentence: Sentence, word: int) -> bool:
        """Tell whether the name before `word` only qualifies a noun of a person ("Zetas leader X")."""
        if self.language != "en" or word >= len(sentence) or not sentence.parsed:
            return False
        if sentence.mentions[word] is not None or sentence.tokens[word].pos_ != "NOUN":
            return False
        last = word
        while last + 1 < len(sentence) and sentence.mentions[last + 1] is None and (
            sentence.tokens[last + 1].pos_ in ("NOUN", "PROPN")
        ):
            last += 1
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
        at = self._past_place(
            sentence, self.past_alias(sentence, sentence.mention_end(word), mention.entity)
        )
        while at < len(sentence):
            joined, begun = False, at
            while at < len(sentence) and at - begun < 3 and sentence.forms[at] in JOINING | {","} | QUOTES:
                joined = joined or sentence.forms[at] in JOINING
                at += 1
            alone = len(found) == 1 and not pending and sentence.forms[begun] == "," and joined
            if at == begun or alone:
                break
            at = self._to_name(sentence, at)
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
            at = self._past_place(sentence, self.past_alias(sentence, sentence.mention_end(at), following.entity))
        return [each for each in found if each.types & accept]

    def _past_place(self, sentence: Sentence, word: int) -> int:
        """Return the first word after "in" and a place in a row of names ("the A in X, the B in Y")."""
        at = word
        while at < len(sentence) and sentence.forms[at] in QUOTES:
            at += 1
        if at + 1 < len(sentence) and sentence.forms[at] in ("in", "en") and sentence.mentions[at + 1] is not None:
            end = sentence.mention_end(at + 1)
            if end < len(sentence) and sentence.forms[end] in JOINING | {","}:
                return end
        return word

    def past_alias(self, sentence: Sentence, word: int, entity: int) -> int:
        """Return the first word after further names of an entity in brackets or quotes, or after "alias"."""
        at = word
        for ahead in range(word, min(word + 7, len(sentence))):
            mention = sentence.mentions[ahead]
            if mention is not None:
                if mention.entity != entity:
                    break
                at = sentence.mention_end(ahead)
                while at < len(sentence) and sentence.forms[at] in QUOTES | {")"}:
                    at += 1
            elif not (
                sentence.forms[ahead] in QUOTES | DASHES | {"(", ",", "alias", "aka", "known", "as", "or", "o"}
                or sentence.forms[ahead] in ("conocido", "conocida", "como", "a.k.a", "by", "his", "el", "the")
            ):
                break
        return at

    def _to_name(self, sentence: Sentence, word: int) -> int:
        """Return where a name stands behind articles, adjectives and nouns such as "the department of"."""
        at = word
        while at < min(len(sentence), word + 5) and sentence.mentions[at] is None:
            form = sentence.forms[at]
            known = form in self.articles or form in OF or form in QUOTES
            known = known or sentence.lemmas[at] in self.transparent
            if not known and not (sentence.parsed and sentence.tokens[at].pos_ in ("ADJ", "NOUN", "PROPN")):
                break
            at += 1
        return at

    def _pointed(
        self, sentence: Sentence, word: int, accept: frozenset[str]
    ) -> tuple[list[Party], int]:
        """Return what the word or phrase at `word` points back to, and the first word after it."""
        for length in (4, 3, 2, 1):
            text = " ".join(sentence.forms[word : word + length])
            kind = self.discourse.pointing(text) if len(sentence.forms[word : word + length]) == length else ""
            if not kind or (length == 1 and sentence.forms[word] in ("his", "her")):
                continue
            if self._leads_on(sentence, word + length) or self._defined(sentence, word + length, length):
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
                if len(seen) == 1 and len(text.split()) > 1:
                    self.discourse.again(seen[0], start, sentence.number)
                end = sentence.end(word + max(len(text.split()), 1) - 1)
                sure = UNSURE if text in ("it", "they", "them") or text.startswith("these") else POINTED
                return [
                    Party(one.words, _types(one.entity, one.kind), start, end, sure, one.entity) for one in seen
                ]
        return []

    def _defined(self, sentence: Sentence, word: int, length: int) -> bool:
        """Tell whether a phrase such as "the group" is told apart by what follows ("the group led by X")."""
        if length == 1 or word >= len(sentence):
            return False
        form = sentence.forms[word]
        if sentence.parsed:
            return sentence.tokens[word].dep_ in ("acl", "relcl") or form in ("that", "which", "who")
        return form.endswith(PARTICIPLE_ENDINGS) or form in ("que", "cuyo", "cuya")

    def _glue(self, form: str, sentence: Sentence, word: int) -> bool:
        if form in self.articles or form in QUOTES or form in LIKE or form in OF or form in ("such", "tal"):
            return True
        if form == "as" and word and sentence.forms[word - 1] == "such":
            return True
        if sentence.parsed:
            return sentence.tokens[word].pos_ in ("ADJ", "NUM", "ADV", "DET") or form in ("-", "about")
        return form.isdigit()

    def _blocks(self, sentence: Sentence, word: int) -> bool:
        form = sentence.forms[word]
        if sentence.parsed:
            return sentence.tokens[word].pos_ not in ("NOUN", "PROPN", "ADJ", "VERB") or (
                sentence.tokens[word].tag_ in ("VBZ", "VBD", "VBP", "VB")
            )
        blocked = form in self.prepositions or form in self.relatives or form in JOINING
        return blocked or not form.isalpha() or sentence.is_verb(word)

    def _noun(self, sentence: Sentence, word: int) -> tuple[int | None, int]:
        """Return the head of the noun phrase from `word` and the first word after the phrase."""
        end = word
        while end < len(sentence) and sentence.mentions[end] is None and end - word < 7:
            form = sentence.forms[end]
            if sentence.parsed:
                token = sentence.tokens[end]
                hyphen = form == "-" and 0 < end < len(sentence) - 1
                if token.pos_ not in ("NOUN", "PROPN", "ADJ", "ADV", "NUM") and token.tag_ not in ("VBG", "VBN"):
                    if not hyphen:
                        break
            elif form in self.prepositions or form in self.relatives or form in JOINING:
                break
            elif not (form.isalpha() or "-" in form):
                break
            elif end > word and sentence.is_verb(end):
                break
            end += 1
        inside = [i for i in range(word, end) if self._known(sentence, i)]
        if not inside:
            return None, end
        if self.language == "en":
            return inside[-1], max(inside[-1] + 1, end if inside[-1] == end - 1 else inside[-1] + 1)
        return inside[0], end

    def note_nouns(self, sentence: Sentence) -> None:
        """Tell the discourse of parties that are brought in without a name ("a gang", "una banda")."""
        for word, form in enumerate(sentence.forms[:-1]):
            if form == "a" and self.language == "es":
                continue
            definite = form in ("the", "el", "la", "esta", "this", "dicha")
            if form not in ("a", "an", "un", "una") and not definite:
                continue
            if definite and (word > 1 or self._pointed(sentence, word, frozenset({"group", "actor"}))[0]):
                continue
            head, end = self._noun(sentence, word + 1)
            if head is None or "actor" not in self.classes.get(sentence.lemmas[head], ()):
                continue
            if sentence.forms[head].endswith("s") or self._leads_on(sentence, end):
                continue
            before = word - 1
            if before >= 0 and (sentence.lemmas[before] in ("be", "ser") or sentence.forms[before] in ("as", "como")):
                continue
            if before >= 1 and sentence.forms[before] in (",", ")") and sentence.mentions[before - 1] is not None:
                continue
            if before >= 2 and sentence.forms[before] == "," and sentence.forms[before - 1] in QUOTES | {")"}:
                continue
            party = self.common(sentence, word + 1, head, end)
            self.discourse.note(party.text, party.start, sentence.number)

    def _known(self, sentence: Sentence, word: int) -> bool:
        lemma = sentence.lemmas[word]
        return lemma in self.classes or lemma in self.transparent

    def _leads_on(self, sentence: Sentence, word: int) -> bool:
        """Tell whether a noun phrase goes on at `word` to the name of what it means."""
        if word >= len(sentence):
            return False
        form = sentence.forms[word]
        if sentence.mentions[word] is not None:
            return True
        if form in OF or form in LIKE or (form in QUOTES and form not in "'’"):
            return True
        following = sentence.forms[word + 1] if word + 1 < len(sentence) else ""
        if (form == "such" or form == "known") and following == "as":
            return True
        if form.startswith("conocid") and following == "como":
            return True
        if form in (",", "(") or form in DASHES:
            ahead = word + 1
            while ahead < len(sentence) and (
                sentence.forms[ahead] in QUOTES | LEADING | {"such", "the", "los", "las", "la", "el"}
            ):
                ahead += 1
            return ahead < len(sentence) and sentence.mentions[ahead] is not None and (
                ahead > word + 1 or form == "("
            )
        return False

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
        return [replace(parties[0], text=entity.name, types=frozenset({"group"}), entity=topic, certainty=UNSURE)]

    def common(self, sentence: Sentence, start: int, head: int, end: int) -> Party:
        """Return the party of a common noun: its phrase without articles and numbers."""
        if self.language == "en":
            end = head + 1
        else:
            end = min(end, head + 3)
            while end > head + 1 and sentence.forms[end - 1].endswith(PARTICIPLE_ENDINGS):
                end -= 1
        end = self._complement(sentence, head, end)
        while start < head and (
            sentence.forms[start] in self.articles
            or sentence.forms[start] in self.prepositions
            or sentence.forms[start] in QUOTES
            or sentence.forms[start].isdigit()
            or sentence.mentions[start] is not None
            or sentence.forms[start] in POSSESSIVE
            or (sentence.parsed and sentence.tokens[start].pos_ in ("ADV", "NUM", "DET", "PUNCT", "PRON", "ADP"))
        ):
            start += 1
        if self.language == "es":
            start = head
        first, last = sentence.start(start), sentence.end(end - 1)
        text = str(sentence.tokens[0].doc.text[first - sentence.base : last - sentence.base])
        return Party(
            text, self.classes[sentence.lemmas[head]], first, last, self._sureness(sentence, start, head, end)
        )

    def _complement(self, sentence: Sentence, head: int, end: int) -> int:
        """Return the end of a noun's phrase with the goods or land it is of ("transport of cocaine")."""
        if end >= len(sentence) or sentence.forms[end] not in OF:
            return end
        if not self.classes[sentence.lemmas[head]] & {"territory", "goods"}:
            return end
        inner, last = self._noun(sentence, end + 1)
        while inner is None and last < len(sentence) and last - end < 4 and sentence.mentions[last] is None and (
            sentence.forms[last] in self.articles or sentence.lemmas[last] in ("numerous", "last")
        ):
            inner, last = self._noun(sentence, last + 1)
        if inner is None or not self.classes.get(sentence.lemmas[inner], frozenset()) & {"goods", "territory"}:
            return end
        return last if self.language == "en" else inner + 1

    def _sureness(self, sentence: Sentence, start: int, head: int, end: int) -> float:
        """Return how far a common noun can stand for a party: many of a kind, or a bare word, hardly."""
        classes = self.classes[sentence.lemmas[head]]
        plural = sentence.forms[head].endswith("s")
        if "actor" in classes and plural:
            return MANY
        bare = start == head and end == head + 1 and not plural
        return BARE if "territory" in classes and bare else COMMON


def _types(entity: int | None, kind: str) -> frozenset[str]:
    return frozenset({kind}) if entity is not None else frozenset({"actor"})


def _listed(party: Party | None) -> list[Party]:
    return [party] if party is not None else []


def less_sure(parties: list[Party], factor: float) -> list[Party]:
    """Return the parties with their certainty times `factor`."""
    return [replace(each, certainty=each.certainty * factor) for each in parties]
