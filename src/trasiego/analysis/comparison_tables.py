"""A comparison as tidy tables for other programs: a row for every run, and a row for every difference."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from trasiego.analysis.arms import BASE
from trasiego.analysis.difference import Difference
from trasiego.analysis.outcomes import OutcomeKey

if TYPE_CHECKING:
    import pyarrow as pa

    from trasiego.analysis.comparison import Comparison

RUN_COLUMNS = ("arm", "outcome", "entity", "unit", "run", "base", "value", "difference")
DIFFERENCE_COLUMNS = tuple(each.name for each in fields(Difference))


def runs_table(comparison: Comparison) -> pa.Table:
    """Return every run of every arm: arm, outcome, entity, unit, run, base, value, difference.

    `base` and `value` are the outcome without and with the arm in the run of that number.
    """
    import numpy as np
    import pyarrow as pa

    base = comparison.measured[BASE]
    parts: dict[str, list[Any]] = {name: [] for name in RUN_COLUMNS}
    for arm in comparison.arms:
        measured = comparison.measured[arm.name]
        for row in comparison.outcomes:
            key = OutcomeKey(row.outcome, row.entity)
            before, after = base.values[key], measured.values[key]
            texts = (arm.name, row.outcome, row.entity, row.unit)
            for name, text in zip(RUN_COLUMNS[:4], texts, strict=True):
                parts[name].append(np.full(before.size, text))
            for name, numbers in zip(
                RUN_COLUMNS[4:], (np.array(base.runs), before, after, after - before), strict=True
            ):
                parts[name].append(numbers)
    return pa.table({name: np.concatenate(columns) for name, columns in parts.items()})


def summary_table(comparison: Comparison) -> pa.Table:
    """Return every difference: arm, against (base or an arm), outcome, entity, unit, and its fields."""
    import pyarrow as pa

    units = {(row.outcome, row.entity): row.unit for row in comparison.outcomes}
    rows = [
        (arm.name, BASE, row.outcome, row.entity, each)
        for row in comparison.outcomes
        for arm, each in zip(comparison.arms, row.differences, strict=True)
    ]
    rows += [(row.second, row.first, row.outcome, row.entity, row.difference) for row in comparison.pairs]
    return pa.Table.from_pylist(
        [
            {
                "arm": arm,
                "against": against,
                "outcome": outcome,
                "entity": entity,
                "unit": units[outcome, entity],
                **{name: getattr(each, name) for name in DIFFERENCE_COLUMNS},
            }
            for arm, against, outcome, entity, each in rows
            if each is not None
        ]
    )
