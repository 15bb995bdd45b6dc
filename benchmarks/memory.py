"""Peak memory of ensembles, each in a process of its own, and the size of their results folders."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
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
EXTRAPOLATED = "by the line through both; low where the report, not the runs, sets the peak of the small ones"


def measure(quick: bool = False) -> list[Figure]:
    """Return peak memory and folder size of 20 and 100 runs, and both for 1,000 by the line through them."""
    sizes, months = ((2, 6), 6) if quick else ((20, 100), WHOLE_MONTHS)
    found = [_ensemble(runs, months) for runs in sizes]
    figures = []
    for runs, (memory, folder) in zip(sizes, found, strict=True):
        what = f"{runs} runs of northern-route, {months} months"
        figures.append(Figure("memory", f"{what}, peak memory", memory, "MiB", note="run, write, report"))
        figures.append(Figure("memory", f"{what}, results folder", folder, "MB"))
    for column, unit, what, target in (
        (0, "MiB", "peak memory", MEMORY_TARGET_MIB),
        (1, "MB", "results folder", FOLDER_TARGET_MB),
    ):
        slope = (found[1][column] - found[0][column]) / (sizes[1] - sizes[0])
        value = found[1][column] + slope * (1000 - sizes[1])
        figures.append(Figure("memory", f"1,000 runs, {what}", value, unit, target, note=EXTRAPOLATED))
    return figures


def _ensemble(runs: int, months: int) -> tuple[float, float]:
    """Return peak memory in MiB and the size of the results folder in MB."""
    with tempfile.TemporaryDirectory() as place:
        out = Path(place) / "out"
        command = [sys.executable, "-c", PROGRAM, str(runs), str(months), str(out)]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        size = sum(path.stat().st_size for path in out.rglob("*") if path.is_file())
    return json.loads(done.stdout.splitlines()[-1]) / 1024.0, size / 1e6
