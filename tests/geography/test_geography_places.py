"""Places: enough of them, where they should be, and all that reports, groups and events name."""

import unicodedata
from collections import Counter

import numpy as np
import pytest

from trasiego.scenario.references import known_claims
from trasiego.world.geography import PLACE_KINDS, great_circle_km, load_geography, places_of_countries

NAMED_IN_THE_REPORTS = {
    "report 000": "gt-gualan gt-zacapa gt-izabal gt-chiquimula gt-huehuetenango gt-guatemala",
    "report 001": "sv-san-salvador hn-francisco-morazan gt-guatemala",
    "report 002": "gt-peten gt-guatemala hn-gracias-a-dios mx-mexico-city",
    "report 003": "pe-callao pe-lima co-medellin ec-guayaquil",
    "report 004": "pe-vrae pe-kimbiri pe-desaguadero pe-puno pe-cielo-punku pe-lobo pe-cusco "
    "pe-union-mantaro pe-llochegua pe-puerto-cocos pe-puerto-ene bo-la-paz",
}

# First-level divisions where groups and events of the evidence are reported, by country.
NAMED_BY_GROUPS_AND_EVENTS = {
    "BO": "Beni,Santa Cruz",
    "BR": "Amazonas,Mato Grosso do Sul,Parana,Rio de Janeiro,Sao Paulo",
    "CO": "Antioquia,Arauca,Bolivar,Caqueta,Casanare,Cauca,Choco,Cordoba,Guaviare,Magdalena,Meta,Narino,"
    "Norte de Santander,Putumayo,Sucre,Valle del Cauca,Vichada",
    "CR": "Limon,Puntarenas,San Jose",
    "EC": "Azuay,Cotopaxi,Esmeraldas,Guayas,Manabi",
    "GT": "Alta Verapaz,Chiquimula,El Progreso,Escuintla,Guatemala,Huehuetenango,Izabal,Peten,Quetzaltenango,"
    "Quiche,Retalhuleu,San Marcos,Suchitepequez,Zacapa",
    "HN": "Atlantida,Colon,Copan,Cortes,El Paraiso,Francisco Morazan,Gracias a Dios,Olancho",
    "MX": "Baja California,Baja California Sur,Chiapas,Chihuahua,Coahuila,Colima,Durango,Guanajuato,Guerrero,"
    "Jalisco,Mexico,Michoacan,Morelos,Nayarit,Nuevo Leon,Sinaloa,Sonora,Tabasco,Tamaulipas,Veracruz",
    "NI": "Costa Caribe Norte,Costa Caribe Sur,Rio San Juan,Rivas",
    "PA": "Colon,Darien,Panama,Panama Oeste",
    "PE": "Apurimac,Ayacucho,Callao,Cusco,Huancavelica,Huanuco,Junin,Lima,San Martin,Ucayali",
    "SV": "Chalatenango,La Union,San Miguel,San Salvador,Santa Ana",
    "VE": "Apure,Aragua,Barinas,Bolivar,Carabobo,Falcon,Sucre,Tachira,Zulia",
}

# Well-known positions, in degrees, to a tenth.
KNOWN_POSITIONS = {
    "pe-callao": (-12.05, -77.13),
    "pe-cusco": (-13.53, -71.97),
    "pe-desaguadero": (-16.57, -69.04),
    "bo-la-paz": (-16.50, -68.15),
    "co-buenaventura": (3.88, -77.03),
    "co-bogota": (4.61, -74.08),
    "ec-guayaquil": (-2.19, -79.88),
    "gt-zacapa": (14.97, -89.53),
    "gt-huehuetenango": (15.32, -91.47),
    "hn-gracias-a-dios": (15.26, -83.77),
    "mx-tapachula": (14.90, -92.26),
    "us-south-florida": (25.77, -80.19),
    "be-antwerp": (51.22, 4.40),
}


def plain(text):
    """Return a name without accents, for comparison."""
    return unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode().casefold()


@pytest.fixture(scope="module")
def geography():
    return load_geography()


@pytest.fixture(scope="module")
def by_id(geography):
    return {place.id: place for place in geography.places}


