"""Twin of the bottleneck pass and of the valuation: what a way can carry, and what a kg is worth on it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Positions = NDArray[np.int64]

NAMED, AD_HOC = 0, 1
SMALL = 1e-12
SERIES_BELOW = 1e-3


@dataclass(frozen=True)
class Network:
    """The static ways. Nodes (a place and a product) stand in an order that every link follows.

    link_start (N+1): the links out of node n are link_start[n] up to link_start[n+1]; head (L): node where a
    link ends; ratio (L): kg out for a kg in; market_of_node (N): market at the node or -1; slots: offers on
    each link, the last of them the ad hoc one.
    """

    link_start: Positions
    head: Positions
    ratio: Numbers
    market_of_node: Positions
    slots: int

    @property
    def n_nodes(self) -> int:
        """Number of nodes."""
        return len(self.market_of_node)

    @property
    def n_links(self) -> int:
        """Number of links."""
        return len(self.head)

    def links_from(self, node: int) -> range:
        """Return the links out of a node."""
        return range(int(self.link_start[node]), int(self.link_start[node + 1]))

    def offers_on(self, link: int) -> range:
        """Return the offers on a link, the ad hoc one last."""
        return range(link * self.slots, (link + 1) * self.slots)

    def offers_of(self, link: int, kind: int) -> range:
        """Return the offers of one class (NAMED or AD_HOC) on a link."""
        offers = self.offers_on(link)
        return offers[:-1] if kind == NAMED else offers[-1:]

    def class_of(self, offer: int) -> int:
        """Return AD_HOC for the last offer of a link, else NAMED."""
        return AD_HOC if offer % self.slots == self.slots - 1 else NAMED


@dataclass(frozen=True)
class Terms:
    """What moving a kilogram costs and how brokers choose.

    By link (L): fee_log (log share at the reference), fee_factor, rent (log share), cost_usd, escort_here (0
    or 1), escort_fee (USD/kg), escort_minimum (USD a consignment at least), escort_effect (share of the risk
    that escort takes away). By link and broker (L, B): perceived (chance of loss), toll (log share). By offer
    (O): group_of_offer. By group and broker (G, B): trust_power, trust to its exponent; trust_start_power is
    that of a group without a record. Numbers: latent_fee_factor, lot_kg, choice_scale, link_concavity.
    """

    fee_log: Numbers
    fee_factor: Numbers
    rent: Numbers
    cost_usd: Numbers
    escort_here: Positions
    escort_fee: Numbers
    escort_minimum: Numbers
    escort_effect: Numbers
    perceived: Numbers
    toll: Numbers
    group_of_offer: Positions
    trust_power: Numbers
    trust_start_power: float
    latent_fee_factor: float
    lot_kg: float
    choice_scale: float
    link_concavity: float

    def risk(self, link: int, broker: int) -> float:
        """Return the perceived hazard of a link: minus the log of the chance to arrive."""
        return -math.log(1.0 - self.perceived[link, broker])

    def fee_share(self, link: int, kind: int) -> float:
        """Return the fee of a class of offers as a log share of the value."""
        factor = self.latent_fee_factor if kind == AD_HOC else 1.0
        return float(self.fee_log[link] * self.fee_factor[link] * factor)

    def escort_price(self, link: int, lot_kg: float) -> float:
        """Return what escort on a link costs (USD/kg) for consignments of a size."""
        return float(max(self.escort_fee[link], self.escort_minimum[link] / lot_kg))

    def trust(self, offer: int, broker: int, kind: int) -> float:
        """Return the weight that trust gives to an offer."""
        if kind == AD_HOC:
            return self.trust_start_power
        return float(self.trust_power[self.group_of_offer[offer], broker])


class Bottleneck(NamedTuple):
    """What the way ahead has room for, by node and broker (N, B).

    openness is the share of what can come in for which there is room; carried_kg the capacity out of the node
    that has room ahead, infinite where the broker sells.
    """

    openness: Numbers
    carried_kg: Numbers


class Valuation(NamedTuple):
    """USD/kg by node and broker, or by link, class and broker; weight has no unit; escort (L, B) 0 or 1."""

    value: Numbers
    utility: Numbers
    weight: Numbers
    average_value: Numbers
    escort: Positions


def remaining_share(loss: float) -> float:
    """Return g(a) = (1 - exp(-a)) / a: the mean of exp(-a s) over the way, 1 where nothing is lost."""
    return 1.0 if loss < SMALL else -math.expm1(-loss) / loss


def value_before(value: float, loss: float, cost: float) -> float:
    """Return the value of a kg at the start of a way that leads to `value`.

    It solves dV = -(loss V + cost) ds along the way, so cutting a way in two changes nothing.
    """
    return value * math.exp(-loss) - cost * remaining_share(loss)


def value_along(value: float, loss: float, cost: float) -> float:
    """Return the mean value of a kg over the way, of which fees and tolls are a share."""
    if loss < SERIES_BELOW:
        cost_share = 1 / 2 - loss / 6 + loss**2 / 24 - loss**3 / 120
    else:
        cost_share = (1.0 - remaining_share(loss)) / loss
    return value * remaining_share(loss) - cost * cost_share


def bottleneck(
    network: Network, capacity_kg: Numbers, stock_kg: Numbers, access: Numbers, slack: float
) -> Bottleneck:
    """Return what can be carried ahead of every node for every broker, from the markets backwards.

    capacity_kg (O) a month, stock_kg (N, B), access (M, B). A market takes all from those who sell there and
    nothing from others. Elsewhere the room of a node is what its links can carry on, less the stock that
    waits there, but a twentieth at least; openness is that room over what can come in, with some slack, which
    is granted once on the whole way.
    """
    by_link = capacity_kg.reshape(network.n_links, network.slots).sum(axis=1)
    arriving = np.zeros(network.n_nodes)
    for link in range(network.n_links):
        arriving[network.head[link]] += by_link[link] * network.ratio[link]
    openness, carried, tight = (np.zeros(stock_kg.shape) for _each in range(3))
    for node in reversed(range(network.n_nodes)):
        market = network.market_of_node[node]
        for broker in range(stock_kg.shape[1]):
            if market >= 0:
                carried[node, broker] = math.inf if access[market, broker] > 0.0 else 0.0
            else:
                for link in network.links_from(node):
                    carried[node, broker] += by_link[link] * openness[network.head[link], broker]
            room = _room(network, by_link, tight, stock_kg, carried, node, broker)
            if arriving[node] > 0.0:
                tight[node, broker] = min(1.0, room / arriving[node])
                openness[node, broker] = min(1.0, slack * tight[node, broker])
    return Bottleneck(openness, carried)


def _room(
    network: Network,
    by_link: Numbers,
    tight: Numbers,
    stock_kg: Numbers,
    carried: Numbers,
    node: int,
    broker: int,
) -> float:
    """Return what a node has room for without slack: all at a market, else what its links can carry on."""
    if network.market_of_node[node] >= 0:
        return float(carried[node, broker])
    room = sum(float(by_link[k] * tight[network.head[k], broker]) for k in network.links_from(node))
    return max(0.05 * room, room - float(stock_kg[node].sum()))


def valuation(
    network: Network,
    terms: Terms,
    capacity_kg: Numbers,
    openness: Numbers,
    market_price: Numbers,
    access: Numbers,
) -> Valuation:
    """Return what a kg is worth to each broker at each node, and how it would choose among the offers.

    capacity_kg (O) as in `bottleneck` and openness (N, B) from it, market_price (M) in USD/kg, access (M, B)
    1 where the broker can sell, else 0.
    """
    n_brokers = access.shape[1]
    shape = (network.n_links, 2, n_brokers)
    found = Valuation(
        np.zeros((network.n_nodes, n_brokers)),
        np.zeros(shape),
        np.zeros(shape),
        np.zeros(shape),
        np.zeros((network.n_links, n_brokers), dtype=np.int64),
    )
    for node in reversed(range(network.n_nodes)):
        market = network.market_of_node[node]
        if market >= 0:
            found.value[node] = market_price[market] * access[market]
            continue
        for broker in range(n_brokers):
            for link in network.links_from(node):
                _value_link(network, terms, found, link, broker)
            found.value[node, broker] = _choose(network, terms, capacity_kg, openness, found, node, broker)
    return found


def class_loss(terms: Terms, link: int, kind: int, broker: int) -> float:
    """Return the whole log loss of value on a link for a class of offers, without escort."""
    risk, fee = terms.risk(link, broker), terms.fee_share(link, kind)
    return float(risk + terms.rent[link] + fee + terms.toll[link, broker])


def _value_link(network: Network, terms: Terms, found: Valuation, link: int, broker: int) -> None:
    """Fill in utility, average value and the decision on escort of both classes of one link."""
    ahead = float(network.ratio[link] * found.value[network.head[link], broker])
    if ahead <= 0.0:
        return
    for kind in (NAMED, AD_HOC):
        loss, cost = class_loss(terms, link, kind, broker), float(terms.cost_usd[link])
        if kind == NAMED and terms.escort_here[link]:
            escorted_loss = loss - terms.risk(link, broker) * terms.escort_effect[link]
            escorted_cost = cost + terms.escort_price(link, terms.lot_kg)
            if value_before(ahead, escorted_loss, escorted_cost) > value_before(ahead, loss, cost):
                found.escort[link, broker] = 1
                loss, cost = escorted_loss, escorted_cost
        found.utility[link, kind, broker] = value_before(ahead, loss, cost)
        found.average_value[link, kind, broker] = value_along(ahead, loss, cost)


def _choose(
    network: Network,
    terms: Terms,
    capacity_kg: Numbers,
    openness: Numbers,
    found: Valuation,
    node: int,
    broker: int,
) -> float:
    """Fill in the weights of all links out of a node and return the value of a kg there."""
    pairs = [
        (link, kind)
        for link in network.links_from(node)
        for kind in (NAMED, AD_HOC)
        if openness[network.head[link], broker] > 0.0
        and capacity_kg[network.offers_of(link, kind)].sum() > 0.0
    ]
    in_reach = [found.utility[link, kind, broker] for link, kind in pairs]
    best = max(in_reach, default=0.0)
    if best <= 0.0:
        return 0.0
    above, below = 0.0, 0.0
    for link, kind in pairs:
        utility = found.utility[link, kind, broker]
        together = capacity_kg[network.offers_on(link)].sum()
        if utility <= 0.0:
            continue
        pull = np.exp((utility - best) / (terms.choice_scale * best))
        theta = terms.link_concavity
        room = openness[network.head[link], broker]
        found.weight[link, kind, broker] = together ** (theta - 1.0) * room**theta * pull
        for offer in network.offers_of(link, kind):
            weight = offer_weight(terms, capacity_kg, found, link, kind, offer, broker)
            above += weight * utility
            below += weight
    return above / below if below > 0.0 else 0.0


def offer_weight(
    terms: Terms, capacity_kg: Numbers, found: Valuation, link: int, kind: int, offer: int, broker: int
) -> float:
    """Return the weight of one offer in a broker's choice; 0 where it has no capacity."""
    if capacity_kg[offer] <= 0.0:
        return 0.0
    return float(capacity_kg[offer] * terms.trust(offer, broker, kind) * found.weight[link, kind, broker])
