"""Progress on the error stream: what is being compiled, then a bar; and a clean stop on Ctrl-C."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType
from typing import TYPE_CHECKING, Any

import click

from trasiego.common.messages import _

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from trasiego.ensemble.progress import Listener


class Bar:
    """Shows what a progress callback is told: a bar on a terminal, elsewhere a line for each stage."""

    def __init__(self, quiet: bool) -> None:
        self.quiet = quiet
        self.terminal = sys.stderr.isatty()
        self.stage = ""
        self.bar: Progress | None = None
        self.task: TaskID | None = None

    def __call__(self, step: Any) -> None:
        """Show one step; a step has `.stage`, `.text`, `.done` and `.total`."""
        new_stage = step.stage != self.stage
        self.stage = step.stage
        if self.quiet:
            return
        if self.terminal:
            self._move(step, new_stage)
        elif new_stage:
            click.echo(_stage_line(step.stage), err=True)

    def close(self) -> None:
        """Take the bar off the screen."""
        if self.bar is not None:
            self.bar.stop()
            self.bar = None

    def _move(self, step: Any, new_stage: bool) -> None:
        """Draw or move the bar; a new stage starts a new one in its place."""
        if self.bar is None:
            self.bar = _new_bar()
            self.bar.start()
        if new_stage or self.task is None:
            if self.task is not None:
                self.bar.remove_task(self.task)
            self.task = self.bar.add_task(step.text, total=None)
        known = step.total if step.total > 1 else None
        self.bar.update(self.task, description=step.text, completed=step.done, total=known)


def _stage_line(stage: str) -> str:
    """Return what a stage does, for a log."""
    lines = {
        "compile": _("compiling the steps of a month (a moment after the first start)"),
        "run": _("running"),
        "write": _("writing"),
    }
    return lines.get(stage, stage)


def _new_bar() -> Progress:
    """Return a bar that leaves nothing behind when it is done."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    return Progress(
        TextColumn("{task.description:<28}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )


@contextmanager
def shown(quiet: bool) -> Iterator[tuple[Listener, Event]]:
    """Yield a progress callback and the event that Ctrl-C sets.

    While runs are under way Ctrl-C sets the event, so that the threads end in order; at any other time, and
    the second time, it raises KeyboardInterrupt.
    """
    bar, cancel = Bar(quiet), Event()

    def stop(number: int, frame: FrameType | None) -> None:
        if cancel.is_set() or bar.stage != "run":
            raise KeyboardInterrupt
        cancel.set()

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield bar, cancel
    except Exception as error:
        if cancel.is_set():
            raise KeyboardInterrupt from error
        raise
    finally:
        signal.signal(signal.SIGINT, before)
        bar.close()
