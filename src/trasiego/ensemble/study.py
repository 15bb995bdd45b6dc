"""A study: an ensemble in chunks, each of which gives the same bits wherever and whenever it runs."""

from __future__ import annotations

import threading
from dataclasses import dataclass, fields
from functools import cached_property
from hashlib import blake2b
from importlib import metadata
from typing import Any, ClassVar, Protocol

from trasiego.ensemble.parameters import NumberDraws
from trasiego.ensemble.progress import Listener
from trasiego.ensemble.record import FLOW_RUNS, Record
from trasiego.ensemble.run import Worlds, run_ensemble, run_part
from trasiego.scenario import Scenario
from trasiego.world.compile import compile_world
from trasiego.world.tables import Floats, World

CHUNK_RUNS = 50
"""Runs of a chunk, the most that are in memory at a time."""

STUDY_KEYS = (
    "runs", "seed", "months", "whole_runs", "draw_numbers", "chunk_runs", "scenario_hash", "versions"
)  # fmt: skip
"""What the bits of a study depend on."""

BIT_PACKAGES = ("numpy", "numba", "llvmlite")
"""Packages of which another version may give other bits."""


def versions(draw_numbers: bool) -> dict[str, str]:
    """Return the versions on which the bits of a study depend, by package."""
    import platform

    from trasiego import __version__

    packages = (*BIT_PACKAGES, "scipy") if draw_numbers else BIT_PACKAGES
    found = {name: metadata.version(name) for name in packages}
    return {"trasiego": __version__, "python": platform.python_version()} | found


class Chunked(Protocol):
    """What a store keeps chunk by chunk: a :class:`Study`, or one that puts its runs together otherwise."""

    @property
    def command(self) -> str:
        """Command of the command line that goes on with it."""

    @property
    def runs(self) -> int:
        """Number of runs."""

    @property
    def chunks(self) -> list[range]:
        """Runs of each chunk."""

    @property
    def about(self) -> dict[str, Any]:
        """What its bits depend on, in words that JSON holds; its `versions` by package among them."""

    @property
    def key(self) -> str:
        """Digest of `about`."""

    def run_chunk(
        self,
        runs: range,
        *,
        threads: int | None = None,
        progress: Listener | None = None,
        cancel: threading.Event | None = None,
    ) -> dict[str, Floats]:
        """Run the runs of a chunk and return the arrays that are kept."""


def key_of(about: dict[str, Any]) -> str:
    """Return the digest of what the bits of a study depend on."""
    import json

    return blake2b(json.dumps(about, sort_keys=True).encode(), digest_size=16).hexdigest()


@dataclass(frozen=True)
class Study:
    """What an ensemble runs.

    ``runs`` are numbered from 0, the first ``whole_runs`` are kept with all their flows; with
    ``draw_numbers`` each run draws the numbers of the scenario. It can be sent to another process.
    """

    command: ClassVar[str] = "run"

    scenario: Scenario
    runs: int
    seed: int
    months: int
    whole_runs: int = FLOW_RUNS
    draw_numbers: bool = False
    chunk_runs: int = CHUNK_RUNS

    def __getstate__(self) -> dict[str, Any]:
        return {each.name: self.__dict__[each.name] for each in fields(self)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)

    @cached_property
    def world(self) -> World:
        """World of the scenario as it is, whose names all runs share."""
        return compile_world(self.scenario)

    @cached_property
    def draws(self) -> NumberDraws | None:
        """What the runs draw, or None; raises Faults where what draws it is not installed."""
        return NumberDraws(self.scenario, self.seed) if self.draw_numbers else None

    @property
    def chunks(self) -> list[range]:
        """Runs of each chunk."""
        starts = range(0, self.runs, self.chunk_runs)
        return [range(start, min(start + self.chunk_runs, self.runs)) for start in starts]

    @cached_property
    def about(self) -> dict[str, Any]:
        """What the bits of the study depend on, in words that JSON holds."""
        said = {name: getattr(self, name) for name in STUDY_KEYS[:-2]}
        return {**said, "scenario_hash": self.scenario.hash, "versions": versions(self.draw_numbers)}

    @cached_property
    def key(self) -> str:
        """Digest of ``about``, which tells the chunks of this study from those of others."""
        return key_of(self.about)

    def run_chunk(
        self,
        runs: range,
        *,
        threads: int | None = None,
        progress: Listener | None = None,
        cancel: threading.Event | None = None,
    ) -> dict[str, Floats]:
        """Run the runs of a chunk; arrays and errors as of :func:`trasiego.ensemble.run.run_part`."""
        return run_part(
            self.world,
            runs,
            self.seed,
            self.months,
            whole_runs=min(len(runs), max(0, self.whole_runs - runs.start)),
            drawn=Worlds(self.draws, runs) if self.draws else None,
            threads=threads,
            progress=progress,
            cancel=cancel,
        )

    def run_in_memory(
        self,
        *,
        threads: int | None = None,
        progress: Listener | None = None,
        cancel: threading.Event | None = None,
    ) -> Record:
        """Run all runs at once, all in memory; errors as of :func:`trasiego.ensemble.run.run_ensemble`."""
        return run_ensemble(
            self.world,
            self.runs,
            self.seed,
            months=self.months,
            whole_runs=self.whole_runs,
            draws=self.draws,
            threads=threads,
            progress=progress,
            cancel=cancel,
        )