def test_there_are_enough_places_of_every_kind_in_enough_countries(geography):
    kinds = Counter(place.kind for place in geography.places)
    countries = Counter(place.country for place in geography.places)
    told = f"{len(geography.places)} places; kinds {kinds}; countries {countries}"
    assert len(geography.places) >= 200, told
    assert len(countries) >= 20, told
    assert set(kinds) == set(PLACE_KINDS), told


def test_ids_begin_with_the_country_or_a_region(geography):
    regions = {"eu", "mk"}
    odd = [p.id for p in geography.places if p.id[:2] not in regions | {p.country.casefold()}]
    assert not odd, odd


def test_every_country_of_the_table_is_used_and_told_in_two_languages(geography):
    assert set(geography.countries) == {place.country for place in geography.places}
    assert geography.countries["GT"] == "Guatemala"
    assert geography.country_details["BE"].name_es == "Bélgica"
    assert all(row.population_source for row in geography.country_details.values())


@pytest.mark.parametrize("report", sorted(NAMED_IN_THE_REPORTS))
def test_places_that_the_reports_name_are_there(report, by_id):
    missing = [place for place in NAMED_IN_THE_REPORTS[report].split() if place not in by_id]
    assert not missing, missing


@pytest.mark.parametrize("country", sorted(NAMED_BY_GROUPS_AND_EVENTS))
def test_divisions_that_groups_and_events_need_have_a_place(country, geography):
    here = places_of_countries(geography, [country])
    known = {plain(place.admin1_name) for place in here} | {plain(place.name) for place in here}
    wanted = [plain(name) for name in NAMED_BY_GROUPS_AND_EVENTS[country].split(",")]
    missing = [name for name in wanted if not any(name in each for each in known)]
    assert not missing, missing


def test_the_northern_triangle_is_complete(geography):
    found = {
        country: len({p.admin1_code for p in places_of_countries(geography, [country])})
        for country in ("GT", "HN", "SV")
    }
    assert found == {"GT": 22, "HN": 18, "SV": 14}


def test_department_populations_add_up_to_the_census(geography):
    def total(country, word):
        here = places_of_countries(geography, [country])
        return sum(place.population for place in here if place.population and word in place.note)

    assert total("GT", "census 2018") == 14_901_286
    assert total("SV", "census 2007") == 5_744_113


def test_no_two_places_share_a_point_or_a_name(geography):
    points = Counter((place.lat, place.lon) for place in geography.places)
    names = Counter((place.name, place.country) for place in geography.places)
    assert not [key for key, count in (points + names).items() if count > 1]


@pytest.mark.parametrize("place", sorted(KNOWN_POSITIONS))
def test_well_known_positions(place, by_id):
    found = (by_id[place].lat, by_id[place].lon)
    assert found == pytest.approx(KNOWN_POSITIONS[place], abs=0.1)


def test_every_source_of_a_place_or_link_resolves(geography):
    words = {"assumed", "road network", "sea neighbour"}
    claims = known_claims()
    unknown = set()
    for row in (*geography.places, *geography.links):
        for name in row.role_source.split("; "):
            if name not in words and name not in geography.sources and name not in claims:
                unknown.add((row.id, name))
    assert not unknown, unknown


def test_every_source_is_cited(geography):
    cited = {name for row in (*geography.places, *geography.links) for name in row.role_source.split("; ")}
    # Sources of populations and of check distances are cited in the README, not by rows.
    assert set(geography.sources) - cited <= {"geo-44", "geo-45", "geo-46", "geo-47", "geo-52"}


def test_great_circle_of_known_arcs():
    quarter = 2 * np.pi * 6371.0088 / 4
    lat_2, lon_2 = np.array([90.0, 0.0, 0.0]), np.array([0.0, 90.0, 180.0])
    assert great_circle_km(0.0, 0.0, lat_2, lon_2) == pytest.approx([quarter, quarter, 2 * quarter])
    assert great_circle_km(12.5, -70.0, 12.5, -70.0) == 0.0
    # Miami to Bogota, given as 2,425 to 2,440 km.
    assert great_circle_km(25.77, -80.19, 4.61, -74.08) == pytest.approx(2432, abs=15)


def test_places_of_countries_keeps_the_order(geography):
    chosen = places_of_countries(geography, {"SV", "GT"})
    assert {place.country for place in chosen} == {"SV", "GT"}
    assert list(chosen) == [place for place in geography.places if place.country in ("GT", "SV")]
