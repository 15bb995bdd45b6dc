"""Supply, the price field and initial transport costs: all fixed before the first month."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from validation.narcologic.network import PRODUCER, Network
from validation.narcologic.parameters import Parameters

Floats = NDArray[np.float64]


def supply_kg(month: int, parameters: Parameters) -> float:
    """Return the producer's kg of a month (the first is 1): logistic in whole years, month // 12."""
    start, limit = parameters.initial_supply_kg, parameters.supply_limit_kg
    growth = np.exp(parameters.supply_growth_per_year * (month // 12))
    return float(limit * start * growth / (limit + start * (growth - 1.0)))


def price_field(network: Network, parameters: Parameters) -> Floats:
    """Return the price [N] in USD/kg: the mean over a node's senders of their price plus value by distance.

    Nodes stand in an order in which all senders of a node come before it.
    """
    price = np.full(network.size, np.nan)
    price[PRODUCER] = parameters.producer_price_usd_per_kg
    added = parameters.added_value_usd_per_kg_km * network.distance_km
    for node in range(1, network.size):
        edges = np.flatnonzero(network.head == node)
        price[node] = (price[network.tail[edges]] + added[edges]).mean()
    return price


def initial_costs(network: Network, parameters: Parameters) -> Floats:
    """Return the transport cost [E] in USD/kg at the start.

    Overland up to the longest land leg, else by air, and by sea where both ends are coastal; each cost is for
    the way from the producer to the end node and shrinks with distance.
    """
    cost = np.where(
        network.distance_km <= parameters.longest_land_leg_km,
        parameters.land_cost_usd_per_kg,
        parameters.air_cost_usd_per_kg,
    )
    coastal = network.coast_km < parameters.coastal_km
    cost = np.where(coastal[network.tail] & coastal[network.head], parameters.sea_cost_usd_per_kg, cost)
    return np.asarray(cost * network.distance_km / network.span_km)


def bribes_usd(flow_kg: Floats, seized_kg: Floats, margin: Floats, parameters: Parameters) -> Floats:
    """Return what the senders of the edges [E] pay in bribes: a fixed share of the margin on what arrives."""
    return parameters.bribe_share * margin * (flow_kg - seized_kg)
