"""Each mechanism of the reference program, on published inputs and on networks reckoned by hand."""

from dataclasses import replace

import numpy as np
import pytest
from small_networks import DEGREE_KM, line, two_sides

from validation.narcologic.choice import kept, salience_values, shares
from validation.narcologic.interdiction import (
    chosen_edges,
    learned,
    least_capacity,
    next_capacity,
    opening_probability,
)
from validation.narcologic.network import CARIBBEAN, NEITHER, PACIFIC, build
from validation.narcologic.parameters import Parameters
from validation.narcologic.prices import bribes_usd, initial_costs, price_field, supply_kg
from validation.narcologic.risk import (
    initial_risk,
    memory_weights,
    next_cost,
    next_premium,
    perceived_risk,
    risk_ratio,
)
from validation.narcologic.routes import UNUSED, Routes, adjust, opening_routes, owners

PUBLISHED = Parameters()


def array(*values):
    return np.array(values, dtype=np.float64)


# Rows 1 to 4: risk, premium, supply


@pytest.mark.parametrize(
    ("events", "risk"),
    [
        (0, 0.129032),
        (1, 0.193548),
        (2, 0.258065),
        (4, 0.387097),
        (5, 0.451613),
        (8, 0.645161),
        (13, 0.967742),
    ],
)
def test_row_1_risk_after_so_many_events(events, risk):
    memory = np.zeros((13, 1), dtype=bool)
    memory[:events] = True
    assert perceived_risk(memory, PUBLISHED)[0] == pytest.approx(risk, abs=1e-6)


def test_row_2_the_premium_starts_at_five_events():
    memory = np.zeros((13, 3), dtype=bool)
    for column, events in enumerate((4, 5, 13)):
        memory[:events, column] = True
    risk = perceived_risk(memory, PUBLISHED)
    assert risk_ratio(risk, PUBLISHED)[1:] == pytest.approx([1.10305, 5.06503], abs=1e-3)
    premium = next_premium(np.ones(3), risk, PUBLISHED)
    assert premium[0] == 1.0
    assert premium[1] == pytest.approx(1 + 0.3558 * 0.10305, abs=1e-4)


def test_row_3_initial_risk():
    assert initial_risk(PUBLISHED) == pytest.approx(0.0740741, abs=1e-6)


def test_row_4_supply_grows_in_whole_years():
    published = [
        200, 422.553, 890.775, 1869.09, 3884.14, 7914.75, 15524.6, 28442.1, 46860.0, 67510.5, 85258.2,
        97346.7, 104334.6, 107996.5, 109817.2,
    ]  # fmt: skip
    assert [supply_kg(12 * year, PUBLISHED) for year in range(15)] == pytest.approx(published, rel=1e-5)
    assert supply_kg(11, PUBLISHED) == supply_kg(1, PUBLISHED) == pytest.approx(200.0)
    assert supply_kg(23, PUBLISHED) == supply_kg(12, PUBLISHED)


def test_as_published_the_newest_month_weighs_least_and_mended_the_most():
    short = replace(PUBLISHED, memory_months=2, memory_weight=0.5)
    mended = replace(short, mend_discount=True)
    assert list(memory_weights(short)) == [1.0, 0.5]
    assert list(memory_weights(mended)) == [0.5, 1.0]
    newest = np.array([[False], [True]])
    assert perceived_risk(newest, short)[0] == pytest.approx((0.5 + 2) / (1.5 + 2.5))
    assert perceived_risk(newest, mended)[0] == pytest.approx((1.0 + 2) / (1.5 + 2.5))


def test_with_weight_one_the_mended_discount_changes_nothing():
    events = np.random.default_rng(1).random((13, 50)) < 0.3
    mended = replace(PUBLISHED, mend_discount=True)
    assert (perceived_risk(events, PUBLISHED) == perceived_risk(events, mended)).all()


def test_the_ratchet_keeps_a_rise_for_good_and_mended_the_cost_comes_back():
    first, mended = array(100.0), replace(PUBLISHED, mend_ratchet=True)
    ratchet = mend = first
    for premium in (1.5, 2.0, 1.0):
        ratchet = next_cost(ratchet, first, array(premium), PUBLISHED)
        mend = next_cost(mend, first, array(premium), mended)
    assert ratchet[0] == pytest.approx(300.0)
    assert mend[0] == pytest.approx(100.0)


# Prices and costs


def test_prices_are_the_mean_over_senders():
    network = line(2, extra=[(1, 2)])
    step = 4.46 * DEGREE_KM
    first = 4500 + step
    assert price_field(network, PUBLISHED) == pytest.approx(
        [4500, first, 4500 + 2 * step, 4500 + 3 * step], rel=1e-9
    )
    detour = build([0, 1, 0, 1], [0, 0, 1, 1], [NEITHER, 0, 0, NEITHER], [*network_edges(network)])
    price = price_field(detour, PUBLISHED)
    lengths = dict(zip(zip(detour.tail, detour.head, strict=True), detour.distance_km, strict=True))
    by_hand = np.mean([4500 + 4.46 * lengths[0, 2], price[1] + 4.46 * lengths[1, 2]])
    assert price[2] == pytest.approx(by_hand, rel=1e-12)


