"""Transit: one sweep in the static order in which principals buy, hand over, and lose or sell goods.

Contracting and transit can't be two steps, because what is seized on one leg decides what the next one
carries. Whole consignments are handed to partners drawn from the choice weights; offers that are full spill
over to those with room; what finds none waits as stock.
"""

from __future__ import annotations

import numpy as np

from trasiego.model.compiled import apart_kernel, index, inlined_kernel
from trasiego.model.consignments import (
    draw_lots,
    list_pairs,
    offer_weights,
    place_lots,
    prepare_consignments,
)
from trasiego.model.draws import Key, losses
from trasiego.model.escort import escort_price, guarded
from trasiego.model.hijack import hijack_hazard, sell_robbed
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
from trasiego.model.trip import Offers, Trip, Work
from trasiego.model.valuation import LATENT, NAMED
from trasiego.world.tables import Floats, Links, Nodes


@inlined_kernel
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
    wanted: Floats,
) -> None:
    """Principals buy at a source what the way ahead can carry and the price leaves worth buying."""
    stock, buying, cash, money = trip.stock, trip.buying, flows.broker_cash_usd, flows.money_usd
    brokers, price = stock.shape[1], sources.price_usd[zone]
    waiting, weights = 0.0, 0.0
    for b in range(brokers):
        waiting += stock[n, b]
        weights += buying[zone, b]
    total = 0.0
    for b in range(brokers):
        wanted[b] = 0.0
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


@inlined_kernel
def _sell(n: int, market: int, stock: Floats, price: float, flows: Flows) -> None:
    """Whatever reaches a market is sold at its price."""
    arrivals, cash, money = flows.arrivals_kg, flows.broker_cash_usd, flows.money_usd
    for b in range(stock.shape[1]):
        sold = stock[n, b]
        arrivals[market, b] += sold
        cash[b] += sold * price
        money[CONSUMERS] += sold * price
        stock[n, b] = 0.0


@inlined_kernel
def _escort(
    link: int,
    b: int,
    lot_kg: float,
    size: float,
    links: Links,
    trip: Trip,
    value: Floats,
    feared: Floats,
    territory: Territory,
) -> float:
    """Share of its hazard that escort takes from a consignment: 0 where the principal does not buy it."""
    risk = feared[link, b] * size
    base = links.rent[link] + territory.toll[link, b] + links.fee_log[link] * trip.fee_factor[link]
    ahead = links.ratio[link] * value[links.head[link], b]
    if guarded(ahead, base, risk, links.cost_usd_per_kg[link], lot_kg, link, territory):
        return float(territory.escort_effect[link])
    return 0.0


@inlined_kernel
def _move(
    n: int,
    place: int,
    link: int,
    m: int,
    b: int,
    carrier: int,
    kg: float,
    exposed: float,
    links: Links,
    flows: Flows,
    trip: Trip,
    value: Floats,
    groups: Groups,
    territory: Territory,
    hijack: HijackNumbers,
    draw: float,
    other: float,
) -> None:
    """Goods go over an offer: loads are seized or robbed, the rest arrives, all are counted.

    ``exposed`` is the hazard of each load over that of a typical one without escort; ``draw`` decides the
    seizures and ``other`` the robberies.
    """
    stock, head, per_km = trip.stock, index(links.head[link]), hijack.hazard_per_1000_km / 1000.0
    loads = max(1.0, np.ceil(kg / links.load_kg[link] - 1e-9))
    lost = losses(int(loads), trip.hazard[link] * exposed, draw)
    threat, robber = hijack_hazard(place, carrier, b, links.ground_km[link], per_km, groups, territory)
    robbed = losses(int(loads - lost), threat * exposed, other)
    left = kg
    if lost + robbed > 0:
        left = _lose(n, link, b, carrier, kg, loads, lost, robbed, links, flows)
        if robbed > 0:
            sell_robbed(head, b, kg * robbed / loads, robber, hijack.price_share, value, stock, flows)
    arrives = left * links.ratio[link]
    stock[n, b] -= kg
    stock[head, b] += arrives
    flows.link_kg[link] += kg
    flows.process_loss_kg[n] += left - arrives
    flows.offer_kg[link, m] += kg
    flows.sent[link, b] += loads
    if carrier >= 0:
        flows.group_sent_kg[index(carrier), b] += kg


@inlined_kernel
def _lose(
    n: int,
    link: int,
    b: int,
    carrier: int,
    kg: float,
    loads: float,
    lost: int,
    robbed: int,
    links: Links,
    flows: Flows,
) -> float:
    """Count loads that were seized or robbed; returns the kg that are left."""
    seized, taken = kg * lost / loads, kg * robbed / loads
    flows.seized_kg[link] += seized
    flows.node_seized_kg[n] += seized
    flows.hijacked_kg[link] += taken
    flows.hijacked_loads[link] += robbed
    flows.lost[link, b] += lost + robbed
    if carrier >= 0:
        flows.group_lost_kg[index(carrier), b] += seized + taken
        flows.crew_lost[carrier] += lost * links.crew_per_load[link]
    return kg - seized - taken


