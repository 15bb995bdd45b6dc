"""Where a report comes from, as its head tells it."""

import pytest

from tests.reading.intake.test_furniture import BODY, CUERPO
from trasiego.reading.intake.furniture import kept_lines, lines_of
from trasiego.reading.intake.heading import Source, source_of


def source(text, language="en"):
    lines = lines_of(text)
    return source_of(lines, kept_lines(lines), language)


@pytest.mark.parametrize(
    ("head", "language", "found"),
    [
        (
            "HomeNewsSoldiers Find Cocaine on a Ranch\nNEWS\nSoldiers Find Cocaine on a Ranch\n"
            "PERU / 8 AUG 2012 BY ANA SUPUESTA EN",
            "en",
            Source("Soldiers Find Cocaine on a Ranch", "", "Ana Supuesta", "2012-08-08"),
        ),
        (
            "Soldiers Find Cocaine on a Ranch\nBy Ana Supuesta, Reuters\nMay 3, 2014",
            "en",
            Source("Soldiers Find Cocaine on a Ranch", "Reuters", "Ana Supuesta", "2014-05-03"),
        ),
        (
            "Nacional\nHallan droga en una finca de la frontera\nPor: Ana Supuesta | 12 de mayo de 2020",
            "es",
            Source("Hallan droga en una finca de la frontera", "", "Ana Supuesta", "2020-05-12"),
        ),
        (
            "VIDEO | Hallan droga en una finca de la frontera\nEFE | Foto: Ejército\n12.05.2020",
            "es",
            Source("Hallan droga en una finca de la frontera", "EFE", "", "2020-05-12"),
        ),
        (
            "Soldiers Find Cocaine\nBy ANA SUPUESTA and JUAN SUPUESTO JUNE 3, 2016",
            "en",
            Source("Soldiers Find Cocaine", "", "Ana Supuesta and Juan Supuesto", "2016-06-03"),
        ),
        ("*A guest post by Ana Supuesta", "en", Source("", "", "Ana Supuesta", "")),
        (
            "Los que faltan por detener: 30 capos",
            "es",
            Source("Los que faltan por detener: 30 capos", "", "", ""),
        ),
        ("", "en", Source()),
    ],
)
def test_a_head_is_understood(head, language, found):
    assert source(f"{head}\n\n{CUERPO if language == 'es' else BODY}\n", language) == found


def test_an_agency_is_found_before_the_first_sentence():
    assert source(f"Reuters – {BODY}\n").publisher == "Reuters"
    assert source(f"VILLA SUPUESTA (Reuters) - {BODY}\n").publisher == "Reuters"
    found = source(f"Villa Supuesta, 12 de mayo de 2020 (EFE).- {CUERPO}\n", "es")
    assert (found.publisher, found.date) == ("EFE", "2020-05-12")


def test_a_byline_below_the_standfirst_counts():
    found = source(
        f"Soldiers Find Cocaine on a Ranch\n\n{BODY}\n\nReuters | Updated: 16-05-2022\n\n{CUERPO}\n"
    )
    assert (found.publisher, found.date) == ("Reuters", "2022-05-16")


def test_a_house_is_found_in_the_furniture():
    assert source(f"{BODY}\n\nInSight Crime Analysis\n\n{CUERPO}\n").publisher == "InSight Crime"
    assert source(f"{BODY} The paper El Tiempo said so.\n").publisher == ""


def test_who_posted_is_found_below_the_text():
    assert source(f"{BODY}\n\nPosted by asupuesta in Army\n\nGreat post.\n").author == "asupuesta"
