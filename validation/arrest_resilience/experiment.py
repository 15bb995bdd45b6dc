"""Survival of the organisation by the share arrested, over many runs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from validation.arrest_resilience.organisation import run_once
from validation.arrest_resilience.parameters import LEVELS, Numbers

Floats = NDArray[np.float64]

SLACK = 0.03
"""A rise of survival by less than this between two levels is still monotone (tolerance of the table)."""


@dataclass(frozen=True)
class Survival:
    """What one set of numbers gave: by level, and before any arrest.

    levels, alive (share of runs at the end) and months_back (median months until the survivors had as many
    members as before, NaN where fewer than half ever had) [levels]; members and doses a day before.
    """

    levels: tuple[float, ...]
    alive: Floats
    months_back: Floats
    members: float
    doses: float


def survival(numbers: Numbers, runs: int, levels: tuple[float, ...] = LEVELS) -> Survival:
    """Run `runs` organisations at each level; run j opens alike at every level."""
    alive, back = np.zeros(len(levels)), np.full(len(levels), np.nan)
    members = doses = np.nan
    for position, level in enumerate(levels):
        found = np.array([run_once(seed, level, numbers) for seed in range(runs)])
        survived = found[:, 0] >= numbers.days
        alive[position] = survived.mean()
        if position == 0:
            reached = found[:, 0] >= numbers.disruption_day
            members, doses = found[reached, 1].mean(), found[reached, 2].mean()
        if survived.any():
            days = np.where(found[survived, 4] < 0.0, np.inf, found[survived, 4])
            middle = float(np.median(days))
            back[position] = middle / 30.4 if np.isfinite(middle) else np.nan
    return Survival(levels, alive, back, float(members), float(doses))


def is_falling(alive: Floats) -> bool:
    """Whether survival falls with the share arrested: never up by more than the slack, lower at the end."""
    return bool(np.all(np.diff(alive) <= SLACK + 1e-9) and alive[0] - alive[-1] > SLACK)


def has_diminishing_returns(levels: tuple[float, ...], alive: Floats) -> bool:
    """Whether the first 40 percent arrested do more than the next 40, and both do something."""
    at = {round(level, 2): value for level, value in zip(levels, alive, strict=True)}
    first, second = at[0.0] - at[0.4], at[0.4] - at[0.8]
    return bool(first > second > 0.0)


def told(levels: tuple[float, ...], alive: Floats) -> str:
    """Return survival by level on one line."""
    pairs = zip(levels, alive, strict=True)
    return "survival " + ", ".join(f"{value:.2f} at {level:.0%}" for level, value in pairs)
