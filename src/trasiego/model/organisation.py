"""Organisation: groups earn, grow, shrink, enter, lose leaders, split, and leave remnants."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from trasiego.model.draws import ENTRY, LEADER, REMNANT, uniforms
from trasiego.model.state import ENTRY_CAPITAL, WAGES

MONTHS_OF_RESERVE = 12.0


@njit(cache=True, nogil=True)
def offer_revenue(networks, flows):  # type: ignore[no-untyped-def]
    """Fees of the month by group [G] USD."""
    links, slots = networks.group.shape
    revenue = np.zeros(flows.escort_usd.size)
    for link in range(links):
        for m in range(slots):
            if networks.group[link, m] >= 0:
                revenue[networks.group[link, m]] += flows.offer_fee_usd[link, m]
    return revenue


@njit(cache=True, nogil=True)
def collect(groups, networks, flows):  # type: ignore[no-untyped-def]
    """Fees and escort income of the month reach the groups."""
    groups.capital_usd[:] += offer_revenue(networks, flows) + flows.escort_usd


@njit(cache=True, nogil=True)
def pay_members(kinds, groups, flows):  # type: ignore[no-untyped-def]
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
def pay_own_groups(principals, kinds, groups, flows, broker_capital_usd, payroll):  # type: ignore[no-untyped-def]
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
def grow(kinds, groups, networks, flows, payroll, memory):  # type: ignore[no-untyped-def]
    """Members follow the log of smoothed income per member over the reservation income; crews lost are gone."""
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
def reallocate(networks, flows, groups, speed):  # type: ignore[no-untyped-def]
    """Groups shift members towards the links that earn them most."""
    links, slots = networks.group.shape
    revenue = offer_revenue(networks, flows)
    for link in range(links):
        for m in range(slots):
            group = networks.group[link, m]
            if group >= 0 and revenue[group] > 0.0:
                target = flows.offer_fee_usd[link, m] / revenue[group]
                networks.share[link, m] += speed * (target - networks.share[link, m])


@njit(cache=True, nogil=True)
def free_slot(groups):  # type: ignore[no-untyped-def]
    """First free slot behind those of the named groups, or -1 when the table is full."""
    for group in range(groups.reserved, groups.kind.size):
        if groups.kind[group] < 0:
            return group
    return -1


@njit(cache=True, nogil=True)
def found(group, kind, members, home, month, parent, groups, memory, numbers, flows):  # type: ignore[no-untyped-def]
    """Open a group in a free slot, with the capital that its members bring."""
    groups.kind[group] = kind
    groups.members[group] = members
    groups.home[group] = home
    groups.access[group] = 0
    groups.led[group] = 1
    groups.peak[group] = members
    groups.capital_usd[group] = members * numbers.capital_usd_per_member
    flows.money_usd[ENTRY_CAPITAL] += groups.capital_usd[group]
    groups.income_usd[group] = 0.0
    groups.born[group] = month
    groups.parent[group] = parent
    memory.trust[group, :] = memory.trust_start
    memory.trust_power[group, :] = memory.trust_ad_hoc


@njit(cache=True, nogil=True)
def dissolve(group, groups, networks, flows):  # type: ignore[no-untyped-def]
    """Close a group: its slot and offers become free, and what capital is left is its members'."""
    flows.money_usd[WAGES] += groups.capital_usd[group]
    groups.capital_usd[group] = 0.0
    groups.kind[group] = -1
    groups.members[group] = 0.0
    links, slots = networks.group.shape
    for link in range(links):
        for m in range(slots):
            if networks.group[link, m] == group:
                networks.group[link, m] = -1
                networks.share[link, m] = 0.0


@njit(cache=True, nogil=True)
def inherit(parent, child, half, networks, key):  # type: ignore[no-untyped-def]
    """A child works about half of its parent's links: it takes them over (split) or joins in (remnant).

    ``half`` 1 takes over, 0 takes a free slot beside. Returns how many links the child got; shares are then even.
    """
    links, slots = networks.group.shape
    count = 0.0
    for link in range(links):
        for m in range(slots):
            if networks.group[link, m] != parent:
                continue
            first, _ = uniforms(key[0], link, child, REMNANT, key[1], key[2])
            if first >= 0.5:
                continue
            if half == 1:
                networks.group[link, m] = child
                count += 1.0
                continue
            for other in range(slots):
                if networks.group[link, other] < 0:
                    networks.group[link, other] = child
                    networks.share[link, other] = 0.0
                    count += 1.0
                    break
            break
    if count > 0.0:
        even_shares(child, count, networks)
    return count


@njit(cache=True, nogil=True)
def even_shares(group, count, networks):  # type: ignore[no-untyped-def]
    """Spread a group evenly over its links."""
    links, slots = networks.group.shape
    for link in range(links):
        for m in range(slots):
            if networks.group[link, m] == group:
                networks.share[link, m] = 1.0 / count


@njit(cache=True, nogil=True)
def leave_remnants(group, kinds, groups, networks, memory, flows, numbers, full_table, key):  # type: ignore[no-untyped-def]
    """A large group that dissolves leaves several remnants of 10 to 20 members with parts of its links and trust."""
    if groups.peak[group] <= numbers.remnant_peak_members:
        return 0
    kind = groups.kind[group]
    count = int(groups.peak[group] / numbers.remnant_divisor_members)
    made = 0
    for number in range(min(count, 12)):
        child = free_slot(groups)
        if child < 0:
            full_table[0] += 1
            break
        first, _ = uniforms(key[0], group, 100 + number, REMNANT, key[1], key[2])
        low, high = kinds.members_at_entry_low[kind], kinds.members_at_entry_high[kind]
        found(child, kind, low + (high - low) * first, groups.home[group], key[0], group, groups, memory, numbers, flows)
        if inherit(group, child, 0, networks, key) == 0.0:
            dissolve(child, groups, networks, flows)
            continue
        made += 1
        for b in range(memory.trust.shape[1]):
            memory.trust[child, b] = max(memory.trust_start, numbers.remnant_trust * memory.trust[group, b])
            memory.trust_power[child, b] = memory.trust[child, b] ** memory.trust_exponent
    return made


