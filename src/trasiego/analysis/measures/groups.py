"""Groups: how large new ones are, who earns, who captures police, what follows a loss."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from trasiego.analysis.estimate import ratio
from trasiego.analysis.flows import hydrochloride_sent_by_place
from trasiego.analysis.view import Floats, NotMeasurable, ResultView
from trasiego.common.messages import _

LEAST_MONTHS = 6
"""Months that a run needs on each side of an event."""

NATIONAL = 2
"""Reach of protection at the level of the country, as the record counts it."""

CARRIERS = ("transport_network", "dynasty", "port_service")


def members_of_new_groups(view: ResultView, countries: Sequence[str], kind: str, age_months: int) -> Floats:
    """Median members of the groups that enter during the run, `age_months` after entry, by kept run.

    Groups that are gone by then do not count.
    """
    members = np.where(view.groups_of(countries, [kind]), view.amount("group_members"), 0.0)
    found = [_at_age(row, age_months) for row in members]
    if not any(values.size for values in found):
        raise NotMeasurable(_("no group of the kind entered early enough in this run"))
    return np.array([np.median(values) if values.size else np.nan for values in found])


def gangs_with_income(view: ResultView, countries: Sequence[str]) -> Floats:
    """Part of the months in which a gang of the countries has income, by kept run."""
    gangs = view.groups_of(countries, ["gang"])
    if not gangs.any():
        raise NotMeasurable(_("no gang of these countries is in this scenario"))
    earning = np.any(gangs & (view.amount("group_revenue_usd") > 0), axis=2)
    return np.asarray(earning.mean(axis=1), dtype=np.float64)


def gang_income_from_transport(view: ResultView, countries: Sequence[str]) -> Floats:
    """Part of the income of the gangs of the countries that is for moving goods, by kept run.

    What is not for moving goods is for protecting them (escort).
    """
    gangs = view.groups_of(countries, ["gang"])
    income, escort = (
        np.where(gangs, view.amount(name), 0.0).sum(axis=(1, 2))
        for name in ("group_revenue_usd", "group_escort_usd")
    )
    if not (income > 0).any():
        raise NotMeasurable(_("no gang of these countries earns in these runs"))
    return ratio(income - escort, income)


def capture_where_goods_pass(view: ResultView, country: str) -> Floats:
    """Police capture at the places of a country weighted by what passes, over the plain mean, by kept run."""
    view.require([country])
    inside = view.labels("place_country") == country
    capture = view.amount("place_capture")[:, :, inside]
    passing = hydrochloride_sent_by_place(view)[:, :, inside]
    total, plain = passing.sum(axis=(1, 2)), capture.mean(axis=(1, 2))
    if not ((total > 0) & (plain > 0)).any():
        raise NotMeasurable(_("no police is captured or nothing passes there in this run"))
    return ratio(ratio((capture * passing).sum(axis=(1, 2)), total), plain)


def national_protection(view: ResultView, country: str, kind: str, fewer_than: float) -> Floats:
    """Part of the small groups of a kind that have national protection, over the months, by kept run."""
    view.require([country])
    members = view.amount("group_members")
    small = view.groups_of([country], [kind]) & (members > 0) & (members < fewer_than)
    protected = small & (view.amount("group_access") == NATIONAL)
    if not small.any():
        raise NotMeasurable(_("no group of the kind is that small in these runs"))
    return ratio(protected.sum(axis=(1, 2)), small.sum(axis=(1, 2)))


def carrier_income(view: ResultView, country: str) -> Floats:
    """Return the income in the period of each slot that holds a carrier of the country [F, G]."""
    held = view.groups_of([country], CARRIERS)
    return np.asarray(np.where(held, view.amount("group_revenue_usd"), 0.0).sum(axis=1))


def _at_age(members: Floats, age: int) -> Floats:
    """Return the members [n] of the groups [T, G] that enter in the run, `age` months after entry."""
    alive = members > 0
    enters = alive[1:] & ~alive[:-1]
    found = [
        members[month + 1 + age, group]
        for month, group in np.argwhere(enters)
        if month + 1 + age < members.shape[0] and alive[month + 1 : month + 2 + age, group].all()
    ]
    return np.array(found)
