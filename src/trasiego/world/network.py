"""Nodes and links of a scenario: places by product, in the static order, with the numbers of their modes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from trasiego.common.faults import Fault, Faults
from trasiego.scenario import Scenario
from trasiego.world.geography import Geography, Link, Place
from trasiego.world.tables import HYDROCHLORIDE, PASTE, PRODUCTS, Floats, Integers, Links, Nodes
from trasiego.world.values import figure, word

PROCESSING = "processing"
DOMAINS = ("road", "river", "sea", "air", "port", "none")
PASTE_MODES = frozenset({"foot", "pickup", "truck", "river_boat", "light_aircraft"})
_ON_THE_GROUND = frozenset({"road", "river"})
_ARRIVAL_ENFORCES = frozenset({"sea", "air", "port"})

NodeKey = tuple[str, int]


@dataclass(frozen=True)
class Way:
    """A link before it has an index: from a (place, product) to another by a mode."""

    tail: NodeKey
    head: NodeKey
    mode: str
    distance_km: float
    borders: int

    @property
    def id(self) -> str:
        """Readable identifier of the link."""
        if self.mode == PROCESSING:
            return f"{self.tail[0]}--processing"
        suffix = "" if self.tail[1] == HYDROCHLORIDE else "--paste"
        return f"{self.tail[0]}--{self.head[0]}--{self.mode}{suffix}"


def ways_of(scenario: Scenario, geography: Geography) -> list[Way]:
    """All ways of the scenario's region: hydrochloride, paste where paste is moved, and refining."""
    kept = set(scenario.places)
    countries = {place.id: place.country for place in geography.places}
    paste_countries = set(scenario.ids("processing.paste_countries"))
    modes = set(scenario.section("modes"))
    ways = []
    for link in geography.links:
        if link.from_ not in kept or link.to not in kept or link.mode not in modes:
            continue
        ways.append(_way(link, HYDROCHLORIDE))
        both = {countries[link.from_], countries[link.to]}
        if link.mode in PASTE_MODES and both <= paste_countries:
            ways.append(_way(link, PASTE))
    for place in scenario.ids("processing.places"):
        if place in kept and PROCESSING in modes:
            ways.append(Way((place, PASTE), (place, HYDROCHLORIDE), PROCESSING, 0.0, 0))
    return ways


def _way(link: Link, product: int) -> Way:
    return Way((link.from_, product), (link.to, product), link.mode, link.distance_km, link.borders_crossed)


def _reach(start: Iterable[NodeKey], steps: Mapping[NodeKey, list[NodeKey]]) -> set[NodeKey]:
    seen = set(start)
    waiting = list(seen)
    while waiting:
        for following in steps.get(waiting.pop(), []):
            if following not in seen:
                seen.add(following)
                waiting.append(following)
    return seen


def useful_ways(ways: list[Way], sources: set[NodeKey], sinks: set[NodeKey]) -> list[Way]:
    """Ways on some path from a zone to a market; markets have no way out, dead ends lead nowhere."""
    ahead: dict[NodeKey, list[NodeKey]] = {}
    back: dict[NodeKey, list[NodeKey]] = {}
    open_ways = [way for way in ways if way.tail not in sinks]
    for way in open_ways:
        ahead.setdefault(way.tail, []).append(way.head)
        back.setdefault(way.head, []).append(way.tail)
    both = _reach(sources, ahead) & _reach(sinks, back)
    return [way for way in open_ways if way.tail in both and way.head in both]


def node_order(ways: list[Way], places: Mapping[str, Place]) -> list[NodeKey]:
    """Nodes by rank of their place, paste before hydrochloride; ties by coordinates, never by name."""
    keys = {way.tail for way in ways} | {way.head for way in ways}

    def position(key: NodeKey) -> tuple[float, float, float, int]:
        place = places[key[0]]
        return place.rank, place.lat, place.lon, key[1]

    return sorted(keys, key=position)


def build_nodes(
    order: list[NodeKey], ways: list[Way], scenario: Scenario, place_index: Mapping[str, int]
) -> Nodes:
    """Node table; the link table must be sorted as ``ways`` is."""
    index = {key: n for n, key in enumerate(order)}
    tails = np.array([index[way.tail] for way in ways], dtype=np.int64)
    product = np.array([key[1] for key in order], dtype=np.int64)
    yield_of_paste = figure(scenario, "processing.hydrochloride_kg_per_kg_paste")
    market = {place: q for q, place in enumerate(scenario.section("markets"))}
    zones = {(z, zone_product(scenario, z)): i for i, z in enumerate(scenario.section("zones"))}
    return Nodes(
        place=np.array([place_index[key[0]] for key in order], dtype=np.int64),
        product=product,
        market=np.array(
            [market.get(key[0], -1) if key[1] == HYDROCHLORIDE else -1 for key in order], dtype=np.int64
        ),
        zone=np.array([zones.get(key, -1) for key in order], dtype=np.int64),
        link_start=np.searchsorted(tails, np.arange(len(order) + 1)).astype(np.int64),
        equivalent=np.where(product == HYDROCHLORIDE, 1.0, yield_of_paste),
    )


def zone_product(scenario: Scenario, zone: str) -> int:
    """Product that leaves a zone: 0 paste, 1 hydrochloride."""
    return PRODUCTS.index(word(scenario, f"zones.{zone}.product"))


