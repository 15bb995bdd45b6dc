"""Numbers moved by own claims: what moves, by how much, and what stays as it was."""

from dataclasses import replace

import pytest

from tests.reading.review.sample import candidates
from trasiego.common.faults import Faults
from trasiego.evidence import load_ledger
from trasiego.evidence.own import OwnLedger, whole_ledger
from trasiego.evidence.own.proposals import propose
from trasiego.evidence.own.records import claim_id
from trasiego.scenario import load_scenario, validate
from trasiego.scenario.copying import scenario_text
from trasiego.scenario.weighing import moved_numbers, moved_of, weigh

FEE = "kinds.armed_protector.escort_fee_usd_per_kg"
FIGURE = candidates()[0]
OWN = claim_id(FIGURE)


@pytest.fixture
def ledger(tmp_path):
    """A ledger whose figure is linked to the fee of escort."""
    file = tmp_path / "own.sqlite"
    with OwnLedger(file, create=True) as own:
        own.enter([FIGURE], letter_of=lambda _publisher: "B")
        own.link(OWN, FEE)
    return file


def test_a_linked_claim_moves_its_number_and_no_other(ledger):
    moved, reasons = moved_numbers("vrae-2010", ledger)
    assert [each.path for each in moved] == [FEE] and reasons == {}
    each = moved[0]
    assert each.before == (55.0, 50.0, 60.0)
    assert 55.0 < each.after[0] < 85.0 and each.after[1:] == (50.0, 90.0)
    assert each.claims == (OWN,) and each.cites == ("s039", "r197", "r223", OWN)
    assert sum(each.shares.values()) == pytest.approx(1.0)
    before, after = load_scenario("vrae-2010"), load_scenario("vrae-2010", moved=moved)
    differ = {path for path in before.numbers if before.numbers[path] != after.numbers[path]}
    assert differ == {FEE} and after.hash != before.hash
    assert (after.number(FEE).status, OWN in after.number(FEE).derivation) == ("derived", True)
    assert moved_of(each.to_dict()) == each


def test_settings_and_policies_come_on_top(ledger):
    moved, _reasons = moved_numbers("vrae-2010", ledger)
    laid = load_scenario("vrae-2010", settings=(f"{FEE}.times=2",), moved=moved)
    assert laid.number(FEE).value == 2 * moved[0].after[0]
    assert load_scenario("vrae-2010", settings=(f"{FEE}=40",), moved=moved).number(FEE).value == 40


def test_the_moved_scenario_stands_alone_and_is_the_same(ledger, tmp_path):
    moved, _reasons = moved_numbers("vrae-2010", ledger)
    laid = load_scenario("vrae-2010", moved=moved)
    file = tmp_path / "vrae-2010.toml"
    file.write_text(scenario_text(laid, laid.name), "utf-8")
    assert validate(file) == []
    assert load_scenario(str(file)).hash == laid.hash


def test_a_claim_that_agrees_moves_nothing(tmp_path):
    file = tmp_path / "own.sqlite"
    same = replace(FIGURE, low=None, high=None, value=55.0)
    with OwnLedger(file, create=True) as own:
        own.enter([same])
        own.link(claim_id(same), FEE)
    moved, reasons = moved_numbers("vrae-2010", file)
    assert reasons == {}
    assert [each.after for each in moved] == [(55.0, 50.0, 60.0)]
    assert claim_id(same) in load_scenario("vrae-2010", moved=moved).number(FEE).claims


def test_what_does_not_count_says_why():
    scenario, ledger = load_scenario("vrae-2010"), load_ledger()
    links = {FEE: ["own-0000000000", "f031"], "groups.nobody.members": ["s039"]}
    moved, reasons = weigh(scenario, ledger, links)
    assert moved == []
    assert set(reasons) == {"own-0000000000", "f031"}
    assert reasons["own-0000000000"] == "no such claim"


def test_denied_claims_move_nothing(tmp_path):
    file = tmp_path / "own.sqlite"
    denied = replace(FIGURE, modality="denied")
    with OwnLedger(file, create=True) as own:
        own.enter([denied])
        own.link(claim_id(denied), FEE)
    assert moved_numbers("vrae-2010", file) == ([], {claim_id(denied): "it is denied"})


def test_an_assumption_gives_way_to_claims(tmp_path):
    scenario = load_scenario("northern-route")
    number = next(
        each for each in scenario.numbers.values()
        if each.status == "assumed" and each.unit == "USD/kg" and each.low and each.value > each.low
    )  # fmt: skip
    file = tmp_path / "own.sqlite"
    claim = replace(FIGURE, low=None, high=None, value=number.low, published="2015")
    with OwnLedger(file, create=True) as own:
        own.enter([claim], letter_of=lambda _publisher: "A")
        own.link(claim_id(claim), number.path)
    moved = moved_numbers("northern-route", file)[0][0]
    assert moved.shares["scenario"] < 0.25
    assert moved.after[0] < 0.5 * number.low + 0.5 * number.value


def test_a_moved_number_that_breaks_the_scenario_is_a_fault_that_names_the_ledger(ledger):
    moved = [replace(moved_numbers("vrae-2010", ledger)[0][0], cites=("f999999",))]
    with pytest.raises(Faults) as caught:
        load_scenario("vrae-2010", moved=moved)
    assert caught.value.faults[0].file == "own ledger"


def test_links_are_proposed_for_the_same_measure_place_and_time_only(ledger):
    scenario = load_scenario("vrae-2010")
    whole = whole_ledger(ledger)
    claim = whole.claims[OWN]
    units = {path: number.unit for path, number in scenario.numbers.items()}

    def proposed(**changes):
        found = propose([replace(claim, **changes)], scenario.numbers, units, whole)
        return [(each.number, each.like) for each in found]

    assert proposed() == [(FEE, "s039")]
    assert proposed(what="fee for escort") == [(FEE, "s039")]
    assert proposed(what="retail price") == []
    assert proposed(unit="USD") == [] and proposed(unit="COP") == []
    assert proposed(country="MX", place="") == []
    assert proposed(place="Tijuana") == []
    assert proposed(period="1995") == []
    assert proposed(standing="denied") == []
