"""Consignments: the stock of principals as whole lots, and the partners to whom they hand these.

Lots are drawn per principal from the choice weights with noise from one partner to the next, so that chains
of partners are ad hoc; offers that are full spill over to those with room.
"""

from __future__ import annotations

import numpy as np

from trasiego.model.compiled import apart_kernel, index, inlined_kernel
from trasiego.model.draws import LOT, PARTNER, SAMPLE, SEIZURE, Key, many_uniforms, uniforms
from trasiego.model.elementary import LEAST, exponential, logarithm
from trasiego.model.noise import noise_words, quantile
from trasiego.model.numbers import ContractingNumbers
from trasiego.model.state import Prices
from trasiego.model.trip import Offers, Trip, Work
from trasiego.model.valuation import LATENT, NAMED
from trasiego.world.tables import Floats, Integers, Nodes

ROUNDS = 4
SPILL_DRAW = 1024
NOTHING_KG = 1e-9


@apart_kernel
def prepare_consignments(
    nodes: Nodes, offers: Offers, prices: Prices, trip: Trip, work: Work, response: float, key: Key
) -> None:
    """What can be had for all nodes at once before the sweep: room, caution of principals, and draws."""
    count = offers.first[offers.total_kg.size]
    for k in range(count):
        work.room[k] = offers.capacity_kg[k]
    cautions(nodes, prices.weight, prices.risk, trip.usual_risk, response, work)
    noise_words(count, offers.number, PARTNER, key, work.partner_words)
    noise_words(nodes.place.size, work.node, LOT, key, work.lot_words)
    for b in range(work.start.shape[0]):
        work.principal[:] = b
        many_uniforms(nodes.place.size, work.node, work.principal, SAMPLE, key, work.start[b], work.unused)


@inlined_kernel
def cautions(
    nodes: Nodes, weight: Floats, risk: Floats, usual_risk: Floats, response: float, work: Work
) -> None:
    """Factor [N, B] on the size of consignments from a node, for the risk that a principal sees ahead of it.

    The feared over the usual risk of the node's links (``risk`` [L, B] and ``usual_risk`` [L], hazards),
    weighed as they are chosen, to the power of minus ``response``, within a quarter and four: who fears more
    losses sends smaller consignments, so that less is lost at once. The size that balances losses, which grow
    with it, against a cost of each consignment falls with risk by a power (Harris 1913).
    """
    caution, seen, usual = work.caution, work.seen, work.usual
    starts, brokers = nodes.link_start, caution.shape[1]
    for n in range(nodes.place.size):
        for b in range(brokers):
            seen[b] = usual[b] = 0.0
        for link in range(index(starts[n]), starts[n + 1]):
            for b in range(brokers):
                seen[b] += weight[link, NAMED, b] * risk[link, b]
            for b in range(brokers):
                usual[b] += weight[link, NAMED, b] * usual_risk[link]
        for b in range(brokers):
            known = response > 0.0 and seen[b] > 0.0 and usual[b] > 0.0
            caution[n, b] = seen[b] / usual[b] if known else 1.0
    for n in range(nodes.place.size):
        for b in range(brokers):
            factor = exponential(-response * logarithm(caution[n, b]))
            caution[n, b] = min(max(factor, 0.25), 4.0)


@inlined_kernel
def draw_lots(n: int, value: Floats, trip: Trip, work: Work, numbers: ContractingNumbers) -> int:
    """Draw number and size of the consignments of every principal with goods at a node.

    Returns how many principals that is; ``work.who``, ``lot`` (kg) and ``lots`` [busy] hold them, ``size``
    by how much more or less hazard each consignment runs than one of the typical size.
    """
    stock, factor, words = trip.stock, trip.lot_factor, work.lot_words
    who, lot, lots, size = work.who, work.lot, work.lots, work.size
    busy = 0
    for b in range(stock.shape[1]):
        if stock[n, b] > NOTHING_KG and value[n, b] > 0.0:
            busy = index(busy)
            typical = numbers.lot_kg * factor[quantile(words, n, b)] * work.caution[n, b]
            who[busy] = b
            lots[busy] = max(1.0, np.floor(stock[n, b] / typical + 0.5))
            lot[busy] = stock[n, b] / lots[busy]
            busy += 1
    for i in range(busy):
        size[i] = exponential(trip.size_exponent * logarithm(lot[i] / numbers.lot_kg))
    return busy


