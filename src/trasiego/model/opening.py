"""The opening: the state of a world before its first month."""

from __future__ import annotations

import numpy as np

from trasiego.model.state import (
    ACCOUNTS,
    Authority,
    Demand,
    Flows,
    Groups,
    Memory,
    Networks,
    Prices,
    Sources,
    State,
    Territory,
)
from trasiego.world.tables import Floats, World

NEVER_MONTHS = 1e9


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
    first_link, last_link = np.full(count.size, links), np.full(count.size, -1)
    of_link = np.broadcast_to(np.arange(links)[:, None], group.shape)[group >= 0]
    np.minimum.at(first_link, group[group >= 0], of_link)
    np.maximum.at(last_link, group[group >= 0], of_link)
    return Networks(
        group,
        share,
        first_link,
        last_link,
        _zeros(links, slots + 1),
        np.full(links, 0.8),
        np.ones(links),
        _zeros(nodes, brokers),
        _zeros(nodes, brokers),
    )


def _opening_groups(world: World) -> Groups:
    opening, reservation = world.opening, world.kinds.reservation_income_usd_per_member_month
    groups = opening.group_kind.size
    absent = (opening.group_first > 0) | (opening.group_last < 0)
    kind = np.where(absent, -1, opening.group_kind)
    members = np.where(kind >= 0, opening.group_members, 0.0)
    return Groups(
        kind=kind,
        members=members,
        home=opening.group_home.copy(),
        access=opening.group_access.copy(),
        led=np.ones(groups, dtype=np.int64),
        peak=members.copy(),
        capital_usd=members * world.numbers["organisation"]["capital_usd_per_member"],
        income_usd=np.where(kind >= 0, reservation[kind], 0.0),
        born=np.zeros(groups, dtype=np.int64),
        parent=np.full(groups, -1, dtype=np.int64),
        reserved=opening.reserved,
    )


def _opening_memory(world: World) -> Memory:
    links, brokers = world.links.tail.size, world.principals.share.size
    prior = -np.expm1(-world.links.hazard_reference)
    start = world.numbers["learning"]["trust_start"]
    exponent = world.numbers["valuation"]["trust_exponent"]
    trust = np.full((world.opening.group_kind.size, brokers), start)
    return Memory(
        prior=prior,
        sent=_zeros(links, brokers),
        lost=_zeros(links, brokers),
        perceived=np.repeat(prior[:, None], brokers, axis=1),
        trust=trust,
        trust_power=trust**exponent,
        trust_start=start,
        trust_exponent=exponent,
        trust_ad_hoc=start**exponent,
    )


def _opening_authority(world: World) -> Authority:
    countries, links = world.countries, world.links.tail.size
    return Authority(
        own_budget_usd=countries.own_budget_usd_per_month.copy(),
        aid_usd=countries.aid_usd_per_month.copy(),
        disbursement=countries.aid_disbursement.copy(),
        integrity=countries.integrity.copy(),
        stance=countries.stance.copy(),
        effort=np.ones(links),
        hazard=world.links.hazard_reference.copy(),
        signal=_zeros(links),
        capture=_zeros(world.places.country.size),
    )


def _opening_prices(world: World) -> Prices:
    nodes, links, brokers = world.nodes.place.size, world.links.tail.size, world.principals.share.size
    return Prices(
        value=_zeros(nodes, brokers),
        utility=_zeros(links, 2, brokers),
        weight=_zeros(links, 2, brokers),
        average_value=_zeros(links, 2, brokers),
        escorted=_zeros(links, brokers),
        risk=_zeros(links, brokers),
    )


def _opening_territory(world: World) -> Territory:
    links, places = world.links.tail.size, world.places.country.size
    return Territory(
        holder=world.opening.place_holder.copy(),
        toll=_zeros(links, world.principals.share.size),
        mourning_months=np.full(places, NEVER_MONTHS),
        near_months=np.full(places, NEVER_MONTHS),
        escort_group=world.opening.escort_group.copy(),
        escort_here=np.zeros(links, dtype=np.int64),
        escort_usd_per_kg=_zeros(links),
        escort_minimum_usd=_zeros(links),
        escort_effect=_zeros(links),
        members_here=_zeros(places),
        robbers=np.full((places, 2), -1, dtype=np.int64),
    )


def _opening_sources(world: World) -> Sources:
    zones = world.zones
    return Sources(
        area_ha=zones.area_ha.copy(),
        wanted_price_usd=zones.price_usd_per_kg.copy(),
        price_usd=zones.price_usd_per_kg.copy(),
        eradication_ha=zones.eradication_ha_per_month.copy(),
        harvest_kg=_zeros(zones.node.size),
    )


def opening_state(world: World) -> State:
    """State of a world before its first month; arrays are fresh copies."""
    nodes, places = world.nodes.place.size, world.places.country.size
    brokers, markets = world.principals.share.size, world.markets
    return State(
        stock=_zeros(nodes, brokers),
        prices=_opening_prices(world),
        flows=empty_flows(world),
        groups=_opening_groups(world),
        networks=_opening_networks(world),
        memory=_opening_memory(world),
        authority=_opening_authority(world),
        territory=_opening_territory(world),
        sources=_opening_sources(world),
        demand=Demand(
            price_usd=markets.price_usd_per_kg.copy(),
            arrivals_kg=markets.consumption_kg_per_month.copy(),
            level=np.ones(markets.node.size),
        ),
        broker_capital_usd=_zeros(brokers),
        broker_active=np.ones(brokers),
        killings=_zeros(places),
        raided_kg=_zeros(nodes),
        made_kg=_zeros(nodes),
        full_table=np.zeros(2, dtype=np.int64),
    )
