"""The published figures of the cartel model, as functions of one simulated decade and what follows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from validation.cartel_population.cartels import (
    DECADE,
    WEEKS_PER_YEAR,
    Floats,
    Path,
    Rates,
    conflict_matrix,
    simulate,
    sizes_at_start,
)

HORIZON_WEEKS = 286
"""Five and a half years: the authors' script shows "2027" there, counted from 2022."""

# Yearly homicides and missing persons in Mexico, 2012 to 2021 (official figures, as the authors use them).
HOMICIDES = (25967, 23063, 20013, 20763, 24560, 32082, 36687, 36662, 36773, 35625)
MISSING = (10760, 17614, 17887, 13442, 14630, 17335, 17123, 23272, 22943, 22470)


@dataclass(frozen=True)
class Headline:
    """A published figure: row of the docking table, what it is, published value, band, and how it is told.

    `low` and `high` are the tolerance of the docking table; `sign` 1 or -1 where the direction is a claim.
    """

    row: int
    name: str
    published: str
    low: float
    high: float
    form: str
    sign: int = 0

    def holds(self, value: float) -> bool:
        """Whether a value lies in the band."""
        return self.low <= value <= self.high


HEADLINES = (
    Headline(17, "members 2022", "175,000 (160,000 to 185,000)", 160e3, 185e3, "{:,.0f}"),
    Headline(18, "casualties a week 2012", "67.2 (re-run)", 66.5, 67.9, "{:.1f}"),
    Headline(18, "casualties a week 2022", "124.3 (re-run)", 123.1, 125.5, "{:.1f}"),
    Headline(19, "recruits 2021, net of drop-out", "19,300", 18.7e3, 19.9e3, "{:,.0f}"),
    Headline(19, "losses 2021", "12,200", 11.8e3, 12.6e3, "{:,.0f}"),
    Headline(19, "net gain 2021", "7,000", 6.8e3, 7.4e3, "{:,.0f}"),
    Headline(20, "killed within the decade", "17 %", 0.155, 0.185, "{:.1%}"),
    Headline(20, "imprisoned within the decade", "20 %", 0.185, 0.215, "{:.1%}"),
    Headline(21, "share of the largest cartel 2022", "17.9 %", 0.159, 0.199, "{:.1%}"),
    Headline(21, "share of the second cartel 2022", "8.9 %", 0.069, 0.109, "{:.1%}"),
    Headline(22, "casualties 2027, trend", "+40 %", 0.37, 0.43, "{:+.1%}", 1),
    Headline(22, "members 2027, trend", "+26 %", 0.23, 0.29, "{:+.1%}", 1),
    Headline(23, "members 2027, recruitment halved", "-11 %", -0.13, -0.09, "{:+.1%}", -1),
    Headline(23, "casualties 2027, recruitment halved", "fall by more than 20 %", -1.0, -0.2, "{:+.1%}", -1),
    Headline(24, "members 2027, arrests doubled", "+5 to +8 %", 0.05, 0.08, "{:+.1%}", 1),
    Headline(24, "casualties 2027, arrests doubled", "+8 %", 0.06, 0.10, "{:+.1%}", 1),
    Headline(25, "weeks without recruitment to casualties of 2012", "169 (re-run)", 159, 179, "{:.0f}"),
    Headline(26, "correlation with a tenth of homicides and missing", "0.907 (re-run)", 0.85, 1.0, "{:.3f}"),
)


def headlines(rivals: Floats, allies: Floats, sizes: Floats | None = None) -> dict[str, float]:
    """Return every headline figure by its name for one set of pairs; `sizes` [N] at the start of 2012."""
    conflict = conflict_matrix(rivals, allies)
    decade = simulate(sizes_at_start() if sizes is None else sizes, conflict)
    found = _decade(decade)
    end = decade.members[-1]

    def after(weeks: int = HORIZON_WEEKS, **factors: float) -> Path:
        return simulate(end, conflict, Rates().times(**factors), weeks, DECADE)

    for name, path in (
        ("trend", after()),
        ("recruitment halved", after(recruitment=0.5)),
        ("arrests doubled", after(incapacitation=2.0)),
    ):
        found[f"members 2027, {name}"] = path.total[-1] / decade.total[-1] - 1.0
        found[f"casualties 2027, {name}"] = path.killed[-1] / decade.killed[-1] - 1.0
    none = after(DECADE, recruitment=0.0)
    back = np.flatnonzero(none.killed <= decade.killed[0])
    found["weeks without recruitment to casualties of 2012"] = float(back[0]) if back.size else np.inf
    return found


def _decade(path: Path) -> dict[str, float]:
    year = (DECADE - WEEKS_PER_YEAR, DECADE)
    recruited = path.between(path.recruits - path.left, *year)
    lost = path.between(path.killed + path.arrested, *year)
    ever = path.total[0] + path.between(path.recruits - path.left, 0, DECADE)
    largest = np.sort(path.members[-1])[::-1] / path.total[-1]
    return {
        "members 2022": float(path.total[-1]),
        "casualties a week 2012": float(path.killed[0]),
        "casualties a week 2022": float(path.killed[-1]),
        "recruits 2021, net of drop-out": recruited,
        "losses 2021": lost,
        "net gain 2021": recruited - lost,
        "killed within the decade": path.between(path.killed, 0, DECADE) / ever,
        "imprisoned within the decade": path.between(path.arrested, 0, DECADE) / ever,
        "share of the largest cartel 2022": float(largest[0]),
        "share of the second cartel 2022": float(largest[1]),
        "correlation with a tenth of homicides and missing": _trend(path),
    }


def _trend(path: Path) -> float:
    """Correlation of yearly casualties with a tenth of homicides and missing persons, 2012 to 2021."""
    years = range(len(HOMICIDES))
    ours = [path.between(path.killed, year * WEEKS_PER_YEAR, (year + 1) * WEEKS_PER_YEAR) for year in years]
    observed = 0.1 * (np.array(HOMICIDES) + np.array(MISSING))
    return float(np.corrcoef(ours, observed)[0, 1])


def over_seeds(seeds: int, pairs: Callable[[int], tuple[Floats, Floats]]) -> dict[str, Floats]:
    """Return every headline figure [seeds] over seeded pairs, with Poisson sizes at the start."""
    rows = []
    for seed in range(seeds):
        sizes = np.random.default_rng([seed, 1]).poisson(sizes_at_start()).astype(np.float64)
        rows.append(headlines(*pairs(seed), sizes))
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}
