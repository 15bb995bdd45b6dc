"""Runs at points: figures of some numbers that somebody chose, each point with the same runs.

A row is one run of one point. Rows of all points with the same run number have the same draws (common
random numbers), so what differs between them comes from the figures.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from trasiego.ensemble.parameters import Draw, draw_of
from trasiego.ensemble.progress import Listener
from trasiego.ensemble.record import QUANTILES, Record
from trasiego.ensemble.run import FLOWS, PRICES, Worlds, run_part
from trasiego.scenario import Scenario
from trasiego.world.compile import Layout, compile_world, lay_out
from trasiego.world.tables import Floats


class PointDraws:
    """The figures of each row [row, number] for the numbers of some paths; the others are as they are."""

    def __init__(self, scenario: Scenario, paths: tuple[str, ...], figures: Floats) -> None:
        self.scenario, self.paths, self.figures = scenario, paths, figures

    @cached_property
    def layout(self) -> Layout:
        """Layout that the worlds of all rows share."""
        return lay_out(self.scenario)

    def of_runs(self, runs: Sequence[int]) -> list[Draw]:
        """Scenarios of rows with their figures, which are mended where two do not go together."""
        rows = (self.figures[row].tolist() for row in runs)
        return [draw_of(self.scenario, dict(zip(self.paths, row, strict=True))) for row in rows]


def run_points(
    draws: PointDraws,
    run_numbers: Sequence[int],
    seed: int,
    months: int,
    *,
    threads: int | None = None,
    progress: Listener | None = None,
    cancel: threading.Event | None = None,
) -> Record:
    """Run each row of the draws with its run number, and return the record of all rows.

    The record numbers rows as runs and keeps all of them with all their flows. Quantiles over the runs are
    NaN, for the rows are not runs of one scenario. Raise as :func:`trasiego.ensemble.run.run_part`.
    """
    began = time.monotonic()
    world = compile_world(draws.scenario)
    rows = range(len(run_numbers))
    arrays = run_part(
        world,
        run_numbers,
        seed,
        months,
        whole_runs=len(rows),
        drawn=Worlds(draws, rows),
        threads=threads,
        progress=progress,
        cancel=cancel,
    )
    for name, kept in ((FLOWS, "link_flow_kg_quantile"), (PRICES, "place_price_usd_per_kg_quantile")):
        entities = arrays.pop(name).shape[-1]
        arrays[kept] = np.full((len(QUANTILES), months, entities), np.nan, dtype=np.float32)
    numbers = tuple(rows)
    return Record(world, numbers, numbers, months, seed, arrays, time.monotonic() - began, draws.paths)
