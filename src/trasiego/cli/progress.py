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

    from trasiego.api import ProgressCallback


class Bar:
    """Shows what a progress callback is told: a line for each stage, and a bar for the runs on a terminal."""

    def __init__(self, quiet: bool) -> None:
        self.quiet = quiet
        self.terminal = sys.stderr.isatty()
        self.told: set[str] = set()
        self.bar: Progress | None = None
        self.task: TaskID | None = None
        self.stage = ""

    def __call__(self, step: Any) -> None:
        """Show one step; a step has `.stage`, `.text`, `.done` and `.total`."""
        self.stage = step.stage
        if self.quiet:
            return
        if step.stage == "compile":
            self._line(step.text)
        elif self.terminal:
            self._move(step)

    def close(self) -> None:
        """Take the bar off the screen."""
        if self.bar is not None:
            self.bar.stop()
            self.bar = None

    def _line(self, text: str) -> None:
        """Print a line once, above the bar where there is one."""
        if text in self.told:
            return
        self.told.add(text)
        if self.bar is not None:
            self.bar.console.print(text, style="dim")
        else:
            click.echo(click.style(text, dim=True), err=True)

    def _move(self, step: Any) -> None:
        """Draw or move the bar."""
        label = {"run": _("running"), "write": _("writing")}.get(step.stage, step.stage)
        if self.bar is None:
            self.bar = _new_bar()
            self.bar.start()
        if self.task is None:
            self.task = self.bar.add_task(label, total=step.total or None)
        self.bar.update(self.task, description=label, completed=step.done, total=step.total or None)


def _new_bar() -> Progress:
    """Return a bar that leaves nothing behind when it is done."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(bar_width=40),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )


@contextmanager
def shown(quiet: bool) -> Iterator[tuple[ProgressCallback, Event]]:
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
    finally:
        signal.signal(signal.SIGINT, before)
        bar.close()
