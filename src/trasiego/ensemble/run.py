"""Run an ensemble on the cores of one machine.

Every draw is keyed by (seed, run), so the bits do not depend on the number of threads or on which runs are
asked for.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import contextmanager

import numpy as np

from trasiego.common.messages import _
from trasiego.ensemble.compiling import compile_kernels
from trasiego.ensemble.parameters import Draws
from trasiego.ensemble.processes import BUSY_THREADS, are_worth_it, have_started, run_in_processes
from trasiego.ensemble.progress import Cancelled, Listener, Progress
from trasiego.ensemble.record import FLOW_RUNS, Record, quantiles_of
from trasiego.model.record import Recorder, empty_arrays
from trasiego.model.schedule import simulate
from trasiego.world.compile import compile_world
from trasiego.world.tables import Floats, World

FLOWS, PRICES = "flows_of_all_runs", "prices_of_all_runs"


def run_ensemble(
    world: World,
    runs: int = 1,
    seed: int = 1,
    *,
    months: int | None = None,
    threads: int | None = None,
    progress: Listener | None = None,
    cancel: threading.Event | None = None,
    first_run: int = 0,
    whole_runs: int = FLOW_RUNS,
    draws: Draws | None = None,
) -> Record:
    """Run ``runs`` runs, numbered from ``first_run``, and return their record.

    The first ``whole_runs`` are kept with all their flows. With ``draws`` each run is in the world that it
    drew. Raises :class:`Cancelled` when ``cancel`` is set, and
    :class:`trasiego.model.balance.BalanceError` when a balance does not close.
    """
    began = time.monotonic()
    months = world.months if months is None else months
    numbers = range(first_run, first_run + runs)
    whole_runs = min(runs, whole_runs)
    arrays = run_part(
        world,
        numbers,
        seed,
        months,
        whole_runs=whole_runs,
        drawn=Worlds(draws, numbers) if draws else None,
        threads=threads,
        progress=progress,
        cancel=cancel,
    )
    arrays["link_flow_kg_quantile"] = quantiles_of(arrays.pop(FLOWS).swapaxes(0, 1))
    arrays["place_price_usd_per_kg_quantile"] = quantiles_of(arrays.pop(PRICES).swapaxes(0, 1))
    flow_runs = tuple(numbers)[:whole_runs]
    paths = draws.paths if draws else ()
    return Record(world, tuple(numbers), flow_runs, months, seed, arrays, time.monotonic() - began, paths)


def run_part(
    world: World,
    runs: Sequence[int],
    seed: int,
    months: int,
    *,
    whole_runs: int = 0,
    drawn: Worlds | None = None,
    threads: int | None = None,
    progress: Listener | None = None,
    cancel: threading.Event | None = None,
) -> dict[str, Floats]:
    """Run some runs and return their arrays, in which quantiles over the runs are still to be taken.

    That is, besides the variables of the record, ``FLOWS`` [month, run, link] and ``PRICES``
    [month, run, place] of all runs. The first ``whole_runs`` of these runs are kept with all their flows.
    """
    listener = progress or (lambda report: None)
    compile_kernels(world, listener)
    arrays = empty_arrays(world, len(runs), whole_runs, months)
    arrays[FLOWS] = np.zeros((months, len(runs), len(world.names.links)), dtype=np.float32)
    arrays[PRICES] = np.zeros((months, len(runs), len(world.names.places)), dtype=np.float32)
    arrays["number_value"] = np.zeros((len(runs), 0)) if drawn is None else drawn.figures
    world_of = (lambda row: world) if drawn is None else drawn.world
    count = _thread_count(threads, len(runs))
    _run_all(world_of, seed, runs, months, arrays, count, listener, (cancel or threading.Event()).is_set)
    return arrays


class Worlds:
    """The worlds that some runs drew, compiled when asked for; ``figures`` [run, number] are the draws."""

    def __init__(self, draws: Draws, runs: range) -> None:
        self._layout = draws.layout
        self._drawn = draws.of_runs(runs)
        self.figures = np.array([draw.figures for draw in self._drawn]).reshape(len(runs), len(draws.paths))

    def world(self, row: int) -> World:
        """World of the run in a row."""
        return compile_world(self._drawn[row].scenario, layout=self._layout)


@contextmanager
def _quick_handover() -> Iterator[None]:
    """Let threads pass the interpreter lock on after a hundredth of a millisecond.

    Kernels run for less than the interpreter's own 5 ms, so that a thread that comes out of one would wait
    longer than the kernel took.
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.00001)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def _thread_count(threads: int | None, runs: int) -> int:
    return max(1, min(threads or os.cpu_count() or 1, runs))


def _run_all(
    world_of: Callable[[int], World],
    seed: int,
    runs: Sequence[int],
    months: int,
    arrays: dict[str, Floats],
    threads: int,
    listener: Listener,
    stop: Callable[[], bool],
) -> None:
    """Run all rows: on threads, or in processes where there are many cores and enough to do."""
    done, lock = 0, threading.Lock()
    whole_runs = arrays["link_flow_kg"].shape[0]

    def one_more() -> None:
        nonlocal done
        with lock:
            done += 1
            listener(Progress("run", _("running"), done, len(runs)))

    def on_threads(rows: Sequence[int]) -> None:
        _run_on_threads(world_of, seed, runs, rows, months, arrays, threads, one_more, stop)

    def task(row: int) -> tuple[World, int, int, int, bool]:
        return world_of(row), seed, runs[row], months, row < whole_runs

    def take(row: int, of_run: dict[str, Floats]) -> None:
        _put_row(arrays, row, of_run)
        one_more()

    listener(Progress("run", _("running"), 0, len(runs)))
    began = time.monotonic()
    first = len(runs) if threads <= BUSY_THREADS else 0 if have_started() else threads
    rows = list(range(len(runs)))
    on_threads(rows[:first])
    left, taken = rows[first:], time.monotonic() - began
    if left and not stop() and (not first or are_worth_it(threads, taken / first * len(left))):
        left = run_in_processes(task, left, threads, stop, take)
    if left and not stop():
        on_threads(left)
    if stop():
        raise Cancelled


def _put_row(arrays: dict[str, Floats], row: int, of_run: dict[str, Floats]) -> None:
    """Put the arrays of one run, as :func:`run_part` gives them, where they belong among those of all."""
    for name, values in of_run.items():
        if name in (FLOWS, PRICES):
            arrays[name][:, row] = values[:, 0]
        elif values.size:
            arrays[name][row] = values[0]


def _run_on_threads(
    world_of: Callable[[int], World],
    seed: int,
    runs: Sequence[int],
    rows: Sequence[int],
    months: int,
    arrays: dict[str, Floats],
    threads: int,
    one_more: Callable[[], None],
    stop: Callable[[], bool],
) -> None:
    """Run some rows on threads of this process; raises what the first run that fails raises."""
    failed = threading.Event()

    def stopping() -> bool:
        return failed.is_set() or stop()

    def one(row: int) -> None:
        if stopping():
            return
        try:
            world = world_of(row)
            recorder = Recorder(world, arrays, row, arrays[FLOWS][:, row], arrays[PRICES][:, row])
            simulate(world, seed, runs[row], recorder, months, stopping)
        except BaseException:
            failed.set()
            raise
        one_more()

    with _quick_handover(), ThreadPoolExecutor(threads) as pool:
        futures = [pool.submit(one, row) for row in rows]
        wait(futures, return_when=FIRST_EXCEPTION)
        for future in futures:
            if future.done() and future.exception() is not None:
                failed.set()
                raise future.exception()  # type: ignore[misc]
