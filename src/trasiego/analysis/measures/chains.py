"""Chains: whether partners recur, who is escorted at which fee, and what becomes of a port's service."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from trasiego.analysis.estimate import ratio
from trasiego.analysis.events import LOSS_OF_LEADERS, around_loss
from trasiego.analysis.flows import inside_places, sent_kg
from trasiego.analysis.view import Flags, Floats, NotMeasurable, ResultView
from trasiego.common.messages import _

LEAST_MONTHS = 3
"""Months that a run needs on each side of the loss of a port's leader."""


def year_on_year_similarity(view: ResultView) -> Floats:
    """Likeness (cosine) of the flows by offer to those of 12 months before, median month, by run."""
    likeness = view.amount("chain_similarity")
    later = likeness[:, view.months >= view.all_months[0] + np.timedelta64(12, "M")]
    if later.shape[1] == 0 or not np.isfinite(later).any():
        raise NotMeasurable(_("the run is shorter than 13 months"))
    return np.array([np.median(row[np.isfinite(row)]) if np.isfinite(row).any() else np.nan for row in later])


def escort_income_per_kg(view: ResultView, country: str, passage_km: float) -> Floats:
    """Income of the country's armed protectors for each kg under escort over one passage, by kept run.

    A kilogram counts on each link from the country's places by the part of the passage that the link is long.
    """
    protectors = view.groups_of([country], ["armed_protector"])
    if not protectors.any():
        raise NotMeasurable(_("no armed protector of {country} is in this scenario").format(country=country))
    income = np.where(protectors, view.amount("group_revenue_usd"), 0.0).sum(axis=(1, 2))
    inside = view.links.tail_country == country
    part = np.asarray(view.dataset["link_distance_km"].values, dtype=np.float64)[inside] / passage_km
    mass = (view.amount("link_escorted_kg")[:, :, inside].sum(axis=1) * part).sum(axis=1)
    if not (mass > 0).any():
        raise NotMeasurable(_("nothing is escorted in this run"))
    return ratio(income, mass)


def escorted_share(view: ResultView, places: Sequence[str], modes: Sequence[str]) -> Floats:
    """Part of what moves by the modes from the places that is escorted, by kept run."""
    way = _ways(view, places, modes)
    sent = sent_kg(view, way)
    if not (sent > 0).any():
        raise NotMeasurable(_("nothing goes that way in this run"))
    escorted = view.amount("link_escorted_kg")[:, :, way].sum(axis=(1, 2))
    return ratio(escorted, sent)


def port_volume_after_loss(view: ResultView, port: str, country: str, modes: Sequence[str]) -> Floats:
    """What a port sends by the modes after its group's leader was lost, over that before, by kept run."""
    before, after, _target = around_loss(view, "port_service", country, LOSS_OF_LEADERS, LEAST_MONTHS)
    way = _ways(view, [port], modes)
    first, last = (sent_kg(side, way) / side.months.size for side in (before, after))
    if not (first > 0).any():
        raise NotMeasurable(_("the port sent nothing before the event"))
    return ratio(last, first)


def port_service_after_loss(view: ResultView, country: str) -> Floats:
    """Part of the months after the loss in which a port group of the country earns, by kept run."""
    _before, after, _target = around_loss(view, "port_service", country, LOSS_OF_LEADERS, LEAST_MONTHS)
    earning = after.groups_of([country], ["port_service"]) & (after.amount("group_revenue_usd") > 0)
    return np.asarray(earning.any(axis=2).mean(axis=1))


def _ways(view: ResultView, places: Sequence[str], modes: Sequence[str]) -> Flags:
    """Return [L] True for the links of the modes that begin at one of the places."""
    return inside_places(view, places)[view.links.tail] & np.isin(view.links.mode, modes) & view.links.moves
