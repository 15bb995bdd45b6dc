"""Reports of a few sentences, read for names with the language model or with a bare pipeline."""

import pytest
import spacy

from trasiego.reading.document import Document
from trasiego.reading.names import find_names
from trasiego.reading.parsing import Passage, has_model, pipeline


def paragraphs(text):
    """Return the spans of the lines of a text."""
    spans, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            spans.append((start, start + len(line)))
        start += len(line) + 1
    return tuple(spans)


def bare(language):
    tokens = spacy.blank(language)
    tokens.add_pipe("sentencizer")
    return tokens


@pytest.fixture(scope="session")
def pipelines():
    return {
        ("en", True): pipeline("en"),
        ("es", True): pipeline("es") if has_model("es") else bare("es"),
        ("es", False): bare("es"),
    }


@pytest.fixture
def report(pipelines):
    """Return a function from text and language to (document, passages, names)."""

    def read(text, language="en", model=True):
        document = Document("note.txt", text, paragraphs(text), language=language)
        parse = pipelines[language, model]
        passages = [Passage(start, parse(part)) for start, part in document.paragraphs()]
        return document, passages, find_names(document, passages)

    return read


@pytest.fixture
def found(report):
    """Return a function from text to the set of (type, name) that it names."""

    def read(text, language="en", model=True):
        return {(each.type, each.name) for each in report(text, language, model)[2].entities}

    return read


@pytest.fixture
def entity(report):
    """Return a function from text and a name to the one entity that has it as name or further name."""

    def read(text, name, language="en", model=True):
        entities = report(text, language, model)[2].entities
        having = [each for each in entities if name in (each.name, *each.aliases)]
        assert len(having) == 1, [(each.name, each.type, each.aliases) for each in entities]
        return having[0]

    return read
