"""Contracting and transit at one node: consignments, partners, escort, losses and payments."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.mesa_reference.ground import worth

if TYPE_CHECKING:
    from benchmarks.mesa_reference.agents import Group, Principal
    from benchmarks.mesa_reference.ground import Node, Offer
    from benchmarks.mesa_reference.model import TradeModel

ROUNDS = 4
NOTHING_KG = 1e-9
LOGISTIC_SCALE = math.sqrt(3.0) / math.pi


@dataclass
class Batch:
    """The consignments of one principal at a node: their number, size, and the weights of the offers."""

    principal: Principal
    number: int
    size_kg: float
    weights: dict[Offer, float]


def ship(model: TradeModel, node: Node) -> None:
    """Hand what waits at a node to carriers and move it."""
    offers = [offer for link in node.links for offer in link.all_offers if offer.capacity_kg > 0.0]
    batches = [
        make_batch(model, node, principal, offers)
        for principal in model.principals
        if node.stock[principal] > NOTHING_KG and node.value[principal] > 0.0
    ]
    for batch, moved in place_batches(model, batches, offers):
        for offer, kg in moved.items():
            if kg > NOTHING_KG:
                move(model, offer, batch, kg)


def make_batch(model: TradeModel, node: Node, principal: Principal, offers: list[Offer]) -> Batch:
    """Cut the stock of a principal into consignments, and draw how much it likes each offer."""
    numbers, stock = model.numbers.contracting, node.stock[principal]
    size = numbers.lot_kg * model.random.lognormvariate(0.0, numbers.lot_spread)
    size *= caution(node, principal, numbers.lot_risk_response)
    number = max(1, math.floor(stock / size + 0.5))
    weights = {}
    for offer in offers:
        weight = offer.capacity_kg * offer.trust_of(principal)
        weight *= offer.link.weight[principal, offer.group is not None]
        if weight > 0.0:
            uniform = min(max(model.random.random(), 1e-16), 1.0 - 1e-16)
            weights[offer] = weight * (uniform / (1.0 - uniform)) ** (numbers.partner_noise * LOGISTIC_SCALE)
    return Batch(principal, number, stock / number, weights)


def caution(node: Node, principal: Principal, response: float) -> float:
    """Factor on the size of consignments where more losses are feared than usual."""
    feared = sum(link.weight[principal, True] * link.risk(principal) for link in node.links)
    usual = sum(link.weight[principal, True] * -math.log(1.0 - link.prior) for link in node.links)
    if response <= 0.0 or feared <= 0.0 or usual <= 0.0:
        return 1.0
    return float(min(max((feared / usual) ** -response, 0.25), 4.0))


def sample(model: TradeModel, batch: Batch, number: int, size_kg: float) -> dict[Offer, float]:
    """Spread whole consignments over the offers with room (systematic sampling); kg asked of each."""
    weights = {offer: weight for offer, weight in batch.weights.items() if offer.room_kg > NOTHING_KG}
    total, start, reached, before = sum(weights.values()), model.random.random(), 0.0, 0
    asked = {}
    for position, (offer, weight) in enumerate(weights.items(), start=1):
        reached += weight / total
        after = math.floor((number if position == len(weights) else number * reached) + start)
        asked[offer] = (after - before) * size_kg
        before = after
    return asked


def place_batches(
    model: TradeModel, batches: list[Batch], offers: list[Offer]
) -> list[tuple[Batch, dict[Offer, float]]]:
    """Fill offers up to their room, all alike; what is refused goes to others, in up to four rounds."""
    for offer in offers:
        offer.room_kg = offer.capacity_kg
    moved: list[dict[Offer, float]] = [{} for _batch in batches]
    asked = [sample(model, batch, batch.number, batch.size_kg) for batch in batches]
    for wishes in asked:
        for offer, kg in wishes.items():
            offer.link.desired_kg += kg
    for turn in range(ROUNDS):
        accepted = {}
        for offer in offers:
            total = sum(wishes.get(offer, 0.0) for wishes in asked)
            if total > 0.0:
                accepted[offer] = min(1.0, offer.room_kg / total)
                offer.room_kg -= accepted[offer] * total
        refused = []
        for wishes, taken in zip(asked, moved, strict=True):
            for offer, kg in wishes.items():
                if kg > 0.0:
                    taken[offer] = taken.get(offer, 0.0) + accepted[offer] * kg
            refused.append(sum((1.0 - accepted[offer]) * kg for offer, kg in wishes.items() if kg > 0.0))
        if turn == ROUNDS - 1 or max(refused, default=0.0) < NOTHING_KG:
            break
        for position, (batch, kg) in enumerate(zip(batches, refused, strict=True)):
            number = max(1, math.ceil(kg / batch.size_kg - 1e-9))
            asked[position] = sample(model, batch, number, kg / number) if kg > NOTHING_KG else {}
    return list(zip(batches, moved, strict=True))


def move(model: TradeModel, offer: Offer, batch: Batch, kg: float) -> None:
    """Send goods over one offer: loads are seized or robbed, the rest arrives, and all is paid for."""
    link, principal, carrier = offer.link, batch.principal, offer.group
    numbers = model.numbers
    size = (batch.size_kg / numbers.contracting.lot_kg) ** numbers.interdiction.load_size_exponent
    escorted = takes_escort(offer, batch, size)
    exposure = size * (1.0 - link.escort.effect) if escorted and link.escort else size
    loads = max(1, math.ceil(kg / link.facts.load_kg - 1e-9))
    seized_loads = binomial(model, loads, link.hazard * exposure)
    threat, robber = robbery_hazard(model, offer, principal)
    robbed_loads = binomial(model, loads - seized_loads, threat * exposure)
    seized, robbed = kg * seized_loads / loads, kg * robbed_loads / loads
    arrived = (kg - seized - robbed) * link.facts.ratio
    link.tail.stock[principal] -= kg
    link.head.stock[principal] += arrived
    if robbed_loads and robber is not None:
        sell_robbed(model, link.head, principal, robbed, robber)
        link.robbed_kg += robbed
        link.robbed_loads += robbed_loads
    link.kg += kg
    link.seized_kg += seized
    offer.kg += kg
    link.sent[principal] = link.sent.get(principal, 0.0) + loads
    link.lost[principal] = link.lost.get(principal, 0.0) + seized_loads + robbed_loads
    if carrier is not None:
        carrier.sent[principal] = carrier.sent.get(principal, 0.0) + kg
        carrier.lost[principal] = carrier.lost.get(principal, 0.0) + seized + robbed
        carrier.crew_lost += seized_loads * link.facts.crew_per_load
    pay(model, offer, batch, kg, escorted=escorted)


def binomial(model: TradeModel, loads: int, hazard: float) -> int:
    """Loads lost of some that are each lost with the chance of a hazard."""
    if hazard <= 0.0 or loads <= 0:
        return 0
    return int(model.rng.binomial(loads, -math.expm1(-hazard)))


def takes_escort(offer: Offer, batch: Batch, size: float) -> bool:
    """Whether escort is worth its price for this consignment."""
    link, principal = offer.link, batch.principal
    if offer.group is None or link.escort is None:
        return False
    ahead, risk = link.facts.ratio * link.head.value[principal], link.risk(principal) * size
    rest = link.facts.rent + link.toll[principal] + link.fee_share(True, 1.0)
    cost = link.facts.cost_usd_per_kg
    alone = worth(ahead, rest + risk, cost)[0]
    price = link.escort.price(batch.size_kg)
    return worth(ahead, rest + risk * (1.0 - link.escort.effect), cost + price)[0] > alone


def robbery_hazard(model: TradeModel, offer: Offer, principal: Principal) -> tuple[float, Group | None]:
    """Hazard that a typical load is robbed, and the largest group at home that does not carry it."""
    link, place, carrier = offer.link, offer.link.tail.place, offer.group
    rivals = [group for group in place.residents if group is not carrier]
    if link.facts.ground_km <= 0.0 or place.holder is principal or not rivals or place.members <= 0.0:
        return 0.0, None
    own = carrier.members if carrier is not None and carrier.home is place else 0.0
    per_km = model.numbers.hijack.hazard_per_1000_km / 1000.0
    hazard = per_km * link.facts.ground_km * max(0.0, 1.0 - own / place.members)
    return hazard, max(rivals, key=lambda group: group.members)


def sell_robbed(model: TradeModel, node: Node, owner: Principal, kg: float, robber: Group) -> None:
    """Robbed goods go to the other principal to whom they are worth most, else back to the owner."""
    others = [each for each in model.principals if each is not owner and node.value[each] > 0.0]
    buyer = max(others, key=lambda each: node.value[each], default=owner)
    paid = model.numbers.hijack.price_share * max(node.value[buyer], 0.0) * kg
    node.stock[buyer] += kg
    buyer.capital -= paid
    robber.robbery_usd += paid


def pay(model: TradeModel, offer: Offer, batch: Batch, kg: float, *, escorted: bool) -> None:
    """Pay the carrier, the holder of the place, the outlay and the escort."""
    link, principal, named = offer.link, batch.principal, offer.group is not None
    mean = link.average[principal, named]
    fee = max(0.0, link.fee_share(named, model.numbers.contracting.latent_fee_factor) * mean * kg)
    toll = max(0.0, link.toll[principal] * mean * kg)
    offer.fee_usd += fee
    principal.capital -= fee + toll + link.facts.cost_usd_per_kg * kg
    if toll > 0.0 and link.tail.place.holder is not None:
        link.tail.place.holder.capital += toll
    seller = link.tail.place.escort_seller
    if escorted and link.escort is not None and seller is not None:
        price = link.escort.price(batch.size_kg) * kg
        principal.capital -= price
        seller.escort_usd += price
