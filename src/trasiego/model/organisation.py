"""Organisation: groups collect fees, pay their members, grow and shrink with income per member."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from trasiego.model.state import WAGES, Flows, Groups, Networks
from trasiego.world.tables import Floats, Kinds, Principals

MONTHS_OF_RESERVE = 12.0


@njit(cache=True, nogil=True)
def offer_revenue(networks: Networks, flows: Flows) -> Floats:
    """Fees of the month by group [G] USD."""
    links, slots = networks.group.shape
    revenue = np.zeros(flows.escort_usd.size)
    for link in range(links):
        for m in range(slots):
            if networks.group[link, m] >= 0:
                revenue[networks.group[link, m]] += flows.offer_fee_usd[link, m]
    return revenue


@njit(cache=True, nogil=True)
def collect(groups: Groups, networks: Networks, flows: Flows) -> None:
    """Fees and escort income of the month reach the groups."""
    groups.capital_usd[:] += offer_revenue(networks, flows) + flows.escort_usd


@njit(cache=True, nogil=True)
def pay_members(kinds: Kinds, groups: Groups, flows: Flows) -> None:
    """Members are paid, and a surplus over a year's pay is drawn by them.

    Groups that move no loads (gangs, armed protectors) live of other business: their members' pay outside of
    the trade is not booked, and only what they earn in it counts as income above the reservation.
    """
    for group in range(groups.kind.size):
        kind = groups.kind[group]
        if kind < 0:
            continue
        reservation = kinds.reservation_income_usd_per_member_month[kind]
        members = max(groups.members[group], 1e-9)
        pay = min(max(groups.capital_usd[group], 0.0), reservation * members)
        surplus = max(0.0, groups.capital_usd[group] - pay - MONTHS_OF_RESERVE * reservation * members)
        groups.capital_usd[group] -= pay + surplus
        flows.money_usd[WAGES] += pay + surplus


@njit(cache=True, nogil=True)
def pay_own_groups(
    principals: Principals,
    kinds: Kinds,
    groups: Groups,
    flows: Flows,
    broker_capital_usd: Floats,
    payroll: Floats,
) -> None:
    """Principals pay their own members what these don't earn by carrying, as far as capital goes.

    ``payroll`` [G] holds USD paid to each group afterwards; an internal transfer, so no account changes.
    """
    payroll[:] = 0.0
    for b in range(principals.group.size):
        group = principals.group[b]
        if group < 0 or groups.kind[group] < 0:
            continue
        due = kinds.reservation_income_usd_per_member_month[groups.kind[group]] * groups.members[group]
        paid = min(max(0.0, due - max(groups.capital_usd[group], 0.0)), max(0.0, broker_capital_usd[b]))
        broker_capital_usd[b] -= paid
        groups.capital_usd[group] += paid
        payroll[group] += paid


@njit(cache=True, nogil=True)
def grow(
    kinds: Kinds, groups: Groups, networks: Networks, flows: Flows, payroll: Floats, memory: float
) -> None:
    """Members follow the log of smoothed income over the reservation income; crews lost are gone."""
    revenue = offer_revenue(networks, flows) + flows.escort_usd
    for group in range(groups.kind.size):
        kind = groups.kind[group]
        if kind < 0:
            continue
        members = max(groups.members[group], 1e-9)
        reservation = kinds.reservation_income_usd_per_member_month[kind]
        income = (revenue[group] * (1.0 - kinds.bribe_share[kind]) + payroll[group]) / members
        if kinds.moves_loads[kind] == 0:
            income += reservation
        groups.income_usd[group] += memory * (income - groups.income_usd[group])
        ratio = max(groups.income_usd[group] / reservation, 1e-6)
        response = min(max(math.log(ratio), -0.7), 1.0)
        groups.members[group] = members * math.exp(kinds.growth_per_month[kind] * response)
        groups.members[group] = max(0.0, groups.members[group] - flows.crew_lost[group])
        groups.peak[group] = max(groups.peak[group], groups.members[group])


@njit(cache=True, nogil=True)
def reallocate(networks: Networks, flows: Flows, groups: Groups, speed: float) -> None:
    """Groups shift members towards the links that earn them most."""
    links, slots = networks.group.shape
    revenue = offer_revenue(networks, flows)
    for link in range(links):
        for m in range(slots):
            group = networks.group[link, m]
            if group >= 0 and revenue[group] > 0.0:
                target = flows.offer_fee_usd[link, m] / revenue[group]
                networks.share[link, m] += speed * (target - networks.share[link, m])
