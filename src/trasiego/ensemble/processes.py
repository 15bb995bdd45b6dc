"""Runs in processes of their own, where there are more cores than threads can keep busy.

What a month does between its kernels holds the interpreter's lock, so that beyond three or four threads more
of them get nothing more done. Processes do not share the lock; starting one takes a second or two, which
short ensembles are not worth.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait

from trasiego.world.tables import Floats, World

BUSY_THREADS = 3.0
"""Cores that threads keep busy, however many there are: measured with 16 (benchmarks/README.md)."""
SECONDS_TO_START = 1.6
IDLE_SECONDS = 30
TASKS_PER_PROCESS = 2
_POLL_SECONDS = 0.2

Task = Callable[[int], tuple[World, int, int, int, bool]]
"""World, seed, number and months of the run in a row, and whether it is kept with all its flows."""

_up = threading.Event()


def are_worth_it(cores: int, seconds_on_threads: float) -> bool:
    """Tell whether starting processes on some cores saves time over threads that would take that long."""
    return seconds_on_threads * (1.0 - BUSY_THREADS / cores) > SECONDS_TO_START


def have_started() -> bool:
    """Tell whether there are processes already, so that using them costs nothing more."""
    return _up.is_set()


def run_in_processes(
    task: Task,
    rows: Sequence[int],
    cores: int,
    stopping: Callable[[], bool],
    take: Callable[[int, dict[str, Floats]], None],
) -> list[int]:
    """Run some rows, one run in each process at a time, and ``take`` the arrays of each as it ends.

    Stops where ``stopping`` says so. Returns the rows that are left because a process was killed, as by a
    machine without memory; raises what a run raises.
    """
    from loky import get_reusable_executor
    from loky.process_executor import BrokenProcessPool

    executor = get_reusable_executor(max_workers=cores, timeout=IDLE_SECONDS, initializer=_leave_stopping)
    _up.set()
    waiting, under_way = iter(rows), dict[Future[dict[str, Floats]], int]()
    left = set(rows)
    try:
        while left:
            _submit(executor.submit, task, waiting, under_way, TASKS_PER_PROCESS * cores)
            done = wait(under_way, timeout=_POLL_SECONDS, return_when=FIRST_COMPLETED).done
            if stopping():
                break
            for future in done:
                row = under_way.pop(future)
                take(row, future.result())
                left.remove(row)
    except BrokenProcessPool:
        _up.clear()
        return sorted(left)
    finally:
        if under_way:
            executor.shutdown(wait=True, kill_workers=True)
            _up.clear()
    return []


def _submit(
    submit: Callable[..., Future[dict[str, Floats]]],
    task: Task,
    waiting: Iterator[int],
    under_way: dict[Future[dict[str, Floats]], int],
    most: int,
) -> None:
    """Hand out rows until so many are under way: worlds go with them, which are not to lie about."""
    while len(under_way) < most:
        row = next(waiting, None)
        if row is None:
            return
        under_way[submit(_run_one, *task(row))] = row


def _run_one(world: World, seed: int, number: int, months: int, whole: bool) -> dict[str, Floats]:
    """Run one run in this process and return its arrays, as of :func:`trasiego.ensemble.run.run_part`."""
    from trasiego.ensemble.run import run_part

    return run_part(world, [number], seed, months, whole_runs=int(whole), threads=1)


def _leave_stopping() -> None:
    """Ctrl-C is for the process that handed out the work; it ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
