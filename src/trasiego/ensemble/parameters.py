"""From the ranges of a scenario to the figures that each run draws from them.

A run's figures are a point of a scrambled Sobol sequence (Owen 1998, as :class:`scipy.stats.qmc.Sobol` has
it): its number in the sequence is that of the run, its scramble that of the seed, so a run draws the same
alone and among many. Each number of the scenario file has a coordinate of its own, whatever is laid over the
file, so arms of a comparison draw the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from trasiego.common.faults import not_installed
from trasiego.common.messages import _
from trasiego.scenario import Number, Scenario
from trasiego.world.compile import Layout, lay_out
from trasiego.world.tables import Floats

LOG_FACTOR = 10.0
"""Ranges that span more than this factor are drawn in logs."""

MIDDLE_SHARE = 0.01
"""Where the value lies in the middle of its range, give or take this part of it, none stands out."""

_SLOTS_FILLED = 0.875


class Ranges:
    """Figures of numbers at quantiles: uniform or triangular over the range, in logs where it is wide.

    A number without a range keeps its value. One that overlays multiplied is drawn as it was before and then
    multiplied, within the bounds of its range. Arrays [number].
    """

    def __init__(self, numbers: Sequence[Number]) -> None:
        bases = [number.of or number for number in numbers]
        value = np.array([base.value for base in bases], dtype=np.float64)
        low, high = _ends(bases, value)
        self.times = np.array([number.times for number in numbers], dtype=np.float64)
        self.least, self.most = _ends(numbers, np.array([number.value for number in numbers]))
        self.open = np.array([has_range(number) for number in numbers], dtype=bool)
        self.value = value
        self.wide = self.open & (low > 0.0) & (high > LOG_FACTOR * low)
        self.low, self.high = self._scaled(low), self._scaled(high)
        self.mode = np.clip(self._scaled(value), self.low, self.high)
        width = self.high - self.low
        self.flat = np.abs(self.mode - 0.5 * (self.low + self.high)) <= MIDDLE_SHARE * width

    def _scaled(self, figures: Floats) -> Floats:
        return np.where(self.wide, np.log(figures, where=self.wide, out=np.zeros_like(figures)), figures)

    def at(self, uniforms: Floats) -> Floats:
        """Figures at quantiles [..., number] from 0 to 1."""
        low, mode, high = self.low, self.mode, self.high
        width = high - low
        rising = low + np.sqrt(uniforms * width * (mode - low))
        falling = high - np.sqrt((1.0 - uniforms) * width * (high - mode))
        drawn = np.where(uniforms * width < mode - low, rising, falling)
        drawn = np.where(self.flat, low + uniforms * width, drawn)
        drawn = np.where(self.wide, np.exp(np.where(self.wide, drawn, 0.0)), drawn)
        return np.clip(self.times * np.where(self.open, drawn, self.value), self.least, self.most)

    def evenly(self, uniforms: Floats) -> Floats:
        """Figures at parts [..., number] of the way from low (0) to high (1), in logs where it is wide."""
        figures = self.low + uniforms * (self.high - self.low)
        figures = np.where(self.wide, np.exp(np.where(self.wide, figures, 0.0)), figures)
        return np.clip(self.times * np.where(self.open, figures, self.value), self.least, self.most)


def _ends(numbers: Sequence[Number], value: Floats) -> tuple[Floats, Floats]:
    """Low and high of each number, its value where it has no range; the value is never outside."""
    low = np.array([np.nan if number.low is None else number.low for number in numbers], dtype=np.float64)
    high = np.array([np.nan if number.high is None else number.high for number in numbers], dtype=np.float64)
    return np.fmin(low, value), np.fmax(high, value)


def has_range(number: Number) -> bool:
    """Whether a number is drawn: it has a range, or had one before overlays multiplied it."""
    base = number.of or number
    return base.low is not None and base.high is not None and base.low < base.high


@dataclass(frozen=True)
class Draw:
    """What one run drew: the figures of the drawn numbers [number], and the scenario with them."""

    figures: Floats
    scenario: Scenario


class Draws(Protocol):
    """What gives each run of an ensemble its figures."""

    @property
    def paths(self) -> tuple[str, ...]:
        """Numbers that differ between the runs."""

    @property
    def layout(self) -> Layout:
        """Layout that the worlds of all runs share."""

    def of_runs(self, runs: Sequence[int]) -> list[Draw]:
        """Draws of runs, whose numbers rise."""


class NumberDraws:
    """What the runs of an ensemble draw: the numbers of a scenario that have a range, by the seed.

    ``paths`` are those of the numbers that are drawn, in the order of the scenario. Raises Faults when SciPy
    is not installed.
    """

    def __init__(self, scenario: Scenario, seed: int) -> None:
        self.scenario, self.seed = scenario, seed
        self.paths = tuple(path for path, number in scenario.numbers.items() if has_range(number))
        own = set(scenario.own_paths)
        # Numbers that overlays added have a sequence of their own, so that they move no other.
        added = tuple(path for path in scenario.numbers if path not in own)
        self.sequences = [(paths, key) for paths, key in ((scenario.own_paths, 1), (added, 2)) if paths]
        column = {path: at for at, path in enumerate((*scenario.own_paths, *added))}
        drawn = [scenario.numbers[path] for path in self.paths]
        changes = [change.number for change in scenario.delayed]
        numbers = [*drawn, *scenario.file_numbers.values(), *changes]
        self.columns = np.array([column[number.path] for number in numbers], dtype=np.int64)
        self.ranges = Ranges(numbers)
        sobol_class()

    @cached_property
    def layout(self) -> Layout:
        """Layout that the worlds of all runs share."""
        return lay_out(self.scenario)

    def of_runs(self, runs: Sequence[int]) -> list[Draw]:
        """Draws of runs, whose numbers rise."""
        points = [sobol_points(len(paths), (self.seed, key), runs) for paths, key in self.sequences]
        uniforms = np.concatenate(points, axis=1)[:, self.columns]
        return [self._draw(figures.tolist()) for figures in self.ranges.at(uniforms)]

    def _draw(self, figures: list[float]) -> Draw:
        scenario, count = self.scenario, len(self.paths)
        drawn = dict(zip(self.paths, figures, strict=False))
        _hold_together(scenario, drawn)
        there = count + len(scenario.file_numbers)
        file_figures = dict(zip(scenario.file_numbers, figures[count:there], strict=True))
        laid = scenario.with_figures(drawn, file_figures, figures[there:])
        return Draw(np.array(list(drawn.values()), dtype=np.float64), laid)


def draw_of(scenario: Scenario, figures: dict[str, float]) -> Draw:
    """Return the scenario with other figures for some of its numbers, mended where they do not go together.

    The figures of the draw are those after mending, in the order of `figures`.
    """
    _hold_together(scenario, figures)
    changes = [change.number.value for change in scenario.delayed]
    laid = scenario.with_figures(figures, scenario.file_figures, changes)
    return Draw(np.array(list(figures.values()), dtype=np.float64), laid)


def sobol_points(dimensions: int, seed: Sequence[int], runs: Sequence[int]) -> Floats:
    """Points of the scrambled Sobol sequence at the run numbers, which rise, [run, dimension] in [0, 1)."""
    sobol = sobol_class()(dimensions, rng=np.random.default_rng(seed))
    points = np.empty((len(runs), dimensions))
    at = 0
    for row, run in enumerate(runs):
        if run > at:
            sobol.fast_forward(run - at)
        # One at a time: the first few of a sequence asked for at once bring a warning unless a power of two.
        points[row] = sobol.random(1)[0]
        at = run + 1
    return points


def sobol_class() -> Any:
    """Return SciPy's Sobol sequence; raise Faults where SciPy is not installed."""
    try:
        from scipy.stats.qmc import Sobol
    except ImportError as error:
        raise not_installed(
            _("draws of numbers"),
            _("no SciPy, which has the Sobol sequence"),
            _("SciPy 1.15 or later"),
            _("pip install 'trasiego[draws]', or run without drawing numbers"),
        ) from error
    return Sobol