def network_edges(network):
    return zip(network.tail.tolist(), network.head.tolist(), strict=True)


def test_costs_by_land_air_and_sea():
    far = line(9)
    edges = {pair: place for place, pair in enumerate(network_edges(far))}
    cost = initial_costs(far, PUBLISHED)
    assert cost[edges[0, 1]] == pytest.approx(371 / 10)
    assert cost[edges[0, 4]] == pytest.approx(371 * 4 / 10)
    assert cost[edges[0, 5]] == pytest.approx(3486 * 5 / 10)
    wet = line(9, coast_km=[5.0, 5.0, *[30.0] * 7, 5.0, 30.0])
    cost = initial_costs(wet, PUBLISHED)
    assert cost[edges[0, 1]] == pytest.approx(160 / 10)
    assert cost[edges[0, 9]] == pytest.approx(160 * 9 / 10)
    assert cost[edges[0, 2]] == pytest.approx(371 * 2 / 10)


def test_bribes_are_a_share_of_the_margin_on_what_arrives():
    assert bribes_usd(array(10, 5), array(4, 5), array(100, 100), PUBLISHED) == pytest.approx([180, 0])


# Rows 7 and 8: choice of way

COST, RISK = array(100, 200, 400), array(0.129032, 0.258065, 0.516129)


@pytest.mark.parametrize(
    ("delta", "values", "order"),
    [
        (1.0, (82096.8, 175483.75, 197741.95), (2, 1, 0)),
        (0.5, (88103.463, 137435.745, 123617.034), (1, 2, 0)),
        (0.35, (90070.4333, 115389.25, 91176.4814), (1, 2, 0)),
    ],
)
def test_row_7_salience_values(delta, values, order):
    found = salience_values(COST, RISK, array(2000, 5000, 9000), 50.0, delta)
    assert found == pytest.approx(values, rel=1e-6)
    assert tuple(np.argsort(-found)) == order


def test_row_8_a_way_that_loses_is_dropped():
    found = salience_values(COST, RISK, array(300, 300, 300), 50.0, 0.5)
    assert found == pytest.approx([8965.51945, 2777.77299, -10217.3909], rel=1e-6)
    assert list(kept(found, RISK, np.zeros(3, dtype=np.int64))) == [True, True, False]


def test_a_trafficker_without_a_paying_way_takes_the_least_risky():
    values, risk = array(5.0, -1.0, -2.0, 4.0), array(0.1, 0.4, 0.3, 0.2)
    assert list(kept(values, risk, np.array([0, 1, 1, NEITHER]))) == [True, False, True, True]
    assert list(kept(-np.abs(values), risk, np.array([NEITHER] * 4))) == [True, False, False, False]


def test_shares_go_by_value_or_by_safety():
    assert shares(array(1, 3), array(0.5, 0.9)) == pytest.approx([0.25, 0.75])
    assert shares(array(-1, 3), array(0.5, 0.9)) == pytest.approx([5 / 6, 1 / 6])


# The agent


def test_the_agent_goes_back_to_last_months_successes_then_to_the_likeliest():
    probability = array(0.9, 0.1, 0.8, 0.2, 0.7, 0.85, 0.3, 0.4)
    last = array(0, 5, 0, 9, 0, 0, 1, 0)
    assert list(np.flatnonzero(chosen_edges(probability, last, 2, True, PUBLISHED))) == [1, 3]
    assert list(np.flatnonzero(chosen_edges(probability, last, 5, True, PUBLISHED))) == [0, 1, 3, 5, 6]
    nothing = np.zeros(8)
    before = chosen_edges(probability, nothing, 8, False, PUBLISHED)
    after = chosen_edges(probability, nothing, 8, True, PUBLISHED)
    assert (before.sum(), after.sum()) == (2, 4), "above the upper quarter, then above the middle"


def test_the_agent_learns_where_it_looked_only():
    moved = learned(array(0.5, 0.5, 0.5), np.array([True, True, False]), array(3, 0, 0), PUBLISHED)
    assert moved == pytest.approx([0.4 * 0.5 + 0.6, 0.4 * 0.5, 0.5])


def test_capacity_falls_when_the_target_is_missed_and_rises_when_it_is_passed():
    assert least_capacity(PUBLISHED) == 21
    assert next_capacity(60, 0.0, 200.0, PUBLISHED) == 24
    assert next_capacity(21, 0.0, 200.0, PUBLISHED) == 21
    assert next_capacity(30, 2 * 0.3417 * 100, 100.0, PUBLISHED) == 48
    assert next_capacity(120, 100.0, 100.0, PUBLISHED) == 125


