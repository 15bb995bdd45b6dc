"""Time from the start of Python to the first month done: with everything to be compiled, and later."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from time import perf_counter

from benchmarks.figures import Figure

FIRST_TARGET_S, LATER_TARGET_S = 30.0, 1.5
PROGRAM = """
from trasiego.ensemble.compiling import compile_kernels
from trasiego.model.balance import Balance
from trasiego.model.schedule import run_month, start_run
from trasiego.scenario import load_scenario
from trasiego.world.compile import compile_world

world = compile_world(load_scenario("{scenario}"))
compile_kernels(world, lambda progress: None)
run = start_run(world, 1, 0)
run_month(run, 0, Balance(run.state))
"""


def measure(quick: bool = False) -> list[Figure]:
    """Return the time of a first start on the clock, as two processes compile; CPU time of later ones."""
    scenario = "guatemala-2011" if quick else "northern-route"
    with tempfile.TemporaryDirectory() as folder:
        first = _start(scenario, folder)
        later = min(_start(scenario, folder) for _time in range(2 if quick else 5))
    return [
        Figure(
            "start",
            f"first start to the first month of {scenario}, all kernels compiled",
            first[1],
            "s",
            FIRST_TARGET_S,
            note=f"on the clock, in two processes; {first[0]:.1f} s of CPU time",
        ),
        Figure(
            "start",
            "later start to the first month",
            later[0],
            "s",
            LATER_TARGET_S,
            note=f"CPU time, least of several; {later[1]:.2f} s on the clock",
        ),
    ]


def _start(scenario: str, cache: str) -> tuple[float, float]:
    """Return CPU and wall seconds of one start with compiled code kept in `cache`."""
    environment = {**os.environ, "NUMBA_CACHE_DIR": cache}
    before, began = _children_cpu(), perf_counter()
    subprocess.run([sys.executable, "-c", PROGRAM.format(scenario=scenario)], check=True, env=environment)
    return _children_cpu() - before, perf_counter() - began


def _children_cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
