"""How far a number moves a part of a pattern, and which number moves it most."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sensitivity.rows import SEEDS, Row
from trasiego.analysis.scorecard import distance

CLEAR = 2.0
"""A shift is clear of chance where it is more than this times the range over the seeds.

Over six seeds the range is some 2.5 standard deviations. Of 240 shifts that are chance alone, each the
difference of two medians, the largest exceeds 5 standard deviations about one time in twenty.
"""

MEDIANS = ("at_low", "as_it_is", "at_high")


@dataclass(frozen=True)
class Screened:
    """One pattern: the rows of the part that decides, the one that moves it most first.

    `noise` is the range over the seeds, in the same measure as the shifts, None where it was not taken.
    `holds` says for the first row whether the whole pattern holds at low, as it is, at high; None for
    not measured.
    """

    pattern: str
    ranked: tuple[Row, ...]
    noise: float | None
    holds: tuple[bool | None, ...]

    @property
    def most(self) -> Row:
        """The row of the number that moves the part most."""
        return self.ranked[0]

    def is_clear(self, row: Row) -> bool | None:
        """Whether a shift is clear of chance; None where that was not looked at."""
        return None if self.noise is None else shift(row) > CLEAR * self.noise


def move(row: Row, first: float | None, second: float | None) -> float:
    """Return how far it is from one median to the other: over the width of the band, else over its edge.

    Without a division where the edge is 0, as for the distance in the scorecard. As ratios in logs on the
    scale "log". 0 where one of the two was not measured or neither is finite, infinite where one is.
    """
    if first is None or second is None or first == second:
        return 0.0
    if not (math.isfinite(first) and math.isfinite(second)):
        return math.inf
    log = row.scale == "log"
    if log and (first <= 0 or second <= 0):
        return math.inf
    gap = abs(math.log(second / first)) if log else abs(second - first)
    if row.low is not None and row.high is not None and row.low < row.high:
        return gap / (math.log(row.high / row.low) if log else row.high - row.low)
    edge = row.low if row.low is not None else row.high
    return gap if log or not edge else gap / abs(edge)


def shift(row: Row) -> float:
    """Return the larger of the moves from the median as it is to those at low and high."""
    return max(move(row, row.as_it_is, row.at_low), move(row, row.as_it_is, row.at_high))


def in_band(row: Row, median: float | None) -> bool | None:
    """Whether a median is inside the band of the part; None where there is none."""
    return None if median is None else distance(median, row.low, row.high, row.scale) == 0


def deciding_part(rows: Iterable[Row]) -> str:
    """Return the part of one pattern that is farthest from its band as it is, as the scorecard has it.

    The first that is measured where all are inside, the first where none is measured.
    """
    parts = list({row.part: row for row in rows}.values())
    measured = [row for row in parts if row.as_it_is is not None] or parts
    return max(measured, key=_distance).part


def screen(rows: Sequence[Row]) -> list[Screened]:
    """Return every pattern with its numbers ranked, in the order of their ids; those without a number not."""
    patterns = sorted({row.pattern for row in rows if row.number != SEEDS})
    return [_screened(name, [row for row in rows if row.pattern == name]) for name in patterns]


def _screened(name: str, rows: Sequence[Row]) -> Screened:
    part = deciding_part(rows)
    own = [row for row in rows if row.part == part]
    numbers = [row for row in own if row.number != SEEDS]
    ranked = tuple(sorted(numbers, key=lambda row: (-shift(row), row.number)))
    seeds = [move(row, row.at_low, row.at_high) for row in own if row.number == SEEDS]
    most = [row for row in rows if row.number == ranked[0].number]
    holds = tuple(_all(in_band(row, getattr(row, which)) for row in most) for which in MEDIANS)
    return Screened(name, ranked, seeds[0] if seeds else None, holds)


def _distance(row: Row) -> float:
    return 0.0 if row.as_it_is is None else distance(row.as_it_is, row.low, row.high, row.scale)


def _all(found: Iterable[bool | None]) -> bool | None:
    """Return whether all hold: a part that fails settles it, else one that was not measured does."""
    answers = list(found)
    return False if False in answers else None if None in answers else True
