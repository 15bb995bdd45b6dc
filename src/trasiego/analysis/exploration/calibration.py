"""What a calibration found: the points that are left, their ranges, the nearest one, and what drove it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trasiego.analysis.exploration.chosen import subjects_of
from trasiego.analysis.exploration.driving import Driving, driving
from trasiego.analysis.exploration.explored import Explored, about_study
from trasiego.analysis.exploration.figures import Figure, pattern_figures
from trasiego.analysis.exploration.sensitivity import TOP
from trasiego.analysis.exploration.study import PointStudy
from trasiego.analysis.exploration.waves import CUT, Waves, implausibility, in_bands, order_of
from trasiego.analysis.view import Flags
from trasiego.common.faults import Fault, Faults
from trasiego.common.messages import _
from trasiego.ensemble.parameters import Ranges, draw_of
from trasiego.evidence import Ledger
from trasiego.scenario import Number, Scenario
from trasiego.scenario.load import counts_against_file
from trasiego.world.tables import Floats

ONE_IN_HUNDRED = 2.001
"""What Kuiper's statistic, scaled, exceeds 1 in 100 times by chance (Stephens 1970)."""


@dataclass(frozen=True)
class Bound:
    """One part of a C pattern as a calibration used it.

    `ruled_out` is the share of all points whose implausibility for this part is above the cut, `alone` that
    of the points that no other part rules out; `nearest` what the nearest point gives (mean of its runs),
    `holds` whether that lies in the band.
    """

    figure: str
    title: str
    unit: str
    low: float | None
    high: float | None
    ruled_out: float
    alone: float
    nearest: float
    holds: bool
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Remaining:
    """What is left of the range of a number: the span of the kept points, None where none was kept.

    `left` is that span over the range, in logs where the range is drawn in logs. `split` is how far the kept
    points of the first wave, which fills the ranges evenly, lie elsewhere than those ruled out, from
    0 to 1, None without either; `is_split` says whether chance seldom (1 in 100) makes that much. It is the
    statistic of Kuiper (1960), where Hornberger and Spear (1981) have that of Kolmogorov and Smirnov, for it
    also tells a middle from both ends. `nearest` is the figure of the nearest point.
    """

    number: str
    unit: str
    value: float
    low: float
    high: float
    kept_low: float | None
    kept_high: float | None
    left: float | None
    split: float | None
    is_split: bool
    nearest: float
    status: str
    claims: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Calibration(Explored):
    """Which figures of some numbers of a scenario fit its C patterns, by `waves` waves of `points_each`.

    `implausible` is that of the worst part at each point [point]; `kept` are the points at or below `cut`,
    the most plausible first, `nearest` is the first of all. `left_out` are numbers that were asked for and
    count against the scenario file.
    """

    points_each: int
    waves: int
    cut: float
    bounds: tuple[Bound, ...]
    remaining: tuple[Remaining, ...]
    kept: tuple[int, ...]
    nearest: int
    left_out: tuple[str, ...]
    implausible: tuple[float, ...]

    @property
    def holds(self) -> bool:
        """Whether the nearest point lies in all bands."""
        return all(each.holds for each in self.bounds)


def own_figures(scenario: Scenario, months: int) -> tuple[Figure, ...]:
    """Return the parts of the C patterns of a scenario that a run of `months` can answer.

    Raise Faults where there is none.
    """
    every = [figure for figure in pattern_figures() if figure.scenario == scenario.name]
    found = tuple(figure for figure in every if _is_covered(figure, scenario, months))
    if not found:
        periods = sorted({"/".join(map(str, figure.part.period)) for figure in every if figure.part})
        names = sorted({figure.scenario for figure in pattern_figures()})
        raise Faults(
            Fault(
                file=None,
                line=None,
                key=_("patterns of {scenario}").format(scenario=scenario.name),
                found=_("no C pattern that {months} months answer").format(months=months)
                if every
                else _("no C pattern"),
                allowed=_("months of: {periods}").format(periods=", ".join(periods))
                if every
                else ", ".join(names),
                nearest=None,
                do=_("give more --months") if every else _("calibrate one of these scenarios"),
            )
        )
    return found


def laid_as_drawn(scenario: Scenario, numbers: Sequence[Number]) -> tuple[Number, ...]:
    """Return the numbers that a policy sets as they are drawn; raise Faults where none is left.

    Budgets, aid and eradication laid over a scenario count against the figures of its file, so the overlay
    of the nearest point could not give its runs again.
    """
    kept = tuple(number for number in numbers if not counts_against_file(number.path))
    if not kept:
        raise Faults(
            Fault(
                file=None,
                line=None,
                key="--numbers",
                found=_("only numbers that count against the scenario file"),
                allowed=_("numbers other than budgets, aid and eradication"),
                nearest=None,
                do=_("name more numbers of {scenario}").format(scenario=scenario.name),
            )
        )
    return kept


def _is_covered(figure: Figure, scenario: Scenario, months: int) -> bool:
    """Whether a run has half of the months of a part, as measures want it."""
    assert figure.part is not None
    begin = _month_number(str(scenario.start))
    end = begin + months - 1
    first, last = figure.part.period
    start = begin if first is None else _month_number(first)
    stop = end if last is None else _month_number(last)
    return 2 * (min(stop, end) - max(start, begin) + 1) >= stop - start + 1