@njit(cache=True, nogil=True)
def succeed_or_split(kinds, groups, networks, memory, flows, numbers, full_table, territory, killings, split_killings, key):  # type: ignore[no-untyped-def]
    """Groups without a leader are succeeded from within, split, or dissolve; places mourn and killings follow."""
    for group in range(groups.kind.size):
        kind = groups.kind[group]
        if kind < 0 or groups.led[group] == 1:
            continue
        territory.mourning_months[groups.home[group]] = 0.0
        first, _ = uniforms(key[0], group, 0, LEADER, key[1], key[2])
        groups.led[group] = 1
        if first < kinds.succession_probability[kind]:
            continue
        if first < kinds.succession_probability[kind] + kinds.split_probability[kind]:
            child = free_slot(groups)
            if child < 0:
                full_table[0] += 1
                continue
            found(child, kind, 0.5 * groups.members[group], groups.home[group], key[0], group, groups, memory, numbers, flows)
            if inherit(group, child, 1, networks, key) == 0.0:
                dissolve(child, groups, networks, flows)
                continue
            groups.members[group] *= 0.5
            killings[groups.home[group]] += split_killings * groups.members[group]
            memory.trust[child, :] = memory.trust[group, :]
            memory.trust_power[child, :] = memory.trust_power[group, :]
        else:
            leave_remnants(group, kinds, groups, networks, memory, flows, numbers, full_table, key)
            dissolve(group, groups, networks, flows)


@njit(cache=True, nogil=True)
def leave(kinds, groups, networks, memory, flows, numbers, full_table, key):  # type: ignore[no-untyped-def]
    """Groups below the smallest size give up."""
    for group in range(groups.kind.size):
        kind = groups.kind[group]
        if kind >= 0 and groups.members[group] < kinds.members_minimum[kind]:
            leave_remnants(group, kinds, groups, networks, memory, flows, numbers, full_table, key)
            dissolve(group, groups, networks, flows)


@njit(cache=True, nogil=True)
def _prospect(link, kind, kinds, links, networks, fee_usd):  # type: ignore[no-untyped-def]
    """Log of what a member could earn on a link over the reservation income."""
    if links.time_per_kg[link] <= 0.0:
        return 0.0
    income = fee_usd[link] * min(networks.utilisation[link], 1.0) / links.time_per_kg[link]
    income *= 1.0 - kinds.bribe_share[kind]
    return math.log(max(income / kinds.reservation_income_usd_per_member_month[kind], 1e-6))


@njit(cache=True, nogil=True)
def enter(places, nodes, links, place_links, kinds, groups, networks, memory, flows, fee_usd, numbers, full_table, key):  # type: ignore[no-untyped-def]
    """New small groups enter at places whose links pay more than the reservation income.

    The hazard is ``entry_per_month`` times the mean of the positive log prospects of the place's links; draws are
    keyed by place. ``place_links`` is a pair (start [P + 1], link) of the links out of each place; ``fee_usd`` [L]
    the fee of the month per kilogram. Full slots are counted, never silent.
    """
    start, out = place_links
    for place in range(places.country.size):
        kind = places.home_kind[place]
        if places.is_entry_place[place] == 0 or kinds.enters[kind] == 0:
            continue
        gain, count = 0.0, 0.0
        for i in range(start[place], start[place + 1]):
            gain += max(0.0, _prospect(out[i], kind, kinds, links, networks, fee_usd))
            count += 1.0
        if gain <= 0.0:
            continue
        first, second = uniforms(key[0], place, 0, ENTRY, key[1], key[2])
        if first >= -math.expm1(-numbers.entry_per_month * gain / count):
            continue
        group = free_slot(groups)
        if group < 0:
            full_table[0] += 1
            continue
        low, high = kinds.members_at_entry_low[kind], kinds.members_at_entry_high[kind]
        found(group, kind, low + (high - low) * second, place, key[0], -1, groups, memory, numbers, flows)
        _take_links(group, kind, place, start, out, kinds, links, networks, fee_usd, numbers, full_table, key)


@njit(cache=True, nogil=True)
def _take_links(group, kind, place, start, out, kinds, links, networks, fee_usd, numbers, full_table, key):  # type: ignore[no-untyped-def]
    """A new group takes a free slot on links of its place, drawn with chances in proportion to their prospects."""
    slots = networks.group.shape[1]
    count = 0.0
    for turn in range(int(numbers.links_at_entry)):
        total = 0.0
        for i in range(start[place], start[place + 1]):
            total += max(0.0, _prospect(out[i], kind, kinds, links, networks, fee_usd))
        first, _ = uniforms(key[0], place, 1 + turn, ENTRY, key[1], key[2])
        target, chosen = first * total, -1
        for i in range(start[place], start[place + 1]):
            gain = max(0.0, _prospect(out[i], kind, kinds, links, networks, fee_usd))
            if gain > 0.0 and target >= 0.0:
                chosen = out[i]
            target -= gain
        if chosen < 0:
            break
        for m in range(slots):
            if networks.group[chosen, m] == group:
                break
            if networks.group[chosen, m] < 0:
                networks.group[chosen, m] = group
                count += 1.0
                break
        else:
            full_table[1] += 1
    if count > 0.0:
        even_shares(group, count, networks)
