"""Places of groups and flows between places, in sentences of our own; every group is made up."""

import pytest

from tests.reading.statements.marked import bare, marked
from trasiego.reading.candidate import Candidate
from trasiego.reading.statements.whereabouts import find_whereabouts

COUNTRIES = {"Rosario": "AR", "Limón": "CR", "Tocache": "PE", "Quevedo": "EC", "Zacapa": "GT", "Nariño": "CO"}

SAID = [
    ("en", "[l:El Salvador] has two drug gangs, [g:Los Faros] and [g:Los Remos].", [
        ("Los Faros", "operates_in", "El Salvador"), ("Los Remos", "operates_in", "El Salvador")]),
    ("en", "For years the drug trade in [l:Rosario] belonged to [g:Los Faros].", [
        ("Los Faros", "operates_in", "Rosario")]),
    ("es", "La violencia en [l:Quevedo] es responsabilidad de [g:Los Faros] y [g:Los Remos].", [
        ("Los Faros", "operates_in", "Quevedo"), ("Los Remos", "operates_in", "Quevedo")]),
    ("es", "En [l:Quevedo], [g:Los Faros] cobran por cada viaje.", [("Los Faros", "operates_in", "Quevedo")]),
    ("es", "[g:Los Faros] tienen una fuerte presencia en [l:Zacapa] y [l:Nariño].", [
        ("Los Faros", "operates_in", "Zacapa"), ("Los Faros", "operates_in", "Nariño")]),
    ("es", "La banda acopiaba droga en [l:Tocache].", [("banda", "operates_in", "Tocache")]),
    ("es", "Hubo redadas en [l:Tocache] contra [g:Los Faros].", [("Los Faros", "operates_in", "Tocache")]),
    ("en", "He works for [g:Los Faros], a gang from [l:Zacapa].", [("Los Faros", "based_in", "Zacapa")]),
    ("es", "Trabaja para [g:Los Faros], una banda de [l:Zacapa].", [("Los Faros", "based_in", "Zacapa")]),
    ("es", "[g:Los Faros] compran la droga y la llevan hacia [l:Guatemala].", [
        ("Los Faros", "moves_to", "Guatemala")]),
    ("es", "La red enviaba cocaína a [l:España] y [l:Bélgica].", [
        ("red", "moves_to", "España"), ("red", "moves_to", "Bélgica")]),
    ("es", "La cocaína sale de [l:Perú] y llega a [l:Bolivia], desde donde sigue hacia [l:Brasil].", [
        ("Perú", "supplies", "Bolivia"), ("Bolivia", "supplies", "Brasil")]),
    ("es", "[l:Perú] exporta la mayor parte de su droga a [l:Bolivia].", [("Perú", "supplies", "Bolivia")]),
    ("es", "La droga entra a [l:Paraguay] desde [l:Bolivia].", [("Bolivia", "supplies", "Paraguay")]),
    ("es", "La cocaína que sale de [l:Perú] tiene a [l:Bolivia] como destino.", [
        ("Perú", "supplies", "Bolivia")]),
    ("es", "La cocaína fue elaborada en laboratorios de [l:Colombia] y transportada a [l:México].", [
        ("Colombia", "supplies", "México")]),
]  # fmt: skip

UNSAID = [
    ("en", "[p:Mateo Quiroga] of [g:Los Faros] was arrested in [l:Madrid]."),
    ("es", "Un jefe de [g:Los Faros] fue condenado por un tribunal en [l:Texas]."),
    ("es", "La policía incautó cocaína con destino a [l:España]."),
    ("es", "El acuerdo entre [l:Perú] y [l:Bolivia] contra la droga se firmó en [l:Lima]."),
    ("es", "Un kilo de cocaína cuesta 1.500 dólares en [l:Bolivia] y 10.000 en [l:Brasil]."),
    ("es", "[g:Los Faros] no tienen presencia en [l:Zacapa]."),
    ("es", "La cocaína pasa por [l:Honduras] a través de [l:Guatemala]."),
    ("en", "[g:Los Faros] were discussed at a press conference in [l:Limón] after the killing."),
    ("en", "Cocaine was flown from [l:Peru]."),
]


def found_in(text, language, relations=()):
    """Return (subject, predicate, object) of what is found in a text with marked names."""
    document, names = marked(text, language)
    for each in names.entities:
        each.country = COUNTRIES.get(each.name, "")
    made = find_whereabouts(document, bare(document), names, list(relations))
    assert all(document.text[each.start : each.end] == each.quote for each in made)
    return {(each.subject, each.predicate, each.object) for each in made}


@pytest.mark.parametrize(("language", "text", "wanted"), SAID)
def test_what_a_sentence_says_of_places_is_found(language, text, wanted):
    assert found_in(text, language) == set(wanted)


@pytest.mark.parametrize(("language", "text"), UNSAID)
def test_what_it_does_not_say_is_not(language, text):
    assert found_in(text, language) == set()


def test_a_place_that_is_only_spoken_for_needs_two_sentences():
    once = "[g:Los Faros] fought rivals.\n\nThere was a homicide in [l:Rosario] tied to [g:Los Faros]."
    once = once.replace("tied to", "near a bar of")
    twice = f"{once}\n\nDrug sales of [g:Los Faros] went on in [l:Rosario]."
    wanted = ("Los Faros", "operates_in", "Rosario")
    assert wanted not in found_in(once, "en")
    assert wanted in found_in(twice, "en")


def test_a_flow_between_countries_is_not_laid_on_a_group():
    text = "[g:Los Faros] sell drugs.\n\nMost of the cocaine made in [l:Bolivia] is smuggled to [l:Brazil]."
    assert found_in(text, "en") == {("Bolivia", "supplies", "Brazil")}


def test_nothing_is_said_twice():
    text = "En [l:Quevedo], [g:Los Faros] cobran por cada viaje."
    known = Candidate("relation", "report.txt", "", 0, 0, subject="Los Faros", object="Quevedo")
    for predicate in ("operates_in", "based_in"):
        known.predicate = predicate
        assert found_in(text, "es", [known]) == set()


def test_a_silent_subject_is_the_group_last_spoken_of():
    text = "[g:Los Faros] guardan la cocaína en fincas. La trasladan de noche a [l:Guatemala]."
    assert ("Los Faros", "moves_to", "Guatemala") in found_in(text, "es")
