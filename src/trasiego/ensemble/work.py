"""The work of a study: its missing chunks run one after the other here, or all at once on a cluster."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

from trasiego.common.faults import Faults
from trasiego.common.messages import _
from trasiego.ensemble import refusals
from trasiego.ensemble.progress import Listener, Progress
from trasiego.ensemble.store import Store

if TYPE_CHECKING:
    from distributed import Client

ATTEMPTS = 3
"""Times that a chunk is run when what was written of it reads back otherwise."""


def complete(
    store: Store,
    *,
    threads: int | None = None,
    progress: Listener | None = None,
    cancel: threading.Event | None = None,
    client: Client | None = None,
) -> None:
    """Run what the store of a study lacks, so that all its chunks are there.

    With ``client`` chunks run on the workers of a Dask cluster, else on ``threads`` threads here. Raise
    :class:`trasiego.ensemble.progress.Cancelled` when ``cancel`` is set: finished chunks stay; and Faults
    when the disc is full or workers are lost.
    """
    listener = progress or (lambda report: None)
    stop = cancel or threading.Event()
    for _attempt in range(ATTEMPTS):
        missing = store.missing()
        if not missing:
            return
        _run(store, missing, threads, listener, stop, client)
    raise Faults(refusals.never_whole(store.folder))


def _run(
    store: Store,
    missing: list[range],
    threads: int | None,
    listener: Listener,
    cancel: threading.Event,
    client: Client | None,
) -> None:
    """Run the missing chunks once."""
    done = store.study.runs - sum(map(len, missing))
    if client is not None:
        from trasiego.ensemble.cluster import complete_on

        complete_on(client, store, missing, done, listener, cancel)
        return
    for runs in missing:
        began = time.monotonic()
        told = _after(listener, done, store.study.runs)
        arrays = store.study.run_chunk(runs, threads=threads, progress=told, cancel=cancel)
        store.write(runs, arrays, time.monotonic() - began)
        del arrays  # or two chunks are in memory while the next one runs
        done += len(runs)


def _after(listener: Listener, done: int, total: int) -> Listener:
    """Return a listener for one chunk that passes on how far the whole study is.

    What is compiled is told once, before the first run.
    """

    def told(step: Progress) -> None:
        if step.stage == "run":
            listener(Progress("run", _("running"), done + step.done, total))
        elif done == 0:
            listener(step)

    return told
