"""The self-learning interdiction agent of 2019: where it looks, what it learns, how large it is."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from validation.narcologic.network import Network
from validation.narcologic.parameters import Parameters

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Integers = NDArray[np.int64]


def opening_probability(network: Network, end_in_sight: bool = False) -> Floats:
    """Return the agent's first guess of success on each edge [E]: the mean of five factors from 0 to 1.

    The first four are latitude, nearness to the coast, remoteness and nearness to a border of the place that
    the edge leads to, the fifth is the edge's length. How the authors scale theirs is not in what can be had;
    here each is stretched from 0 to 1. The end lies outside of the agent's area, where the first four are 0,
    unless it is `end_in_sight`.
    """
    known = np.full(network.head.size, True) if end_in_sight else network.head < network.end
    head = network.head[known]
    factors = (
        network.latitude[head],
        -network.coast_km[head],
        network.town_km[head],
        -network.border_km[head],
    )
    probability = network.distance_km / network.distance_km.max()
    for factor in factors:
        probability[known] += _stretched(factor)
    return np.asarray(probability / (len(factors) + 1))


def _stretched(values: Floats) -> Floats:
    width = values.max() - values.min()
    return (values - values.min()) / width if width > 0 else np.zeros_like(values)


def least_capacity(parameters: Parameters) -> int:
    """Return the capacity in edges a month that the agent starts with and never falls below."""
    return math.ceil(parameters.capacity_most / parameters.capacity_least_divisor)


def chosen_edges(
    probability: Floats, last_seized_kg: Floats, capacity: int, had_success: bool, parameters: Parameters
) -> Flags:
    """Return the edges [E] where the agent acts this month.

    Last month's successes come first, by volume; then edges at or above a quantile of the probabilities,
    highest first (equal ones in the order of the edges), until the capacity is used.
    """
    chosen = np.zeros(probability.size, dtype=bool)
    hits = np.flatnonzero(last_seized_kg > 0.0)
    hits = hits[np.argsort(-last_seized_kg[hits], kind="stable")][:capacity]
    chosen[hits] = True
    level = parameters.quantile_after_success if had_success else parameters.quantile_before_success
    pool = np.flatnonzero((probability >= np.quantile(probability, level)) & ~chosen)
    pool = pool[np.argsort(-probability[pool], kind="stable")][: capacity - hits.size]
    chosen[pool] = True
    return chosen


def learned(probability: Floats, chosen: Flags, seized_kg: Floats, parameters: Parameters) -> Floats:
    """Return the probabilities [E] after a month: those of visited edges move towards success or failure."""
    speed = parameters.agent_learning
    moved = (1.0 - speed) * probability + speed * (seized_kg > 0.0)
    return np.where(chosen, moved, probability)


def next_capacity(capacity: int, seized_kg: float, supply_kg: float, parameters: Parameters) -> int:
    """Return next month's capacity: it grows when the target share is met and shrinks when it is missed."""
    speed = parameters.agent_learning
    met = seized_kg / (parameters.target_share * supply_kg) if supply_kg > 0.0 else 0.0
    wanted = math.ceil((1.0 - speed) * capacity + speed * capacity * met)
    return min(max(wanted, least_capacity(parameters)), parameters.capacity_most)
