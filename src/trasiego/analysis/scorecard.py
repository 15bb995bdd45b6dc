"""The scorecard: every pattern with its band, the model's median and interval, and whether it holds."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from trasiego.analysis.arms import Overlay
from trasiego.analysis.estimate import Estimate, estimate, pooled_ratio
from trasiego.analysis.measures import MEASURES, PAIRED_MEASURES
from trasiego.analysis.paired import PairedView, Pooled
from trasiego.analysis.patterns import KINDS, PAIRED, QUESTION, Part, Pattern, load_patterns
from trasiego.analysis.view import LEAST_ENSEMBLE, NotMeasurable, ResultView
from trasiego.analysis.words import spread_text
from trasiego.common.messages import _

MEDIAN, SUMS = "median of the runs", "ratio of sums over the runs"
"""How a number is estimated: the interval of the first is that of the runs, of the second a bootstrap's."""


@dataclass(frozen=True)
class PartResult:
    """One number of a pattern as measured; None where there is nothing, then `reason` says why.

    `interval` goes from the 5 to the 95 percent quantile over `runs` runs, or where `estimator` is a ratio of
    sums over them from a bootstrap; `median` is that ratio then. `distance` is 0 inside the band,
    else the gap from the median to the nearer edge relative to that edge, as a log ratio for prices;
    infinite where no ratio exists.
    """

    name: str
    low: float | None
    high: float | None
    unit: str
    median: float | None
    interval: tuple[float, float] | None
    holds: bool | None
    distance: float | None
    runs: int
    reason: str
    claims: tuple[str, ...]
    why: str
    estimator: str = MEDIAN


@dataclass(frozen=True)
class PatternResult:
    """A pattern as measured in one result.

    `scenario` is the one of the pattern's report, `measured_in` the one that ran. The pattern holds when
    all its parts do, fails when one does, and is None when one can't be measured; `low` to `reason` are
    those of the part that decides (the farthest from its band), which `part` names. `source` is in words,
    `claims` its claim ids. `answer` is what the runs say to a question, in words.
    """

    id: str
    kind: str
    scenario: str
    title: str
    low: float | None
    high: float | None
    median: float | None
    interval: tuple[float, float] | None
    holds: bool | None
    distance: float | None
    source: str
    unit: str
    text: str
    reason: str
    part: str
    claims: tuple[str, ...]
    measured_in: str
    needs: str
    parts: tuple[PartResult, ...]
    estimator: str = MEDIAN
    answer: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return what JSON can hold: lists for tuples, null for infinite distances."""
        return {key: _plain(value) for key, value in asdict(self).items()}


def scorecard(
    result: Any, kinds: Sequence[str] = KINDS, arms: Mapping[Overlay, Any] | None = None
) -> list[PatternResult]:
    """Return every pattern of the kinds as measured in `result`, in the order of their ids.

    `result` has `dataset` and `manifest` (`trasiego.results.Result`). `arms` are the results of the same runs
    under overlays, those that `arms_of` lists; without them patterns that need paired runs are not measured.
    Patterns that it can't answer are in the list with `holds` None and the reason. Raise Faults where a
    pattern file is at fault.
    """
    view = ResultView(result)
    views = {overlay: ResultView(arm) for overlay, arm in (arms or {}).items()}
    return [measure_pattern(pattern, view, views) for pattern in load_patterns(kinds)]


def measure_pattern(
    pattern: Pattern, view: ResultView, arms: Mapping[Overlay, ResultView] | None = None
) -> PatternResult:
    """Return one pattern as measured in the view, and in those of its arms."""
    try:
        paired = _paired(pattern, view, arms or {}) if pattern.needs == PAIRED else None
        if pattern.needs == "ensemble" and view.run_count < LEAST_ENSEMBLE:
            text = _("it needs an ensemble of at least {least} runs, here {runs}")
            raise NotMeasurable(text.format(least=LEAST_ENSEMBLE, runs=view.run_count))
        parts = tuple(measure_part(part, view, paired) for part in pattern.parts)
    except NotMeasurable as reason:
        parts = tuple(_not_measured(part, str(reason)) for part in pattern.parts)
    deciding = _deciding(parts)
    open_parts = [part for part in parts if part.holds is None and part.median is None]
    return PatternResult(
        id=pattern.id,
        kind=pattern.kind,
        scenario=pattern.scenario,
        title=_(pattern.title),
        low=deciding.low,
        high=deciding.high,
        median=deciding.median,
        interval=deciding.interval,
        holds=_all_hold(parts),
        distance=deciding.distance,
        source=_(pattern.words),
        unit=deciding.unit,
        text=_(pattern.text),
        reason=deciding.reason or (f"{open_parts[0].name}: {open_parts[0].reason}" if open_parts else ""),
        part=deciding.name if len(parts) > 1 else "",
        claims=pattern.claims,
        measured_in=view.scenario,
        needs=pattern.needs,
        parts=parts,
        estimator=deciding.estimator,
        answer=_answer(pattern, parts) if pattern.kind == QUESTION else "",
    )


def measure_part(part: Part, view: ResultView, paired: PairedView | None = None) -> PartResult:
    """Return one number of a pattern as measured in the view, in an arm, or in the paired views."""
    if part.measure is None:
        return _not_measured(part, _(part.missing))
    try:
        view.require(part.requires)
        if paired is not None and part.measure in PAIRED_MEASURES:
            found = PAIRED_MEASURES[part.measure](paired.within(*part.period), **part.options)
        else:
            seen = paired.of(part.arm) if paired is not None else view
            found = MEASURES[part.measure](seen.within(*part.period), **part.options)
    except NotMeasurable as reason:
        return _not_measured(part, str(reason))
    if isinstance(found, Pooled):
        runs, value = found.upper.size, pooled_ratio(found.upper, found.lower, part.unit)
    else:
        answers = np.asarray(found)[~np.isnan(found)]
        runs = answers.size
        value = estimate(answers, part.unit) if runs else Estimate(math.nan, math.nan, math.nan, part.unit)
    if math.isnan(value.median):
        return _not_measured(part, _("no run of this result has an answer"))
    return _measured(part, value, int(runs), SUMS if isinstance(found, Pooled) else MEDIAN)


def _measured(part: Part, value: Estimate, runs: int, estimator: str) -> PartResult:
    """Return the result of a part from its estimate."""
    median, holds = value.median, None
    if part.low is not None or part.high is not None:
        holds = (part.low is None or median >= part.low) and (part.high is None or median <= part.high)
    return PartResult(
        name=part.name,
        low=part.low,
        high=part.high,
        unit=part.unit,
        median=median,
        interval=(value.low, value.high),
        holds=holds,
        distance=None if holds is None else distance(median, part.low, part.high, part.scale),
        runs=runs,
        reason=_("the ratio is over nothing and has no end") if math.isinf(median) else "",
        claims=part.claims,
        why=_(part.why),
        estimator=estimator,
    )


def _paired(pattern: Pattern, view: ResultView, arms: Mapping[Overlay, ResultView]) -> PairedView:
    """Return the views of a pattern's paired runs; raise NotMeasurable where some were not made."""
    laid = {name: arm.overlay.upon(pattern.base) for name, arm in pattern.arms.items()}
    wanted = [*laid.values(), *([pattern.base] if pattern.base else [])]
    if view.scenario != pattern.scenario or any(overlay not in arms for overlay in wanted):
        text = _("it needs paired runs: trasiego check {scenario}")
        raise NotMeasurable(text.format(scenario=pattern.scenario))
    costs = {name: arm.cost_usd_per_month for name, arm in pattern.arms.items()}
    return PairedView(
        arms[pattern.base] if pattern.base else view,
        {name: arms[overlay] for name, overlay in laid.items()},
        {name: cost for name, cost in costs.items() if cost is not None},
    )


