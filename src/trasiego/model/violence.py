"""Violence: places change hands by force, held places pay toll, and contests cost lives."""

from __future__ import annotations

from trasiego.model.compiled import apart_kernel, inlined_kernel, tight_kernel
from trasiego.model.draws import TAKEOVER, Key, happens, uniforms
from trasiego.model.numbers import ViolenceNumbers
from trasiego.model.state import Flows, Groups, Prices, Territory
from trasiego.world.tables import Floats, Kinds, Links, Nodes, Principals

SURELY_NOT = 1.001
"""A draw above the rate times this is above every chance: 1 - exp(-x) is at most x, and shares sum to 1."""


@inlined_kernel
def place_values(
    nodes: Nodes, links: Links, flows: Flows, prices: Prices, place_value: Floats, broker_value: Floats
) -> None:
    """Value [USD/month] that leaves each place [P], and by principal [P, B]."""
    place_value[:] = 0.0
    broker_value[:, :] = 0.0
    sent, unit_value = flows.sent, prices.value
    for link in range(links.tail.size):
        if flows.link_kg[link] <= 0.0:
            continue
        tail, load_kg = links.tail[link], links.load_kg[link]
        place = nodes.place[tail]
        total = place_value[place]
        for b in range(sent.shape[1]):
            value = sent[link, b] * load_kg * unit_value[tail, b]
            broker_value[place, b] += value
            total += value
        place_value[place] = total


@inlined_kernel
def takeovers(
    principals: Principals,
    groups: Groups,
    territory: Territory,
    place_value: Floats,
    broker_value: Floats,
    active: Floats,
    killings: Floats,
    numbers: ViolenceNumbers,
    key: Key,
) -> None:
    """Territorial principals try to take places where they move much value; held places may be given up.

    The hazard is the rate times the value that the territorial principals move through the place over a
    reference value: the prize draws the contest, as in the economics of conflict (Hirshleifer 1991), and
    scarcity that raises prices raises the prize (Castillo, Mejia and Restrepo 2020). An attempt costs lives
    in proportion to the members at the place, whoever wins.
    """
    for place in range(place_value.size):
        first, second = uniforms(key[0], place, 0, TAKEOVER, key[1], key[2])
        if territory.holder[place] >= 0 and first < numbers.hold_loss_per_month:
            territory.holder[place] = -1
            continue
        if place_value[place] <= 0.0:
            continue
        rate = numbers.takeover_per_month * place_value[place] / numbers.takeover_reference_usd_per_month
        if second > SURELY_NOT * rate:
            continue
        hazard = 0.0
        for b in range(active.size):
            if principals.territorial[b] == 1 and active[b] > 0.0 and territory.holder[place] != b:
                hazard += broker_value[place, b] / place_value[place]
        if not happens(rate * hazard, second):
            continue
        third, fourth = uniforms(key[0], place, 1, TAKEOVER, key[1], key[2])
        target = third * hazard
        chosen = -1
        for b in range(active.size):
            if (
                principals.territorial[b] == 1
                and active[b] > 0.0
                and territory.holder[place] != b
                and target >= 0.0
            ):
                if broker_value[place, b] > 0.0:
                    chosen = b
                target -= broker_value[place, b] / place_value[place]
        if chosen >= 0:
            contest(place, groups, killings, numbers)
            if fourth < numbers.takeover_success:
                territory.holder[place] = chosen


@tight_kernel
def contest(place: int, groups: Groups, killings: Floats, numbers: ViolenceNumbers) -> None:
    """Killings of an attempt to take a place: a share of the members of the groups at home there."""
    for group in range(groups.kind.size):
        if groups.kind[group] >= 0 and groups.home[group] == place:
            killings[place] += numbers.killings_per_takeover_member * groups.members[group]


@inlined_kernel
def violence(
    kinds: Kinds,
    nodes: Nodes,
    links: Links,
    groups: Groups,
    flows: Flows,
    territory: Territory,
    killings: Floats,
    numbers: ViolenceNumbers,
    killings_per_hijacked_load: float,
) -> None:
    """Killings of the month [P]: by members, over robbed loads, and at places held by force.

    Around the home of a group that lost its leader they rise by one factor, and where else it works by
    another; where both hold the larger counts (sizes of Lindo and Padilla-Romo 2018).
    """
    for link in range(links.tail.size):
        if flows.hijacked_loads[link] > 0.0:
            place = nodes.place[links.tail[link]]
            killings[place] += killings_per_hijacked_load * flows.hijacked_loads[link]
    for group in range(groups.kind.size):
        if groups.kind[group] >= 0:
            killings[groups.home[group]] += (
                kinds.killings_per_member_month[groups.kind[group]] * groups.members[group]
            )
    for place in range(killings.size):
        if territory.holder[place] >= 0:
            killings[place] += numbers.killings_per_held_place_month
        rise = 0.0
        if territory.near_months[place] < numbers.leader_loss_near_months:
            rise = numbers.leader_loss_near_factor
        if territory.mourning_months[place] < numbers.leader_loss_months:
            rise = max(rise, numbers.leader_loss_factor)
        killings[place] *= 1.0 + rise
        territory.mourning_months[place] += 1.0
        territory.near_months[place] += 1.0


@inlined_kernel
def set_tolls(
    nodes: Nodes, links: Links, territory: Territory, active: Floats, toll_log_share: float
) -> None:
    """Toll [L, B] on what leaves a held place, for all but the holder."""
    toll = territory.toll
    for link in range(links.tail.size):
        holder = territory.holder[nodes.place[links.tail[link]]]
        held = holder >= 0 and active[holder] > 0.0
        charged = toll_log_share if held else 0.0
        for b in range(active.size):
            toll[link, b] = charged
        if held:
            toll[link, holder] = 0.0


@apart_kernel
def conflict(
    nodes: Nodes,
    links: Links,
    kinds: Kinds,
    principals: Principals,
    groups: Groups,
    flows: Flows,
    prices: Prices,
    territory: Territory,
    active: Floats,
    killings: Floats,
    place_value: Floats,
    broker_value: Floats,
    lethal: bool,
    killings_per_hijacked_load: float,
    numbers: ViolenceNumbers,
    key: Key,
) -> None:
    """Places change hands, and killings of the month, none unless ``lethal``."""
    place_values(nodes, links, flows, prices, place_value, broker_value)
    takeovers(principals, groups, territory, place_value, broker_value, active, killings, numbers, key)
    if lethal:
        violence(kinds, nodes, links, groups, flows, territory, killings, numbers, killings_per_hijacked_load)
    else:
        killings[:] = 0.0
