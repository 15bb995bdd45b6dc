"""Entry: new small groups open at places whose links pay, keyed by place and not by slot."""

from __future__ import annotations

import math

from trasiego.model.compiled import inlined_kernel, tight_kernel
from trasiego.model.draws import ENTRY, Key, happens, uniforms
from trasiego.model.numbers import OrganisationNumbers
from trasiego.model.state import ENTRY_CAPITAL, Groups, Memory, Networks
from trasiego.world.tables import Floats, Integers, Kinds, Links, Places


@tight_kernel
def free_slot(groups: Groups) -> int:
    """First free slot behind those of the named groups, or -1 when the table is full."""
    for group in range(groups.reserved, groups.kind.size):
        if groups.kind[group] < 0:
            return group
    return -1


@tight_kernel
def found(
    group: int,
    kind: int,
    reservation: float,
    members: float,
    home: int,
    month: int,
    parent: int,
    groups: Groups,
    networks: Networks,
    memory: Memory,
    numbers: OrganisationNumbers,
    money_usd: Floats,
) -> None:
    """Open a group in a free slot, with the capital that its members bring.

    It starts with the ``reservation`` income (USD a member and month) of its kind, at which a group neither
    grows nor shrinks, as the groups of the opening do.
    """
    groups.kind[group] = kind
    groups.members[group] = members
    groups.home[group] = home
    groups.access[group] = 0
    groups.led[group] = 1
    groups.peak[group] = members
    groups.capital_usd[group] = members * numbers.capital_usd_per_member
    money_usd[ENTRY_CAPITAL] += groups.capital_usd[group]
    groups.income_usd[group] = reservation
    groups.born[group] = month
    groups.parent[group] = parent
    networks.first_link[group], networks.last_link[group] = networks.group.shape[0], -1
    for b in range(memory.trust.shape[1]):
        memory.trust[group, b] = memory.trust_start
        memory.trust_power[group, b] = memory.trust_ad_hoc


@inlined_kernel
def work_link(group: int, link: int, m: int, networks: Networks) -> None:
    """A group takes an offer slot of a link."""
    networks.group[link, m] = group
    networks.first_link[group] = min(networks.first_link[group], link)
    networks.last_link[group] = max(networks.last_link[group], link)


@tight_kernel
def even_shares(group: int, count: float, networks: Networks) -> None:
    """Spread a group evenly over its links."""
    offer_group, share = networks.group, networks.share
    for link in range(networks.first_link[group], networks.last_link[group] + 1):
        for m in range(offer_group.shape[1]):
            if offer_group[link, m] == group:
                share[link, m] = 1.0 / count


@tight_kernel
def _uptake(link: int, offer_group: Integers, best_trust: Floats, trust_ad_hoc: float) -> float:
    """How much of a carrier's time on a link a newcomer can sell against those who are known there.

    The trust of a group without a record over that of the present carriers in the eyes of who trusts each
    most (``best_trust`` [G]), to the weight of trust in choice; 1 where nobody carries.
    """
    known, count = 0.0, 0.0
    for m in range(offer_group.shape[1]):
        group = offer_group[link, m]
        taken = group >= 0
        known += best_trust[group] if taken else 0.0
        count += 1.0 if taken else 0.0
    return min(1.0, trust_ad_hoc * count / known) if known > 0.0 else 1.0


@tight_kernel
def _prospect(
    link: int,
    bribe_share: float,
    reservation: float,
    time_per_kg: Floats,
    utilisation: Floats,
    fee_usd: Floats,
    offer_group: Integers,
    best_trust: Floats,
    trust_ad_hoc: float,
) -> float:
    """Log of what a newcomer's member could earn on a link over the reservation income, where positive."""
    if time_per_kg[link] <= 0.0:
        return 0.0
    income = fee_usd[link] * min(utilisation[link], 1.0) / time_per_kg[link] * (1.0 - bribe_share)
    if income <= reservation:
        return 0.0
    income *= _uptake(link, offer_group, best_trust, trust_ad_hoc)
    return math.log(max(income / reservation, 1.0))


@inlined_kernel
def expected_fees(links: Links, networks: Networks, average_value: Floats, fee_usd: Floats) -> None:
    """Fee [L] USD/kg that a named carrier would have got this month, from the best principal."""
    for link in range(fee_usd.size):
        best = 0.0
        for b in range(average_value.shape[2]):
            best = max(best, average_value[link, 0, b])
        fee_usd[link] = links.fee_log[link] * networks.fee_factor[link] * best