def distance(median: float, low: float | None, high: float | None, scale: str) -> float:
    """Return how far the median lies outside of the band; 0 inside.

    Relative to the edge that it missed: as |ln(median / edge)| on the scale "log", as |median - edge| /
    |edge| else (or without the division where the edge is 0).
    """
    if low is not None and median < low:
        edge = low
    elif high is not None and median > high:
        edge = high
    else:
        return 0.0
    if scale == "log":
        return abs(math.log(median / edge)) if median > 0 and edge > 0 else math.inf
    return abs(median - edge) / (abs(edge) or 1.0)


def own_scenario_first(card: Iterable[PatternResult]) -> list[PatternResult]:
    """Return one result for each pattern of several scorecards, in the order of first sight.

    The one of the pattern's own scenario where it ran; else the first that was measured; else the first.
    """
    best: dict[str, PatternResult] = {}
    for entry in card:
        if entry.id not in best or _rank(entry) > _rank(best[entry.id]):
            best[entry.id] = entry
    return list(best.values())


def counts(card: Iterable[PatternResult]) -> dict[str, dict[str, int]]:
    """Return by kind how many patterns hold, fail, and are not measured: {"C": {"holds": 5, ...}, ...}.

    Questions that the runs answer count as answered, which patterns with a band never do.
    """
    words = ("holds", "fails", "answered", "not measured")
    table = {kind: dict.fromkeys(words, 0) for kind in KINDS}
    for entry in card:
        unbanded = "answered" if entry.answer else "not measured"
        word = {True: "holds", False: "fails", None: unbanded}[entry.holds]
        table[entry.kind][word] += 1
    return table


def _rank(entry: PatternResult) -> tuple[bool, bool]:
    return entry.measured_in == entry.scenario, entry.holds is not None


def _all_hold(parts: Sequence[PartResult]) -> bool | None:
    found = [part.holds for part in parts]
    if False in found:
        return False
    return None if None in found else True


def _answer(pattern: Pattern, parts: Sequence[PartResult]) -> str:
    """Return a question with the numbers that answer it, each with its interval; "" where there are none."""
    measured = [part for part in parts if part.median is not None]
    numbers = [f"{part.name} {spread_text(part.median, part.interval)}" for part in measured]
    return f"{_(pattern.text)} {'; '.join(numbers)}." if numbers else ""


def _deciding(parts: Sequence[PartResult]) -> PartResult:
    """Return the part that is farthest from its band; the first measured one when all are inside."""
    measured = [part for part in parts if part.median is not None]
    return max(measured, key=lambda part: part.distance or 0.0) if measured else parts[0]


def _not_measured(part: Part, reason: str) -> PartResult:
    return PartResult(
        part.name, part.low, part.high, part.unit, None, None, None, None, 0, reason, part.claims, _(part.why)
    )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
