"""Designs and indices of sensitivity analysis, all of them SALib's (Iwanaga, Usher and Herman 2022).

Morris (1991) with the mean of absolute effects of Campolongo, Cariboni and Saltelli (2007); Sobol indices by
the estimators of Saltelli et al. (2010). Points are in the unit cube, one coordinate for each number.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trasiego.analysis.exploration.chosen import Subject
from trasiego.common.faults import not_installed
from trasiego.common.messages import _
from trasiego.ensemble.parameters import Ranges
from trasiego.scenario import Number
from trasiego.world.tables import Floats

MORRIS, SOBOL = "morris", "sobol"
METHODS = (MORRIS, SOBOL)

LEVELS = 4
"""Levels of each number in a Morris design: its ends and two between."""

STEP = LEVELS / (2 * (LEVELS - 1))
"""Part of its range by which a number moves in a Morris design."""

CONFIDENCE = 0.95
RESAMPLES = 1000
LEAST_BLOCKS = 2
"""Trajectories or samples without which nothing can be said."""

MEAN_SIZE = math.sqrt(2.0 / math.pi)
"""Mean size of a standard normal deviate."""

HALF_NORMAL_SPREAD = math.sqrt(math.pi / 2 - 1)
"""Standard deviation of the size of a normal deviate over its mean."""

DEVIATIONS = 3.0
"""Standard deviations above what chance alone gives from which on a number is told from chance."""


@dataclass(frozen=True)
class Index:
    """How much a subject matters for a figure.

    `total` is what the ranking goes by, with the half width of its 95 percent interval: mu* of Morris in the
    unit of the figure (mean size of its change over the whole range), or the total index ST of Sobol. `other`
    is sigma of Morris (NaN for groups) or the first-order index S1, `other_half_width` the interval of S1;
    `direction` is mu of Morris, NaN for Sobol. `chance` is what `total` would be by chance alone: by how much
    the runs of a point differ in what the subject changes; NaN with one run a point.
    """

    total: float
    half_width: float
    other: float
    other_half_width: float
    direction: float
    chance: float = math.nan


@dataclass(frozen=True)
class Indices:
    """The indices of all subjects for one figure.

    `chance` is what `total` would be by chance alone where runs share no chance any more, NaN with one run a
    point. A `total` is told from the chance of its subject where it is `margin` times that. `mean` and
    `spread` are those of the figure over the points, `blocks` the trajectories or samples with an answer.
    """

    subjects: tuple[Index, ...]
    chance: float
    margin: float
    mean: float
    spread: float
    blocks: int

    def tells(self, index: Index) -> bool | None:
        """Whether an index is told from chance, by its size and its interval; None where that is not known.

        The interval counts too, for chance is larger at some points than at others: a few wild ones make a
        large mean with a wide interval.
        """
        if math.isnan(index.chance):
            return None
        return index.total > self.margin * index.chance and index.total - index.half_width > index.chance


@dataclass(frozen=True)
class Screening:
    """A design of SALib: `count` trajectories (Morris) or samples (Sobol) over subjects, by the seed."""

    method: str
    subjects: tuple[Subject, ...]
    count: int
    seed: int

    @property
    def packages(self) -> tuple[str, ...]:
        """Packages on whose version the points depend."""
        return ("SALib", "scipy")

    @property
    def numbers(self) -> tuple[Number, ...]:
        """The numbers of all subjects."""
        return tuple(number for subject in self.subjects for number in subject.numbers)

    @property
    def block_size(self) -> int:
        """Points of a trajectory or sample."""
        return len(self.subjects) + (1 if self.method == MORRIS else 2)

    @property
    def blocks(self) -> tuple[int, ...]:
        """Number of points, all of them known from the beginning."""
        return (self.count * self.block_size,)

    def points(self, block: int, before: Sequence[Floats], found: Sequence[Floats]) -> Floats:
        """Return the figures of the numbers [point, number].

        Morris moves over ranges evenly, Sobol draws as studies do (`trasiego.ensemble.parameters.Ranges`).
        """
        ranges = Ranges(self.numbers)
        return ranges.evenly(self.units) if self.method == MORRIS else ranges.at(self.units)

    @cached_property
    def units(self) -> Floats:
        """Points in the unit cube [point, number]."""
        sample, _analyze = salib(self.method)
        generator = np.random.default_rng((self.seed, METHODS.index(self.method)))
        if self.method == MORRIS:
            found = sample(self._problem, self.count, num_levels=LEVELS, seed=generator)
        else:
            found = sample(self._problem, self.count, calc_second_order=False, seed=generator)
        return np.asarray(found, dtype=np.float64)

    def indices(self, found: Floats) -> Indices | None:
        """Return the indices of a figure from its values [point, run]; None where too few points have one.

        Blocks (trajectories or samples) with a point that has no answer are left out whole.
        """
        values = _means(found)
        blocks = values.reshape(self.count, self.block_size)
        whole = np.isfinite(blocks).all(axis=1)
        if whole.sum() < LEAST_BLOCKS:
            return None
        kept = np.repeat(whole, self.block_size)
        y = values[kept]
        noise = _variance_of_means(found[kept])
        spread = float(y.std())
        if spread == 0.0:
            nothing = Index(0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
            subjects = tuple(nothing for _subject in self.subjects)
            return Indices(subjects, 0.0, 1.0, float(y.mean()), 0.0, int(whole.sum()))
        paired = self._paired(found[kept], self.units[kept])
        if self.method == MORRIS:
            indices = self._morris(self.units[kept], y)
            # Means of runs that share no chance any more differ by a normal deviate of twice the variance.
            chances = MEAN_SIZE * np.sqrt([2.0 * noise, *paired]) / STEP
            # Squared and relative: of the size of a deviate, and of a standard deviation from few runs.
            errors = HALF_NORMAL_SPREAD**2, 0.5 / max(1, found.shape[1] - 1)
        else:
            indices = self._sobol(y)
            chances = np.array([2.0 * noise, *paired]) / (2.0 * spread**2)
            errors = 2.0, 2.0 / max(1, found.shape[1] - 1)
        margin = 1.0 + DEVIATIONS * math.sqrt(sum(errors) / whole.sum())
        own = zip(indices, chances[1:].tolist(), strict=True)
        subjects = tuple(replace(index, chance=chance) for index, chance in own)
        return Indices(subjects, float(chances[0]), margin, float(y.mean()), spread, int(whole.sum()))

    def _paired(self, found: Floats, units: Floats) -> list[float]:
        """Return the variance by chance of what each subject changes in the mean of a point's runs.

        Runs of the same number are paired, so it is 0 where all runs change alike. NaN with one run a point.
        """
        runs = found.shape[1]
        if runs < 2:
            return [math.nan] * len(self.subjects)
        blocks = found.reshape(-1, self.block_size, runs)
        if self.method == MORRIS:
            changes = np.diff(blocks, axis=1)
            moved = np.diff(units.reshape(-1, self.block_size, units.shape[1]), axis=1) != 0.0
            of = self._subject_of[np.argmax(moved, axis=2)]
        else:
            changes = blocks[:, 1:-1] - blocks[:, :1]
            of = np.broadcast_to(np.arange(len(self.subjects)), changes.shape[:2])
        variance = changes.var(axis=2, ddof=1) / runs
        there = np.isfinite(variance)
        total = np.bincount(of[there], variance[there], minlength=len(self.subjects))
        count = np.bincount(of[there], minlength=len(self.subjects))
        means = np.where(count > 0, total / np.maximum(count, 1), np.nan)
        return [float(mean) for mean in means]

    @cached_property
    def _subject_of(self) -> NDArray[np.int64]:
        """Position of the subject of each number."""
        sizes = [len(subject.numbers) for subject in self.subjects]
        return np.repeat(np.arange(len(sizes)), sizes)

    def _morris(self, units: Floats, y: Floats) -> tuple[Index, ...]:
        _sample, analyze = salib(MORRIS)
        found = analyze(
            self._problem,
            units,
            y,
            num_resamples=RESAMPLES,
            conf_level=CONFIDENCE,
            num_levels=LEVELS,
            seed=self.seed,
        )
        columns = [np.ma.filled(found[key], np.nan) for key in ("mu_star", "mu_star_conf", "sigma", "mu")]
        return tuple(
            Index(float(star), float(half), float(sigma), math.nan, float(mu))
            for star, half, sigma, mu in zip(*columns, strict=True)
        )

    def _sobol(self, y: Floats) -> tuple[Index, ...]:
        _sample, analyze = salib(SOBOL)
        found = analyze(
            self._problem,
            y,
            calc_second_order=False,
            num_resamples=RESAMPLES,
            conf_level=CONFIDENCE,
            seed=self.seed,
        )
        columns = (found[key] for key in ("ST", "ST_conf", "S1", "S1_conf"))
        return tuple(
            Index(float(total), float(half), float(first), float(first_half), math.nan)
            for total, half, first, first_half in zip(*columns, strict=True)
        )

    @property
    def _problem(self) -> dict[str, Any]:
        names = [number.path for number in self.numbers]
        problem = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
        if len(names) > len(self.subjects):
            problem["groups"] = [subject.name for subject in self.subjects for _each in subject.numbers]
        return problem


def _means(found: Floats) -> Floats:
    """Return the mean of the runs with an answer [point], NaN where none has one."""
    there = np.isfinite(found)
    count = there.sum(axis=1)
    total = np.where(there, found, 0.0).sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _variance_of_means(found: Floats) -> float:
    """Return the variance of a point's mean over runs that chance alone makes; NaN with one run a point."""
    if found.shape[1] < 2:
        return math.nan
    # The shared draws of a run number count as chance too, as they would in runs that share none.
    answered = found[np.isfinite(found).all(axis=1)]
    return float(answered.var(axis=1, ddof=1).mean() / found.shape[1]) if answered.size else math.nan


def salib(method: str) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """Return what samples and what analyzes by a method; raise Faults where SALib is not installed."""
    try:
        from SALib.analyze import morris as morris_indices
        from SALib.analyze import sobol as sobol_indices
        from SALib.sample import morris as morris_points
        from SALib.sample import sobol as sobol_points
    except ImportError as error:
        raise not_installed(
            _("sensitivity"),
            _("no SALib, which has the designs and indices"),
            _("SALib 1.6 or later"),
            _("pip install 'trasiego[sensitivity]'"),
        ) from error
    if method == MORRIS:
        return morris_points.sample, morris_indices.analyze
    return sobol_points.sample, sobol_indices.analyze
