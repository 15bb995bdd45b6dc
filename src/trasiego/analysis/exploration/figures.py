"""What is measured at each point: the outcomes of comparisons, and the numbers of the C patterns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

import numpy as np

from trasiego.analysis.measures import MEASURES
from trasiego.analysis.outcomes import INFLOW, KINDS, MARKET_PRICE, OutcomeKey, measure_outcomes
from trasiego.analysis.patterns import Part, load_patterns
from trasiego.analysis.view import Floats, NotMeasurable, ResultView
from trasiego.common.faults import Fault, Faults, nearest
from trasiego.common.messages import _
from trasiego.ensemble.record import Record
from trasiego.results import to_dataset
from trasiego.scenario import Scenario

CALIBRATED = ("C",)
"""Kinds of patterns that are read here: those marked V are never."""

_OF_THE_WORLD = [kind for kind in KINDS if kind.id not in (MARKET_PRICE, INFLOW)]


@dataclass(frozen=True)
class Figure:
    """One number of a run: an outcome, or a part of a C pattern with its band and the claims behind that.

    `id` is that of the outcome, or "pattern/part".
    """

    id: str
    title: str
    unit: str
    scenario: str = ""
    part: Part | None = None
    claims: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Rows:
    """What a view needs of a result."""

    dataset: Any
    manifest: dict[str, Any]


def outcome_figures() -> tuple[Figure, ...]:
    """Return the outcomes of the world as a whole."""
    return tuple(Figure(kind.id, kind.title, kind.unit) for kind in _OF_THE_WORLD)


def pattern_figures() -> tuple[Figure, ...]:
    """Return every measured part of every C pattern, and of no other; raise Faults as `load_patterns`."""
    return tuple(
        Figure(
            f"{pattern.id}/{part.name}",
            f"{_(pattern.title)} ({part.name})",
            part.unit,
            pattern.scenario,
            part,
            part.claims or pattern.claims,
        )
        for pattern in load_patterns(CALIBRATED)
        for part in pattern.parts
        if part.measure in MEASURES
    )


def chosen_figures(globs: Sequence[str]) -> tuple[Figure, ...]:
    """Return outcomes and pattern parts whose id fits one of `globs`, all without; Faults where none does."""
    every = (*outcome_figures(), *pattern_figures())
    ids = [figure.id for figure in every]
    faults = [
        Fault(
            file=None,
            line=None,
            key="--outcomes",
            found=_("{glob}, which no outcome fits").format(glob=glob),
            allowed=", ".join(ids),
            nearest=nearest(glob, ids),
            do=_("name one, or a part of it with * for the rest, such as 'price-*'"),
        )
        for glob in globs
        if not any(fnmatchcase(each, glob) for each in ids)
    ]
    if faults:
        raise Faults(faults)
    return tuple(
        figure for figure in every if not globs or any(fnmatchcase(figure.id, glob) for glob in globs)
    )


def measure_rows(record: Record, scenario: Scenario, figures: Sequence[Figure]) -> Floats:
    """Return the figures of each row of a record [row, figure]; NaN where a row has no answer."""
    manifest = {
        "scenario_name": scenario.name,
        "scenario_hash": scenario.hash,
        "seed": record.seed,
        "events": (),
    }
    view = ResultView(_Rows(to_dataset(record.world, record), manifest))
    outcomes = measure_outcomes(view).values
    found = np.full((len(record.runs), len(figures)), np.nan)
    for column, figure in enumerate(figures):
        if figure.part is not None:
            found[:, column] = _part(figure.part, view)
        elif OutcomeKey(figure.id) in outcomes:
            found[:, column] = outcomes[OutcomeKey(figure.id)]
    return found


def _part(part: Part, view: ResultView) -> Floats | float:
    try:
        view.require(part.requires)
        answers: Floats = MEASURES[part.measure or ""](view.within(*part.period), **part.options)
    except NotMeasurable:
        return np.nan
    return answers
