"""Figures, units, bounds and rates in sentences of both languages, with and without a model."""

import time
from types import SimpleNamespace

import pytest
import spacy

from trasiego.reading import parsing
from trasiego.reading.dates import find_dates
from trasiego.reading.document import Document
from trasiego.reading.mentions import Entity, Mention, Names
from trasiego.reading.quantities import find_quantities

NOBODY = Names((), ())


def document(text, language="en", date="2021-03-02"):
    kept, start = [], 0
    for paragraph in text.split("\n"):
        kept.append((start, start + len(paragraph)))
        start += len(paragraph) + 1
    return Document("report.txt", text, tuple(kept), language, date=date)


def quantities(text, language="en", names=NOBODY):
    report = document(text, language)
    passages = parsing.parse(report)
    return find_quantities(report, passages, names, find_dates(report, passages))


def figures(text, language="en"):
    """Return (value or (low, high), unit) of each quantity."""
    found = quantities(text, language)
    return [(each.value if each.value is not None else (each.low, each.high), each.unit) for each in found]


ENGLISH = [
    ("Seven people were killed and some 200 officers deployed.", [(7, "person"), (200, "person")]),
    ("They moved half a ton of paste and two and a half tons of leaf.", [(0.5, "t"), (2.5, "t")]),
    ("The crew has between 200 and 300 members.", [((200, 300), "person")]),
    ("Cells as small as 10 to 20 people carry the loads.", [((10, 20), "person")]),
    ("Police seized at least 40 kilos of heroin.", [((40, None), "kg")]),
    ("Each boat takes up to 900 kilograms of cocaine.", [((None, 900), "kg")]),
    ("The clan lost Q106 million ($13.7 million) in revenue.", [(106e6, "GTQ"), (13.7e6, "USD")]),
    ("They charge between $50 and $60 per kilo.", [((50, 60), "USD/kg")]),
    ("A kilo of paste sells for $900 in the valley.", [(900, "USD/kg")]),
    ("About 200 tons of cocaine leave the valley each year.", [(200, "t/year")]),
    ("The ring shipped 400 kilos a month.", [(400, "kg/month")]),
    ("More than 80 percent of the drugs go by road.", [((0.8, None), "share")]),
    ("About a third of the coca is grown there.", [(0.333333, "share")]),
    ("Nine out of ten loads of cocaine arrive.", [(0.9, "share")]),
    ("Homicide rates are five times as high as next door.", [(5, "ratio")]),
    ("The rate reached 45 murders per 100,000 inhabitants.", [(45, "1/100000/year")]),
    ("Two dozen gunmen were arrested.", [(24, "person")]),
    ("A caravan of seven four-door pickup trucks left; five of the seven trucks arrived.",
     [(7, "vehicle"), (5, "vehicle")]),
    ("Agents raided 34 houses and seven prison cells.", [(34, "house"), (7, "cell")]),
    ("Murders more than doubled, from 41 in May to 98 in June.", [(41, "homicide"), (98, "homicide")]),
    ("Of 60 people held, of whom 18 were charged.", [(60, "person"), (18, "person")]),
    ("Coca covered 44,100 hectares, up from 32,000 the year before.", [(44100, "ha"), (32000, "ha")]),
    ("The load weighed 26,000 pounds.", [(11793.4, "kg")]),
    ("The 30-member gang hid a two-ton load.", [(30, "person"), (2, "t")]),
    ("The load was worth a third of a million dollars.", [(333333, "USD")]),
    ("A force of 12,000 with 25 officers, seven of them held.",
     [(12000, "person"), (25, "person"), (7, "person")]),
    ("Potential output of cocaine went from 1,120 tons to 1,137 tons in 2019.",
     [(1120, "t/year"), (1137, "t/year")]),
    ("Of the 18,900 hectares of coca, 14,281 were new.", [(18900, "ha"), (14281, "ha")]),
    ("Wholesale, 300 kilograms (660 pounds) of cocaine were seized.", [(300, "kg")]),
]  # fmt: skip

