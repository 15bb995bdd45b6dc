"""What an ensemble tells while it works, and how it is stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """One report: stage is "compile", "run" or "write"; text for a reader; done of total runs (or steps)."""

    stage: str
    text: str
    done: int
    total: int


Listener = Callable[[Progress], None]


class Cancelled(Exception):
    """The ensemble was asked to stop before it was complete; nothing of it is kept."""
