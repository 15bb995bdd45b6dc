"""The two hot steps against the same arithmetic in C, compiled on this machine for this machine.

The C takes the arrays of a run as they are and must leave the same in them, to 1e-12 of the largest of each.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from time import thread_time

import numpy as np

from benchmarks.figures import Figure
from benchmarks.floor.arrays import FLOATS, INTEGERS, NUMBERS, SIZES
from benchmarks.twins import hot_runs, step_seconds
from trasiego.model.schedule import Run, step_transit, step_valuation

FOLDER = Path(__file__).parent
SOURCES = tuple(str(FOLDER / name) for name in ("valuation.c", "transit.c"))
OPTIONS = ("-O3", "-march=native", "-shared", "-fPIC", "-std=gnu11")
TARGET, TOLERANCE = 1.5, 1e-12
TIMES = 15


class _CRun(ctypes.Structure):
    _fields_ = (
        *((name, ctypes.c_int64) for name in SIZES),
        *((name, ctypes.c_double) for name in NUMBERS),
        *((name, ctypes.c_void_p) for name in INTEGERS),
        *((name, ctypes.c_void_p) for name in FLOATS),
    )


def header() -> str:
    """Return the C structure that `_CRun` fills, written from the same lists."""
    lines = [f"    int64_t {name};" for name in SIZES] + [f"    double {name};" for name in NUMBERS]
    lines += [f"    const int64_t *{name};" for name in INTEGERS] + [
        f"    double *{name};" for name in FLOATS
    ]
    return "\n".join(["#include <stdint.h>", "typedef struct {", *lines, "} Run;", ""])


def compiled(folder: Path) -> ctypes.CDLL | None:
    """Return the compiled steps, or None where there is no C compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None:
        return None
    (folder / "run.h").write_text(header(), "utf-8")
    library = folder / "steps.so"
    command = [compiler, *OPTIONS, f"-I{folder}", f"-I{FOLDER}", *SOURCES, "-o", str(library), "-lm"]
    subprocess.run(command, check=True)
    return ctypes.CDLL(str(library))


def view(run: Run, month: int) -> _CRun:
    """Return the C view of a run; it holds while the run lives."""
    made = _CRun()
    for name, size in SIZES.items():
        setattr(made, name, size(run, month))
    for name, number in NUMBERS.items():
        setattr(made, name, number(run))
    for name, array in (INTEGERS | FLOATS).items():
        values = array(run)
        wanted = np.int64 if name in INTEGERS else np.float64
        if values.dtype != wanted or not values.flags.c_contiguous:
            raise TypeError(
                f"{name} is {values.dtype} with strides {values.strides}; the C takes whole {wanted}"
            )
        setattr(made, name, values.ctypes.data)
    return made


def check(before: Run, ours: Run, theirs: Run) -> None:
    """Raise AssertionError where an array of the two runs is not the same, for its size before or after."""
    for name, array in FLOATS.items():
        mine, other = array(ours), array(theirs)
        largest = [np.abs(values[np.isfinite(values)]).max(initial=0.0) for values in (array(before), mine)]
        scale = float(max(largest))
        if name == "stock":
            scale = max(scale, float(ours.state.flows.link_kg.max(initial=0.0)))
        np.testing.assert_allclose(other, mine, rtol=TOLERANCE, atol=TOLERANCE * scale, err_msg=name)


def measure(quick: bool = False) -> list[Figure]:
    """Return the ratios of both steps to C; none, with a line that says so, where there is no compiler."""
    with tempfile.TemporaryDirectory() as place:
        library = compiled(Path(place))
        if library is None:
            print("floor: no C compiler (cc, gcc or clang) on the path; left out", file=sys.stderr)
            return []
        valued, moving, month = hot_runs(quick)
        return [
            _against(library.valuation_step, step_valuation, valued, month, "valuation"),
            _against(library.transit_step, step_transit, moving, month, "transit"),
        ]


def _against(
    in_c: Callable[[object], object], step: Callable[[Run, int], None], run: Run, month: int, name: str
) -> Figure:
    ours, theirs = deepcopy(run), deepcopy(run)
    step(ours, month)
    in_c(ctypes.byref(view(theirs, month)))
    check(run, ours, theirs)
    seconds = []
    for _time in range(TIMES):
        copy = deepcopy(run)
        fields = view(copy, month)
        began = thread_time()
        in_c(ctypes.byref(fields))
        seconds.append(thread_time() - began)
    took = step_seconds(run, step, month, TIMES)
    note = f"ours {1000.0 * took:.2f} ms, C {1000.0 * min(seconds):.2f} ms; the same to {TOLERANCE:g}"
    return Figure("floor", f"{name} step over C", took / min(seconds), "times", TARGET, note=note)
