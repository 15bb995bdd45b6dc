"""Transit: buying, selling, losses on the way, and who is paid what."""

import math

import numpy as np
import pytest
from tiny_worlds import Broker, Group, Kind, Market, Way, Zone, begin, chain, take_steps, tiny_world

from trasiego.model.draws import SEIZURE, binomial, uniforms
from trasiego.model.state import (
    AD_HOC_FEES,
    CONSUMERS,
    ESCORT,
    GROUP_FEES,
    PRODUCERS,
    TOLLS,
    TRANSPORT,
)


def moved(world, seed=1, change=None):
    run = begin(world, seed=seed)
    if change is not None:
        change(run.state)
    return take_steps(run, "transit")


def test_goods_go_from_source_to_market_in_one_month():
    state = moved(chain())
    assert state.flows.zone_made_kg.tolist() == [1000.0]
    assert state.flows.link_kg == pytest.approx([1000.0, 1000.0])
    assert state.flows.arrivals_kg == pytest.approx(np.array([[1000.0]]))
    assert state.stock == pytest.approx(np.zeros((3, 1)))


def test_money_of_a_plain_month():
    state = moved(chain())
    # bought at 1,000, sold at 10,000 USD/kg, nobody on the way is paid
    assert state.flows.money_usd[PRODUCERS] == pytest.approx(1e6)
    assert state.flows.money_usd[CONSUMERS] == pytest.approx(1e7)
    assert state.broker_capital_usd == pytest.approx([9e6])


def test_fees_are_shares_of_the_average_value_on_the_way():
    # value falls from 10,000 to 10,000 e^-0.1 along the way; the mean of that times 0.1 is the whole fall
    state = moved(chain(ways=[Way("a", "b", "first", fee=0.1), Way("b", "m", "second")]))
    by_hand = 1000.0 * 10_000.0 * (1.0 - math.exp(-0.1))
    assert state.flows.money_usd[GROUP_FEES] == pytest.approx(by_hand, rel=1e-9)
    assert state.flows.offer_fee_usd[0, 0] == pytest.approx(by_hand, rel=1e-9)
    assert state.broker_capital_usd[0] == pytest.approx(9e6 - by_hand, rel=1e-9)


def test_outlays_go_to_transport():
    state = moved(chain(ways=[Way("a", "b", "first", cost=40.0), Way("b", "m", "second", cost=60.0)]))
    assert state.flows.money_usd[TRANSPORT] == pytest.approx(1000.0 * 100.0)


def test_ad_hoc_carriers_are_paid_their_own_account():
    world = chain(
        nodes="a m",
        ways=[Way("a", "m", fee=0.1, load_kg=500.0)],
        groups=[],
        numbers={"contracting": {"latent_loads_per_month": 2.0}},
    )
    state = moved(world)
    # twice the fee: the value falls by 1 - e^-0.2
    assert state.flows.money_usd[AD_HOC_FEES] == pytest.approx(1e7 * (1.0 - math.exp(-0.2)), rel=1e-9)
    assert state.flows.money_usd[GROUP_FEES] == 0.0


def test_toll_goes_to_the_holder():
    world = chain(brokers=[Broker("holder"), Broker("guest")], held={"b": "holder"}, on=["takeover"])
    state = moved(world)
    # each moves 500 kg; the guest's value falls by 1 - e^-0.1 where the holder's place is left
    toll = 500.0 * 10_000.0 * (1.0 - math.exp(-0.1))
    assert state.flows.money_usd[TOLLS] == pytest.approx(toll, rel=1e-9)
    assert state.broker_capital_usd == pytest.approx([4.5e6 + toll, 4.5e6 - toll], rel=1e-9)


def test_principals_buy_by_their_share():
    world = chain(brokers=[Broker("large", share=3.0), Broker("small", share=1.0)])
    assert moved(world).flows.arrivals_kg[0] == pytest.approx([750.0, 250.0])


def test_principals_buy_only_in_their_zones_and_while_active():
    world = chain(brokers=[Broker("elsewhere", zones="nowhere"), Broker("late", first=1), Broker("here")])
    assert moved(world).flows.arrivals_kg[0] == pytest.approx([0.0, 0.0, 1000.0])


