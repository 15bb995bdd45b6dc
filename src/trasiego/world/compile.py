"""Compile a scenario to the flat arrays of a world."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from trasiego.common.messages import _
from trasiego.scenario import Scenario
from trasiego.world.actors import (
    Ground,
    build_countries,
    build_kinds,
    build_opening,
    build_places,
    build_principals,
)
from trasiego.world.geography import Geography, load_geography
from trasiego.world.network import (
    LinkFrame,
    NodeKey,
    build_links,
    build_nodes,
    frame_links,
    node_order,
    sort_ways,
    useful_ways,
    ways_of,
    zone_product,
)
from trasiego.world.tables import HYDROCHLORIDE, PRODUCTS, Markets, Names, World, Zones
from trasiego.world.timeline import build_delayed, build_events
from trasiego.world.values import blame, figure, file_figure, word

SECTIONS = (
    "production",
    "valuation",
    "contracting",
    "escort",
    "hijack",
    "bribery",
    "interdiction",
    "market",
    "learning",
    "organisation",
    "violence",
)
SWITCHES = (
    "bribery",
    "escort",
    "hijack",
    "fees",
    "raids",
    "leaks",
    "political_access",
    "adaptive_effort",
    "learning",
    "price_response",
    "growth",
    "entry",
    "remnants",
    "takeover",
    "violence",
    "leader_loss",
    "events",
)
YEAR = 12.0


@dataclass(frozen=True)
class Layout:
    """What of a world no number of its scenario changes, so that worlds of other figures share it.

    order has the nodes in the static order; ground the places and ways; links the frame of the link table;
    tables the indices of what has a name, by section; names the identifiers.
    """

    order: list[NodeKey]
    ground: Ground
    links: LinkFrame
    tables: Mapping[str, Mapping[str, int]]
    names: Names


def lay_out(scenario: Scenario, geography: Geography | None = None) -> Layout:
    """Layout of the worlds of a scenario; raises Faults for a link against the static order."""
    geography = geography or load_geography()
    kept = set(scenario.places)
    places = tuple(place for place in geography.places if place.id in kept)
    by_id = {place.id: place for place in places}
    place_index = {place.id: p for p, place in enumerate(places)}
    sources: set[NodeKey] = {(zone, zone_product(scenario, zone)) for zone in scenario.section("zones")}
    sinks: set[NodeKey] = {(market, HYDROCHLORIDE) for market in scenario.section("markets")}
    ways = useful_ways(ways_of(scenario, geography), sources, sinks)
    order = node_order(ways, by_id)
    ways = sort_ways(ways, order, scenario.section("modes"))
    ground = Ground(place_index, places, tuple(ways))
    tables = {
        name: place_index if name == "places" else {id_: i for i, id_ in enumerate(scenario.section(name))}
        for name in ("groups", "countries", "markets", "zones", "places", "brokers")
    }
    slots = int(figure(scenario, "organisation.group_slots"))
    links = frame_links(ways, order, scenario, by_id)
    return Layout(order, ground, links, tables, _names(scenario, ground, order, slots))


def compile_world(
    scenario: Scenario, geography: Geography | None = None, layout: Layout | None = None
) -> World:
    """World of a scenario; raises Faults for a link against the static order.

    ``layout`` is that of a scenario that differs in figures alone; with it the rest takes some milliseconds.
    """
    layout = layout or lay_out(scenario, geography)
    ground, order, tables = layout.ground, layout.order, layout.tables
    ways, place_index = list(ground.ways), ground.place_index
    opening, notes = build_opening(scenario, ground)
    events = build_events(scenario, tables, opening)
    return World(
        name=scenario.name,
        names=layout.names,
        places=build_places(scenario, ground, _hydrochloride_nodes(order, place_index)),
        nodes=build_nodes(order, ways, scenario, place_index),
        links=build_links(layout.links, scenario),
        kinds=build_kinds(scenario),
        principals=build_principals(scenario, tables["groups"]),
        zones=_zones(scenario, order),
        markets=_markets(scenario, order),
        countries=build_countries(scenario),
        opening=opening,
        numbers={name: _section_numbers(scenario, name) for name in SECTIONS},
        switches={name: scenario.flag(f"switches.{name}") for name in SWITCHES},
        events=events,
        delayed=build_delayed(scenario),
        start=scenario.start,
        months=scenario.months,
        spin_up_months=scenario.spin_up_months,
        notes=tuple(notes),
    )


def _section_numbers(scenario: Scenario, section: str) -> dict[str, float]:
    paths = (f"{section}.{key}" for key in scenario.section(section))
    return {path[len(section) + 1 :]: figure(scenario, path) for path in paths if path in scenario.numbers}


def _hydrochloride_nodes(order: list[NodeKey], place_index: Mapping[str, int]) -> np.ndarray:
    nodes = np.full(len(place_index), -1, dtype=np.int64)
    for n, (place, product) in enumerate(order):
        if product == HYDROCHLORIDE:
            nodes[place_index[place]] = n
    return nodes


def _node(scenario: Scenario, key: str, node: NodeKey, index: Mapping[NodeKey, int]) -> int:
    """Index of the node of a zone or market; Faults where no way joins it to the others."""
    if node not in index:
        raise blame(
            scenario,
            key,
            _("no way leads from a zone over {place} to a market").format(place=node[0]),
            _("zones and markets that ways of the scenario join"),
            _("take it out, or keep the places and modes on its way"),
        )
    return index[node]


def _zones(scenario: Scenario, order: list[NodeKey]) -> Zones:
    names = scenario.section("zones")
    index = {key: n for n, key in enumerate(order)}

    def column(field: str, default: float = 0.0) -> np.ndarray:
        return np.array(
            [file_figure(scenario, f"zones.{zone}.{field}", default) for zone in names], dtype=np.float64
        )

    per_kg = np.maximum(column("leaf_kg_per_kg", 1.0), 1.0)
    product = column("leaf_yield_kg_per_ha_year") / YEAR / per_kg * (1.0 - column("legal_leaf_share"))
    inflow = np.array([word(scenario, f"zones.{zone}.kind") == "inflow" for zone in names], dtype=np.int64)
    return Zones(
        node=np.array(
            [_node(scenario, f"zones.{zone}", (zone, zone_product(scenario, zone)), index) for zone in names],
            dtype=np.int64,
        ),
        kind=inflow,
        product=np.array([zone_product(scenario, zone) for zone in names], dtype=np.int64),
        area_ha=column("coca_area_ha"),
        product_kg_per_ha_month=product,
        eradication_ha_per_month=column("eradication_ha_per_year") / YEAR,
        inflow_kg_per_month=column("inflow_kg_per_month"),
        marginal_cost_usd_per_kg=column("marginal_cost_usd_per_kg"),
        price_usd_per_kg=column("price_usd_per_kg"),
    )


def _markets(scenario: Scenario, order: list[NodeKey]) -> Markets:
    names = scenario.section("markets")
    index = {key: n for n, key in enumerate(order)}

    def column(field: str) -> np.ndarray:
        return np.array([figure(scenario, f"markets.{market}.{field}") for market in names], dtype=np.float64)

    return Markets(
        node=np.array(
            [_node(scenario, f"markets.{market}", (market, HYDROCHLORIDE), index) for market in names],
            dtype=np.int64,
        ),
        price_usd_per_kg=column("price_usd_per_kg"),
        consumption_kg_per_month=column("consumption_kg_per_year") / YEAR,
        elasticity=column("demand_elasticity"),
        growth_per_month=np.log1p(column("demand_growth_per_year")) / YEAR,
    )


def _names(scenario: Scenario, ground: Ground, order: list[NodeKey], slots: int) -> Names:
    groups = scenario.section("groups")
    unnamed = [f"group-{slot}" for slot in range(len(groups), slots)]
    brokers = scenario.section("brokers")
    return Names(
        places=tuple(place.id for place in ground.places),
        nodes=tuple(f"{place}:{PRODUCTS[product]}" for place, product in order),
        links=tuple(way.id for way in ground.ways),
        modes=tuple(scenario.section("modes")),
        kinds=tuple(scenario.section("kinds")),
        groups=(*groups, *unnamed),
        group_titles=(*(scenario.text(f"groups.{group}.title") or group for group in groups), *unnamed),
        group_countries=(
            *(scenario.text(f"groups.{group}.country") or "" for group in groups),
            *("" for _ in unnamed),
        ),
        brokers=tuple(brokers),
        broker_titles=tuple(scenario.text(f"brokers.{broker}.title") or broker for broker in brokers),
        zones=tuple(scenario.section("zones")),
        markets=tuple(scenario.section("markets")),
        countries=tuple(scenario.section("countries")),
        group_places=(
            *(" ".join(scenario.ids(f"groups.{group}.places")) for group in groups),
            *("" for _ in unnamed),
        ),
    )
