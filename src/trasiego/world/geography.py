"""Places, links and outlines: the geography that every scenario is cut from.

The tables and the outlines lie in `data/geography`; its README says where they come from, under which
licences, how distances were made and what is weak.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from trasiego.common.faults import Fault, Faults
from trasiego.common.messages import _
from trasiego.common.paths import data_folder
from trasiego.world.geography_rows import Row, Table

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""

PLACE_KINDS = (
    "production_zone",
    "town",
    "department",
    "hub_city",
    "port",
    "landing_area",
    "border_crossing",
    "market_entry",
    "market",
)
"""What a place is in the trade."""

MODES = (
    "foot",
    "pickup",
    "truck",
    "river_boat",
    "fast_boat",
    "fishing_boat",
    "light_aircraft",
    "container_ship",
    "parcel",
)
"""Modes of transport of the links."""

DISTANCE_METHODS = (
    "road",
    "road_published",
    "foot",
    "river",
    "waterway",
    "lake",
    "air",
    "sea_grid",
    "sea_hop",
    "sea_lane",
)
"""How a distance was made: see the README of the data."""

LARGEST_RANK = 9999
LARGEST_DISTANCE_KM = 40_000
LARGEST_POPULATION = 2_000_000_000
MOST_BORDERS = 5
ROUNDING = 0.99
"""A distance may lie this much below the great circle, because both are rounded."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place; `country` is ISO 3166-1 alpha-2, `lat` and `lon` degrees (WGS 84).

    `admin1_iso` (ISO 3166-2) and `admin1_code` (Natural Earth, the key of the outlines) are empty for market
    regions and for places that stand for more than one division. `population` is of the department or of
    the town, as `note` says, or None. Links lead from lower to higher `rank`.
    """

    id: str
    name: str
    name_es: str
    kind: str
    country: str
    admin1_iso: str
    admin1_code: str
    admin1_name: str
    lat: float
    lon: float
    population: int | None
    rank: int
    coord_source: str
    role_source: str
    note: str


@dataclass(frozen=True, slots=True)
class Link:
    """A directed way from `from_` to `to` by one mode.

    `distance_km` follows `distance_method`; `distance_factor` is what the great circle was multiplied with,
    None where it was not. `borders_crossed` counts state borders with a regular check.
    """

    id: str
    from_: str
    to: str
    mode: str
    distance_km: float
    distance_method: str
    distance_factor: float | None
    borders_crossed: int
    role_source: str
    note: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country of the geography; `population_2010` is rounded, `population_source` says where it is from."""

    iso2: str
    name: str
    name_es: str
    population_2010: int
    population_source: str


@dataclass(frozen=True, slots=True)
class GeographySource:
    """A source that places and links cite in `role_source`; `used_for` is our own summary."""

    id: str
    title: str
    publisher: str
    address: str
    used_for: str


@dataclass(frozen=True)
class Geography:
    """All places and links, in the order of the files; `countries` gives the English name of an ISO code."""

    places: tuple[Place, ...]
    links: tuple[Link, ...]
    countries: Mapping[str, str]
    country_details: Mapping[str, Country]
    sources: Mapping[str, GeographySource]


def great_circle_km(
    lat_1: ArrayLike, lon_1: ArrayLike, lat_2: ArrayLike, lon_2: ArrayLike
) -> NDArray[np.float64]:
    """Return great-circle distances in km between points given in degrees; arrays broadcast.

    Haversine form on a sphere of the mean radius: within 0.6 % of the distance on the ellipsoid.
    """
    phi_1, lambda_1, phi_2, lambda_2 = (
        np.radians(np.asarray(angle, dtype=np.float64)) for angle in (lat_1, lon_1, lat_2, lon_2)
    )
    half = (
        np.sin((phi_2 - phi_1) / 2) ** 2
        + np.cos(phi_1) * np.cos(phi_2) * np.sin((lambda_2 - lambda_1) / 2) ** 2
    )
    return np.asarray(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(half, 1.0))), dtype=np.float64)


def places_of_countries(geography: Geography, countries: Collection[str]) -> tuple[Place, ...]:
    """Return the places of the given countries (ISO 3166-1 alpha-2), in the order of the geography."""
    wanted = frozenset(countries)
    return tuple(place for place in geography.places if place.country in wanted)


def load_geography(folder: Path | None = None) -> Geography:
    """Return the geography of a folder with the four tables, the shipped one without `folder`.

    Raises:
        Faults: with every fault of every table, when there is one.
    """
    return _shipped_geography() if folder is None else _read_geography(folder)


def load_outlines(folder: Path | None = None) -> dict[str, Any]:
    """Return the TopoJSON of the maps: objects `countries` (by ISO code) and `divisions` (by adm1_code)."""
    path = (folder or data_folder("geography")) / "outlines.topo.json"
    topology: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return topology


@lru_cache(maxsize=1)
def _shipped_geography() -> Geography:
    return _read_geography(data_folder("geography"))


def _read_geography(folder: Path) -> Geography:
    faults: list[Fault] = []
    details = _read_countries(folder, faults)
    places, sound = _read_places(folder, details, faults)
    links, link_rows = _read_links(folder, places, sound, faults)
    faults += _distance_faults(links, link_rows, sound)
    sources = _read_sources(folder, faults)
    if faults or details is None or places is None:
        raise Faults(faults)
    names = {iso2: country.name for iso2, country in details.items()}
    return Geography(tuple(places.values()), links, names, details, sources)


