"""A study on the workers of a Dask cluster, chunk by chunk, with the same bits as here.

A worker that sees the store writes its chunk into it; one that does not sends the chunk to the process that
keeps the store. A chunk whose worker was lost runs again on another; where both finish they write the same.
"""

from __future__ import annotations

import threading
import time
from concurrent.futures import CancelledError
from itertools import islice
from typing import TYPE_CHECKING, Any

from trasiego.common.faults import Faults
from trasiego.common.messages import _
from trasiego.ensemble import refusals
from trasiego.ensemble.places import Place
from trasiego.ensemble.progress import Cancelled, Listener, Progress
from trasiego.ensemble.store import Store, put_chunk
from trasiego.ensemble.study import Chunked
from trasiego.world.tables import Floats

if TYPE_CHECKING:
    from distributed import Client, Future

SECONDS_TO_ANSWER = 10
TASKS_PER_THREAD = 3
_POLL_SECONDS = 0.25


def connect(address: str) -> Client:
    """Return a client of the scheduler at an address; raise Faults where there is none or no Dask."""
    try:
        from distributed import Client
    except ImportError as error:
        raise Faults(refusals.no_dask(_("no Dask here"))) from error
    try:
        return Client(address, timeout=SECONDS_TO_ANSWER)
    except (OSError, ValueError) as error:
        raise Faults(refusals.no_scheduler(address, str(error))) from error


def complete_on(
    client: Client,
    store: Store,
    missing: list[range],
    done: int,
    listener: Listener,
    cancel: threading.Event,
) -> None:
    """Run the missing chunks of a store on a cluster; ``done`` runs are there. Errors as of ``complete``."""
    from distributed import wait

    total, wanted = store.study.runs, store.study.about["versions"]
    left, waiting = iter(missing), dict[Any, range]()
    listener(Progress("run", _("running"), done, total))
    try:
        while True:
            # The study goes with each task, for what a worker holds is lost with it; so few wait at once.
            room = TASKS_PER_THREAD * max(1, sum(client.nthreads().values())) - len(waiting)
            for runs in islice(left, max(0, room)):
                waiting[client.submit(_work, store.study, runs, store.place, wanted, pure=False)] = runs
            if not waiting:
                return
            if cancel.is_set():
                raise Cancelled
            try:
                finished = wait(list(waiting), timeout=_POLL_SECONDS, return_when="FIRST_COMPLETED").done
            except TimeoutError:
                continue
            for future in finished:
                runs = waiting.pop(future)
                if _kept(store, future, runs, wanted):
                    done += len(runs)
                    listener(Progress("run", _("running"), done, total))
    finally:
        client.cancel(list(waiting))


def _kept(store: Store, future: Future, runs: range, wanted: dict[str, str]) -> bool:
    """Have the chunk of a task in the store; False where the task was taken away before it was done."""
    try:
        sent = _result(store, future, runs, wanted)
    except CancelledError:
        return False
    if sent is not None:
        store.write(runs, *sent)
    return True


def _result(store: Store, future: Future, runs: range, wanted: dict[str, str]) -> Any:
    """Return what a task gave; raise Faults where workers were lost at it or differ from this process."""
    from distributed.scheduler import KilledWorker

    try:
        found = future.result()
    except KilledWorker as error:
        raise Faults(refusals.lost_workers(store.target, runs, error.allowed_failures + 1)) from error
    if isinstance(found, dict):
        name = next(name for name in wanted if found.get(name) != wanted[name])
        raise Faults(refusals.other_worker(name, found.get(name), wanted[name]))
    return found


def _work(
    study: Chunked, runs: range, place: Place, wanted: dict[str, str]
) -> tuple[dict[str, Floats], float] | dict[str, str] | None:
    """Run a chunk on a worker: None when it stands in the store, else what is to be written there.

    Where the worker's packages are not of the versions ``wanted`` nothing runs, and its versions come back.
    """
    here: dict[str, str] = study.about["versions"]
    if here != wanted:
        return here
    began = time.monotonic()
    arrays = study.run_chunk(runs, threads=1)
    if place.is_reached(study.key):
        try:
            put_chunk(place, study, runs, arrays, time.monotonic() - began)
            return None
        except OSError:
            pass  # The process that keeps the store says what is wrong with its disc.
    return arrays, time.monotonic() - began
