"""Finding and searching claims: filters, accents, order, plain data."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trasiego.evidence import load_ledger
from trasiego.evidence.ledger import fold

LEDGER = load_ledger()
CLAIMS = list(LEDGER.claims.values())


def ids(claims):
    return [claim.id for claim in claims]


def test_no_filter_gives_every_claim_in_order():
    assert LEDGER.find() == CLAIMS


def test_filters_hold_all_at_once():
    found = LEDGER.find(kind="quantity", country="GT", what="wholesale price", unit="USD/kg", year=2021)
    assert "s006" in ids(found)
    assert all(claim.country == "GT" and claim.unit == "USD/kg" for claim in found)


def test_parts_of_places_and_names_match_without_accents_and_case():
    assert ids(LEDGER.find(place="gualan")) == ids(LEDGER.find(place="GUALÁN")) != []
    assert ids(LEDGER.find(subject="beltran leyva", kind="group")) == ["g044"]


def test_closed_words_match_whole():
    assert LEDGER.find(product="paste")
    assert all(claim.product == "paste" for claim in LEDGER.find(product="paste"))
    assert LEDGER.find(product="past") == []


def test_a_year_matches_every_period_that_covers_it():
    assert "s011" in ids(LEDGER.find(year=2010, what="aid allocated"))
    assert "f589" in ids(LEDGER.find(year=2020, country="MX", what="homicides"))
    assert LEDGER.find(year=1900) == [claim for claim in CLAIMS if claim.period.startswith("../")]


def test_grades_by_letter_number_both_or_better():
    for grade in ("A", "3", "B2", "b2"):
        found = LEDGER.find(grade=grade)
        assert found
        assert all(grade.upper() in claim.grade for claim in found)
    good = LEDGER.find(grade_at_least="B2")
    assert {claim.grade for claim in good} == {"A2", "B1", "B2"}
    assert {claim.grade[0] for claim in LEDGER.find(grade_at_least="C")} == {"A", "B", "C"}
    assert ids(LEDGER.find(grade_at_least="F6")) == ids(CLAIMS)


def test_relations_are_found_by_their_three_parts():
    found = LEDGER.find(predicate="hires", object="vraem armed group")
    assert [(claim.subject, claim.source_id) for claim in found] == [("VRAEM clans", "report-004")]


def test_an_unknown_filter_is_refused():
    with pytest.raises(TypeError):
        LEDGER.find(colour="red")


def test_search_wants_every_word_and_ignores_accents():
    found = LEDGER.search("Desaguadero convoy")
    assert found
    assert all("desaguadero" in fold(json.dumps(claim.to_dict(), ensure_ascii=False)) for claim in found)
    assert ids(LEDGER.search("chamale")) == ids(LEDGER.search("Chamalé")) != []
    assert LEDGER.search("desaguadero zyzzyva") == []
    assert LEDGER.search("  ") == []


def test_search_puts_names_before_notes():
    assert LEDGER.search("los pelones")[0].subject == "Los Pelones"
    assert LEDGER.search("escort fee")[0].what == "escort fee"


def test_search_reads_sources_and_ids_too():
    assert ids(LEDGER.search("s039")) == ["s039"]
    assert "s001" in ids(LEDGER.search("minor players arrests"))


def test_text_filter_keeps_the_order_of_the_search():
    found = LEDGER.search("convoy")
    assert LEDGER.find(text="convoy", kind="quantity") == [
        claim for claim in found if claim.kind == "quantity"
    ]


def test_every_record_is_plain_data():
    for record in (*CLAIMS, *LEDGER.sources.values(), *LEDGER.contradictions(), *LEDGER.left_out):
        again = json.loads(json.dumps(record.to_dict()))
        assert again == record.to_dict()
    for dimensions in LEDGER.measures.values():
        for measure in dimensions.values():
            assert json.loads(json.dumps(measure.to_dict()))["what"] == measure.what


def test_the_ledger_cannot_be_changed_by_who_asks():
    with pytest.raises(TypeError):
        LEDGER.claims["f001"] = None
    with pytest.raises(AttributeError):
        LEDGER.claims["f001"].value = 1.0


def test_unknown_ids_come_with_the_nearest():
    found = LEDGER.unknown(["f001", "f0011", "nothing-like-it"])
    assert found == {"f0011": "f001", "nothing-like-it": None}


def test_bounds_of_a_figure():
    claims = LEDGER.claims
    infinity = float("inf")
    assert claims["s006"].bounds() == (13500, 13500)
    assert claims["s039"].bounds() == (50, 60)
    assert claims["s030"].bounds() == (-infinity, 150)
    assert claims["s020"].bounds() == (12, infinity)
    assert claims["s007"].bounds() == (100e6, infinity)
    assert claims["e001"].bounds() is None
    for claim in CLAIMS:
        bounds = claim.bounds()
        assert bounds is None or bounds[0] <= bounds[1]


@given(st.text())
def test_folding_is_done_once_and_for_all(text):
    assert fold(fold(text)) == fold(text)
    assert fold(text.upper()) == fold(text.upper().lower())


@given(st.sampled_from(CLAIMS), st.integers(1970, 2030))
def test_a_claim_is_found_by_its_own_words_and_years(claim, year):
    assert claim in LEDGER.find(
        kind=claim.kind, topic=claim.topic, source=claim.source_id, standing=claim.standing, grade=claim.grade
    )
    years = claim.years()
    covered = years is not None and years[0] <= year <= years[1]
    assert (claim in LEDGER.find(year=year)) == covered
