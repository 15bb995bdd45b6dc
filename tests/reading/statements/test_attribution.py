"""Who says what a report claims, and under what reservation."""

import pytest

from tests.reading.statements.marked import bare, marked
from trasiego.reading.candidate import Candidate
from trasiego.reading.parsing import parse
from trasiego.reading.statements import attribute, find_relations


def attributed(text, words, language="en", kind="quantity", read=parse, **fields):
    """Return (attribution, modality) of a candidate whose quotation is `words`."""
    document, names = marked(text, language)
    start = document.text.index(words)
    candidate = Candidate(kind, document.name, words, start, start + len(words), **fields)
    attribute(document, read(document), names, [candidate])
    return candidate.attribution, candidate.modality


SOURCES = [
    ("en", "The gang moved 40 kilos, according to [p:Mateo Quiroga].", "Mateo Quiroga"),
    ("en", "[p:Mateo Quiroga] said the gang moved 40 kilos.", "Mateo Quiroga"),
    ("en", "The gang moved 40 kilos, [o:El Diario] reported.", "El Diario"),
    ("en", "The gang moved 40 kilos, reported [o:El Diario].", "El Diario"),
    ("en", "[p:Mateo Quiroga] spoke on Monday. He said that the gang moved 40 kilos.", "Mateo Quiroga"),
    ("en", "According to local farmers, the gang moved 40 kilos.", "local farmers"),
    ("en", "The gang moved 40 kilos.", ""),
    ("es", "La banda movió 40 kilos, según [p:Mateo Quiroga].", "Mateo Quiroga"),
    ("es", "[p:Mateo Quiroga] dijo que la banda movió 40 kilos.", "Mateo Quiroga"),
    ("es", "La banda movió 40 kilos, informó [o:El Diario].", "El Diario"),
    ("es", "De acuerdo con la [a:Fiscalía], la banda movió 40 kilos.", "Fiscalía"),
    ("es", "La banda movió 40 kilos.", ""),
]


@pytest.mark.parametrize(("language", "text", "source"), SOURCES)
def test_the_source_is_found(language, text, source):
    assert attributed(text, "40 kilos", language)[0] == source


@pytest.mark.parametrize(("text", "source"), [each[1:] for each in SOURCES if each[0] == "es"])
def test_the_source_is_found_without_a_language_model(text, source):
    assert attributed(text, "40 kilos", "es", read=bare)[0] == source


def test_a_quotation_belongs_to_who_is_quoted():
    text = "“They come at night. They take some 40 kilos every week,” [p:Mateo Quiroga] told [o:El Diario]."
    assert attributed(text, "40 kilos")[0] == "Mateo Quiroga"


MODALITIES = [
    ("en", "The gang allegedly moved 40 kilos.", "alleged"),
    ("en", "The gang is accused of moving 40 kilos.", "alleged"),
    ("en", "Officials estimate that the gang moved 40 kilos.", "estimated"),
    ("en", "He was convicted of moving 40 kilos.", "convicted"),
    ("en", "He denied having moved 40 kilos.", "denied"),
    ("en", "The gang moved 40 kilos.", "stated"),
    ("es", "La banda presuntamente movió 40 kilos.", "alleged"),
    ("es", "La banda habría movido 40 kilos.", "alleged"),
    ("es", "Se calcula que la banda movió 40 kilos.", "estimated"),
    ("es", "Fue condenado por mover 40 kilos.", "convicted"),
    ("es", "Negó haber movido 40 kilos.", "denied"),
    ("es", "La banda movió 40 kilos.", "stated"),
]


@pytest.mark.parametrize(("language", "text", "modality"), MODALITIES)
def test_the_reservation_is_kept(language, text, modality):
    assert attributed(text, "40 kilos", language)[1] == modality


def test_a_reservation_belongs_to_its_own_clause():
    text = "He is accused of fraud, but the gang moved 40 kilos."
    assert attributed(text, "40 kilos")[1] == "stated"


def test_a_relation_has_the_reservation_of_its_own_verb():
    document, names = marked(
        "[p:Mateo Quiroga], who runs [g:Los Faros], allegedly works for the [g:Azul Cartel]."
    )
    found = find_relations(document, parse(document), names)
    attribute(document, parse(document), names, found)
    assert {each.predicate: each.modality for each in found} == {"leads": "stated", "works_for": "alleged"}


def test_persons_and_groups_carry_what_is_said_of_them():
    text = "Police arrested the alleged leader of [g:Los Faros], [p:Mateo Quiroga], in [l:Cali]."
    assert attributed(text, "Mateo Quiroga", kind="entity", type="person") == ("", "alleged")
    assert attributed(text, "Cali", kind="entity", type="place") == ("", "stated")
    text = "Agents raided a suspected cocaine-smuggling group, known as “[g:Los Faros],” in [l:Cali]."
    assert attributed(text, "Los Faros", kind="entity", type="group")[1] == "suspected"


def test_a_reservation_set_before_is_never_weakened():
    text = "The gang moved 40 kilos."
    assert attributed(text, "40 kilos", modality="alleged")[1] == "alleged"
