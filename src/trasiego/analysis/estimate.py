"""A number over the runs: median and interval."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from trasiego.analysis.view import Floats

INTERVAL = (0.05, 0.95)
"""The quantiles over the runs that an interval goes between."""

RESAMPLES = 2000
SEED = 1


@dataclass(frozen=True)
class Estimate:
    """Median, and the 5 and 95 percent quantiles over the runs; `unit` as in the list of units."""

    median: float
    low: float
    high: float
    unit: str


def estimate(values: Floats, unit: str) -> Estimate:
    """Return the estimate of `values` [runs], leaving out runs without an answer (NaN)."""
    low, median, high = np.nanquantile(values, (INTERVAL[0], 0.5, INTERVAL[1]))
    return Estimate(float(median), float(low), float(high), unit)


def ratio(upper: Floats, lower: Floats) -> Floats:
    """Return `upper` over `lower`, NaN where `lower` is not above zero."""
    return np.where(lower > 0, upper / np.where(lower > 0, lower, 1.0), np.nan)


def pooled_ratio(upper: Floats, lower: Floats, unit: str) -> Estimate:
    """Return the sum of `upper` [runs] over that of `lower` [runs], with a 90 percent interval.

    The interval is that of a bootstrap over whole runs (percentile method, Efron 1979) with a seed of its
    own, so the same runs give the same interval. Sums below zero count as zero; over nothing the ratio is
    infinite, and NaN for nothing over nothing.
    """
    found = float(_sums_ratio(upper, lower))
    if upper.size < 2 or not math.isfinite(found):
        return Estimate(found, found, found, unit)
    drawn = np.random.default_rng(SEED).integers(0, upper.size, (RESAMPLES, upper.size))
    spread = _sums_ratio(upper[drawn], lower[drawn])
    low, high = np.quantile(spread[~np.isnan(spread)], INTERVAL, method="nearest")
    return Estimate(found, float(low), float(high), unit)


def _sums_ratio(upper: Floats, lower: Floats) -> Floats:
    above, below = (np.maximum(part.sum(axis=-1), 0.0) for part in (upper, lower))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(above / below)
