"""The runs of the screen: a scenario with one number changed, under the arms that its patterns ask for."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatch

import numpy as np

import trasiego
from sensitivity.rows import SEEDS, Row
from trasiego.analysis.arms import Overlay
from trasiego.analysis.patterns import PAIRED, Pattern, load_patterns
from trasiego.analysis.scorecard import measure_pattern
from trasiego.analysis.view import ResultView
from trasiego.common.faults import Faults
from trasiego.results import Result
from trasiego.scenario import Scenario, load_scenario
from trasiego.world.compile import SECTIONS

KINDS = ("transport_network", "gang", "dynasty", "armed_protector", "cartel")
OTHER_SEEDS = 5
SEED_STEP = 1000

Medians = dict[tuple[str, str], float | None]
"""Median of each part, by pattern and part; None where it could not be measured."""


@dataclass(frozen=True)
class Setup:
    """What is run: a scenario, with how many runs and months, from which seed, and for which V patterns."""

    scenario: str
    runs: int
    seed: int
    months: int
    patterns: tuple[str, ...]


@dataclass(frozen=True)
class AsItIs:
    """The scenario with nothing changed: its medians, and a digest of the runs without an arm."""

    medians: Medians
    digest: str


@dataclass(frozen=True)
class Assumed:
    """A number with status "assumed": path, low, value, high; `SEEDS` stands for other seeds."""

    path: str
    low: float
    value: float
    high: float


def assumed_numbers(scenario: Scenario, wanted: str = "*") -> list[Assumed]:
    """Return the assumed numbers of the mechanisms and kinds of group whose path fits a shell pattern."""
    heads = [*(f"{section}." for section in SECTIONS), *(f"kinds.{kind}." for kind in KINDS)]
    return [
        Assumed(path, number.low, number.value, number.high)
        for path, number in scenario.numbers.items()
        if number.status == "assumed"
        and number.low is not None
        and number.high is not None
        and path.startswith(tuple(heads))
        and fnmatch(path, wanted)
    ]


def patterns_of(scenario: str, wanted: str = "*") -> tuple[Pattern, ...]:
    """Return the V patterns of a scenario whose id fits a shell pattern."""
    return tuple(
        pattern
        for pattern in load_patterns(("V",))
        if pattern.scenario == scenario and fnmatch(pattern.id, wanted)
    )


def as_it_is(setup: Setup) -> AsItIs:
    """Run a scenario with nothing changed."""
    base = _run(setup, Overlay(), (), setup.seed, setup.months)
    return AsItIs(_measure(setup, base, (), setup.seed), digest(base))


def vary(setup: Setup, number: Assumed, before: AsItIs) -> tuple[list[Row], list[str]]:
    """Run a scenario with one number at its low and high end; return its rows, and what was refused.

    With the same seed as before, run by run. An end that is the value itself is not run, and neither are the
    arms where the runs without one are to the last bit what they were: the number then does nothing. An
    end that the scenario's own checks refuse counts as not measured.
    """
    if number.path == SEEDS:
        return _other_seeds(setup, before), []
    ends: list[Medians] = []
    refused = []
    for value in (number.low, number.high):
        if value == number.value:
            ends.append(before.medians)
            continue
        setting = f"{number.path}={value!r}"
        try:
            base = _run(setup, Overlay(), (setting,), setup.seed, setup.months)
            same = digest(base) == before.digest
            ends.append(before.medians if same else _measure(setup, base, (setting,), setup.seed))
        except Faults as error:
            refused.append(f"{setting}: {error.faults[0].found}")
            ends.append({})
    return _rows(setup, number, ends[0], before.medians, ends[1]), refused


def digest(result: Result) -> str:
    """Return a digest of all that was recorded."""
    found = hashlib.sha256()
    for name in sorted(map(str, result.dataset.data_vars)):
        values = result.dataset[name].values
        found.update(name.encode())
        found.update(repr(values.tolist()).encode() if values.dtype == object else values.tobytes())
    return found.hexdigest()


def months_asked(pattern: Pattern, scenario: Scenario) -> int:
    """Return how many months it takes to measure a pattern of paired runs: less where all its periods end."""
    ends = [part.period[1] for part in pattern.parts]
    if pattern.needs != PAIRED or None in ends:
        return scenario.months
    last = max(np.datetime64(end, "M") for end in ends if end is not None)
    return min(scenario.months, int((last - scenario.start).astype(int)) + 1)


def cut(result: Result, months: int) -> Result:
    """Return the first months of a result: what a shorter run would have given."""
    if result.months <= months:
        return result
    return Result(result.dataset.isel(month=slice(0, months)), result.manifest)


def _other_seeds(setup: Setup, before: AsItIs) -> list[Row]:
    """Return rows with the lowest and highest median over other seeds, with nothing changed."""
    seeds = [setup.seed + step * SEED_STEP for step in range(1, OTHER_SEEDS + 1)]
    found = [before.medians]
    for seed in seeds:
        base = _run(setup, Overlay(), (), seed, setup.months)
        found.append(_measure(setup, base, (), seed))
    every = {
        key: [median for medians in found if (median := medians[key]) is not None] for key in before.medians
    }
    low: Medians = {key: min(values, default=None) for key, values in every.items()}
    high: Medians = {key: max(values, default=None) for key, values in every.items()}
    number = Assumed(SEEDS, float(setup.seed), float(setup.seed), float(seeds[-1]))
    return _rows(setup, number, low, before.medians, high)


def _run(setup: Setup, overlay: Overlay, settings: Sequence[str], seed: int, months: int) -> Result:
    """Run under an overlay, which lies over the settings."""
    laid = (*settings, *overlay.settings_in(load_scenario(setup.scenario)))
    return trasiego.run(setup.scenario, setup.runs, seed, months, overlay.policies, laid, threads=1)


def _measure(setup: Setup, base: Result, settings: Sequence[str], seed: int) -> Medians:
    """Run the arms, each once for as many months as the longest of its patterns asks, and measure all."""
    scenario = load_scenario(setup.scenario)
    chosen = [each for each in patterns_of(setup.scenario) if each.id in setup.patterns]
    asked = {each.id: min(setup.months, months_asked(each, scenario)) for each in chosen}
    longest: dict[Overlay, int] = {}
    for pattern in chosen:
        for overlay in _overlays(pattern):
            longest[overlay] = max(longest.get(overlay, 0), asked[pattern.id])
    arms = {overlay: _run(setup, overlay, settings, seed, months) for overlay, months in longest.items()}
    medians: Medians = {}
    for pattern in chosen:
        months = asked[pattern.id]
        views = {overlay: ResultView(cut(arms[overlay], months)) for overlay in _overlays(pattern)}
        measured = measure_pattern(pattern, ResultView(cut(base, months)), views)
        medians |= {(pattern.id, part.name): part.median for part in measured.parts}
    return medians


def _overlays(pattern: Pattern) -> list[Overlay]:
    """Return the overlays under which a pattern needs runs, apart from the scenario as it is."""
    laid = [pattern.base, *(arm.overlay.upon(pattern.base) for arm in pattern.arms.values())]
    return [overlay for overlay in laid if overlay]


def _rows(setup: Setup, number: Assumed, low: Medians, value: Medians, high: Medians) -> list[Row]:
    """Return a row for each part that has a measure."""
    read = load_scenario(setup.scenario)
    found = []
    for pattern in (each for each in patterns_of(setup.scenario) if each.id in setup.patterns):
        for part in pattern.parts:
            key = (pattern.id, part.name)
            row = Row(
                scenario=setup.scenario,
                scenario_hash=read.hash[:12],
                runs=setup.runs,
                seed=setup.seed,
                months=setup.months,
                pattern=pattern.id,
                part=part.name,
                unit=part.unit,
                scale=part.scale,
                low=part.low,
                high=part.high,
                number=number.path,
                number_low=number.low,
                number_value=number.value,
                number_high=number.high,
                at_low=low.get(key),
                as_it_is=value[key],
                at_high=high.get(key),
            )
            found.append(row)
    return found
