"""Central America from the shipped outlines: divisions to put points in, coasts by ocean, land borders."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trasiego.world.geography import load_outlines

Floats = NDArray[np.float64]

COUNTRIES = ("PA", "CR", "NI", "HN", "SV", "GT", "BZ")
BOX = (-93.5, 6.5, -76.5, 19.5)
SPINE_LONGITUDE = (-94.5, -91.0, -88.0, -86.0, -85.0, -83.7, -82.3, -79.7, -77.5)
SPINE_LATITUDE = (17.0, 15.5, 14.5, 13.0, 11.2, 9.7, 8.8, 9.1, 8.0)
"""A line along the middle of the isthmus: coast north of it is Caribbean, south of it Pacific."""

KM_PER_DEGREE = 111.195


@dataclass(frozen=True)
class Division:
    """A first-level division: outer rings [points, (longitude, latitude)], area and the centre of it.

    The area is in square degrees, with degrees of longitude shortened by the latitude.
    """

    id: str
    country: str
    rings: tuple[Floats, ...]
    area: float
    longitude: float
    latitude: float


@dataclass(frozen=True)
class Land:
    """Divisions, and lines as segments [S, 4] from longitude, latitude to longitude, latitude."""

    divisions: tuple[Division, ...]
    pacific: Floats
    caribbean: Floats
    borders: Floats


def central_america() -> Land:
    """Return the seven countries of the isthmus."""
    topology = load_outlines()
    arcs = [_decoded(arc, topology["transform"]) for arc in topology["arcs"]]
    divisions = tuple(
        _division(geometry, arcs)
        for geometry in topology["objects"]["divisions"]["geometries"]
        if geometry["properties"]["country"] in COUNTRIES
    )
    used = np.zeros(len(arcs), dtype=np.int64)
    for geometry in topology["objects"]["countries"]["geometries"]:
        for ring in _rings(geometry):
            for number in ring:
                used[number if number >= 0 else ~number] += 1
    coast = _segments([arc for arc, count in zip(arcs, used, strict=True) if count == 1])
    middle = (coast[:, :2] + coast[:, 2:]) / 2
    north = middle[:, 1] > np.interp(middle[:, 0], SPINE_LONGITUDE, SPINE_LATITUDE)
    borders = _segments([arc for arc, count in zip(arcs, used, strict=True) if count > 1])
    return Land(divisions, coast[~north], coast[north], borders)


def distance_km(longitude: Floats, latitude: Floats, segments: Floats) -> Floats:
    """Return the distance [K] in km of points to the nearest of the segments.

    On a plane that touches at each point: good to about 1 percent within 300 km.
    """
    scale = np.cos(np.radians(latitude))[:, None]
    start_x = (segments[:, 0] - longitude[:, None]) * scale
    start_y = segments[:, 1] - latitude[:, None]
    step_x = (segments[:, 2] - segments[:, 0]) * scale
    step_y = np.broadcast_to(segments[:, 3] - segments[:, 1], step_x.shape)
    length = np.maximum(step_x**2 + step_y**2, 1e-18)
    along = np.clip(-(start_x * step_x + start_y * step_y) / length, 0.0, 1.0)
    squared = (start_x + along * step_x) ** 2 + (start_y + along * step_y) ** 2
    return np.asarray(KM_PER_DEGREE * np.sqrt(squared.min(axis=1)))


def contains(ring: Floats, longitude: float, latitude: float) -> bool:
    """Tell whether a point lies inside a closed ring (even-odd rule)."""
    x, y = ring[:-1, 0], ring[:-1, 1]
    next_x, next_y = ring[1:, 0], ring[1:, 1]
    crosses = (y > latitude) != (next_y > latitude)
    at = x[crosses] + (latitude - y[crosses]) * (next_x - x)[crosses] / (next_y - y)[crosses]
    return bool(np.count_nonzero(longitude < at) % 2)


def point_inside(division: Division, random: np.random.Generator) -> tuple[float, float]:
    """Return longitude and latitude of a point drawn evenly from the largest ring of a division."""
    ring = max(division.rings, key=lambda each: abs(_ring_area(each)[0]))
    low, high = ring.min(axis=0), ring.max(axis=0)
    while True:
        longitude, latitude = random.uniform(low, high)
        if contains(ring, longitude, latitude):
            return float(longitude), float(latitude)


def _decoded(arc: list[list[int]], transform: dict[str, list[float]]) -> Floats:
    """Return the points of a TopoJSON arc: sums of its steps, scaled and moved."""
    steps = np.cumsum(np.asarray(arc, dtype=np.float64), axis=0)
    return np.asarray(steps * transform["scale"] + transform["translate"])


def _rings(geometry: dict[str, Any]) -> list[list[int]]:
    """Return the rings of a geometry as lists of arc numbers; holes are left out."""
    parts = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    return [part[0] for part in parts]


def _division(geometry: dict[str, Any], arcs: list[Floats]) -> Division:
    rings = []
    for numbers in _rings(geometry):
        pieces = [arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers]
        rings.append(np.concatenate([pieces[0], *(piece[1:] for piece in pieces[1:])]))
    sizes = [_ring_area(ring) for ring in rings]
    total = sum(abs(size[0]) for size in sizes)
    longitude = sum(abs(size[0]) * size[1] for size in sizes) / total
    latitude = sum(abs(size[0]) * size[2] for size in sizes) / total
    area = total * np.cos(np.radians(latitude))
    return Division(
        geometry["id"], geometry["properties"]["country"], tuple(rings), area, longitude, latitude
    )


def _ring_area(ring: Floats) -> tuple[float, float, float]:
    """Return signed area in square degrees, and longitude and latitude of the centre."""
    origin = ring[0]
    x, y = (ring - origin).T
    cross = x[:-1] * y[1:] - x[1:] * y[:-1]
    area = cross.sum() / 2.0
    centre_x = ((x[:-1] + x[1:]) * cross).sum() / (6.0 * area)
    centre_y = ((y[:-1] + y[1:]) * cross).sum() / (6.0 * area)
    return float(area), float(origin[0] + centre_x), float(origin[1] + centre_y)


def _segments(arcs: list[Floats]) -> Floats:
    """Return the segments of arcs that touch the box of the isthmus."""
    pieces = np.concatenate([np.hstack([arc[:-1], arc[1:]]) for arc in arcs])
    west, south, east, north = BOX
    middle = (pieces[:, :2] + pieces[:, 2:]) / 2
    inside = (middle[:, 0] > west) & (middle[:, 0] < east) & (middle[:, 1] > south) & (middle[:, 1] < north)
    return np.asarray(pieces[inside])
