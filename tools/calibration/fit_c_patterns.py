"""Fit a few assumed numbers to the patterns marked C, and to nothing else.

A random search: each trial moves some levers by a step in logs, within the range of each number, and is kept
when the summed distance from the bands falls. Bands are drawn in by a tenth of their width at either end, so
that what fits here also holds with other draws. It asks for patterns of kind C only, so those marked V cannot
be read.

    python tools/calibration/fit_c_patterns.py --trials 200 --out tools/calibration/result.csv

The result is a table of numbers with their value before and after, and the distances. With --write the values
go into the scenarios, with status "calibrated".
"""

from __future__ import annotations

import argparse
import csv
import math
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

import trasiego
from trasiego.analysis import scorecard
from trasiego.common.paths import data_folder
from trasiego.scenario import load_scenario

SCENARIOS = ("northern-route", "vrae-2010")
PERU = ("alto-huallaga", "la-convencion", "aguaytia", "pichis-palcazu", "puno-valleys", "bajo-amazonas")
# Numbers of a lever move together. Those of northern-route hold in its cuts as well.
LEVERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "slack": ("northern-route", ("contracting.bottleneck_slack",)),
    "cover": ("northern-route", ("contracting.buying_cover",)),
    "margin": ("northern-route", ("contracting.buying_margin",)),
    "spread of costs": ("northern-route", ("production.supply_spread",)),
    "costs in the VRAE": ("northern-route", ("zones.pe-vrae.marginal_cost_usd_per_kg",)),
    "costs in Peru": ("northern-route", tuple(f"zones.pe-{z}.marginal_cost_usd_per_kg" for z in PERU)),
    "costs in Bolivia": (
        "northern-route",
        tuple(f"zones.bo-{z}.marginal_cost_usd_per_kg" for z in ("yungas", "chapare")),
    ),
    **{
        f"rent {region}": ("northern-route", (f"regions.{region}.access_rent",))
        for region in ("isthmus", "mexico", "united-states", "europe", "caribbean", "brazil", "southern-cone")
    },
    **{
        f"strength {country}": ("northern-route", (f"countries.{country}.interdiction_strength",))
        for country in ("CO", "PE", "PA", "CR", "MX")
    },
    **{
        f"base homicides {country}": ("northern-route", (f"countries.{country}.base_homicides_per_100k",))
        for country in ("HN", "SV")
    },
    "demand in Brazil": ("northern-route", ("markets.mk-brazil.consumption_kg_per_year",)),
    "demand in the southern cone": (
        "northern-route",
        tuple(f"markets.mk-{m}.consumption_kg_per_year" for m in ("southern-cone", "chile")),
    ),
    "demand at the edge": (
        "vrae-2010",
        tuple(
            f"markets.{m}.consumption_kg_per_year"
            for m in ("pe-callao", "bo-la-paz", "bo-santa-cruz", "bo-beni")
        ),
    ),
    "prices at the edge": (
        "vrae-2010",
        tuple(
            f"markets.{m}.price_usd_per_kg" for m in ("pe-callao", "bo-la-paz", "bo-santa-cruz", "bo-beni")
        ),
    ),
}
Found = tuple[dict[str, dict[str, float]], dict[str, float]]
"""Numbers by scenario and path, and distances by part of a pattern."""

STEP = 0.25
LEVERS_AT_ONCE = 3
DRAWN_IN = 0.1


def distance(part: Any) -> float:
    """Distance of a part from its band, drawn in at both ends, on the band's own scale."""
    if part.median is None:
        return math.inf
    low, high, value = part.low, part.high, part.median
    if low is not None and high is not None:
        inset = DRAWN_IN * (high - low)
        low, high = low + inset, high - inset
    edge = low if low is not None and value < low else high if high is not None and value > high else None
    return 0.0 if edge is None else abs(value - edge) / abs(edge)


