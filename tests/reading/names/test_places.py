"""Places: what a name can mean, what it means here, and localities that no list knows."""

import pytest

from trasiego.reading.names.gazetteer import gazetteer

BOTH = pytest.mark.parametrize("model", [True, False], ids=["model", "no model"])


@pytest.mark.parametrize(
    ("name", "country", "kind"),
    [
        ("Estados Unidos", "US", "country"),
        ("EE.UU.", "US", "country"),
        ("Países Bajos", "NL", "country"),
        ("Amberes", "BE", "market_entry"),
        ("tri-border area", "AR|BR|PY", "region"),
        ("Medellin", "CO", "hub_city"),
    ],
)
def test_names_of_both_languages(name, country, kind):
    first = gazetteer().readings(name)[0]
    assert (first.country, first.kind) == (country, kind)


def test_a_name_has_all_its_readings():
    countries = {place.country for place in gazetteer().readings("San Francisco")}
    assert {"PE", "CO", "AR", "US"} <= countries
    assert gazetteer().readings("Nowhere at all") == []


def test_what_stands_beside_a_name_decides(entity):
    assert entity("They drove to Desaguadero, in Puno.", "Desaguadero").country == "PE"
    assert entity("They drove to San Fernando, Trinidad and Tobago.", "San Fernando").country == "TT"


def test_the_report_decides_where_nothing_stands_beside(entity):
    peru = "Peru grows more coca. Peruvian police in Peru watch the road to Santa Rosa."
    brazil = "Brazil buys it. Brazilian police in Brazil watch the road to Santa Rosa."
    assert entity(peru, "Santa Rosa").country == "PE"
    assert entity(brazil, "Santa Rosa").country == "BR"
    assert len(entity(peru, "Santa Rosa").choices) > 1
    assert entity(peru, "Santa Rosa").choices[0].endswith(", PE")


def test_the_shipped_map_gives_its_identifier(entity):
    assert entity("The load left Gualán for Huehuetenango in Guatemala.", "Gualán").place_id == "gt-gualan"


def test_localities_by_their_surroundings(found):
    text = (
        "Trucks entered Qorpa Mayu after passing through Yanatile Bajo. The porters were "
        "recruited in Puerto Umari and "
        "Wachi. He lives in the village of Tinkuy."
    )
    names = {name for type, name in found(text) if type == "place"}
    assert {"Qorpa Mayu", "Yanatile Bajo", "Puerto Umari", "Wachi", "Tinkuy"} <= names


def test_a_place_line_at_the_start_of_a_paragraph(found):
    names = found(
        "Qorpa Mayu, Llochegua. A party of porters gets ready, with food for three days on the road."
    )
    assert {("place", "Qorpa Mayu"), ("place", "Llochegua")} <= names


@BOTH
def test_lists_of_municipalities(found, model):
    text = "Hubo capturas en los municipios de Tolú, Lorica y San Antero, y en Soledad, Atlántico."
    names = {name for type, name in found(text, "es", model) if type == "place"}
    assert names == {"Tolú", "Lorica", "San Antero", "Soledad", "Atlántico"}


def test_a_person_is_no_town(found):
    names = found("Elmer Medina fled. Medina was seen in Lima. Police also want Rosa “Caracol” Salas.")
    assert {name for type, name in names if type == "place"} == {"Lima"}


def test_letters_of_a_country_name_it_or_describe(found):
    assert ("place", "US") in found("The drug reached the US in boats.")
    assert ("place", "US") not in found("The case of US prosecutors failed.")


def test_hyphens_part_places(found):
    assert {("place", "Peru"), ("place", "Brazil")} <= found("Planes fly the Peru-Brazil route.")


def test_a_sea_that_only_describes_is_left_out(found):
    assert found("It was kept on the Pacific coast.") == set()
    assert ("place", "Pacific") in found("Boats crossed the Pacific.")
