"""Contracting: what carriers offer and at which fee, and to whom principals hand their consignments.

Goods move as whole consignments, drawn per principal from the choice weights with noise from one to the next,
so that chains of partners are ad hoc; offers that are full spill over to those with room.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from trasiego.model.draws import LOT, PARTNER, SAMPLE, Key, normals, uniforms
from trasiego.model.numbers import ContractingNumbers
from trasiego.model.valuation import LATENT, NAMED
from trasiego.world.tables import Floats, Integers, Links, Nodes

ROUNDS = 4
SPILL_DRAW = 1024
NOTHING_KG = 1e-9
LOGISTIC_SCALE = math.sqrt(3.0) / math.pi


@njit(cache=True, nogil=True)
def offer_capacity(
    links: Links,
    offer_group: Integers,
    share: Floats,
    members: Floats,
    latent_loads_per_month: float,
    capacity: Floats,
) -> None:
    """Capacity [kg/month] of every offer, into ``capacity`` [L, M + 1].

    A group moves what its members on the link have time for. The last column is the ad hoc offer: a few loads
    of the mode. A link that has a limit of its own scales all offers on it.
    """
    slots = capacity.shape[1] - 1
    for link in range(capacity.shape[0]):
        capacity[link, slots] = latent_loads_per_month * links.load_kg[link]
        total = capacity[link, slots]
        for m in range(slots):
            group = offer_group[link, m]
            capacity[link, m] = (
                members[group] * share[link, m] / links.time_per_kg[link] if group >= 0 else 0.0
            )
            total += capacity[link, m]
        if total > links.capacity_kg[link]:
            for m in range(slots + 1):
                capacity[link, m] *= links.capacity_kg[link] / total


@njit(cache=True)
def _what_can_come(
    nodes: Nodes, links: Links, link_capacity: Floats, harvest_kg: Floats, stock: Floats
) -> tuple[Floats, Floats]:
    """Most that can come over every link [L] and into every node [N], kg in the product of the link's tail.

    One pass forwards: what there can be at a node spreads over its links in proportion to their capacity.
    """
    coming = np.zeros(links.head.size)
    incoming = np.zeros(nodes.place.size)
    for n in range(nodes.place.size):
        first, last = nodes.link_start[n], nodes.link_start[n + 1]
        out = 0.0
        for link in range(first, last):
            out += link_capacity[link]
        there = incoming[n] + (harvest_kg[nodes.zone[n]] if nodes.zone[n] >= 0 else 0.0)
        for b in range(stock.shape[1]):
            there += stock[n, b]
        for link in range(first, last):
            coming[link] = link_capacity[link] * min(1.0, there / out) if out > 0.0 else 0.0
            incoming[links.head[link]] += coming[link] * links.ratio[link]
    return coming, incoming


@njit(cache=True, nogil=True)
def bottleneck(
    nodes: Nodes,
    links: Links,
    capacity: Floats,
    harvest_kg: Floats,
    stock: Floats,
    access: Floats,
    slack: float,
    concavity: float,
    open_power: Floats,
    node_capacity: Floats,
) -> None:
    """What the way ahead can carry for each principal: one pass forwards, and one backwards.

    Forwards, what zones can sell and what waits spreads over the links as far as it goes, so it is known what
    can come into every node. Backwards, a node shares what it can pass on among the links that lead to it, in
    proportion to what can come over them. Fills ``node_capacity`` [N, B] kg, what the offers of a node can
    carry to where there is room (infinite at markets where the principal sells, zero at others), and
    ``open_power`` [N, B], the share of what can come in that a node has room for, to the power of the link
    concavity; both with the slack, which is granted once whatever the number of places on a way. Without
    the passes principals buy what can't be moved.
    """
    brokers = stock.shape[1]
    link_capacity = np.zeros(links.head.size)
    for link in range(capacity.shape[0]):
        for m in range(capacity.shape[1]):
            link_capacity[link] += capacity[link, m]
    coming, incoming = _what_can_come(nodes, links, link_capacity, harvest_kg, stock)
    ease = np.zeros((nodes.place.size, brokers))  # room over what can come in, without slack
    for n in range(nodes.place.size - 1, -1, -1):
        market, waiting = nodes.market[n], 0.0
        for b in range(brokers):
            waiting += stock[n, b]
        for b in range(brokers):
            slackened, tight, easiest = 0.0, 0.0, 0.0
            if market >= 0:
                slackened = tight = easiest = np.inf if access[market, b] > 0.0 else 0.0
            else:
                for link in range(nodes.link_start[n], nodes.link_start[n + 1]):
                    if ease[links.head[link], b] > 0.0:
                        easiest = max(easiest, ease[links.head[link], b])
                        share = coming[link] * ease[links.head[link], b] if coming[link] > 0.0 else np.inf
                        tight += min(link_capacity[link], share)
                        slackened += min(link_capacity[link], slack * share)
            node_capacity[n, b] = slackened
            room = max(0.05 * tight, tight - waiting) if tight < np.inf else np.inf
            if room > 0.0:
                ease[n, b] = room / incoming[n] if incoming[n] > 0.0 else easiest
            open_power[n, b] = min(1.0, slack * ease[n, b]) ** concavity


@njit(cache=True, nogil=True)
def update_fees(
    capacity: Floats, desired: Floats, utilisation: Floats, fee_factor: Floats, numbers: ContractingNumbers
) -> None:
    """Fees follow smoothed utilisation: proportional control between half and three times the reference.

    ``desired`` [L] is what principals wanted to send; the factor holds for all named carriers of a link,
    since they sell the same service.
    """
    for link in range(fee_factor.size):
        total = 0.0
        for m in range(capacity.shape[1]):
            total += capacity[link, m]
        use = min(desired[link] / total, 2.0) if total > 0.0 else 2.0
        utilisation[link] += numbers.utilisation_memory * (use - utilisation[link])
        response = math.exp(numbers.fee_response * (utilisation[link] - numbers.fee_utilisation))
        fee_factor[link] = min(max(response, 0.5), 3.0)


@njit(cache=True)
def list_offers(
    first: int, last: int, capacity: Floats, link_of: Integers, slot_of: Integers, room: Floats
) -> int:
    """Collect the offers of a node that have capacity, with their room; returns how many."""
    count = 0
    for link in range(first, last):
        for m in range(capacity.shape[1]):
            if capacity[link, m] > 0.0:
                link_of[count] = link
                slot_of[count] = m
                room[count] = capacity[link, m]
                count += 1
    return count


@njit(cache=True)
def offer_weights(
    count: int,
    busy: int,
    who: Integers,
    link_of: Integers,
    slot_of: Integers,
    capacity: Floats,
    offer_group: Integers,
    trust_power: Floats,
    trust_ad_hoc: float,
    pull: Floats,
    noise: float,
    weights: Floats,
    key: Key,
) -> None:
    """Choice weights over the offers of a node, with consignment-level noise on partners.

    The noise is logistic with unit variance in the log of the weight, so that choices stay of logit form.
    Columns are the ``busy`` principals that have goods at the node, ``who`` [busy] their index.
    """
    slots = capacity.shape[1]
    for k in range(count):
        link, m = link_of[k], slot_of[k]
        offered, group = capacity[link, m], offer_group[link, m] if m < slots - 1 else -1
        drawn = -1
        first, second = 0.0, 0.0
        for i in range(busy):
            b = who[i]
            if group >= 0:
                weight = offered * trust_power[group, b] * pull[link, NAMED, b]
            else:
                weight = offered * trust_ad_hoc * pull[link, LATENT, b]
            if weight > 0.0 and noise > 0.0:
                if drawn != b // 2:
                    first, second = uniforms(key[0], link * slots + m, b // 2, PARTNER, key[1], key[2])
                    drawn = b // 2
                uniform = min(max(first if b % 2 == 0 else second, 1e-16), 1.0 - 1e-16)
                weight *= math.exp(noise * LOGISTIC_SCALE * math.log(uniform / (1.0 - uniform)))
            weights[k, i] = weight


@njit(cache=True)
def _sample_lots(
    lots: float, lot: float, start: float, i: int, count: int, weights: Floats, desired: Floats, room: Floats
) -> bool:
    """Spread whole lots over the offers with room in proportion to their weights (systematic sampling)."""
    total, last = 0.0, -1
    for k in range(count):
        desired[k, i] = 0.0
        if weights[k, i] > 0.0 and room[k] > NOTHING_KG:
            total += weights[k, i]
            last = k
    cumulative, before = 0.0, 0.0
    for k in range(last + 1):
        if room[k] > NOTHING_KG:
            cumulative += weights[k, i]
        reached = lots if k == last else lots * (cumulative / total)
        after = math.floor(reached + start)
        desired[k, i] = (after - before) * lot
        before = after
    return last >= 0


@njit(cache=True)
def caution(
    first: int,
    last: int,
    b: int,
    pull: Floats,
    risk: Floats,
    usual_risk: Floats,
    response: float,
) -> float:
    """Factor on the size of consignments from a node, for the risk that a principal sees ahead of it.

    The feared over the usual risk of the node's links (``risk`` [L, B] and ``usual_risk`` [L], hazards),
    weighed as they are chosen, to the power of minus ``response``, within a quarter and four: who fears more
    losses sends smaller consignments, so that less is lost at once. The size that balances losses, which grow
    with it, against a cost of each consignment falls with risk by a power (Harris 1913).
    """
    if response <= 0.0:
        return 1.0
    seen, usual = 0.0, 0.0
    for link in range(first, last):
        weight = pull[link, NAMED, b]
        seen += weight * risk[link, b]
        usual += weight * usual_risk[link]
    if seen <= 0.0 or usual <= 0.0:
        return 1.0
    return float(min(max((seen / usual) ** -response, 0.25), 4.0))


@njit(cache=True)
def draw_lots(
    n: int,
    first_link: int,
    last_link: int,
    stock: Floats,
    value: Floats,
    pull: Floats,
    risk: Floats,
    usual_risk: Floats,
    who: Integers,
    lot: Floats,
    lots: Floats,
    numbers: ContractingNumbers,
    key: Key,
) -> int:
    """Draw number and size of the consignments of every principal with goods at a node.

    Returns how many principals that is; ``who``, ``lot`` (kg) and ``lots`` [busy] hold them.
    """
    busy = 0
    for b in range(stock.shape[1]):
        if stock[n, b] > NOTHING_KG and value[n, b] > 0.0:
            first, _ = normals(key[0], n, b, LOT, key[1], key[2])
            typical = numbers.lot_kg * math.exp(numbers.lot_spread * first)
            typical *= caution(first_link, last_link, b, pull, risk, usual_risk, numbers.lot_risk_response)
            who[busy] = b
            lots[busy] = max(1.0, math.floor(stock[n, b] / typical + 0.5))
            lot[busy] = stock[n, b] / lots[busy]
            busy += 1
    return busy


@njit(cache=True)
def choose_partners(
    n: int,
    count: int,
    busy: int,
    who: Integers,
    lots: Floats,
    lot: Floats,
    weights: Floats,
    desired: Floats,
    room: Floats,
    link_of: Integers,
    desired_kg: Floats,
    key: Key,
) -> None:
    """Hand every principal's lots to partners, and count what each link is wanted for."""
    for i in range(busy):
        start, _ = uniforms(key[0], n, who[i], SAMPLE, key[1], key[2])
        if _sample_lots(lots[i], lot[i], start, i, count, weights, desired, room):
            for k in range(count):
                desired_kg[link_of[k]] += desired[k, i]


