"""Contracting: what carriers offer and at which fee, and to whom principals hand their consignments.

Goods move as whole consignments, drawn per principal from the choice weights with noise from one to the next,
so that chains of partners are ad hoc; offers that are full spill over to those with room.
"""

from __future__ import annotations

import math

import numpy as np

from trasiego.model.compiled import inlined_kernel, tight_kernel
from trasiego.model.draws import LOT, PARTNER, SAMPLE, Key, uniforms
from trasiego.model.noise import DRAWS_PER_BLOCK, noise_block, quantile
from trasiego.model.numbers import ContractingNumbers
from trasiego.model.production import source_prices
from trasiego.model.state import Flows, Networks, Sources
from trasiego.model.trip import Trip, Work
from trasiego.model.valuation import LATENT, NAMED
from trasiego.world.tables import Floats, Integers, Links, Zones

ROUNDS = 4
SPILL_DRAW = 1024
NOTHING_KG = 1e-9


@inlined_kernel
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
    capacity[:] = 0.0
    for link in range(capacity.shape[0]):
        total = latent_loads_per_month * links.load_kg[link]
        capacity[link, slots] = total
        for m in range(slots):
            group = offer_group[link, m]
            if group >= 0:
                capacity[link, m] = members[group] * share[link, m] / links.time_per_kg[link]
                total += capacity[link, m]
        if total > links.capacity_kg[link]:
            part = links.capacity_kg[link] / total
            for m in range(slots + 1):
                capacity[link, m] *= part


@inlined_kernel
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


@tight_kernel
def settle(
    zones: Zones,
    sources: Sources,
    flows: Flows,
    networks: Networks,
    value: Floats,
    buying: Floats,
    broker_capital_usd: Floats,
    supply_spread: float,
    price_response: float,
    numbers: ContractingNumbers,
) -> None:
    """After the sweep: principals book what they earned, and fees and prices at the source respond."""
    for b in range(broker_capital_usd.size):
        broker_capital_usd[b] += flows.broker_cash_usd[b]
    update_fees(networks.capacity, flows.desired_kg, networks.utilisation, networks.fee_factor, numbers)
    source_prices(zones, sources, flows, value, buying, supply_spread, price_response)


@inlined_kernel
def list_offers(first: int, last: int, trip: Trip, work: Work) -> int:
    """Collect the offers of a node that have capacity into ``work``, with their room; returns how many."""
    capacity, offer_group = trip.capacity, trip.offer_group
    link_of, slot_of, group_of, room = work.link, work.slot, work.group, work.room
    count, slots = 0, capacity.shape[1]
    for link in range(first, last):
        for m in range(slots):
            if capacity[link, m] > 0.0:
                link_of[count] = link
                slot_of[count] = m
                group_of[count] = offer_group[link, m] if m < slots - 1 else -1
                room[count] = capacity[link, m]
                count += 1
    return count


@inlined_kernel
def offer_weights(count: int, busy: int, trip: Trip, pull: Floats, work: Work, key: Key) -> None:
    """Choice weights over the offers of a node, with consignment-level noise on partners.

    The noise is logistic in the log of the weight (``trip.partner_factor``), so that choices stay of logit
    form. Rows of ``work.weights`` are the ``busy`` principals that have goods at the node.
    """
    trust, ad_hoc, factor = trip.trust_power, trip.trust_ad_hoc, trip.partner_factor
    link_of, slot_of, group_of, room = work.link, work.slot, work.group, work.room
    who, weights, slots = work.who, work.weights, trip.capacity.shape[1]
    for k in range(count):
        link, group, offered = link_of[k], group_of[k], room[k]
        offer, drawn = link * slots + slot_of[k], -1
        words = (np.uint64(0), np.uint64(0))
        for i in range(busy):
            b = who[i]
            if b // DRAWS_PER_BLOCK != drawn:
                drawn = b // DRAWS_PER_BLOCK
                words = noise_block(key[0], offer, drawn, PARTNER, key[1], key[2])
            noise = factor[quantile(words, b % DRAWS_PER_BLOCK)]
            if group >= 0:
                weights[i, k] = offered * trust[group, b] * pull[link, NAMED, b] * noise
            else:
                weights[i, k] = offered * ad_hoc * pull[link, LATENT, b] * noise


@tight_kernel
def _sample_lots(
    lots: float, lot: float, start: float, i: int, count: int, weights: Floats, room: Floats, asked: Floats
) -> bool:
    """Spread whole lots over the offers with room in proportion to their weights (systematic sampling).

    Into ``asked`` [offer] kg; returns whether there is any offer.
    """
    total, last = 0.0, -1
    for k in range(count):
        asked[k] = 0.0
        if weights[i, k] > 0.0 and room[k] > NOTHING_KG:
            total += weights[i, k]
            last = k
    if last < 0:
        return False
    rate, cumulative, before = lots / total, 0.0, 0.0
    for k in range(last):
        if room[k] > NOTHING_KG:
            cumulative += weights[i, k]
        after = math.floor(cumulative * rate + start)
        asked[k] = (after - before) * lot
        before = after
    asked[last] = (math.floor(lots + start) - before) * lot
    return True


@inlined_kernel
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
    seen, usual = 0.0, 0.0
    for link in range(first, last):
        weight = pull[link, NAMED, b]
        seen += weight * risk[link, b]
        usual += weight * usual_risk[link]
    known = response > 0.0 and seen > 0.0 and usual > 0.0
    return min(max((seen / usual) ** -response, 0.25), 4.0) if known else 1.0


