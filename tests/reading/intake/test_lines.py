"""Lines cut to the width of a page become paragraphs."""

from trasiego.reading.intake.lines import unwrapped


def test_a_line_that_ends_in_the_middle_is_joined_to_a_name():
    text = (
        "La Policía Nacional capturó el 3 de junio a siete integrantes de Los Cangrejos, banda que opera en\n"
        "Tumbes, según informó en un comunicado la Fiscalía de esa ciudad a los periodistas del puerto.\n"
    )
    assert unwrapped(text)[0].count("\n") == 0
