"""Relations in sentences of both languages, and across the sentences of a report."""

from pathlib import Path

import pytest

from tests.reading.statements.marked import bare, marked, read_sentences
from trasiego.reading.parsing import parse
from trasiego.reading.statements import find_relations

SENTENCES = read_sentences(Path(__file__).with_name("sentences.txt"))
SYMMETRIC = ("rival_of", "allied_with")
FOUND_WITHOUT_MODEL = {"en": 0.85, "es": 0.98}


def plain(relations):
    """Return relations as a set, those that go both ways in one order."""
    return {
        (predicate, *(sorted((one, other)) if predicate in SYMMETRIC else (one, other)))
        for one, predicate, other in relations
    }


def found(text, language="en", read=parse):
    """Return the relations of a marked text."""
    document, names = marked(text, language)
    candidates = find_relations(document, read(document), names)
    for each in candidates:
        assert document.text[each.start : each.end] == each.quote
        assert each.sentence_start <= each.start < each.end <= each.sentence_start + len(each.sentence)
        assert 0 < each.confidence <= 1
    return plain((each.subject, each.predicate, each.object) for each in candidates)


@pytest.mark.parametrize(("language", "text", "relations"), SENTENCES, ids=[each[1] for each in SENTENCES])
def test_a_sentence_gives_the_relations_that_it_states_and_no_others(language, text, relations):
    assert found(text, language) == plain(relations)


@pytest.mark.parametrize("language", ["en", "es"])
def test_most_are_found_without_a_language_model(language):
    right = made = wanted = 0
    for _language, text, relations in (each for each in SENTENCES if each[0] == language):
        got = found(text, language, bare)
        right += len(got & plain(relations))
        made += len(got)
        wanted += len(relations)
    assert right >= FOUND_WITHOUT_MODEL[language] * wanted
    assert right >= FOUND_WITHOUT_MODEL[language] * made


def test_the_group_is_the_one_last_spoken_of():
    text = "[g:Los Faros] grew fast. The group operates in [l:Tumaco]. They have bribed police officers."
    assert found(text) == plain(
        [("Los Faros", "operates_in", "Tumaco"), ("Los Faros", "bribes", "police officers")]
    )
    text = "[g:Los Faros] crecieron rápido. La banda opera en [l:Tumaco]."
    assert found(text, "es") == plain([("Los Faros", "operates_in", "Tumaco")])


def test_both_groups_are_the_two_last_named():
    text = "[g:Los Faros] y [g:Las Garzas] crecieron. Ambos grupos se disputan el puerto."
    assert found(text, "es") == plain([("Los Faros", "rival_of", "Las Garzas")])


def test_a_pronoun_that_may_stand_for_two_parties_stands_for_none():
    text = "The police fear [g:Los Faros], [g:the Herons] and [g:the Owls]. They control [l:Tumaco]."
    assert ("controls", "the Owls", "Tumaco") not in found(text)
    assert ("controls", "Los Faros", "Tumaco") not in found(text)


def test_a_group_without_a_name_goes_by_its_noun():
    text = "Police broke up a drug trafficking ring. The gang moved cocaine from [l:Peru] to [l:Chile]."
    assert found(text) == plain([("drug trafficking ring", "moves_to", "Chile")])


def test_the_region_around_a_seat_is_where_a_group_operates():
    text = "[g:Los Faros], based in [l:Gualán], a town in the department of [l:Zacapa], have grown."
    assert found(text) == plain([("Los Faros", "based_in", "Gualán"), ("Los Faros", "operates_in", "Zacapa")])


def test_a_relation_is_given_once_and_gains_by_being_said_again():
    once, names = marked("[g:Los Faros] control smuggling routes.")
    twice, more = marked(
        "[g:Los Faros] control smuggling routes. Officials say [g:Los Faros] control the smuggling routes."
    )
    (first,) = find_relations(once, parse(once), names)
    (again,) = find_relations(twice, parse(twice), more)
    assert again.confidence > first.confidence


def test_the_fuller_of_two_wordings_is_kept():
    text = "[g:Los Faros] bribed officers. [g:Los Faros] bribed police officers in [l:Cali]."
    assert found(text) == plain([("Los Faros", "bribes", "police officers")])


def test_a_text_without_names_gives_nothing_and_does_not_fail():
    assert found("Nothing of the sort. No, never! (Perhaps.)") == set()
    assert found("", "es") == set()


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("La lideraba [p:Mateo Quiroga] desde joven.", ("Mateo Quiroga", "leads", "Los Faros")),
        ("[p:Mateo Quiroga] tomó el mando después.", ("Mateo Quiroga", "leads", "Los Faros")),
        ("Quedó al frente [p:Mateo Quiroga].", ("Mateo Quiroga", "leads", "Los Faros")),
        ("Cayeron dos de sus hombres: [p:Mateo Quiroga].", ("Mateo Quiroga", "member_of", "Los Faros")),
        ("A los comerciantes se les exige dinero.", ("Los Faros", "charges_fee", "comerciantes")),
        ("[p:Mateo Quiroga], cofundador del grupo, huyó.", ("Mateo Quiroga", "leads", "Los Faros")),
    ],
)
def test_spanish_turns_mean_the_group_last_spoken_of(text, relation):
    assert found(f"[g:Los Faros] crecieron rápido. {text}", "es") == plain([relation])


def test_the_group_that_a_report_names_most_is_meant_rather_than_one_named_in_passing():
    text = (
        "[g:Los Faros] nacieron en un barrio. [g:Los Faros] crecieron. [g:Los Faros] son fuertes.\n\n"
        "Rivales hay: [g:Los Tordos], [g:Los Tordos]. "
        "La policía vio al [g:Cartel Azul] y al [g:Cartel Azul].\n\nLa banda opera en [l:Tumaco]."
    )
    assert ("operates_in", "Los Faros", "Tumaco") in found(text, "es")
