"""Which lines are the report, of texts copied from web pages; all of them made up."""

import pytest

from trasiego.reading.intake.furniture import closes, is_paragraph, kept_lines, lines_of
from trasiego.reading.intake.heading import date_in
from trasiego.reading.intake.lines import unwrapped

BODY = (
    "Soldiers found 300 kilograms of cocaine on a ranch near Villa Supuesta on Friday and "
    "arrested four men, the army said, who are thought to belong to a group called Los Grillos."
)
CUERPO = (
    "El Ejército halló el viernes 300 kilos de cocaína en una finca cerca de Villa Supuesta y detuvo "
    "a cuatro hombres que pertenecerían a un grupo llamado Los Grillos, según un comunicado."
)
COMMENT = (
    "I have lived near that ranch for thirty years and everybody knows that 5 tons went through it "
    "each month, so do not tell me that the army has only found it now."
)


def kept(text):
    return [line.text for line in kept_lines(lines_of(text))]


@pytest.mark.parametrize(
    "end",
    [
        "3 comments:",
        "Comments (12)",
        "Leave a Reply",
        "You can leave a response, or trackback from your own site.",
        "No hay comentarios:",
        "Comentarios",
        "Deja un comentario",
        "Su dirección de correo electrónico no será publicada.",
        "12 Responses to “Soldiers find cocaine”",
        "Was this content helpful?",
    ],
)
def test_nothing_after_the_end_of_an_article_is_kept(end):
    assert kept(f"{BODY}\n\n{CUERPO}\n\n{end}\n\n{COMMENT}\n\n{COMMENT}!\n") == [BODY, CUERPO]


@pytest.mark.parametrize(
    "line",
    [
        "Posted by somebody in Local News",
        "Filed under: Army, Ranches",
        "Etiquetas: ejército, droga",
        "© 2020 The Daily Example",
        "Todos los derechos reservados",
        "About the Author",
        "Next article",
    ],
)
def test_the_foot_of_a_page_ends_an_article_but_the_front_of_a_report_does_not(line):
    assert kept(f"{BODY}\n\n{CUERPO}\n\n{line}\n\n{COMMENT}\n") == [BODY, CUERPO]
    assert kept(f"{BODY}\n\n{line}\n\n{CUERPO}\n\n{COMMENT}\n") == [BODY, CUERPO, COMMENT]


@pytest.mark.parametrize(
    "line",
    [
        "SEE ALSO: Gangs and Ranches: A Special Report",
        "Lea también: La ruta de las fincas",
        "Te puede interesar: Hallan otra finca en la frontera",
        "Sign up for our daily newsletter to get the news first.",
        "Suscríbete a nuestro boletín y recibe las noticias cada mañana.",
        "Únete a nuestro canal de WhatsApp",
        "We want to go on with this work, but in order to do so, we need resources.",
        "Photo: Army of the Republic",
        "El rancho donde se halló la droga. | Foto: Ejército",
        "A soldier guards the ranch. (AP Photo/A. Nobody)",
        "ADVERTISEMENT",
        "PUBLICIDAD",
        "Share",
        "CHILE / 16 NOV 2022",
        "Army Analysis",
        "Los otros hallazgos",
        "¿Quiénes son Los Grillos?",
        "army_ranch_map",
        "[...]",
        "https://example.org/a/b",
        "Home > News > Army",
        "This article was originally published by somebody else and translated.",
        "(This story has not been edited by our staff.)",
        "Reporting by Ana Supuesta; editing by Juan Supuesto.",
        "This website uses cookies to give you the best experience.",
        "Read the article >",
    ],
)
def test_furniture_between_paragraphs_is_left_out(line):
    assert kept(f"{BODY}\n\n{line}\n\n{CUERPO}\n") == [BODY, CUERPO]


