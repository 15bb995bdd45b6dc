"""Reads and writes the tables of src/trasiego/data/geography; shared by the scripts here."""

from __future__ import annotations

import csv
import math
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "src/trasiego/data/geography"
EARTH_RADIUS_KM = 6371.0088

Row = dict[str, str]


def read_table(name: str) -> list[Row]:
    """Return the rows of a table, as text."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write_table(name: str, rows: list[Row]) -> None:
    """Write the rows back, columns in the order of the first row."""
    with (FOLDER / name).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def great_circle_km(start: Row, end: Row) -> float:
    """Return the great-circle distance between two places in km (haversine)."""
    latitude_1, longitude_1, latitude_2, longitude_2 = (
        math.radians(float(place[key])) for place in (start, end) for key in ("lat", "lon")
    )
    half = (
        math.sin((latitude_2 - latitude_1) / 2) ** 2
        + math.cos(latitude_1) * math.cos(latitude_2) * math.sin((longitude_2 - longitude_1) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))
