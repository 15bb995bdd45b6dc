"""Whatever the text is, reading it neither fails nor takes long."""

import random
import time
from pathlib import Path

import pytest

from tests.reading.statements.marked import TYPES, bare
from trasiego.reading.document import Document
from trasiego.reading.mentions import Entity, Mention, Names
from trasiego.reading.parsing import parse
from trasiego.reading.statements import attribute, find_events, find_relations

SENTENCES = Path(__file__).with_name("sentences.txt").read_text("utf-8")
WORDS = SENTENCES.replace("[", " ").replace("]", " ").split()
SIGNS = [*[""] * 3, *",.;()“”—?", " -- ", "'s", "\n\n", " que ", " of ", " y "]
SECONDS = 5.0


def jumbled(chance, length):
    """Return (document, names) of words and signs thrown together, some of them taken for names."""
    text = "".join(chance.choice(WORDS) + chance.choice(SIGNS) + " " for _ in range(length))
    entities = tuple(Entity(f"Name {i}", chance.choice(list(TYPES.values()))) for i in range(12))
    mentions, at = [], 0
    while True:
        start = at + chance.randrange(1, 60)
        at = start + chance.randrange(1, 25)
        if at >= len(text):
            break
        mentions.append(Mention(start, at, chance.randrange(12)))
    language = chance.choice(["en", "es", ""])
    cuts = sorted({0, len(text), *(chance.randrange(len(text)) for _ in range(3))})
    kept = tuple(zip(cuts[:-1], cuts[1:], strict=True))
    return Document("any.txt", text, kept, language), Names(entities, tuple(mentions))


def check(seed, read, length=120):
    """Read one jumbled text with all that statements offer."""
    document, names = jumbled(random.Random(seed), length)
    passages = read(document) if document.language or read is parse else parse(document)
    begun = time.perf_counter()
    found = find_relations(document, passages, names) + find_events(document, passages, names, [], [])
    attribute(document, passages, names, found)
    assert time.perf_counter() - begun < SECONDS
    for each in found:
        assert document.text[each.start : each.end] == each.quote


@pytest.mark.parametrize("read", [parse, bare])
def test_jumbled_words_are_read(read):
    for seed in range(25):
        check(seed, read)


@pytest.mark.slow
@pytest.mark.parametrize("read", [parse, bare])
def test_many_jumbled_words_are_read(read):
    for seed in range(100, 700):
        check(seed, read)


def test_a_sentence_without_an_end_is_read_in_time():
    check(7, parse, length=3000)
    check(8, bare, length=3000)
