"""The record of an ensemble: labelled NumPy arrays, before anything is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from trasiego.world.tables import Floats, World

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
FLOW_RUNS = 4


@dataclass(frozen=True)
class Record:
    """Arrays of an ensemble by the name of their variable in the results.

    runs holds the run numbers, flow_runs those whose whole flows are kept; ``arrays`` the variables in the
    dims order of the results' table; seconds the wall time; numbers the paths of what the runs drew.
    """

    world: World
    runs: tuple[int, ...]
    flow_runs: tuple[int, ...]
    months: int
    seed: int
    arrays: Mapping[str, Floats]
    seconds: float
    numbers: tuple[str, ...] = ()


def quantiles_of(values: Floats) -> Floats:
    """Quantiles over the first axis (runs), [quantile, ...], with linear interpolation between runs.

    Runs without a value (NaN) do not count; where none has one the quantiles are NaN. NumPy's own nanquantile
    gives the same and takes a hundred times as long on arrays of many short columns.
    """
    ordered = np.sort(values, axis=0)
    last = np.maximum(np.isfinite(values).sum(axis=0) - 1, 0)
    result = np.empty((len(QUANTILES), *values.shape[1:]), dtype=np.float32)
    for row, level in enumerate(QUANTILES):
        position = level * last
        below = np.floor(position).astype(np.int64)
        above = np.minimum(below + 1, last)
        low = np.take_along_axis(ordered, below[None], axis=0)[0]
        high = np.take_along_axis(ordered, above[None], axis=0)[0]
        result[row] = low + (high - low) * (position - below)
    return result
