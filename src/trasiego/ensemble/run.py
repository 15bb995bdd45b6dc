"""Run an ensemble on the threads of one machine.

Every draw is keyed by (seed, run), so the bits do not depend on the number of threads or on which runs are
asked for.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import contextmanager

import numpy as np

from trasiego.common.messages import _
from trasiego.ensemble.progress import Cancelled, Listener, Progress
from trasiego.ensemble.record import FLOW_RUNS, Record, quantiles_of
from trasiego.model.balance import Balance
from trasiego.model.record import Recorder, empty_arrays
from trasiego.model.schedule import STEPS, simulate, start_run
from trasiego.world.tables import Floats, World


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
) -> Record:
    """Run ``runs`` runs, numbered from ``first_run``, and return their record.

    The first ``whole_runs`` are kept with all their flows. Raises :class:`Cancelled` when ``cancel`` is set,
    and :class:`trasiego.model.balance.BalanceError` when a balance does not close.
    """
    listener = progress or (lambda report: None)
    stop = (cancel or threading.Event()).is_set
    months = world.months if months is None else months
    began = time.monotonic()
    compile_kernels(world, listener)
    flow_runs = min(runs, whole_runs)
    arrays = empty_arrays(world, runs, flow_runs, months)
    flows = np.zeros((runs, months, len(world.names.links)), dtype=np.float32)
    prices = np.zeros((runs, months, len(world.names.places)), dtype=np.float32)
    _run_all(
        world, seed, first_run, months, arrays, flows, prices, _thread_count(threads, runs), listener, stop
    )
    arrays["link_flow_kg_quantile"] = quantiles_of(flows)
    arrays["place_price_usd_per_kg_quantile"] = quantiles_of(prices)
    numbers = tuple(range(first_run, first_run + runs))
    return Record(world, numbers, numbers[:flow_runs], months, seed, arrays, time.monotonic() - began)


@contextmanager
def _quick_handover() -> Iterator[None]:
    """Let threads pass the interpreter lock on after half a millisecond, about as long as a kernel runs.

    At the interpreter's own 5 ms a thread that comes out of a kernel waits longer than the kernel took, and
    two threads are no faster than one.
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.0005)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def _thread_count(threads: int | None, runs: int) -> int:
    return max(1, min(threads or os.cpu_count() or 1, runs))


def compile_kernels(world: World, listener: Listener) -> None:
    """Let every step run once, so that what must be compiled is compiled and the listener hears which."""
    run = start_run(world, 0, 0)
    for number, (name, step) in enumerate(STEPS):
        listener(Progress("compile", _("compiling {step}").format(step=name), number, len(STEPS)))
        step(run, 0)
    Balance(run.state)
    listener(Progress("compile", _("compiled"), len(STEPS), len(STEPS)))


def _run_all(
    world: World,
    seed: int,
    first_run: int,
    months: int,
    arrays: dict[str, Floats],
    flows: Floats,
    prices: Floats,
    threads: int,
    listener: Listener,
    stop: object,
) -> None:
    runs = flows.shape[0]
    done = 0
    lock = threading.Lock()
    failed = threading.Event()

    def stopping() -> bool:
        return failed.is_set() or stop()  # type: ignore[operator]

    def one(row: int) -> None:
        nonlocal done
        if stopping():
            return
        recorder = Recorder(world, arrays, row, flows[row], prices[row])
        try:
            simulate(world, seed, first_run + row, recorder, months, stopping)
        except BaseException:
            failed.set()
            raise
        with lock:
            done += 1
            listener(Progress("run", _("running"), done, runs))

    listener(Progress("run", _("running"), 0, runs))
    with _quick_handover(), ThreadPoolExecutor(threads) as pool:
        futures = [pool.submit(one, row) for row in range(runs)]
        wait(futures, return_when=FIRST_EXCEPTION)
        for future in futures:
            if future.done() and future.exception() is not None:
                failed.set()
                raise future.exception()  # type: ignore[misc]
    if stop():  # type: ignore[operator]
        raise Cancelled
