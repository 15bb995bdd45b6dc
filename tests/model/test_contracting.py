"""Contracting: capacity, room ahead, fees, and how consignments are handed out."""

import math

import numpy as np
import pytest
from tiny_worlds import Broker, Group, Market, Way, Zone, begin, chain, take_steps, tiny_world


def capacity(world, month=0):
    return take_steps(begin(world), "valuation", month).networks.capacity


def test_capacity_is_the_time_of_members_over_the_time_of_a_kilogram():
    # 100 members, each kilogram takes 0.01 member-months
    assert capacity(chain())[:, 0].tolist() == [10_000.0, 10_000.0]


def test_group_divides_its_members_over_its_links():
    world = chain(
        ways=[Way("a", "b", "both"), Way("b", "m", "both", time_per_kg=0.02)],
        groups=[Group("both", "a", 100.0)],
    )
    assert capacity(world)[:, 0].tolist() == [5000.0, 2500.0]


def test_limit_of_a_link_scales_its_carriers():
    world = chain(ways=[Way("a", "b", "first second", limit=3000.0), Way("b", "m", "second")])
    found = capacity(world)
    # 100 x 1 and 100 x 0.5 members offer 10,000 and 5,000 kg: 3,000 are shared two to one
    assert found[0, :2].tolist() == [2000.0, 1000.0]
    assert found[1, 0] == 5000.0


def test_ad_hoc_carriers_offer_loads_of_the_mode():
    world = chain(numbers={"contracting": {"latent_loads_per_month": 3.0}})
    assert capacity(world)[:, -1].tolist() == [300.0, 300.0]


def test_limit_of_a_link_holds_for_all_who_use_it():
    """The registry: most that one link of the mode can take whatever the groups."""
    world = chain(
        ways=[Way("a", "b", "first", limit=50.0), Way("b", "m", "second")],
        numbers={"contracting": {"latent_loads_per_month": 3.0}},
    )
    assert capacity(world)[0].sum() == pytest.approx(50.0)


def narrow(narrow_kg=400.0, **changes):
    """A wide way, then a narrow one to the market; 1,000 kg come in."""
    parts = {"ways": [Way("a", "b", "first"), Way("b", "m", "second", limit=narrow_kg)]}
    return chain(**(parts | changes))


def test_principals_buy_what_the_narrowest_stretch_ahead_can_carry():
    state = take_steps(begin(narrow()), "transit")
    assert state.flows.zone_made_kg[0] == pytest.approx(400.0, rel=1e-9)
    assert state.flows.link_kg == pytest.approx([400.0, 400.0], rel=1e-9)
    assert state.stock.sum() == pytest.approx(0.0, abs=1e-9)


def test_slack_lets_more_in_than_fits_and_the_rest_waits():
    state = take_steps(begin(narrow(numbers={"contracting": {"bottleneck_slack": 1.5}})), "transit")
    assert state.flows.zone_made_kg[0] == pytest.approx(600.0, rel=1e-9)
    assert state.stock[1, 0] == pytest.approx(200.0, rel=1e-9)


def test_what_waits_ahead_takes_room():
    run = begin(narrow())
    run.state.stock[1, 0] = 300.0
    state = take_steps(run, "transit")
    # 400 kg a month less 300 that wait: room for 100
    assert state.flows.zone_made_kg[0] == pytest.approx(100.0, rel=1e-9)


def test_full_node_still_takes_a_twentieth():
    run = begin(narrow())
    run.state.stock[1, 0] = 5000.0
    state = take_steps(run, "transit")
    assert state.flows.zone_made_kg[0] == pytest.approx(0.05 * 400.0, rel=1e-9)


def test_cover_lets_principals_hold_stock():
    world = chain(
        ways=[Way("a", "b", "first", limit=400.0), Way("b", "m", "second")],
        numbers={"contracting": {"buying_cover": 1.2}},
    )
    state = take_steps(begin(world), "transit")
    assert state.flows.zone_made_kg[0] == pytest.approx(480.0, rel=1e-9)
    assert state.stock[0, 0] == pytest.approx(80.0, rel=1e-9)


def test_markets_that_a_principal_does_not_sell_to_are_no_room():
    world = tiny_world(
        "a u l",
        [Way("a", "u", "up", limit=300.0), Way("a", "l", "down", limit=500.0)],
        zones=[Zone("a", inflow_kg=2000.0)],
        markets=[Market("u"), Market("l")],
        groups=[Group("up", "a", 100.0), Group("down", "a", 100.0)],
        brokers=[Broker("upper", markets="u")],
    )
    state = take_steps(begin(world), "transit")
    assert state.flows.link_kg == pytest.approx([300.0, 0.0], rel=1e-9)


def test_fees_follow_smoothed_utilisation():
    world = chain(numbers={"contracting": {"fee_response": 1.0}}, on=["fees"])
    run = begin(world)
    state = take_steps(run, "transit")
    # 1,000 kg of 10,000: 0.8 + (0.1 - 0.8)/2 = 0.45; e^(0.45 - 0.8)
    assert state.networks.utilisation == pytest.approx([0.45, 0.45], rel=1e-9)
    assert state.networks.fee_factor == pytest.approx([math.exp(-0.35)] * 2, rel=1e-9)


def test_fees_stay_between_half_and_three_times_the_reference():
    steep = {"numbers": {"contracting": {"fee_response": 10.0}}, "on": ["fees"]}
    run = begin(chain(**steep))
    for month in range(6):
        state = take_steps(run, "transit", month)
    assert state.networks.fee_factor.tolist() == [0.5, 0.5]
    run = begin(chain(zones=[Zone("a", inflow_kg=1e6)], **steep))
    run.state.stock[0, 0] = 1e6
    state = take_steps(run, "transit")
    # use counts to at most twice the capacity: 0.8 + (2 - 0.8)/2 = 1.4, and e^6 is cut to 3
    assert state.networks.utilisation[0] == pytest.approx(1.4, rel=1e-9)
    assert state.networks.fee_factor[0] == 3.0


