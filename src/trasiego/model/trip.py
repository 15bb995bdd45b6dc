"""The views of world and state that valuation and transit take: what a month's journey can see and change."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from trasiego.model.noise import DRAWS_PER_BLOCK, Draws, logistic_factors, lognormal_factors
from trasiego.model.numbers import Numbers
from trasiego.model.state import State
from trasiego.world.tables import Floats, Integers, World


class Offers(NamedTuple):
    """Offers of the month, link by link: those of groups in the order of their slots, then the ad hoc one.

    By offer, from ``first`` [L + 1] of a link on: its link, slot, group (-1 for ad hoc), number (link x slots
    + slot, by which it draws) and capacity_kg. By link [L]: capacity of the groups, named_kg, and of all
    offers, total_kg.
    """

    first: Integers
    link: Integers
    slot: Integers
    group: Integers
    number: Integers
    capacity_kg: Floats
    named_kg: Floats
    total_kg: Floats


class Prospects(NamedTuple):
    """What valuation reads: room ahead, beliefs, fees, tolls, and where escort is sold.

    Scratch: way, dearer and concavity [L]; best, rate, top and bottom of one node and pull,
    passing, share and kept of one link [B].
    """

    open_power: Floats
    trust_power: Floats
    trust_ad_hoc: float
    perceived: Floats
    fee_factor: Floats
    toll: Floats
    escort_here: Integers
    escort_usd_per_kg: Floats
    escort_minimum_usd: Floats
    escort_effect: Floats
    best: Floats
    rate: Floats
    top: Floats
    bottom: Floats
    pull: Floats
    passing: Floats
    share: Floats
    kept: Floats
    way: Floats
    dearer: Floats
    concavity: Floats


class Ahead(NamedTuple):
    """Scratch of the two passes that find what the way ahead can carry.

    By link: coming; by node: incoming; ease [N, B]; tight and easiest [B].
    """

    coming: Floats
    incoming: Floats
    ease: Floats
    tight: Floats
    easiest: Floats


class Trip(NamedTuple):
    """What the sweep reads and writes; shapes as in :mod:`trasiego.model.state`.

    buying [Z, B] is the weight of each principal at each zone, zero where it does not buy this month;
    lot_factor and partner_factor [quantile] are the noise of :mod:`trasiego.model.noise`.
    """

    stock: Floats
    made_kg: Floats
    node_capacity: Floats
    trust_power: Floats
    trust_ad_hoc: float
    usual_risk: Floats
    fee_factor: Floats
    hazard: Floats
    size_exponent: float
    buying: Floats
    market_price: Floats
    lot_factor: Floats
    partner_factor: Floats


class Work(NamedTuple):
    """Scratch of the sweep.

    Of the month, by offer: room (kg) and partner_words of its draws. By node: node (its number), lot_words,
    caution [N, B] and start [B, N] of the sampling; seen, usual and wanted (kg, at a source) [B]; principal
    and unused [N].

    Of a node, by principal with goods there, ``who`` its index: lot (kg), lots, size (growth of the hazard
    with the consignment), refused (kg). By such and offer of the node: weights, asked and moved (kg); by
    offer, the part accepted. Pairs that go: pair_who and pair_offer in these, drawn_offer and drawn_who in
    the draws, which are seizure and robbery.
    """

    room: Floats
    partner_words: Draws
    node: Integers
    lot_words: Draws
    caution: Floats
    start: Floats
    seen: Floats
    usual: Floats
    wanted: Floats
    principal: Integers
    unused: Floats
    who: Integers
    lot: Floats
    lots: Floats
    size: Floats
    refused: Floats
    accepted: Floats
    weights: Floats
    asked: Floats
    moved: Floats
    pair_who: Integers
    pair_offer: Integers
    drawn_offer: Integers
    drawn_who: Integers
    seizure: Floats
    robbery: Floats


def _indices(size: int) -> Integers:
    return np.zeros(size, dtype=np.int64)


def _largest_degree(world: World) -> int:
    """Most links that leave a node."""
    return int(np.diff(world.nodes.link_start).max(initial=0))


def offers_of(world: World) -> Offers:
    """Room for the offers of a world."""
    links, slots = world.opening.offer_group.shape
    most = links * (slots + 1)

    return Offers(
        first=_indices(links + 1),
        link=_indices(most),
        slot=_indices(most),
        group=_indices(most),
        number=_indices(most),
        capacity_kg=np.zeros(most),
        named_kg=np.zeros(links),
        total_kg=np.zeros(links),
    )


def prospects_of(world: World, state: State) -> Prospects:
    """Prospects that share their arrays with the state."""
    networks, memory, territory = state.networks, state.memory, state.territory
    brokers = world.principals.share.size
    links = world.links.tail.size
    return Prospects(
        open_power=networks.open_power,
        trust_power=memory.trust_power,
        trust_ad_hoc=memory.trust_ad_hoc,
        perceived=memory.perceived,
        fee_factor=networks.fee_factor,
        toll=territory.toll,
        escort_here=territory.escort_here,
        escort_usd_per_kg=territory.escort_usd_per_kg,
        escort_minimum_usd=territory.escort_minimum_usd,
        escort_effect=territory.escort_effect,
        best=np.zeros(brokers),
        rate=np.zeros(brokers),
        top=np.zeros(brokers),
        bottom=np.zeros(brokers),
        pull=np.zeros(brokers),
        passing=np.zeros(brokers),
        share=np.zeros(brokers),
        kept=np.zeros(brokers),
        way=np.zeros(links),
        dearer=np.zeros(links),
        concavity=np.zeros(links),
    )


def trip_of(world: World, state: State, numbers: Numbers) -> Trip:
    """Trip that shares its arrays with the state; ``buying`` is filled by the schedule each month."""
    networks, memory = state.networks, state.memory
    return Trip(
        stock=state.stock,
        made_kg=state.made_kg,
        node_capacity=networks.node_capacity,
        trust_power=memory.trust_power,
        trust_ad_hoc=memory.trust_ad_hoc,
        usual_risk=-np.log1p(-memory.prior),
        fee_factor=networks.fee_factor,
        hazard=state.authority.hazard,
        size_exponent=numbers.interdiction.load_size_exponent,
        buying=np.zeros((world.zones.node.size, world.principals.share.size)),
        market_price=state.demand.price_usd,
        lot_factor=lognormal_factors(numbers.contracting.lot_spread),
        partner_factor=logistic_factors(numbers.contracting.partner_noise),
    )


def ahead_of(world: World) -> Ahead:
    """Scratch for a world."""
    links, nodes, brokers = world.links.tail.size, world.nodes.place.size, world.principals.share.size
    return Ahead(*(np.zeros(size) for size in (links, nodes, (nodes, brokers), brokers, brokers)))


def work_of(world: World) -> Work:
    """Scratch large enough for all offers, and for the node with most of them."""
    slots = world.opening.offer_group.shape[1] + 1
    offers, degree = world.links.tail.size * slots, _largest_degree(world) * slots
    nodes, brokers = world.nodes.place.size, world.principals.share.size
    pairs = degree * brokers + 1  # lists write one ahead
    rows = 2 * -(-brokers // DRAWS_PER_BLOCK)

    return Work(
        room=np.zeros(offers),
        partner_words=np.zeros((rows, offers), dtype=np.uint64),
        node=np.arange(nodes, dtype=np.int64),
        lot_words=np.zeros((rows, nodes), dtype=np.uint64),
        caution=np.zeros((nodes, brokers)),
        start=np.zeros((brokers, nodes)),
        seen=np.zeros(brokers),
        usual=np.zeros(brokers),
        wanted=np.zeros(brokers),
        principal=_indices(nodes),
        unused=np.zeros(nodes),
        who=_indices(brokers),
        lot=np.zeros(brokers),
        lots=np.zeros(brokers),
        size=np.zeros(brokers),
        refused=np.zeros(brokers),
        accepted=np.zeros(degree),
        weights=np.zeros((brokers, degree)),
        asked=np.zeros((brokers, degree)),
        moved=np.zeros((brokers, degree)),
        pair_who=_indices(pairs),
        pair_offer=_indices(pairs),
        drawn_offer=_indices(pairs),
        drawn_who=_indices(pairs),
        seizure=np.zeros(pairs),
        robbery=np.zeros(pairs),
    )
