"""A sentence made ready for the rules: its words, their lemmas, and the mentions they belong to."""

from __future__ import annotations

from collections.abc import Iterator
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from trasiego.reading.statements.vocabulary import GAP, GAP_WORDS, Phrase

if TYPE_CHECKING:
    from trasiego.reading.mentions import Mention, Names
    from trasiego.reading.parsing import Passage


PARTICIPLE_ENDINGS = ("ado", "ada", "ados", "adas", "ido", "ida", "idos", "idas")
"""How Spanish participles end."""

VERBAL = frozenset("que quien se también ya le les lo además".split())
"""Spanish words behind which a word that may be a noun or a verb is a verb."""

HAVING = [
    [each] for each in ("ha", "han", "he", "haya", "hayan", "había", "habían", "habría", "habrían", "haber")
]
"""The words before a Spanish participle that make it a verb."""


@dataclass(slots=True)
class Sentence:
    """A sentence of a document, word by word.

    `tokens` are spaCy's; `forms` and `lemmas` are in small letters; `mentions[i]` is the mention that word i
    belongs to, or None. `base` is the offset of the passage, so that word i stands at
    base + tokens[i].idx in the document's text. `paragraph` counts the passages, `number` the sentences.
    `parsed` tells whether there is syntax to be used. `whole` is the text of the passage.
    """

    tokens: list[Any]
    forms: list[str]
    lemmas: list[str]
    mentions: list[Mention | None]
    base: int
    paragraph: int
    number: int
    language: str
    parsed: bool
    whole: str

    def __len__(self) -> int:
        """Return the number of words."""
        return len(self.tokens)

    def start(self, word: int) -> int:
        """Return where a word starts in the document's text."""
        return self.base + int(self.tokens[word].idx)

    def end(self, word: int) -> int:
        """Return where a word ends in the document's text."""
        return self.start(word) + len(self.tokens[word])

    def mention_end(self, word: int) -> int:
        """Return the first word after the mention that `word` belongs to."""
        mention = self.mentions[word]
        while word < len(self) and self.mentions[word] is mention:
            word += 1
        return word

    def mention_start(self, word: int) -> int:
        """Return the first word of the mention that `word` belongs to."""
        mention = self.mentions[word]
        while word > 0 and self.mentions[word - 1] is mention:
            word -= 1
        return word

    def index(self, token: Any) -> int:
        """Return the position in the sentence of one of spaCy's words of the same passage."""
        return int(token.i - self.tokens[0].i)

    def inside(self, token: Any) -> bool:
        """Tell whether one of spaCy's words of the same passage stands in this sentence."""
        return bool(0 <= token.i - self.tokens[0].i < len(self))

    def is_verb(self, word: int) -> bool:
        """Tell whether a word is a verb, so far as its tag or, without tags, its form tells."""
        if self.mentions[word] is not None:
            return False
        if self.parsed:
            return self.tokens[word].pos_ in ("VERB", "AUX")
        form, lemma = self.forms[word], self.lemmas[word]
        if self.language == "es":
            participle = form.endswith(PARTICIPLE_ENDINGS) and self.forms[word - 1 : word] not in HAVING
            return lemma != form and lemma.endswith(("ar", "er", "ir")) and not participle
        return form in ("is", "are", "was", "were", "has", "have", "had")

    def matches(self, word: int, phrase: Phrase) -> int:
        """Return the first word after `phrase` where it starts at `word`, else 0."""
        at = word
        parts = iter(range(len(phrase)))
        for part in parts:
            if GAP in phrase[part]:
                if part == len(phrase) - 1:
                    return at
                following = phrase[part + 1]
                ends = min(at + GAP_WORDS + 1, len(self))
                found = next((i for i in range(at, ends) if self._is(i, following)), None)
                if found is None:
                    return 0
                at = found
            elif at < len(self) and self._is(at, phrase[part]):
                at += 1
            else:
                return 0
        return at

    def _is(self, word: int, choice: frozenset[str]) -> bool:
        return self.forms[word] in choice or self.lemmas[word] in choice


_Made = tuple[list["Passage"], "Names", str, tuple[Sentence, ...]]
_last: ContextVar[_Made | None] = ContextVar("sentences of the last document", default=None)
"""Each way of reading goes through the same sentences, which are made once for all."""


def sentences(passages: list[Passage], names: Names, language: str) -> tuple[Sentence, ...]:
    """Return the sentences of a document, in order; `language` is "en" or "es"."""
    last = _last.get()
    if last is None or last[0] is not passages or last[1] is not names or last[2] != language:
        last = (passages, names, language, tuple(_sentences(passages, names, language)))
        _last.set(last)
    return last[3]


def _sentences(passages: list[Passage], names: Names, language: str) -> Iterator[Sentence]:
    number = 0
    mentions = sorted(names.mentions, key=lambda each: each.start)
    at = 0
    for paragraph, passage in enumerate(passages):
        tokens = passage.tokens
        owner: list[Mention | None] = [None] * len(tokens)
        for token in tokens:
            start = passage.start + token.idx
            while at < len(mentions) and mentions[at].end <= start:
                at += 1
            if at < len(mentions) and mentions[at].start < start + len(token):
                owner[token.i] = mentions[at]
        parsed = language == "en" and tokens.has_annotation("DEP")
        for span in passage.sentences:
            words = [token for token in span]
            forms = [token.lower_ if not token.is_space else '"' for token in words]
            lemmas = [_lemma(token, language, parsed) for token in words]
            inside = owner[span.start : span.end]
            if language == "es":
                _verbs_like_nouns(forms, lemmas, inside)
            yield Sentence(
                words, forms, lemmas, inside, passage.start, paragraph, number, language, parsed, passage.text
            )
            number += 1


def _lemma(token: Any, language: str, tagged: bool) -> str:
    if tagged:
        return str(token.lemma_).lower()
    return lemmatize(token.lower_, language)


def _verbs_like_nouns(forms: list[str], lemmas: list[str], mentions: list[Mention | None]) -> None:
    """Give the lemma of the verb to words that may be a noun or a verb, where they stand as a verb."""
    for word in range(1, len(forms) - 1):
        form, before, after = forms[word], forms[word - 1], forms[word + 1]
        if form != lemmas[word] or form[-1] not in "ae" or mentions[word] is not None:
            continue
        verbal = mentions[word - 1] is not None or before in VERBAL
        if verbal or (before == "," and after not in ("de", "por", "entre", "con", "y")):
            verb = f"{form[:-1]}ar" if form[-1] == "a" else f"{form[:-1]}ir"
            lemmas[word] = verb if _is_word(verb) else form


@lru_cache(maxsize=5_000)
def _is_word(word: str) -> bool:
    import simplemma

    return bool(simplemma.is_known(word, lang="es"))


@lru_cache(maxsize=50_000)
def lemmatize(word: str, language: str) -> str:
    """Return the dictionary form of a word in small letters, by simplemma."""
    import simplemma

    lemma = str(simplemma.lemmatize(word, lang=language)).lower()
    if language != "es" or not lemma.endswith(PARTICIPLE_ENDINGS):
        return lemma
    stem = lemma.rstrip("s")[:-3]
    endings = ("ar",) if lemma.rstrip("s")[-3] == "a" else ("er", "ir")
    return next((stem + each for each in endings if simplemma.is_known(stem + each, lang="es")), lemma)