def _month_number(month: str) -> int:
    """Return the months from year 0 to a month such as "2010-01"."""
    year, of_year = month.split("-")[:2]
    return 12 * int(year) + int(of_year) - 1


def calibration_of(study: PointStudy, waves: Waves, named: Sequence[Number], ledger: Ledger) -> Calibration:
    """Return what a study of waves found; all its points must have been run.

    `named` are the numbers that were asked for.
    """
    found = np.concatenate([study.found(wave) for wave in range(waves.waves)])
    drawn = _mended(study, np.concatenate([study.points(wave) for wave in range(waves.waves)]))
    implausible = implausibility(study.figures, found)
    order = order_of(implausible)
    worst = implausible.max(axis=1)
    kept = tuple(at for at in order if worst[at] <= CUT)
    bounds = _bounds(study.figures, found, implausible, order[0])
    first = worst[: waves.count] <= CUT
    remaining = tuple(
        _remaining(number, drawn[:, column], kept, order[0], first)
        for column, number in enumerate(study.numbers)
    )
    return Calibration(
        **about_study(study),
        points_each=waves.count,
        waves=waves.waves,
        cut=CUT,
        bounds=bounds,
        remaining=remaining,
        kept=kept,
        nearest=order[0],
        left_out=tuple(number.path for number in named if number not in study.numbers),
        implausible=tuple(float(each) for each in worst),
        driving=_driving(study.numbers, bounds, remaining, ledger),
        drawn=drawn,
        found=found,
    )


def _mended(study: PointStudy, drawn: Floats) -> Floats:
    """Return the figures as they ran: of two numbers that do not go together one had given way."""
    paths = [number.path for number in study.numbers]
    rows = [draw_of(study.scenario, dict(zip(paths, row.tolist(), strict=True))).figures for row in drawn]
    return np.array(rows, dtype=np.float64).reshape(drawn.shape)


def _bounds(figures: Sequence[Figure], found: Floats, implausible: Floats, nearest: int) -> tuple[Bound, ...]:
    out = implausible > CUT
    alone = out & (out.sum(axis=1) == 1)[:, None]
    inside, mean = in_bands(figures, found)[nearest], found[nearest].mean(axis=0)
    return tuple(
        Bound(
            figure=figure.id,
            title=figure.title,
            unit=figure.unit,
            low=figure.part.low if figure.part else None,
            high=figure.part.high if figure.part else None,
            ruled_out=float(out[:, at].mean()),
            alone=float(alone[:, at].mean()),
            nearest=float(mean[at]),
            holds=bool(inside[at]),
            claims=figure.claims,
        )
        for at, figure in enumerate(figures)
    )


def _remaining(number: Number, drawn: Floats, kept: Sequence[int], nearest: int, first: Flags) -> Remaining:
    ends = Ranges([number]).evenly(np.array([[0.0], [1.0]]))[:, 0].tolist()
    low = high = left = None
    if kept:
        there = drawn[list(kept)]
        low, high = float(there.min()), float(there.max())
        scale = np.log if Ranges([number]).wide[0] else np.asarray
        whole = float(scale(ends[1]) - scale(ends[0]))
        left = float(scale(high) - scale(low)) / whole if whole > 0.0 else 1.0
    split, limit = _split(drawn[: first.size][first], drawn[: first.size][~first])
    return Remaining(
        number=number.path,
        unit=number.unit,
        value=number.value,
        low=ends[0],
        high=ends[1],
        kept_low=low,
        kept_high=high,
        left=left,
        split=split,
        is_split=split is not None and split > limit,
        nearest=float(drawn[nearest]),
        status=number.status,
        claims=number.claims,
    )


def _split(kept: Floats, ruled_out: Floats) -> tuple[float | None, float]:
    """Return the distance of two empirical distributions, and the one that chance exceeds 1 in 100 times."""
    if not kept.size or not ruled_out.size:
        return None, 0.0
    every = np.concatenate([kept, ruled_out])
    below = [np.searchsorted(np.sort(part), every, side="right") / part.size for part in (kept, ruled_out)]
    above, under = (below[0] - below[1]).max(), (below[1] - below[0]).max()
    root = math.sqrt(kept.size * ruled_out.size / every.size)
    return float(max(above, 0.0) + max(under, 0.0)), ONE_IN_HUNDRED / (root + 0.155 + 0.24 / root)


def _driving(
    numbers: Sequence[Number], bounds: Sequence[Bound], remaining: Sequence[Remaining], ledger: Ledger
) -> Driving:
    """Return the claims of the bands that ruled points out, and of the numbers that this told apart most."""
    subjects = {subject.name: subject for subject in subjects_of(numbers)}
    split = [(subjects[each.number], each.split) for each in remaining if each.is_split and each.split]
    tops = {_("ranges left"): sorted(split, key=lambda each: -each[1])[:TOP]} if split else {}
    ruling = {each.figure: (each.claims, each.ruled_out) for each in bounds if each.ruled_out > 0.0}
    return driving(tops, ledger, ruling)
