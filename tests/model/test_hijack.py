"""Hijack: rivals rob loads on the ground and sell them to another principal."""

import math

import pytest
from tiny_worlds import Broker, Group, Kind, Way, begin, chain, run_months, take_steps

from trasiego.model.draws import SEIZURE, binomial, uniforms
from trasiego.model.state import ESCORT, HIJACK

RIVALS = [Group("first", "a", 60.0), Group("second", "b", 100.0), Group("rival", "a", 20.0)]
TWO = [Broker("one"), Broker("two", share=1e-9)]


def robbed(change=None, on=("hijack",), hazard=1.0, **changes):
    """State after the sweep: 1,000 kg of one wait at a, ten loads of 100 kg go 100 km past a rival."""
    parts = {
        "zones": [],
        "groups": RIVALS,
        "brokers": TWO,
        "on": on,
        "numbers": {"hijack": {"hazard_per_1000_km": 10.0 * hazard}},
    }
    run = begin(chain(**(parts | changes)))
    run.state.stock[0, 0] = 1000.0
    if change is not None:
        change(run.state)
    return take_steps(run, "transit")


def lost_loads(hazard):
    _seized, draw = uniforms(0, 0, 0, SEIZURE, 1, 0)
    return binomial(10, 1.0 - math.exp(-hazard), draw)


def test_rivals_rob_in_proportion_to_their_part_of_the_members():
    # 20 of the 80 members at home at a are not the carrier's own; 100 km at 10 a 1000 km
    state = robbed()
    assert lost_loads(0.25) > 0
    assert state.flows.hijacked_loads.tolist() == [lost_loads(0.25), 0.0]
    assert state.flows.hijacked_kg[0] == pytest.approx(100.0 * lost_loads(0.25))


def test_robbed_goods_go_to_another_principal_who_pays_the_robbers():
    state = robbed(hazard=1e6)
    assert state.flows.hijacked_kg[0] == pytest.approx(1000.0)
    # all of it comes to b, where a kilogram is worth 10,000 USD, and is sold on from there
    assert state.flows.arrivals_kg[0].tolist() == pytest.approx([0.0, 1000.0])
    assert state.flows.hijack_usd.tolist()[:3] == pytest.approx([0.0, 0.0, 0.5 * 10_000.0 * 1000.0])
    assert state.flows.money_usd[HIJACK] == pytest.approx(5e6)
    assert state.flows.broker_cash_usd == pytest.approx([0.0, 1e7 - 5e6])
    assert state.flows.seized_kg.sum() == 0.0


def test_owner_buys_back_where_nobody_else_could_sell():
    state = robbed(hazard=1e6, brokers=[Broker("one")])
    assert state.flows.arrivals_kg[0].tolist() == pytest.approx([1000.0])
    assert state.flows.broker_cash_usd == pytest.approx([1e7 - 5e6])


def test_losses_count_against_the_carrier_and_the_way():
    state = robbed(hazard=1e6)
    assert state.flows.lost[0].tolist() == [10.0, 0.0]
    assert state.flows.group_lost_kg[0].tolist() == pytest.approx([1000.0, 0.0])
    assert state.flows.crew_lost.sum() == 0.0  # robbers take goods, not prisoners


def test_largest_group_but_the_carrier_robs():
    groups = [
        Group("first", "a", 60.0),
        Group("second", "b"),
        Group("small", "a", 5.0),
        Group("big", "a", 9.0),
    ]
    assert robbed(hazard=1e6, groups=groups).flows.hijack_usd[[2, 3]].tolist() == pytest.approx([0.0, 5e6])
    greatest = [Group("first", "a", 60.0), Group("second", "b"), Group("huge", "a", 500.0)]
    assert robbed(hazard=1e6, groups=greatest).flows.hijack_usd[2] == pytest.approx(5e6)


def test_nobody_robs_where_all_are_the_carrier():
    alone = [Group("first", "a", 60.0), Group("second", "b", 100.0)]
    assert robbed(hazard=1e6, groups=alone).flows.hijacked_loads.sum() == 0.0


def test_holder_of_a_place_is_left_alone():
    assert robbed(hazard=1e6, held={"a": "one"}).flows.hijacked_loads.sum() == 0.0
    assert robbed(hazard=1e6, held={"a": "two"}).flows.hijacked_loads[0] == 10.0


@pytest.mark.parametrize("domain", [2, 3, 4])
def test_nobody_robs_at_sea_in_the_air_or_in_a_port(domain):
    ways = [Way("a", "b", "first", domain=domain), Way("b", "m", "second")]
    assert robbed(hazard=1e6, ways=ways).flows.hijacked_loads.sum() == 0.0


def test_nobody_robs_where_it_is_off():
    assert robbed(hazard=1e6, on=()).flows.hijacked_loads.sum() == 0.0


def test_escort_keeps_robbers_away():
    kinds = (Kind("carriers"), Kind("guards", moves_loads=False, escort_fee=1.0, escort_effect=0.75))

    def afraid(state):
        state.memory.perceived[0] = 0.2

    changes = {"groups": [RIVALS[0], RIVALS[1], Group("guard", "a", 20.0, "guards")], "kinds": kinds}
    state = robbed(afraid, ("hijack", "escort"), escort={"a": "guard"}, **changes)
    assert state.flows.escorted_kg[0] == pytest.approx(1000.0)
    assert state.flows.money_usd[ESCORT] == pytest.approx(1000.0)
    assert state.flows.hijacked_loads[0] == lost_loads(0.25 * 0.25)


def test_robbers_keep_what_they_got():
    numbers = {"hijack": {"hazard_per_1000_km": 1e6}, "organisation": {"capital_usd_per_member": 0.0}}
    run = begin(chain(groups=RIVALS, brokers=TWO, on=("hijack",), numbers=numbers))
    state = run_months(run, 1)
    assert state.flows.hijack_usd[2] > 0.0
    # 20 members are paid 1,000 USD each; a surplus over a year's pay is drawn by them
    kept = min(state.flows.hijack_usd[2] - 20_000.0, 12.0 * 20_000.0)
    assert state.groups.capital_usd[2] == pytest.approx(kept)
