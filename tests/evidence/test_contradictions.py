"""The rule that finds contradictions, and those that we know of."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trasiego.evidence import load_ledger
from trasiego.evidence.contradictions import TOLERANCE, by_rule, gap_between, subject_of_figure, widest

LEDGER = load_ledger()
PRICE = LEDGER.claims["s006"]


def price(name, **changes):
    return replace(PRICE, id=name, **changes)


def test_two_figures_apart_contradict_each_other():
    found = by_rule([price("a", value=100.0), price("b", value=80.0)])
    assert [(each.claims, each.found_by) for each in found] == [(("a", "b"), "rule")]
    assert found[0].gap == pytest.approx(0.2)


def test_rounding_is_no_contradiction():
    assert by_rule([price("a", value=100.0), price("b", value=100 * (1 - TOLERANCE))]) == []
    assert by_rule([price("a", value=100.0), price("b", value=100 * (1 - 1.01 * TOLERANCE))])


@pytest.mark.parametrize(
    "change",
    [
        {"what": "retail price"},
        {"place": "Honduras"},
        {"country": "HN"},
        {"period": "2020"},
        {"product": "paste"},
        {"mode": "truck"},
        {"subject": "Los Pelones"},
        {"group_kind": "gang"},
        {"unit": "GTQ/kg"},
        {"period": ""},
    ],
)
def test_figures_about_different_things_do_not_contradict_each_other(change):
    assert by_rule([price("a", value=100.0), price("b", value=50.0, **change)]) == []


def test_undated_figures_are_not_compared():
    assert by_rule([price("a", value=100.0, period=""), price("b", value=50.0, period="")]) == []


def test_ranges_that_meet_do_not_contradict_each_other():
    wide = price("a", value=None, low=90.0, high=120.0)
    assert by_rule([wide, price("b", value=100.0)]) == []
    assert by_rule([wide, price("b", value=None, low=120.0, high=130.0)]) == []
    assert by_rule([wide, price("b", value=150.0, low=150.0)])
    assert by_rule([wide, price("b", value=100.0, low=100.0)]) == []
    assert by_rule([wide, price("b", value=80.0, high=80.0)])
    assert by_rule([price("a", value=80.0, high=80.0), price("b", value=90.0, low=90.0)])


def test_units_of_one_dimension_are_compared():
    grams = price("b", value=0.1, unit="USD/g")
    assert by_rule([price("a", value=100.0), grams]) == []
    assert by_rule([price("a", value=130.0), grams])


def test_a_third_claim_that_agrees_with_both_sides_stays_out():
    middle = price("c", value=None, low=70.0, high=110.0)
    found = by_rule([price("a", value=100.0), middle, price("b", value=80.0)])
    assert [each.claims for each in found] == [("a", "b")]


numbers = st.floats(1, 1e6)


@given(numbers, numbers, numbers, numbers)
def test_the_gap_is_the_same_from_both_sides(a, b, c, d):
    one = price("a", value=None, low=min(a, b), high=max(a, b))
    other = price("b", value=None, low=min(c, d), high=max(c, d))
    gap = gap_between(one, other)
    assert gap == gap_between(other, one)
    assert 0 <= gap < 1
    assert (gap == 0) == (max(one.low, other.low) <= min(one.high, other.high))


@given(numbers, numbers, st.sampled_from([("t/year", "kg/year", 1000), ("t", "kg", 1000)]))
def test_the_gap_does_not_depend_on_the_unit(a, b, units):
    large, small, factor = units
    one, other = price("a", value=a, unit=large), price("b", value=b, unit=large)
    converted = price("b", value=b * factor, unit=small)
    assert gap_between(one, converted) == pytest.approx(gap_between(one, other), abs=1e-9)


def test_the_disagreements_that_we_know_of_are_listed():
    groups = [set(each.claims) for each in LEDGER.contradictions()]
    for known in (
        {"f015", "f022"},  # Peru 2020, Peruvian and US counts
        {"f072", "f076"},  # Colombia 2020, UN and US counts
        {"f008", "f009"},  # Peru 2011, before and after revision
        {"f081", "f088"},  # Colombia 2017, before and after revision
        {"f380", "s013"},  # disbursement of aid
        {"f378", "s011"},  # aid allocated
        {"f484", "f573", "f703"},  # homicide in Honduras 2011
        {"f297", "f298", "f692"},  # Costa Rica 2012
        {"f248", "f249", "f250"},  # flights to Honduras
        {"s029", "s044"},  # price in the valley
    ):
        assert any(known <= group for group in groups), known


def test_the_two_accounts_of_callao_stand_side_by_side():
    claims = LEDGER.claims
    pairs = [
        {claims[name].predicate for name in each.claims}
        for each in LEDGER.contradictions()
        if all(claims[name].source_id == "report-003" for name in each.claims)
    ]
    assert {"rival_of", "works_for"} in pairs


def test_those_by_rule_come_first_and_those_by_hand_say_why():
    found = LEDGER.contradictions()
    kinds = [each.found_by for each in found]
    assert kinds == sorted(kinds, reverse=True)
    assert kinds.count("rule") >= 25
    assert kinds.count("hand") >= 20
    for each in found:
        assert len(each.claims) >= 2
        if each.found_by == "hand":
            assert len(each.reason) > 30
            assert each.gap is None
        else:
            assert each.gap > TOLERANCE
            assert len({subject_of_figure(LEDGER.claims[name]) for name in each.claims}) == 1


def test_asking_for_one_claim_gives_its_contradictions():
    assert all("f072" in each.claims for each in LEDGER.contradictions_of("f072"))
    assert LEDGER.contradictions_of("f072")
    assert LEDGER.contradictions_of("g001") == []


def test_widest_first():
    gaps = [each.gap for each in widest(LEDGER.contradictions()) if each.gap is not None]
    assert gaps == sorted(gaps, reverse=True)
