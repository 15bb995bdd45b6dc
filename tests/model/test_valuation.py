"""Valuation: what a kilogram is worth where, by hand, and what must not change it."""

import math

import numpy as np
import pytest
from tiny_worlds import Broker, Group, Market, Way, Zone, begin, chain, take_steps, tiny_world

from trasiego.model.valuation import LATENT, NAMED, worth

EXACT = 1e-9


def values(world, change=None):
    """Values [node, principal] of a world's first month, by name of the node."""
    run = begin(world)
    if change is not None:
        change(run.state)
    state = take_steps(run, "valuation")
    return dict(zip(world.names.nodes, state.prices.value.tolist(), strict=True))


def test_market_node_is_worth_its_price_to_those_with_access():
    world = chain(
        markets=[Market("m", price=9000.0)],
        brokers=[Broker("in"), Broker("out", markets="nowhere")],
    )
    assert values(world)["m"] == [9000.0, 0.0]
    assert values(world)["a"] == [9000.0, 0.0]


def test_each_part_of_a_way_takes_its_share():
    # log shares 0.2 rent + 0.1 fee, and a hazard of 0.05, which the principals know: e^-0.35 is kept
    world = chain(ways=[Way("a", "b", "first", rent=0.2, fee=0.1, hazard=0.05), Way("b", "m", "second")])
    found = values(world)
    assert found["b"] == [10_000.0]
    assert found["a"][0] == pytest.approx(10_000.0 * math.exp(-0.35), rel=EXACT)


def test_outlay_without_shares_is_taken_off_whole():
    world = chain(ways=[Way("a", "b", "first", cost=300.0), Way("b", "m", "second", cost=200.0)])
    found = values(world)
    assert found["b"][0] == 9800.0 and found["a"][0] == 9500.0


def test_outlay_on_the_way_is_itself_exposed_to_the_shares():
    # dV = -(a V + c) ds over s in 0..1 with a = 0.5, c = 1000: V(0) = V e^-a - c (1 - e^-a)/a
    kept = math.exp(-0.5)
    by_hand = 10_000.0 * kept - 1000.0 * (1.0 - kept) / 0.5
    world = chain(
        ways=[Way("a", "m", "first", fee=0.5, cost=1000.0)], nodes="a m", groups=[Group("first", "a", 100.0)]
    )
    assert values(world)["a"][0] == pytest.approx(by_hand, rel=EXACT)


def test_refining_makes_a_kilogram_of_paste_worth_its_yield():
    world = tiny_world(
        "a:paste a m",
        [Way("a:paste", "a", "clan", ratio=0.4, cost=100.0, processing=True), Way("a", "m", "clan")],
        zones=[Zone("a:paste", inflow_kg=10.0)],
        markets=[Market("m")],
        groups=[Group("clan", "a", 100.0)],
    )
    assert values(world)["a:paste"][0] == pytest.approx(0.4 * 10_000.0 - 100.0, rel=EXACT)


def fork(upper, lower, **changes):
    """A source with an upper and a lower way to two markets, each worked by its own group of 100."""
    parts = {
        "nodes": "a u l",
        "ways": [Way("a", "u", "up", **upper), Way("a", "l", "down", **lower)],
        "zones": [Zone("a", inflow_kg=1000.0)],
        "markets": [Market("u"), Market("l")],
        "groups": [Group("up", "a", 100.0), Group("down", "a", 100.0)],
    }
    return tiny_world(**(parts | changes))


def test_choice_between_two_ways_is_a_logit_of_value():
    # 10,000 and 9,000: weights 1 and e^((9000 - 10000)/(0.25 x 10000)) = e^-0.4
    lower = math.exp(-0.4)
    by_hand = (10_000.0 + lower * 9000.0) / (1.0 + lower)
    assert values(fork({}, {"cost": 1000.0}))["a"][0] == pytest.approx(by_hand, rel=EXACT)


def test_capacity_weighs_with_the_concavity_of_its_link():
    # 400 members against 100: capacities 4 to 1, with concavity 1/2 weights 2 to 1
    world = fork(
        {},
        {"cost": 1000.0},
        groups=[Group("up", "a", 400.0), Group("down", "a", 100.0)],
        numbers={"valuation": {"link_concavity": 0.5}},
    )
    lower = math.exp(-0.4)
    assert values(world)["a"][0] == pytest.approx(
        (2.0 * 10_000.0 + lower * 9000.0) / (2.0 + lower), rel=EXACT
    )


