"""Distances against figures that are known from elsewhere."""

import heapq
from collections import defaultdict

import pytest

from trasiego.world.geography import load_geography

# Road distances in km as published (sources geo-47, geo-50, geo-51, geo-52, or common knowledge), and how
# far off a sum of great circles times a blunt factor may be.
ROADS = {
    ("pe-cusco", "pe-puno"): (390, 0.15),
    ("pe-ayacucho", "pe-cusco"): (600, 0.05),
    ("pe-huancayo", "pe-lima"): (300, 0.15),
    ("pe-lima", "pe-callao"): (14, 0.25),
    ("pe-desaguadero", "bo-la-paz"): (115, 0.20),
    ("bo-la-paz", "cl-arica"): (470, 0.20),
    ("co-bogota", "co-medellin"): (415, 0.20),
    ("co-cali", "co-buenaventura"): (120, 0.20),
    ("co-medellin", "co-cartagena"): (703, 0.20),
    ("ec-quito", "ec-guayaquil"): (420, 0.15),
    ("hn-francisco-morazan", "hn-cortes"): (251, 0.20),
    ("gt-zacapa", "gt-guatemala"): (147, 0.20),
    ("gt-guatemala", "gt-huehuetenango"): (264, 0.15),
    ("gt-guatemala", "gt-quetzaltenango"): (203, 0.15),
    ("mx-mexico-city", "mx-nuevo-laredo"): (1120, 0.20),
    ("us-laredo", "us-south-central"): (690, 0.20),
}

# Sea distances in km between ports, from tables of distances in nautical miles, rounded.
SEA = {
    ("pe-callao", "be-antwerp"): (11_550, 0.05),
    ("ec-guayaquil", "be-antwerp"): (10_500, 0.05),
    ("br-santos", "nl-rotterdam"): (10_050, 0.05),
    ("co-cartagena", "nl-rotterdam"): (8_500, 0.06),
    ("br-santos", "es-algeciras"): (8_300, 0.06),
    ("pe-callao", "us-new-jersey"): (6_250, 0.06),
    ("co-cartagena", "us-south-florida"): (1_980, 0.08),
    ("pa-colon", "us-south-florida"): (2_230, 0.08),
    ("co-buenaventura", "mx-manzanillo"): (3_450, 0.10),
}


@pytest.fixture(scope="module")
def road_steps():
    steps = defaultdict(list)
    for link in load_geography().links:
        if link.mode in ("truck", "pickup"):
            steps[link.from_].append((link.to, link.distance_km))
    return steps


def shortest(start, end, steps):
    """Return the length of the shortest way by road (Dijkstra)."""
    waiting, done = [(0.0, start)], set()
    while waiting:
        length, place = heapq.heappop(waiting)
        if place == end:
            return length
        if place not in done:
            done.add(place)
            for after, distance in steps[place]:
                heapq.heappush(waiting, (length + distance, after))
    return float("inf")


@pytest.mark.parametrize(("start", "end"), sorted(ROADS))
def test_road_distances(start, end, road_steps):
    known, tolerance = ROADS[start, end]
    assert shortest(start, end, road_steps) == pytest.approx(known, rel=tolerance)


@pytest.mark.parametrize(("start", "end"), sorted(SEA))
def test_sea_distances(start, end):
    known, tolerance = SEA[start, end]
    links = {(link.from_, link.to): link for link in load_geography().links if link.mode == "container_ship"}
    assert links[start, end].distance_km == pytest.approx(known, rel=tolerance)
