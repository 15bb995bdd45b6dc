"""Organisation: groups collect fees, pay their members, grow and shrink with income per member."""

from __future__ import annotations

import math

from trasiego.model.compiled import apart_kernel, index, inlined_kernel
from trasiego.model.numbers import OrganisationNumbers
from trasiego.model.state import WAGES, Flows, Groups, Networks
from trasiego.model.trip import Offers
from trasiego.world.tables import Floats, Kinds, Principals

MONTHS_OF_RESERVE = 12.0


@inlined_kernel
def offer_revenue(offers: Offers, offer_fee_usd: Floats, revenue: Floats) -> None:
    """Fees of the month by group, into ``revenue`` [G] USD."""
    revenue[:] = 0.0
    for k in range(offers.first[offers.total_kg.size]):
        if offers.group[k] >= 0:
            revenue[index(offers.group[k])] += offer_fee_usd[index(offers.link[k]), index(offers.slot[k])]


@inlined_kernel
def pay_members(kinds: Kinds, groups: Groups, money_usd: Floats) -> None:
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
        money_usd[WAGES] += pay + surplus


@inlined_kernel
def pay_own_groups(
    principals: Principals,
    kinds: Kinds,
    groups: Groups,
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


@inlined_kernel
def grow(
    kinds: Kinds,
    groups: Groups,
    revenue: Floats,
    other_usd: Floats,
    payroll: Floats,
    crew_lost: Floats,
    memory: float,
) -> None:
    """Members follow the log of smoothed income over the reservation income; crews lost are gone.

    ``revenue`` [G] USD from carrying, ``other_usd`` [G] from escort and robbery.
    """
    for group in range(groups.kind.size):
        kind = groups.kind[group]
        if kind < 0:
            continue
        members = max(groups.members[group], 1e-9)
        reservation = kinds.reservation_income_usd_per_member_month[kind]
        earned = revenue[group] + other_usd[group]
        income = (earned * (1.0 - kinds.bribe_share[kind]) + payroll[group]) / members
        if kinds.moves_loads[kind] == 0:
            income += reservation
        groups.income_usd[group] += memory * (income - groups.income_usd[group])
        ratio = max(groups.income_usd[group] / reservation, 1e-6)
        response = min(max(math.log(ratio), -0.7), 1.0)
        groups.members[group] = members * math.exp(kinds.growth_per_month[kind] * response)
        groups.members[group] = max(0.0, groups.members[group] - crew_lost[group])
        groups.peak[group] = max(groups.peak[group], groups.members[group])


@inlined_kernel
def reallocate(offers: Offers, share: Floats, offer_fee_usd: Floats, revenue: Floats, speed: float) -> None:
    """Groups that earn shift members towards the links that earn them most."""
    for k in range(offers.first[offers.total_kg.size]):
        if offers.group[k] >= 0:
            link, m, earned = index(offers.link[k]), index(offers.slot[k]), revenue[index(offers.group[k])]
            change = speed * (offer_fee_usd[link, m] / earned - share[link, m])
            share[link, m] += change if earned > 0.0 else 0.0


@apart_kernel
def earn(
    principals: Principals,
    kinds: Kinds,
    groups: Groups,
    networks: Networks,
    flows: Flows,
    broker_capital_usd: Floats,
    payroll: Floats,
    other_usd: Floats,
    offers: Offers,
    growth: bool,
    numbers: OrganisationNumbers,
) -> None:
    """Groups collect what they earned, pay their members and, with ``growth``, grow and shift them.

    ``payroll`` and ``other_usd`` [G] are scratch.
    """
    revenue, other = flows.fee_usd, other_usd
    offer_revenue(offers, flows.offer_fee_usd, revenue)
    for group in range(revenue.size):
        other[group] = flows.escort_usd[group] + flows.hijack_usd[group]
        groups.capital_usd[group] += revenue[group] + other[group]
    pay_own_groups(principals, kinds, groups, broker_capital_usd, payroll)
    pay_members(kinds, groups, flows.money_usd)
    if growth:
        grow(kinds, groups, revenue, other, payroll, flows.crew_lost, numbers.income_memory)
        speed, share = numbers.reallocation_per_month, networks.share
        reallocate(offers, share, flows.offer_fee_usd, revenue, speed)
