"""What the way ahead can carry, and what a kilogram is worth on it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.mesa_reference.agents import Principal
    from benchmarks.mesa_reference.ground import Link, Node
    from benchmarks.mesa_reference.model import TradeModel

LEAST_ROOM = 0.05


def look_ahead(model: TradeModel) -> None:
    """One pass forwards over what can come, one backwards over what there is room for."""
    for link in model.links:
        link.set_capacity(model.numbers.contracting.latent_loads_per_month)
    for node in model.nodes:
        node.incoming_kg = 0.0
    for node in model.nodes:
        there = node.incoming_kg + node.waiting_kg() + (node.zone.harvest_kg if node.zone else 0.0)
        out = sum(link.capacity_kg for link in node.links)
        for link in node.links:
            link.coming_kg = link.capacity_kg * min(1.0, there / out) if out > 0.0 else 0.0
            link.head.incoming_kg += link.coming_kg * link.facts.ratio
    for node in reversed(model.nodes):
        for principal in model.principals:
            see_room(model, node, principal)


def see_room(model: TradeModel, node: Node, principal: Principal) -> None:
    """Room at a node for what can come in, and what its offers can carry on to where there is room."""
    slack = model.numbers.contracting.bottleneck_slack
    eases = [link.head.ease[principal] for link in node.links]
    if node.market is not None:
        room = node.carried_kg[principal] = math.inf if principal.sells[node.market] else 0.0
        idle = room
    else:
        room = node.carried_kg[principal] = 0.0
        for link, ease in zip(node.links, eases, strict=True):
            if ease > 0.0:
                taken = link.coming_kg * ease if link.coming_kg > 0.0 else math.inf
                room += min(link.capacity_kg, taken)
                node.carried_kg[principal] += min(link.capacity_kg, slack * taken)
        room = max(LEAST_ROOM * room, room - node.waiting_kg())
        idle = max(eases, default=0.0)
    ease = room / node.incoming_kg if node.incoming_kg > 0.0 else idle
    node.ease[principal] = ease if room > 0.0 else 0.0
    openness = min(1.0, slack * node.ease[principal])
    node.openness[principal] = openness**model.numbers.valuation.link_concavity


def value_nodes(model: TradeModel) -> None:
    """One pass backwards: the value at a node is what is expected over noisy choices."""
    for node in reversed(model.nodes):
        for principal in model.principals:
            if node.market is not None:
                node.value[principal] = node.market.price if principal.sells[node.market] else 0.0
            else:
                node.value[principal] = expect(model, node, principal)


def expect(model: TradeModel, node: Node, principal: Principal) -> float:
    """Appraise the links of a node, weigh them and return the value of a kilogram."""
    best = 0.0
    for link in node.links:
        link.appraise(principal)
        if link.head.openness[principal] > 0.0:
            for named, capacity in link.capacities():
                if capacity > 0.0:
                    best = max(best, link.utility[principal, named])
    above = below = 0.0
    for link in node.links:
        weigh(model, link, principal, best)
        for offer in link.all_offers:
            named = offer.group is not None
            weight = link.weight[principal, named]
            if weight > 0.0 and offer.capacity_kg > 0.0:
                weight *= offer.capacity_kg * offer.trust_of(principal)
                above += weight * link.utility[principal, named]
                below += weight
    return above / below if below > 0.0 else 0.0


def weigh(model: TradeModel, link: Link, principal: Principal, best: float) -> None:
    """Choice weight of a kilogram of capacity of a link, for named and ad hoc carriers."""
    numbers = model.numbers.valuation
    room = link.head.openness[principal]
    for named, capacity in link.capacities():
        utility = link.utility[principal, named]
        link.weight[principal, named] = 0.0
        if best > 0.0 and room > 0.0 and utility > 0.0 and capacity > 0.0:
            pull = math.exp((utility - best) / (numbers.choice_scale * best))
            link.weight[principal, named] = link.capacity_kg ** (numbers.link_concavity - 1.0) * room * pull
