"""Transit: one sweep in the static order in which principals buy, hand over, and lose or sell goods.

Contracting and transit can't be two steps, because what is seized on one leg decides what the next one
carries. Whole consignments are handed to partners drawn from the choice weights; offers that are full spill
over to those with room; what finds none waits as stock.
"""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from trasiego.model.contracting import (
    NOTHING_KG,
    choose_partners,
    draw_lots,
    list_offers,
    offer_weights,
    place_lots,
)
from trasiego.model.draws import SEIZURE, Key, binomial, uniforms
from trasiego.model.numbers import ContractingNumbers, EscortNumbers
from trasiego.model.production import willing
from trasiego.model.state import AD_HOC_FEES, CONSUMERS, ESCORT, GROUP_FEES, PRODUCERS, TOLLS, TRANSPORT
from trasiego.model.trip import Trip, Work
from trasiego.model.valuation import LATENT, NAMED, worth


@njit(cache=True, inline="always")
def _buy(zone: int, n: int, trip: Trip, numbers: ContractingNumbers, spread: float) -> None:
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
    made = min(total, sources.harvest_kg[zone] * willing(price, cost, spread))
    flows.zone_made_kg[zone] = made
    trip.made_kg[n] += made
    for b in range(brokers):
        bought = made * wanted[b] / total
        stock[n, b] += bought
        flows.broker_cash_usd[b] -= price * bought
        flows.money_usd[PRODUCERS] += price * bought


@njit(cache=True, inline="always")
def _sell(n: int, market: int, trip: Trip) -> None:
    """Whatever reaches a market is sold at its price."""
    for b in range(trip.stock.shape[1]):
        sold = trip.stock[n, b]
        trip.flows.arrivals_kg[market, b] += sold
        trip.flows.broker_cash_usd[b] += sold * trip.market_price[market]
        trip.flows.money_usd[CONSUMERS] += sold * trip.market_price[market]
        trip.stock[n, b] = 0.0


@njit(cache=True)
def _guarded(ahead: float, base: float, risk: float, cost: float, lot: float, escort: EscortNumbers) -> bool:
    """Whether escort is worth its fee for a consignment of this size."""
    alone, _ = worth(ahead, base + risk, cost)
    fee = escort.fee_usd_per_kg + escort.crew_cost_usd_per_consignment / lot
    guarded, _ = worth(ahead, base + risk * (1.0 - escort.effect), cost + fee)
    return guarded > alone


@njit(cache=True)
def _escorts(
    n: int, count: int, trip: Trip, numbers: ContractingNumbers, escort: EscortNumbers, work: Work
) -> None:
    """Decide for every consignment of a node whether it goes under escort, into ``work.escorted``."""
    links, value, perceived, toll = trip.links, trip.prices.value, trip.perceived, trip.toll
    escort_here, fee_factor, lot, moved, escorted = (
        trip.escort_here,
        trip.fee_factor,
        work.lot,
        work.moved,
        work.escorted,
    )
    slots = trip.capacity.shape[1]
    escorted[:count] = 0.0
    for k in range(count):
        link = work.link[k]
        if escort_here[link] == 0 or work.slot[k] == slots - 1:
            continue
        for b in range(lot.size):
            if lot[b] > 0.0 and moved[k, b] > NOTHING_KG:
                size = (lot[b] / numbers.lot_kg) ** trip.size_exponent
                risk = -math.log1p(-perceived[link, b]) * size
                base = links.rent[link] + toll[link, b] + links.fee_log[link] * fee_factor[link]
                ahead = links.ratio[link] * value[links.head[link], b]
                if _guarded(ahead, base, risk, links.cost_usd_per_kg[link], lot[b], escort):
                    escorted[k, b] = 1.0


