"""Production: area, eradication, harvest and season; the price at the source."""

import math

import numpy as np
import pytest
from tiny_worlds import Market, Way, Zone, begin, chain, clear, take_steps

from trasiego.model.production import source_prices, willing

FIELD = Zone("a", price=1000.0, cost=500.0, area_ha=1000.0, product_kg=0.5)


def grown(**zone):
    return begin(chain(zones=[Zone(**(FIELD.__dict__ | zone))], on=["price_response"]))


def test_inflow_is_what_comes_over_the_edge():
    state = take_steps(begin(chain(zones=[Zone("a", inflow_kg=250.0)])), "production")
    assert state.sources.harvest_kg.tolist() == [250.0]


def test_area_stays_where_price_and_eradication_stay():
    run = grown(eradication_ha=30.0)
    for month in range(12):
        state = take_steps(run, "production", month)
    assert state.sources.area_ha.tolist() == [1000.0]
    assert state.sources.harvest_kg.tolist() == [500.0]  # 1000 ha x 0.5 kg


def test_area_follows_the_averaged_price_with_a_lag():
    run = grown()
    run.state.sources.price_usd[:] = 2000.0
    state = take_steps(run, "production")
    # memory 1/4: 1000 + (2000 - 1000)/4 = 1250; elasticity 1: 1250 ha wanted; a tenth of the gap of 250: 25
    assert state.sources.wanted_price_usd[0] == 1250.0
    assert state.sources.area_ha[0] == 1025.0
    state = take_steps(run, "production", 1)
    # 1250 + 750/4 = 1437.5; 1025 + (1437.5 - 1025)/10 = 1066.25
    assert state.sources.area_ha[0] == 1066.25


def test_elasticity_bends_the_wanted_area():
    run = begin(chain(zones=[FIELD], numbers={"production": {"area_price_elasticity": 0.5}}))
    run.state.sources.wanted_price_usd[:] = run.state.sources.price_usd[:] = 4000.0
    # (4000/1000)^0.5 = 2: 2000 ha wanted, a tenth of the gap of 1000 closed
    # the switch price_response is off in a tiny world, and holds the area where it is
    assert take_steps(run, "production").sources.area_ha[0] == 1000.0
    run = begin(
        chain(zones=[FIELD], numbers={"production": {"area_price_elasticity": 0.5}}, on=["price_response"])
    )
    run.state.sources.wanted_price_usd[:] = run.state.sources.price_usd[:] = 4000.0
    assert take_steps(run, "production").sources.area_ha[0] == pytest.approx(1100.0, rel=1e-12)


def test_more_eradication_takes_its_hectares_away_at_once():
    run = grown(eradication_ha=30.0)
    run.state.sources.eradication_ha[:] = 40.0
    # ten hectares more than the opening's 30, which the opening area already bears
    assert take_steps(run, "production").sources.area_ha[0] == 990.0
    # growers close a tenth of the gap of 10, and lose ten again
    assert take_steps(run, "production", 1).sources.area_ha[0] == 990.0 + 1.0 - 10.0


def test_area_never_falls_below_nothing():
    run = grown()
    run.state.sources.eradication_ha[:] = 5000.0
    for month in range(3):
        state = take_steps(run, "production", month)
        assert state.sources.area_ha[0] == 0.0
        assert state.sources.harvest_kg[0] == 0.0


def test_season_peaks_in_may_and_is_even_over_the_year():
    run = begin(chain(zones=[FIELD], numbers={"production": {"season_amplitude": 0.2}}))
    harvest = [float(take_steps(run, "production", month).sources.harvest_kg[0]) for month in range(12)]
    assert harvest[4] == max(harvest) == pytest.approx(600.0)  # 500 x 1.2
    assert harvest[10] == min(harvest) == pytest.approx(400.0)
    assert sum(harvest) == pytest.approx(6000.0)


@pytest.mark.parametrize(
    "price, share",
    [(400.0, 0.0), (500.0, 0.0), (625.0, 0.5), (750.0, 1.0), (9000.0, 1.0)],
)
def test_producers_sell_where_the_price_covers_their_cost(price, share):
    # costs are spread evenly from 500 to 500 x 1.5 = 750
    assert willing(price, 500.0, 0.5) == share


def test_goods_without_cost_are_sold_at_any_price():
    assert willing(0.01, 0.0, 0.5) == 1.0
    assert willing(0.0, 0.0, 0.5) == 0.0


def priced(price, demand_kg, harvest_kg, value, cost=500.0, response=0.2):
    """Source price of the next month."""
    run = begin(chain(zones=[Zone("a", price=price, cost=cost, inflow_kg=1.0)]))
    clear(run)
    state = run.state
    state.sources.harvest_kg[:] = harvest_kg
    state.flows.zone_demand_kg[:] = demand_kg
    state.prices.value[:] = value
    source_prices(
        run.world.zones, state.sources, state.flows, state.prices.value, np.ones((1, 1)), 0.5, response
    )
    return float(state.sources.price_usd[0])


def test_price_rises_with_what_is_wanted_over_what_is_offered():
    # at 1000 all of 100 kg is offered; 150 wanted: gap 0.5 of the harvest, price x e^(0.2 x 0.5)
    assert priced(1000.0, 150.0, 100.0, 1e5) == pytest.approx(1000.0 * math.exp(0.1), rel=1e-12)
    # at 625 half is offered; 50 wanted: no gap
    assert priced(625.0, 50.0, 100.0, 1e5) == 625.0
    # nothing wanted: gap -1
    assert priced(1000.0, 0.0, 100.0, 1e5) == pytest.approx(1000.0 * math.exp(-0.2), rel=1e-12)


def test_one_month_moves_the_price_by_no_more_than_the_response():
    assert priced(1000.0, 1e6, 100.0, 1e9) == pytest.approx(1000.0 * math.exp(0.2), rel=1e-12)


def test_price_lies_between_cost_and_what_buyers_would_pay():
    assert priced(1000.0, 1e6, 100.0, 1050.0) == 1050.0
    # at 510 a 0.04 of the harvest is offered, none wanted: 510 x e^(-5 x 0.04) = 418, below the lowest cost
    assert priced(510.0, 0.0, 100.0, 1e5, response=5.0) == 500.0
    assert priced(1000.0, 1e6, 100.0, 300.0) == 500.0  # no producer sells below the lowest cost


def test_without_harvest_the_price_waits():
    assert priced(1000.0, 50.0, 0.0, 1e5) == 1000.0


def test_ceiling_is_that_of_the_principals_who_buy_there():
    run = begin(chain(zones=[Zone("a", inflow_kg=1.0)]))
    clear(run)
    run.state.sources.harvest_kg[:], run.state.flows.zone_demand_kg[:] = 1.0, 1.0
    run.state.prices.value[:] = 600.0
    state = run.state
    source_prices(run.world.zones, state.sources, state.flows, state.prices.value, np.zeros((1, 1)), 0.5, 0.2)
    assert state.sources.price_usd[0] == 1000.0  # nobody buys: no ceiling


def test_harvest_limits_what_is_made_in_a_month():
    world = chain(zones=[FIELD], markets=[Market("m", price=10_000.0)])
    state = take_steps(begin(world), "transit")
    assert state.flows.zone_made_kg.tolist() == [500.0]
    assert state.flows.zone_demand_kg[0] > 500.0


def test_no_way_ahead_makes_nothing():
    world = chain(zones=[FIELD], ways=[Way("a", "b", "first")])
    state = take_steps(begin(world), "transit")
    assert state.flows.zone_made_kg[0] == 0.0
