"""Bribery: who pays whom, and how far police are captured."""

import pytest
from tiny_worlds import Country, Group, Kind, Way, begin, chain, clear

from trasiego.model.schedule import step_bribery
from trasiego.model.state import POLICE


def paid(fees, capture=0.0, escort_usd=0.0, **changes):
    """State after a month of bribes of a share of these fees on the first way."""
    parts = {
        "groups": [
            Group("first", "a", 100.0),
            Group("second", "b", 100.0),
            Group("guard", "a", 50.0, "guards"),
        ],
        "on": ["bribery"],
    }
    run = begin(chain(**(parts | changes)))
    clear(run)
    state = run.state
    state.flows.offer_fee_usd[0, 0] = fees
    state.flows.escort_usd[2] = escort_usd
    state.authority.capture[:] = capture
    step_bribery(run, 0)
    return run


def test_bribes_are_a_share_of_fees_spent_at_both_ends():
    run = paid(200_000.0)
    # a tenth of 200,000 USD, half of it at a and half at b
    assert run.spending.tolist() == [10_000.0, 10_000.0, 0.0]
    assert run.state.flows.money_usd[POLICE] == 20_000.0
    # 100 members began with 1,000 USD each; fees arrive later in the month
    assert run.state.groups.capital_usd[0] == 80_000.0


def test_capture_rises_with_spending_at_a_falling_rate():
    # 10,000 USD is the spending of half speed: 0.4 x (1 - 0.5 integrity) x 1/2
    assert paid(200_000.0).state.authority.capture.tolist() == pytest.approx([0.1, 0.1, 0.0])
    # three times as much: 30/(30 + 10) of the full speed
    assert paid(600_000.0).state.authority.capture[0] == pytest.approx(0.4 * 0.5 * 0.75)


def test_capture_decays_without_spending():
    assert paid(0.0, capture=0.5).state.authority.capture == pytest.approx([0.45] * 3)


def test_capture_slows_as_it_nears_the_whole():
    # 0.8 + 0.1 x (1 - 0.8) - 0.1 x 0.8
    assert paid(200_000.0, capture=0.8).state.authority.capture[0] == pytest.approx(0.74)


def test_capture_stays_a_share():
    strong = {"bribery": {"capture_gain": 5.0, "capture_decay": 0.0}}
    run = paid(1e12, numbers=strong, countries=[Country(integrity=0.0)])
    assert run.state.authority.capture[:2].tolist() == [1.0, 1.0]
    gone = {"bribery": {"capture_decay": 1.0}}
    assert paid(0.0, capture=0.7, numbers=gone).state.authority.capture.tolist() == [0.0] * 3


def test_integrity_resists():
    assert paid(1e9, countries=[Country(integrity=1.0)]).state.authority.capture.tolist() == [0.0] * 3


def test_armed_groups_bribe_at_home_from_their_escort_pay():
    run = paid(0.0, escort_usd=100_000.0)
    assert run.spending.tolist() == [10_000.0, 0.0, 0.0]
    assert run.state.groups.capital_usd[2] == 40_000.0


def test_kinds_that_bribe_nobody_capture_nobody():
    kinds = (Kind("carriers", bribes=0.0), Kind("guards", bribes=0.0))
    run = paid(1e6, kinds=kinds)
    assert run.spending.sum() == 0.0 and run.state.authority.capture.sum() == 0.0


def test_fees_of_ad_hoc_carriers_bribe_nobody():
    run = begin(chain(on=["bribery"]))
    clear(run)
    run.state.flows.offer_fee_usd[:, -1] = 1e6
    step_bribery(run, 0)
    assert run.spending.sum() == 0.0


def test_way_inside_one_place_is_paid_there():
    world = chain(
        nodes="a:paste a m",
        ways=[Way("a:paste", "a", "first", ratio=0.4, processing=True), Way("a", "m", "first")],
        zones=[],
        groups=[Group("first", "a", 100.0)],
        on=["bribery"],
    )
    run = begin(world)
    clear(run)
    run.state.flows.offer_fee_usd[0, 0] = 200_000.0
    step_bribery(run, 0)
    assert run.spending.tolist() == [20_000.0, 0.0]
