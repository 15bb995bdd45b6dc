"""Compile the kernels before the first run: from both ends of the month at once, in two processes.

The compiler works on one core. The first time, a second process compiles the last steps and the record while
this one compiles the first steps; what each has done the other finds in the cache.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np

from trasiego.common.messages import _
from trasiego.ensemble.progress import Listener, Progress
from trasiego.model.balance import Balance
from trasiego.model.record import Recorder, empty_arrays
from trasiego.model.schedule import STEPS, Run, start_run
from trasiego.model.transit import transit
from trasiego.world.tables import World

LAST_STEPS = ("violence", "organisation", "learning", "market", "interdiction", "bribery")
"""What the second process compiles, in its order: about half of the work."""
SMALL_SCENARIO = "vrae-2010"
"""The world that it does so with; what is compiled does not depend on the world."""


def compile_kernels(world: World, listener: Listener) -> None:
    """Let every step run once, so that what must be compiled is compiled and the listener hears which."""
    with _second_process():
        run = start_run(world, 0, 0)
        for number, (name, step) in enumerate(STEPS):
            listener(Progress("compile", _("compiling {step}").format(step=name), number, len(STEPS)))
            step(run, 0)
        _record_a_month(world, run)
    listener(Progress("compile", _("compiled"), len(STEPS), len(STEPS)))


def _record_a_month(world: World, run: Run) -> None:
    """Let what is written for a month be written once."""
    arrays = empty_arrays(world, 1, 1, 1)
    flows = np.zeros((1, len(world.names.links)), dtype=np.float32)
    prices = np.zeros((1, len(world.names.places)), dtype=np.float32)
    recorder, balance = Recorder(world, arrays, 0, flows, prices), Balance(run.state)
    recorder.remember(run.state)
    _mass, residual = balance.residuals(run.state, False)
    recorder.write(run.state, 0, 0, residual)


@contextmanager
def _second_process() -> Iterator[None]:
    """Have a second process compile the last steps meanwhile, where that is worth it."""
    if _is_compiled() or _core_count() < 2 or not sys.executable:
        yield
        return
    silent = subprocess.DEVNULL
    command = [sys.executable, "-m", "trasiego.ensemble.compiling", str(os.getpid())]
    second = subprocess.Popen(command, stdin=silent, stdout=silent, stderr=silent)
    try:
        yield
    finally:
        second.kill()
        second.wait()


def _is_compiled() -> bool:
    """Tell whether the largest kernel lies in the cache; yes where numba does not say."""
    try:
        return bool(transit._cache._cache_file._load_index())  # type: ignore[attr-defined]
    except (AttributeError, OSError):
        return True


def _core_count() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _compile_the_last(parent: int, going_on: Callable[[], int] = os.getppid) -> None:
    """Write a record, then run the last steps once, the last one first; stop when the parent is gone."""
    from trasiego.scenario import load_scenario
    from trasiego.world.compile import compile_world

    world = compile_world(load_scenario(SMALL_SCENARIO))
    run, steps = start_run(world, 0, 0), dict(STEPS)
    _record_a_month(world, run)
    for name in LAST_STEPS:
        if going_on() != parent:
            return
        steps[name](run, 0)


if __name__ == "__main__":
    _compile_the_last(int(sys.argv[1]))