SPANISH = [
    ("Unas 1.300 personas, veintisiete de ellas heridas, huyeron.", [(1300, "person"), (27, "person")]),
    ("Pesó más de cuatro toneladas.", [((4, None), "t")]),
    ("Un peso superior a las tres toneladas.", [((3, None), "t")]),
    ("Pesó cuatro toneladas 931.70 kilogramos; sobraron mil 100 litros.", [(4.9317, "t"), (1100, "l")]),
    ("Incautaron media tonelada de cocaína y una tonelada y media de marihuana.", [(0.5, "t"), (1.5, "t")]),
    ("El cargamento pesaba 2,5 toneladas.", [(2.5, "t")]),
    ("La ayuda sumó US$ 361,5 millones y S/ 500 mil.", [(361.5e6, "USD"), (500e3, "PEN")]),
    ("Perdieron 1,3 mil millones de pesos colombianos.", [(1.3e9, "COP")]),
    ("Cobran entre 50 y 60 dólares por kilo.", [((50, 60), "USD/kg")]),
    ("Llevan de 10 a 20 kilos por semana.", [((10, 20), "kg/week")]),
    ("Al menos 60 policías y hasta 5.000 combatientes.", [((60, None), "person"), ((None, 5000), "person")]),
    ("El kilo de cocaína pasó de 1.800 a 2.400 dólares.", [(1800, "USD/kg"), (2400, "USD/kg")]),
    ("Un kilo cuesta L 150 mil en la capital.", [(150e3, "HNL/kg")]),
    ("Más de dos tercios de la droga sale por mar.", [((0.666666, None), "share")]),
    ("Tres de cada diez cargamentos de cocaína llegan.", [(0.3, "share")]),
    ("Erradicaron 8 mil 500 hectáreas de coca.", [(8500, "ha")]),
    ("Salen 200 toneladas anuales de cocaína.", [(200, "t/year")]),
    ("Medio millón de personas y una veintena de sicarios.", [(500e3, "person"), (20, "person")]),
    ("Hallaron 32 bultos con 1,250 kilos de clorhidrato.", [(32, "package"), (1250, "kg")]),
    ("La tasa llegó a 45 homicidios por cada 100.000 habitantes.", [(45, "1/100000/year")]),
    ("El botín valía 105 mdd.", [(105e6, "USD")]),
]  # fmt: skip

NOTHING = [
    ("en", "In 2010 the 18th Street gang met MS-13 at 10:30 on Route 66, aged 34, with an AR-15."),
    ("en", "Hundreds of millions of dollars and thousands of people pass; call 555-0101."),
    ("en", "One of the two largest ports; one has to eat; it was built within five days by the two groups."),
    ("en", "A 418-foot vessel sailed 50 nautical miles in the second half of the 1990s."),
    ("es", "En 2010 la Mara 18 se reunió en la calle 13 a las 10:30, según la Ley 1908; tiene 51 años."),
    ("en", "According to two officials, his approval rating fell below 15 percent."),
    ("es", "Miles de personas y decenas de casas; la primera mitad del año."),
]


@pytest.fixture(params=["model", "bare"])
def pipelines(request, monkeypatch):
    """Run a test with the models, and without their tags and syntax."""
    if request.param == "bare":

        def bare(language):
            plain = spacy.blank(language)
            plain.add_pipe("sentencizer")
            return plain

        monkeypatch.setattr(parsing, "pipeline", bare)


@pytest.mark.usefixtures("pipelines")
@pytest.mark.parametrize(("text", "expected"), ENGLISH, ids=[text for text, _found in ENGLISH])
def test_english_figures(text, expected):
    assert figures(text) == expected


@pytest.mark.usefixtures("pipelines")
@pytest.mark.parametrize(("text", "expected"), SPANISH, ids=[text for text, _found in SPANISH])
def test_spanish_figures(text, expected):
    assert figures(text, "es") == expected


