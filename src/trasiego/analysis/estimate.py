"""A number over the runs: median and interval."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from trasiego.analysis.view import Floats


@dataclass(frozen=True)
class Estimate:
    """Median, and the 5 and 95 percent quantiles over the runs; `unit` as in the list of units."""

    median: float
    low: float
    high: float
    unit: str


def estimate(values: Floats, unit: str) -> Estimate:
    """Return the estimate of `values` [runs], leaving out runs without an answer (NaN)."""
    low, median, high = np.nanquantile(values, (0.05, 0.5, 0.95))
    return Estimate(float(median), float(low), float(high), unit)


def ratio(upper: Floats, lower: Floats) -> Floats:
    """Return `upper` over `lower`, NaN where `lower` is not above zero."""
    return np.where(lower > 0, upper / np.where(lower > 0, lower, 1.0), np.nan)
