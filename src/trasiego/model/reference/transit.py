"""Twin of the sweep: buying, choosing partners, moving and losing goods, from the sources to the markets."""

from __future__ import annotations

import math
import statistics

import numpy as np

from trasiego.model.reference.draws import binomial, quantile, uniforms
from trasiego.model.reference.hijack import sell_robbed, threat_of
from trasiego.model.reference.journey import Passage, Sources, Transit
from trasiego.model.reference.valuation import (
    NAMED,
    Network,
    Numbers,
    Terms,
    Valuation,
    class_loss,
    offer_weight,
    value_before,
)

LOT, PARTNER, SAMPLE, SEIZURE = 1, 2, 3, 4
ROUNDS = 4
SPILL_DRAW = 1024
NEGLIGIBLE_KG = 1e-9


def sweep(
    network: Network,
    terms: Terms,
    sources: Sources,
    passage: Passage,
    capacity_kg: Numbers,
    carried_kg: Numbers,
    valued: Valuation,
    stock_kg: Numbers,
    n_markets: int,
) -> Transit:
    """Return what one month moves, node by node in the static order.

    capacity_kg (O) and carried_kg (N, B) as in `bottleneck`, valued from `valuation`, stock_kg (N, B) before
    the month, which is not changed. Mass: stock before and what is made equal what is sold,
    seized, lost in processing and in stock after. Random are the lot sizes, the choice of partners, the
    seizures and the robberies.
    """
    done = _nothing_yet(sources, passage, capacity_kg, stock_kg, n_markets)
    for node in range(network.n_nodes):
        if sources.zone_of_node[node] >= 0:
            _buy(sources, carried_kg[node], valued.value[node], done, node)
        market = network.market_of_node[node]
        if market >= 0:
            done.arrivals_kg[market] += done.stock_kg[node]
            done.stock_kg[node] = 0.0
            continue
        lots = _lot_sizes(network, terms, passage, valued, done, node)
        weights = _partner_weights(network, terms, passage, capacity_kg, valued, lots, node)
        desired = _desired(passage, weights, lots, done, node)
        flows = _fit(passage, capacity_kg, weights, lots, desired, node)
        for (offer, broker), mass in flows.items():
            done.stock_kg[node, broker] -= mass
            _move(network, terms, passage, valued, done, node, offer, broker, mass, lots[broker])
    return done


def _nothing_yet(
    sources: Sources, passage: Passage, capacity_kg: Numbers, stock_kg: Numbers, n_markets: int
) -> Transit:
    n_brokers = stock_kg.shape[1]
    by_zone, by_offer = sources.buying_share.shape, (len(capacity_kg), n_brokers)
    return Transit(
        stock_kg.astype(np.float64),
        np.zeros(by_zone[0]),
        np.zeros(by_zone[0]),
        np.zeros(by_zone),
        np.zeros(by_zone),
        np.zeros((n_markets, n_brokers)),
        np.zeros(len(capacity_kg)),
        np.zeros(n_brokers),
        np.zeros(len(passage.members)),
        *(np.zeros(by_offer) for _field in range(13)),
    )


def _buy(sources: Sources, carried_kg: Numbers, value: Numbers, done: Transit, node: int) -> None:
    """Let brokers buy at a source what the way ahead can carry, as far as value and supply allow."""
    zone = sources.zone_of_node[node]
    price, cost = sources.price[zone], sources.marginal_cost[zone]
    weights = sources.buying_share[zone]
    if weights.sum() == 0.0:
        return
    waiting = done.stock_kg[node].sum()
    wanted = np.zeros(len(weights))
    for broker in range(len(weights)):
        if value[broker] > 0.0:
            interest = (1.0 - price / value[broker]) / sources.buying_margin
            demand = max(0.0, sources.buying_cover * carried_kg[broker] - waiting)
            wanted[broker] = demand * weights[broker] / weights.sum() * min(max(interest, 0.0), 1.0)
    if cost > 0.0:
        part = min(max((price - cost) / (sources.supply_spread[zone] * cost), 0.0), 1.0)
    else:
        part = 1.0 if price > 0.0 else 0.0
    done.zone_demand_kg[zone] = wanted.sum()
    done.zone_made_kg[zone] = min(wanted.sum(), sources.harvest_kg[zone] * part)
    if wanted.sum() > 0.0:
        done.bought_kg[zone] = done.zone_made_kg[zone] * wanted / wanted.sum()
    done.producers_usd[zone] = price * done.bought_kg[zone]
    done.stock_kg[node] += done.bought_kg[zone]