def sort_ways(ways: list[Way], order: list[NodeKey], modes: list[str]) -> list[Way]:
    """Ways sorted by tail, head and mode; a way against the static order is a fault."""
    index = {key: n for n, key in enumerate(order)}
    against = [way for way in ways if index[way.tail] >= index[way.head]]
    if against:
        raise Faults(
            [
                Fault(
                    file="geography/links.csv",
                    line=None,
                    key=way.id,
                    found="a link against the static order of places",
                    allowed="links that lead to a place of higher rank",
                    nearest=None,
                    do="change the rank or drop the link",
                )
                for way in against
            ]
        )
    return sorted(ways, key=lambda way: (index[way.tail], index[way.head], modes.index(way.mode)))


class LinkFrame(NamedTuple):
    """What of the link table no number changes; arrays [L], as in :class:`trasiego.world.tables.Links`.

    borders crossed; tail_country and head_country are indices of the countries of both ends.
    """

    tail: Integers
    head: Integers
    mode: Integers
    distance_km: Floats
    ground_km: Floats
    borders: Floats
    country: Integers
    tail_country: Integers
    head_country: Integers
    domain: Integers
    is_processing: Integers


def frame_links(
    ways: list[Way], order: list[NodeKey], scenario: Scenario, places: Mapping[str, Place]
) -> LinkFrame:
    """Frame of the link table, for ways sorted by :func:`sort_ways`."""
    index = {key: n for n, key in enumerate(order)}
    modes, countries = scenario.section("modes"), scenario.section("countries")
    domains = {mode: word(scenario, f"modes.{mode}.domain") for mode in modes}

    def integers(values: Iterable[int]) -> Integers:
        return np.fromiter(values, dtype=np.int64, count=len(ways))

    return LinkFrame(
        tail=integers(index[way.tail] for way in ways),
        head=integers(index[way.head] for way in ways),
        mode=integers(modes.index(way.mode) for way in ways),
        distance_km=np.array([way.distance_km for way in ways]),
        ground_km=np.array([way.distance_km if domains[way.mode] in _ON_THE_GROUND else 0.0 for way in ways]),
        borders=np.array([way.borders for way in ways], dtype=np.float64),
        country=integers(countries.index(_enforcing(way, domains[way.mode], places)) for way in ways),
        tail_country=integers(countries.index(places[way.tail[0]].country) for way in ways),
        head_country=integers(countries.index(places[way.head[0]].country) for way in ways),
        domain=integers(DOMAINS.index(domains[way.mode]) for way in ways),
        is_processing=integers(int(way.mode == PROCESSING) for way in ways),
    )


def build_links(frame: LinkFrame, scenario: Scenario) -> Links:
    """Link table with the numbers of modes, borders and access rents."""
    modes = scenario.section("modes")
    km, borders, refine = frame.distance_km, frame.borders, frame.is_processing == 1
    crossings = np.where(refine, 1.0, borders)

    def number(name: str, default: float | None = None) -> Floats:
        values = [figure(scenario, f"modes.{mode}.{name}", default) for mode in modes]
        return np.array(values, dtype=np.float64)[frame.mode]

    rents = access_rents(scenario)
    rent = np.array([rents.get(country, 0.0) for country in scenario.section("countries")])
    ratio = figure(scenario, "processing.hydrochloride_kg_per_kg_paste")
    cost = number("cost_usd_per_kg_km") * km + number("cost_usd_per_kg_border") * borders
    haul = number("haul_kg_km_per_member_month", np.inf)
    handling = number("handling_kg_per_member_month", np.inf)
    return Links(
        tail=frame.tail,
        head=frame.head,
        mode=frame.mode,
        ratio=np.where(refine, ratio, 1.0),
        distance_km=km,
        ground_km=frame.ground_km,
        rent=np.maximum(0.0, rent[frame.head_country] - rent[frame.tail_country]),
        fee_log=number("fee_log_share_per_1000_km") * km / 1000.0
        + number("fee_log_share_per_border") * crossings,
        cost_usd_per_kg=np.where(refine, figure(scenario, "processing.cost_usd_per_kg"), cost),
        hazard_reference=number("seizure_hazard_per_1000_km") * km / 1000.0
        + number("seizure_hazard_per_border") * crossings,
        load_kg=number("load_kg"),
        crew_per_load=number("crew_per_load"),
        capacity_kg=number("link_capacity_kg_per_month", np.inf),
        time_per_kg=km / haul + 1.0 / handling,
        country=frame.country,
        domain=frame.domain,
        is_processing=frame.is_processing,
    )


def access_rents(scenario: Scenario) -> dict[str, float]:
    """Access rent of each country's region."""
    rents = {}
    for region in scenario.section("regions"):
        rent = figure(scenario, f"regions.{region}.access_rent")
        rents.update(dict.fromkeys(scenario.ids(f"regions.{region}.countries"), rent))
    return rents


def _enforcing(way: Way, domain: str, places: Mapping[str, Place]) -> str:
    """Country whose authority works against a link: by land the one left, else the one reached."""
    end = way.head if domain in _ARRIVAL_ENFORCES else way.tail
    return places[end[0]].country
