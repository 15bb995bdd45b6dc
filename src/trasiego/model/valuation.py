"""Valuation: what one kilogram is worth to each principal at each node, in one pass backwards.

The value falls along a way by ``dV = -(a V + c) ds``, with ``a`` the log shares for risk, access rent, fee
and toll and ``c`` the outlay; the closed solution makes a way cut in two by a pass-through place worth
exactly the same. Choice weights carry capacity with a link-level concavity, trust, and a logit scaled by
the best value.
"""

from __future__ import annotations

from trasiego.model.compiled import apart_kernel, index, inlined_kernel
from trasiego.model.elementary import LEAST, exponential, logarithm
from trasiego.model.numbers import ValuationNumbers
from trasiego.model.state import Prices
from trasiego.model.trip import Offers, Prospects
from trasiego.world.tables import Floats, Links, Nodes

NAMED, LATENT = 0, 1


@inlined_kernel
def worth(value_ahead: float, log_share: float, kept: float, cost: float) -> tuple[float, float]:
    """Value [USD/kg] at the tail of a way, and the average value along it.

    ``kept`` is exp(-log_share). Small log shares take series, because the closed forms lose their digits
    there.
    """
    if log_share < 1e-3:
        lost = 0.5 - log_share * (1.0 / 6.0 - log_share * (1.0 / 24.0 - log_share * (1.0 / 120.0)))
        mean = 1.0 - log_share * lost
    else:
        inverse = 1.0 / log_share
        mean = (1.0 - kept) * inverse
        lost = (1.0 - mean) * inverse
    return value_ahead * kept - cost * mean, value_ahead * mean - cost * lost


