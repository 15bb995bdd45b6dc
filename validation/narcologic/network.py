"""The network: a producer, places of Central America, an end node, and edges that only lead north.

The authors' network of 156 nodes carries no licence and is not used. Ours follows their rule on our own
points: the shipped places of the seven countries, and seeded points in their divisions up to the same number.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trasiego.world.geography import great_circle_km, load_geography, places_of_countries
from validation.narcologic.land import COUNTRIES, Land, central_america, distance_km, point_inside

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

PRODUCER = 0
PACIFIC, CARIBBEAN, NEITHER = 0, 1, -1
PRODUCER_POINT = (7.21, -77.20)
END_POINT = (18.27, -92.00)
LAND_NODES = 154
PACIFIC_REACH = 2.5
"""A node is the Pacific trafficker's where the west coast is less than this many times as far as the east."""
LATITUDE_WEIGHT = 0.9
NEIGHBOUR_SHARE = 0.1


@dataclass(frozen=True)
class Network:
    """Nodes in an order in which every edge rises; the first is the producer, the last the end.

    Nodes [N]: `latitude`, `longitude` in degrees, `trafficker` (PACIFIC, CARIBBEAN, NEITHER at both ends),
    distances in km to the coast, to a land border and to the nearest large town. Edges [E], sorted by `tail`
    then `head`, with the great-circle `distance_km`; those of node n are `start`[n] to `start`[n + 1].
    `span_km` is the distance from producer to end.
    """

    latitude: Floats
    longitude: Floats
    trafficker: Integers
    coast_km: Floats
    border_km: Floats
    town_km: Floats
    tail: Integers
    head: Integers
    distance_km: Floats
    start: Integers
    span_km: float

    @property
    def size(self) -> int:
        """Number of nodes."""
        return self.latitude.size

    @property
    def end(self) -> int:
        """Number of the end node."""
        return self.latitude.size - 1


def build(
    latitude: Sequence[float] | Floats,
    longitude: Sequence[float] | Floats,
    trafficker: Sequence[int] | Integers,
    edges: Sequence[tuple[int, int]],
    coast_km: Sequence[float] | Floats | None = None,
    border_km: Floats | None = None,
    town_km: Floats | None = None,
) -> Network:
    """Return a network; distances that are not given are 1,000 km.

    Raise ValueError for an edge that does not rise, or for a land node without an edge from the producer and
    to the end, which route expansion rests on.
    """
    lat, lon = np.asarray(latitude, dtype=np.float64), np.asarray(longitude, dtype=np.float64)
    count = lat.size
    tail, head = np.array(sorted(edges), dtype=np.int64).T
    if (tail >= head).any():
        raise ValueError("every edge leads to a later node")
    for node in range(1, count - 1):
        if (
            not ((tail == PRODUCER) & (head == node)).any()
            or not ((tail == node) & (head == count - 1)).any()
        ):
            raise ValueError(f"node {node} needs an edge from the producer and one to the end")
    span = float(great_circle_km(lat[0], lon[0], lat[-1], lon[-1]))
    far = np.full(count, 1000.0)
    return Network(
        latitude=lat,
        longitude=lon,
        trafficker=np.asarray(trafficker, dtype=np.int64),
        coast_km=far if coast_km is None else np.asarray(coast_km, dtype=np.float64),
        border_km=far if border_km is None else border_km,
        town_km=far if town_km is None else town_km,
        tail=tail,
        head=head,
        distance_km=great_circle_km(lat[tail], lon[tail], lat[head], lon[head]),
        start=np.searchsorted(tail, np.arange(count + 1)).astype(np.int64),
        span_km=span,
    )


def rising_edges(land_nodes: int, random: np.random.Generator, direct: bool = True) -> list[tuple[int, int]]:
    """Return the edges by the published rule for nodes 0 (producer), 1 to `land_nodes`, and the end.

    The producer sends to every land node and every land node to the end; the k-th of n nodes sends to
    ceil(0.1 (n - k) U) later land nodes drawn at random, U uniform. `direct` adds the way from producer to
    end, which the version of 2019 has.
    """
    end = land_nodes + 1
    edges = [(PRODUCER, node) for node in range(1, end)] + [(node, end) for node in range(1, end)]
    if direct:
        edges.append((PRODUCER, end))
    for node in range(1, land_nodes):
        later = land_nodes - node
        count = min(math.ceil(NEIGHBOUR_SHARE * later * random.random()), later)
        edges += [
            (node, int(other)) for other in random.choice(np.arange(node + 1, end), count, replace=False)
        ]
    return edges


def spread(places: Sequence[int], areas: Sequence[float], total: int) -> list[int]:
    """Return how many nodes each division gets: those that it has, then by area up to `total`.

    Each further node goes where area over nodes, counted with it, is largest (D'Hondt). The authors share out
    by suitable land, from a raster that is not public; here all land counts alike.
    """
    counts = list(places)
    for _ in range(total - sum(counts)):
        best = max(range(len(counts)), key=lambda each: areas[each] / (counts[each] + 1))
        counts[best] += 1
    return counts


def generate(seed: int, land: Land | None = None, direct: bool = True) -> Network:
    """Return the network of a seed: the same places, other points between them, other edges."""
    land = central_america() if land is None else land
    random = np.random.default_rng(seed)
    own = places_of_countries(load_geography(), COUNTRIES)
    placed = {each.id: [(p.lon, p.lat) for p in own if p.admin1_code == each.id] for each in land.divisions}
    order = sorted(
        land.divisions,
        key=lambda each: LATITUDE_WEIGHT * each.latitude**2 + (1 - LATITUDE_WEIGHT) * each.longitude**2,
    )
    counts = spread([len(placed[each.id]) for each in order], [each.area for each in order], LAND_NODES)
    points: list[tuple[float, float]] = []
    for division, count in zip(order, counts, strict=True):
        known = placed[division.id]
        points += known + [point_inside(division, random) for _ in range(count - len(known))]
    lon, lat = np.array([PRODUCER_POINT[::-1], *points, END_POINT[::-1]]).T
    west, east = distance_km(lon, lat, land.pacific), distance_km(lon, lat, land.caribbean)
    trafficker = np.where(west < PACIFIC_REACH * east, PACIFIC, CARIBBEAN)
    trafficker[[0, -1]] = NEITHER
    towns = [place for place in own if place.kind == "hub_city"]
    to_towns = np.array([great_circle_km(lat, lon, town.lat, town.lon) for town in towns])
    return build(
        lat,
        lon,
        trafficker,
        rising_edges(len(points), random, direct),
        coast_km=np.minimum(west, east),
        border_km=distance_km(lon, lat, land.borders),
        town_km=to_towns.min(axis=0),
    )
