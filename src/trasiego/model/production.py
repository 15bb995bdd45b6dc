"""Production: coca area, eradication and the harvest that zones can sell; and the price at the source."""

from __future__ import annotations

import math

from trasiego.model.compiled import apart_kernel, inlined_kernel
from trasiego.model.numbers import ProductionNumbers
from trasiego.model.state import Flows, Sources
from trasiego.world.tables import Floats, Zones

CULTIVATION, INFLOW = 0, 1


@apart_kernel
def production(zones: Zones, sources: Sources, numbers: ProductionNumbers, month: int) -> None:
    """Area and harvest of the month, into ``sources``.

    Growers want an area that follows the averaged price with constant elasticity and close the gap to it by
    1/``area_adjustment_months`` a month; eradication above or below that of the opening takes area away or
    leaves it, as far as fields do not recover and are not replanted. ``month`` counts from the
    spin-up; month 0 is taken as January for the season, a sine of the given amplitude with its peak in May,
    when the main harvest of the Andean east comes in.
    """
    memory = 1.0 / numbers.price_memory_months
    season = 1.0 + numbers.season_amplitude * math.sin(2.0 * math.pi * ((month % 12) - 1.0) / 12.0)
    for z in range(zones.node.size):
        if zones.kind[z] == INFLOW:
            sources.harvest_kg[z] = zones.inflow_kg_per_month[z]
            continue
        sources.wanted_price_usd[z] += memory * (sources.price_usd[z] - sources.wanted_price_usd[z])
        ratio = (
            sources.wanted_price_usd[z] / zones.price_usd_per_kg[z]
            if zones.price_usd_per_kg[z] > 0.0
            else 1.0
        )
        wanted = zones.area_ha[z] * max(ratio, 0.0) ** numbers.area_price_elasticity
        extra = numbers.eradication_effect * (sources.eradication_ha[z] - zones.eradication_ha_per_month[z])
        change = (wanted - sources.area_ha[z]) / numbers.area_adjustment_months - extra
        sources.area_ha[z] = max(0.0, sources.area_ha[z] + change)
        sources.harvest_kg[z] = sources.area_ha[z] * zones.product_kg_per_ha_month[z] * season


@inlined_kernel
def willing(price: float, cost: float, spread: float) -> float:
    """Share of the harvest whose marginal cost the price covers: costs are spread evenly above the lowest."""
    if cost <= 0.0:
        return 1.0 if price > 0.0 else 0.0
    return min(max((price - cost) / (spread * cost), 0.0), 1.0)


@inlined_kernel
def source_prices(
    zones: Zones,
    sources: Sources,
    flows: Flows,
    value: Floats,
    buying: Floats,
    spread: float,
    price_response: float,
) -> None:
    """The price at the source rises when more is wanted than offered, up to what buyers would pay.

    A two-sided price: between the producers' marginal cost, below which none sells, and the principals'
    value.
    """
    for z in range(zones.node.size):
        n = zones.node[z]
        ceiling = 0.0
        for b in range(value.shape[1]):
            if buying[z, b] > 0.0:
                ceiling = max(ceiling, value[n, b])
        harvest = sources.harvest_kg[z]
        offered = harvest * willing(sources.price_usd[z], zones.marginal_cost_usd_per_kg[z], spread)
        gap = (flows.zone_demand_kg[z] - offered) / harvest if harvest > 0.0 else 0.0
        price = sources.price_usd[z] * math.exp(price_response * min(max(gap, -1.0), 1.0))
        if ceiling > 0.0:
            price = min(price, ceiling)
        sources.price_usd[z] = max(price, zones.marginal_cost_usd_per_kg[z])