@inlined_kernel
def draw_lots(
    n: int,
    first_link: int,
    last_link: int,
    value: Floats,
    pull: Floats,
    risk: Floats,
    trip: Trip,
    work: Work,
    numbers: ContractingNumbers,
    key: Key,
) -> int:
    """Draw number and size of the consignments of every principal with goods at a node.

    Returns how many principals that is; ``work.who``, ``lot`` (kg) and ``lots`` [busy] hold them, ``size``
    by how much more or less hazard each consignment runs than one of the typical size.
    """
    stock, factor, usual, response = trip.stock, trip.lot_factor, trip.usual_risk, numbers.lot_risk_response
    who, lot, lots, size = work.who, work.lot, work.lots, work.size
    busy, drawn = 0, -1
    words = (np.uint64(0), np.uint64(0))
    for b in range(stock.shape[1]):
        if stock[n, b] > NOTHING_KG and value[n, b] > 0.0:
            if b // DRAWS_PER_BLOCK != drawn:
                drawn = b // DRAWS_PER_BLOCK
                words = noise_block(key[0], n, drawn, LOT, key[1], key[2])
            typical = numbers.lot_kg * factor[quantile(words, b % DRAWS_PER_BLOCK)]
            typical *= caution(first_link, last_link, b, pull, risk, usual, response)
            who[busy] = b
            lots[busy] = max(1.0, math.floor(stock[n, b] / typical + 0.5))
            lot[busy] = stock[n, b] / lots[busy]
            size[busy] = (lot[busy] / numbers.lot_kg) ** trip.size_exponent
            busy += 1
    return busy


@inlined_kernel
def choose_partners(n: int, count: int, busy: int, work: Work, desired_kg: Floats, key: Key) -> int:
    """Hand every principal's lots to partners, and count what each link is wanted for.

    What is asked is listed in ``work`` (``ask_offer``, ``ask_who``, ``ask_kg``); returns how many asks.
    """
    lots, lot, weights, room, asked = work.lots, work.lot, work.weights, work.room, work.asked
    who, link_of, asks = work.who, work.link, 0
    for i in range(busy):
        start, _ = uniforms(key[0], n, who[i], SAMPLE, key[1], key[2])
        if _sample_lots(lots[i], lot[i], start, i, count, weights, room, asked):
            asks = _list_asks(i, count, asks, work)
    for ask in range(asks):
        desired_kg[link_of[work.ask_offer[ask]]] += work.ask_kg[ask]
    return asks


@inlined_kernel
def _list_asks(i: int, count: int, asks: int, work: Work) -> int:
    """Add what a principal asks of offers to the list; returns the new length."""
    asked, ask_offer, ask_who, ask_kg = work.asked, work.ask_offer, work.ask_who, work.ask_kg
    for k in range(count):
        if asked[k] > 0.0:
            ask_offer[asks], ask_who[asks], ask_kg[asks] = k, i, asked[k]
            asks += 1
    return asks


@inlined_kernel
def _accept(count: int, busy: int, asks: int, sent: int, work: Work) -> tuple[int, float]:
    """Fill offers up to their room, all principals alike.

    Returns how many pairs of offer and principal goods go by, listed in ``work.sent_offer`` and ``sent_who``
    with kg in ``work.moved``, and the largest amount that was refused.
    """
    room, total, moved, refused = work.room, work.asked, work.moved, work.refused
    ask_offer, ask_who, ask_kg = work.ask_offer, work.ask_who, work.ask_kg
    for k in range(count):
        total[k] = 0.0
    for i in range(busy):
        refused[i] = 0.0
    for ask in range(asks):
        total[ask_offer[ask]] += ask_kg[ask]
    for k in range(count):
        accepted = min(1.0, room[k] / total[k]) if total[k] > 0.0 else 0.0
        room[k] -= accepted * total[k]
        total[k] = accepted
    for ask in range(asks):
        k, i, kg = ask_offer[ask], ask_who[ask], ask_kg[ask]
        taken = total[k] * kg
        if moved[i, k] == 0.0 and taken > 0.0:
            work.sent_offer[sent], work.sent_who[sent] = k, i
            sent += 1
        moved[i, k] += taken
        refused[i] += (1.0 - total[k]) * kg
    most = 0.0
    for i in range(busy):
        most = max(most, refused[i])
    return sent, most


@inlined_kernel
def place_lots(n: int, count: int, busy: int, asks: int, work: Work, key: Key) -> int:
    """Place consignments; what is refused goes, in whole lots again, to offers with room.

    Returns how many pairs of offer and principal goods go by; see :func:`_accept`. ``work.moved`` is left
    for the sweep to clear, pair by pair.
    """
    who, lot, weights, room, asked, refused = (
        work.who,
        work.lot,
        work.weights,
        work.room,
        work.asked,
        work.refused,
    )
    sent = 0
    for turn in range(ROUNDS):
        sent, most = _accept(count, busy, asks, sent, work)
        if turn == ROUNDS - 1 or most < NOTHING_KG:
            break
        asks = 0
        for i in range(busy):
            if refused[i] > NOTHING_KG:
                lots = max(1.0, math.ceil(refused[i] / lot[i] - 1e-9))
                start, _ = uniforms(key[0], n, who[i] + SPILL_DRAW * (turn + 1), SAMPLE, key[1], key[2])
                if _sample_lots(lots, refused[i] / lots, start, i, count, weights, room, asked):
                    asks = _list_asks(i, count, asks, work)
    return sent
