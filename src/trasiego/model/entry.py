"""Entry: new small groups open at places whose links pay, keyed by place and not by slot."""

from __future__ import annotations

import math

from numba import njit

from trasiego.model.draws import ENTRY, Key, uniforms
from trasiego.model.numbers import OrganisationNumbers
from trasiego.model.state import ENTRY_CAPITAL, Flows, Groups, Memory, Networks
from trasiego.world.tables import Floats, Integers, Kinds, Links, Nodes, Places


@njit(cache=True, nogil=True)
def free_slot(groups: Groups) -> int:
    """First free slot behind those of the named groups, or -1 when the table is full."""
    for group in range(groups.reserved, groups.kind.size):
        if groups.kind[group] < 0:
            return group
    return -1


@njit(cache=True, nogil=True)
def found(
    group: int,
    kind: int,
    members: float,
    home: int,
    month: int,
    parent: int,
    groups: Groups,
    memory: Memory,
    numbers: OrganisationNumbers,
    flows: Flows,
) -> None:
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
def even_shares(group: int, count: float, networks: Networks) -> None:
    """Spread a group evenly over its links."""
    links, slots = networks.group.shape
    for link in range(links):
        for m in range(slots):
            if networks.group[link, m] == group:
                networks.share[link, m] = 1.0 / count


@njit(cache=True, nogil=True)
def _prospect(link: int, kind: int, kinds: Kinds, links: Links, networks: Networks, fee_usd: Floats) -> float:
    """Log of what a member could earn on a link over the reservation income."""
    if links.time_per_kg[link] <= 0.0:
        return 0.0
    income = fee_usd[link] * min(networks.utilisation[link], 1.0) / links.time_per_kg[link]
    income *= 1.0 - kinds.bribe_share[kind]
    return math.log(max(income / kinds.reservation_income_usd_per_member_month[kind], 1e-6))


@njit(cache=True, nogil=True)
def enter(
    places: Places,
    nodes: Nodes,
    links: Links,
    place_links: tuple[Integers, Integers],
    kinds: Kinds,
    groups: Groups,
    networks: Networks,
    memory: Memory,
    flows: Flows,
    fee_usd: Floats,
    numbers: OrganisationNumbers,
    full_table: Integers,
    key: Key,
) -> None:
    """New small groups enter at places whose links pay more than the reservation income.

    The hazard is ``entry_per_month`` times the mean of the positive log prospects of the place's links;
    draws are keyed by place. ``place_links`` is a pair (start [P + 1], link) of the links out of each
    place; ``fee_usd`` [L] the fee of the month per kilogram. Full slots are counted, never silent.
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
def _take_links(
    group: int,
    kind: int,
    place: int,
    start: Integers,
    out: Integers,
    kinds: Kinds,
    links: Links,
    networks: Networks,
    fee_usd: Floats,
    numbers: OrganisationNumbers,
    full_table: Integers,
    key: Key,
) -> None:
    """A new group takes free slots on links of its place, drawn in proportion to their prospects."""
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
