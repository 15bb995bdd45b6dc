"""What changes during a run, as flat arrays; and the money accounts.

Shapes as in :mod:`trasiego.world.tables`. A run starts from a copy of the state that ``opening_state``
builds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from trasiego.world.tables import HYDROCHLORIDE, Floats, Integers, World

ACCOUNTS = (
    "consumers_paid",
    "producers",
    "group_fees",
    "ad_hoc_fees",
    "tolls",
    "escort",
    "police",
    "transport",
    "wages",
    "confiscated",
    "entry_capital",
)
(
    CONSUMERS,
    PRODUCERS,
    GROUP_FEES,
    AD_HOC_FEES,
    TOLLS,
    ESCORT,
    POLICE,
    TRANSPORT,
    WAGES,
    CONFISCATED,
    ENTRY_CAPITAL,
) = range(len(ACCOUNTS))


class Prices(NamedTuple):
    """Values and weights of a month; arrays as :func:`trasiego.model.valuation.valuation` describes."""

    value: Floats
    utility: Floats
    weight: Floats
    average_value: Floats
    escorted: Floats


class Flows(NamedTuple):
    """What moved in a month.

    link_kg, seized_kg, escorted_kg, desired_kg [L]; offer_kg, offer_fee_usd [L, M + 1]; sent, lost [L, B]
    loads; group_sent_kg, group_lost_kg [G, B]; crew_lost [G]; escort_usd [G]; arrivals_kg [Q, B];
    zone_demand_kg, zone_made_kg [Z]; node_seized_kg, process_loss_kg [N] (at the tail of the link);
    broker_cash_usd [B] change; money_usd [accounts].
    """

    link_kg: Floats
    seized_kg: Floats
    escorted_kg: Floats
    desired_kg: Floats
    offer_kg: Floats
    offer_fee_usd: Floats
    sent: Floats
    lost: Floats
    group_sent_kg: Floats
    group_lost_kg: Floats
    crew_lost: Floats
    escort_usd: Floats
    arrivals_kg: Floats
    zone_demand_kg: Floats
    zone_made_kg: Floats
    node_seized_kg: Floats
    process_loss_kg: Floats
    broker_cash_usd: Floats
    money_usd: Floats


class Groups(NamedTuple):
    """Group slots [G]: kind -1 marks a free slot; access 0 none, 1 local, 2 national; led 1 with a leader.

    The first ``reserved`` slots belong to named groups and are never used by others.
    """

    kind: Integers
    members: Floats
    home: Integers
    access: Integers
    led: Integers
    peak: Floats
    capital_usd: Floats
    income_usd: Floats
    born: Integers
    parent: Integers
    reserved: int


class Networks(NamedTuple):
    """Who works which link, and how full it is.

    group [L, M] slot or -1; share [L, M] of the group's members on the link; capacity [L, M + 1] kg/month;
    utilisation and fee_factor [L]; open_power and node_capacity [N, B] as in
    :func:`trasiego.model.contracting.bottleneck`.
    """

    group: Integers
    share: Floats
    capacity: Floats
    utilisation: Floats
    fee_factor: Floats
    open_power: Floats
    node_capacity: Floats


class Memory(NamedTuple):
    """Beliefs: sent, lost [L, B] decayed loads; perceived risk [L, B]; trust, trust_power [G, B]."""

    prior: Floats
    sent: Floats
    lost: Floats
    perceived: Floats
    trust: Floats
    trust_power: Floats
    trust_start: float
    trust_exponent: float
    trust_ad_hoc: float


class Authority(NamedTuple):
    """Enforcement: own_budget, aid, disbursement, stance [C]; effort, hazard, signal [L]; capture [P]."""

    own_budget_usd: Floats
    aid_usd: Floats
    disbursement: Floats
    integrity: Floats
    stance: Integers
    effort: Floats
    hazard: Floats
    signal: Floats
    capture: Floats


class Territory(NamedTuple):
    """Places held: holder [P] principal or -1; toll [L, B]; mourning_months [P] since a leader fell.

    escort_group [P] armed protector selling escort or -1; escort_here [L] 1 where it can be bought.
    """

    holder: Integers
    toll: Floats
    mourning_months: Floats
    escort_group: Integers
    escort_here: Integers


class Sources(NamedTuple):
    """Zones [Z]: area, smoothed price, eradication and price now, harvest of the month."""

    area_ha: Floats
    wanted_price_usd: Floats
    price_usd: Floats
    eradication_ha: Floats
    harvest_kg: Floats


class Demand(NamedTuple):
    """Markets [Q]: price, smoothed arrivals, and the level of demand relative to the opening."""

    price_usd: Floats
    arrivals_kg: Floats
    level: Floats


@dataclass
class State:
    """Everything that changes in a run."""

    stock: Floats
    prices: Prices
    flows: Flows
    groups: Groups
    networks: Networks
    memory: Memory
    authority: Authority
    territory: Territory
    sources: Sources
    demand: Demand
    broker_capital_usd: Floats
    broker_active: Floats
    killings: Floats
    raided_kg: Floats
    made_kg: Floats
    full_table: Integers


def _zeros(*shape: int) -> Floats:
    return np.zeros(shape)


def empty_flows(world: World) -> Flows:
    """Flows of nothing, in the shapes of the world."""
    nodes, links = world.nodes.place.size, world.links.tail.size
    slots = world.opening.offer_group.shape[1] + 1
    groups, brokers = world.opening.group_kind.size, world.principals.share.size
    zones, markets = world.zones.node.size, world.markets.node.size
    return Flows(
        _zeros(links),
        _zeros(links),
        _zeros(links),
        _zeros(links),
        _zeros(links, slots),
        _zeros(links, slots),
        _zeros(links, brokers),
        _zeros(links, brokers),
        _zeros(groups, brokers),
        _zeros(groups, brokers),
        _zeros(groups),
        _zeros(groups),
        _zeros(markets, brokers),
        _zeros(zones),
        _zeros(zones),
        _zeros(nodes),
        _zeros(nodes),
        _zeros(brokers),
        _zeros(len(ACCOUNTS)),
    )


def _opening_networks(world: World) -> Networks:
    links, slots = world.opening.offer_group.shape
    group = world.opening.offer_group.copy()
    count = np.bincount(group[group >= 0], minlength=world.opening.group_kind.size)
    share = np.where(group >= 0, 1.0 / np.maximum(count, 1)[group], 0.0)
    nodes, brokers = world.nodes.place.size, world.principals.share.size
    return Networks(
        group,
        share,
        _zeros(links, slots + 1),
        np.full(links, 0.8),
        np.ones(links),
        _zeros(nodes, brokers),
        _zeros(nodes, brokers),
    )


def opening_state(world: World) -> State:
    """State of a world before its first month; arrays are fresh copies."""
    opening, countries = world.opening, world.countries
    nodes, links = world.nodes.place.size, world.links.tail.size
    places, groups = world.places.country.size, opening.group_kind.size
    brokers = world.principals.share.size
    kind = np.where(opening.group_first > 0, -1, opening.group_kind)
    members = np.where(kind >= 0, opening.group_members, 0.0)
    capital = members * world.numbers["organisation"]["capital_usd_per_member"]
    reservation = world.kinds.reservation_income_usd_per_member_month
    prior = -np.expm1(-world.links.hazard_reference)
    trust_start = world.numbers["learning"]["trust_start"]
    exponent = world.numbers["valuation"]["trust_exponent"]
    trust = np.full((groups, brokers), trust_start)
    return State(
        stock=_zeros(nodes, brokers),
        prices=Prices(
            _zeros(nodes, brokers),
            _zeros(links, 2, brokers),
            _zeros(links, 2, brokers),
            _zeros(links, 2, brokers),
            _zeros(links, brokers),
        ),
        flows=empty_flows(world),
        groups=Groups(
            kind,
            members,
            opening.group_home.copy(),
            opening.group_access.copy(),
            np.ones(groups, dtype=np.int64),
            members.copy(),
            capital,
            np.where(kind >= 0, reservation[kind], 0.0),
            np.zeros(groups, dtype=np.int64),
            np.full(groups, -1, dtype=np.int64),
            opening.reserved,
        ),
        networks=_opening_networks(world),
        memory=Memory(
            prior,
            _zeros(links, brokers),
            _zeros(links, brokers),
            np.repeat(prior[:, None], brokers, axis=1),
            trust,
            trust**exponent,
            trust_start,
            exponent,
            trust_start**exponent,
        ),
        authority=Authority(
            countries.own_budget_usd_per_month.copy(),
            countries.aid_usd_per_month.copy(),
            countries.aid_disbursement.copy(),
            countries.integrity.copy(),
            countries.stance.copy(),
            np.ones(links),
            world.links.hazard_reference.copy(),
            _zeros(links),
            _zeros(places),
        ),
        territory=Territory(
            opening.place_holder.copy(),
            _zeros(links, brokers),
            np.full(places, 1e9),
            opening.escort_group.copy(),
            np.zeros(links, dtype=np.int64),
        ),
        sources=Sources(
            world.zones.area_ha.copy(),
            world.zones.price_usd_per_kg.copy(),
            world.zones.price_usd_per_kg.copy(),
            world.zones.eradication_ha_per_month.copy(),
            _zeros(world.zones.node.size),
        ),
        demand=Demand(
            world.markets.price_usd_per_kg.copy(),
            world.markets.consumption_kg_per_month.copy(),
            np.ones(world.markets.node.size),
        ),
        broker_capital_usd=_zeros(brokers),
        broker_active=np.ones(brokers),
        killings=_zeros(places),
        raided_kg=_zeros(nodes),
        made_kg=_zeros(nodes),
        full_table=np.zeros(2, dtype=np.int64),
    )


def product_of(world: World) -> Integers:
    """Product of each link's tail [L]."""
    return world.nodes.product[world.links.tail] if world.links.tail.size else np.full(0, HYDROCHLORIDE)
