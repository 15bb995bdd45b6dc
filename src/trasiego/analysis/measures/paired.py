"""Paired runs: what an arm changes, run by run with the same draws.

A measure takes a :class:`~trasiego.analysis.paired.PairedView`, already cut to the pattern's period, and the
names of the arms that it compares ("base" for the runs without one); it returns an array over runs as the
other measures do, or a `Pooled` ratio where that of a single run is mostly noise.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from trasiego.analysis.estimate import ratio
from trasiego.analysis.flows import inside_places, leaving, sent_kg
from trasiego.analysis.measures.prices import transit_price
from trasiego.analysis.paired import PairedView, Pooled
from trasiego.analysis.view import Flags, Floats, NotMeasurable, ResultView
from trasiego.common.messages import _

ARREST = "leader_arrest"
YEAR_MONTHS, HALF_YEAR_MONTHS = 12, 6


def total_ratio(view: PairedView, arm: str, over: str, variable: str, countries: Sequence[str]) -> Floats:
    """Sum of a variable over the months (and the countries named) in an arm, over that in another, by run."""
    upper, lower = (_total(view.of(name), variable, countries) for name in (arm, over))
    if not (lower > 0).any():
        raise NotMeasurable(_("{variable} is nothing in these runs").format(variable=variable))
    return ratio(upper, lower)


def price_ratio(view: PairedView, arm: str, over: str, country: str) -> Floats:
    """Value in transit in a country [USD/kg] in an arm over that in another, by kept run."""
    upper, lower = (transit_price(view.of(name), country) for name in (arm, over))
    return ratio(upper, lower)


def killings_per_kg_ratio(view: PairedView, arm: str, over: str, country: str) -> Floats:
    """Killings in a country for each kg that comes into it in an arm, over those in another, by run."""
    rates = []
    for name in (arm, over):
        killed, entered = (
            _total(view.of(name), variable, [country])
            for variable in ("country_killings", "country_inflow_kg")
        )
        rates.append(ratio(killed, entered))
    if not (np.nan_to_num(rates[1]) > 0).any():
        raise NotMeasurable(_("nobody is killed or nothing comes in without the arm"))
    return ratio(rates[0], rates[1])


def mode_share_ratio(
    view: PairedView, arm: str, over: str, places: Sequence[str], modes: Sequence[str]
) -> Floats:
    """Part of what leaves a region that goes by the modes in an arm, over that in another, by kept run."""
    shares = []
    for name in (arm, over):
        seen = view.of(name)
        out = leaving(seen, inside_places(seen, places))
        shares.append(ratio(sent_kg(seen, out & np.isin(seen.links.mode, modes)), sent_kg(seen, out)))
    if not (np.nan_to_num(shares[1]) > 0).any():
        raise NotMeasurable(_("nothing goes that way in this run"))
    return ratio(shares[0], shares[1])


def seizure_value_ratio(view: PairedView, arm: str, over: str) -> Floats:
    """Value of a seizure at the prices of `over`, in an arm over that in `over`, by kept run.

    A seizure is all that is taken on one link in one month, as in the reference model, where an edge has one
    seizure a step; its price is the mean of the place where the link begins over the months of `over`.
    """
    before = view.of(over)
    price = before.amount("place_price_usd_per_kg")
    priced = np.isfinite(price) & (price > 0)
    mean = ratio(np.where(priced, price, 0.0).sum(axis=1), priced.sum(axis=1))
    by_link = np.nan_to_num(mean)[:, before.links.tail]
    values = []
    for name in (arm, over):
        taken = view.of(name).amount("link_seized_kg")
        worth = (taken.sum(axis=1) * by_link).sum(axis=1)
        values.append(ratio(worth, (taken > 0).sum(axis=(1, 2)).astype(np.float64)))
    if not (np.nan_to_num(values[1]) > 0).any():
        raise NotMeasurable(_("nothing is seized in this run"))
    return ratio(values[0], values[1])


def fall_ratio(view: PairedView, arm: str, over: str) -> Pooled:
    """Fall of deliveries against the base in an arm, over that in another."""
    return Pooled(_kept_from_market(view, arm), _kept_from_market(view, over))


def cost_ratio(view: PairedView, arm: str, over: str) -> Pooled:
    """Cost of a kg kept from the markets in an arm, over that in another, by the cost of their policies."""
    costs = [view.cost_usd_per_month(name) for name in (arm, over)]
    kept = [_kept_from_market(view, name) for name in (arm, over)]
    return Pooled(costs[0] * kept[1], costs[1] * kept[0])


def rise_over_reported(view: PairedView, arm: str, over: str, country: str, reported_rise: float) -> Floats:
    """Rise of a country's homicide rate in an arm against another, over a reported rise, by run.

    Rates are homicides for 100,000 inhabitants and year, means over the months.
    """
    rates = [
        view.of(name).amount("country_homicides_per_100k")[:, :, view.of(name).position("country", country)]
        for name in (arm, over)
    ]
    return np.asarray((rates[0] - rates[1]).mean(axis=1) / reported_rise)


def killings_after_captures(view: PairedView, arm: str, over: str, countries: Sequence[str]) -> Floats:
    """Killings at groups' homes in the year after a leader's capture, over those without, by kept run.

    `arm` has the captures and `over` has not; only homes in the countries count. The year is that from the
    month of the capture on. Places and months that several captures touch count once.
    """
    there, _near = _touched_by_captures(view, arm, over, countries)
    return _killed_ratio(view, arm, over, there)


def killings_near_captures(view: PairedView, arm: str, over: str, countries: Sequence[str]) -> Floats:
    """Killings at the groups' other places that a link joins to the home, six months after, by kept run.

    As `killings_after_captures`; where a place is also the home of a captured group it does not count.
    """
    there, near = _touched_by_captures(view, arm, over, countries)
    return _killed_ratio(view, arm, over, near & ~there)


def _touched_by_captures(
    view: PairedView, arm: str, over: str, countries: Sequence[str]
) -> tuple[Flags, Flags]:
    """Return [F, T, P] True at homes in the year, and at other places in the half year, after captures."""
    seen = view.of(arm)
    shape = seen.amount("place_killings").shape
    there, near = np.zeros(shape, dtype=np.bool_), np.zeros(shape, dtype=np.bool_)
    inside = np.isin(seen.labels("place_country"), countries)
    for event in seen.events:
        month = int((event.month - seen.months[0]).astype(int))
        slots = np.flatnonzero(seen.labels("group") == event.target)
        if event.kind != ARREST or not slots.size or not 0 <= month < shape[1]:
            continue
        # A group that an earlier loss had ended was not struck: the month before shows who was there, or in
        # the first month the runs without captures.
        known, at, slot = (seen, month - 1, int(slots[0])) if month else (view.of(over), 0, int(slots[0]))
        home_of = known.amount("group_home_index")[:, at, slot]
        for run in np.flatnonzero(known.amount("group_kind_index")[:, at, slot] >= 0):
            home = int(home_of[run])
            if home >= 0 and inside[home]:
                there[run, month : month + YEAR_MONTHS, home] = True
                near[run, month : month + HALF_YEAR_MONTHS, _other_places(seen, slot, home)] = True
    if not there.any():
        raise NotMeasurable(_("no leader is captured in these runs"))
    return there, near


def _other_places(view: ResultView, slot: int, home: int) -> list[int]:
    """Return the places where a group is reported, but for its home, that a link joins to the home."""
    links = view.links
    joined = set(links.head[links.tail == home].tolist()) | set(links.tail[links.head == home].tolist())
    reported = set(str(view.labels("group_places")[slot]).split())
    order = view.labels("place")
    return [place for place in sorted(joined - {home}) if str(order[place]) in reported]


def _killed_ratio(view: PairedView, arm: str, over: str, where: Flags) -> Floats:
    upper, lower = (
        np.where(where, view.of(name).amount("place_killings"), 0.0).sum(axis=(1, 2)) for name in (arm, over)
    )
    if not (lower > 0).any():
        raise NotMeasurable(_("nobody is killed there without the captures"))
    return ratio(upper, lower)


def _kept_from_market(view: PairedView, arm: str) -> Floats:
    """Return kg that reach the markets in the base and not in the arm, by run."""
    return _total(view.base, "delivered_kg", ()) - _total(view.of(arm), "delivered_kg", ())


def _total(view: ResultView, variable: str, countries: Sequence[str]) -> Floats:
    """Return the sum over the months, and over the countries where some are named, by run."""
    found = view.amount(variable)
    if countries:
        found = found[:, :, view.positions("country", countries)].sum(axis=2)
    return np.asarray(found.sum(axis=1))
