"""Documents written down with their names in brackets."""

import re
from functools import cache

from trasiego.reading.document import Document
from trasiego.reading.mentions import Entity, Mention, Names
from trasiego.reading.parsing import Passage

TYPES = {"g": "group", "p": "person", "l": "place", "a": "agency", "o": "organization", "u": "publisher"}
MARK = re.compile(r"\[([gplaou]):([^\]=]+)(?:=([^\]]+))?\]")


def marked(text, language="en", name="report.txt", date=""):
    """Return (document, names) of a text in which names stand as [g:Name], or [g:Name=the words used]."""
    plain, entities, mentions, at = "", [], [], 0
    for match in MARK.finditer(text):
        plain += text[at : match.start()]
        kind, full, words = match.groups()
        words = words or full
        index = next((i for i, each in enumerate(entities) if each.name == full), len(entities))
        if index == len(entities):
            entities.append(Entity(full, TYPES[kind]))
        mentions.append(Mention(len(plain), len(plain) + len(words), index))
        plain += words
        at = match.end()
    plain += text[at:]
    kept = tuple((each.start(), each.end()) for each in re.finditer(r"\S(?:.|\n(?!\n))*", plain))
    document = Document(name, plain, kept, language, date=date)
    return document, Names(tuple(entities), tuple(mentions))


@cache
def without_model(language):
    """Return a pipeline for words and sentences alone."""
    import spacy

    made = spacy.blank(language)
    made.add_pipe("sentencizer")
    return made


def bare(document):
    """Return the passages of a document with words and sentences alone, as without a model."""
    language = without_model(document.language)
    return [Passage(start, language(text)) for start, text in document.paragraphs()]


def read_sentences(path):
    """Return (language, sentence, relations) of each sentence in a file of sentences."""
    found, language = [], ""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("## "):
            language = line[3:]
        elif line.startswith("> "):
            found[-1][2].append(tuple(part.strip() for part in line[2:].split("|")))
        elif line and not line.startswith("#"):
            found.append((language, line, []))
    return found
