"""The fast kernels and their plain twins give the same values on many small worlds."""

import math

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from benchmarks.twin_views import plain_sweep, plain_valuation
from trasiego.model.reference.valuation import value_along
from trasiego.model.state import (
    AD_HOC_FEES,
    CONSUMERS,
    ESCORT,
    GROUP_FEES,
    HIJACK,
    PRODUCERS,
    TOLLS,
    TRANSPORT,
)
from trasiego.model.valuation import worth

TOLERANCE = 1e-9
MANY = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])

worlds = st.fixed_dictionaries(
    {
        "seed": st.integers(0, 2**32 - 1),
        "places": st.integers(5, 60),
        "ways": st.sampled_from([0.5, 1.5, 3.0]),
        "slots": st.integers(1, 4),
        "brokers": st.integers(1, 5),
        "harsh": st.booleans(),
        "choice_scale": st.sampled_from([0.02, 0.25, 2.0]),
        "link_concavity": st.sampled_from([0.5, 1.0]),
        "lot_kg": st.sampled_from([20.0, 300.0, 3000.0]),
        "partner_noise": st.sampled_from([0.0, 0.5, 2.0]),
        "lot_spread": st.sampled_from([0.0, 0.5]),
    }
)


def alike(fast, plain, what, scale=None):
    """Assert equality to 1e-9 of each value, or to 1e-9 of `scale` where large numbers were subtracted."""
    fast, plain = np.asarray(fast, dtype=float), np.asarray(plain, dtype=float)
    floor = TOLERANCE * (scale if scale is not None else 0.0)
    np.testing.assert_allclose(fast, plain, rtol=TOLERANCE, atol=floor, err_msg=what)


def compare_values(month):
    """Assert that valuation agrees; return what the twins found."""
    month.value()
    room, valued = plain_valuation(month.run)
    prices, scale = month.state.prices, month.state.demand.price_usd.max()
    alike(month.state.networks.node_capacity, room.carried_kg, "capacity ahead")
    alike(prices.value, valued.value, "value")
    alike(prices.escorted, valued.escort, "escort")
    alike(prices.utility, valued.utility, "utility", scale)
    alike(prices.average_value, valued.average_value, "average value", scale)
    alike(prices.weight, valued.weight, "weight")
    return room, valued


def compare_sweep(month, done):
    """Assert that the sweep agrees with what the twin has done from the month as it stands."""
    stock, prices = month.state.stock, month.state.demand.price_usd
    before = stock.sum() + done.zone_made_kg.sum()
    month.move()
    mass = max(1.0, before)
    compare_masses(month, done, mass)
    compare_money(month, done, mass * max(1.0, prices.max()))
    after = done.seized_kg.sum() + done.process_loss_kg.sum() + done.arrivals_kg.sum() + done.stock_kg.sum()
    assert math.isclose(before, after, rel_tol=TOLERANCE, abs_tol=1e-9)
    assert stock.min(initial=0.0) > -TOLERANCE * mass


def exact_seizures(done):
    """Whether the fast binomial counts exactly, and does not turn to its normal limit."""
    return (done.loads_sent * done.load_hazard).max(initial=0.0) < 600.0


def by_link(month, values):
    return values.reshape(*month.capacity.shape, values.shape[-1])


def compare_masses(month, done, mass):
    flows, slots = month.state.flows, month.capacity.shape[1]
    alike(month.state.stock, done.stock_kg, "stock", mass)
    alike(flows.zone_demand_kg, done.zone_demand_kg, "zone demand", mass)
    alike(flows.zone_made_kg, done.zone_made_kg, "zone made", mass)
    alike(flows.arrivals_kg, done.arrivals_kg, "arrivals", mass)
    alike(flows.offer_kg, done.flow_kg.sum(axis=1).reshape(-1, slots), "offer flow", mass)
    for name, values in (
        ("link_kg", done.flow_kg),
        ("seized_kg", done.seized_kg),
        ("hijacked_kg", done.robbed_kg),
        ("escorted_kg", done.escorted_kg),
    ):
        alike(getattr(flows, name), by_link(month, values).sum(axis=(1, 2)), name, mass)
    alike(flows.desired_kg, done.desired_kg.reshape(-1, slots).sum(axis=1), "desired", mass)
    alike(flows.sent, by_link(month, done.loads_sent).sum(axis=1), "loads sent")
    alike(flows.lost, by_link(month, done.loads_lost).sum(axis=1), "loads lost")
    tails = np.repeat(month.links.tail, slots)
    for name, values in (("node_seized_kg", done.seized_kg), ("process_loss_kg", done.process_loss_kg)):
        expected = np.bincount(tails, values.sum(axis=1), minlength=len(done.stock_kg))
        alike(getattr(flows, name), expected, name, mass)


