"""The scorecard: every pattern with its band, the model's median and interval, and whether it holds."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from trasiego.analysis.measures import MEASURES
from trasiego.analysis.patterns import KINDS, Part, Pattern, load_patterns
from trasiego.analysis.view import LEAST_ENSEMBLE, NotMeasurable, ResultView
from trasiego.common.messages import _

INTERVAL = (0.05, 0.95)
"""The quantiles over the runs that an interval goes between."""


@dataclass(frozen=True)
class PartResult:
    """One number of a pattern as measured; None where there is nothing, then `reason` says why.

    `interval` goes from the 5 to the 95 percent quantile over `runs` runs. `distance` is 0 inside the band,
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


@dataclass(frozen=True)
class PatternResult:
    """A pattern as measured in one result.

    `scenario` is the one of the pattern's report, `measured_in` the one that ran. The pattern holds when
    all its parts do, fails when one does, and is None when one can't be measured; `low` to `reason` are
    those of the part that decides (the farthest from its band), which `part` names. `source` is in words,
    `claims` its claim ids.
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

    def to_dict(self) -> dict[str, Any]:
        """Return what JSON can hold: lists for tuples, null for infinite distances."""
        return {key: _plain(value) for key, value in asdict(self).items()}


def scorecard(result: Any, kinds: Sequence[str] = KINDS) -> list[PatternResult]:
    """Return every pattern of the kinds as measured in `result`, in the order of their ids.

    `result` has `dataset` and `manifest` (`trasiego.results.Result`). Patterns that it can't answer are in
    the list with `holds` None and the reason. Raise Faults where a pattern file is at fault.
    """
    view = ResultView(result)
    return [measure_pattern(pattern, view) for pattern in load_patterns(kinds)]


def measure_pattern(pattern: Pattern, view: ResultView) -> PatternResult:
    """Return one pattern as measured in the view."""
    enough = pattern.needs != "ensemble" or view.run_count >= LEAST_ENSEMBLE
    parts = tuple(measure_part(part, view) if enough else _too_few(part, view) for part in pattern.parts)
    deciding = _deciding(parts)
    open_parts = [part for part in parts if part.holds is None]
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
    )


def measure_part(part: Part, view: ResultView) -> PartResult:
    """Return one number of a pattern as measured in the view."""
    if part.measure is None:
        return _not_measured(part, _(part.missing))
    try:
        view.require(part.requires)
        found = np.asarray(MEASURES[part.measure](view.within(*part.period), **part.options))
    except NotMeasurable as reason:
        return _not_measured(part, str(reason))
    values = found[~np.isnan(found)]
    if values.size == 0:
        return _not_measured(part, _("no run of this result has an answer"))
    low, median, high = (float(value) for value in np.quantile(values, (INTERVAL[0], 0.5, INTERVAL[1])))
    holds = None
    if part.low is not None or part.high is not None:
        holds = (part.low is None or median >= part.low) and (part.high is None or median <= part.high)
    return PartResult(
        name=part.name,
        low=part.low,
        high=part.high,
        unit=part.unit,
        median=median,
        interval=(low, high),
        holds=holds,
        distance=None if holds is None else distance(median, part.low, part.high, part.scale),
        runs=int(values.size),
        reason="",
        claims=part.claims,
        why=_(part.why),
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
    """Return by kind how many patterns hold, fail, and are not measured: {"C": {"holds": 5, ...}, ...}."""
    table = {kind: {"holds": 0, "fails": 0, "not measured": 0} for kind in KINDS}
    for entry in card:
        word = {True: "holds", False: "fails", None: "not measured"}[entry.holds]
        table[entry.kind][word] += 1
    return table


def _rank(entry: PatternResult) -> tuple[bool, bool]:
    return entry.measured_in == entry.scenario, entry.holds is not None


def _all_hold(parts: Sequence[PartResult]) -> bool | None:
    found = [part.holds for part in parts]
    if False in found:
        return False
    return None if None in found else True


def _deciding(parts: Sequence[PartResult]) -> PartResult:
    """Return the part that is farthest from its band; the first measured one when all are inside."""
    measured = [part for part in parts if part.median is not None]
    return max(measured, key=lambda part: part.distance or 0.0) if measured else parts[0]


def _too_few(part: Part, view: ResultView) -> PartResult:
    text = _("it needs an ensemble of at least {least} runs, here {runs}")
    return _not_measured(part, text.format(least=LEAST_ENSEMBLE, runs=view.run_count))


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
