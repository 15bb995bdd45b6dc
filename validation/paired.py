"""Paired runs of trasiego: the same runs with and without a change, and how they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

import trasiego

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Change:
    """Relative change from a baseline over runs: median, and the bounds of nine runs of ten."""

    median: float
    low: float
    high: float

    @property
    def sign(self) -> int:
        """1 or -1 where nine runs of ten agree on the direction, else 0."""
        return int(np.sign(self.low)) if np.sign(self.low) == np.sign(self.high) else 0

    def __str__(self) -> str:
        return f"{self.median:+.1%} ({self.low:+.1%} to {self.high:+.1%})"


def change(values: Floats, baseline: Floats) -> Change:
    """Return the relative change of paired values [runs] from their baseline [runs]."""
    low, median, high = np.quantile(values / baseline - 1.0, (0.05, 0.5, 0.95))
    return Change(float(median), float(low), float(high))


def runs_of(scenario: str, runs: int, months: int, policies: Sequence[str] = (), seed: int = 1) -> Any:
    """Return the data set of runs of a shipped scenario; the same seed and run is paired across policies."""
    return trasiego.run(scenario, runs=runs, seed=seed, months=months, policies=policies).dataset


def last_year(dataset: Any, name: str) -> Floats:
    """Return the mean month of a variable over the last 12 months, dims without `month`."""
    return np.asarray(dataset[name].isel(month=slice(-12, None)).mean("month", dtype="float64").values)