def compare_groups(month, done):
    """Assert that groups are credited with what their offers moved and lost."""
    flows, named = month.state.flows, np.ones(month.capacity.shape, dtype=bool)
    named[:, -1] = False
    owner = month.state.networks.group.ravel()
    crew = np.repeat(month.links.crew_per_load, month.capacity.shape[1])[:, None]
    lost_loads = (done.loads_lost - done.loads_robbed) * crew
    for name, values in (
        ("group_sent_kg", done.flow_kg),
        ("group_lost_kg", done.seized_kg + done.robbed_kg),
        ("crew_lost", lost_loads.sum(axis=1)),
    ):
        kept, known = values[named.ravel()], owner >= 0
        assert not kept[~known].any()
        expected = np.zeros_like(getattr(flows, name))
        np.add.at(expected, owner[known], kept[known])
        alike(getattr(flows, name), expected, name, 1.0)


def compare_money(month, done, money):
    flows, slots, state = month.state.flows, month.capacity.shape[1], month.state
    ad_hoc = np.arange(len(done.fee_usd)) % slots == slots - 1
    alike(flows.offer_fee_usd, done.fee_usd.sum(axis=1).reshape(-1, slots), "fees by offer", money)
    sales = done.arrivals_kg * state.demand.price_usd[:, None]
    for account, expected in (
        (CONSUMERS, sales),
        (PRODUCERS, done.producers_usd),
        (GROUP_FEES, done.fee_usd[~ad_hoc]),
        (AD_HOC_FEES, done.fee_usd[ad_hoc]),
        (TOLLS, done.toll_usd),
        (TRANSPORT, done.transport_usd),
        (ESCORT, done.escort_usd),
        (HIJACK, done.robbers_usd),
    ):
        alike(flows.money_usd[account], expected.sum(), f"account {account}", money)
    paid = done.fee_usd + done.toll_usd + done.transport_usd + done.escort_usd
    cash = sales.sum(axis=0) - done.producers_usd.sum(axis=0) - paid.sum(axis=0)
    place = np.repeat(month.world.nodes.place[month.links.tail], slots)
    np.add.at(cash, state.territory.holder[place], done.toll_usd.sum(axis=1))
    alike(flows.broker_cash_usd, cash - done.bought_back_usd, "cash", money)
    alike(flows.hijack_usd, done.robbers_usd, "robbers", money)
    pay, guard = done.escort_usd.sum(axis=1), state.territory.escort_group[place]
    assert not pay[guard < 0].any()
    guards = np.bincount(guard[guard >= 0], pay[guard >= 0], minlength=len(flows.escort_usd))
    alike(flows.escort_usd, guards, "escort pay", money)


@MANY
@given(world=worlds)
def test_valuation_and_sweep_agree(make_month, world):
    month = make_month(**world)
    month.value()
    room, valued = plain_valuation(month.run)
    assume(np.isfinite(valued.weight).all())
    compare_values(month)
    done = plain_sweep(month.run, month.number, room, valued)
    assume(exact_seizures(done))
    compare_sweep(month, done)
    compare_groups(month, done)


@settings(max_examples=40, deadline=None)
@given(world=worlds)
def test_three_months_in_a_row_agree(make_month, world):
    """Stock left by one month is what the next starts from."""
    month = make_month(**world)
    for later in range(3):
        month.number = later
        month.value()
        room, valued = plain_valuation(month.run)
        assume(np.isfinite(valued.weight).all())
        compare_values(month)
        done = plain_sweep(month.run, month.number, room, valued)
        assume(exact_seizures(done))
        compare_sweep(month, done)


