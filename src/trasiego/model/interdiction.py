"""Interdiction: where the authority's effort goes, the hazard that results, and raids on groups."""

from __future__ import annotations

import math

from trasiego.model.compiled import apart_kernel, inlined_kernel, tight_kernel
from trasiego.model.draws import RAID, Key, happens, uniforms
from trasiego.model.numbers import InterdictionNumbers
from trasiego.model.state import CONFISCATED, Authority, Flows, Groups
from trasiego.world.tables import Countries, Floats, Integers, Kinds, Links, Nodes

SHOW, ACCOMMODATE = 1, 2


@inlined_kernel
def country_effort(
    authority: Authority, countries: Countries, numbers: InterdictionNumbers, effort: Floats
) -> None:
    """Effort of each country [C]: strength x stance x budget (with disbursed aid) over the opening one."""
    for c in range(effort.size):
        opening = (
            countries.own_budget_usd_per_month[c]
            + countries.aid_usd_per_month[c] * countries.aid_disbursement[c]
        )
        budget = authority.own_budget_usd[c] + authority.aid_usd[c] * authority.disbursement[c]
        stance = 1.0
        if authority.stance[c] == SHOW:
            stance = numbers.show_effort
        elif authority.stance[c] == ACCOMMODATE:
            stance = numbers.accommodate_effort
        effort[c] = countries.strength[c] * stance * (budget / opening if opening > 0.0 else 1.0)


@inlined_kernel
def interdiction(
    nodes: Nodes,
    links: Links,
    authority: Authority,
    flows: Flows,
    effort: Floats,
    total: Floats,
    exposed: Floats,
    numbers: InterdictionNumbers,
) -> None:
    """Effort and hazard of every link for the coming month, into ``authority``.

    A floor of effort is spread evenly over the links of a country; the rest is moved among those that are
    known, as the square root of smoothed seizures over the hazard at reference effort (each further kilogram
    draws less), so that the hazard of all of them together stays what it would be with even effort: a place
    more on a way, or an idle way, changes nothing. ``authority.signal`` [L] kg is the smoothed mass seized,
    and of the rest that passes the share that the authority hears of. Captured police at the two ends search
    less. ``total`` and ``exposed`` [C] are scratch.
    """
    total[:] = 0.0
    exposed[:] = 0.0
    for link in range(links.tail.size):
        heard = flows.seized_kg[link] + numbers.intelligence_share * (
            flows.link_kg[link] - flows.seized_kg[link]
        )
        authority.signal[link] += numbers.seizure_memory * (heard - authority.signal[link])
        if links.is_processing[link] == 0 and authority.signal[link] > 0.0:
            total[links.country[link]] += math.sqrt(authority.signal[link] * links.hazard_reference[link])
            exposed[links.country[link]] += links.hazard_reference[link]
    for link in range(links.tail.size):
        c, base = links.country[link], links.hazard_reference[link]
        share = 1.0 if total[c] <= 0.0 else 0.0
        if total[c] > 0.0 and base > 0.0 and links.is_processing[link] == 0:
            share = math.sqrt(authority.signal[link] / base) * exposed[c] / total[c]
        authority.effort[link] = effort[c] * (numbers.floor_share + (1.0 - numbers.floor_share) * share)
        captured = (
            authority.capture[nodes.place[links.tail[link]]]
            + authority.capture[nodes.place[links.head[link]]]
        )
        kept = 1.0 - numbers.capture_effect * 0.5 * captured
        authority.hazard[link] = base * authority.effort[link] * kept


@apart_kernel
def search(
    nodes: Nodes,
    links: Links,
    countries: Countries,
    authority: Authority,
    flows: Flows,
    effort: Floats,
    total: Floats,
    exposed: Floats,
    numbers: InterdictionNumbers,
) -> None:
    """Effort of the countries, then effort and hazard of their links, for the coming month."""
    country_effort(authority, countries, numbers, effort)
    interdiction(nodes, links, authority, flows, effort, total, exposed, numbers)


@tight_kernel
def raid(
    group: int,
    share_taken: float,
    leader_draw: float,
    officer_draw: float,
    groups: Groups,
    capture: Floats,
    money_usd: Floats,
    numbers: InterdictionNumbers,
    officer_drop: float,
) -> None:
    """A raid takes members, capital, perhaps the leader, and perhaps bribed officers at the group's home."""
    groups.members[group] *= 1.0 - share_taken
    taken = max(0.0, groups.capital_usd[group]) * numbers.raid_capital_share
    groups.capital_usd[group] -= taken
    money_usd[CONFISCATED] += taken
    if leader_draw < numbers.leader_arrest_probability:
        groups.led[group] = 0
    if officer_draw < numbers.officer_arrest_probability:
        capture[groups.home[group]] *= 1.0 - officer_drop


@tight_kernel
def seize_stock(stock: Floats, node: int, share: float, raided_kg: Floats) -> None:
    """Goods waiting at a node are seized from all principals alike."""
    for b in range(stock.shape[1]):
        taken = max(stock[node, b], 0.0) * share
        stock[node, b] -= taken
        raided_kg[node] += taken


@apart_kernel
def raids(
    groups: Groups,
    kinds: Kinds,
    place_country: Integers,
    place_node: Integers,
    authority: Authority,
    effort: Floats,
    money_usd: Floats,
    stock: Floats,
    raided_kg: Floats,
    numbers: InterdictionNumbers,
    officer_drop: float,
    key: Key,
) -> int:
    """Raids on groups that have become visible; returns how many.

    The hazard grows with the size of the group and the effort of the country; local capture warns of raids,
    and national political access keeps them away.
    """
    count = 0
    for group in range(groups.kind.size):
        kind = groups.kind[group]
        if kind < 0:
            continue
        home = groups.home[group]
        hazard = numbers.raid_rate_per_month * effort[place_country[home]] * kinds.raid_visibility[kind]
        hazard *= groups.members[group] / numbers.raid_reference_members
        hazard *= 1.0 - numbers.warning_effect * authority.capture[home]
        if groups.access[group] == 2:
            hazard *= 1.0 - numbers.political_access_effect
        first, second = uniforms(key[0], group, 2 * home, RAID, key[1], key[2])
        if not happens(hazard, first):
            continue
        count += 1
        third, _ = uniforms(key[0], group, 2 * home + 1, RAID, key[1], key[2])
        raid(
            group,
            numbers.raid_members_share,
            second,
            third,
            groups,
            authority.capture,
            money_usd,
            numbers,
            officer_drop,
        )
        if place_node[home] >= 0:
            seize_stock(stock, place_node[home], numbers.raid_stock_share, raided_kg)
    return count