def test_trust_weighs_with_its_exponent():
    world = fork({}, {"cost": 1000.0}, numbers={"valuation": {"trust_exponent": 2.0}})

    def trusted(state):
        state.memory.trust_power[0, 0] = 0.5**2
        state.memory.trust_power[1, 0] = 1.0

    lower = math.exp(-0.4)
    by_hand = (0.25 * 10_000.0 + lower * 9000.0) / (0.25 + lower)
    assert values(world, trusted)["a"][0] == pytest.approx(by_hand, rel=EXACT)


def test_ways_that_cost_more_than_they_bring_are_not_taken():
    assert values(fork({}, {"cost": 12_000.0}))["a"][0] == 10_000.0
    assert values(fork({"cost": 11_000.0}, {"cost": 12_000.0}))["a"][0] == 0.0


def test_ad_hoc_carriers_ask_a_multiple_of_the_fee():
    world = chain(
        nodes="a m",
        ways=[Way("a", "m", fee=0.1, load_kg=50.0)],
        groups=[],
        numbers={"contracting": {"latent_loads_per_month": 2.0, "latent_fee_factor": 3.0}},
    )
    assert values(world)["a"][0] == pytest.approx(10_000.0 * math.exp(-0.3), rel=EXACT)


def test_named_and_ad_hoc_carriers_of_a_link_share_by_capacity_and_trust():
    world = chain(
        nodes="a m",
        ways=[Way("a", "m", "first", fee=0.1, load_kg=5000.0)],
        groups=[Group("first", "a", 100.0)],
        numbers={"contracting": {"latent_loads_per_month": 2.0, "latent_fee_factor": 3.0}},
    )
    # 10,000 kg each, trust alike; e^-0.1 = 0.904837 and e^-0.3 = 0.740818 of 10,000
    named, latent = 10_000.0 * math.exp(-0.1), 10_000.0 * math.exp(-0.3)
    weight = math.exp((latent - named) / (0.25 * named))
    by_hand = (named + weight * latent) / (1.0 + weight)
    assert values(world)["a"][0] == pytest.approx(by_hand, rel=EXACT)


def test_toll_is_a_share_for_all_but_the_holder():
    world = chain(
        brokers=[Broker("holder"), Broker("guest")],
        held={"a": "holder"},
        on=["takeover"],
    )
    found = values(world)["a"]
    assert found[0] == 10_000.0
    assert found[1] == pytest.approx(10_000.0 * math.exp(-0.1), rel=EXACT)


def escorted(hazard, **changes):
    parts = {
        "ways": [Way("a", "b", "first", hazard=hazard), Way("b", "m", "second")],
        "groups": [
            Group("first", "a", 100.0),
            Group("second", "b", 100.0),
            Group("guard", "a", 50.0, "guards"),
        ],
        "escort": {"a": "guard"},
        "on": ["escort"],
    }
    return chain(**(parts | changes))


def test_escort_is_bought_where_it_saves_more_than_its_fee():
    # hazard 0.2, escort takes three quarters of it away for 50 USD/kg: V e^-0.05 - 50 (1 - e^-0.05)/0.05
    kept = math.exp(-0.05)
    by_hand = 10_000.0 * kept - 50.0 * (1.0 - kept) / 0.05
    assert by_hand > 10_000.0 * math.exp(-0.2)
    assert values(escorted(0.2))["a"][0] == pytest.approx(by_hand, rel=EXACT)


def test_escort_is_not_bought_where_there_is_little_to_fear():
    assert values(escorted(0.001))["a"][0] == pytest.approx(10_000.0 * math.exp(-0.001), rel=EXACT)


def test_escort_is_sold_only_where_its_seller_is():
    found = values(escorted(0.2, escort={"b": "guard"}))["a"][0]
    assert found == pytest.approx(10_000.0 * math.exp(-0.2), rel=EXACT)