def distances(values: dict[str, dict[str, float]], runs: int) -> dict[str, float]:
    """Distance of every part of every C pattern, each in its own scenario."""
    found = {}
    shared = [f"{path}={value:.6g}" for path, value in values["northern-route"].items()]
    for name in SCENARIOS:
        own = (
            []
            if name == "northern-route"
            else [f"{path}={value:.6g}" for path, value in values[name].items()]
        )
        known = {path for path in load_scenario(name).given}
        settings = tuple(each for each in (*shared, *own) if each.split("=")[0] in known)
        result = trasiego.run(name, runs=runs, seed=1, settings=settings)
        for pattern in scorecard(result, ("C",)):
            if pattern.scenario == name:
                for part in pattern.parts:
                    found[f"{name}/{pattern.id}/{part.name}"] = distance(part)
    return found


def search(trials: int, runs: int, seed: int) -> Iterator[Found]:
    """Yield numbers by scenario and path, and distances, of every trial that is better than those before."""
    numbers = {name: load_scenario(name) for name in SCENARIOS}
    best: dict[str, dict[str, float]] = {name: {} for name in SCENARIOS}
    for scenario, paths in LEVERS.values():
        for path in paths:
            best[scenario][path] = numbers[scenario].number(path).value
    generator = np.random.Generator(np.random.Philox(key=seed))
    at = distances(best, runs)
    print(f"start: {sum(at.values()):.4f}", flush=True)
    yield best, at
    for trial in range(trials):
        moved = {name: dict(values) for name, values in best.items()}
        chosen = generator.choice(len(LEVERS), LEVERS_AT_ONCE, replace=False)
        for scenario, paths in (list(LEVERS.values())[index] for index in chosen):
            factor = math.exp(STEP * generator.standard_normal())
            for path in paths:
                number = numbers[scenario].number(path)
                moved[scenario][path] = min(max(best[scenario][path] * factor, number.low), number.high)
        found = distances(moved, runs)
        if sum(found.values()) < sum(at.values()):
            best, at = moved, found
            outside = ", ".join(f"{name} {each:.3f}" for name, each in at.items() if each > 0)
            print(f"trial {trial}: {sum(at.values()):.4f} ({outside or 'all inside'})", flush=True)
            yield best, at
            if not outside:
                return


def write_table(out: Path, best: dict[str, dict[str, float]], at: dict[str, float]) -> None:
    """Write numbers and distances."""
    with out.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("scenario", "number", "before", "after", "low", "high"))
        for name, values in best.items():
            for path, value in values.items():
                number = load_scenario(name).number(path)
                writer.writerow((name, path, number.value, f"{value:.4g}", number.low, number.high))
        writer.writerow(())
        writer.writerow(("scenario/pattern/part", "distance from the band drawn in by a tenth"))
        writer.writerows((name, f"{each:.4g}") for name, each in at.items())


def write_scenarios(best: dict[str, dict[str, float]]) -> None:
    """Put the values into the scenario files, with status "calibrated" and their old note."""
    for name, values in best.items():
        path = data_folder("scenarios") / f"{name}.toml"
        text = path.read_text("utf-8")
        for key, value in values.items():
            section, field = key.rsplit(".", 1)
            above = rf"^\[{re.escape(section)}\]\n(?:(?!^\[).*\n)*?{field}\s*=\s*"
            pattern = re.compile(rf"({above})\{{ value = [\d._eE+-]+,(.*?)\}}$", re.M)
            match = pattern.search(text)
            if match is None:
                sys.exit(f"{path.name}: {key} is not written as a number with a range")
            rest = re.sub(r'status = "\w+"', 'status = "calibrated"', match[2])
            if "derivation" not in rest:
                rest = (
                    rest.rstrip() + ', derivation = "Fitted to the patterns marked C by tools/calibration" '
                )
            text = (
                text[: match.start()]
                + f"{match[1]}{{ value = {float(f'{value:.4g}'):g},{rest}}}"
                + text[match.end() :]
            )
        path.write_text(text, "utf-8")


def main() -> None:
    """Search, print each kept trial, write the table and, where asked, the scenarios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--trials", type=int, default=200)
    parser.add_argument("--runs", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("tools/calibration/result.csv"))
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    for best, at in search(given.trials, given.runs, given.seed):
        write_table(given.out, best, at)
    if given.write:
        write_scenarios(best)


if __name__ == "__main__":
    main()
