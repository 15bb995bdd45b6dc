"""Seizures as a part of what is made and of what moves."""

from __future__ import annotations

from trasiego.analysis.estimate import ratio
from trasiego.analysis.view import Floats, NotMeasurable, ResultView
from trasiego.common.messages import _


def source_share(view: ResultView, country: str) -> Floats:
    """Part of what the zones of a country make that is seized in it, by run.

    What zones make is counted in their own product; it is turned into hydrochloride by the ratio of the
    whole world.
    """
    place = view.positions("place", view.labels("zone"))
    own = view.labels("place_country")[place] == country
    seized = view.amount("country_seized_kg")[:, :, view.position("country", country)].sum(axis=1)
    made = view.amount("zone_produced_kg").sum(axis=1)
    base = made[:, own].sum(axis=1) * ratio(view.amount("produced_kg").sum(axis=1), made.sum(axis=1))
    if not own.any() or not (base > 0).any():
        raise NotMeasurable(_("nothing is made in {country} in this scenario").format(country=country))
    return ratio(seized, base)


def overall_share(view: ResultView) -> Floats:
    """Part of what was delivered or seized that was seized, by run."""
    seized = view.amount("seized_kg").sum(axis=1)
    total = seized + view.amount("delivered_kg").sum(axis=1)
    if not (total > 0).any():
        raise NotMeasurable(_("nothing was delivered or seized in this run"))
    return ratio(seized, total)
