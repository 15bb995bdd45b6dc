"""Whether the Mesa reference and the model give the same distributions, year by year.

For each measure and year: means apart by at most three standard errors of the difference, and the two-sample
test of Kolmogorov and Smirnov with the correction of Holm (1979) over all rows of a scenario.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from benchmarks.figures import Figure, short
from benchmarks.months import run_with_record, world_of
from trasiego.world.tables import World

SCENARIOS = ("vrae-2010", "guatemala-2011")
MEASURES = (
    "produced_kg",
    "delivered_kg",
    "seized_kg",
    "hijacked_kg",
    "stock_kg",
    "killings",
    "active_groups",
    "active_links",
    "raids",
    "police_capture",
    "market_price_usd_per_kg",
    "zone_price_usd_per_kg",
)
RUNS, QUICK_RUNS = 60, 4
STANDARD_ERRORS, LEVEL = 3.0, 0.05
YEAR = 12


@dataclass(frozen=True)
class Row:
    """One measure in one year: means over the runs, their difference in standard errors, and the test."""

    measure: str
    year: int
    ours: float
    mesa: float
    standard_errors: float
    corrected_p: float

    @property
    def agrees(self) -> bool:
        """Whether neither the means nor the distributions differ."""
        return abs(self.standard_errors) <= STANDARD_ERRORS and self.corrected_p >= LEVEL


def compare(world: World, runs: int, months: int, first_seed: int = 1) -> list[Row]:
    """Run both `runs` times and return the rows of their yearly means."""
    from benchmarks.mesa_reference.model import TradeModel

    ours = [run_with_record(world, months, index=index) for index in range(runs)]
    mesa = [TradeModel(world, first_seed + seed).run(months) for seed in range(runs)]
    pairs = [
        (measure, year, _yearly(ours, measure, year), _yearly(mesa, measure, year))
        for measure in MEASURES
        for year in range(months // YEAR)
    ]
    return _rows(pairs)


def _yearly(records: list[dict[str, np.ndarray]], measure: str, year: int) -> np.ndarray:
    """Mean over the months of a year (and over markets or zones) of every run."""
    months = slice(year * YEAR, (year + 1) * YEAR)
    return np.array([np.mean(record[measure][months]) for record in records])


def _rows(pairs: list[tuple[str, int, np.ndarray, np.ndarray]]) -> list[Row]:
    from scipy.stats import ks_2samp

    chances = [float(ks_2samp(ours, mesa, method="asymp").pvalue) for _measure, _year, ours, mesa in pairs]
    corrected = holm(chances)
    rows = []
    for (measure, year, ours, mesa), chance in zip(pairs, corrected, strict=True):
        error = math.sqrt(ours.var(ddof=1) / ours.size + mesa.var(ddof=1) / mesa.size)
        apart = float(mesa.mean() - ours.mean())
        errors = apart / error if error > 0.0 else 0.0 if abs(apart) < 1e-9 else math.inf
        rows.append(Row(measure, year + 1, float(ours.mean()), float(mesa.mean()), errors, chance))
    return rows


def holm(chances: list[float]) -> list[float]:
    """Return p values corrected for their number by Holm's step-down method."""
    corrected, least = [0.0] * len(chances), 0.0
    for rank, place in enumerate(sorted(range(len(chances)), key=chances.__getitem__)):
        least = max(least, min(1.0, (len(chances) - rank) * chances[place]))
        corrected[place] = least
    return corrected


def table(rows: list[Row]) -> str:
    """Return the rows as lines."""
    lines = [f"{'measure':<26}{'year':>5}{'ours':>12}{'Mesa':>12}{'errors':>8}{'KS p':>7}"]
    lines += [
        f"{row.measure:<26}{row.year:>5}{short(row.ours):>12}{short(row.mesa):>12}"
        f"{row.standard_errors:>8.1f}{row.corrected_p:>7.2f}{'' if row.agrees else '  differs'}"
        for row in rows
    ]
    return "\n".join(lines)


def measure(quick: bool = False) -> list[Figure]:
    """Return, for each scenario, how many rows differ; the tables go to standard error."""
    import sys

    runs, months = (QUICK_RUNS, YEAR) if quick else (RUNS, 2 * YEAR)
    figures = []
    for scenario in SCENARIOS:
        rows = compare(world_of(scenario), runs, months)
        print(f"{scenario}, {runs} runs each\n{table(rows)}", file=sys.stderr)
        differing = sorted({row.measure for row in rows if not row.agrees})
        note = f"of {len(rows)}; {runs} runs of each" + (f"; {', '.join(differing)}" if differing else "")
        figures.append(
            Figure(
                "agreement",
                f"{scenario}: rows that differ",
                float(len(rows) - _agreeing(rows)),
                "",
                0.0,
                note=note,
            )
        )
    return figures


def _agreeing(rows: list[Row]) -> int:
    return sum(row.agrees for row in rows)
