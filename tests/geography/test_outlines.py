"""Outlines: complete, small, without lines across the map, and in line with the places."""

import numpy as np
import pytest

from trasiego.common.paths import data_folder
from trasiego.world.geography import load_geography, load_outlines

DIVISIONS = {
    "GT": 22,
    "HN": 18,
    "SV": 14,
    "NI": 17,
    "PE": 26,
    "BO": 9,
    "CO": 33,
    "EC": 24,
    "MX": 32,
    "BR": 27,
}
NEAR_DEGREES = 0.25


@pytest.fixture(scope="module")
def topology():
    return load_outlines()


@pytest.fixture(scope="module")
def arcs(topology):
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]
    return [np.cumsum(arc, axis=0) * scale + shift for arc in topology["arcs"]]


def rings(geometry, arcs):
    """Return the rings of a polygon or multipolygon, holes too, as [points, 2] degrees."""
    parts = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return [
        np.concatenate([arcs[n] if n >= 0 else arcs[~n][::-1] for n in ring])
        for part in parts
        for ring in part
    ]


def holds(ring_list, lon, lat):
    """Tell whether a point lies inside (even-odd rule)."""
    inside = False
    for ring in ring_list:
        x, y = ring[:, 0], ring[:, 1]
        above = (y[:-1] > lat) != (y[1:] > lat)
        rise = np.where(above, y[1:] - y[:-1], 1.0)
        crossing = x[:-1] + (lat - y[:-1]) / rise * (x[1:] - x[:-1])
        inside ^= bool(np.sum(above & (crossing > lon)) % 2)
    return inside


def away(ring_list, lon, lat):
    """Return the distance in degrees from a point to the nearest corner."""
    corners = np.concatenate(ring_list)
    return float(np.min(np.hypot(corners[:, 0] - lon, corners[:, 1] - lat)))


def test_the_file_is_small():
    assert (data_folder("geography") / "outlines.topo.json").stat().st_size <= 350_000


def test_divisions_are_keyed_by_code_and_complete(topology):
    layer = topology["objects"]["divisions"]["geometries"]
    ids = [geometry["id"] for geometry in layer]
    assert len(ids) == len(set(ids)) and len(ids) > 350
    counts = {c: sum(g["properties"]["country"] == c for g in layer) for c in DIVISIONS}
    assert counts == DIVISIONS
    assert all(g["properties"]["name"] and g["properties"]["name_es"] for g in layer)


def test_every_country_of_the_geography_has_an_outline(topology):
    drawn = {geometry["id"] for geometry in topology["objects"]["countries"]["geometries"]}
    assert set(load_geography().countries) <= drawn


def test_nothing_crosses_the_antimeridian_or_the_whole_map(arcs):
    corners = np.concatenate(arcs)
    (west, south), (east, north) = corners.min(axis=0), corners.max(axis=0)
    assert (west, south, east, north) == pytest.approx((-128, -56, 19, 56), abs=0.5)
    # Long straight lines are the cut edge of the map, the 49th parallel and borders in the Sahara.
    long = []
    for arc in arcs:
        steps = np.hypot(*np.diff(arc, axis=0).T)
        for at in np.flatnonzero(steps > 8):
            lon, lat = arc[at]
            on_edge = abs(lat - north) < 0.1 or abs(lon - east) < 0.1 or abs(lon - west) < 0.1
            if not on_edge and abs(lat - 49) > 0.6 and not (lon > -9 and 18 < lat < 28):
                long.append((lon, lat, steps[at]))
    assert not long, long


def test_rings_run_clockwise_as_map_libraries_on_the_sphere_expect(topology, arcs):
    turned = []
    for layer in topology["objects"].values():
        for geometry in layer["geometries"]:
            parts = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
            for part in parts:
                x, y = rings({"type": "Polygon", "arcs": part[:1]}, arcs)[0].T
                if np.sum(x[:-1] * y[1:] - x[1:] * y[:-1]) >= 0:
                    turned.append(geometry["id"])
    assert not turned, turned


def test_places_lie_in_their_division(topology, arcs):
    layer = {geometry["id"]: geometry for geometry in topology["objects"]["divisions"]["geometries"]}
    outside, checked = [], 0
    for place in load_geography().places:
        if place.admin1_code not in layer:
            continue
        checked += 1
        geometry = layer[place.admin1_code]
        assert geometry["properties"]["country"] == place.country, place.id
        assert geometry["properties"]["iso_3166_2"] == place.admin1_iso, place.id
        edge = rings(geometry, arcs)
        if not holds(edge, place.lon, place.lat) and away(edge, place.lon, place.lat) > NEAR_DEGREES:
            outside.append((place.id, round(away(edge, place.lon, place.lat), 2)))
    assert checked > 200
    assert not outside, outside


def test_latin_american_places_with_a_division_can_be_drawn(topology):
    drawn = {geometry["id"] for geometry in topology["objects"]["divisions"]["geometries"]}
    countries = {g["properties"]["country"] for g in topology["objects"]["divisions"]["geometries"]}
    lost = [
        place.id
        for place in load_geography().places
        if place.country in countries and place.admin1_iso and place.admin1_code not in drawn
    ]
    assert not lost, lost