def test_interest_falls_to_nothing_where_the_price_meets_the_value():
    # value 10,000, price 9,500: (1 - 0.95)/0.1 = half of the room of 10,000 kg is wanted
    state = moved(chain(zones=[Zone("a", price=9500.0, inflow_kg=1000.0)]))
    assert state.flows.zone_demand_kg[0] == pytest.approx(5000.0)
    assert moved(chain(zones=[Zone("a", price=10_000.0, inflow_kg=1000.0)])).flows.zone_made_kg[0] == 0.0


def test_producers_sell_no_more_than_the_price_covers():
    # price 600, costs from 500 to 750: 100/250 of the harvest
    state = moved(chain(zones=[Zone("a", price=600.0, inflow_kg=1000.0)]))
    assert state.flows.zone_made_kg[0] == pytest.approx(400.0)


def lossy(hazard=0.3, stock_kg=1000.0, **way):
    """State after one month of stock that crosses one dangerous way."""
    world = chain(
        nodes="a m",
        ways=[Way("a", "m", "first", hazard=hazard, **way)],
        zones=[],
        groups=[Group("first", "a", 100.0)],
    )

    def waiting(state):
        state.stock[0, 0] = stock_kg

    return moved(world, change=waiting)


def test_loads_are_seized_by_one_draw():
    state = lossy()
    # 1,000 kg in loads of 100 kg; ten loads at 1 - e^-0.3 each, one uniform for link 0, offer 0, principal 0
    draw, _ = uniforms(0, 0, 0, SEIZURE, 1, 0)
    lost = binomial(10, 1.0 - math.exp(-0.3), draw)
    assert state.flows.sent[0, 0] == 10.0
    assert state.flows.lost[0, 0] == lost
    assert state.flows.seized_kg[0] == pytest.approx(100.0 * lost)
    assert state.flows.node_seized_kg[0] == pytest.approx(100.0 * lost)
    assert state.flows.arrivals_kg[0, 0] == pytest.approx(1000.0 - 100.0 * lost)
    assert state.flows.group_lost_kg[0, 0] == pytest.approx(100.0 * lost)
    assert state.flows.crew_lost[0] == lost


def test_crews_are_lost_with_their_loads():
    state = lossy(crew=3.0)
    assert state.flows.lost[0, 0] > 0.0
    assert state.flows.crew_lost[0] == 3.0 * state.flows.lost[0, 0]


def test_share_seized_is_the_probability():
    sent = lost = 0.0
    for seed in range(200):
        world = chain(
            nodes="a m",
            ways=[Way("a", "m", "first", hazard=0.3)],
            zones=[],
            groups=[Group("first", "a", 100.0)],
        )
        run = begin(world, seed=seed)
        run.state.stock[0, 0] = 1000.0
        state = take_steps(run, "transit")
        sent += state.flows.sent[0, 0]
        lost += state.flows.lost[0, 0]
    # 2,000 loads at 1 - e^-0.3 = 0.259: deviation 0.0098
    assert lost / sent == pytest.approx(1.0 - math.exp(-0.3), abs=0.04)


def test_broken_load_counts_as_one():
    assert lossy(stock_kg=130.0, load_kg=50.0).flows.sent[0, 0] == 3.0
    assert lossy(stock_kg=20.0, load_kg=50.0).flows.sent[0, 0] == 1.0


def test_certain_seizure_takes_all_and_none_takes_nothing():
    world = chain(nodes="a m", ways=[Way("a", "m", "first")], zones=[], groups=[Group("first", "a", 100.0)])

    def ambushed(state):
        state.stock[0, 0] = 1000.0
        state.authority.hazard[:] = 60.0

    state = moved(world, change=ambushed)
    assert state.flows.arrivals_kg.sum() == 0.0 and state.flows.seized_kg[0] == pytest.approx(1000.0)
    assert lossy(hazard=0.0).flows.seized_kg[0] == 0.0


