"""What an arm costs, and what a kilogram kept from the markets or a killing avoided costs under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trasiego.analysis.difference import Difference
from trasiego.common.messages import _
from trasiego.scenario.policy import Policy

MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Cost:
    """A cost with its range; `high` is None where it has no upper end."""

    value: float
    low: float
    high: float | None


@dataclass(frozen=True)
class CostOf:
    """What a unit of an effect costs [USD]; `cost` None where nothing is gained, `note` says why or warns."""

    unit: str
    cost: Cost | None
    note: str


def arm_cost(policies: Sequence[Policy], first: str, last: str) -> Cost | None:
    """Return what the policies cost together [USD/month] over the months from `first` to `last` on average.

    A policy with a start costs nothing before it. The ranges add up end to end. None where a policy does not
    say what it costs.
    """
    value = low = high = 0.0
    begin, end = np.datetime64(first, "M"), np.datetime64(last, "M")
    months = int((end - begin).astype(int)) + 1
    for policy in policies:
        cost = policy.cost
        if cost is None:
            return None
        start = np.datetime64(policy.start, "M") if policy.start else begin
        held = max(0, min(months, int((end - start).astype(int)) + 1)) / months
        value += held * cost.value
        low += held * (cost.value if cost.low is None else cost.low)
        high += held * (cost.value if cost.high is None else cost.high)
    return Cost(value, low, high)


def cost_of(cost: Cost | None, change: Difference | None, scale: float, unit: str) -> CostOf:
    """Return what one unit less of an outcome costs.

    `change` is what the arm changes in the outcome a year, `scale` how many units one of the outcome's has.
    The range goes from the lowest cost over the most that the interval allows to the highest over the least;
    it has no upper end where the interval reaches zero.
    """
    if cost is None:
        return CostOf(unit, None, _("a policy does not say what it costs"))
    if change is None or change.mean >= 0:
        return CostOf(unit, None, _("nothing is gained"))
    less, least, most = (-scale * each / MONTHS_A_YEAR for each in (change.mean, change.high, change.low))
    high = None if least <= 0 or cost.high is None else cost.high / least
    note = "" if least > 0 else _("the gain may be nothing")
    return CostOf(unit, Cost(cost.value / less, cost.low / most, high), note)
