"""History matching in waves: which figures of some numbers are not at odds with what was reported.

Implausibility after Craig et al. (1997), with the three-sigma cut and the waves of Andrianakis et al. (2015).
They ask an emulator; the model is quick enough to be run at each point, so there is none here.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trasiego.analysis.exploration.figures import Figure
from trasiego.analysis.view import Flags
from trasiego.ensemble.parameters import Ranges, sobol_points
from trasiego.scenario import Number
from trasiego.world.tables import Floats

CUT = 3.0
"""Implausibility above which a point is ruled out: three standard deviations (Pukelsheim 1994)."""

BAND_DEVIATIONS = 4.0
"""Standard deviations over which a band goes: two on either side of its middle."""

OPEN_SHARE = 0.05
"""Standard deviation of a band that is open at one end, as a part of its other end."""

IN_BAND = 2.0
"""Implausibility at the ends of a band when chance has no part in it."""

REACH = 0.25
"""Part of the range by which a point of the second wave may leave its parent; halved with each wave."""

PARENT_SHARE = 0.1
"""Part of the points run so far that are parents of the next wave, the most plausible first."""


def implausibility(figures: Sequence[Figure], found: Floats) -> Floats:
    """Return how far each part lies from its band at each point [point, part]; `found` [point, run, part].

    That is |m - z| / sqrt(s^2 + v): m the mean of the runs, z the middle of the band, s its width over
    `BAND_DEVIATIONS`, v the variance of m over the runs (0 with one run); in logs where the part's scale is.
    A band open at one end counts from that end, with nothing inside. Infinite without an answer.
    """
    result = np.empty((found.shape[0], len(figures)))
    for column, figure in enumerate(figures):
        assert figure.part is not None
        low, high, values = figure.part.low, figure.part.high, found[:, :, column]
        if figure.part.scale == "log":
            low, high = (None if end is None else math.log(end) for end in (low, high))
            values = np.log(np.where(values > 0.0, values, np.nan))
        mean = values.mean(axis=1)
        runs = values.shape[1]
        variance = values.var(axis=1, ddof=1) / runs if runs > 1 else np.zeros_like(mean)
        if low is not None and high is not None:
            gap, sigma = np.abs(mean - 0.5 * (low + high)), (high - low) / BAND_DEVIATIONS
        else:
            edge = low if low is not None else high
            assert edge is not None
            gap = np.maximum(edge - mean if low is not None else mean - edge, 0.0)
            sigma = OPEN_SHARE * (abs(edge) or 1.0)
        with np.errstate(invalid="ignore", divide="ignore"):
            result[:, column] = np.where(gap > 0.0, gap / np.sqrt(sigma**2 + variance), 0.0)
        result[~np.isfinite(mean), column] = np.inf
    return result


def in_bands(figures: Sequence[Figure], found: Floats) -> Flags:
    """Return whether the mean of the runs lies in the band [point, part]."""
    mean = found.mean(axis=1)
    low = np.array(
        [-np.inf if each.part is None or each.part.low is None else each.part.low for each in figures]
    )
    high = np.array(
        [np.inf if each.part is None or each.part.high is None else each.part.high for each in figures]
    )
    with np.errstate(invalid="ignore"):
        return np.asarray((mean >= low) & (mean <= high))


def order_of(implausible: Floats) -> list[int]:
    """Return the points [point, part] from the most to the least plausible.

    By the worst part, then by the sum over the parts, then as they were run.
    """
    worst, total = implausible.max(axis=1), implausible.sum(axis=1)
    return [int(at) for at in np.lexsort((np.arange(worst.size), total, worst))]


@dataclass(frozen=True)
class Waves:
    """`waves` waves of `count` points each over numbers, by the seed.

    The first is a scrambled Sobol sequence over the ranges, even in their scale. Points of a later wave each
    lie near one of the most plausible tenth of all points before, within `REACH` of the range in each number,
    half of it in the next wave, by a Sobol sequence again; at an end of the range they turn back.
    """

    numbers: tuple[Number, ...]
    figures: tuple[Figure, ...]
    count: int
    waves: int
    seed: int

    @property
    def packages(self) -> tuple[str, ...]:
        """Packages on whose version the points depend."""
        return ("scipy",)

    @property
    def blocks(self) -> tuple[int, ...]:
        """Points of each wave."""
        return (self.count,) * self.waves

    def points(self, block: int, before: Sequence[Floats], found: Sequence[Floats]) -> Floats:
        """Return the figures of the numbers [point, number] of a wave, after those before it."""
        return Ranges(self.numbers).evenly(self._units(block, found))

    def _units(self, wave: int, found: Sequence[Floats]) -> Floats:
        """Points of a wave in the unit cube [point, number]."""
        drawn = sobol_points(len(self.numbers), (self.seed, 3, wave), range(self.count))
        if wave == 0:
            return drawn
        earlier = np.concatenate([self._units(each, found[:each]) for each in range(wave)])
        order = order_of(implausibility(self.figures, np.concatenate(list(found[:wave]))))
        parents = order[: max(1, math.ceil(PARENT_SHARE * len(order)))]
        at = earlier[[parents[point % len(parents)] for point in range(self.count)]]
        moved = at + REACH * 0.5 ** (wave - 1) * (2.0 * drawn - 1.0)
        turned: Floats = np.where(moved < 0.0, -moved, np.where(moved > 1.0, 2.0 - moved, moved))
        return turned