@pytest.mark.parametrize("ahead, log_share, cost", [(1e4, 0.3, 100.0), (1e4, 2.0, 0.0), (10.0, 0.01, 5.0)])
def test_average_value_along_a_way_is_the_integral(ahead, log_share, cost):
    steps = np.linspace(0.0, 1.0, 20_001)
    along = ahead * np.exp(-log_share * steps) - cost * (1.0 - np.exp(-log_share * steps)) / log_share
    at_tail, mean = worth(ahead, log_share, math.exp(-log_share), cost)
    assert at_tail == pytest.approx(along[-1], rel=EXACT)
    assert mean == pytest.approx(np.trapezoid(along, steps), rel=1e-7)


def split(parts):
    """A chain whose first way is cut into `parts` by pass-through places, with all that a way can cost."""
    names = ["a", *(f"through-{i}" for i in range(parts - 1)), "b", "m"]
    cost = {"rent": 0.3, "fee": 0.2, "cost": 400.0, "hazard": 0.1}
    pieces = {key: value / parts for key, value in cost.items()}
    ways = [Way(tail, head, "first", **pieces) for tail, head in zip(names[:-2], names[1:-1], strict=True)]
    ways += [Way("b", "m", "second", fee=0.1), Way("a", "m", "direct", fee=0.9)]
    groups = [Group("first", "a", 100.0 * parts), Group("second", "b", 100.0), Group("direct", "a", 50.0)]
    return chain(nodes=" ".join(names), ways=ways, groups=groups)


@pytest.mark.parametrize("parts", [2, 3, 7])
def test_pass_through_place_changes_no_value(parts):
    whole, cut = values(split(1)), values(split(parts))
    for name in whole:
        assert cut[name][0] == pytest.approx(whole[name][0], rel=EXACT)


def test_splitting_an_offer_changes_no_value():
    whole = fork({"fee": 0.1}, {"cost": 1000.0}, numbers={"valuation": {"link_concavity": 0.5}})
    halves = fork(
        {"fee": 0.1},
        {"cost": 1000.0},
        ways=[Way("a", "u", "up too", fee=0.1), Way("a", "l", "down", cost=1000.0)],
        groups=[Group("up", "a", 50.0), Group("down", "a", 100.0), Group("too", "a", 50.0)],
        numbers={"valuation": {"link_concavity": 0.5}},
    )
    assert values(halves)["a"][0] == pytest.approx(values(whole)["a"][0], rel=1e-12)


def test_way_without_carriers_changes_no_value():
    world = fork({"fee": 0.1}, {"cost": 1000.0})
    ways = [Way("a", "u", "up", fee=0.1), Way("a", "l", "down", cost=1000.0), Way("a", "l")]
    assert values(fork({}, {}, ways=ways)) == values(world)


def test_carriers_without_members_change_no_value():
    world = fork({"fee": 0.1}, {"cost": 1000.0})
    ways = [Way("a", "u", "up", fee=0.1), Way("a", "l", "down", cost=1000.0), Way("a", "l", "idle")]
    groups = [Group("up", "a", 100.0), Group("down", "a", 100.0), Group("idle", "a", 0.0)]
    assert values(fork({}, {}, ways=ways, groups=groups)) == values(world)


def test_mirrored_world_has_mirrored_values():
    def mirror(left, right):
        return tiny_world(
            f"a {left} {right} u v",
            [
                Way("a", left, "one", fee=0.1, hazard=0.05),
                Way("a", right, "two", fee=0.2, cost=300.0),
                Way(left, "u" if left == "l" else "v", "one", rent=0.2),
                Way(right, "v" if left == "l" else "u", "two", rent=0.4),
            ],
            zones=[Zone("a", inflow_kg=100.0)],
            markets=[Market("u"), Market("v")],
            groups=[Group("one", "a", 100.0), Group("two", "a", 70.0)],
        )

    assert values(mirror("l", "r"))["a"] == pytest.approx(values(mirror("r", "l"))["a"], rel=1e-12)


def test_weights_of_the_choice_are_kept_for_the_sweep():
    world = fork({}, {"cost": 1000.0})
    state = take_steps(begin(world), "valuation")
    weight = state.prices.weight[:, NAMED, 0]
    assert weight[1] / weight[0] == pytest.approx(math.exp(-0.4), rel=EXACT)
    assert state.prices.utility[:, NAMED, 0].tolist() == [10_000.0, 9000.0]
    assert state.networks.capacity[:, -1].tolist() == [0.0, 0.0]  # no ad hoc carriers
    assert LATENT != NAMED
