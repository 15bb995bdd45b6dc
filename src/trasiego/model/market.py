"""Market: arrivals meet demand of constant elasticity, and the price moves without floor or cap."""

from __future__ import annotations

import math

from trasiego.model.compiled import apart_kernel
from trasiego.model.numbers import MarketNumbers
from trasiego.model.state import Demand, Flows
from trasiego.world.tables import Markets

TRACE = 1e-9


@apart_kernel
def market(
    markets: Markets,
    demand: Demand,
    flows: Flows,
    numbers: MarketNumbers,
    elapsed_months: float,
    respond: bool,
) -> None:
    """Price of every market for the coming month, into ``demand.price_usd`` [Q] USD/kg.

    What arrives is consumed. The price closes part of the log gap to the one that clears smoothed arrivals,
    P0 (A / D)^(-1/elasticity); D is consumption at the opening price, grown. Without demand the price is
    zero at once. Arrivals below a billionth of demand count as that much, since the logarithm of nothing
    has no value.
    """
    for q in range(demand.price_usd.size):
        arrived = 0.0
        for b in range(flows.arrivals_kg.shape[1]):
            arrived += flows.arrivals_kg[q, b]
        demand.arrivals_kg[q] += numbers.arrivals_memory * (arrived - demand.arrivals_kg[q])
        wanted = (
            markets.consumption_kg_per_month[q]
            * demand.level[q]
            * math.exp(markets.growth_per_month[q] * elapsed_months)
        )
        if wanted <= 0.0:
            demand.price_usd[q] = 0.0
            continue
        if not respond:
            continue
        supplied = max(demand.arrivals_kg[q] / wanted, TRACE)
        clearing = math.log(markets.price_usd_per_kg[q]) - math.log(supplied) / markets.elasticity[q]
        now = math.log(max(demand.price_usd[q], TRACE))
        demand.price_usd[q] = math.exp(now + numbers.price_adjustment * (clearing - now))