@tight_kernel
def _best_trust(groups: Groups, memory: Memory, best: Floats) -> None:
    """Trust in each group [G], to its weight in choice, of the principal that trusts it most."""
    for group in range(groups.kind.size):
        best[group] = 0.0
        if groups.kind[group] >= 0:
            for b in range(memory.trust_power.shape[1]):
                best[group] = max(best[group], memory.trust_power[group, b])


@tight_kernel
def _weigh_up(
    start: int,
    end: int,
    out: Integers,
    bribe_share: float,
    reservation: float,
    fee_usd: Floats,
    links: Links,
    networks: Networks,
    best_trust: Floats,
    trust_ad_hoc: float,
    prospects: Floats,
) -> float:
    """Prospects of the links of a place, into ``prospects`` by their position in ``out``; returns the sum."""
    gain = 0.0
    for i in range(start, end):
        prospects[i] = _prospect(
            out[i],
            bribe_share,
            reservation,
            links.time_per_kg,
            networks.utilisation,
            fee_usd,
            networks.group,
            best_trust,
            trust_ad_hoc,
        )
        gain += prospects[i]
    return gain


@inlined_kernel
def enter(
    places: Places,
    links: Links,
    place_links: tuple[Integers, Integers],
    kinds: Kinds,
    groups: Groups,
    networks: Networks,
    memory: Memory,
    money_usd: Floats,
    fee_usd: Floats,
    numbers: OrganisationNumbers,
    full_table: Integers,
    best_trust: Floats,
    prospects: Floats,
    key: Key,
) -> None:
    """New small groups enter at places whose links pay more than the reservation income.

    The hazard is ``entry_per_month`` times the mean of the positive log prospects of the place's links;
    draws are keyed by place. ``place_links`` is a pair (start [P + 1], link) of the links out of each
    place; ``fee_usd`` [L] the fee of the month per kilogram. An entry that finds no slot, for the group or on
    any link that pays, is counted in ``full_table``, never silent. ``best_trust`` [G] and ``prospects`` [L]
    are scratch.
    """
    start, out = place_links
    _best_trust(groups, memory, best_trust)
    for place in range(places.country.size):
        kind, first_out, end = places.home_kind[place], start[place], start[place + 1]
        if places.is_entry_place[place] == 0 or kinds.enters[kind] == 0:
            continue
        bribe, pay = kinds.bribe_share[kind], kinds.reservation_income_usd_per_member_month[kind]
        trust = memory.trust_ad_hoc
        gain = _weigh_up(
            first_out, end, out, bribe, pay, fee_usd, links, networks, best_trust, trust, prospects
        )
        if gain <= 0.0:
            continue
        first, second = uniforms(key[0], place, 0, ENTRY, key[1], key[2])
        hazard = numbers.entry_per_month * gain / (end - first_out)
        if not happens(hazard, first):
            continue
        group = free_slot(groups)
        if group < 0:
            full_table[0] += 1
            continue
        total = 0.0
        for i in range(first_out, end):
            prospects[i] *= 1.0 if has_room(out[i], networks.group) else 0.0
            total += prospects[i]
        if total <= 0.0:
            full_table[1] += 1
            continue
        low, high = kinds.members_at_entry_low[kind], kinds.members_at_entry_high[kind]
        members = low + (high - low) * second
        found(group, kind, pay, members, place, key[0], -1, groups, networks, memory, numbers, money_usd)
        turns = int(numbers.links_at_entry)
        _take_links(group, place, turns, first_out, end, out, prospects, total, networks, key)


@tight_kernel
def has_room(link: int, offer_group: Integers) -> bool:
    """Whether a link has a free slot for another carrier."""
    for m in range(offer_group.shape[1]):
        if offer_group[link, m] < 0:
            return True
    return False


@tight_kernel
def _take_links(
    group: int,
    place: int,
    turns: int,
    start: int,
    end: int,
    out: Integers,
    chances: Floats,
    total: float,
    networks: Networks,
    key: Key,
) -> None:
    """A new group takes free slots on links of its place, drawn in proportion to their prospects."""
    offer_group, count = networks.group, 0.0
    for turn in range(turns):
        first, _ = uniforms(key[0], place, 1 + turn, ENTRY, key[1], key[2])
        target, chosen = first * total, -1
        for i in range(start, end):
            if chances[i] > 0.0 and target >= 0.0:
                chosen = out[i]
            target -= chances[i]
        if chosen < 0:
            break
        for m in range(offer_group.shape[1]):
            if offer_group[chosen, m] == group:
                break
            if offer_group[chosen, m] < 0:
                work_link(group, chosen, m, networks)
                count += 1.0
                break
    if count > 0.0:
        even_shares(group, count, networks)
