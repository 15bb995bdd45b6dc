"""Noun phrases as far as their words tell: where they end, what heads them, and whether a name follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from trasiego.reading.statements.sentence import PARTICIPLE_ENDINGS
from trasiego.reading.statements.vocabulary import noun_classes, words

if TYPE_CHECKING:
    from trasiego.reading.statements.sentence import Sentence

COMMON, MANY, BARE = 0.7, 0.5, 0.4
"""How sure a common noun for a party is, one for many of a kind, and a bare word such as "territory"."""

QUOTES = frozenset("\"'“”‘’«»„") | {"``", "''"}
DASHES = frozenset({"—", "–", "--", "-"})
JOINING = frozenset({"and", "y", "e", "&", "or", "o", "ni", "plus"})
LIKE = frozenset(
    {"like", "including", "como", "incluyendo", "namely", "called", "dubbed", "llamado", "llamada"}
)
LEADING = LIKE | {
    "only",
    "simply",
    "solo",
    "better",
    ",",
    "(",
    ":",
    "known",
    "as",
    "conocido",
    "conocida",
    "conocidos",
    "entre",
    "ellas",
    "ellos",
    "among",
    "them",
}
"""What may stand between a noun and the name of what it means."""

SEATS = frozenset({"capital", "city", "port", "town", "ciudad", "puerto"})
"""Nouns whose name may follow behind a comma."""

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


class Phrases:
    """Reads noun phrases without knowing what they refer to, in one language."""

    def __init__(self, language: str) -> None:
        """Load the lists of "en" or "es"."""
        self.language = language
        self.classes = noun_classes(language)
        self.transparent = words("transparent", language)
        self.articles = words("articles", language)
        self.prepositions = words("prepositions", language)
        self.relatives = words("relative", language)

    def glue(self, form: str, sentence: Sentence, word: int) -> bool:
        """Tell whether a word stands before the noun of its phrase and may be passed over."""
        if form in self.articles or form in QUOTES or form in LIKE or form in OF or form in ("such", "tal"):
            return True
        if form == "as" and word and sentence.forms[word - 1] == "such":
            return True
        if sentence.parsed:
            known = form in ("-", "about", "at", "least", "than", "most", "up")
            between = (
                form == "and"
                and word + 1 < len(sentence)
                and sentence.tokens[word + 1].pos_ in ("ADJ", "ADV")
            )
            known = (known and word > 0) or (between and sentence.tokens[word - 1].pos_ == "ADJ")
            return known or sentence.tokens[word].pos_ in ("ADJ", "NUM", "ADV", "DET")
        return form.isdigit() or form in ("al", "menos", "más", "unos", "unas", "cerca")

    def blocks(self, sentence: Sentence, word: int) -> bool:
        """Tell whether a word that is not known ends the way to a name."""
        form = sentence.forms[word]
        if sentence.parsed:
            return sentence.tokens[word].pos_ not in ("NOUN", "PROPN", "ADJ", "VERB") or (
                sentence.tokens[word].tag_ in ("VBZ", "VBD", "VBP", "VB")
            )
        blocked = form in self.prepositions or form in self.relatives or form in JOINING
        return blocked or not form.isalpha() or sentence.is_verb(word)

    def noun(self, sentence: Sentence, word: int) -> tuple[int | None, int]:
        """Return the head of the noun phrase from `word` and the first word after the phrase."""
        end = word
        while end < len(sentence) and sentence.mentions[end] is None and end - word < 7:
            form = sentence.forms[end]
            if sentence.parsed:
                token = sentence.tokens[end]
                hyphen = form == "-" and 0 < end < len(sentence) - 1
                if token.pos_ not in ("NOUN", "PROPN", "ADJ", "ADV", "NUM") and token.tag_ not in (
                    "VBG",
                    "VBN",
                ):
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

    def _known(self, sentence: Sentence, word: int) -> bool:
        lemma = sentence.lemmas[word]
        return lemma in self.classes or lemma in self.transparent

    def leads_on(self, sentence: Sentence, word: int) -> bool:
        """Tell whether a noun phrase goes on at `word` to the name of what it means."""
        if word >= len(sentence):
            return False
        form = sentence.forms[word]
        if sentence.mentions[word] is not None:
            return True
        if form in OF or form in LIKE or (form in QUOTES and form not in "'’"):
            return True
        following = sentence.forms[word + 1] if word + 1 < len(sentence) else ""
        if form in ("such", "known") and "as" in sentence.forms[word + 1 : word + 3]:
            return True
        if form.startswith("conocid") and following == "como":
            return True
        if form == ":" and sentence.mentions[min(word + 1, len(sentence) - 1)] is not None:
            return True
        if form in (",", "(") or form in DASHES:
            if (
                form == ","
                and sentence.lemmas[word - 1] in SEATS
                and following
                and (sentence.mentions[word + 1] is not None)
            ):
                return True
            ahead = word + 1
            while ahead < len(sentence) and (
                sentence.forms[ahead] in QUOTES | LEADING | {"such", "the", "los", "las", "la", "el"}
            ):
                ahead += 1
            return (
                ahead < len(sentence)
                and sentence.mentions[ahead] is not None
                and (ahead > word + 1 or form == "(")
            )
        return False

    def common(self, sentence: Sentence, start: int, head: int, end: int) -> Party:
        """Return the party of a common noun: its phrase without articles and numbers."""
        if self.language == "en":
            end = head + 1
        else:
            end = min(end, head + 3)
            while end > head + 1 and (
                sentence.forms[end - 1].endswith(PARTICIPLE_ENDINGS)
                or sentence.forms[end - 1] in self.articles | {"se", "le", "les"}
            ):
                end -= 1
        end = self._complement(sentence, head, end)
        while start < head and (
            sentence.forms[start] in self.articles
            or sentence.forms[start] in self.prepositions
            or sentence.forms[start] in QUOTES
            or sentence.forms[start].isdigit()
            or sentence.mentions[start] is not None
            or sentence.forms[start] in POSSESSIVE
            or (
                sentence.parsed
                and sentence.tokens[start].pos_ in ("ADV", "NUM", "DET", "PUNCT", "PRON", "ADP")
            )
        ):
            start += 1
        if self.language == "es":
            start = head
        first, last = sentence.start(start), sentence.end(end - 1)
        text = sentence.whole[first - sentence.base : last - sentence.base]
        return Party(
            text, self.classes[sentence.lemmas[head]], first, last, self._sureness(sentence, start, head, end)
        )

    def _complement(self, sentence: Sentence, head: int, end: int) -> int:
        """Return the end of a noun's phrase with the goods or land it is of ("transport of cocaine")."""
        if end >= len(sentence) or sentence.forms[end] not in OF:
            return end
        if not self.classes[sentence.lemmas[head]] & {"territory", "goods"}:
            return end
        inner, last = self.noun(sentence, end + 1)
        while (
            inner is None
            and last < len(sentence)
            and last - end < 4
            and sentence.mentions[last] is None
            and (sentence.forms[last] in self.articles or sentence.lemmas[last] in ("numerous", "last"))
        ):
            inner, last = self.noun(sentence, last + 1)
        if inner is None or not self.classes.get(sentence.lemmas[inner], frozenset()) & {
            "goods",
            "territory",
        }:
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

    def past_place(self, sentence: Sentence, word: int) -> int:
        """Return the first word after "in" and a place in a row of names ("the A in X, the B in Y")."""
        at = word
        while at < len(sentence) and sentence.forms[at] in QUOTES:
            at += 1
        if (
            at + 1 < len(sentence)
            and sentence.forms[at] in ("in", "en")
            and sentence.mentions[at + 1] is not None
        ):
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
                sentence.forms[ahead]
                in QUOTES | DASHES | {"(", ",", "alias", "aka", "known", "as", "or", "o"}
                or sentence.forms[ahead]
                in ("conocido", "conocida", "como", "a.k.a", "by", "his", "el", "the")
            ):
                break
        return at

    def to_name(self, sentence: Sentence, word: int) -> int:
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