def test_made_up_worlds_reach_every_branch(make_month):
    """A comparison says nothing of what never happens, so each of these must happen often."""
    names = "seized robbed escorted refused spilled waiting refined tolls many-lots worthless choked"
    seen = dict.fromkeys(names.split(), 0)
    for seed in range(60):
        month = make_month(seed, places=25, ways=3.0, harsh=seed % 2 == 1)
        room, valued = compare_values(month)
        done = plain_sweep(month.run, month.number, room, valued)
        compare_sweep(month, done)
        asked, moved = done.desired_kg, done.flow_kg.sum(axis=1)
        seen["seized"] += done.seized_kg.sum() > 0
        seen["robbed"] += done.robbed_kg.sum() > 0
        seen["escorted"] += done.escorted_kg.sum() > 0
        seen["refused"] += (asked - moved).max() > 1.0
        seen["spilled"] += (moved - asked).max() > 1.0
        seen["waiting"] += done.stock_kg.sum() > 1.0
        seen["refined"] += done.process_loss_kg.sum() > 0
        seen["tolls"] += done.toll_usd.sum() > 0
        seen["many-lots"] += (done.flow_kg > 0).sum(axis=0).max() > 3
        seen["worthless"] += (valued.utility < 0).any()
        seen["choked"] += ((room.openness > 0) & (room.openness < 1)).any()
    assert min(seen.values()) >= 15, seen


@pytest.mark.parametrize("months", [0, 1, 15])
def test_northern_route_agrees(real_month, months):
    month = real_month(months)
    assert len(month.links.head) > 900
    done = plain_sweep(month.run, month.number, *compare_values(month))
    compare_sweep(month, done)
    compare_groups(month, done)
    assert done.arrivals_kg.sum() > 1000.0 or months == 0
    assert done.seized_kg.sum() > 0.0


def one_way(make_month, capacity_kg, latent_kg, **columns):
    """Links from a source to a market; only the first can carry, by a group's offer and an ad hoc one."""
    month = make_month(
        3, places=2, ways=3.0, slots=1, brokers=1, groups=1, latent_loads_per_month=1.0, lot_spread=0.0
    )
    state, links = month.state, month.links
    assert month.world.nodes.market.tolist() == [-1, 0] and len(links.head) > 0
    state.networks.group[:], state.networks.fee_factor[:] = 0, 1.0
    state.networks.share[:], state.networks.share[0] = 0.0, capacity_kg
    links.load_kg[:], links.load_kg[0], links.capacity_kg[:] = 0.0, latent_kg, np.inf
    month.world.principals.access[:], state.demand.price_usd[:] = 1.0, 1000.0
    state.territory.toll[:], state.territory.escort_here[:], state.memory.perceived[:] = 0.0, 0, 0.0
    for name in ("rent", "fee_log", "cost_usd_per_kg"):
        getattr(links, name)[:] = columns.get(name, 0.0)
    links.ratio[:], links.ground_km[:] = 1.0, 0.0
    return month


def test_value_where_the_carriers_worth_most_have_no_capacity(make_month):
    """Named carriers would leave 150 USD/kg but have no capacity; the ad hoc ones leave 0.8 USD/kg."""
    month = one_way(make_month, 0.0, 100.0, fee_log=0.5, cost_usd_per_kg=580.7)
    month.value()
    _room, valued = plain_valuation(month.run)
    assert 0.5 < valued.value[0, 0] < 1.0
    alike(month.state.prices.value, valued.value, "value")


@pytest.mark.parametrize("loss", [1e-12, 1e-10, 1e-8, 1e-6])
def test_mean_value_where_little_is_lost(loss):
    """Between no loss at all and an ordinary one nothing jumps: 20,000 USD/kg less half of 500 USD/kg."""
    _fast, mean = worth(20_000.0, loss, math.exp(-loss), 500.0)
    assert math.isclose(mean, value_along(20_000.0, loss, 500.0), rel_tol=TOLERANCE)
    assert math.isclose(mean, 19_750.0, rel_tol=loss + TOLERANCE)


def test_a_rest_too_small_for_a_lot(make_month):
    """An offer with room for all but a ten-millionth of a kg: the rest asks once more and then waits."""
    month = one_way(make_month, 0.0, 300.0 - 1e-7)
    month.state.sources.harvest_kg[:], month.state.authority.hazard[:] = 0.0, 0.0
    month.state.stock[:] = [[300.0], [0.0]]
    done = plain_sweep(month.run, month.number, *compare_values(month))
    compare_sweep(month, done)
    assert math.isclose(done.arrivals_kg.sum(), 300.0 - 1e-7, rel_tol=1e-12)
