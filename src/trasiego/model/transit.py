"""Transit: one sweep in the static order in which principals buy, hand over, and lose or sell goods.

Contracting and transit can't be two steps, because what is seized on one leg decides what the next one carries.
Whole consignments are handed to partners drawn from the choice weights; offers that are full spill over to those
with room; what finds none waits as stock.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from trasiego.model.draws import LOT, PARTNER, SAMPLE, SEIZURE, binomial, normals, uniforms
from trasiego.model.state import AD_HOC_FEES, CONSUMERS, ESCORT, GROUP_FEES, PRODUCERS, TOLLS, TRANSPORT
from trasiego.model.valuation import LATENT, NAMED, worth

ROUNDS = 4
NOTHING_KG = 1e-9


@njit(cache=True)
def _buy(zone, n, trip, numbers, spread):  # type: ignore[no-untyped-def]
    """Principals buy at a source what the way ahead can carry and the price leaves worth buying."""
    stock, flows, sources, zones = trip.stock, trip.flows, trip.sources, trip.zones
    brokers = stock.shape[1]
    price, cost = sources.price_usd[zone], zones.marginal_cost_usd_per_kg[zone]
    waiting, weights = 0.0, 0.0
    for b in range(brokers):
        waiting += stock[n, b]
        weights += trip.buying[zone, b]
    room = max(0.0, numbers.buying_cover * trip.node_capacity[n] - waiting)
    wanted = np.zeros(brokers)
    total = 0.0
    for b in range(brokers):
        if trip.prices.value[n, b] > 0.0 and weights > 0.0:
            interest = min(max((1.0 - price / trip.prices.value[n, b]) / 0.1, 0.0), 1.0)
            wanted[b] = room * trip.buying[zone, b] / weights * interest
            total += wanted[b]
    flows.zone_demand_kg[zone] = total
    if total <= 0.0:
        return
    willing = 1.0 if price > cost else 0.0
    if cost > 0.0:
        willing = min(max((price - cost) / (spread * cost), 0.0), 1.0)
    made = min(total, sources.harvest_kg[zone] * willing)
    flows.zone_made_kg[zone] = made
    trip.made_kg[n] += made
    for b in range(brokers):
        bought = made * wanted[b] / total
        stock[n, b] += bought
        flows.broker_cash_usd[b] -= price * bought
        flows.money_usd[PRODUCERS] += price * bought


@njit(cache=True)
def _sell(n, market, trip):  # type: ignore[no-untyped-def]
    """Whatever reaches a market is sold at its price."""
    for b in range(trip.stock.shape[1]):
        sold = trip.stock[n, b]
        trip.flows.arrivals_kg[market, b] += sold
        trip.flows.broker_cash_usd[b] += sold * trip.market_price[market]
        trip.flows.money_usd[CONSUMERS] += sold * trip.market_price[market]
        trip.stock[n, b] = 0.0


@njit(cache=True)
def _offer_weights(n, b, trip, weights, noise, key):  # type: ignore[no-untyped-def]
    """Choice weights of one principal over the offers of a node, with consignment-level noise on partners."""
    slots = trip.capacity.shape[1]
    total, k = 0.0, 0
    for link in range(trip.nodes.link_start[n], trip.nodes.link_start[n + 1]):
        for m in range(slots):
            weight = 0.0
            if trip.usable[link, m] > 0.0:
                if m < slots - 1:
                    weight = trip.trust_power[trip.offer_group[link, m], b] * trip.prices.weight[link, NAMED, b]
                else:
                    weight = trip.trust_ad_hoc * trip.prices.weight[link, LATENT, b]
                weight *= trip.usable[link, m]
            if weight > 0.0 and noise > 0.0:
                first, second = normals(key[0], link * slots + m, b // 2, PARTNER, key[1], key[2])
                weight *= math.exp(noise * (first if b % 2 == 0 else second))
            weights[k, b] = weight
            total += weight
            k += 1
    return total


@njit(cache=True)
def _draw_lots(n, b, trip, numbers, work, key):  # type: ignore[no-untyped-def]
    """Hand whole consignments to offers by systematic sampling: one uniform for a principal and node."""
    first, _ = normals(key[0], n, b, LOT, key[1], key[2])
    typical = numbers.lot_kg * math.exp(numbers.lot_spread * first)
    lots = max(1.0, math.floor(trip.stock[n, b] / typical + 0.5))
    lot = trip.stock[n, b] / lots
    total = _offer_weights(n, b, trip, work.weights, numbers.partner_noise, key)
    if total <= 0.0:
        return 0.0
    start, _ = uniforms(key[0], n, b, SAMPLE, key[1], key[2])
    offers = work.count[0]
    last = 0
    for k in range(offers):
        if work.weights[k, b] > 0.0:
            last = k
    cumulative, before = 0.0, math.floor(start)
    for k in range(last + 1):
        cumulative += work.weights[k, b]
        reached = lots if k == last else lots * (cumulative / total)
        after = math.floor(reached + start)
        work.desired[k, b] = (after - before) * lot
        before = after
    return lot


@njit(cache=True)
def _place(work, brokers):  # type: ignore[no-untyped-def]
    """Fill offers up to their room; what is refused goes to offers with room left, at most four times."""
    offers = work.count[0]
    refused = np.zeros(brokers)
    for turn in range(ROUNDS):
        refused[:] = 0.0
        for k in range(offers):
            total = 0.0
            for b in range(brokers):
                total += work.desired[k, b]
            if total <= 0.0:
                continue
            accepted = min(1.0, work.room[k] / total)
            work.room[k] -= accepted * total
            for b in range(brokers):
                work.moved[k, b] += accepted * work.desired[k, b]
                refused[b] += (1.0 - accepted) * work.desired[k, b]
                work.desired[k, b] = 0.0
        if turn == ROUNDS - 1 or refused.max() < NOTHING_KG:
            return
        for b in range(brokers):
            total = 0.0
            for k in range(offers):
                if work.room[k] > NOTHING_KG:
                    total += work.weights[k, b]
            if total > 0.0 and refused[b] > 0.0:
                for k in range(offers):
                    if work.room[k] > NOTHING_KG:
                        work.desired[k, b] = refused[b] * work.weights[k, b] / total


@njit(cache=True)
def _guarded(link, b, lot, size, trip, numbers, escort):  # type: ignore[no-untyped-def]
    """Whether escort is worth its fee for a consignment of this size."""
    if trip.escort_here[link] == 0:
        return False
    links = trip.links
    ahead = links.ratio[link] * trip.prices.value[links.head[link], b]
    risk = -math.log1p(-trip.perceived[link, b]) * size
    base = links.rent[link] + trip.toll[link, b] + links.fee_log[link] * trip.fee_factor[link]
    cost = links.cost_usd_per_kg[link]
    alone, _ = worth(ahead, base + risk, cost)
    fee = escort.fee_usd_per_kg + escort.crew_cost_usd_per_consignment / lot
    guarded, _ = worth(ahead, base + risk * (1.0 - escort.effect), cost + fee)
    return guarded > alone


@njit(cache=True)
def _pay(link, m, b, kg, lot, escorted, trip, numbers, escort):  # type: ignore[no-untyped-def]
    """The principal pays carrier, holder of the place, outlay and escort."""
    flows, links = trip.flows, trip.links
    slots = trip.capacity.shape[1]
    ad_hoc = m == slots - 1
    mean = trip.prices.average_value[link, LATENT if ad_hoc else NAMED, b]
    factor = trip.fee_factor[link] * (numbers.latent_fee_factor if ad_hoc else 1.0)
    fee = max(0.0, links.fee_log[link] * factor * mean * kg)
    toll = max(0.0, trip.toll[link, b] * mean * kg)
    outlay = links.cost_usd_per_kg[link] * kg
    flows.offer_fee_usd[link, m] += fee
    flows.money_usd[AD_HOC_FEES if ad_hoc else GROUP_FEES] += fee
    flows.money_usd[TRANSPORT] += outlay
    flows.broker_cash_usd[b] -= fee + toll + outlay
    place = trip.nodes.place[links.tail[link]]
    if toll > 0.0:
        flows.broker_cash_usd[trip.holder[place]] += toll
        flows.money_usd[TOLLS] += toll
    if escorted:
        guard = escort.fee_usd_per_kg * kg + escort.crew_cost_usd_per_consignment * kg / lot
        flows.broker_cash_usd[b] -= guard
        flows.escort_usd[trip.escort_group[place]] += guard
        flows.money_usd[ESCORT] += guard
        flows.escorted_kg[link] += kg


@njit(cache=True)
def _ship(n, link, m, k, b, trip, numbers, escort, work, key):  # type: ignore[no-untyped-def]
    """One principal's goods go over one offer: loads are seized, the rest arrives, everyone is paid."""
    flows, links = trip.flows, trip.links
    slots = trip.capacity.shape[1]
    kg, lot = work.moved[k, b], work.lot[b]
    size = (lot / numbers.lot_kg) ** trip.size_exponent
    escorted = m < slots - 1 and _guarded(link, b, lot, size, trip, numbers, escort)
    hazard = trip.hazard[link] * size * (1.0 - escort.effect if escorted else 1.0)
    loads = max(1.0, math.ceil(kg / links.load_kg[link] - 1e-9))
    draw, _ = uniforms(key[0], link * slots + m, b, SEIZURE, key[1], key[2])
    lost = binomial(int(loads), -math.expm1(-hazard), draw)
    seized = kg * lost / loads
    arrives = (kg - seized) * links.ratio[link]
    trip.stock[n, b] -= kg
    trip.stock[links.head[link], b] += arrives
    flows.link_kg[link] += kg
    flows.seized_kg[link] += seized
    flows.node_seized_kg[n] += seized
    flows.process_loss_kg[n] += kg - seized - arrives
    flows.offer_kg[link, m] += kg
    flows.sent[link, b] += loads
    flows.lost[link, b] += lost
    if m < slots - 1:
        group = trip.offer_group[link, m]
        flows.group_sent_kg[group, b] += kg
        flows.group_lost_kg[group, b] += seized
        flows.crew_lost[group] += lost * links.crew_per_load[link]
    _pay(link, m, b, kg, lot, escorted, trip, numbers, escort)