def test_the_first_guess_is_highest_far_north_and_leaves_the_end_to_distance_alone():
    network = line(3)
    guess = dict(zip(network_edges(network), opening_probability(network), strict=True))
    assert guess[0, 3] > guess[0, 2] > guess[0, 1]
    assert guess[0, 4] == pytest.approx(0.2)
    assert guess[3, 4] == pytest.approx(0.05)
    seen = dict(zip(network_edges(network), opening_probability(network, end_in_sight=True), strict=True))
    assert seen[0, 4] == pytest.approx(0.4)
    assert seen[3, 4] == pytest.approx(0.25)


# Routes


def test_edges_between_the_traffickers_are_used_by_nobody():
    network = two_sides(4)
    owner = dict(zip(network_edges(network), owners(network).tolist(), strict=True))
    assert owner[0, 5] == NEITHER
    assert (owner[0, 1], owner[1, 3], owner[3, 5]) == (PACIFIC,) * 3
    assert (owner[0, 2], owner[2, 4], owner[4, 5]) == (CARIBBEAN,) * 3
    assert owner[1, 2] == owner[2, 3] == UNUSED


def test_each_trafficker_opens_with_its_most_gainful_node():
    network = two_sides(4)
    gain = np.where(network.head == 3, 9.0, np.where(network.head == 2, 8.0, 1.0))
    routes = opening_routes(network, gain)
    assert opened(network, routes) == {(0, 5), (0, 3), (3, 5), (0, 2), (2, 5)}


def opened(network, routes):
    pairs = zip(network_edges(network), routes.open.tolist(), strict=True)
    return {pair for pair, is_open in pairs if is_open}


def started(land_nodes=4):
    """Return a network of one trafficker with node 1 open, and its edges by ends."""
    network = line(
        land_nodes,
        extra=[(a, b) for a in range(1, land_nodes) for b in range(a + 1, land_nodes + 1)],
    )
    routes = Routes(network, owners(network), owners(network) == NEITHER)
    routes.add(np.array([1]))
    return network, routes, {pair: place for place, pair in enumerate(network_edges(network))}


def test_a_loss_opens_as_many_nodes_as_it_is_times_the_tolerance():
    network, routes, place = started()
    gain, flow, seized = np.ones(len(place)), np.zeros(len(place)), np.zeros(len(place))
    gain[place[0, 3]], gain[place[0, 4]] = 3.0, 2.0
    flow[place[0, 1]], seized[place[0, 1]] = 100.0, 1.5 * 0.0455 * 100.0
    adjust(routes, PACIFIC, gain, np.zeros(len(place)), flow, seized, PUBLISHED)
    new = {(0, 3), (1, 3), (3, 5), (0, 4), (1, 4), (3, 4), (4, 5)}
    assert opened(network, routes) == {(0, 5), (0, 1), (1, 5)} | new


def test_a_loss_on_the_direct_way_counts_for_a_trafficker_too():
    network, routes, place = started()
    flow, seized = np.zeros(len(place)), np.zeros(len(place))
    flow[place[0, 5]] = seized[place[0, 5]] = 100.0
    adjust(routes, PACIFIC, np.ones(len(place)), np.zeros(len(place)), flow, seized, PUBLISHED)
    assert routes.open[[place[0, 2], place[0, 3], place[0, 4]]].all()


def test_no_more_nodes_open_than_the_most_of_a_month():
    network, routes, place = started(12)
    flow, seized = np.zeros(len(place)), np.zeros(len(place))
    flow[place[0, 1]] = seized[place[0, 1]] = 100.0
    adjust(routes, PACIFIC, np.ones(len(place)), np.zeros(len(place)), flow, seized, PUBLISHED)
    assert routes.nodes_in_use()[1:13].sum() == 1 + 8


def test_a_small_loss_closes_the_riskiest_edges_but_never_the_safest_way_in():
    network, routes, place = started()
    routes.add(np.array([2, 3, 4]))
    risk = np.linspace(0.1, 0.4, len(place))
    risk[place[0, 2]], risk[place[0, 1]], risk[place[1, 3]] = 0.01, 0.95, 0.9
    flow, seized = np.zeros(len(place)), np.zeros(len(place))
    flow[place[0, 1]] = 100.0
    seized[place[0, 1]] = 0.5 * 0.0455 * 100.0
    before = int(routes.open.sum()) - 1
    adjust(routes, PACIFIC, np.ones(len(place)), risk, flow, seized, PUBLISHED)
    assert int(routes.open.sum()) - 1 == before - round(before / 3)
    assert not routes.open[[place[0, 1], place[1, 3]]].any()
    assert routes.open[place[0, 2]] and routes.open[place[0, 5]]


def test_a_month_without_loss_changes_no_route():
    network, routes, place = started()
    before = routes.open.copy()
    flow = np.ones(len(place))
    adjust(routes, PACIFIC, np.ones(len(place)), np.zeros(len(place)), flow, np.zeros(len(place)), PUBLISHED)
    assert (routes.open == before).all()
