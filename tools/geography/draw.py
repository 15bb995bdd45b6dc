"""Draw the shipped network on the outlines, one colour for each mode, to look for what cannot be.

Usage: python draw.py OUTPUT.png [WEST SOUTH EAST NORTH]
"""

from __future__ import annotations

import sys
from typing import Any

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from numpy.typing import NDArray

from trasiego.world.geography import MODES, Geography, load_geography, load_outlines

COLOURS = dict(zip(MODES, plt.get_cmap("tab10").colors, strict=False))
AREA = (-126.0, -40.0, 16.0, 55.0)
LABELS_BELOW_DEGREES = 60.0


def arcs_of(topology: dict[str, Any]) -> list[NDArray[np.float64]]:
    """Return each arc as [points, 2] longitudes and latitudes."""
    scale, translate = topology["transform"]["scale"], topology["transform"]["translate"]
    return [np.cumsum(arc, axis=0) * scale + translate for arc in topology["arcs"]]


def arcs_used(layer: Any) -> set[int]:
    """Return the arcs that the geometries of one layer use."""
    if isinstance(layer, int):
        return {layer if layer >= 0 else ~layer}
    if isinstance(layer, dict):
        layer = layer["arcs"]
    return set().union(*(arcs_used(part) for part in layer))


def draw_links(axes: Axes, geography: Geography) -> None:
    """Draw every link as a straight line, with the number of links of its mode in the legend."""
    points = {place.id: (place.lon, place.lat) for place in geography.places}
    for mode in MODES:
        ends = [(points[link.from_], points[link.to]) for link in geography.links if link.mode == mode]
        label = f"{mode.replace('_', ' ')} ({len(ends)})"
        lines = LineCollection(ends, colors=[COLOURS[mode]], linewidths=0.5, alpha=0.7, label=label)
        axes.add_collection(lines)


def main() -> None:
    """Write the picture."""
    west, south, east, north = (float(text) for text in sys.argv[2:6]) if len(sys.argv) > 2 else AREA
    topology, geography = load_outlines(), load_geography()
    figure, axes = plt.subplots(figsize=(16, 16 * (north - south) / (east - west) + 1), dpi=130)
    arcs = arcs_of(topology)
    for name, width in (("divisions", 0.25), ("countries", 0.7)):
        used = arcs_used(topology["objects"][name]["geometries"])
        outlines = LineCollection([arcs[index] for index in used], colors="0.6", linewidths=width)
        axes.add_collection(outlines)
    draw_links(axes, geography)
    shown = [p for p in geography.places if west <= p.lon <= east and south <= p.lat <= north]
    axes.scatter([p.lon for p in shown], [p.lat for p in shown], s=9, c="black", zorder=5)
    if east - west < LABELS_BELOW_DEGREES:
        for place in shown:
            axes.text(place.lon, place.lat, place.id, fontsize=6, zorder=6)
    axes.set(xlim=(west, east), ylim=(south, north), aspect=1.0)
    axes.legend(loc="lower right", fontsize=9)
    figure.tight_layout()
    figure.savefig(sys.argv[1])
    print(f"{len(shown)} of {len(geography.places)} places, {len(geography.links)} links: {sys.argv[1]}")


if __name__ == "__main__":
    main()
