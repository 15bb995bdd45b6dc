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
from trasiego.model.escort import escort_price, guarded
from trasiego.model.hijack import chance, hijack_hazard, sell_robbed
from trasiego.model.numbers import ContractingNumbers, HijackNumbers
from trasiego.model.production import willing
from trasiego.model.state import (
    AD_HOC_FEES,
    CONSUMERS,
    ESCORT,
    GROUP_FEES,
    HIJACK,
    PRODUCERS,
    TOLLS,
    TRANSPORT,
    Flows,
    Groups,
    Prices,
    Sources,
    Territory,
)
from trasiego.model.trip import Trip, Work
from trasiego.model.valuation import LATENT, NAMED
from trasiego.world.tables import Floats, Links, Nodes


@njit(cache=True, inline="always")
def _buy(
    zone: int,
    n: int,
    trip: Trip,
    sources: Sources,
    flows: Flows,
    value: Floats,
    cost: float,
    numbers: ContractingNumbers,
    spread: float,
) -> None:
    """Principals buy at a source what the way ahead can carry and the price leaves worth buying."""
    stock, buying, cash, money = trip.stock, trip.buying, flows.broker_cash_usd, flows.money_usd
    brokers, price = stock.shape[1], sources.price_usd[zone]
    waiting, weights = 0.0, 0.0
    for b in range(brokers):
        waiting += stock[n, b]
        weights += buying[zone, b]
    wanted = np.zeros(brokers)
    total = 0.0
    for b in range(brokers):
        if value[n, b] > 0.0 and weights > 0.0:
            room = max(0.0, numbers.buying_cover * trip.node_capacity[n, b] - waiting)
            interest = min(max((1.0 - price / value[n, b]) / numbers.buying_margin, 0.0), 1.0)
            wanted[b] = room * buying[zone, b] / weights * interest
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
        cash[b] -= price * bought
        money[PRODUCERS] += price * bought


@njit(cache=True, inline="always")
def _sell(n: int, market: int, stock: Floats, price: float, flows: Flows) -> None:
    """Whatever reaches a market is sold at its price."""
    arrivals, cash, money = flows.arrivals_kg, flows.broker_cash_usd, flows.money_usd
    for b in range(stock.shape[1]):
        sold = stock[n, b]
        arrivals[market, b] += sold
        cash[b] += sold * price
        money[CONSUMERS] += sold * price
        stock[n, b] = 0.0


@njit(cache=True, inline="always")
def _escorts(
    count: int,
    busy: int,
    links: Links,
    trip: Trip,
    value: Floats,
    feared: Floats,
    territory: Territory,
    work: Work,
) -> None:
    """Decide for every consignment of a node whether it goes under escort, into ``work.escorted``."""
    toll, escort_here, fee_factor = trip.toll, territory.escort_here, trip.fee_factor
    lot, moved, escorted, link_of, slot_of = work.lot, work.moved, work.escorted, work.link, work.slot
    rent, fee_log, ratio, head, cost = (
        links.rent,
        links.fee_log,
        links.ratio,
        links.head,
        links.cost_usd_per_kg,
    )
    slots, size, who = trip.capacity.shape[1], work.size, work.who
    for k in range(count):
        link = link_of[k]
        for i in range(busy):
            escorted[k, i] = 0.0
        if escort_here[link] == 0 or slot_of[k] == slots - 1:
            continue
        for i in range(busy):
            if moved[k, i] > NOTHING_KG:
                b = who[i]
                risk = feared[link, b] * size[i]
                base = rent[link] + toll[link, b] + fee_log[link] * fee_factor[link]
                ahead = ratio[link] * value[head[link], b]
                if guarded(ahead, base, risk, cost[link], lot[i], link, territory):
                    escorted[k, i] = territory.escort_effect[link]


