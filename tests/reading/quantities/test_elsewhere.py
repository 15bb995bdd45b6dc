"""Figures whose unit or noun stands in another clause or sentence, in both languages."""

import pytest

from tests.reading.quantities.test_quantities import figures, pipelines  # noqa: F401

ENGLISH = [
    ("A kilo costs $2,000 in the hills. In the port it sells for $6,000, and in Spain for $30,000.",
     [(2000, "USD/kg"), (6000, "USD/kg"), (30000, "USD/kg")]),
    ("The price per kilogram has doubled. Inland, buyers pay from $10,000 to $14,000.",
     [((10000, 14000), "USD/kg")]),
    ("A pound of heroin brings $20,000.", [(44092.5, "USD/kg")]),
    ("A gram goes for $60. Last year it was worth $80.", [(60, "USD/g"), (80, "USD/g")]),
    ("A kilo of cocaine fetches $35,000. The clan earned $4 million that season.",
     [(35000, "USD/kg"), (4e6, "USD")]),
    ("Growers get $3 for a kilo of leaf.", [(3, "USD/kg")]),
    ("The same kilo that once brought $900 is diluted, and a gram costs $160.",
     [(900, "USD/kg"), (160, "USD/g")]),
    ("At a price of $30,000 a kilo the load was worth $400 million.", [(30000, "USD/kg"), (4e8, "USD")]),
    ("Each field yields 7 kilograms of cocaine per hectare.", [(7, "kg/ha")]),
    ("He shipped a ton a month; later the ring moved one ton every two months.",
     [(1, "t/month"), (0.5, "t/month")]),
    ("Fields covered 33,598 hectares and gave 200 tons of paste a year.", [(33598, "ha"), (200, "t/year")]),
    ("Seizures fell 12 percent to 41 tons.", [(0.12, "share"), (41, "t")]),
    ("Twelve people were arrested. Three others escaped.", [(12, "person"), (3, "person")]),
    ("A judge ordered 17 held until trial; nine went free.", [(17, "person"), (9, "person")]),
    ("Police held 29 people, among them 17 Russian sailors and five Puerto Ricans.",
     [(29, "person"), (17, "person"), (5, "person")]),
    ("The remaining four fled.", [(4, "person")]),
    ("Any official can be named; the archive has files on 123 of them.", [(123, "person")]),
    ("The group has 33 fighters, although others put it at 200.", [(33, "person"), (200, "person")]),
    ("The rebels number 300.", [(300, "person")]),
    ("The gang has swollen from 80 to 350.", [(80, "person"), (350, "person")]),
    ("Its annual income is put at $20 million.", [(20e6, "USD/year")]),
    ("There are 2,500 soldiers, one for every 40 inhabitants.", [(2500, "person")]),
    ("Agents carried out 14 raids.", [(14, "case")]),
    ("One in five shopkeepers pays.", [(0.2, "share")]),
    ("One of the dead was a clerk.", []),
]  # fmt: skip

SPANISH = [
    ("El mismo kilo, ya refinado, se vende en unos 2.700 dólares.", [(2700, "USD/kg")]),
    ("El kilo cuesta 2.000 dólares en la selva. En el puerto se vende a 6.000 dólares.",
     [(2000, "USD/kg"), (6000, "USD/kg")]),
    ("Un kilo vale 900 dólares en el valle; en la costa sube a 1.500 dólares.",
     [(900, "USD/kg"), (1500, "USD/kg")]),
    ("El kilo se paga a 35.000 euros. La banda ganó 4 millones de euros.", [(35000, "EUR/kg"), (4e6, "EUR")]),
    ("Por cada arroba de hoja pagan 90.000 pesos (unos 23 dólares).",
     [(90000, "MXN/arroba"), (23, "USD/arroba")]),
    ("Enviaba una tonelada cada dos meses y cuatro toneladas a la semana después.",
     [(0.5, "t/month"), (4, "t/week")]),
    ("Rinde 6 kilos de cocaína por hectárea.", [(6, "kg/ha")]),
    ("Detuvieron a doce personas; otras tres huyeron.", [(12, "person"), (3, "person")]),
    ("Mataron a 13 personas e hirieron a cuatro.", [(13, "person"), (4, "person")]),
    ("Ocho fueron capturados y dos murieron.", [(8, "person"), (2, "person")]),
    ("Con este caso suman 14 las capturas.", [(14, "person")]),
    ("Cayeron nueve funcionarios: cinco policías y dos de la aduana.",
     [(9, "person"), (5, "person"), (2, "person")]),
    ("Son 26.000 hectáreas más que las 204.000 de antes.", [(26000, "ha"), (204000, "ha")]),
    ("Los desplazados son 4.200.", [(4200, "person")]),
    ("Movía 1.200 kilos mensuales y ganaba 3 millones de lempiras.", [(1200, "kg/month"), (3e6, "HNL")]),
    ("Dos tercios de los 84 municipios tienen coca.", [(0.666666, "share"), (84, "place")]),
    ("Se realizaron 30 allanamientos.", [(30, "case")]),
    ("Asistió a dos actos oficiales del gobierno.", []),
    ("Uno de los muertos era contador.", []),
]  # fmt: skip


@pytest.mark.usefixtures("pipelines")
@pytest.mark.parametrize(("text", "expected"), ENGLISH, ids=[text for text, _found in ENGLISH])
def test_english_figures_by_words_elsewhere(text, expected):
    assert figures(text) == expected


@pytest.mark.usefixtures("pipelines")
@pytest.mark.parametrize(("text", "expected"), SPANISH, ids=[text for text, _found in SPANISH])
def test_spanish_figures_by_words_elsewhere(text, expected):
    assert figures(text, "es") == expected


def test_a_country_does_not_make_few_dollars_pesos():
    assert figures("En Colombia pagan $12 a cada colombiano y 40 pesos colombianos más.", "es")[0] == (
        12,
        "USD",
    )