@inlined_kernel
def _pay(
    place: int,
    link: int,
    m: int,
    ad_hoc: bool,
    b: int,
    kg: float,
    lot_kg: float,
    escorted: bool,
    links: Links,
    flows: Flows,
    average: Floats,
    trip: Trip,
    latent_fee_factor: float,
    territory: Territory,
) -> None:
    """A principal pays carrier, holder of the place, outlay and escort for what it sent over an offer."""
    cash, money = flows.broker_cash_usd, flows.money_usd
    mean = average[link, LATENT if ad_hoc else NAMED, b]
    factor = trip.fee_factor[link] * (latent_fee_factor if ad_hoc else 1.0)
    fee = max(0.0, links.fee_log[link] * factor * mean * kg)
    toll = max(0.0, territory.toll[link, b] * mean * kg)
    outlay = links.cost_usd_per_kg[link] * kg
    flows.offer_fee_usd[link, m] += fee
    money[AD_HOC_FEES if ad_hoc else GROUP_FEES] += fee
    money[TRANSPORT] += outlay
    cash[b] -= fee + toll + outlay
    if toll > 0.0:
        cash[territory.holder[place]] += toll
        money[TOLLS] += toll
    if escorted:
        guard = escort_price(link, lot_kg, territory) * kg
        cash[b] -= guard
        flows.escort_usd[territory.escort_group[place]] += guard
        money[ESCORT] += guard
        flows.escorted_kg[link] += kg


@inlined_kernel
def _contract(
    n: int,
    first: int,
    last: int,
    offers: Offers,
    prices: Prices,
    trip: Trip,
    numbers: ContractingNumbers,
    work: Work,
    desired_kg: Floats,
    key: Key,
) -> int:
    """Principals hand what waits at a node to partners.

    Returns how many pairs of offer and principal goods go by, as :func:`list_pairs` does.
    """
    busy = draw_lots(n, prices.value, trip, work, numbers)
    if busy == 0 or first == last:
        return 0
    offer_weights(first, last, busy, offers, trip, prices.weight, work)
    place_lots(n, first, last, busy, offers.link, work, desired_kg, key)
    return list_pairs(first, last, busy, offers.number, work, key)


@inlined_kernel
def _send(
    n: int,
    place: int,
    first: int,
    pairs: int,
    offers: Offers,
    links: Links,
    prices: Prices,
    flows: Flows,
    trip: Trip,
    groups: Groups,
    territory: Territory,
    numbers: ContractingNumbers,
    hijack: HijackNumbers,
    work: Work,
) -> None:
    """What was placed at a node goes its way and is paid for."""
    value, average, factor = prices.value, prices.average_value, numbers.latent_fee_factor
    for pair in range(pairs):
        i, k = index(work.pair_who[pair]), index(first + work.pair_offer[pair])
        link, m, carrier, b = (
            index(offers.link[k]),
            index(offers.slot[k]),
            offers.group[k],
            index(work.who[i]),
        )
        kg, lot, size = work.moved[i, k - first], work.lot[i], work.size[i]
        effect = 0.0
        if territory.escort_here[link] == 1 and carrier >= 0:
            effect = _escort(link, b, lot, size, links, trip, value, prices.risk, territory)
        _move(
            n,
            place,
            link,
            m,
            b,
            carrier,
            kg,
            size * (1.0 - effect),
            links,
            flows,
            trip,
            value,
            groups,
            territory,
            hijack,
            work.seizure[pair],
            work.robbery[pair],
        )
        ad_hoc, guarded = carrier < 0, effect > 0.0
        _pay(place, link, m, ad_hoc, b, kg, lot, guarded, links, flows, average, trip, factor, territory)


@apart_kernel
def transit(
    nodes: Nodes,
    links: Links,
    marginal_cost_usd_per_kg: Floats,
    prices: Prices,
    sources: Sources,
    flows: Flows,
    offers: Offers,
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
    value, cost, wanted = prices.value, marginal_cost_usd_per_kg, work.wanted
    prepare_consignments(nodes, offers, prices, trip, work, numbers.lot_risk_response, key)
    for n in range(nodes.place.size):
        zone, market, place = nodes.zone[n], nodes.market[n], index(nodes.place[n])
        if zone >= 0:
            _buy(index(zone), n, trip, sources, flows, value, cost[zone], numbers, supply_spread, wanted)
        if market >= 0:
            _sell(n, index(market), trip.stock, trip.market_price[market], flows)
        else:
            first = index(offers.first[index(nodes.link_start[n])])
            last = offers.first[index(nodes.link_start[n + 1])]
            pairs = _contract(n, first, last, offers, prices, trip, numbers, work, flows.desired_kg, key)
            _send(
                n,
                place,
                first,
                pairs,
                offers,
                links,
                prices,
                flows,
                trip,
                groups,
                territory,
                numbers,
                hijack,
                work,
            )
    for group in range(flows.hijack_usd.size):
        flows.money_usd[HIJACK] += flows.hijack_usd[group]
