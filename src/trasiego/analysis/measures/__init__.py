"""Measures: each reads one number a run from a result. A pattern names its measure as "subject.function".

A measure takes a :class:`~trasiego.analysis.view.ResultView`, already cut to the pattern's period, and the
pattern's options; it returns an array over runs (all runs, or those that are kept with all their flows),
NaN for a run without an answer, and raises `NotMeasurable` where no run can answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from trasiego.analysis.measures import chains, groups, prices, seizures, violence, volumes

Measure = Callable[..., Any]

MEASURES: dict[str, Measure] = {
    f"{module.__name__.rpartition('.')[2]}.{measure.__name__}": measure
    for module, measures in (
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
                groups.capture_where_goods_pass,
                groups.groups_after_dismantling,
                groups.concentration_after_dismantling,
                groups.throughput_after_dismantling,
                groups.throughput_fall_over_share,
                groups.entries_elsewhere_after_raid,
            ),
        ),
        (seizures, (seizures.source_share, seizures.overall_share)),
        (violence, (violence.homicide_rate, violence.homicide_ratio)),
    )
    for measure in measures
}
"""Every measure by the name that patterns use."""
