"""What the authors' own code gives on their own network, summed up; the series themselves are not shipped.

We ran the authors' public MATLAB text (github.com/nickmags13/NarcoABM, self-learning interdiction of 2019)
under GNU Octave on their public network with the direct way from producer to end. `reference.csv` holds sums
over months 13 to 60 of that run for four capacities: after that the cost ratchet takes over. Whoever has the
monthly series can check the sums: name their folder in the environment variable below.
"""

from __future__ import annotations

import csv
import os
from dataclasses import dataclass, fields
from pathlib import Path

FOLDER_VARIABLE = "NARCOLOGIC_REFERENCE"
SUMMARY = Path(__file__).with_name("reference.csv")


@dataclass(frozen=True)
class Aggregate:
    """Figures of some months: shares and ratios are of the sums, counts are means a month."""

    seized_share: float
    kg_per_seizure: float
    usd_per_seizure: float
    seizures_per_month: float
    active_nodes: float
    active_routes: float


def summary() -> dict[int, Aggregate]:
    """Return the shipped sums by capacity in edges a month."""
    with SUMMARY.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = [each.name for each in fields(Aggregate)]
    return {int(row["capacity"]): Aggregate(**{name: float(row[name]) for name in names}) for row in rows}


def series_folder() -> Path | None:
    """Return the folder of the monthly series, where the environment names one."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named) if named else None


def read_series(folder: Path, capacity: int) -> dict[str, list[float]]:
    """Return the columns of one monthly series, `reference_slmax<capacity>.csv`."""
    with (folder / f"reference_slmax{capacity}.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {name: [float(row[name]) for row in rows] for name in rows[0]}
