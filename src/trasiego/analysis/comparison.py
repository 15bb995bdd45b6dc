"""Policies side by side: what each changes against the same runs without it, and which can be told apart."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from itertools import combinations
from typing import Any

import numpy as np

from trasiego.analysis.costs import Cost, CostOf, arm_cost, cost_of
from trasiego.analysis.difference import CONFIDENCE, Difference, difference
from trasiego.analysis.displacement import Displacement, displacement
from trasiego.analysis.estimate import Estimate, estimate
from trasiego.analysis.outcomes import (
    DELIVERED,
    INFLOW,
    KG_PER_TONNE,
    KILLINGS,
    KINDS,
    WORLD,
    Kind,
    Measured,
    OutcomeKey,
)
from trasiego.scenario.policy import Policy


@dataclass(frozen=True)
class ArmResult:
    """One arm: its name, its policies, its cost, where the flow goes and what an effect costs under it."""

    name: str
    policies: tuple[Policy, ...]
    cost_usd_per_month: Cost | None
    displacement: Displacement
    kg_kept: CostOf
    killing_avoided: CostOf


@dataclass(frozen=True)
class OutcomeRow:
    """One outcome: level without an arm over the runs, and what each arm changes, in the order of the arms.

    A difference is None where fewer than two runs have an answer.
    """

    outcome: str
    entity: str
    title: str
    unit: str
    base: Estimate
    differences: tuple[Difference | None, ...]


@dataclass(frozen=True)
class PairRow:
    """What the second of two arms has more than the first in an outcome."""

    first: str
    second: str
    outcome: str
    entity: str
    difference: Difference | None


@dataclass(frozen=True)
class Comparison:
    """Policies compared over the same runs; `first` and `last` are the months looked at.

    `start` is the month from which policies without a start of their own held, "" for the whole run.

    `measured` has the figures of every run, of the base under "base" and of the arms under their names; it is
    left out of `to_dict`.
    """

    scenario: str
    title: str
    scenario_hash: str
    trasiego_version: str
    seed: int
    runs: int
    months: int
    start: str
    first: str
    last: str
    confidence: float
    arms: tuple[ArmResult, ...]
    outcomes: tuple[OutcomeRow, ...]
    pairs: tuple[PairRow, ...]
    measured: Mapping[str, Measured] = field(repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """Return what JSON can hold, without the figures of the single runs."""
        found: dict[str, Any] = finite(asdict(replace(self, measured={})))
        del found["measured"]
        return found

    def row(self, outcome: str, entity: str = WORLD) -> OutcomeRow:
        """Return the row of an outcome; KeyError where there is none."""
        for each in self.outcomes:
            if (each.outcome, each.entity) == (outcome, entity):
                return each
        raise KeyError((outcome, entity))


def finite(value: Any) -> Any:
    """Return nested records without the floats that JSON does not know: they become None."""
    if isinstance(value, dict):
        return {key: finite(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [finite(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def compare_arms(
    base: Measured, arms: Mapping[str, tuple[Sequence[Policy], Measured]], about: Mapping[str, Any]
) -> Comparison:
    """Return the comparison of arms with the runs without one; ValueError where the runs are not the same.

    `arms` have their policies and what was measured, by name; `about` are the fields of Comparison that say
    what was run (scenario to start).
    """
    for name, (_policies, measured) in arms.items():
        if (measured.runs, measured.seed, measured.period) != (base.runs, base.seed, base.period):
            raise ValueError(f"the runs of {name} are not those of the base")
    found = {name: measured for name, (_policies, measured) in arms.items()}
    return Comparison(
        **about,
        seed=base.seed,
        runs=len(base.runs),
        first=base.period[0],
        last=base.period[1],
        confidence=CONFIDENCE,
        arms=tuple(_arm(name, *parts, base) for name, parts in arms.items()),
        outcomes=tuple(_row(kind, key, base, found) for kind, key in _keys(base)),
        pairs=tuple(_pairs(base, found)),
        measured={"base": base, **found},
    )


def _keys(base: Measured) -> list[tuple[Kind, OutcomeKey]]:
    """Return the outcomes that the base answers, in the order of KINDS; countries that nothing enters not."""
    return [
        (kind, key)
        for kind in KINDS
        for key, values in base.values.items()
        if key.outcome == kind.id and np.isfinite(values).any() and (kind.id != INFLOW or values.any())
    ]


def _row(kind: Kind, key: OutcomeKey, base: Measured, arms: Mapping[str, Measured]) -> OutcomeRow:
    before = base.values[key]
    return OutcomeRow(
        kind.id,
        key.entity,
        kind.title,
        kind.unit,
        estimate(before, kind.unit),
        tuple(difference(before, arm.values[key]) for arm in arms.values()),
    )


def _arm(name: str, policies: Sequence[Policy], measured: Measured, base: Measured) -> ArmResult:
    cost = arm_cost(policies, *base.period)
    delivered, killed = (
        difference(base.values[OutcomeKey(outcome)], measured.values[OutcomeKey(outcome)])
        for outcome in (DELIVERED, KILLINGS)
    )
    return ArmResult(
        name,
        tuple(policies),
        cost,
        displacement(base, measured),
        cost_of(cost, delivered, KG_PER_TONNE, "USD/kg"),
        cost_of(cost, killed, 1.0, "USD"),
    )


def _pairs(base: Measured, arms: Mapping[str, Measured]) -> list[PairRow]:
    found = []
    for (first, one), (second, other) in combinations(arms.items(), 2):
        for _kind, key in _keys(base):
            if key.entity == WORLD:
                apart = difference(one.values[key], other.values[key])
                found.append(PairRow(first, second, key.outcome, key.entity, apart))
    return found