@pytest.mark.parametrize(
    "line",
    [
        "Comments by the minister were seen as a threat to the group, which controls the port.",
        "Photographs of the raid show twelve men on the ground.",
        "Related groups, such as Los Zorzales, charge 50 dollars per kilogram.",
        "Más de 30 personas fueron detenidas en la frontera.",
        "Share prices of the firm, which is said to launder money, fell by half.",
        "Join forces with them, he told the rival clan, or leave the valley.",
        "Video cameras at the port recorded the handover of the money.",
        "Los comentarios del ministro molestaron a los fiscales.",
        "“They pay us,” he said.",
        "Nobody was hurt in the raid.",
        "• 12 houses searched and 3 vehicles seized",
        "Subscribers of the local paper, he added, paid $20 each to the gang for peace.",
        "The cocaine was sent by sea - via Honduras.",
    ],
)
def test_a_paragraph_is_not_left_out_for_one_word(line):
    assert is_paragraph(lines_of(line)[0])
    assert kept(f"{BODY}\n\n{line}\n\n{CUERPO}\n") == [BODY, line, CUERPO]


def test_an_article_goes_on_after_a_box_of_others():
    box = "Te puede interesar:\nHallan otra finca\nTres muertos en la capital\n"
    assert kept(f"{BODY}\n{box}{CUERPO}\n") == [BODY, CUERPO]


def test_teasers_after_the_last_paragraph_are_no_report():
    teaser = (
        "The arrest of members of another gang will test whether the prisons of the country can hold them."
    )
    box = f"Related Content\n\nPRISONS / 2 JUN 2022\n\n{teaser}\n\nCOCA / 3 JUN 2022\n\n{teaser} Really."
    text = f"{BODY}\n\n{box}\n"
    assert kept(text) == [BODY]


def test_a_marker_above_the_article_ends_nothing():
    assert kept(f"Comments\n\nShare\n\n{BODY}\n") == [BODY]
    assert kept(f"{BODY}\n\n12 comments\n\n{CUERPO}\n") == [BODY, CUERPO]
    assert closes(lines_of("Comments")[0])


def test_a_stamp_before_the_first_word_is_no_part_of_a_paragraph():
    lines = lines_of(f" date 2020-01-17 {BODY}\n\n{CUERPO}\n")
    assert [each.text for each in lines] == ["date 2020-01-17", BODY, CUERPO]
    assert lines[1].start == 17


def test_captions_that_stand_twice_are_left_out():
    caption = "Drugs seized at the ranch."
    assert kept(f"{caption}\n{caption}\n\n{BODY}\n") == [BODY]


def test_lines_with_a_blank_one_after_each_are_joined():
    text = (
        "Ten years ago the gang was little more than a handful of\n\nmen on a ranch near the border, "
        "and hardly anyone had\n\nheard of them outside the province. "
        "Today they are the\n\nlargest group of the whole coast.\n"
    )
    joined, was_joined = unwrapped(text)
    assert was_joined and len(lines_of(joined)) == 1


def test_lines_of_a_menu_and_whole_paragraphs_are_not_joined():
    text = f"Home\nNews\nArmy\n{BODY}\n{CUERPO}\n{BODY}\n"
    assert unwrapped(text) == (text, False)


@pytest.mark.parametrize(
    ("text", "language", "date"),
    [
        ("PERU / 8 AUG 2012 BY SOMEBODY", "en", "2012-08-08"),
        ("May 3rd, 2014", "en", "2014-05-03"),
        ("12 de mayo de 2020", "es", "2020-05-12"),
        ("Jue, 14 Oct 2021 - 16:42 h", "es", "2021-10-14"),
        ("setiembre 4, 2019", "es", "2019-09-04"),
        ("Updated: 16-05-2022 03:22", "en", "2022-05-16"),
        ("03/04/2020", "es", "2020-04-03"),
        ("03/04/2020", "en", ""),
        ("2020-04-03T10:00", "en", "2020-04-03"),
        ("diciembre de 2017", "es", "2017-12"),
        ("date 2018-08", "es", "2018-08"),
        ("page 2014 of 3", "en", ""),
    ],
)
def test_dates_of_a_head(text, language, date):
    assert date_in(text, language) == date
