"""Market: the price that arrivals and demand of constant elasticity make."""

import math

import pytest
from tiny_worlds import Market, begin, chain, clear

from trasiego.model.schedule import step_market


def traded(arrived, months=1, price=None, spin_up=0, on=("price_response",), level=1.0, **market):
    """State after so many months with the same arrivals."""
    run = begin(chain(markets=[Market("m", **market)], on=on, spin_up=spin_up))
    run.state.demand.level[:] = level
    if price is not None:
        run.state.demand.price_usd[:] = price
    for month in range(months):
        clear(run)
        run.state.flows.arrivals_kg[0, 0] = arrived
        step_market(run, month)
    return run.state


def test_price_stands_where_arrivals_meet_demand():
    assert traded(1000.0, months=6).demand.price_usd[0] == pytest.approx(10_000.0, rel=1e-12)


def test_price_closes_part_of_the_gap_to_the_clearing_one():
    state = traded(500.0)
    # arrivals smoothed by a half from 1,000: 750 kg; clears at 10,000 / 0.75; half of the log gap closes
    assert state.demand.arrivals_kg[0] == 750.0
    assert state.demand.price_usd[0] == pytest.approx(10_000.0 / math.sqrt(0.75), rel=1e-12)


@pytest.mark.parametrize("elasticity", [0.3, 1.0, 3.0])
def test_price_settles_at_the_inverse_demand(elasticity):
    state = traded(800.0, months=80, elasticity=elasticity)
    assert state.demand.price_usd[0] == pytest.approx(10_000.0 * 0.8 ** (-1.0 / elasticity), rel=1e-9)


def test_glut_lowers_the_price_without_floor():
    assert traded(1e6, months=80).demand.price_usd[0] == pytest.approx(10.0, rel=1e-9)


def test_drought_raises_the_price_to_a_finite_one():
    price = traded(0.0, months=200).demand.price_usd[0]
    # arrivals count as at least a billionth of demand
    assert price == pytest.approx(10_000.0 * 1e9, rel=1e-6)


def test_demand_grows_from_the_first_recorded_month():
    state = traded(1000.0, months=25, growth=0.1, spin_up=24)
    # the months of the spin-up lie before: demand of month 24 is that of the opening
    run_of = traded(1000.0, months=25, growth=0.0, spin_up=24)
    assert run_of.demand.price_usd[0] == pytest.approx(10_000.0)
    assert state.demand.price_usd[0] != pytest.approx(10_000.0)
    later = traded(1000.0, months=100, growth=0.01)
    # price settles a lag behind demand that grows 1 percent a month; elasticity 1: it grows with it
    assert later.demand.price_usd[0] == pytest.approx(10_000.0 * math.exp(0.01 * 98), rel=0.01)


def test_level_of_demand_moves_the_price():
    assert traded(1000.0, months=80, level=2.0).demand.price_usd[0] == pytest.approx(20_000.0, rel=1e-9)


def test_market_without_demand_pays_nothing():
    assert traded(1000.0, kg=0.0).demand.price_usd[0] == 0.0
    assert traded(1000.0, level=0.0, on=()).demand.price_usd[0] == 0.0


def test_price_holds_where_it_does_not_respond():
    assert traded(10.0, months=20, on=()).demand.price_usd[0] == 10_000.0
