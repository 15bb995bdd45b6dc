"""The record of an ensemble: labelled NumPy arrays, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from trasiego.world.tables import Floats, World

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
FLOW_RUNS = 4


@dataclass(frozen=True)
class Record:
    """Arrays of an ensemble by the name of their variable in the results.

    runs holds the run numbers, flow_runs those whose whole flows are kept; ``arrays`` the variables in the
    dims order of the results' table; seconds the wall time.
    """

    world: World
    runs: tuple[int, ...]
    flow_runs: tuple[int, ...]
    months: int
    seed: int
    arrays: dict[str, Floats]
    seconds: float


def quantiles_of(values: Floats) -> Floats:
    """Quantiles over the first axis (runs), [quantile, ...]; months without any value stay NaN."""
    known = np.isfinite(values).any(axis=0)
    result = np.full((len(QUANTILES), *values.shape[1:]), np.nan, dtype=np.float32)
    result[:, known] = np.nanquantile(values[:, known], QUANTILES, axis=0)
    return result