@njit(cache=True, inline="always")
def _move(
    n: int,
    place: int,
    count: int,
    busy: int,
    links: Links,
    flows: Flows,
    trip: Trip,
    value: Floats,
    groups: Groups,
    territory: Territory,
    hijack: HijackNumbers,
    work: Work,
    key: Key,
) -> None:
    """Goods go over the offers of a node: loads are seized or robbed, the rest arrives, all are counted."""
    stock, hazard, offer_group = trip.stock, trip.hazard, trip.offer_group
    moved, escorted, link_of, slot_of = work.moved, work.escorted, work.link, work.slot
    head, ratio, load_kg, crew = links.head, links.ratio, links.load_kg, links.crew_per_load
    link_kg, seized_kg, node_seized = flows.link_kg, flows.seized_kg, flows.node_seized_kg
    process_loss, offer_kg, all_sent, all_lost = (
        flows.process_loss_kg,
        flows.offer_kg,
        flows.sent,
        flows.lost,
    )
    group_sent, group_lost, crew_lost = flows.group_sent_kg, flows.group_lost_kg, flows.crew_lost
    size, who = work.size, work.who
    slots, per_km = trip.capacity.shape[1], hijack.hazard_per_1000_km / 1000.0
    for k in range(count):
        link, m = link_of[k], slot_of[k]
        carrier = offer_group[link, m] if m < slots - 1 else -1
        for i in range(busy):
            kg, b = moved[k, i], who[i]
            if kg <= NOTHING_KG:
                continue
            exposed = size[i] * (1.0 - escorted[k, i])
            loads = max(1.0, math.ceil(kg / load_kg[link] - 1e-9))
            draw, other = uniforms(key[0], link * slots + m, b, SEIZURE, key[1], key[2])
            lost = binomial(int(loads), chance(hazard[link] * exposed), draw)
            seized = kg * lost / loads
            threat, robber = hijack_hazard(
                place, carrier, b, links.ground_km[link], per_km, groups, territory
            )
            robbed = binomial(int(loads - lost), chance(threat * exposed), other) if threat > 0.0 else 0.0
            taken = kg * robbed / loads
            arrives = (kg - seized - taken) * ratio[link]
            stock[n, b] -= kg
            stock[head[link], b] += arrives
            if robbed > 0.0:
                sell_robbed(head[link], b, taken, robber, hijack.price_share, value, stock, flows)
                flows.hijacked_kg[link] += taken
                flows.hijacked_loads[link] += robbed
            link_kg[link] += kg
            seized_kg[link] += seized
            node_seized[n] += seized
            process_loss[n] += kg - seized - taken - arrives
            offer_kg[link, m] += kg
            all_sent[link, b] += loads
            all_lost[link, b] += lost + robbed
            if carrier >= 0:
                group_sent[carrier, b] += kg
                group_lost[carrier, b] += seized + taken
                crew_lost[carrier] += lost * crew[link]


@njit(cache=True, inline="always")
def _pay(
    place: int,
    count: int,
    busy: int,
    links: Links,
    flows: Flows,
    average: Floats,
    trip: Trip,
    numbers: ContractingNumbers,
    territory: Territory,
    work: Work,
) -> None:
    """Principals pay carriers, holders of places, outlays and escorts for what they sent from a node."""
    lot, moved, escorted, link_of, slot_of = work.lot, work.moved, work.escorted, work.link, work.slot
    who = work.who
    fee_factor, all_toll, fee_log, cost = trip.fee_factor, trip.toll, links.fee_log, links.cost_usd_per_kg
    offer_fee, cash, money = flows.offer_fee_usd, flows.broker_cash_usd, flows.money_usd
    escort_usd, escorted_kg = flows.escort_usd, flows.escorted_kg
    slots, holder, protector = trip.capacity.shape[1], trip.holder[place], territory.escort_group[place]
    for k in range(count):
        link, m = link_of[k], slot_of[k]
        ad_hoc = m == slots - 1
        factor = fee_factor[link] * (numbers.latent_fee_factor if ad_hoc else 1.0)
        for i in range(busy):
            kg, b = moved[k, i], who[i]
            if kg <= NOTHING_KG:
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
            if escorted[k, i] > 0.0:
                guard = escort_price(link, lot[i], territory) * kg
                cash[b] -= guard
                escort_usd[protector] += guard
                money[ESCORT] += guard
                escorted_kg[link] += kg