def _lot_sizes(
    network: Network, terms: Terms, passage: Passage, valued: Valuation, done: Transit, node: int
) -> dict[int, tuple[int, float]]:
    """Return number and size (kg) of the consignments of every broker that has something to move."""
    lots = {}
    for broker, stock in enumerate(done.stock_kg[node]):
        if stock > NEGLIGIBLE_KG and valued.value[node, broker] > 0.0:
            chance = quantile(passage.seed, passage.run, passage.month, LOT, node, broker)
            z = statistics.NormalDist().inv_cdf(chance)
            size = terms.lot_kg * math.exp(passage.lot_spread * z)
            size *= _caution(network, terms, passage, valued, node, broker)
            number = max(1, math.floor(stock / size + 0.5))
            lots[broker] = (number, stock / number)
    return lots


def _caution(
    network: Network, terms: Terms, passage: Passage, valued: Valuation, node: int, broker: int
) -> float:
    """Return by how much the risk that a broker sees ahead of a node shrinks its consignments."""
    links = list(network.links_from(node))
    weight = valued.weight[links, NAMED, broker]
    seen = float((weight * -np.log(1.0 - terms.perceived[links, broker])).sum())
    usual = float((weight * -np.log(1.0 - passage.prior[links])).sum())
    if passage.lot_risk_response == 0.0 or seen <= 0.0 or usual <= 0.0:
        return 1.0
    return float(min(max((seen / usual) ** -passage.lot_risk_response, 0.25), 4.0))


def _partner_weights(
    network: Network,
    terms: Terms,
    passage: Passage,
    capacity_kg: Numbers,
    valued: Valuation,
    lots: dict[int, tuple[int, float]],
    node: int,
) -> dict[int, dict[int, float]]:
    """Return, for every broker that moves goods, the noisy weights of the offers open to it, in order."""
    found: dict[int, dict[int, float]] = {}
    for broker in lots:
        found[broker] = {}
        for link in network.links_from(node):
            for offer in network.offers_on(link):
                kind = network.class_of(offer)
                weight = offer_weight(terms, capacity_kg, valued, link, kind, offer, broker)
                if weight > 0.0:
                    # Logistic with unit variance, from its quantile function.
                    chance = quantile(passage.seed, passage.run, passage.month, PARTNER, offer, broker)
                    noise = math.sqrt(3.0) / math.pi * math.log(chance / (1.0 - chance))
                    found[broker][offer] = weight * math.exp(passage.partner_noise * noise)
    return found


def _desired(
    passage: Passage,
    weights: dict[int, dict[int, float]],
    lots: dict[int, tuple[int, float]],
    done: Transit,
    node: int,
) -> dict[tuple[int, int], float]:
    """Return the mass that each broker wants on each offer when it asks first."""
    desired = {}
    for broker, (number, size) in lots.items():
        start, _second = uniforms(passage.seed, passage.run, passage.month, SAMPLE, node, broker)
        for offer, mass in _whole_lots(weights[broker], number, size, start).items():
            desired[offer, broker] = mass
            done.desired_kg[offer] += mass
    return desired


def _whole_lots(weights: dict[int, float], number: int, size: float, start: float) -> dict[int, float]:
    """Return the mass for each offer: whole lots by systematic sampling, so near the weights as can be."""
    found: dict[int, float] = {}
    total, reached, before = sum(weights.values()), 0.0, 0
    last = max(weights, default=-1)
    for offer, weight in weights.items():
        reached += weight / total
        after = math.floor((number if offer == last else number * reached) + start)
        if after > before:
            found[offer] = (after - before) * size
        before = after
    return found


def _fit(
    passage: Passage,
    capacity_kg: Numbers,
    weights: dict[int, dict[int, float]],
    lots: dict[int, tuple[int, float]],
    desired: dict[tuple[int, int], float],
    node: int,
) -> dict[tuple[int, int], float]:
    """Return the mass that moves, by offer and broker.

    What finds no room asks again where there is some, in whole lots again; what still finds none waits.
    """
    flows: dict[tuple[int, int], float] = {}
    room = {offer: float(capacity_kg[offer]) for of_broker in weights.values() for offer in of_broker}
    for turn in range(ROUNDS):
        rejected = _accept(room, desired, flows)
        if turn == ROUNDS - 1 or max(rejected.values(), default=0.0) < NEGLIGIBLE_KG:
            break
        desired = {}
        for broker, mass in rejected.items():
            if mass <= NEGLIGIBLE_KG:
                continue
            still = {k: weight for k, weight in weights[broker].items() if room[k] > NEGLIGIBLE_KG}
            number = max(1, math.ceil(mass / lots[broker][1] - 1e-9))
            draw = broker + SPILL_DRAW * (turn + 1)
            start, _second = uniforms(passage.seed, passage.run, passage.month, SAMPLE, node, draw)
            for offer, part in _whole_lots(still, number, mass / number, start).items():
                desired[offer, broker] = part
    return {pair: mass for pair, mass in flows.items() if mass > NEGLIGIBLE_KG}


