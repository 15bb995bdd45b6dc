"""The views of world and state that valuation and transit take: what a month's journey can see and change."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from trasiego.model.numbers import Numbers
from trasiego.model.state import State, Territory
from trasiego.world.tables import Floats, Integers, World


class Prospects(NamedTuple):
    """What valuation reads: capacity and room ahead, beliefs, fees, tolls, and where escort is sold."""

    capacity: Floats
    open_power: Floats
    offer_group: Integers
    trust_power: Floats
    trust_ad_hoc: float
    perceived: Floats
    fee_factor: Floats
    toll: Floats
    territory: Territory


class Trip(NamedTuple):
    """What the sweep reads and writes; shapes as in :mod:`trasiego.model.state`.

    buying [Z, B] is the weight of each principal at each zone, zero where it does not buy this month.
    """

    stock: Floats
    made_kg: Floats
    node_capacity: Floats
    capacity: Floats
    offer_group: Integers
    trust_power: Floats
    trust_ad_hoc: float
    perceived: Floats
    usual_risk: Floats
    fee_factor: Floats
    toll: Floats
    holder: Integers
    hazard: Floats
    size_exponent: float
    buying: Floats
    market_price: Floats


class Work(NamedTuple):
    """Scratch of the sweep over the offers of one node that have capacity.

    Columns and lot (kg), lots, size (growth of the hazard with the consignment), refused (kg) stand for the
    principals with goods at the node, ``who`` their index; ``escorted`` is the share of the exposure that a
    paid escort takes away from the consignment, 0 without one.
    """

    weights: Floats
    desired: Floats
    moved: Floats
    escorted: Floats
    room: Floats
    lot: Floats
    lots: Floats
    size: Floats
    refused: Floats
    who: Integers
    link: Integers
    slot: Integers


def prospects_of(state: State, numbers: Numbers) -> Prospects:
    """Prospects that share their arrays with the state."""
    trust_ad_hoc = numbers.learning.trust_start**numbers.learning.trust_exponent
    networks, memory, territory = state.networks, state.memory, state.territory
    return Prospects(
        networks.capacity,
        networks.open_power,
        networks.group,
        memory.trust_power,
        trust_ad_hoc,
        memory.perceived,
        networks.fee_factor,
        territory.toll,
        territory,
    )


def trip_of(world: World, state: State, numbers: Numbers) -> Trip:
    """Trip that shares its arrays with the state; ``buying`` is filled by the schedule each month."""
    trust_ad_hoc = numbers.learning.trust_start**numbers.learning.trust_exponent
    networks, memory, territory = state.networks, state.memory, state.territory
    return Trip(
        stock=state.stock,
        made_kg=state.made_kg,
        node_capacity=networks.node_capacity,
        capacity=networks.capacity,
        offer_group=networks.group,
        trust_power=memory.trust_power,
        trust_ad_hoc=trust_ad_hoc,
        perceived=memory.perceived,
        usual_risk=-np.log1p(-memory.prior),
        fee_factor=networks.fee_factor,
        toll=territory.toll,
        holder=territory.holder,
        hazard=state.authority.hazard,
        size_exponent=numbers.interdiction.load_size_exponent,
        buying=np.zeros((world.zones.node.size, world.principals.share.size)),
        market_price=state.demand.price_usd,
    )


def work_of(world: World) -> Work:
    """Scratch large enough for the node with most offers."""
    slots = world.opening.offer_group.shape[1] + 1
    degree = int(np.diff(world.nodes.link_start).max(initial=0)) * slots
    brokers = world.principals.share.size
    return Work(
        weights=np.zeros((degree, brokers)),
        desired=np.zeros((degree, brokers)),
        moved=np.zeros((degree, brokers)),
        escorted=np.zeros((degree, brokers)),
        room=np.zeros(degree),
        lot=np.zeros(brokers),
        lots=np.zeros(brokers),
        size=np.zeros(brokers),
        refused=np.zeros(brokers),
        who=np.zeros(brokers, dtype=np.int64),
        link=np.zeros(degree, dtype=np.int64),
        slot=np.zeros(degree, dtype=np.int64),
    )
