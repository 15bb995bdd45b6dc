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


@pytest.mark.parametrize("language", ["en", "es"])
def test_most_are_found_without_a_language_model(language):
    chosen = [each for each in SENTENCES if each[0] == language]
    right = sum(len(found(text, language, bare) & plain(relations)) for _one, text, relations in chosen)
    made = sum(len(found(text, language, bare)) for _one, text, _relations in chosen)
    wanted = sum(len(relations) for _one, _text, relations in chosen)
    assert right >= WITHOUT_MODEL * wanted
    assert right >= WITHOUT_MODEL * made


def test_a_pair_that_has_a_relation_gets_no_second_one_of_its_kind():
    document, names = marked("[p:Mateo Quiroga], leader and founder of [g:Los Faros], runs [g:Los Faros].")
    passages = parse(document)
    relations = find_relations(document, passages, names)
    assert relations
    assert find_pairs(document, passages, names, relations) == []


def test_the_group_means_the_one_that_a_report_is_about():
    text = (
        "[g:Los Faros] took over the docks of the bay in 2019. The police had not expected it, and neither "
        "had the shipping firms that work there every day of the year.\n\n"
        "For two years nobody spoke of it in public, since everybody in the town had something to lose.\n\n"
        "Last spring [g:Los Faros] met the men of [g:Clan Ibarra] and those of [g:La Cumbre]. "
        "[p:Mateo Quiroga] is in charge of the group."
    )
    assert ("leads", "Mateo Quiroga", "Los Faros") in found(text)


def test_joined_verbs_have_one_subject():
    made = found("[g:Los Faros] buy paste, repaint old trucks and levy a toll on gold miners.")
    assert ("charges_fee", "Los Faros", "miners") in made
