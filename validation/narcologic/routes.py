"""Which edges the two traffickers use: opened and closed from above once a month."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from validation.narcologic.network import CARIBBEAN, NEITHER, PACIFIC, PRODUCER, Network
from validation.narcologic.parameters import Parameters

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Integers = NDArray[np.int64]

TRAFFICKERS = (PACIFIC, CARIBBEAN)
UNUSED = -2


def owners(network: Network) -> Integers:
    """Return the trafficker of each edge [E]: that of its land nodes.

    NEITHER for the direct way from producer to end; UNUSED for an edge between nodes of the two.
    """
    tail, head = network.trafficker[network.tail], network.trafficker[network.head]
    owner = np.where(tail == NEITHER, head, tail)
    return np.where((tail != head) & (tail != NEITHER) & (head != NEITHER), UNUSED, owner)


@dataclass
class Routes:
    """Edges in use: `open` [E], and their `owner` [E]."""

    network: Network
    owner: Integers
    open: Flags

    def nodes_in_use(self) -> Flags:
        """Return the nodes [N] that an open edge leads to."""
        used = np.zeros(self.network.size, dtype=bool)
        used[self.network.head[self.open]] = True
        return used

    def add(self, nodes: Integers) -> None:
        """Open every edge of one trafficker that joins new nodes to nodes in use, producer and end."""
        network = self.network
        used = self.nodes_in_use()
        used[nodes] = True
        used[[PRODUCER, network.end]] = True
        new = np.zeros(network.size, dtype=bool)
        new[nodes] = True
        touches = new[network.tail] | new[network.head]
        self.open |= touches & used[network.tail] & used[network.head] & (self.owner >= 0)


def opening_routes(network: Network, gain: Floats) -> Routes:
    """Return the routes of the first month: the direct way, and for each trafficker the node with most gain.

    `gain` [E] is price at the head less price at the tail and transport cost, USD/kg.
    """
    owner = owners(network)
    routes = Routes(network, owner, owner == NEITHER)
    for trafficker in TRAFFICKERS:
        first = np.flatnonzero((network.tail == PRODUCER) & (owner == trafficker))
        if first.size:
            routes.add(network.head[first[[np.argmax(gain[first])]]])
    return routes


def adjust(
    routes: Routes,
    trafficker: int,
    gain: Floats,
    risk: Floats,
    flow_kg: Floats,
    seized_kg: Floats,
    parameters: Parameters,
) -> None:
    """Expand or consolidate the routes of one trafficker after a month.

    The loss is what was seized at its gain; the tolerance is a share of the largest value of an edge's flow,
    reckoned alike. Both traffickers use the direct way, so what is lost on it counts for both. A loss below
    the tolerance closes edges, one that reaches it opens nodes.
    """
    own = routes.owner == trafficker
    if not own.any():
        return
    counted = own | (routes.owner == NEITHER)
    loss = float((seized_kg * gain)[counted].sum())
    tolerance = max(parameters.loss_tolerance * float((flow_kg * gain)[counted].max()), 0.0)
    if loss < tolerance:
        _consolidate(routes, own, risk, max(loss, 0.0), tolerance)
    else:
        _expand(routes, own, gain, loss, tolerance, parameters)


def _consolidate(routes: Routes, own: Flags, risk: Floats, loss: float, tolerance: float) -> None:
    """Close the riskiest edges in proportion to loss over loss and tolerance, but never the last way in."""
    edges = np.flatnonzero(own & routes.open)
    count = round(edges.size * loss / (loss + tolerance)) if loss > 0.0 else 0
    if count == 0:
        return
    entries = edges[routes.network.tail[edges] == PRODUCER]
    spared = entries[np.argmin(risk[entries])] if entries.size else -1
    edges = edges[edges != spared]
    routes.open[edges[np.argsort(-risk[edges], kind="stable")][:count]] = False


def _expand(
    routes: Routes, own: Flags, gain: Floats, loss: float, tolerance: float, parameters: Parameters
) -> None:
    """Open the nodes with most gain from the producer, more of them the larger the loss."""
    entries = np.flatnonzero(own & (routes.network.tail == PRODUCER) & ~routes.open)
    most = parameters.expand_most
    wanted = min(loss / tolerance, most) if tolerance > 0.0 else (most if loss > 0.0 else 0)
    count = min(max(math.ceil(wanted), 1), most)
    best = entries[np.argsort(-gain[entries], kind="stable")][:count]
    routes.add(routes.network.head[best])