@apart_kernel
def valuation(
    nodes: Nodes,
    links: Links,
    offers: Offers,
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
    value, best, rate, top, bottom = (
        out.value,
        prospects.best,
        prospects.rate,
        prospects.top,
        prospects.bottom,
    )
    market_of, link_start, head_of = nodes.market, nodes.link_start, links.head
    _feared(prospects.perceived, out.risk)
    _link_terms(links, offers, prospects, numbers)
    out.escorted[:] = 0.0
    prospects.passing[:] = 1.0
    for n in range(market_of.size - 1, -1, -1):
        if market_of[n] >= 0:
            for b in range(best.size):
                value[n, b] = market_price[market_of[n]] * access[market_of[n], b]
            continue
        for b in range(best.size):
            best[b] = top[b] = bottom[b] = 0.0
        for link in range(index(link_start[n]), link_start[n + 1]):
            _link_utilities(link, links, out, prospects, numbers)
            if prospects.escort_here[link] > 0:
                _consider_escort(link, links, out, prospects, numbers)
            _raise_best(link, index(head_of[link]), offers, out, prospects)
        for b in range(best.size):
            rate[b] = 1.0 / (numbers.choice_scale * best[b]) if best[b] > 0.0 else 0.0
        for link in range(index(link_start[n]), link_start[n + 1]):
            _weigh_link(link, index(head_of[link]), offers, out, prospects)
            _add_link(link, offers, out, prospects)
        for b in range(best.size):
            value[n, b] = top[b] / bottom[b] if bottom[b] > 0.0 else 0.0


@inlined_kernel
def _feared(perceived: Floats, risk: Floats) -> None:
    """Hazard that principals see on every link: minus the log of the chance to arrive."""
    chance, hazard = perceived.reshape(-1), risk.reshape(-1)
    for j in range(hazard.size):
        hazard[j] = -logarithm(1.0 - chance[j])


@inlined_kernel
def _link_terms(links: Links, offers: Offers, prospects: Prospects, numbers: ValuationNumbers) -> None:
    """What is the same for all principals on a link, into the scratch of ``prospects``.

    ``way`` and ``dearer`` are the shares that rent and fee, and the dearer fee of ad hoc carriers, leave;
    ``concavity`` is the capacity of all offers to the power of the link concavity less one.
    """
    way, dearer, concavity = prospects.way, prospects.dearer, prospects.concavity
    rent, fee_log, fee_factor = links.rent, links.fee_log, prospects.fee_factor
    more, power = 1.0 - numbers.latent_fee_factor, numbers.link_concavity - 1.0
    for link in range(way.size):
        way[link] = exponential(-rent[link] - fee_log[link] * fee_factor[link])
    for link in range(way.size):
        dearer[link] = exponential(more * fee_log[link] * fee_factor[link])
    for link in range(way.size):
        concavity[link] = power * logarithm(max(offers.total_kg[link], LEAST))
    for link in range(way.size):
        concavity[link] = exponential(concavity[link])


@inlined_kernel
def _link_utilities(
    link: int, links: Links, out: Prices, prospects: Prospects, numbers: ValuationNumbers
) -> None:
    """Utilities of the named and the ad hoc carriers of a link to every principal, without escort.

    ``prospects.passing`` holds ones, but on a link with tolls what they leave.
    """
    ratio, rent, cost = links.ratio[link], links.rent[link], links.cost_usd_per_kg[link]
    way, dearer, fee = (
        prospects.way[link],
        prospects.dearer[link],
        links.fee_log[link] * prospects.fee_factor[link],
    )
    dear = fee * numbers.latent_fee_factor
    value, risk, perceived = out.value[index(links.head[link])], out.risk[link], prospects.perceived[link]
    toll, passing, tolled = prospects.toll[link], prospects.passing, False
    named, latent = out.utility[link, NAMED], out.utility[link, LATENT]
    named_mean, latent_mean = out.average_value[link, NAMED], out.average_value[link, LATENT]
    for b in range(value.size):
        tolled |= toll[b] > 0.0
    if tolled:
        for b in range(value.size):
            passing[b] = exponential(-toll[b])
    for b in range(value.size):
        ahead, base = ratio * value[b], risk[b] + rent + toll[b]
        kept = (1.0 - perceived[b]) * way * passing[b]
        best, mean = worth(ahead, base + fee, kept, cost)
        other, other_mean = worth(ahead, base + dear, kept * dearer, cost)
        named[b] = best if ahead > 0.0 else 0.0
        latent[b] = other if ahead > 0.0 else 0.0
        named_mean[b] = mean if ahead > 0.0 else 0.0
        latent_mean[b] = other_mean if ahead > 0.0 else 0.0
    if tolled:
        for b in range(value.size):
            passing[b] = 1.0


@inlined_kernel
def _consider_escort(
    link: int, links: Links, out: Prices, prospects: Prospects, numbers: ValuationNumbers
) -> None:
    """Named carriers of a link go under escort where that makes it worth more to a principal."""
    ratio, rent, fee = links.ratio[link], links.rent[link], links.fee_log[link] * prospects.fee_factor[link]
    guards = max(prospects.escort_usd_per_kg[link], prospects.escort_minimum_usd[link] / numbers.lot_kg)
    cost, effect = links.cost_usd_per_kg[link] + guards, prospects.escort_effect[link]
    value, risk, toll = out.value[index(links.head[link])], out.risk[link], prospects.toll[link]
    utility, average, escorted = out.utility[link, NAMED], out.average_value[link, NAMED], out.escorted[link]
    share, kept = prospects.share, prospects.kept
    for b in range(share.size):
        share[b] = risk[b] + rent + toll[b] + fee - risk[b] * effect
    for b in range(share.size):
        kept[b] = exponential(-share[b]) if value[b] > 0.0 else 0.0
    for b in range(share.size):
        ahead = ratio * value[b]
        safer, mean = worth(ahead, share[b], kept[b], cost)
        taken = (ahead > 0.0) & (safer > utility[b])
        utility[b] = safer if taken else utility[b]
        average[b] = mean if taken else average[b]
        escorted[b] = 1.0 if taken else 0.0


@inlined_kernel
def _raise_best(link: int, head: int, offers: Offers, out: Prices, prospects: Prospects) -> None:
    """Best utility so far of every principal at the tail of a link, over offers that have room ahead."""
    best, room = prospects.best, prospects.open_power[head]
    some_named = offers.named_kg[link] > 0.0
    some_latent = offers.capacity_kg[index(offers.first[link + 1] - 1)] > 0.0
    named, latent = out.utility[link, NAMED], out.utility[link, LATENT]
    for b in range(best.size):
        found = max(named[b] if some_named else 0.0, latent[b] if some_latent else 0.0)
        best[b] = max(best[b], found if room[b] > 0.0 else 0.0)


@inlined_kernel
def _weigh_link(link: int, head: int, offers: Offers, out: Prices, prospects: Prospects) -> None:
    """Choice weights of a link, for a kilogram of capacity of the named and of the ad hoc carriers."""
    best, rate, room = prospects.best, prospects.rate, prospects.open_power[head]
    concavity, ad_hoc_kg = prospects.concavity[link], offers.capacity_kg[index(offers.first[link + 1] - 1)]
    for carrier in range(2):
        utility, weight = out.utility[link, carrier], out.weight[link, carrier]
        offered = offers.named_kg[link] if carrier == NAMED else ad_hoc_kg
        if offered > 0.0:
            for b in range(best.size):
                power = concavity * room[b] * exponential((utility[b] - best[b]) * rate[b])
                weight[b] = power if (room[b] > 0.0) & (utility[b] > 0.0) else 0.0
        else:
            for b in range(best.size):
                weight[b] = 0.0


@inlined_kernel
def _add_link(link: int, offers: Offers, out: Prices, prospects: Prospects) -> None:
    """Part of a link in the sums of the expected value of its tail."""
    top, bottom, pull, trust = prospects.top, prospects.bottom, prospects.pull, prospects.trust_power
    first, ad_hoc = index(offers.first[link]), index(offers.first[link + 1] - 1)
    named_weight, latent_weight = out.weight[link, NAMED], out.weight[link, LATENT]
    named_utility, latent_utility = out.utility[link, NAMED], out.utility[link, LATENT]
    for b in range(pull.size):
        pull[b] = 0.0
    for k in range(first, ad_hoc):
        offered, trusted = offers.capacity_kg[k], trust[index(offers.group[k])]
        for b in range(pull.size):
            pull[b] += offered * trusted[b]
    latent_pull = offers.capacity_kg[ad_hoc] * prospects.trust_ad_hoc
    for b in range(pull.size):
        named, latent = pull[b] * named_weight[b], latent_pull * latent_weight[b]
        top[b] += named * named_utility[b] + latent * latent_utility[b]
        bottom[b] += named + latent
