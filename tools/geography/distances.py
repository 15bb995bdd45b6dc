"""Remake distance_km of links.csv from the places, the method and the factor of each link.

Usage: python distances.py NODE_MODULES [--write]

Land, river and air: great circle times `distance_factor`. Sea: the shortest water path on a grid where both
ends lie in the grid's box, else searoute 1.6.0. `road_published` keeps the figure that is written there.
"""

from __future__ import annotations

import sys
from pathlib import Path

import searoute
from sea_grid import SeaGrid
from tables import Row, great_circle_km, read_table, write_table

BY_FACTOR = {"road", "foot", "river", "waterway", "lake", "air", "sea_hop"}
SHORT_HOP_KM = 200.0
SHORT_HOP_FACTOR = 1.5


def significant(distance: float) -> str:
    """Return a distance with one decimal below 100 km, else without."""
    return f"{distance:.1f}" if distance < 100 else f"{distance:.0f}"


def lane_km(start: Row, end: Row) -> float:
    """Return the length of the way over searoute's network of ship lanes in km."""
    points = [[float(place["lon"]), float(place["lat"])] for place in (start, end)]
    return float(searoute.searoute(*points, units="km")["properties"]["length"])


def sea_distance(start: Row, end: Row, grid: SeaGrid) -> tuple[str, str, float]:
    """Return method, factor and distance of a sea link."""
    straight = great_circle_km(start, end)
    if grid.holds(start) and grid.holds(end):
        path = grid.distance_km(start, end)
        if straight < SHORT_HOP_KM and path > SHORT_HOP_FACTOR * straight:
            return "sea_hop", f"{SHORT_HOP_FACTOR:.2f}", SHORT_HOP_FACTOR * straight
        return "sea_grid", "", max(path, straight)
    return "sea_lane", "", max(lane_km(start, end), straight)


def measure(link: Row, places: dict[str, Row], grid: SeaGrid) -> None:
    """Set the distance of one link, and for sea links its method."""
    start, end = places[link["from"]], places[link["to"]]
    method = link["distance_method"]
    if method in BY_FACTOR:
        distance = great_circle_km(start, end) * float(link["distance_factor"])
    elif method == "road_published":
        return
    else:
        method, factor, distance = sea_distance(start, end, grid)
        link["distance_method"], link["distance_factor"] = method, factor
    link["distance_km"] = significant(distance)


def main() -> None:
    """Print what changes; write it when asked."""
    places = {place["id"]: place for place in read_table("places.csv")}
    links = read_table("links.csv")
    grid = SeaGrid(Path(sys.argv[1]))
    changed = 0
    for link in links:
        before = (link["distance_method"], link["distance_km"])
        measure(link, places, grid)
        after = (link["distance_method"], link["distance_km"])
        if before != after:
            changed += 1
            print(f"{link['id']}: {' '.join(before)} -> {' '.join(after)}")
    print(f"{len(links)} links, {changed} changed")
    if "--write" in sys.argv:
        write_table("links.csv", links)


if __name__ == "__main__":
    main()
