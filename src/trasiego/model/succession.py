"""Succession: lost leaders, splits, dissolutions, and the remnants that large groups leave."""

from __future__ import annotations

from trasiego.model.compiled import apart_kernel, inlined_kernel, tight_kernel
from trasiego.model.draws import LEADER, REMNANT, Key, uniforms
from trasiego.model.entry import enter, even_shares, expected_fees, found, free_slot, work_link
from trasiego.model.numbers import OrganisationNumbers
from trasiego.model.state import WAGES, Groups, Memory, Networks, Territory
from trasiego.world.tables import Floats, Integers, Kinds, Links, Nodes, Places


@tight_kernel
def dissolve(group: int, groups: Groups, networks: Networks, money_usd: Floats) -> None:
    """Close a group: its slot and offers become free, and what capital is left is its members'."""
    money_usd[WAGES] += groups.capital_usd[group]
    groups.capital_usd[group] = 0.0
    groups.kind[group] = -1
    groups.members[group] = 0.0
    for link in range(networks.first_link[group], networks.last_link[group] + 1):
        for m in range(networks.group.shape[1]):
            if networks.group[link, m] == group:
                networks.group[link, m] = -1
                networks.share[link, m] = 0.0


@tight_kernel
def inherit(parent: int, child: int, half: int, networks: Networks, key: Key) -> float:
    """A child works about half of its parent's links: it takes them over (split) or joins in (remnant).

    ``half`` 1 takes over, 0 takes a free slot beside. Returns how many links the child got; shares are then
    even.
    """
    offer_group, slots = networks.group, networks.group.shape[1]
    count = 0.0
    for link in range(networks.first_link[parent], networks.last_link[parent] + 1):
        for m in range(slots):
            if offer_group[link, m] != parent:
                continue
            first, _ = uniforms(key[0], link, child, REMNANT, key[1], key[2])
            if first >= 0.5:
                continue
            if half == 1:
                work_link(child, link, m, networks)
                count += 1.0
                continue
            for other in range(slots):
                if offer_group[link, other] < 0:
                    work_link(child, link, other, networks)
                    networks.share[link, other] = 0.0
                    count += 1.0
                    break
            break
    if count > 0.0:
        even_shares(child, count, networks)
    return count


@tight_kernel
def whole_shares(group: int, networks: Networks) -> None:
    """Members of links that a group has lost go to those that it still works, in proportion."""
    offer_group, share, slots = networks.group, networks.share, networks.group.shape[1]
    first, last = networks.first_link[group], networks.last_link[group]
    total = 0.0
    for link in range(first, last + 1):
        for m in range(slots):
            if offer_group[link, m] == group:
                total += share[link, m]
    for link in range(first, last + 1):
        for m in range(slots):
            if offer_group[link, m] == group and total > 0.0:
                share[link, m] /= total


@tight_kernel
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
            networks,
            memory,
            numbers,
            money_usd,
        )
        if inherit(group, child, 0, networks, key) == 0.0:
            dissolve(child, groups, networks, money_usd)
            continue
        made += 1
        for b in range(memory.trust.shape[1]):
            memory.trust[child, b] = max(memory.trust_start, numbers.remnant_trust * memory.trust[group, b])
            memory.trust_power[child, b] = memory.trust[child, b] ** memory.trust_exponent
    return made


@tight_kernel
def _mourn(
    group: int,
    groups: Groups,
    networks: Networks,
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
    for link in range(networks.first_link[group], networks.last_link[group] + 1):
        for m in range(networks.group.shape[1]):
            if networks.group[link, m] == group:
                territory.near_months[nodes.place[links.tail[link]]] = 0.0
                territory.near_months[nodes.place[links.head[link]]] = 0.0


@inlined_kernel
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
        _mourn(group, groups, networks, presence, nodes, links, territory)
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
                networks,
                memory,
                numbers,
                money_usd,
            )
            if inherit(group, child, 1, networks, key) == 0.0:
                dissolve(child, groups, networks, money_usd)
                continue
            whole_shares(group, networks)
            groups.members[group] *= 0.5
            killings[groups.home[group]] += split_killings * groups.members[group]
            for b in range(memory.trust.shape[1]):
                memory.trust[child, b] = memory.trust[group, b]
                memory.trust_power[child, b] = memory.trust_power[group, b]
        else:
            leave_remnants(group, kinds, groups, networks, memory, money_usd, numbers, full_table, key)
            dissolve(group, groups, networks, money_usd)


@inlined_kernel
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
            dissolve(group, groups, networks, money_usd)


@apart_kernel
def turn_over(
    places: Places,
    nodes: Nodes,
    links: Links,
    place_links: tuple[Integers, Integers],
    kinds: Kinds,
    groups: Groups,
    networks: Networks,
    memory: Memory,
    territory: Territory,
    presence: Integers,
    average_value: Floats,
    money_usd: Floats,
    killings: Floats,
    full_table: Integers,
    growth: bool,
    split_killings: float,
    numbers: OrganisationNumbers,
    scratch: tuple[Floats, Floats, Floats],
    key: Key,
) -> None:
    """Leaders are replaced, groups split, leave (with ``growth``) and enter; scratch [L], [G] and [L]."""
    fee_usd, best_trust, prospects = scratch
    succeed_or_split(
        kinds,
        groups,
        networks,
        memory,
        money_usd,
        numbers,
        full_table,
        presence,
        nodes,
        links,
        territory,
        killings,
        split_killings,
        key,
    )
    if growth:
        leave(kinds, groups, networks, memory, money_usd, numbers, full_table, key)
    expected_fees(links, networks, average_value, fee_usd)
    enter(
        places,
        links,
        place_links,
        kinds,
        groups,
        networks,
        memory,
        money_usd,
        fee_usd,
        numbers,
        full_table,
        best_trust,
        prospects,
        key,
    )
