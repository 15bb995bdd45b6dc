"""Places by name: countries, divisions, regions and towns, with every reading that a name can have."""

from __future__ import annotations

import csv
import gzip
import io
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from trasiego.common.paths import data_folder
from trasiego.reading.names.lexicon import fold, folded_words

LARGE_TOWN = 400_000
"""People from which on a town needs no word of place beside its name."""


@dataclass(frozen=True, slots=True)
class Place:
    """One reading of a name.

    `kind` is country, division, town, port, valley and the like. `country` holds ISO 3166-1 letters, several
    parted by "|", empty for what lies in none; `division` is the first-level one, `population` 0 where
    unknown; `place_id` is that of the shipped map, or "".
    """

    name: str
    kind: str
    country: str
    division: str
    latitude: float
    longitude: float
    population: int = 0
    place_id: str = ""

    @property
    def label(self) -> str:
        """Return name, division and country, as "San Francisco, Ayacucho, PE"."""
        return ", ".join(part for part in (self.name, self.division, self.country) if part)

    @property
    def plain(self) -> bool:
        """Whether the name alone is enough to mean the place (no small town)."""
        return self.kind != "town" or self.population >= LARGE_TOWN or bool(self.place_id)


class Gazetteer:
    """Looks places up by their folded names."""

    def __init__(self, places: list[tuple[str, Place]]) -> None:
        """Take (name, place) pairs; a place may come under several names."""
        self._places: dict[str, list[Place]] = defaultdict(list)
        self._longest: dict[str, int] = defaultdict(int)
        for name, place in places:
            words = folded_words(name)
            if not words:
                continue
            self._places[" ".join(words)].append(place)
            self._longest[words[0]] = max(self._longest[words[0]], len(words))

    def readings(self, name: str) -> list[Place]:
        """Return the places of a name, the more general kinds first, else in the order of the lists."""
        return self._places.get(" ".join(folded_words(name)), [])

    def of_words(self, words: tuple[str, ...]) -> list[Place]:
        """Return the places of a name that comes as folded words."""
        return self._places.get(" ".join(words), [])

    def longest(self, first: str) -> int:
        """Return the number of words of the longest name that starts with a folded word, 0 for none."""
        return self._longest.get(first, 0)


@cache
def gazetteer() -> Gazetteer:
    """Return the gazetteer of the shipped data; raise OSError where they are missing."""
    return Gazetteer([*_countries(), *_shipped(), *_regions(), *_listed()])


def _folder() -> Path:
    return data_folder("reading") / "names"


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _countries() -> list[tuple[str, Place]]:
    found = []
    shipped = {row["name"]: row["id"] for row in _table(data_folder("geography") / "places.csv")}
    for row in _table(_folder() / "countries.csv"):
        names = [*row["names"].split("|"), row["names_es"]]
        place = Place(names[0], "country", row["iso2"], "", 0.0, 0.0, 0, shipped.get(names[0], ""))
        found += [(name, place) for name in dict.fromkeys(names)]
    return found


def _shipped() -> list[tuple[str, Place]]:
    found = []
    for row in _table(data_folder("geography") / "places.csv"):
        names = [row[key].partition(" (")[0].strip() for key in ("name", "name_es")]
        population = int(float(row["population"] or 0))
        kind = row["kind"] if row["kind"] != "department" else "division"
        where = (float(row["lat"]), float(row["lon"]), population, row["id"])
        place = Place(names[0], kind, row["country"], row["admin1_name"], *where)
        found += [(name, place) for name in {fold(each): each for each in names}.values()]
    return found


def _regions() -> list[tuple[str, Place]]:
    """Return the hand list; its towns count as large ones, and two rows of it may share a name."""
    found = []
    for row in _table(_folder() / "regions.csv"):
        names = row["names"].split("|")
        people = LARGE_TOWN if row["kind"] == "town" else 0
        where = (float(row["lat"]), float(row["lon"]), people)
        place = Place(names[0], row["kind"], row["country"], row["division"], *where)
        found += [(name, place) for name in names]
    return found


def _listed() -> list[tuple[str, Place]]:
    text = gzip.decompress((_folder() / "gazetteer.csv.gz").read_bytes()).decode()
    found = []
    for names, kind, country, division, lat, lon, people in csv.reader(io.StringIO(text)):
        if kind == "kind":
            continue
        several = names.split("|")
        place = Place(several[0], kind, country, division, float(lat or 0), float(lon or 0), int(people or 0))
        found += [(name, place) for name in several]
    return found
