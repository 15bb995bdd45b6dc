"""Organisation: fees come in, members are paid, and groups grow and shrink with what they earn."""

import math

import pytest
from tiny_worlds import Broker, Group, Kind, Way, begin, chain, clear

from trasiego.model.schedule import step_organisation, step_valuation
from trasiego.model.state import WAGES

GROUPS = [Group("first", "a", 20.0), Group("second", "b", 20.0), Group("guard", "a", 20.0, "guards")]


def worked(fees=0.0, escort_usd=0.0, lost=0.0, month=0, change=None, **changes):
    """State after a month in which the first group earned these fees."""
    run = begin(chain(**({"groups": GROUPS} | changes)))
    clear(run)
    step_valuation(run, month)  # which lists the offers of the month
    state = run.state
    state.flows.offer_fee_usd[0, 0] = fees
    state.flows.escort_usd[2] = escort_usd
    state.flows.crew_lost[0] = lost
    if change is not None:
        change(state)
    step_organisation(run, month)
    return state


def test_fees_reach_capital_and_members_are_paid_their_reservation():
    state = worked(fees=50_000.0)
    # 20,000 USD at the start; 20 members cost 1,000 USD each
    assert state.groups.capital_usd[0] == 20_000.0 + 50_000.0 - 20_000.0
    assert state.groups.capital_usd[1] == 0.0
    assert state.flows.money_usd[WAGES] == 60_000.0


def test_pay_ends_where_capital_does():
    def poor(state):
        state.groups.capital_usd[:] = 5000.0

    state = worked(change=poor)
    assert state.groups.capital_usd[:3].tolist() == [0.0, 0.0, 0.0]
    assert state.flows.money_usd[WAGES] == 15_000.0


def test_members_draw_what_exceeds_a_year_of_pay():
    state = worked(fees=1e6)
    # a year of pay for 20 members is 240,000 USD
    assert state.groups.capital_usd[0] == 240_000.0


def test_principals_pay_their_own_groups_what_carrying_does_not():
    brokers = [Broker("house", group="second"), Broker("poor", group="first")]

    def funded(state):
        state.broker_capital_usd[:] = [1e6, 4000.0]
        state.groups.capital_usd[:] = [0.0, 5000.0, *[0.0] * 6]

    state = worked(brokers=brokers, change=funded)
    # the second holds 5,000 of the 20,000 due; the first is due 20,000, and gets what there is
    assert state.broker_capital_usd.tolist() == [1e6 - 15_000.0, 0.0]
    assert state.flows.money_usd[WAGES] == 24_000.0


def test_groups_grow_by_the_log_of_income_over_reservation():
    # 40,000 USD less a tenth for bribes: 1,800 a member; smoothed by half from 1,000: 1,400
    state = worked(fees=40_000.0, on=["growth"])
    assert state.groups.income_usd[0] == pytest.approx(1400.0)
    assert state.groups.members[0] == pytest.approx(20.0 * math.exp(0.1 * math.log(1.4)))
    assert state.groups.peak[0] == state.groups.members[0]


def test_groups_without_income_shrink():
    state = worked(on=["growth"])
    # income halves to 500: the log of a half lies just above the lower bound of -0.7
    assert state.groups.members[1] == pytest.approx(20.0 * math.exp(0.1 * math.log(0.5)))
    assert state.groups.peak[1] == 20.0


def test_growth_is_bounded_both_ways():
    assert worked(fees=1e9, on=["growth"]).groups.members[0] == pytest.approx(20.0 * math.exp(0.1))

    def broke(state):
        state.groups.income_usd[:] = 1.0

    assert worked(on=["growth"], change=broke).groups.members[1] == pytest.approx(20.0 * math.exp(-0.07))


def test_crews_lost_are_gone():
    before = worked(fees=20_000.0 / 0.9, on=["growth"]).groups.members[0]
    assert before == pytest.approx(20.0)  # income at the reservation
    assert worked(fees=20_000.0 / 0.9, lost=4.0, on=["growth"]).groups.members[0] == pytest.approx(16.0)
    assert worked(lost=400.0, on=["growth"]).groups.members[0] == 0.0  # and nobody is lost twice


def test_armed_groups_live_of_other_business_beside_escort():
    state = worked(on=["growth"])
    assert state.groups.members[2] == pytest.approx(20.0)
    earning = worked(escort_usd=20_000.0 / 0.9, on=["growth"])
    # reservation from elsewhere and as much again from escort, smoothed by half: 1,500
    assert earning.groups.members[2] == pytest.approx(20.0 * math.exp(0.1 * math.log(1.5)))


def test_members_without_growth_stay_as_they_are():
    assert worked(fees=1e6, lost=5.0).groups.members[:3].tolist() == [20.0] * 3


def two_links(speed, fees):
    run = begin(
        chain(
            ways=[Way("a", "b", "both"), Way("b", "m", "both")],
            groups=[Group("both", "a", 20.0)],
            numbers={"organisation": {"reallocation_per_month": speed}},
            on=["growth"],
        )
    )
    clear(run)
    step_valuation(run, 0)
    run.state.flows.offer_fee_usd[:, 0] = fees
    step_organisation(run, 0)
    return run.state.networks.share[:, 0].tolist()


def test_members_move_to_the_links_that_earn():
    # half each at first; three quarters are earned on the first: a fifth of the gap closes
    assert two_links(0.2, [30_000.0, 10_000.0]) == pytest.approx([0.55, 0.45])
    assert two_links(0.0, [30_000.0, 10_000.0]) == [0.5, 0.5]
    assert two_links(1.0, [30_000.0, 10_000.0]) == pytest.approx([0.75, 0.25])


def test_members_stay_put_where_nothing_is_earned():
    assert two_links(0.5, [0.0, 0.0]) == [0.5, 0.5]


def test_kinds_differ_in_what_they_pay():
    kinds = (Kind("carriers", pay=500.0), Kind("guards", pay=2000.0, moves_loads=False))
    state = worked(kinds=kinds)
    # 20 members at 500 and at 2,000; capital of 20,000 each ends the guards' pay
    assert state.groups.capital_usd[:3].tolist() == [10_000.0, 10_000.0, 0.0]
