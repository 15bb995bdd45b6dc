"""Products and ways of transport of a candidate come from its sentence, the nearest first."""

import pytest

from trasiego.evidence.vocabulary import MODES, PRODUCTS
from trasiego.reading.candidate import Candidate
from trasiego.reading.goods import _patterns, add_goods

CASES = (
    (
        "Police seized 3 tons of coca paste in a truck and 80 kilos of cocaine in a canoe.",
        "3 tons",
        "paste",
        "truck",
    ),
    (
        "Police seized 3 tons of coca paste in a truck and 80 kilos of cocaine in a canoe.",
        "80 kilos",
        "cocaine",
        "river_boat",
    ),
    (
        "Incautaron 200 kilos de pasta básica de cocaína en dos avionetas.",
        "200 kilos",
        "base",
        "light_aircraft",
    ),
    ("Unas 12 mochilas de mochileros llevaban 90 kilos de clorhidrato.", "90 kilos", "hydrochloride", "foot"),
    ("The court sentenced 12 men.", "12 men", "", ""),
)


@pytest.mark.parametrize(("sentence", "quote", "product", "mode"), CASES)
def test_the_nearest_goods_of_the_sentence_count(sentence, quote, product, mode):
    start = 100 + sentence.index(quote)
    candidate = Candidate(
        "quantity", "a.txt", quote, start, start + len(quote), sentence=sentence, sentence_start=100
    )
    add_goods([candidate])
    assert (candidate.product, candidate.mode) == (product, mode)


def test_names_and_relations_without_goods_have_none():
    leads = Candidate(
        "relation", "a.txt", "A leads B", 0, 9, predicate="leads", sentence="A leads B, a cocaine ring."
    )
    moves = Candidate(
        "relation", "a.txt", "A sends", 0, 7, predicate="moves_to", sentence="A sends cocaine to B."
    )
    add_goods([leads, moves])
    assert (leads.product, moves.product) == ("", "cocaine")


def test_ways_of_transport_are_those_of_the_ledger_and_products_too_as_far_as_it_has_them():
    assert set(_patterns()["mode"]) <= set(MODES)
    assert {"paste", "base", "hydrochloride", "cocaine", "dry leaf"} <= set(_patterns()["product"]) & set(
        PRODUCTS
    )
