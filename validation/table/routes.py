"""Rows 14 to 16 in trasiego: how far the transit zone reaches, flows by department, movements and coasts."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trasiego.analysis.view import ResultView
from validation.results import FULL_MODEL, NOT_REPRODUCED, REPRODUCED, Outcome, verdict

Floats = NDArray[np.float64]

TRANSIT = ("GT", "BZ", "HN", "SV", "NI", "CR", "PA", "MX", "DO", "HT", "JM")
SOUTH = ("CO", "EC", "PE", "VE", "BO", "BR")
NON_COMMERCIAL = ("fast_boat", "fishing_boat", "light_aircraft")
PACIFIC = ("co-buenaventura", "co-tumaco", "co-narino", "co-choco-pacific")
PACIFIC_COUNTRIES = ("EC", "PE")
DEPARTMENTS = Path(__file__).parent / "departments.csv"
TONNE = 1000.0
LEAST_KG_PER_YEAR = TONNE
LEAST_FITS = 4
MOVEMENT_KG, PACIFIC_SHARE = 644.0, 0.72


def outcomes(result: Any, load_kg: dict[str, float]) -> list[Outcome]:
    """Return rows 14 to 16 for a result of northern-route; `load_kg` is the typical load of each mode."""
    view = ResultView(result)
    return [transit_zone(view), departments(view), movements(view, load_kg)]


def _years(view: ResultView) -> NDArray[np.int64]:
    return np.asarray(view.months.astype("datetime64[Y]").astype(np.int64) + 1970)


def _arrived(view: ResultView) -> Floats:
    """Return kg that arrived over each link each month [T, L], mean over the runs kept whole."""
    return np.asarray((view.amount("link_flow_kg") - view.amount("link_seized_kg")).mean(axis=0))


def transit_zone(view: ResultView) -> Outcome:
    """Row 14: places of the transit zone that at least a tonne a year reaches, first and last year."""
    arrived, years = _arrived(view), _years(view)
    inside = np.isin(view.links.head_country, TRANSIT) & view.links.moves
    counts = []
    for year in (years[0], years[-1]):
        mass = np.bincount(view.links.head[inside], weights=arrived[years == year][:, inside].sum(axis=0))
        counts.append(int((mass >= LEAST_KG_PER_YEAR).sum()))
    ratio = counts[1] / counts[0]
    ours = f"{counts[0]} places in {years[0]}, {counts[1]} in {years[-1]}: ratio {ratio:.2f}"
    note = "places stand for area; the network is given, and most of the growth came before the period"
    return Outcome(14, FULL_MODEL, ours, verdict(2.0 <= ratio <= 5.0, ratio > 1.05), note)


def departments(view: ResultView) -> Outcome:
    """Row 15: correlation of yearly flow with the reported series, and the year of the peak."""
    arrived, years, place = _arrived(view), _years(view), view.labels("place")
    parts, fits = [], 0
    series = _series()
    for (area, places), reported in series.items():
        inside = np.isin(place, places.split())
        into = inside[view.links.head] & ~inside[view.links.tail] & view.links.moves
        shared = [year for year in reported if year in years]
        ours = np.array([arrived[years == year][:, into].sum() for year in shared])
        theirs = np.array([reported[year] for year in shared])
        match = float(np.corrcoef(ours, theirs)[0, 1])
        peak = abs(shared[int(np.argmax(ours))] - shared[int(np.argmax(theirs))])
        fits += int(match > 0.5 and peak <= 1)
        parts.append(f"{area} r={match:+.2f}, peak off by {peak} y")
    note = f"r above 0.5 and peak within a year in {fits} of {len(series)}; years from 2008 on; not fitted"
    return Outcome(
        15, FULL_MODEL, "; ".join(parts), REPRODUCED if fits >= LEAST_FITS else NOT_REPRODUCED, note
    )


def _series() -> dict[tuple[str, str], dict[int, float]]:
    found: dict[tuple[str, str], dict[int, float]] = {}
    with DEPARTMENTS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault((row["area"], row["places"]), {})[int(row["year"])] = float(row["kg"])
    return found


def movements(view: ResultView, load_kg: dict[str, float]) -> Outcome:
    """Row 16: mean load of boats and planes that left South America in 2015, and the part by the Pacific."""
    arrived = view.amount("link_flow_kg").mean(axis=0)[_years(view) == 2015].sum(axis=0)
    links, place = view.links, view.labels("place")
    chosen = np.isin(links.mode, NON_COMMERCIAL) & np.isin(links.tail_country, SOUTH)
    chosen &= np.isin(links.head_country, TRANSIT)
    load = np.array([load_kg[mode] for mode in links.mode[chosen]])
    kg_per_movement = arrived[chosen].sum() / (arrived[chosen] / load).sum()
    pacific = np.isin(place[links.tail], PACIFIC) | np.isin(links.tail_country, PACIFIC_COUNTRIES)
    share = arrived[chosen & pacific].sum() / arrived[chosen].sum()
    ours = f"{kg_per_movement:.0f} kg per movement; {share:.0%} by the East Pacific"
    met = abs(kg_per_movement / MOVEMENT_KG - 1.0) <= 0.25 and abs(share - PACIFIC_SHARE) <= 0.08
    note = "boats and planes, no containers; loads by mode are inputs, so the first figure only weighs modes"
    return Outcome(16, FULL_MODEL, ours, verdict(met, share > 0.5), note)
