"""Measures: each reads one number a run from a result. A pattern names its measure as "subject.function".

A measure takes a :class:`~trasiego.analysis.view.ResultView`, already cut to the pattern's period, and the
pattern's options; one of paired runs takes a :class:`~trasiego.analysis.paired.PairedView`. It returns an
array over runs (all runs, or those that are kept with all their flows), NaN for a run without an answer, or
for paired runs a `Pooled` ratio, and raises `NotMeasurable` where no run can answer.
"""

from __future__ import annotations

from collections.abc import Callable
from types import ModuleType
from typing import Any

from trasiego.analysis.measures import (
    chains,
    groups,
    paired,
    partners,
    prices,
    raids,
    seizures,
    violence,
    volumes,
)

Measure = Callable[..., Any]


def _named(*modules: tuple[ModuleType, tuple[Measure, ...]]) -> dict[str, Measure]:
    """Return the measures of some modules by "subject.function"."""
    return {
        f"{module.__name__.rpartition('.')[2]}.{measure.__name__}": measure
        for module, measures in modules
        for measure in measures
    }


MEASURES: dict[str, Measure] = _named(
    (
        prices,
        (
            prices.source_price,
            prices.stage_price,
            prices.transit_price,
            prices.rising_steps,
            prices.border_share_of_rise,
        ),
    ),
    (
        volumes,
        (
            volumes.yearly_outflow_t,
            volumes.mode_share,
            volumes.share_that_passed,
            volumes.inflow_ratio_between_years,
        ),
    ),
    (
        chains,
        (
            chains.year_on_year_similarity,
            chains.escort_income_per_kg,
            chains.escorted_share,
            chains.port_volume_after_loss,
            chains.port_service_after_loss,
        ),
    ),
    (
        groups,
        (
            groups.members_of_new_groups,
            groups.gangs_with_income,
            groups.gang_income_from_transport,
            groups.capture_where_goods_pass,
            groups.national_protection,
        ),
    ),
    (
        partners,
        (
            partners.groups_at_once,
            partners.likeness_to_year_before,
            partners.held_over_hired,
        ),
    ),
    (seizures, (seizures.source_share, seizures.overall_share)),
    (violence, (violence.homicide_rate, violence.homicide_ratio)),
)
"""Every measure of one result by the name that patterns use."""

PAIRED_MEASURES: dict[str, Measure] = _named(
    (
        paired,
        (
            paired.total_ratio,
            paired.price_ratio,
            paired.killings_per_kg_ratio,
            paired.mode_share_ratio,
            paired.seizure_value_ratio,
            paired.fall_ratio,
            paired.cost_ratio,
            paired.rise_over_reported,
            paired.killings_after_captures,
            paired.killings_near_captures,
        ),
    ),
    (
        raids,
        (
            raids.throughput_fall_over_share,
            raids.entries_elsewhere,
            raids.groups_after_dismantling,
            raids.concentration_after_dismantling,
            raids.throughput_after_dismantling,
        ),
    ),
)
"""Every measure of paired runs; these take a `PairedView`."""

ALL_MEASURES: dict[str, Measure] = {**MEASURES, **PAIRED_MEASURES}