def test_link_that_nobody_can_work_counts_as_full():
    world = chain(ways=[Way("a", "b", "first"), Way("b", "m", "second"), Way("a", "m")])
    state = take_steps(begin(world), "transit")
    assert state.networks.utilisation[1] == pytest.approx(0.8 + (2.0 - 0.8) / 2.0, rel=1e-9)


def two_ways(stock_kg, numbers=None, seed=1, month=0, change=None, **changes):
    """State after a month in which a node's stock has two like ways to one market."""
    parts = {
        "nodes": "a m",
        "ways": [Way("a", "m", "one"), Way("a", "m", "two")],
        "zones": [],
        "groups": [Group("one", "a", 100.0), Group("two", "a", 100.0)],
        "numbers": {"contracting": numbers or {}},
    }
    run = begin(chain(**(parts | changes)), seed=seed)
    run.state.stock[0, :] = stock_kg
    if change is not None:
        change(run.state)
    return take_steps(run, "transit", month)


def test_goods_move_as_whole_consignments():
    # 500 kg in lots of 100 kg over two like offers: two and three
    kg = two_ways(500.0).flows.link_kg
    assert sorted(kg.tolist()) == pytest.approx([200.0, 300.0])


def test_lots_divide_the_stock_without_a_rest():
    # 260 kg: 2.6 rounds to three lots of 86.67 kg; 120 kg is one lot
    kg = two_ways(260.0).flows.link_kg
    assert sorted(kg.tolist()) == pytest.approx([260.0 / 3, 520.0 / 3])
    assert sorted(two_ways(120.0).flows.link_kg.tolist()) == pytest.approx([0.0, 120.0])


def test_one_consignment_takes_either_way_by_the_draw():
    taken = [int(np.argmax(two_ways(100.0, month=month).flows.link_kg)) for month in range(60)]
    # a fair draw: 30, with a deviation of 3.9
    assert 15 <= sum(taken) <= 45


def test_spill_over_goes_where_there_is_room():
    # the narrow way brings 10,000 and the wide one 100 USD/kg: weights 100 and 10,000 x e^-3.96 = 191 kg
    state = two_ways(1000.0, ways=[Way("a", "m", "one", limit=100.0), Way("a", "m", "two", cost=9900.0)])
    assert state.flows.link_kg == pytest.approx([100.0, 900.0], rel=1e-9)
    assert state.flows.desired_kg[0] > 100.0
    assert state.flows.desired_kg.sum() == pytest.approx(1000.0)  # spilled goods are wanted once
    assert state.stock[0, 0] == pytest.approx(0.0, abs=1e-6)


def test_what_finds_no_room_waits():
    state = two_ways(30_000.0)
    assert state.flows.link_kg == pytest.approx([10_000.0, 10_000.0])
    assert state.stock[0, 0] == pytest.approx(10_000.0)


def test_principals_share_scarce_room_in_proportion():
    state = two_ways(
        [9000.0, 3000.0],
        nodes="a m",
        ways=[Way("a", "m", "one", limit=1200.0)],
        brokers=[Broker("large"), Broker("small")],
    )
    assert state.flows.arrivals_kg[0] == pytest.approx([900.0, 300.0], rel=1e-9)


def test_noise_on_partners_makes_chains_ad_hoc():
    """Without noise large stocks are split alike each month; with it the split moves."""
    calm = [two_ways(10_000.0, month=month).flows.link_kg[0] for month in range(12)]
    noisy = [two_ways(10_000.0, {"partner_noise": 1.0}, month=month).flows.link_kg[0] for month in range(12)]
    assert np.std(calm) <= 100.0 < np.std(noisy)


@pytest.mark.parametrize(
    "perceived, lots", [(0.1, 10), (1.0 - 0.9**4, 20), (1.0 - 0.9**0.25, 5), (1.0 - 0.9**40, 40), (0.0, 10)]
)
def test_who_fears_more_losses_sends_smaller_consignments(perceived, lots):
    """Risk four times the usual makes lots half as large, a fourth of it twice; within a quarter and four."""

    def afraid(state):
        state.memory.perceived[:] = perceived

    ways = [Way("a", "m", "one", hazard=-math.log(0.9)), Way("a", "m", "two", hazard=-math.log(0.9))]
    state = two_ways(1000.0, {"lot_risk_response": 0.5}, ways=ways, change=afraid)
    sizes = state.flows.link_kg[state.flows.link_kg > 0.0] / (1000.0 / lots)
    assert sizes == pytest.approx(np.round(sizes), abs=1e-6)
    assert sizes.sum() == pytest.approx(lots)


def test_spread_of_sizes_changes_the_number_of_lots():
    def loads(month):
        state = two_ways(1000.0, {"lot_spread": 0.5}, month=month)
        return state.flows.link_kg.tolist()

    assert len({tuple(loads(month)) for month in range(40)}) > 4
    assert all(sum(loads(month)) == pytest.approx(1000.0) for month in range(12))


def test_trusted_partners_get_more():
    run = begin(
        chain(
            nodes="a m",
            ways=[Way("a", "m", "one"), Way("a", "m", "two")],
            zones=[],
            groups=[Group("one", "a", 100.0), Group("two", "a", 100.0)],
        )
    )
    run.state.stock[0, 0] = 9000.0
    run.state.memory.trust_power[0, 0], run.state.memory.trust_power[1, 0] = 0.2, 0.1
    state = take_steps(run, "transit")
    assert state.flows.link_kg == pytest.approx([6000.0, 3000.0], abs=100.0)
