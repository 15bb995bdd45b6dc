"""Runs at many points, chunk by chunk through a store, so that they go on after whatever cut them short."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Protocol

import numpy as np

from trasiego.analysis.exploration.figures import Figure, measure_rows
from trasiego.ensemble.points import PointDraws, run_points
from trasiego.ensemble.progress import Listener
from trasiego.ensemble.store import is_begun, open_store
from trasiego.ensemble.study import key_of, versions
from trasiego.ensemble.work import complete
from trasiego.results import check_target
from trasiego.scenario import Number, Scenario
from trasiego.world.tables import Floats

CHUNK_ROWS = 24
"""Runs that are in memory at a time with all their flows, all those of a point at least."""

FOUND = "figures"
"""Array of a chunk: what was measured in its runs."""


class Design(Protocol):
    """Which points are run: blocks of them, each known once those before it were run."""

    @property
    def blocks(self) -> Sequence[int]:
        """Number of points of each block."""

    @property
    def packages(self) -> Sequence[str]:
        """Packages on whose version the points depend."""

    def points(self, block: int, before: Sequence[Floats], found: Sequence[Floats]) -> Floats:
        """Return the figures [point, number] of a block.

        `before` are the figures of the blocks before it, `found` what was measured at them, arrays
        [point, run, figure].
        """


@dataclass(eq=False)
class PointStudy:
    """What is run: the points of a design, each with the same `runs_each` runs.

    `command` is the one of the command line, `asked` what else the user asked for that decides the points.
    A run of the study is a row: run after run of the first point, then of the second. `model` measures rows.
    """

    command: str
    scenario: Scenario
    numbers: tuple[Number, ...]
    figures: tuple[Figure, ...]
    design: Design
    asked: Mapping[str, Any]
    runs_each: int
    seed: int
    months: int
    model: Callable[..., Floats] = field(default_factory=lambda: measured_rows)
    recall: Callable[[range], Floats] | None = None
    _blocks: dict[int, Floats] = field(default_factory=dict)

    @property
    def runs(self) -> int:
        """Number of rows."""
        return sum(self.design.blocks) * self.runs_each

    @cached_property
    def starts(self) -> list[int]:
        """First row of each block, and the end of the last."""
        rows = np.cumsum([0, *self.design.blocks]) * self.runs_each
        return [int(row) for row in rows]

    @cached_property
    def chunks(self) -> list[range]:
        """Rows of each chunk: whole points, and never of two blocks."""
        size = max(1, CHUNK_ROWS // self.runs_each) * self.runs_each
        return [
            range(start, min(start + size, stop))
            for first, stop in zip(self.starts, self.starts[1:], strict=False)
            for start in range(first, stop, size)
        ]

    @cached_property
    def about(self) -> dict[str, Any]:
        """What the bits depend on."""
        packages = {name: metadata.version(name) for name in self.design.packages}
        return {
            **self.asked,
            "runs": self.runs_each,
            "seed": self.seed,
            "months": self.months,
            "scenario_hash": self.scenario.hash,
            "figures": [figure.id for figure in self.figures],
            "versions": versions(False) | packages,
        }

    @cached_property
    def key(self) -> str:
        """Digest of `about`."""
        return key_of(self.about)

    def points(self, block: int) -> Floats:
        """Return the figures of the numbers at the points of a block [point, number], after those before."""
        if block not in self._blocks:
            before = [self.points(each) for each in range(block)]
            self._blocks[block] = self.design.points(block, before, [self.found(b) for b in range(block)])
        return self._blocks[block]

    def found(self, block: int) -> Floats:
        """Return what was measured at the points of a block that was run [point, run, figure]."""
        assert self.recall is not None
        rows = self.recall(range(self.starts[block], self.starts[block + 1]))
        return rows.reshape(-1, self.runs_each, len(self.figures))

    def run_chunk(
        self,
        runs: range,
        *,
        threads: int | None = None,
        progress: Listener | None = None,
        cancel: threading.Event | None = None,
    ) -> dict[str, Floats]:
        """Run the rows of a chunk and return what was measured in them [row, figure]."""
        block = max(at for at, start in enumerate(self.starts[:-1]) if start <= runs.start)
        at = np.arange(runs.start, runs.stop) - self.starts[block]
        figures = self.points(block)[at // self.runs_each]
        numbers = [int(row) for row in at % self.runs_each]
        works = {"threads": threads, "progress": progress, "cancel": cancel}
        return {FOUND: self.model(self, figures, numbers, **works)}


def measured_rows(study: PointStudy, figures: Floats, run_numbers: Sequence[int], **works: Any) -> Floats:
    """Run rows of a study in the model and measure them [row, figure]."""
    draws = PointDraws(study.scenario, tuple(number.path for number in study.numbers), figures)
    record = run_points(draws, run_numbers, study.seed, study.months, **works)
    return measure_rows(record, study.scenario, study.figures)


@dataclass(frozen=True)
class Keeping:
    """Where a study and what comes out of it are kept.

    `out` is the folder (None for none), `marker` the file by which such a folder is known, `source` how the
    scenario was given.
    """

    out: Path | None
    marker: str
    source: Mapping[str, Any]
    resume: bool = False
    overwrite: bool = False


@contextmanager
def completed(
    study: PointStudy,
    keeping: Keeping,
    *,
    threads: int | None = None,
    progress: Listener | None = None,
    cancel: threading.Event | None = None,
) -> Iterator[bool]:
    """Run what a study lacks; inside the block all that it found is at hand, and its folder may be written.

    Yield whether a folder of that name may be replaced. The store goes after the block. Raise as
    `trasiego.ensemble.work.complete` and `open_store`, and Faults where the folder is taken.
    """
    if keeping.out is None:
        with TemporaryDirectory() as place:
            inside = Keeping(Path(place) / "study", keeping.marker, keeping.source)
            with completed(study, inside, threads=threads, progress=progress, cancel=cancel) as overwrite:
                yield overwrite
        return
    if not is_begun(keeping.out):
        check_target(keeping.out, keeping.overwrite, keeping.marker)
    opened = open_store(
        keeping.out, study, keeping.source, resume=keeping.resume, overwrite=keeping.overwrite
    )
    with opened as store:
        study.recall = store.rows_of(FOUND)
        complete(store, threads=threads, progress=progress, cancel=cancel)
        yield bool(store.about["overwrite"])
        store.remove()