@njit(cache=True)
def _move(
    n: int, count: int, trip: Trip, numbers: ContractingNumbers, escort: EscortNumbers, work: Work, key: Key
) -> None:
    """Goods go over the offers of a node: loads are seized, the rest arrives, crews and loads are counted."""
    stock, hazard, offer_group = trip.stock, trip.hazard, trip.offer_group
    lot, moved, escorted, link_of, slot_of = work.lot, work.moved, work.escorted, work.link, work.slot
    head, ratio, load_kg, crew = (
        trip.links.head,
        trip.links.ratio,
        trip.links.load_kg,
        trip.links.crew_per_load,
    )
    link_kg, seized_kg, node_seized = trip.flows.link_kg, trip.flows.seized_kg, trip.flows.node_seized_kg
    process_loss, offer_kg, all_sent, all_lost = (
        trip.flows.process_loss_kg, trip.flows.offer_kg, trip.flows.sent, trip.flows.lost
    )  # fmt: skip
    group_sent, group_lost, crew_lost = (
        trip.flows.group_sent_kg,
        trip.flows.group_lost_kg,
        trip.flows.crew_lost,
    )
    slots = trip.capacity.shape[1]
    for k in range(count):
        link, m = link_of[k], slot_of[k]
        for b in range(lot.size):
            kg = moved[k, b]
            if lot[b] <= 0.0 or kg <= NOTHING_KG:
                continue
            danger = (
                hazard[link]
                * (lot[b] / numbers.lot_kg) ** trip.size_exponent
                * (1.0 - escort.effect * escorted[k, b])
            )
            loads = max(1.0, math.ceil(kg / load_kg[link] - 1e-9))
            draw, _ = uniforms(key[0], link * slots + m, b, SEIZURE, key[1], key[2])
            lost = binomial(int(loads), -math.expm1(-danger), draw)
            seized = kg * lost / loads
            arrives = (kg - seized) * ratio[link]
            stock[n, b] -= kg
            stock[head[link], b] += arrives
            link_kg[link] += kg
            seized_kg[link] += seized
            node_seized[n] += seized
            process_loss[n] += kg - seized - arrives
            offer_kg[link, m] += kg
            all_sent[link, b] += loads
            all_lost[link, b] += lost
            if m < slots - 1:
                group_sent[offer_group[link, m], b] += kg
                group_lost[offer_group[link, m], b] += seized
                crew_lost[offer_group[link, m]] += lost * crew[link]


@njit(cache=True)
def _pay(
    n: int, count: int, trip: Trip, numbers: ContractingNumbers, escort: EscortNumbers, work: Work
) -> None:
    """Principals pay carriers, holders of places, outlays and escorts for what they sent from a node."""
    lot, moved, escorted, link_of, slot_of = work.lot, work.moved, work.escorted, work.link, work.slot
    average, fee_factor, all_toll = trip.prices.average_value, trip.fee_factor, trip.toll
    fee_log, cost = trip.links.fee_log, trip.links.cost_usd_per_kg
    offer_fee, cash, money = trip.flows.offer_fee_usd, trip.flows.broker_cash_usd, trip.flows.money_usd
    escort_usd, escorted_kg = trip.flows.escort_usd, trip.flows.escorted_kg
    slots, place = trip.capacity.shape[1], trip.nodes.place[n]
    holder, protector = trip.holder[place], trip.escort_group[place]
    for k in range(count):
        link, m = link_of[k], slot_of[k]
        ad_hoc = m == slots - 1
        factor = fee_factor[link] * (numbers.latent_fee_factor if ad_hoc else 1.0)
        for b in range(lot.size):
            kg = moved[k, b]
            if lot[b] <= 0.0 or kg <= NOTHING_KG:
                continue
            mean = average[link, LATENT if ad_hoc else NAMED, b]
            fee = max(0.0, fee_log[link] * factor * mean * kg)
            toll = max(0.0, all_toll[link, b] * mean * kg)
            outlay = cost[link] * kg
            offer_fee[link, m] += fee
            money[AD_HOC_FEES if ad_hoc else GROUP_FEES] += fee
            money[TRANSPORT] += outlay
            cash[b] -= fee + toll + outlay
            if toll > 0.0:
                cash[holder] += toll
                money[TOLLS] += toll
            if escorted[k, b] > 0.0:
                guard = escort.fee_usd_per_kg * kg + escort.crew_cost_usd_per_consignment * kg / lot[b]
                cash[b] -= guard
                escort_usd[protector] += guard
                money[ESCORT] += guard
                escorted_kg[link] += kg


@njit(cache=True, inline="always")
def _hand_over(
    n: int, trip: Trip, numbers: ContractingNumbers, escort: EscortNumbers, work: Work, key: Key
) -> None:
    """All that waits at a node is contracted and sent."""
    lot, link_of, slot_of = work.lot, work.link, work.slot
    if draw_lots(n, trip.stock, trip.prices.value, lot, work.lots, numbers, key):
        first, last = trip.nodes.link_start[n], trip.nodes.link_start[n + 1]
        count = list_offers(first, last, trip.capacity, link_of, slot_of, work.room)
        offer_weights(
            count,
            lot,
            link_of,
            slot_of,
            trip.usable,
            trip.offer_group,
            trip.trust_power,
            trip.trust_ad_hoc,
            trip.prices.weight,
            numbers.partner_noise,
            work.weights,
            key,
        )
        choose_partners(
            n,
            count,
            work.lots,
            lot,
            work.weights,
            work.desired,
            work.room,
            link_of,
            trip.flows.desired_kg,
            key,
        )
        place_lots(n, count, work.weights, work.desired, work.moved, work.room, lot, key)
        _escorts(n, count, trip, numbers, escort, work)
        _move(n, count, trip, numbers, escort, work, key)
        _pay(n, count, trip, numbers, escort, work)


@njit(cache=True, nogil=True)
def transit(
    trip: Trip,
    numbers: ContractingNumbers,
    escort: EscortNumbers,
    supply_spread: float,
    work: Work,
    month: int,
    seed: int,
    run: int,
) -> None:
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