@inlined_kernel
def offer_weights(
    first: int, last: int, busy: int, offers: Offers, trip: Trip, pull: Floats, work: Work
) -> None:
    """Choice weights over the offers of a node, with consignment-level noise on partners.

    The noise is logistic in the log of the weight (``trip.partner_factor``), so that choices stay of logit
    form. Into ``work.weights`` [busy, offer of the node].
    """
    trust, ad_hoc, factor = trip.trust_power, trip.trust_ad_hoc, trip.partner_factor
    link_of, group_of, room, words = offers.link, offers.group, work.room, work.partner_words
    who, weights = work.who, work.weights
    for k in range(first, last):
        link, group, offered = index(link_of[k]), group_of[k], room[k]
        for i in range(busy):
            b = index(who[i])
            noise = factor[quantile(words, k, b)]
            if group >= 0:
                weights[i, k - first] = offered * trust[index(group), b] * pull[link, NAMED, b] * noise
            else:
                weights[i, k - first] = offered * ad_hoc * pull[link, LATENT, b] * noise


@inlined_kernel
def _sample_lots(
    i: int, offers: int, lots: float, lot: float, start: float, room: Floats, weights: Floats, asked: Floats
) -> None:
    """Spread whole lots over the offers with room in proportion to their weights (systematic sampling).

    Into ``asked`` [busy, offer] kg; all of it is zero where no offer has room.
    """
    reached, final = 0.0, -1
    for k in range(offers):
        weight = weights[i, k] if room[k] > NOTHING_KG else 0.0
        reached += weight
        asked[i, k] = reached
        final = k if weight > 0.0 else final
    lots = lots if final >= 0 else 0.0
    rate, before = lots / max(reached, LEAST), 0.0
    for k in range(offers):
        after = np.floor((asked[i, k] * rate if k < final else lots) + start)
        asked[i, k] = (after - before) * lot
        before = after


@inlined_kernel
def _accept(offers: int, busy: int, room: Floats, work: Work) -> float:
    """Fill offers up to their room, all principals alike.

    What goes is added to ``work.moved`` [busy, offer]; what does not, is in ``work.refused`` [busy]. Returns
    the largest amount that was refused to one principal.
    """
    asked, moved, refused, accepted = work.asked, work.moved, work.refused, work.accepted
    for k in range(offers):
        accepted[k] = 0.0
    for i in range(busy):
        for k in range(offers):
            accepted[k] += asked[i, k]
    overfull = 0
    for k in range(offers):
        total = accepted[k]
        accepted[k] = min(1.0, room[k] / total) if total > 0.0 else 1.0
        room[k] -= accepted[k] * total
        overfull += 1 if accepted[k] < 1.0 else 0
    for i in range(busy):
        for k in range(offers):
            moved[i, k] += accepted[k] * asked[i, k]
    most = 0.0
    if overfull > 0:
        for i in range(busy):
            refused[i] = 0.0
            for k in range(offers):
                refused[i] += (1.0 - accepted[k]) * asked[i, k]
            most = max(most, refused[i])
    return most


@inlined_kernel
def place_lots(
    n: int, first: int, last: int, busy: int, link_of: Integers, work: Work, desired_kg: Floats, key: Key
) -> None:
    """Hand lots to partners; what is refused goes, in whole lots again, to offers with room.

    Into ``work.moved`` [busy, offer of the node] kg; what finds no room at all waits. ``desired_kg`` [L]
    counts what each link is wanted for at first.
    """
    offers = last - first
    who, lot, refused, asked, weights = work.who, work.lot, work.refused, work.asked, work.weights
    room = work.room[first:last]
    for i in range(busy):
        _sample_lots(i, offers, work.lots[i], lot[i], work.start[index(who[i]), n], room, weights, asked)
        for k in range(offers):
            desired_kg[index(link_of[first + k])] += asked[i, k]
            work.moved[i, k] = 0.0
    for turn in range(ROUNDS):
        most = _accept(offers, busy, room, work)
        if turn == ROUNDS - 1 or most < NOTHING_KG:
            break
        for i in range(busy):
            if refused[i] > NOTHING_KG:
                lots = max(1.0, np.ceil(refused[i] / lot[i] - 1e-9))
                start, _ = uniforms(key[0], n, who[i] + SPILL_DRAW * (turn + 1), SAMPLE, key[1], key[2])
                _sample_lots(i, offers, lots, refused[i] / lots, start, room, weights, asked)
            else:
                for k in range(offers):
                    asked[i, k] = 0.0


@inlined_kernel
def list_pairs(first: int, last: int, busy: int, number: Integers, work: Work, key: Key) -> int:
    """List the pairs of principal and offer that send goods, with their draws; returns how many."""
    pairs, pair_who, pair_offer, moved = 0, work.pair_who, work.pair_offer, work.moved
    for i in range(busy):
        for k in range(last - first):
            pair_who[index(pairs)], pair_offer[index(pairs)] = i, k  # overwritten where nothing goes
            pairs += 1 if moved[i, k] > NOTHING_KG else 0
    for pair in range(pairs):
        work.drawn_offer[pair] = number[first + index(pair_offer[pair])]
        work.drawn_who[pair] = work.who[index(pair_who[pair])]
    many_uniforms(pairs, work.drawn_offer, work.drawn_who, SEIZURE, key, work.seizure, work.robbery)
    return pairs
