"""Bottleneck: what the way ahead can carry, so that principals do not buy what can't be moved."""

from __future__ import annotations

import numpy as np

from trasiego.model.compiled import apart_kernel, index, inlined_kernel
from trasiego.model.contracting import offer_capacity
from trasiego.model.elementary import LEAST, exponential, logarithm
from trasiego.model.state import Networks
from trasiego.model.trip import Ahead, Offers
from trasiego.world.tables import Floats, Integers, Links, Nodes


@apart_kernel
def _what_can_come(
    nodes: Nodes,
    links: Links,
    link_capacity: Floats,
    harvest_kg: Floats,
    stock: Floats,
    coming: Floats,
    incoming: Floats,
) -> None:
    """Most that can come over every link and into every node, kg in the product of the link's tail.

    One pass forwards, into ``coming`` [L] and ``incoming`` [N]: what there can be at a node spreads over its
    links in proportion to their capacity.
    """
    incoming[:] = 0.0
    for n in range(nodes.place.size):
        first, last = index(nodes.link_start[n]), nodes.link_start[n + 1]
        out = 0.0
        for link in range(first, last):
            out += link_capacity[link]
        there = incoming[n] + (harvest_kg[nodes.zone[n]] if nodes.zone[n] >= 0 else 0.0)
        for b in range(stock.shape[1]):
            there += stock[n, b]
        part = min(1.0, there / out) if out > 0.0 else 0.0
        for link in range(first, last):
            coming[link] = link_capacity[link] * part
            incoming[index(links.head[link])] += coming[link] * links.ratio[link]


@apart_kernel
def _room_ahead(
    n: int,
    first: int,
    last: int,
    waiting: float,
    incoming: float,
    head: Integers,
    total_kg: Floats,
    slack: float,
    carried: Floats,
    scratch: Ahead,
) -> None:
    """Room that a node has for each principal.

    What its links can carry to where there is room, with slack, into ``carried`` [n, B]; and the ease of the
    node, its room over what can come in, without slack, into ``scratch.ease`` [n, B].
    """
    ease, tight, easiest = scratch.ease, scratch.tight, scratch.easiest
    for b in range(tight.size):
        carried[n, b] = tight[b] = easiest[b] = 0.0
    for link in range(first, last):
        most, comes, h = total_kg[link], scratch.coming[link], index(head[link])
        for b in range(tight.size):
            ahead = ease[h, b]
            share = comes * ahead if comes > 0.0 else np.inf
            easiest[b] = max(easiest[b], ahead)
            tight[b] += min(most, share) if ahead > 0.0 else 0.0
            carried[n, b] += min(most, slack * share) if ahead > 0.0 else 0.0
    for b in range(tight.size):
        room = max(0.05 * tight[b], tight[b] - waiting)
        spread = room / incoming if incoming > 0.0 else easiest[b]
        ease[n, b] = spread if room > 0.0 else 0.0


@inlined_kernel
def bottleneck(
    nodes: Nodes,
    links: Links,
    total_kg: Floats,
    harvest_kg: Floats,
    stock: Floats,
    access: Floats,
    slack: float,
    concavity: float,
    open_power: Floats,
    node_capacity: Floats,
    scratch: Ahead,
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
    incoming, ease = scratch.incoming, scratch.ease
    brokers = stock.shape[1]
    _what_can_come(nodes, links, total_kg, harvest_kg, stock, scratch.coming, incoming)
    for n in range(nodes.place.size - 1, -1, -1):
        market, waiting = nodes.market[n], 0.0
        first, last = index(nodes.link_start[n]), nodes.link_start[n + 1]
        for b in range(brokers):
            waiting += stock[n, b]
        if market >= 0:
            for b in range(brokers):
                node_capacity[n, b] = ease[n, b] = np.inf if access[market, b] > 0.0 else 0.0
        else:
            _room_ahead(
                n, first, last, waiting, incoming[n], links.head, total_kg, slack, node_capacity, scratch
            )
    every_ease, every_power = ease.reshape(-1), open_power.reshape(-1)
    for j in range(every_power.size):
        every_power[j] = concavity * logarithm(max(min(1.0, slack * every_ease[j]), LEAST))
    for j in range(every_power.size):
        every_power[j] = exponential(every_power[j]) if every_ease[j] > 0.0 else 0.0


@apart_kernel
def look_ahead(
    nodes: Nodes,
    links: Links,
    networks: Networks,
    members: Floats,
    harvest_kg: Floats,
    stock: Floats,
    access: Floats,
    latent_loads_per_month: float,
    slack: float,
    concavity: float,
    offers: Offers,
    scratch: Ahead,
) -> None:
    """Capacity of all offers this month, and what the way ahead can carry with them."""
    capacity = networks.capacity
    offer_capacity(links, networks.group, networks.share, members, latent_loads_per_month, capacity, offers)
    bottleneck(
        nodes,
        links,
        offers.total_kg,
        harvest_kg,
        stock,
        access,
        slack,
        concavity,
        networks.open_power,
        networks.node_capacity,
        scratch,
    )
