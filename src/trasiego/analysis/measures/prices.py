"""Prices: at the source, along the ladder, in transit, and where they rise."""

from __future__ import annotations

import numpy as np

from trasiego.analysis.estimate import ratio
from trasiego.analysis.flows import hydrochloride_sent_by_place, link_totals
from trasiego.analysis.ladder import Stage, load_ladder
from trasiego.analysis.view import HYDROCHLORIDE, PASTE, Flags, Floats, NotMeasurable, ResultView
from trasiego.common.messages import _

RISING_ORDER = (
    ("source", "central-america"),
    ("central-america", "mexico"),
    ("mexico", "united-states"),
    ("source", "europe"),
)
"""The steps of the ladder that are said to rise."""


def source_price(view: ResultView, zone: str) -> Floats:
    """Price of the zone's own product [USD/kg], mean over the months, by run."""
    return np.asarray(view.amount("zone_price_usd_per_kg")[:, :, view.position("zone", zone)].mean(axis=1))


def stage_price(view: ResultView, stage: str) -> Floats:
    """Price at a stage of the ladder [USD/kg]: the median month of the mean weighted by mass.

    Zones of paste by what they make, places by the hydrochloride that leaves them, markets by what is
    consumed. By run for zones and markets, by kept run for places.
    """
    chosen = next(row for row in load_ladder() if row.id == stage)
    if chosen.of == "zones":
        return _zones(view, chosen)
    if chosen.of == "markets":
        return _markets(view, chosen)
    country, kind = view.labels("place_country"), view.labels("place_kind")
    places = np.isin(country, chosen.countries) & (np.isin(kind, chosen.kinds) if chosen.kinds else True)
    return _median_month(_passing_price(view, places))


def transit_price(view: ResultView, country: str) -> Floats:
    """Value of hydrochloride in transit in a country [USD/kg], weighted by mass, by kept run."""
    view.require([country])
    return _median_month(_passing_price(view, view.labels("place_country") == country))


def rising_steps(view: ResultView) -> Floats:
    """Part of the steps of the ladder over which the price rises, by kept run."""
    ends = {name: _in_kept_runs(view, name) for name in dict.fromkeys(sum(RISING_ORDER, ()))}
    rises = np.mean([ends[upper] > ends[lower] for lower, upper in RISING_ORDER], axis=0, dtype=np.float64)
    priced = np.all([np.isfinite(price) for price in ends.values()], axis=0)
    return np.where(priced, rises, np.nan)


def border_share_of_rise(view: ResultView) -> Floats:
    """Part of the rise of hydrochloride's value on the way that happens between countries, by kept run.

    The rise over a link is the log ratio of the mean values at its ends, weighted by what is sent over it.
    """
    links = view.links
    value = _mean_where_positive(view.amount("place_price_usd_per_kg"))
    sent = link_totals(view)[0] * (links.product == HYDROCHLORIDE)
    with np.errstate(invalid="ignore", divide="ignore"):
        rise = np.log(value[:, links.head] / value[:, links.tail])
    climbed = np.where((sent > 0) & np.isfinite(rise), sent * rise, 0.0)
    crossing = links.tail_country != links.head_country
    total = climbed.sum(axis=1)
    if not crossing.any() or not (total > 0).any():
        raise NotMeasurable(_("no way in this world rises in value over a border"))
    return ratio(climbed[:, crossing].sum(axis=1), total)


def _in_kept_runs(view: ResultView, stage: str) -> Floats:
    found = stage_price(view, stage)
    return found if found.size == view.flow_positions.size else found[view.flow_positions]


def _zones(view: ResultView, stage: Stage) -> Floats:
    place = view.positions("place", view.labels("zone"))
    chosen = np.isin(view.labels("place_country")[place], stage.countries) & _sells_paste(view)[place]
    if not chosen.any():
        raise NotMeasurable(_("no zone of this scenario sells paste"))
    price = view.amount("zone_price_usd_per_kg")[:, :, chosen]
    return _median_month(_weighted(price, view.amount("zone_produced_kg")[:, :, chosen]))


def _sells_paste(view: ResultView) -> Flags:
    """Return [P] True where paste leaves the place or is refined there."""
    found = np.zeros(view.labels("place").size, dtype=np.bool_)
    found[view.links.tail[view.links.product == PASTE]] = True
    return found


def _markets(view: ResultView, stage: Stage) -> Floats:
    place = view.positions("place", view.labels("market"))
    chosen = np.isin(view.labels("place_country")[place], stage.countries)
    if not chosen.any():
        raise NotMeasurable(_("no market of the stage {stage} is in this scenario").format(stage=stage.id))
    price = view.amount("market_price_usd_per_kg")[:, :, chosen]
    return _median_month(_weighted(price, view.amount("market_consumed_kg")[:, :, chosen]))


def _passing_price(view: ResultView, places: Flags) -> Floats:
    if not places.any():
        raise NotMeasurable(_("none of the places asked for is in this scenario"))
    price = view.amount("place_price_usd_per_kg")[:, :, places]
    return _weighted(price, hydrochloride_sent_by_place(view)[:, :, places])


def _weighted(price: Floats, mass: Floats) -> Floats:
    """Return the mean over the last axis weighted by mass, NaN where there is no mass."""
    mass = np.where(np.isfinite(price), mass, 0.0)
    total = mass.sum(axis=-1)
    summed = (np.where(mass > 0, price, 0.0) * mass).sum(axis=-1)
    return ratio(summed, total)


def _median_month(price: Floats) -> Floats:
    """Return the median over the months [run, month] that have a price, NaN for a run without any."""
    return np.array([np.median(row[np.isfinite(row)]) if np.isfinite(row).any() else np.nan for row in price])


def _mean_where_positive(price: Floats) -> Floats:
    """Return the mean over months [F, P] of the values above zero, NaN where there is none."""
    valued = np.isfinite(price) & (price > 0)
    return ratio(np.where(valued, price, 0.0).sum(axis=1), valued.sum(axis=1))
