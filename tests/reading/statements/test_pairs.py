"""Relations that the close rules miss, and sentences that look like one and are none."""

from pathlib import Path

import pytest

from tests.reading.statements.marked import bare, marked, read_sentences
from trasiego.reading.parsing import parse
from trasiego.reading.statements import find_pairs, find_relations

SENTENCES = read_sentences(Path(__file__).with_name("pairs.txt"))
SYMMETRIC = ("rival_of", "allied_with")
WITHOUT_MODEL = 0.8


def plain(relations):
    return {
        (predicate, *(sorted((one, other)) if predicate in SYMMETRIC else (one, other)))
        for one, predicate, other in relations
    }


def found(text, language="en", read=parse):
    """Return the relations of a marked text, found closely or loosely."""
    document, names = marked(text, language)
    passages = read(document)
    relations = find_relations(document, passages, names)
    pairs = find_pairs(document, passages, names, relations)
    for each in pairs:
        assert document.text[each.start : each.end] == each.quote
        assert each.sentence_start <= each.start < each.end <= each.sentence_start + len(each.sentence)
        assert 0 < each.confidence <= 1
    return plain((each.subject, each.predicate, each.object) for each in [*relations, *pairs])


@pytest.mark.parametrize(("language", "text", "relations"), SENTENCES, ids=[each[1] for each in SENTENCES])
def test_a_sentence_gives_the_relations_that_it_states_and_no_others(language, text, relations):
    assert found(text, language) == plain(relations)