@pytest.mark.usefixtures("pipelines")
@pytest.mark.parametrize(("language", "text"), NOTHING)
def test_what_is_no_quantity(language, text):
    assert figures(text, language) == []


def test_the_same_thing_told_again_comes_once():
    text = "Police arrested 25 people in the port.\nThe 25 people arrested are in prison."
    assert figures(text) == [(25, "person")]
    apart = "They hid half a ton of paste.\nAgents seized half a ton of drugs."
    assert figures(apart) == [(0.5, "t"), (0.5, "t")]


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Six police officers were arrested in the raid.", "en", ["police officers", "arrested"]),
        ("The gang charges $60 per kilo.", "en", ["fee charged"]),
        ("The paste is worth $400,000 in the valley.", "en", ["value", "paste"]),
        ("Peru grows 49,000 hectares of coca.", "en", ["coca", "cultivated"]),
        ("Cada viaje movía 300 kilos de cocaína.", "es", ["cocaína", "carga"]),
        ("La policía detuvo a ocho sicarios.", "es", ["sicarios", "detenidos"]),
        ("Un kilo de cocaína cuesta 2.000 dólares.", "es", ["cocaína", "precio"]),
    ],
)
def test_what_a_figure_is_about(text, language, words):
    (found,) = quantities(text, language)
    assert all(each in found.what for each in words), found.what


def test_a_candidate_says_where_it_stands():
    text = "Nothing here.\nOn February 11, 2020, police in Tumaco seized an estimated 300 kilos of cocaine."
    at = text.index("Tumaco")
    names = Names((Entity("Tumaco", "place", country="CO"),), (Mention(at, at + 6, 0),))
    (found,) = quantities(text, names=names)
    assert text[found.start : found.end] == found.quote == "an estimated 300 kilos"
    assert text[found.sentence_start :].startswith(found.sentence)
    assert (found.place, found.date, found.modality) == ("Tumaco", "2020-02-11", "estimated")


def test_numbers_inside_names_are_not_read():
    text = "The 5 Families group killed 3 people."
    names = Names((Entity("5 Families", "group"),), (Mention(4, 14, 0),))
    assert [each.value for each in quantities(text, names=names)] == [3]


def test_whose_pesos():
    mexican = "En México decomisaron 20 millones de pesos."
    colombian = "En Colombia decomisaron 20 millones de pesos."
    assert [figures(each, "es")[0][1] for each in (mexican, colombian)] == ["MXN", "COP"]


def test_points_and_commas_follow_the_report():
    assert figures("Incautaron 1.250 toneladas de cocaína.", "es") == [(1250, "t")]
    mexican = "Incautaron 1.250 toneladas de cocaína, 3.5 kilos de opio y 12,000 dosis."
    assert figures(mexican, "es")[0] == (1.25, "t")


HOSTILE = [
    "9" * 1_000_000 + " kilos",
    "1e400 kilos and 1.1.1.1.1.1.1.1 tons",
    "1,000," * 50_000 + " kilos",
    "(" * 100_000 + "3 kilos" + ")" * 100_000,
    "one hundred " * 20_000 + "kilos",
    "between 1 and " * 20_000,
    "$" * 50_000 + "5",
    "5 kilos and " * 5_000,
    "a half " * 20_000,
    "٣ kilos ½ ton \u0000 \ud7ff ５ kilos",
    "mil " * 20_000 + "personas",
    "-" * 100_000 + "5-" * 10_000,
]


class Whole:
    """A paragraph in one sentence, as spaCy would have it, made at once however long it is."""

    def __init__(self, text):
        self.text = text
        self.sents = [SimpleNamespace(end_char=len(text))]

    def has_annotation(self, _name):
        return False


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_absurd_text_is_read_in_time(text, language):
    report = document(text, language)
    passages = [parsing.Passage(0, Whole(text))]
    start = time.process_time()
    found = find_quantities(report, passages, NOBODY, find_dates(report, passages))
    assert time.process_time() - start < 5
    assert all(each.quote for each in found)
