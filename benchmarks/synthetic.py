"""Made-up worlds of any size, compiled like every scenario, and how the cost of a run grows with them.

Places stand in layers from zones to markets; each link leads one or two layers on, to a place nearby. Numbers
of modes, kinds, countries and mechanisms are those of northern-route.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace
from time import thread_time

import numpy as np

from benchmarks.figures import Figure, least_cpu_seconds
from benchmarks.months import run_without_record
from trasiego.scenario import Scenario, load_scenario
from trasiego.scenario.values import Given, Value
from trasiego.world.compile import compile_world
from trasiego.world.geography import Link, Place, load_geography
from trasiego.world.tables import World

BASE = "northern-route"
LAYERS = 26
LINKS_A_PLACE = 4.4
REACH = 3
MODES = ("pickup", "truck", "fast_boat", "light_aircraft")
COUNTRIES = ("CO", "PA", "CR", "NI", "HN", "GT", "MX", "US")
ZONE, MARKET = "pe-vrae", "us-west"
KG_A_ZONE_AND_MONTH = 2000.0
SIZES, QUICK_SIZES = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000), (1_000, 2_000, 4_000)


def synthetic_world(
    links: int, principals: int = 13, places: int | None = None, seed: int = 1, months: int = 180
) -> World:
    """Return a world with exactly `links` links, the principals of northern-route or the first of them.

    `places` (about a quarter of the links when left out) is rounded to whole layers. Raises ValueError where
    the places need more links than that to hang together, or cannot hold as many.
    """
    wanted = links / LINKS_A_PLACE if places is None else places
    width = max(2, round(wanted / LAYERS))
    ground = _places(width)
    geography = replace(
        load_geography(), places=tuple(ground), links=tuple(_links(ground, width, links, seed))
    )
    return compile_world(_scenario(ground, width, principals, months), geography)


def _places(width: int) -> list[Place]:
    place = load_geography().places[0]
    return [
        replace(
            place,
            id=f"s{layer:02d}-{row:04d}",
            name=f"Place {row} of layer {layer}",
            kind="production_zone" if layer == 0 else "market" if layer == LAYERS - 1 else "department",
            country=COUNTRIES[min(layer * len(COUNTRIES) // (LAYERS - 1), len(COUNTRIES) - 1)],
            lat=float(layer),
            lon=-0.01 * row,
            rank=layer,
        )
        for layer in range(LAYERS)
        for row in range(width)
    ]


def _links(ground: list[Place], width: int, count: int, seed: int) -> Iterable[Link]:
    """One link from each place to the one straight ahead, and random ones up to the wanted number."""
    random = np.random.default_rng(seed)
    found: dict[tuple[int, int, str], float] = {}
    for start in range(width * (LAYERS - 1)):
        found[start, start + width, MODES[start % 2]] = float(random.uniform(30, 300))
    possible = width * (LAYERS - 1) * min(width, 2 * REACH + 1) * len(MODES)
    if not len(found) <= count <= possible:
        raise ValueError(f"{len(ground)} places take {len(found)} to {possible} links, not {count}")
    while len(found) < count:
        start = int(random.integers(0, width * (LAYERS - 1)))
        layer, row = divmod(start, width)
        ahead = min(layer + 1 + int(random.random() < 0.3), LAYERS - 1)
        beside = min(max(row + int(random.integers(-REACH, REACH + 1)), 0), width - 1)
        mode = MODES[int(random.integers(0, len(MODES)))]
        found.setdefault((start, ahead * width + beside, mode), float(random.uniform(30, 300)))
    like = load_geography().links[0]
    for (start, end, mode), km in found.items():
        tail, head = ground[start], ground[end]
        yield replace(
            like,
            id=f"{tail.id}--{head.id}--{mode}",
            from_=tail.id,
            to=head.id,
            mode=mode,
            distance_km=km,
            borders_crossed=int(tail.country != head.country),
        )


def _scenario(ground: list[Place], width: int, principals: int, months: int) -> Scenario:
    """Northern-route with its places, zones, markets and groups replaced, and without events."""
    base = load_scenario(BASE)
    brokers = base.section("brokers")[:principals]
    left_out = ("groups", "events", "zones", "markets", "brokers", "cut")
    given = {path: each for path, each in base.given.items() if path.split(".")[0] not in left_out}

    def put(path: str, like: Given, value: Value) -> None:
        given[path] = replace(like, path=path, value=value)

    markets = tuple(place.id for place in ground[-width:])
    for section, template, chosen in (("zones", ZONE, ground[:width]), ("markets", MARKET, ground[-width:])):
        for path, each in base.given.items():
            if path.startswith(f"{section}.{template}."):
                for place in chosen:
                    put(path.replace(template, place.id), each, each.value)
    for broker in brokers:
        for key, value in (("strategy", None), ("buying_share", None), ("markets", markets)):
            path = f"brokers.{broker}.{key}"
            put(path, base.given[path], base.given[path].value if value is None else value)
    for zone in (place.id for place in ground[:width]):
        put(f"zones.{zone}.product", given[f"zones.{zone}.product"], "hydrochloride")
    put("processing.places", given["processing.places"], ())
    put("organisation.group_slots", given["organisation.group_slots"], max(64, 4 * len(ground)))
    put("scenario.months", given["scenario.months"], months)
    put("scenario.name", given["scenario.name"], f"synthetic-{len(ground)}")
    scenario = replace(base, given=given, places=[place.id for place in ground], file_numbers={})
    return scenario.with_values(_masses(scenario, ground, width))


def _masses(scenario: Scenario, ground: list[Place], width: int) -> dict[str, float]:
    """Return area and consumption, so that each zone makes and each market wants a given mass a month."""
    zone = f"zones.{ground[0].id}."
    kg_per_ha_year = (
        scenario.numbers[f"{zone}leaf_yield_kg_per_ha_year"].value
        / scenario.numbers[f"{zone}leaf_kg_per_kg"].value
        * (1.0 - (scenario.value(f"{zone}legal_leaf_share", 0.0) or 0.0))
    )
    area = {
        f"zones.{place.id}.coca_area_ha": 12.0 * KG_A_ZONE_AND_MONTH / kg_per_ha_year
        for place in ground[:width]
    }
    eradicated = {f"zones.{place.id}.eradication_ha_per_year": 0.0 for place in ground[:width]}
    eaten = {
        f"markets.{place.id}.consumption_kg_per_year": 12.0 * 0.8 * KG_A_ZONE_AND_MONTH
        for place in ground[-width:]
    }
    return area | eradicated | eaten


def measure(quick: bool = False) -> list[Figure]:
    """Return the time of a run on worlds of growing size, and the power of links x log(links) it follows."""
    sizes, months = (QUICK_SIZES, 6) if quick else (SIZES, 24)
    figures, seconds = [], []
    for links in sizes:
        began = thread_time()
        world = synthetic_world(links)
        compiled = thread_time() - began
        run_without_record(world, 1)
        took = least_cpu_seconds(lambda world=world: run_without_record(world, months), 2)
        seconds.append(took)
        note = f"{len(world.names.places):,} places; the world is compiled in {compiled:.1f} s"
        figures.append(
            Figure("synthetic", f"{links:,} links, {months} months", 1000.0 * took, "ms", note=note)
        )
    note = "slope of log time over log(links x log(links)); 1 is proportional"
    for what, first in (("all sizes", 0), ("the two largest", -2)):
        of = [math.log(links * math.log(links)) for links in sizes[first:]]
        growth = float(np.polyfit(of, np.log(seconds[first:]), 1)[0])
        figures.append(
            Figure("synthetic", f"power of links x log(links), {what}", growth, "", 1.0, note=note)
        )
    return figures
