"""Rows of a tiny world turned into the tables of the model."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from trasiego.world.tables import (
    Countries,
    Kinds,
    Links,
    Markets,
    Names,
    Nodes,
    Opening,
    Places,
    Principals,
    Zones,
)

NEVER = 10**6


@dataclass(frozen=True)
class Rows:
    """What a world is told by, with the indices of its names."""

    nodes: list
    ways: list
    zones: Sequence
    markets: Sequence
    groups: Sequence
    brokers: Sequence
    countries: Sequence
    kinds: Sequence
    group_slots: int
    offer_slots: int

    @cached_property
    def places(self):
        return list(dict.fromkeys(place_of(name) for name in self.nodes))

    @cached_property
    def node(self):
        return {name: n for n, name in enumerate(self.nodes)}

    @cached_property
    def place(self):
        return {name: p for p, name in enumerate(self.places)}

    @cached_property
    def country_of(self):
        """Country [P] of each place."""
        ruled = {name: c for c, each in enumerate(self.countries) for name in each.places.split()}
        rest = next((c for c, each in enumerate(self.countries) if not each.places), 0)
        return [ruled.get(name, rest) for name in self.places]

    @cached_property
    def kind(self):
        return {kind.name: k for k, kind in enumerate(self.kinds)}

    @cached_property
    def group(self):
        return {group.name: g for g, group in enumerate(self.groups)}

    @cached_property
    def broker(self):
        return {broker.name: b for b, broker in enumerate(self.brokers)}


def place_of(node):
    """Return the place of a node."""
    return node.split(":")[0]


def _integers(values):
    return np.array(list(values), dtype=np.int64)


def _column(rows, field, kind=np.float64):
    return np.array([getattr(row, field) for row in rows], dtype=kind)


def _pad(values, slots, rest):
    return np.concatenate([values, np.full(slots - values.size, rest, dtype=values.dtype)])


def places_of(rows, home_kind):
    left = {place_of(way.tail) for way in rows.ways}
    kinds = [home_kind.get(name, rows.kinds[0].name) for name in rows.places]
    return Places(
        country=_integers(rows.country_of),
        hydrochloride_node=_integers(rows.node.get(name, -1) for name in rows.places),
        is_entry_place=_integers(name in left for name in rows.places),
        home_kind=_integers(rows.kind[kind] for kind in kinds),
    )


def nodes_of(rows):
    paste = np.array([name.endswith(":paste") for name in rows.nodes])
    ratio = next((way.ratio for way in rows.ways if way.processing), 1.0)
    tails = _integers(rows.node[way.tail] for way in rows.ways)
    return Nodes(
        place=_integers(rows.place[place_of(name)] for name in rows.nodes),
        product=_integers(~paste),
        market=_where(rows.nodes, rows.markets),
        zone=_where(rows.nodes, rows.zones),
        link_start=np.searchsorted(tails, np.arange(len(rows.nodes) + 1)).astype(np.int64),
        equivalent=np.where(paste, ratio, 1.0),
    )


def _where(nodes, rows):
    """Index [N] of the zone or market at each node, or -1."""
    index = {row.node: i for i, row in enumerate(rows)}
    return _integers(index.get(name, -1) for name in nodes)


def links_of(rows):
    ways = rows.ways
    names = [country.name for country in rows.countries]
    country = [
        names.index(way.country) if way.country else rows.country_of[rows.place[place_of(way.tail)]]
        for way in ways
    ]
    return Links(
        tail=_integers(rows.node[way.tail] for way in ways),
        head=_integers(rows.node[way.head] for way in ways),
        mode=np.zeros(len(ways), dtype=np.int64),
        ratio=_column(ways, "ratio"),
        distance_km=_column(ways, "distance_km"),
        ground_km=np.array([way.distance_km * (way.domain == 0 and not way.processing) for way in ways]),
        rent=_column(ways, "rent"),
        fee_log=_column(ways, "fee"),
        cost_usd_per_kg=_column(ways, "cost"),
        hazard_reference=_column(ways, "hazard"),
        load_kg=_column(ways, "load_kg"),
        crew_per_load=_column(ways, "crew"),
        capacity_kg=_column(ways, "limit"),
        time_per_kg=_column(ways, "time_per_kg"),
        country=_integers(country),
        domain=_column(ways, "domain", np.int64),
        is_processing=_column(ways, "processing", np.int64),
    )


def kinds_of(rows):
    kinds = rows.kinds
    return Kinds(
        reservation_income_usd_per_member_month=_column(kinds, "pay"),
        bribe_share=_column(kinds, "bribes"),
        growth_per_month=_column(kinds, "growth"),
        members_minimum=_column(kinds, "minimum"),
        members_at_entry_low=_column(kinds, "entry_low"),
        members_at_entry_high=_column(kinds, "entry_high"),
        succession_probability=_column(kinds, "succession"),
        split_probability=_column(kinds, "split"),
        raid_visibility=_column(kinds, "visibility"),
        killings_per_member_month=_column(kinds, "killings"),
        escort_fee_usd_per_kg=_column(kinds, "escort_fee"),
        escort_minimum_usd=_column(kinds, "escort_minimum"),
        escort_effect=_column(kinds, "escort_effect"),
        moves_loads=_column(kinds, "moves_loads", np.int64),
        enters=_column(kinds, "enters", np.int64),
    )


def principals_of(rows):
    brokers = rows.brokers
    return Principals(
        access=_deals(brokers, "markets", rows.markets),
        buys=_deals(brokers, "zones", rows.zones),
        share=_column(brokers, "share"),
        territorial=_column(brokers, "territorial", np.int64),
        group=_integers(rows.group.get(each.group, -1) for each in brokers),
        first=_column(brokers, "first", np.int64),
        last=_column(brokers, "last", np.int64),
    )


def _deals(brokers, field, rows):
    """Zones or markets [rows, B] that each principal deals with."""
    deals = np.ones((len(rows), len(brokers)))
    for i, row in enumerate(rows):
        for b, broker in enumerate(brokers):
            named = getattr(broker, field).split()
            deals[i, b] = not named or row.node in named
    return deals


def zones_of(rows):
    zones, node = rows.zones, [rows.node[zone.node] for zone in rows.zones]
    return Zones(
        node=_integers(node),
        kind=_integers(zone.inflow_kg > 0.0 for zone in zones),
        product=_integers(not zone.node.endswith(":paste") for zone in zones),
        area_ha=_column(zones, "area_ha"),
        product_kg_per_ha_month=_column(zones, "product_kg"),
        eradication_ha_per_month=_column(zones, "eradication_ha"),
        inflow_kg_per_month=_column(zones, "inflow_kg"),
        marginal_cost_usd_per_kg=_column(zones, "cost"),
        price_usd_per_kg=_column(zones, "price"),
    )


def markets_of(rows):
    return Markets(
        node=_integers(rows.node[market.node] for market in rows.markets),
        price_usd_per_kg=_column(rows.markets, "price"),
        consumption_kg_per_month=_column(rows.markets, "kg"),
        elasticity=_column(rows.markets, "elasticity"),
        growth_per_month=_column(rows.markets, "growth"),
    )


def countries_of(rows):
    countries = rows.countries
    return Countries(
        strength=_column(countries, "strength"),
        own_budget_usd_per_month=_column(countries, "budget"),
        aid_usd_per_month=_column(countries, "aid"),
        aid_disbursement=_column(countries, "disbursement"),
        integrity=_column(countries, "integrity"),
        stance=_column(countries, "stance", np.int64),
        population=_column(countries, "population"),
        base_homicides_per_100k=_column(countries, "homicides"),
    )


def opening_of(rows, held, escort):
    groups, slots = rows.groups, rows.group_slots
    first = _pad(_column(groups, "first", np.int64), slots, 0)
    offers, waiting = _offers(rows, first)
    return Opening(
        group_kind=_pad(_integers(rows.kind[each.kind] for each in groups), slots, -1),
        group_members=_pad(_column(groups, "members"), slots, 0.0),
        group_home=_pad(_integers(rows.place[each.home] for each in groups), slots, 0),
        group_access=_pad(_column(groups, "access", np.int64), slots, 0),
        group_first=first,
        group_last=_pad(_column(groups, "last", np.int64), slots, NEVER),
        offer_group=offers,
        place_holder=_integers(rows.broker.get(held.get(name), -1) for name in rows.places),
        escort_group=_integers(rows.group.get(escort.get(name), -1) for name in rows.places),
        waiting_offers=waiting,
        presence=np.array(
            [(g, rows.place[name]) for g, each in enumerate(groups) for name in each.seen.split()],
            dtype=np.int64,
        ).reshape(-1, 2),
        reserved=len(groups),
    )


def _offers(rows, first):
    """Offer table [L, M], and the offers [K, 2] of groups that come later."""
    offers = np.full((len(rows.ways), rows.offer_slots), -1, dtype=np.int64)
    waiting = []
    for link, way in enumerate(rows.ways):
        works = [rows.group[name] for name in way.by.split()]
        now = [group for group in works if first[group] <= 0]
        offers[link, : len(now)] = now
        waiting += [(link, group) for group in works if first[group] > 0]
    return offers, np.array(waiting, dtype=np.int64).reshape(-1, 2)


def names_of(rows):
    named = tuple(rows.group)
    titles = named + tuple(f"group-{slot}" for slot in range(len(named), rows.group_slots))
    return Names(
        places=tuple(rows.places),
        nodes=tuple(rows.nodes),
        links=tuple(f"{way.tail}--{way.head}--{link}" for link, way in enumerate(rows.ways)),
        modes=("truck",),
        kinds=tuple(rows.kind),
        groups=titles,
        group_titles=titles,
        group_countries=("",) * rows.group_slots,
        brokers=tuple(rows.broker),
        broker_titles=tuple(rows.broker),
        zones=tuple(zone.node for zone in rows.zones),
        markets=tuple(market.node for market in rows.markets),
        countries=tuple(country.name for country in rows.countries),
    )