@njit(cache=True)
def _hand_over(n, trip, numbers, escort, work, key):  # type: ignore[no-untyped-def]
    """All that waits at a node is contracted and sent."""
    nodes, brokers = trip.nodes, trip.stock.shape[1]
    slots = trip.capacity.shape[1]
    first, last = nodes.link_start[n], nodes.link_start[n + 1]
    work.count[0] = (last - first) * slots
    work.desired[: work.count[0]] = 0.0
    work.moved[: work.count[0]] = 0.0
    work.weights[: work.count[0]] = 0.0
    anything = False
    for b in range(brokers):
        work.lot[b] = 0.0
        if trip.stock[n, b] > NOTHING_KG and trip.prices.value[n, b] > 0.0:
            work.lot[b] = _draw_lots(n, b, trip, numbers, work, key)
            anything = anything or work.lot[b] > 0.0
    if not anything:
        return
    k = 0
    for link in range(first, last):
        for m in range(slots):
            work.room[k] = trip.capacity[link, m]
            for b in range(brokers):
                trip.flows.desired_kg[link] += work.desired[k, b]
            k += 1
    _place(work, brokers)
    k = 0
    for link in range(first, last):
        for m in range(slots):
            for b in range(brokers):
                if work.moved[k, b] > 0.0:
                    _ship(n, link, m, k, b, trip, numbers, escort, work, key)
            k += 1


@njit(cache=True, nogil=True)
def transit(trip, numbers, escort, supply_spread, work, month, seed, run):  # type: ignore[no-untyped-def]
    """One forward sweep over the nodes in the static order.

    ``trip`` (see :class:`trasiego.model.trip.Trip`) holds the arrays read and written: stock [N, B] kg and
    the flows of the month. Mass is conserved: stock before + bought = sold + seized + lost in processing +
    stock after. Draws: consignment size, partners, sampling and seizures. ``month`` counts from the spin-up.
    """
    key = (month, seed, run)
    nodes = trip.nodes
    for n in range(nodes.place.size):
        if nodes.zone[n] >= 0:
            _buy(nodes.zone[n], n, trip, numbers, supply_spread)
        if nodes.market[n] >= 0:
            _sell(n, nodes.market[n], trip)
        else:
            _hand_over(n, trip, numbers, escort, work, key)