def test_large_consignments_are_seen_more_easily():
    """The hazard grows with the size of a consignment over the typical one, to the exponent."""

    def lost(lot_kg, exponent):
        world = chain(
            nodes="a m",
            ways=[Way("a", "m", "first", hazard=0.2, load_kg=1.0)],
            zones=[],
            groups=[Group("first", "a", 100.0)],
            numbers={"interdiction": {"load_size_exponent": exponent}},
        )
        run = begin(world)
        run.state.stock[0, 0] = lot_kg
        return take_steps(run, "transit").flows.lost[0, 0]

    draw, _ = uniforms(0, 0, 0, SEIZURE, 1, 0)
    # 140 kg is one consignment of 1.4 times the typical 100 kg, in 140 loads
    assert lost(140.0, 1.0) == binomial(140, 1.0 - math.exp(-0.2 * 1.4), draw)
    assert lost(140.0, 2.0) == binomial(140, 1.0 - math.exp(-0.2 * 1.4**2), draw)
    assert lost(140.0, 0.0) == binomial(140, 1.0 - math.exp(-0.2), draw)


def guarded(fee=50.0, minimum=0.0, hazard=0.3):
    world = chain(
        nodes="a m",
        ways=[Way("a", "m", "first", hazard=hazard)],
        zones=[],
        groups=[Group("first", "a", 100.0), Group("guard", "a", 50.0, "guards")],
        escort={"a": "guard"},
        on=["escort"],
        kinds=(
            Kind("carriers"),
            Kind("guards", moves_loads=False, escort_fee=fee, escort_minimum=minimum, escort_effect=0.75),
        ),
    )

    def waiting(state):
        state.stock[0, 0] = 1000.0

    return moved(world, change=waiting)


def test_escort_is_paid_and_takes_its_part_of_the_danger_away():
    state = guarded()
    draw, _ = uniforms(0, 0, 0, SEIZURE, 1, 0)
    assert state.flows.escorted_kg[0] == pytest.approx(1000.0)
    assert state.flows.lost[0, 0] == binomial(10, 1.0 - math.exp(-0.3 * 0.25), draw)
    assert state.flows.money_usd[ESCORT] == pytest.approx(50_000.0)
    assert state.flows.escort_usd[1] == pytest.approx(50_000.0)


def test_each_consignment_pays_a_least_price():
    # ten consignments of 100 kg, 5,000 USD each by weight
    assert guarded(minimum=4999.0).flows.money_usd[ESCORT] == pytest.approx(50_000.0)
    assert guarded(minimum=6000.0).flows.money_usd[ESCORT] == pytest.approx(60_000.0)


def test_escort_that_costs_more_than_it_saves_is_left():
    state = guarded(minimum=500_000.0)
    assert state.flows.escorted_kg[0] == 0.0 and state.flows.money_usd[ESCORT] == 0.0


def test_refining_loses_what_does_not_become_hydrochloride():
    world = tiny_world(
        "a:paste a m",
        [Way("a:paste", "a", "clan", ratio=0.4, processing=True), Way("a", "m", "clan")],
        zones=[Zone("a:paste", inflow_kg=1000.0)],
        markets=[Market("m")],
        groups=[Group("clan", "a", 100.0)],
    )
    state = moved(world)
    assert state.flows.link_kg == pytest.approx([1000.0, 400.0])
    assert state.flows.process_loss_kg == pytest.approx([600.0, 0.0, 0.0])
    assert state.flows.arrivals_kg[0, 0] == pytest.approx(400.0)


def test_goods_without_value_ahead_stay_where_they_are():
    def waiting(state):
        state.stock[1, 0] = 70.0
        state.demand.price_usd[:] = 0.0

    state = moved(chain(), change=waiting)
    assert state.stock[1, 0] == 70.0 and state.flows.link_kg.sum() == 0.0
    assert state.flows.zone_made_kg[0] == 0.0


def test_draws_of_runs_and_seeds_differ():
    def seizures(seed, index):
        run = begin(
            chain(ways=[Way("a", "b", "first", hazard=0.3), Way("b", "m", "second", hazard=0.3)]), seed, index
        )
        return tuple(float(take_steps(run, "transit", month).flows.seized_kg.sum()) for month in range(8))

    assert len({seizures(1, 0), seizures(1, 1), seizures(2, 0)}) == 3
    assert seizures(1, 0) == seizures(1, 0)
