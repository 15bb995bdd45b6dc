"""A run of the reference program, month by month."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from validation.narcologic.choice import kept, salience_values, shares
from validation.narcologic.interdiction import (
    chosen_edges,
    learned,
    least_capacity,
    next_capacity,
    opening_probability,
)
from validation.narcologic.network import PRODUCER, Network
from validation.narcologic.parameters import Parameters
from validation.narcologic.prices import bribes_usd, initial_costs, price_field, supply_kg
from validation.narcologic.risk import initial_risk, next_cost, next_premium, perceived_risk
from validation.narcologic.routes import TRAFFICKERS, UNUSED, Routes, adjust, opening_routes

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Series:
    """One figure for each month [T]; month 1 comes first and, as in the reference series, moves nothing.

    Amounts in kg and USD; `active_nodes` were sent goods, `active_routes` are edges that carried some,
    `seizures` edges on which they were seized, valued at the price of the place they were sent to.
    `cost_most` is the largest transport cost of any edge in USD/kg.
    """

    supply_kg: Floats
    delivered_kg: Floats
    seized_kg: Floats
    seizures: Floats
    active_nodes: Floats
    active_routes: Floats
    capacity: Floats
    seized_usd: Floats
    bribes_usd: Floats
    stock_kg: Floats
    cost_most: Floats

    def between(self, first: int, last: int) -> Series:
        """Return months `first` to `last`, both counted."""
        return Series(*(getattr(self, each.name)[first - 1 : last] for each in fields(self)))


def send(
    network: Network,
    routes: Routes,
    stock_kg: Floats,
    gross_gain: Floats,
    cost: Floats,
    risk: Floats,
    chosen: Flags,
    parameters: Parameters,
) -> tuple[Floats, Floats]:
    """Move the goods of one month through the network; return flow and seized kg of each edge [E].

    `stock_kg` [N] is changed: what is sent leaves the node, what is not seized arrives. `gross_gain` [E] is
    price at the head less price at the tail. A hit takes the whole flow of the edge.
    """
    flow, seized = np.zeros(network.tail.size), np.zeros(network.tail.size)
    for node in range(network.end):
        if stock_kg[node] <= 0.0:
            continue
        edges = np.arange(network.start[node], network.start[node + 1])
        usable = edges[routes.owner[edges] != UNUSED]
        edges = usable[routes.open[usable]]
        if edges.size == 0:
            edges = usable[[np.argmin(risk[usable])]]
        amount = min(stock_kg[node] / edges.size, parameters.edge_limit_kg)
        values = salience_values(
            cost[edges], risk[edges], gross_gain[edges], amount, parameters.salience_delta
        )
        use = kept(values, risk[edges], routes.owner[edges])
        edges, values = edges[use], values[use]
        sent = np.minimum(stock_kg[node] * shares(values, risk[edges]), parameters.edge_limit_kg)
        flow[edges] = sent
        lost = np.where(chosen[edges], sent, 0.0)
        seized[edges] = lost
        stock_kg[node] = max(stock_kg[node] - sent.sum(), 0.0)
        stock_kg[network.head[edges]] += sent - lost
    return flow, seized


class _Run:
    """State of a run: what the traffickers and the agent know, and where goods are."""

    def __init__(self, network: Network, parameters: Parameters, months: int) -> None:
        edges = network.tail.size
        self.network, self.parameters = network, parameters
        self.price = price_field(network, parameters)
        self.gross_gain = self.price[network.head] - self.price[network.tail]
        self.first_cost = initial_costs(network, parameters)
        self.cost = self.first_cost.copy()
        self.risk = np.full(edges, initial_risk(parameters))
        self.premium = np.ones(edges)
        self.events = np.zeros((parameters.memory_months, edges), dtype=bool)
        self.probability = opening_probability(network, parameters.end_in_sight)
        self.capacity = least_capacity(parameters)
        self.last_seized = np.zeros(edges)
        self.had_success = False
        self.routes = opening_routes(network, self.gross_gain - self.cost)
        self.stock = np.zeros(network.size)
        self.series = Series(*(np.zeros(months) for _ in fields(Series)))

    def month(self, month: int) -> None:
        """One month, from the agent's choice to what everybody learns."""
        network, parameters = self.network, self.parameters
        chosen = chosen_edges(self.probability, self.last_seized, self.capacity, self.had_success, parameters)
        supply = supply_kg(month, parameters)
        self.stock[PRODUCER] += supply
        flow, seized = send(
            network, self.routes, self.stock, self.gross_gain, self.cost, self.risk, chosen, parameters
        )
        self._record(month, supply, flow, seized)
        gain = self.gross_gain - self.cost
        self.events = np.vstack([self.events[1:], chosen])
        self.risk = perceived_risk(self.events, parameters)
        for trafficker in TRAFFICKERS:
            adjust(self.routes, trafficker, gain, self.risk, flow, seized, parameters)
        self.premium = next_premium(self.premium, self.risk, parameters)
        self.cost = next_cost(self.cost, self.first_cost, self.premium, parameters)
        self.probability = learned(self.probability, chosen, seized, parameters)
        self.capacity = next_capacity(self.capacity, seized.sum(), supply, parameters)
        self.last_seized = seized
        self.had_success |= bool((seized > 0.0).any())

    def _record(self, month: int, supply: float, flow: Floats, seized: Floats) -> None:
        series, at, head = self.series, month - 1, self.network.head
        series.supply_kg[at] = supply
        series.delivered_kg[at] = self.stock[self.network.end]
        self.stock[self.network.end] = 0.0
        series.seized_kg[at] = seized.sum()
        series.seizures[at] = np.count_nonzero(seized)
        series.active_nodes[at] = np.unique(head[flow > 0.0]).size
        series.active_routes[at] = np.count_nonzero(flow)
        series.capacity[at] = self.capacity
        series.seized_usd[at] = (seized * self.price[head]).sum()
        series.bribes_usd[at] = bribes_usd(flow, seized, self.gross_gain, self.parameters).sum()
        series.stock_kg[at] = self.stock.sum()
        series.cost_most[at] = self.cost.max()


def simulate(network: Network, parameters: Parameters, months: int) -> Series:
    """Run the reference program for a number of months, the first of which moves nothing."""
    run = _Run(network, parameters, months)
    for month in range(2, months + 1):
        run.month(month)
    return run.series
