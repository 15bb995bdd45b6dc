"""Volumes: what leaves a region, by which means, over which countries, and how that changes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from trasiego.analysis.flows import (
    inside_places,
    leaving,
    link_totals,
    made_by_place,
    passed_share,
    sent_kg,
)
from trasiego.analysis.view import Flags, Floats, NotMeasurable, ResultView
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
    return np.where(total > 0, chosen / np.where(total > 0, total, 1.0), np.nan)


def share_that_passed(view: ResultView, through: Sequence[str], exit_from: str, exit_to: str) -> Floats:
    """Part of what goes from one country to another that had passed `through` countries, by kept run.

    Where the world ends in the first country (a cut), part of what comes into that country. Raise
    NotMeasurable where no way goes round `through`, so that the answer would be all of it whatever the
    model does.
    """
    view.require([exit_from, *through])
    links, country = view.links, view.labels("place_country")
    passed = np.isin(country, through)
    out = (links.tail_country == exit_from) & (links.head_country == exit_to) & links.moves
    entering = (links.head_country == exit_from) & (links.tail_country != exit_from) & links.moves
    chosen = out if out.any() else entering
    sent, arrived = link_totals(view)
    made = made_by_place(view)
    own = np.zeros_like(made) if out.any() else made * (country == exit_from)
    if _always(view, passed, chosen) and not (own > 0).any():
        raise NotMeasurable(_("every way of this world passes there, so the share says nothing"))
    part = passed_share(view, passed, sent, arrived, made)
    weight = sent * chosen
    total = weight.sum(axis=1) + own.sum(axis=1)
    if not (total > 0).any():
        raise NotMeasurable(_("nothing goes that way in this run"))
    mass = (weight * part[:, links.tail]).sum(axis=1)
    return np.where(total > 0, mass / np.where(total > 0, total, 1.0), np.nan)


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
    return np.where(first > 0, last / np.where(first > 0, first, 1.0), np.nan)


def _always(view: ResultView, passed: Flags, chosen: Flags) -> bool:
    """Return whether goods on the chosen links must have passed there, whatever flows."""
    ones = np.ones((1, view.links.tail.size)) * view.links.moves
    made = np.zeros((1, view.labels("place").size))
    made[:, view.positions("place", view.labels("zone"))] = 1.0
    part = passed_share(view, passed, ones, ones, made)[0]
    return bool(np.all(part[view.links.tail[chosen]] == 1.0))
