"""Fit a few assumed numbers of northern-route to the patterns marked C, and to nothing else.

A random search: each trial moves every lever within its own range by a small step in logs and is kept when
the summed distance from the bands falls. It asks the scorecard for kind C only, so patterns marked V can't be
read.

    python tools/calibration/fit_c_patterns.py --trials 60 --out tools/calibration/result.csv

The result is a table of levers with their value before and after, and the distances; the values are then
written into the scenario by hand with status "calibrated".
"""

from __future__ import annotations

import argparse
import csv
import math
from pathlib import Path

import numpy as np

import trasiego
from trasiego.analysis import scorecard
from trasiego.scenario import load_scenario

SCENARIO = "northern-route"
LEVERS = (
    "regions.isthmus.access_rent",
    "regions.mexico.access_rent",
    "regions.united-states.access_rent",
    "regions.europe.access_rent",
    "regions.caribbean.access_rent",
    "regions.brazil.access_rent",
    "regions.southern-cone.access_rent",
    "countries.PA.interdiction_strength",
    "countries.CR.interdiction_strength",
    "countries.MX.interdiction_strength",
    "countries.HN.base_homicides_per_100k",
    "countries.SV.base_homicides_per_100k",
)
STEP = 0.12


def distances(values: dict[str, float], runs: int) -> dict[str, float]:
    """Distance of every part of every C pattern from its band (0 inside), for levers at the given values."""
    settings = tuple(f"{path}={value:.6g}" for path, value in values.items())
    result = trasiego.run(SCENARIO, runs=runs, seed=1, settings=settings)
    found = {}
    for pattern in scorecard(result, ("C",)):
        for part in pattern.parts:
            found[f"{pattern.id}/{part.name}"] = float(
                part.distance if part.distance is not None else math.inf
            )
    return found


def main() -> None:
    """Search, print each kept trial, write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--trials", type=int, default=60)
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("tools/calibration/result.csv"))
    given = parser.parse_args()
    scenario = load_scenario(SCENARIO)
    numbers = {path: scenario.number(path) for path in LEVERS}
    before = {path: number.value for path, number in numbers.items()}
    generator = np.random.Generator(np.random.Philox(key=given.seed))
    best, at = dict(before), distances(before, given.runs)
    for trial in range(given.trials):
        steps = np.exp(STEP * generator.standard_normal(len(LEVERS)))
        moved = {
            path: float(np.clip(best[path] * step, numbers[path].low, numbers[path].high))
            for path, step in zip(LEVERS, steps, strict=True)
        }
        found = distances(moved, given.runs)
        if sum(found.values()) <= sum(at.values()):
            best, at = moved, found
            outside = ", ".join(f"{name} {distance:.3f}" for name, distance in at.items() if distance > 0)
            print(f"trial {trial}: {sum(at.values()):.4f} ({outside or 'all inside'})", flush=True)
    with given.out.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("number", "before", "after", "low", "high"))
        for path in LEVERS:
            number = numbers[path]
            writer.writerow((path, before[path], f"{best[path]:.4g}", number.low, number.high))
        writer.writerow(())
        writer.writerow(("pattern/part", "distance"))
        writer.writerows((name, f"{distance:.4g}") for name, distance in at.items())


if __name__ == "__main__":
    main()