@njit(cache=True, inline="always")
def _contract(
    n: int,
    nodes: Nodes,
    prices: Prices,
    trip: Trip,
    numbers: ContractingNumbers,
    work: Work,
    desired_kg: Floats,
    key: Key,
) -> tuple[int, int]:
    """Principals hand what waits at a node to partners; returns how many offers and how many principals."""
    who, lot, lots, link_of, slot_of, room = work.who, work.lot, work.lots, work.link, work.slot, work.room
    weights, desired, moved = work.weights, work.desired, work.moved
    first, last = nodes.link_start[n], nodes.link_start[n + 1]
    stock, value, pull = trip.stock, prices.value, prices.weight
    busy = draw_lots(
        n, first, last, stock, value, pull, prices.risk, trip.usual_risk, who, lot, lots, numbers, key
    )
    if busy == 0:
        return 0, 0
    count = list_offers(first, last, trip.capacity, link_of, slot_of, room)
    capacity, group, trust = trip.capacity, trip.offer_group, trip.trust_power
    noise, ad_hoc = numbers.partner_noise, trip.trust_ad_hoc
    offer_weights(
        count, busy, who, link_of, slot_of, capacity, group, trust, ad_hoc, pull, noise, weights, key
    )
    choose_partners(n, count, busy, who, lots, lot, weights, desired, room, link_of, desired_kg, key)
    place_lots(n, count, busy, who, weights, desired, moved, room, lot, work.refused, key)
    for i in range(busy):
        work.size[i] = (lot[i] / numbers.lot_kg) ** trip.size_exponent
    return count, busy


@njit(cache=True, nogil=True)
def transit(
    nodes: Nodes,
    links: Links,
    marginal_cost_usd_per_kg: Floats,
    prices: Prices,
    sources: Sources,
    flows: Flows,
    trip: Trip,
    groups: Groups,
    territory: Territory,
    numbers: ContractingNumbers,
    hijack: HijackNumbers,
    supply_spread: float,
    work: Work,
    key: Key,
) -> None:
    """One forward sweep over the nodes in the static order.

    ``trip`` (see :class:`trasiego.model.trip.Trip`) and ``flows`` hold the arrays read and written: stock
    [N, B] kg and the flows of the month. Mass is conserved: stock before + bought = sold + seized + lost in
    processing + stock after; what is robbed changes hands. Draws: consignment size, partners, sampling,
    seizures and robberies. ``key`` is (month from
    the start of the spin-up, seed, run).
    """
    value, average, desired_kg = prices.value, prices.average_value, flows.desired_kg
    zone_of, market_of, place_of = nodes.zone, nodes.market, nodes.place
    for n in range(place_of.size):
        zone, market = zone_of[n], market_of[n]
        if zone >= 0:
            _buy(zone, n, trip, sources, flows, value, marginal_cost_usd_per_kg[zone], numbers, supply_spread)
        if market >= 0:
            _sell(n, market, trip.stock, trip.market_price[market], flows)
        else:
            count, busy = _contract(n, nodes, prices, trip, numbers, work, desired_kg, key)
            if count > 0:
                _escorts(count, busy, links, trip, value, prices.risk, territory, work)
                _move(
                    n,
                    place_of[n],
                    count,
                    busy,
                    links,
                    flows,
                    trip,
                    value,
                    groups,
                    territory,
                    hijack,
                    work,
                    key,
                )
                _pay(place_of[n], count, busy, links, flows, average, trip, numbers, territory, work)
    flows.money_usd[HIJACK] = flows.hijack_usd.sum()
