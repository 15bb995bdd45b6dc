"""Succession: lost leaders, splits, dissolutions, and the remnants that large groups leave."""

from __future__ import annotations

from numba import njit

from trasiego.model.draws import LEADER, REMNANT, Key, uniforms
from trasiego.model.entry import even_shares, found, free_slot
from trasiego.model.numbers import OrganisationNumbers
from trasiego.model.state import WAGES, Groups, Memory, Networks, Territory
from trasiego.world.tables import Floats, Integers, Kinds, Links, Nodes


@njit(cache=True, nogil=True)
def dissolve(group: int, groups: Groups, offer_group: Integers, share: Floats, money_usd: Floats) -> None:
    """Close a group: its slot and offers become free, and what capital is left is its members'."""
    money_usd[WAGES] += groups.capital_usd[group]
    groups.capital_usd[group] = 0.0
    groups.kind[group] = -1
    groups.members[group] = 0.0
    links, slots = offer_group.shape
    for link in range(links):
        for m in range(slots):
            if offer_group[link, m] == group:
                offer_group[link, m] = -1
                share[link, m] = 0.0


@njit(cache=True, nogil=True)
def inherit(parent: int, child: int, half: int, offer_group: Integers, share: Floats, key: Key) -> float:
    """A child works about half of its parent's links: it takes them over (split) or joins in (remnant).

    ``half`` 1 takes over, 0 takes a free slot beside. Returns how many links the child got; shares are then
    even.
    """
    links, slots = offer_group.shape
    count = 0.0
    for link in range(links):
        for m in range(slots):
            if offer_group[link, m] != parent:
                continue
            first, _ = uniforms(key[0], link, child, REMNANT, key[1], key[2])
            if first >= 0.5:
                continue
            if half == 1:
                offer_group[link, m] = child
                count += 1.0
                continue
            for other in range(slots):
                if offer_group[link, other] < 0:
                    offer_group[link, other] = child
                    share[link, other] = 0.0
                    count += 1.0
                    break
            break
    if count > 0.0:
        even_shares(child, count, offer_group, share)
    return count


@njit(cache=True)
def whole_shares(group: int, offer_group: Integers, share: Floats) -> None:
    """Members of links that a group has lost go to those that it still works, in proportion."""
    links, slots = offer_group.shape
    total = 0.0
    for link in range(links):
        for m in range(slots):
            if offer_group[link, m] == group:
                total += share[link, m]
    for link in range(links):
        for m in range(slots):
            if offer_group[link, m] == group and total > 0.0:
                share[link, m] /= total


@njit(cache=True, nogil=True)
def leave_remnants(
    group: int,
    kinds: Kinds,
    groups: Groups,
    networks: Networks,
    memory: Memory,
    money_usd: Floats,
    numbers: OrganisationNumbers,
    full_table: Integers,
    key: Key,
) -> int:
    """A large group that dissolves leaves small remnants with parts of its links and trust."""
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
        found(
            child,
            kind,
            kinds.reservation_income_usd_per_member_month[kind],
            low + (high - low) * first,
            groups.home[group],
            key[0],
            group,
            groups,
            memory,
            numbers,
            money_usd,
        )
        if inherit(group, child, 0, networks.group, networks.share, key) == 0.0:
            dissolve(child, groups, networks.group, networks.share, money_usd)
            continue
        made += 1
        for b in range(memory.trust.shape[1]):
            memory.trust[child, b] = max(memory.trust_start, numbers.remnant_trust * memory.trust[group, b])
            memory.trust_power[child, b] = memory.trust[child, b] ** memory.trust_exponent
    return made


@njit(cache=True)
def _mourn(
    group: int,
    groups: Groups,
    offer_group: Integers,
    presence: Integers,
    nodes: Nodes,
    links: Links,
    territory: Territory,
) -> None:
    """Note the loss of a leader at the home of a group, and elsewhere where it is present.

    That is where it is reported (``presence`` [K, 2], group and place), and both ends of the links it works.
    """
    for k in range(presence.shape[0]):
        if presence[k, 0] == group:
            territory.near_months[presence[k, 1]] = 0.0
    territory.mourning_months[groups.home[group]] = 0.0
    for link in range(offer_group.shape[0]):
        for m in range(offer_group.shape[1]):
            if offer_group[link, m] == group:
                territory.near_months[nodes.place[links.tail[link]]] = 0.0
                territory.near_months[nodes.place[links.head[link]]] = 0.0


@njit(cache=True, nogil=True)
def succeed_or_split(
    kinds: Kinds,
    groups: Groups,
    networks: Networks,
    memory: Memory,
    money_usd: Floats,
    numbers: OrganisationNumbers,
    full_table: Integers,
    presence: Integers,
    nodes: Nodes,
    links: Links,
    territory: Territory,
    killings: Floats,
    split_killings: float,
    key: Key,
) -> None:
    """Groups without a leader are succeeded from within, split, or dissolve; killings follow."""
    for group in range(groups.kind.size):
        kind = groups.kind[group]
        if kind < 0 or groups.led[group] == 1:
            continue
        _mourn(group, groups, networks.group, presence, nodes, links, territory)
        first, _ = uniforms(key[0], group, 0, LEADER, key[1], key[2])
        groups.led[group] = 1
        if first < kinds.succession_probability[kind]:
            continue
        if first < kinds.succession_probability[kind] + kinds.split_probability[kind]:
            child = free_slot(groups)
            if child < 0:
                full_table[0] += 1
                continue
            found(
                child,
                kind,
                kinds.reservation_income_usd_per_member_month[kind],
                0.5 * groups.members[group],
                groups.home[group],
                key[0],
                group,
                groups,
                memory,
                numbers,
                money_usd,
            )
            if inherit(group, child, 1, networks.group, networks.share, key) == 0.0:
                dissolve(child, groups, networks.group, networks.share, money_usd)
                continue
            whole_shares(group, networks.group, networks.share)
            groups.members[group] *= 0.5
            killings[groups.home[group]] += split_killings * groups.members[group]
            for b in range(memory.trust.shape[1]):
                memory.trust[child, b] = memory.trust[group, b]
                memory.trust_power[child, b] = memory.trust_power[group, b]
        else:
            leave_remnants(group, kinds, groups, networks, memory, money_usd, numbers, full_table, key)
            dissolve(group, groups, networks.group, networks.share, money_usd)


@njit(cache=True, nogil=True)
def leave(
    kinds: Kinds,
    groups: Groups,
    networks: Networks,
    memory: Memory,
    money_usd: Floats,
    numbers: OrganisationNumbers,
    full_table: Integers,
    key: Key,
) -> None:
    """Groups below the smallest size give up."""
    for group in range(groups.kind.size):
        kind = groups.kind[group]
        if kind >= 0 and groups.members[group] < kinds.members_minimum[kind]:
            leave_remnants(group, kinds, groups, networks, memory, money_usd, numbers, full_table, key)
            dissolve(group, groups, networks.group, networks.share, money_usd)
