"""Mistakes of users as values: one fault is one message of at most five lines, never a traceback."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from trasiego.common.messages import _

NEAREST_CUTOFF = 60.0


@dataclass(frozen=True)
class Fault:
    """One mistake in an input: where it is, what was found, what is allowed and what to do.

    `file`, `line` (from 1) and `key` (dotted) say where, each None where it has no meaning; `nearest` is the
    closest valid name or None. `found`, `allowed` and `do` are short sentences for the reader.
    """

    file: str | None
    line: int | None
    key: str | None
    found: str
    allowed: str
    nearest: str | None
    do: str

    def text(self) -> str:
        """Return the message: the place, then found, allowed, nearest and do; absent parts left out."""
        place = self.file or ""
        if self.file and self.line is not None:
            place = f"{self.file}:{self.line}"
        head = "  ".join(part for part in (place, self.key) if part)
        labelled = (
            (_("found"), self.found),
            (_("allowed"), self.allowed),
            (_("nearest"), self.nearest),
            (_("do"), self.do),
        )
        width = max(len(label) for label, _part in labelled)
        rows = [f"  {label:<{width}}  {part}" for label, part in labelled if part]
        return "\n".join([head, *rows] if head else rows)


class Faults(Exception):
    """Raised with one or more faults; the command line prints them all and exits with code 2."""

    def __init__(self, faults: Fault | Iterable[Fault]) -> None:
        """Keep the faults in the order given; raise ValueError when there is none."""
        self.faults: tuple[Fault, ...] = (faults,) if isinstance(faults, Fault) else tuple(faults)
        if not self.faults:
            raise ValueError("Faults needs at least one fault")
        super().__init__(*self.faults)

    def __str__(self) -> str:
        """Return the messages of all faults, an empty line between them."""
        return "\n\n".join(fault.text() for fault in self.faults)


def not_installed(key: str, found: str, allowed: str, do: str) -> Faults:
    """Return the fault of a library that is asked for (`key` says by what) and is not installed."""
    return Faults(Fault(file=None, line=None, key=key, found=found, allowed=allowed, nearest=None, do=do))


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice most like `word`, or None when none is close.

    Letters of either case count as equal; the first of equally close choices wins, so the answer depends on
    nothing but the order of `choices`.
    """
    from rapidfuzz import fuzz, process

    found = process.extractOne(
        word, list(choices), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=NEAREST_CUTOFF
    )
    return None if found is None else str(found[0])
