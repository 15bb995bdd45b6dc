"""Peak memory of ensembles, each in a process of its own, and the size of their results folders."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.figures import Figure

MEMORY_TARGET_MIB, FOLDER_TARGET_MB = 1536.0, 100.0
PROGRAM = """
import json, resource, sys
import trasiego
runs, months, out = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
trasiego.run("northern-route", runs=runs, months=months, out=out)
print(json.dumps(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss))
"""
WHOLE_MONTHS = 180
STUDY_RUNS = 1000


def measure(quick: bool = False) -> list[Figure]:
    """Return peak memory and folder size of 20, 100 and 1,000 runs, and the time of the last."""
    sizes, months = ((2, 6), 6) if quick else ((20, 100, STUDY_RUNS), WHOLE_MONTHS)
    figures = []
    for runs in sizes:
        minutes, memory, folder = _ensemble(runs, months)
        figures += of_ensemble(runs, months, minutes, memory, folder)
    return figures


def of_ensemble(runs: int, months: int, minutes: float, memory: float, folder: float) -> list[Figure]:
    """Return figures of an ensemble: peak memory in MiB, folder in MB and, of many runs, minutes."""
    what, many = f"{runs:,} runs of northern-route, {months} months", runs >= STUDY_RUNS
    limits = (MEMORY_TARGET_MIB, FOLDER_TARGET_MB) if many else (None, None)
    note = "run in chunks, gather, write, report" if many else "run, write, report"
    figures = [
        Figure("memory", f"{what}, peak memory", memory, "MiB", limits[0], note=note),
        Figure("memory", f"{what}, results folder", folder, "MB", limits[1]),
    ]
    return figures + ([Figure("memory", f"{what}, on the clock", minutes, "min", 2.5)] if many else [])


def _ensemble(runs: int, months: int) -> tuple[float, float, float]:
    """Return minutes on the clock, peak memory in MiB and the size of the results folder in MB."""
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / "out"
        command = [sys.executable, "-c", PROGRAM, str(runs), str(months), str(out)]
        began = time.perf_counter()
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
        minutes = (time.perf_counter() - began) / 60.0
    return minutes, json.loads(done.stdout.splitlines()[-1]) / 1024.0, size / 1e6
