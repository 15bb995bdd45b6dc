"""Volumes: what leaves a region, by which means, over which countries, and how that changes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from trasiego.analysis.estimate import ratio
from trasiego.analysis.flows import (
    inside_places,
    leaving,
    link_totals,
    made_by_place,
    passed_share,
    sent_kg,
)
from trasiego.analysis.view import Floats, NotMeasurable, ResultView
from trasiego.common.messages import _

KG_PER_TONNE = 1000.0


def yearly_outflow_t(view: ResultView, places: Sequence[str]) -> Floats:
    """Tonnes a year that leave a region (paste and hydrochloride as they move), by kept run."""
    out = leaving(view, inside_places(view, places))
    return sent_kg(view, out) / view.years / KG_PER_TONNE


def mode_share(view: ResultView, places: Sequence[str], to: Sequence[str], modes: Sequence[str]) -> Floats:
    """Part of what leaves a region towards the places `to` that goes by the modes, by kept run."""
    inside, target = inside_places(view, places), inside_places(view, to)
    way = leaving(view, inside) & target[view.links.head]
    total = sent_kg(view, way)
    if not (total > 0).any():
        raise NotMeasurable(_("nothing goes that way in this run"))
    chosen = sent_kg(view, way & np.isin(view.links.mode, modes))
    return ratio(chosen, total)


def share_that_passed(view: ResultView, through: Sequence[str], exit_from: str, exit_to: str) -> Floats:
    """Part of what goes from one country to another that had passed one of `through`, by kept run."""
    links = view.links
    exits = (links.tail_country == exit_from) & (links.head_country == exit_to)
    sent, arrived = link_totals(view)
    passed = np.isin(view.labels("place_country"), through)
    part = passed_share(view, passed, arrived, made_by_place(view))
    leaves = sent * exits
    total = leaves.sum(axis=1)
    if not (total > 0).any():
        raise NotMeasurable(_("nothing goes that way in this run"))
    return ratio((leaves * part[:, links.tail]).sum(axis=1), total)


def inflow_ratio_between_years(
    view: ResultView, country: str, before: Sequence[str], after: Sequence[str]
) -> Floats:
    """Yearly inflow into a country in the months `after` over that in the months `before`, by run."""
    position = view.position("country", country)
    early, late = (view.within(*span) for span in (before, after))
    first = early.amount("country_inflow_kg")[:, :, position].mean(axis=1)
    last = late.amount("country_inflow_kg")[:, :, position].mean(axis=1)
    if not (first > 0).any():
        raise NotMeasurable(_("nothing came into {country} in the first years").format(country=country))
    return ratio(last, first)
