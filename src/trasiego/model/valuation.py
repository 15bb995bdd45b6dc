"""Valuation: what one kilogram is worth to each principal at each node, in one pass backwards.

The value falls along a way by ``dV = -(a V + c) ds``, with ``a`` the log shares for risk, access rent, fee
and toll and ``c`` the outlay; the closed solution makes a way cut in two by a pass-through place worth
exactly the same. Choice weights carry capacity with a link-level concavity, trust, and a logit scaled by
the best value.
"""

from __future__ import annotations

import math

from trasiego.model.compiled import inlined_kernel, tight_kernel
from trasiego.model.elementary import exponential, logarithm
from trasiego.model.numbers import ValuationNumbers
from trasiego.model.state import Prices
from trasiego.model.trip import Prospects
from trasiego.world.tables import Floats, Links, Nodes

NAMED, LATENT = 0, 1


@inlined_kernel
def worth(value_ahead: float, log_share: float, kept: float, cost: float) -> tuple[float, float]:
    """Value [USD/kg] at the tail of a way, and the average value along it.

    ``kept`` is exp(-log_share). Small log shares take series, because the closed forms lose their digits
    there.
    """
    if log_share < 1e-3:
        lost = 0.5 - log_share * (1.0 / 6.0 - log_share * (1.0 / 24.0 - log_share / 120.0))
        mean = 1.0 - log_share * lost
    else:
        inverse = 1.0 / log_share
        mean = (1.0 - kept) * inverse
        lost = (1.0 - mean) * inverse
    return value_ahead * kept - cost * mean, value_ahead * mean - cost * lost


@inlined_kernel
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
    way, dearer = prospects.way[link], prospects.dearer[link]
    territory = prospects.territory
    guarded, effect = territory.escort_here[link] > 0, territory.escort_effect[link]
    guards = max(territory.escort_usd_per_kg[link], territory.escort_minimum_usd[link] / numbers.lot_kg)
    for b in range(value.shape[1]):
        escorted[link, b] = 0.0
        ahead = ratio * value[head, b]
        if ahead <= 0.0:
            utility[link, NAMED, b] = utility[link, LATENT, b] = 0.0
            average[link, NAMED, b] = average[link, LATENT, b] = 0.0
            continue
        risk = out.risk[link, b]
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


@tight_kernel
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
    and ad hoc carriers), ``out.escorted`` [L, B] 0 or 1, ``out.risk`` [L, B] the hazard that is feared. The
    weight of an offer is its capacity times the trust factor times ``out.weight``. Not monotone: a better bad
    route can lower the mean value by up to exp(-2) of its gain, because the value is an expectation over
    noisy choices.
    """
    value, utility, weight = out.value, out.utility, out.weight
    principals = value.shape[1]
    best, top, bottom, pull = prospects.best, prospects.top, prospects.bottom, prospects.pull
    _feared(prospects.perceived, out.risk)
    _link_terms(links, prospects, numbers)
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
        first = link_start[n]
        _powers(first, link_start[n + 1], utility, prospects, numbers)
        for link in range(first, link_start[n + 1]):
            row = 2 * (link - first) * principals
            _add_link(link, row, head_of[link], prospects, utility, weight, best, top, bottom, pull)
        for b in range(principals):
            value[n, b] = top[b] / bottom[b] if bottom[b] > 0.0 else 0.0


@inlined_kernel
def _feared(perceived: Floats, risk: Floats) -> None:
    """Hazard that principals see on every link: minus the log of the chance to arrive."""
    for link in range(risk.shape[0]):
        for b in range(risk.shape[1]):
            risk[link, b] = -logarithm(1.0 - perceived[link, b])


@inlined_kernel
def _link_terms(links: Links, prospects: Prospects, numbers: ValuationNumbers) -> None:
    """What is the same for all principals on a link, into the scratch of ``prospects``.

    ``way`` and ``dearer`` are the shares that rent and fee, and the dearer fee of ad hoc carriers, leave;
    ``concavity`` is the capacity of all offers to the power of the link concavity less one.
    """
    way, dearer, concavity, capacity = (
        prospects.way,
        prospects.dearer,
        prospects.concavity,
        prospects.capacity,
    )
    rent, fee_log, fee_factor = links.rent, links.fee_log, prospects.fee_factor
    more, power = 1.0 - numbers.latent_fee_factor, numbers.link_concavity - 1.0
    for link in range(way.size):
        way[link] = exponential(-rent[link] - fee_log[link] * fee_factor[link])
    for link in range(way.size):
        dearer[link] = exponential(more * fee_log[link] * fee_factor[link])
    for link in range(way.size):
        total = 0.0
        for m in range(capacity.shape[1]):
            total += capacity[link, m]
        concavity[link] = total
    for link in range(way.size):
        concavity[link] = exponential(power * logarithm(max(concavity[link], 1e-300)))


@inlined_kernel
def _powers(first: int, last: int, utility: Floats, prospects: Prospects, numbers: ValuationNumbers) -> None:
    """Logit powers of the links of a node, both carriers, into ``prospects.power``; 1 for the best."""
    best, rate, power = prospects.best, prospects.rate, prospects.power
    brokers = best.size
    for b in range(brokers):
        rate[b] = 1.0 / (numbers.choice_scale * best[b]) if best[b] > 0.0 else 0.0
    for link in range(first, last):
        for carrier in range(2):
            row = (2 * (link - first) + carrier) * brokers
            for b in range(brokers):
                power[row + b] = (utility[link, carrier, b] - best[b]) * rate[b]
    for j in range(2 * (last - first) * brokers):
        power[j] = exponential(power[j])


@inlined_kernel
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


@inlined_kernel
def _add_link(
    link: int,
    row: int,
    head: int,
    prospects: Prospects,
    utility: Floats,
    weight: Floats,
    best: Floats,
    top: Floats,
    bottom: Floats,
    pull: Floats,
) -> None:
    """Choice weights of a link, and its part in the sums of the expected value."""
    capacity, offer_group, trust = prospects.capacity, prospects.offer_group, prospects.trust_power
    open_power, power, concavity = prospects.open_power, prospects.power, prospects.concavity[link]
    slots = capacity.shape[1] - 1
    named_capacity = 0.0
    for m in range(slots):
        named_capacity += capacity[link, m]
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
        room = concavity * open_power[head, b]
        if named_capacity > 0.0 and utility[link, NAMED, b] > 0.0:
            weight[link, NAMED, b] = room * power[row + b]
        if latent_pull > 0.0 and utility[link, LATENT, b] > 0.0:
            weight[link, LATENT, b] = room * power[row + best.size + b]
        named, latent = pull[b] * weight[link, NAMED, b], latent_pull * weight[link, LATENT, b]
        top[b] += named * utility[link, NAMED, b] + latent * utility[link, LATENT, b]
        bottom[b] += named + latent