def _read_countries(folder: Path, faults: list[Fault]) -> dict[str, Country] | None:
    """Return the countries by code, None when rows of the table could not be read."""
    table = Table(folder, "countries.csv", tuple(Country.__slots__), faults)
    countries: dict[str, Country] = {}
    for row in table.rows():
        iso2 = _unique(row, "iso2", countries)
        countries[iso2] = Country(
            iso2=iso2,
            name=row.text("name"),
            name_es=row.text("name_es"),
            population_2010=row.integer("population_2010", 1, LARGEST_POPULATION),
            population_source=row.text("population_source"),
        )
    return None if table.broken else countries


def _read_sources(folder: Path, faults: list[Fault]) -> dict[str, GeographySource]:
    table = Table(folder, "sources.csv", tuple(GeographySource.__slots__), faults)
    sources: dict[str, GeographySource] = {}
    for row in table.rows():
        key = _unique(row, "id", sources)
        sources[key] = GeographySource(**{**row.cells, "title": row.text("title")})
    return sources


def _read_places(
    folder: Path, countries: Collection[str] | None, faults: list[Fault]
) -> tuple[dict[str, Place] | None, dict[str, Place]]:
    """Return all places by id, None when rows could not be read, and those without a fault."""
    table = Table(folder, "places.csv", tuple(Place.__slots__), faults)
    places: dict[str, Place] = {}
    sound: dict[str, Place] = {}
    for row in table.rows():
        before = len(faults)
        key = _unique(row, "id", places)
        places[key] = _place(row, key, countries)
        if len(faults) == before:
            sound[key] = places[key]
    return None if table.broken else places, sound


def _place(row: Row, key: str, countries: Collection[str] | None) -> Place:
    people = row.cells["population"]
    return Place(
        id=key,
        name=row.text("name"),
        name_es=row.text("name_es"),
        kind=row.one_of("kind", PLACE_KINDS),
        country=row.one_of("country", countries),
        admin1_iso=row.cells["admin1_iso"],
        admin1_code=row.cells["admin1_code"],
        admin1_name=row.cells["admin1_name"],
        lat=row.number("lat", -90, 90),
        lon=row.number("lon", -180, 180),
        population=row.integer("population", 0, LARGEST_POPULATION) if people else None,
        rank=row.integer("rank", 0, LARGEST_RANK),
        coord_source=row.text("coord_source"),
        role_source=row.text("role_source"),
        note=row.cells["note"],
    )


LINK_COLUMNS = tuple(name.removesuffix("_") for name in Link.__slots__)


def _read_links(
    folder: Path, places: Collection[str] | None, sound: Mapping[str, Place], faults: list[Fault]
) -> tuple[tuple[Link, ...], tuple[Row, ...]]:
    table = Table(folder, "links.csv", LINK_COLUMNS, faults)
    links: list[Link] = []
    rows: list[Row] = []
    seen: dict[str, int] = {}
    for row in table.rows():
        key = _unique(row, "id", seen)
        seen[key] = row.line
        link = _link(row, key, places)
        _check_link(row, link, sound)
        links.append(link)
        rows.append(row)
    return tuple(links), tuple(rows)


def _link(row: Row, key: str, places: Collection[str] | None) -> Link:
    factor = row.cells["distance_factor"]
    return Link(
        id=key,
        from_=row.one_of("from", places),
        to=row.one_of("to", places),
        mode=row.one_of("mode", MODES),
        distance_km=row.number("distance_km", 0, LARGEST_DISTANCE_KM),
        distance_method=row.one_of("distance_method", DISTANCE_METHODS),
        distance_factor=row.number("distance_factor", 1, 5) if factor else None,
        borders_crossed=row.integer("borders_crossed", 0, MOST_BORDERS),
        role_source=row.text("role_source"),
        note=row.cells["note"],
    )


def _check_link(row: Row, link: Link, places: Mapping[str, Place]) -> None:
    """Add faults for an id that does not tell the link, and for a link against the order of places."""
    expected = f"{link.from_}--{link.to}--{link.mode}"
    if link.id and link.id != expected:
        row.fault("id", link.id, expected, _("name the link after its ends and mode"))
    start, end = places.get(link.from_), places.get(link.to)
    if start is not None and end is not None and start.rank >= end.rank:
        found = _("from rank {start} to rank {end}").format(start=start.rank, end=end.rank)
        do = _("turn the link round, or change the rank of a place")
        row.fault("to", found, _("a place of higher rank than the start"), do)


def _distance_faults(
    links: tuple[Link, ...], rows: tuple[Row, ...], places: Mapping[str, Place]
) -> list[Fault]:
    """Return a fault for each distance shorter than the great circle between the ends."""
    pairs = [
        (link, row, places[link.from_], places[link.to])
        for link, row in zip(links, rows, strict=True)
        if link.from_ in places and link.to in places
    ]
    if not pairs:
        return []
    start = np.array([(place.lat, place.lon) for _link, _row, place, _end in pairs])
    end = np.array([(place.lat, place.lon) for _link, _row, _start, place in pairs])
    straight = great_circle_km(start[:, 0], start[:, 1], end[:, 0], end[:, 1])
    faults = []
    for (link, row, _start, _end), shortest in zip(pairs, straight, strict=True):
        if link.distance_km < ROUNDING * shortest:
            allowed = _("at least the great circle, {km} km").format(km=f"{shortest:.0f}")
            do = _("correct the distance or the coordinates")
            found = f"{link.distance_km:g} km"
            faults.append(Fault(row.table.label, row.line, "distance_km", found, allowed, None, do))
    return faults


def _unique(row: Row, column: str, seen: Collection[str]) -> str:
    """Return the key of a row, which must not be empty or taken."""
    key = row.text(column)
    if key in seen:
        row.fault(column, _("{key} for the second time").format(key=key), _("each id once"), _("remove one"))
    return key
