"""Groups, what they hold, and what it costs in lives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from trasiego.analysis.estimate import Estimate, estimate
from trasiego.analysis.view import ResultView

GROUPS_SHOWN = 10


@dataclass(frozen=True)
class GroupNumbers:
    """Groups of a kind, and their members, in the first and in the last month."""

    kind: str
    groups_at_start: Estimate
    groups_at_end: Estimate
    members_at_start: Estimate
    members_at_end: Estimate


@dataclass(frozen=True)
class LargeGroup:
    """A reported group and its members in the last month, over the kept runs."""

    id: str
    title: str
    kind: str
    country: str
    members: Estimate


@dataclass(frozen=True)
class CountryViolence:
    """Killings a year that the trade causes in a country, and its homicide rate from all causes."""

    country: str
    killings_per_year: Estimate
    homicides_per_100k: Estimate


@dataclass(frozen=True)
class BrokerControl:
    """Places that a broker holds in the first and in the last month, over the kept runs."""

    broker: str
    places_at_start: Estimate
    places_at_end: Estimate


def group_numbers(view: ResultView) -> tuple[GroupNumbers, ...]:
    """Return the numbers by kind, most groups at the end first; kinds without any are left out."""
    groups, members = view.amount("groups_active_by_kind"), view.amount("members_by_kind")
    found = [
        GroupNumbers(
            kind=str(kind),
            groups_at_start=estimate(groups[:, 0, position], "group"),
            groups_at_end=estimate(groups[:, -1, position], "group"),
            members_at_start=estimate(members[:, 0, position], "member"),
            members_at_end=estimate(members[:, -1, position], "member"),
        )
        for position, kind in enumerate(view.labels("kind"))
        if groups[:, :, position].any()
    ]
    return tuple(sorted(found, key=lambda row: (-row.groups_at_end.median, row.kind)))


def largest_groups(view: ResultView, shown: int = GROUPS_SHOWN) -> tuple[LargeGroup, ...]:
    """Return the reported groups with the most members in the last month, largest median first.

    Groups without a name are left out: their slots change hands, and differ from run to run.
    """
    last = view.amount("group_members")[:, -1]
    name, title, kind, country = (
        view.labels(label) for label in ("group", "group_title", "group_kind", "group_country")
    )
    reported = np.flatnonzero((title != "") & (title != name) & (np.median(last, axis=0) > 0))
    order = sorted(reported, key=lambda slot: -float(np.median(last[:, slot])))
    return tuple(
        LargeGroup(
            id=str(name[slot]),
            title=str(title[slot]),
            kind=str(kind[slot]),
            country=str(country[slot]),
            members=estimate(last[:, slot], "member"),
        )
        for slot in order[:shown]
    )


def country_violence(view: ResultView) -> tuple[CountryViolence, ...]:
    """Return killings and homicide rates by country, most killings first; those without are left out."""
    killed = view.amount("country_killings").sum(axis=1) / view.years
    rate = view.amount("country_homicides_per_100k").mean(axis=1)
    found = [
        CountryViolence(
            country=str(country),
            killings_per_year=estimate(killed[:, position], "homicide/year"),
            homicides_per_100k=estimate(rate[:, position], "1/100000/year"),
        )
        for position, country in enumerate(view.labels("country"))
        if killed[:, position].any()
    ]
    return tuple(sorted(found, key=lambda row: (-row.killings_per_year.median, row.country)))


def broker_control(view: ResultView) -> tuple[BrokerControl, ...]:
    """Return the places held by each broker, most at the end first; those without are left out."""
    holder = view.amount("place_control")
    found = [
        BrokerControl(
            broker=str(broker),
            places_at_start=estimate((holder[:, 0] == position).sum(axis=1), "1"),
            places_at_end=estimate((holder[:, -1] == position).sum(axis=1), "1"),
        )
        for position, broker in enumerate(view.labels("broker"))
        if (holder == position).any()
    ]
    return tuple(sorted(found, key=lambda row: (-row.places_at_end.median, row.broker)))