def _hold_together(scenario: Scenario, drawn: dict[str, float]) -> None:
    """Mend figures that were drawn apart and do not go together; the checks of scenarios say which must.

    Of two numbers that must be in order the second gives way, or the first where the second is not drawn.
    """

    def order(lesser: str, greater: str, most: float | None = None) -> None:
        one, other = (
            scenario.value(path) if path not in drawn else drawn[path] for path in (lesser, greater)
        )
        if one is None or other is None:
            return
        limit = other if most is None else most - other
        if one > limit and greater in drawn:
            drawn[greater] = one if most is None else most - one
        elif one > limit and lesser in drawn:
            drawn[lesser] = limit

    for kind in scenario.section("kinds"):
        table = f"kinds.{kind}"
        order(f"{table}.members_at_entry_low", f"{table}.members_at_entry_high")
        order(f"{table}.succession_probability", f"{table}.split_probability", most=1.0)
    for group in scenario.section("groups"):
        of = scenario.text(f"groups.{group}.kind")
        order(f"kinds.{of}.members_minimum", f"groups.{group}.members")
    per_place = "organisation.initial_groups_per_place"
    if per_place in drawn:
        drawn[per_place] = min(drawn[per_place], _room_for_groups(scenario))


def _room_for_groups(scenario: Scenario) -> float:
    """Groups a place that leave an eighth of the slots to later ones, but never fewer than the value."""
    slots = scenario.value("organisation.group_slots") or 0.0
    named = len({path.split(".")[1] for path in scenario.own_paths if path.startswith("groups.")})
    room = (_SLOTS_FILLED * slots - named) / max(1, len(scenario.places))
    return max(room, scenario.number("organisation.initial_groups_per_place").value)