def _accept(
    room: dict[int, float], desired: dict[tuple[int, int], float], flows: dict[tuple[int, int], float]
) -> dict[int, float]:
    """Fill offers up to their room, every broker cut by the same part; return what each was refused."""
    rejected: dict[int, float] = {}
    by_offer: dict[int, dict[int, float]] = {}
    for (offer, broker), mass in desired.items():
        by_offer.setdefault(offer, {})[broker] = mass
    for offer, asked in by_offer.items():
        left, total = room[offer], sum(asked.values())
        part = min(1.0, left / total)
        for broker, mass in asked.items():
            flows[offer, broker] = flows.get((offer, broker), 0.0) + part * mass
            rejected[broker] = rejected.get(broker, 0.0) + (1.0 - part) * mass
        room[offer] = left - part * total
    return rejected


def _move(
    network: Network,
    terms: Terms,
    passage: Passage,
    valued: Valuation,
    done: Transit,
    node: int,
    offer: int,
    broker: int,
    mass: float,
    lot: tuple[int, float],
) -> None:
    """Send one broker's goods over one offer: seizures, robberies, arrival at the head, and what it costs."""
    link, kind = offer // network.slots, network.class_of(offer)
    size = (lot[1] / terms.lot_kg) ** passage.load_size_exponent
    escorted = _takes_escort(network, terms, valued, link, kind, broker, lot[1], size)
    unguarded = size * (1.0 - terms.escort_effect[link] * escorted)
    hazard = passage.hazard[link] * unguarded
    loads = max(1, math.ceil(mass / passage.load_kg[link] - 1e-9))
    uniform, second = uniforms(passage.seed, passage.run, passage.month, SEIZURE, offer, broker)
    lost = binomial(loads, -math.expm1(-hazard), uniform)
    seized = mass * lost / loads
    robber, threat = threat_of(
        passage, int(passage.place[node]), int(terms.group_of_offer[offer]), broker, link
    )
    robbed = binomial(loads - lost, -math.expm1(-threat * unguarded), second) if threat > 0.0 else 0
    taken = mass * robbed / loads
    if robbed:
        sell_robbed(passage, valued, done, int(network.head[link]), broker, robber, taken)
    passed = mass - seized - taken
    done.stock_kg[network.head[link], broker] += passed * network.ratio[link]
    done.flow_kg[offer, broker] = mass
    done.seized_kg[offer, broker] = seized
    done.robbed_kg[offer, broker] = taken
    done.process_loss_kg[offer, broker] = passed * (1.0 - network.ratio[link])
    done.load_hazard[offer, broker] = hazard
    done.loads_sent[offer, broker], done.loads_lost[offer, broker] = loads, lost + robbed
    done.loads_robbed[offer, broker] = robbed
    along = valued.average_value[link, kind, broker]
    done.fee_usd[offer, broker] = terms.fee_share(link, kind) * along * mass
    done.toll_usd[offer, broker] = terms.toll[link, broker] * along * mass
    done.transport_usd[offer, broker] = terms.cost_usd[link] * mass
    if escorted:
        done.escorted_kg[offer, broker] = mass
        done.escort_usd[offer, broker] = terms.escort_price(link, lot[1]) * mass


def _takes_escort(
    network: Network,
    terms: Terms,
    valued: Valuation,
    link: int,
    kind: int,
    broker: int,
    lot_kg: float,
    size: float,
) -> bool:
    """Return whether escort is worth its price for the real consignment, whose risk grows with its size."""
    if kind != NAMED or not terms.escort_here[link]:
        return False
    ahead = float(network.ratio[link] * valued.value[network.head[link], broker])
    risk, cost = terms.risk(link, broker), float(terms.cost_usd[link])
    rest = class_loss(terms, link, kind, broker) - risk
    alone = value_before(ahead, rest + risk * size, cost)
    escorted_loss = rest + risk * size * (1.0 - terms.escort_effect[link])
    escorted_cost = cost + terms.escort_price(link, lot_kg)
    return value_before(ahead, escorted_loss, escorted_cost) > alone
