"""Valuation: what one kilogram is worth to each principal at each node, in one pass backwards.

The value falls along a way by ``dV = -(a V + c) ds``, with ``a`` the log shares for risk, access rent, fee
and toll and ``c`` the outlay; the closed solution makes a way cut in two by a pass-through place worth
exactly the same. Choice weights carry capacity with a link-level concavity, trust, and a logit scaled by
the best value.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from trasiego.model.numbers import ValuationNumbers
from trasiego.model.state import Prices
from trasiego.model.trip import Prospects
from trasiego.world.tables import Floats, Links, Nodes

NAMED, LATENT = 0, 1


@njit(cache=True, inline="always")
def worth(value_ahead: float, log_share: float, kept: float, cost: float) -> tuple[float, float]:
    """Value [USD/kg] at the tail of a way, and the average value along it.

    ``kept`` is exp(-log_share). Small log shares take series, because the closed forms lose their digits
    there.
    """
    if log_share < 1e-3:
        lost = 0.5 - log_share * (1.0 / 6.0 - log_share * (1.0 / 24.0 - log_share / 120.0))
        mean = 1.0 - log_share * lost
    else:
        mean = (1.0 - kept) / log_share
        lost = (1.0 - mean) / log_share
    return value_ahead * kept - cost * mean, value_ahead * mean - cost * lost


@njit(cache=True, inline="always")
def _link_utilities(
    link: int,
    links: Links,
    out: Prices,
    prospects: Prospects,
    numbers: ValuationNumbers,
) -> None:
    """Utilities of the named and the ad hoc carriers of a link to every principal."""
    value, utility, average, escorted = out.value, out.utility, out.average_value, out.escorted
    perceived, toll = prospects.perceived, prospects.toll
    head, cost, ratio, rent = (
        links.head[link],
        links.cost_usd_per_kg[link],
        links.ratio[link],
        links.rent[link],
    )
    fee = links.fee_log[link] * prospects.fee_factor[link]
    dear = fee * numbers.latent_fee_factor
    way, dearer = math.exp(-rent - fee), math.exp(fee - dear)
    territory = prospects.territory
    guarded, effect = territory.escort_here[link] > 0, territory.escort_effect[link]
    guards = max(territory.escort_usd_per_kg[link], territory.escort_minimum_usd[link] / numbers.lot_kg)
    for b in range(value.shape[1]):
        escorted[link, b] = out.risk[link, b] = 0.0
        ahead = ratio * value[head, b]
        if ahead <= 0.0:
            utility[link, NAMED, b] = utility[link, LATENT, b] = 0.0
            average[link, NAMED, b] = average[link, LATENT, b] = 0.0
            continue
        risk = -math.log1p(-perceived[link, b])
        out.risk[link, b] = risk
        base = risk + rent + toll[link, b]
        kept = (1.0 - perceived[link, b]) * way
        if toll[link, b] > 0.0:
            kept *= math.exp(-toll[link, b])
        best, mean = worth(ahead, base + fee, kept, cost)
        if guarded:
            share = base + fee - risk * effect
            safer, safer_mean = worth(ahead, share, math.exp(-share), cost + guards)
            if safer > best:
                best, mean, escorted[link, b] = safer, safer_mean, 1.0
        utility[link, NAMED, b], average[link, NAMED, b] = best, mean
        utility[link, LATENT, b], average[link, LATENT, b] = worth(ahead, base + dear, kept * dearer, cost)


@njit(cache=True, nogil=True)
def valuation(
    nodes: Nodes,
    links: Links,
    prospects: Prospects,
    out: Prices,
    market_price: Floats,
    access: Floats,
    numbers: ValuationNumbers,
) -> None:
    """One backward pass over the nodes.

    ``out.value`` [N, B] USD/kg, ``out.utility``, ``out.weight`` and ``out.average_value`` [L, 2, B] (named
    and ad hoc carriers), ``out.escorted`` [L, B] 0 or 1, ``out.risk`` [L, B] the hazard that is feared, where
    the way is worth anything. The weight of an offer is its capacity times the
    trust factor times ``out.weight``. Not monotone: a better bad route can lower the mean value
    by up to exp(-2) of its gain, because the value is an expectation over noisy choices.
    """
    value, utility, weight = out.value, out.utility, out.weight
    principals = value.shape[1]
    best = np.empty(principals)
    top = np.empty(principals)
    bottom = np.empty(principals)
    pull = np.empty(principals)
    market_of, link_start, head_of = nodes.market, nodes.link_start, links.head
    for n in range(market_of.size - 1, -1, -1):
        if market_of[n] >= 0:
            for b in range(principals):
                value[n, b] = market_price[market_of[n]] * access[market_of[n], b]
            continue
        for b in range(principals):
            best[b] = top[b] = bottom[b] = 0.0
        for link in range(link_start[n], link_start[n + 1]):
            _link_utilities(link, links, out, prospects, numbers)
            _raise_best(link, head_of[link], prospects.capacity, prospects.open_power, utility, best)
        for link in range(link_start[n], link_start[n + 1]):
            _add_link(link, head_of[link], prospects, utility, weight, best, top, bottom, pull, numbers)
        for b in range(principals):
            value[n, b] = top[b] / bottom[b] if bottom[b] > 0.0 else 0.0


@njit(cache=True, inline="always")
def _raise_best(
    link: int, head: int, capacity: Floats, open_power: Floats, utility: Floats, best: Floats
) -> None:
    """Best utility so far of every principal at the tail of a link, over offers that have room ahead."""
    slots = capacity.shape[1] - 1
    named = False
    for m in range(slots):
        named = named or capacity[link, m] > 0.0
    for b in range(best.size):
        if open_power[head, b] > 0.0:
            if named:
                best[b] = max(best[b], utility[link, NAMED, b])
            if capacity[link, slots] > 0.0:
                best[b] = max(best[b], utility[link, LATENT, b])


@njit(cache=True, inline="always")
def _add_link(
    link: int,
    head: int,
    prospects: Prospects,
    utility: Floats,
    weight: Floats,
    best: Floats,
    top: Floats,
    bottom: Floats,
    pull: Floats,
    numbers: ValuationNumbers,
) -> None:
    """Choice weights of a link, and its part in the sums of the expected value."""
    capacity, offer_group, trust = prospects.capacity, prospects.offer_group, prospects.trust_power
    open_power = prospects.open_power
    slots = capacity.shape[1] - 1
    named_capacity = 0.0
    for m in range(slots):
        named_capacity += capacity[link, m]
    total = named_capacity + capacity[link, slots]
    concavity = total ** (numbers.link_concavity - 1.0) if total > 0.0 else 0.0
    latent_pull = capacity[link, slots] * prospects.trust_ad_hoc
    for b in range(best.size):
        pull[b] = 0.0
    for m in range(slots):
        if capacity[link, m] > 0.0:
            group, offered = offer_group[link, m], capacity[link, m]
            for b in range(best.size):
                pull[b] += offered * trust[group, b]
    for b in range(best.size):
        weight[link, NAMED, b] = weight[link, LATENT, b] = 0.0
        if best[b] <= 0.0 or open_power[head, b] <= 0.0:
            continue
        rate = 1.0 / (numbers.choice_scale * best[b])
        room = concavity * open_power[head, b]
        if named_capacity > 0.0 and utility[link, NAMED, b] > 0.0:
            weight[link, NAMED, b] = room * math.exp((utility[link, NAMED, b] - best[b]) * rate)
        if latent_pull > 0.0 and utility[link, LATENT, b] > 0.0:
            weight[link, LATENT, b] = room * math.exp((utility[link, LATENT, b] - best[b]) * rate)
        named, latent = pull[b] * weight[link, NAMED, b], latent_pull * weight[link, LATENT, b]
        top[b] += named * utility[link, NAMED, b] + latent * utility[link, LATENT, b]
        bottom[b] += named + latent
