"""The published numbers of NarcoLogic (baseline of 2019/20), and flags that mend its two known defects."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Parameters:
    """Numbers of one run; defaults are the published baseline.

    `mend_ratchet` False multiplies transport costs by the premium every month for good, as published; True
    applies the premium of the month to the initial cost. `mend_discount` False weighs month k of the memory
    by `memory_weight`**k counted from the oldest, as published, so that a weight below 1 forgets the newest
    first; True counts from the newest. With the published weight of 1 the second flag changes nothing.
    `end_in_sight` is a reading of ours, not a defect: whether the agent's first guess rates edges to the end
    by the end's place, as it rates others, or by their length alone.
    """

    initial_supply_kg: float = 200.0
    supply_limit_kg: float = 111_500.0
    supply_growth_per_year: float = 0.75
    producer_price_usd_per_kg: float = 4500.0
    added_value_usd_per_kg_km: float = 4.46
    land_cost_usd_per_kg: float = 371.0
    air_cost_usd_per_kg: float = 3486.0
    sea_cost_usd_per_kg: float = 160.0
    longest_land_leg_km: float = 500.0
    coastal_km: float = 20.0
    bribe_share: float = 0.3
    memory_months: int = 13
    memory_weight: float = 1.0
    alpha: float = 2.0
    beta: float = 0.5
    base_risk: float = 0.43
    risk_multiplier: float = 2.0
    trafficker_learning: float = 0.3558
    salience_delta: float = 0.5
    edge_limit_kg: float = 1e6
    capacity_most: int = 125
    capacity_least_divisor: int = 6
    target_share: float = 0.3417
    agent_learning: float = 0.6
    quantile_before_success: float = 0.75
    quantile_after_success: float = 0.5
    loss_tolerance: float = 0.0455
    expand_most: int = 8
    end_in_sight: bool = False
    mend_ratchet: bool = False
    mend_discount: bool = False
