"""Contracting: what carriers offer, at which fee, and what the narrowest stretch ahead can carry."""

from __future__ import annotations

import math

import numpy as np
from numba import njit


@njit(cache=True, nogil=True)
def offer_capacity(links, offer_group, share, members, latent_loads_per_month, capacity):  # type: ignore[no-untyped-def]
    """Capacity [kg/month] of every offer, into ``capacity`` [L, M + 1].

    A group moves what its members on the link have time for; a link that has a limit of its own scales all
    offers on it. The last column is the ad hoc offer: a few loads of the mode.
    """
    slots = capacity.shape[1] - 1
    for link in range(capacity.shape[0]):
        total = 0.0
        for m in range(slots):
            group = offer_group[link, m]
            capacity[link, m] = members[group] * share[link, m] / links.time_per_kg[link] if group >= 0 else 0.0
            total += capacity[link, m]
        if total > links.capacity_kg[link]:
            for m in range(slots):
                capacity[link, m] *= links.capacity_kg[link] / total
        capacity[link, slots] = latent_loads_per_month * links.load_kg[link]


@njit(cache=True, nogil=True)
def bottleneck(nodes, links, capacity, stock, slack, usable, node_capacity):  # type: ignore[no-untyped-def]
    """Capacity that the way ahead can take, in one pass backwards.

    Fills ``usable`` [L, M + 1], the part of each offer that has room ahead, and ``node_capacity`` [N], the sum
    over a node's offers (infinite at markets). Without it principals buy what can't be moved.
    """
    incoming = np.zeros(nodes.place.size)
    for link in range(capacity.shape[0]):
        for m in range(capacity.shape[1]):
            incoming[links.head[link]] += capacity[link, m] * links.ratio[link]
    room = np.empty(nodes.place.size)
    for n in range(nodes.place.size - 1, -1, -1):
        if nodes.market[n] >= 0:
            room[n] = np.inf
            node_capacity[n] = np.inf
            continue
        total = 0.0
        for link in range(nodes.link_start[n], nodes.link_start[n + 1]):
            head = links.head[link]
            for m in range(capacity.shape[1]):
                offered = capacity[link, m]
                if offered > 0.0 and room[head] < np.inf:
                    offered = min(offered, slack * room[head] * offered / incoming[head])
                usable[link, m] = offered
                total += offered
        node_capacity[n] = total
        waiting = 0.0
        for b in range(stock.shape[1]):
            waiting += stock[n, b]
        room[n] = max(0.05 * total, total - waiting)


@njit(cache=True, nogil=True)
def update_fees(capacity, desired, utilisation, fee_factor, numbers):  # type: ignore[no-untyped-def]
    """Fees follow smoothed utilisation: proportional control between half and three times the reference.

    ``desired`` [L] is what principals wanted to send; the factor holds for all named carriers of a link, since
    they sell the same service.
    """
    for link in range(fee_factor.size):
        total = 0.0
        for m in range(capacity.shape[1]):
            total += capacity[link, m]
        use = min(desired[link] / total, 2.0) if total > 0.0 else 2.0
        utilisation[link] += numbers.utilisation_memory * (use - utilisation[link])
        response = math.exp(numbers.fee_response * (utilisation[link] - numbers.fee_utilisation))
        fee_factor[link] = min(max(response, 0.5), 3.0)
