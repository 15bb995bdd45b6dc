"""Paired differences: what an arm changes in one outcome, how surely, and how many runs would tell.

Run j with and without the arm has the same draws (common random numbers), so what both share drops out of the
difference, and its variance is that of what the arm changed.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from trasiego.analysis.student import t_quantile
from trasiego.analysis.view import Floats

CONFIDENCE = 0.9
"""Part of all samples in which the interval would hold the true mean difference."""

POWER = 0.8
"""Chance to tell a difference of the size that was found, at the runs that are needed for it."""

LEAST_RUNS = 2


@dataclass(frozen=True)
class Difference:
    """What an arm changes in an outcome, in the outcome's unit, over the runs that answer in both.

    `mean` with the interval `low` to `high`, and the `median`; `relative` to the base's mean likewise (the
    base's mean taken as known), None where that is zero. `distinct` says whether the interval leaves out
    zero. `smallest` is the least difference that so many runs tell with the chance POWER, `runs_needed` the
    runs that would tell the difference found, None where it is zero. `variance` is that of the paired
    differences, `unpaired_variance` that of a difference between independent runs, `variance_ratio` the
    second over the first, None where nothing varies.
    """

    runs: int
    mean: float
    median: float
    low: float
    high: float
    relative: float | None
    relative_low: float | None
    relative_high: float | None
    distinct: bool
    smallest: float
    runs_needed: int | None
    variance: float
    unpaired_variance: float
    variance_ratio: float | None


def difference(base: Floats, arm: Floats, among: int = 1) -> Difference | None:
    """Return what `arm` [runs] changes against `base` [runs], run by run; None for fewer than two answers.

    The interval is that of Student (1908) for the mean of paired differences; of `among` differences that are
    looked through together all intervals hold with the same chance (Dunn 1961). Runs where either has no
    answer (NaN) are left out.
    """
    answered = np.isfinite(base) & np.isfinite(arm)
    count = int(answered.sum())
    if count < LEAST_RUNS:
        return None
    before, after = base[answered], arm[answered]
    changed = after - before
    mean, variance = float(changed.mean()), float(changed.var(ddof=1))
    unpaired = float(before.var(ddof=1) + after.var(ddof=1))
    error = math.sqrt(variance / count)
    half = t_quantile(1 - (1 - CONFIDENCE) / 2 / among, count - 1) * error
    level = abs(float(before.mean()))
    over = [None if level == 0 else each / level for each in (mean, mean - half, mean + half)]
    return Difference(
        runs=count,
        mean=mean,
        median=float(np.median(changed)),
        low=mean - half,
        high=mean + half,
        relative=over[0],
        relative_low=over[1],
        relative_high=over[2],
        distinct=abs(mean) > half,
        smallest=_normal_sum() * error,
        runs_needed=runs_needed(mean, variance),
        variance=variance,
        unpaired_variance=unpaired,
        variance_ratio=unpaired / variance if variance > 0 else None,
    )


def runs_needed(mean: float, variance: float) -> int | None:
    """Return how many runs tell a mean difference of that size from zero with the chance POWER.

    n = (z_a + z_b)^2 s^2 / d^2 + z_a^2 / 2 with d the mean difference, s^2 the variance of the paired
    differences, and z the normal quantiles of (1 + CONFIDENCE) / 2 and of POWER; the last term is the
    correction of Guenther (1981) for a variance that is estimated. None where the difference is zero.
    """
    if mean == 0:
        return None
    needed = _normal_sum() ** 2 * variance / mean**2 + NormalDist().inv_cdf(0.5 + CONFIDENCE / 2) ** 2 / 2
    return max(LEAST_RUNS, math.ceil(needed)) if math.isfinite(needed) else None


def _normal_sum() -> float:
    """Return z_a + z_b of `runs_needed`."""
    normal = NormalDist()
    return normal.inv_cdf(0.5 + CONFIDENCE / 2) + normal.inv_cdf(POWER)