@njit(cache=True)
def _accept(count: int, busy: int, desired: Floats, moved: Floats, room: Floats, refused: Floats) -> float:
    """Fill offers up to their room, all principals alike; returns the largest amount that was refused."""
    for i in range(busy):
        refused[i] = 0.0
    for k in range(count):
        total = 0.0
        for i in range(busy):
            total += desired[k, i]
        if total <= 0.0:
            continue
        accepted = min(1.0, room[k] / total)
        room[k] -= accepted * total
        for i in range(busy):
            if desired[k, i] > 0.0:
                moved[k, i] += accepted * desired[k, i]
                refused[i] += (1.0 - accepted) * desired[k, i]
                desired[k, i] = 0.0
    most = 0.0
    for i in range(busy):
        most = max(most, refused[i])
    return most


@njit(cache=True)
def place_lots(
    n: int,
    count: int,
    busy: int,
    who: Integers,
    weights: Floats,
    desired: Floats,
    moved: Floats,
    room: Floats,
    lot: Floats,
    refused: Floats,
    key: Key,
) -> None:
    """Place consignments; what is refused goes, in whole lots again, to offers with room."""
    for k in range(count):
        for i in range(busy):
            moved[k, i] = 0.0
    for turn in range(ROUNDS):
        most = _accept(count, busy, desired, moved, room, refused)
        if turn == ROUNDS - 1 or most < NOTHING_KG:
            return
        for i in range(busy):
            if refused[i] > NOTHING_KG:
                lots = max(1.0, math.ceil(refused[i] / lot[i] - 1e-9))
                start, _ = uniforms(key[0], n, who[i] + SPILL_DRAW * (turn + 1), SAMPLE, key[1], key[2])
                _sample_lots(lots, refused[i] / lots, start, i, count, weights, desired, room)
