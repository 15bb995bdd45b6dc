"""Rows 10 to 13 asked of trasiego itself: interdiction of the transit countries times 1, 3, 5 and 7.

    python -m validation.narcologic.experiment

The same runs (paired seeds) at every strength, so that they differ only where the strength made them differ.
Prints what the full model gives beside the reference program and writes experiment.csv.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

import trasiego as tr
from trasiego.model.record import Recorder
from trasiego.model.schedule import simulate
from trasiego.model.state import State
from trasiego.scenario import load_scenario
from trasiego.world.compile import compile_world
from trasiego.world.tables import Floats, World
from validation.narcologic.rows import (
    NODES,
    ROUTES,
    SHARE,
    VALUE,
    nodes_verdict,
    routes_verdict,
    value_verdict,
)

RESULT, DOCKED = Path(__file__).with_name("experiment.csv"), Path(__file__).with_name("result.csv")
SCENARIO = "northern-triangle-2011"
TRANSIT = ("GT", "HN", "SV", "NI")
TIMES = (1, 3, 5, 7)
HELD_SHARE = 0.1
CARRIED_KG = 1.0
"""A link or place counts as active from this much a month, as in the results."""


@dataclass(frozen=True)
class Figures:
    """One strength: medians over the runs of sums and means over the recorded months.

    `loads` counts every load lost as a seizure, `link_months` every month in which a link lost something, as
    NarcoLogic counts; both are valued at the places' prices of the runs at strength 1.
    """

    setup: str
    times: int
    inflow_kg_per_month: float
    seized_share: float
    usd_per_load: float
    usd_per_link_month: float
    active_places: float
    active_links: float


class SeizureRecorder(Recorder):
    """Keeps what the results leave out: how many loads were lost, and on how many links."""

    def __init__(self, world: World, place_price: Floats) -> None:
        self.world = world
        self.head_price = place_price[world.nodes.place[world.links.head]]
        self.months: list[tuple[float, ...]] = []

    def remember(self, state: State) -> None:
        """Need nothing of the months before."""

    def note_capital(self, state: State) -> None:
        """Need nothing of the capital."""

    def write(self, state: State, t: int, raids: int, residual: float) -> None:
        """Keep inflow, seized kg, value, loads and links with a loss, active places and links of a month."""
        flows, world = state.flows, self.world
        used = flows.link_kg > CARRIED_KG
        lost = flows.seized_kg > 0.0
        figures = (
            flows.zone_made_kg.sum(),
            flows.node_seized_kg.sum() + state.raided_kg.sum(),
            (flows.seized_kg * self.head_price)[lost].sum(),
            flows.lost.sum(),
            np.count_nonzero(lost),
            np.unique(world.nodes.place[world.links.tail[used]]).size,
            np.count_nonzero(used),
        )
        self.months.append(tuple(float(figure) for figure in figures))


def strengths(times: int) -> list[str]:
    """Return settings that multiply the interdiction strength of the transit countries."""
    countries = load_scenario(SCENARIO, (), ()).tree["countries"]
    own = {country: float(countries[country]["interdiction_strength"]["value"]) for country in TRANSIT}
    return [f"countries.{country}.interdiction_strength={times * own[country]:.6g}" for country in TRANSIT]


def offered() -> dict[str, float]:
    """Return what each entry of the scenario offers, kg a month."""
    zones = load_scenario(SCENARIO, (), ()).tree["zones"]
    return {
        name: float(zone["inflow_kg_per_month"]["value"])
        for name, zone in zones.items()
        if "inflow_kg_per_month" in zone
    }


def at_any_price() -> list[str]:
    """Return settings under which the entries ask next to nothing, so that price holds no buyer back."""
    return [f"zones.{name}.marginal_cost_usd_per_kg=1" for name in offered()]


def held_inflow() -> list[str]:
    """Return settings that are to hold inflow, and prices in the markets, whatever interdiction does.

    A tenth of the inflow, offered at any price: more than that the carriers and prices of the cut cannot
    take with market prices fixed. At high strength inflow falls all the same; the README says by how much.
    """
    tenth = [
        f"zones.{name}.inflow_kg_per_month={HELD_SHARE * inflow:.6g}" for name, inflow in offered().items()
    ]
    return ["switches.price_response=false", *at_any_price(), *tenth]


SETUPS: dict[str, Callable[[], list[str]]] = {"inflow held": held_inflow, "as shipped": list}


def place_prices(settings: Sequence[str], runs: int) -> Floats:
    """Return the price of each place [P] in USD/kg: median over the months of the median over the runs.

    Places without a price, which nobody could sell at, have the median of the others.
    """
    dataset = tr.run(SCENARIO, runs=runs, seed=1, settings=list(settings), threads=1).dataset
    middle = dataset["place_price_usd_per_kg_quantile"].sel(quantile=0.5).values.astype(np.float64)
    price = np.full(middle.shape[1], np.nan)
    known = np.isfinite(middle).any(axis=0)
    price[known] = np.nanmedian(middle[:, known], axis=0)
    return np.where(known, price, np.nanmedian(price))


def measure(setup: str, times: int, settings: Sequence[str], price: Floats, runs: int) -> Figures:
    """Run one strength and return its figures."""
    world = compile_world(load_scenario(SCENARIO, (), settings))
    rows = []
    for index in range(runs):
        recorder = SeizureRecorder(world, price)
        simulate(world, 1, index, recorder, world.months)
        months = np.array(recorder.months)
        inflow, seized, usd, loads, link_months = months[:, :5].sum(axis=0)
        places, links = months[:, 5:].mean(axis=0)
        rows.append(
            (
                inflow / len(months),
                seized / inflow,
                usd / max(loads, 1),
                usd / max(link_months, 1),
                places,
                links,
            )
        )
    return Figures(setup, times, *(float(value) for value in np.median(rows, axis=0)))


def experiment(setup: str, runs: int) -> list[Figures]:
    """Return the figures of a set-up at every strength, with the same seeds."""
    common = SETUPS[setup]()
    price = place_prices([*common, *strengths(1)], runs)
    return [measure(setup, times, [*common, *strengths(times)], price, runs) for times in TIMES]


def judged(found: Sequence[Figures]) -> list[tuple[str, str, str, str]]:
    """Return what NarcoLogic says, its reference figures, ours, and whether the direction is the same."""
    share = [each.seized_share for each in found]
    rows = [
        (
            "10 seized share rises, %",
            " ".join(f"{100 * value:.2f}" for value in SHARE),
            " ".join(f"{100 * value:.1f}" for value in share),
            "agrees" if (np.diff(share) > 0).all() else "disagrees",
        )
    ]
    kinds: tuple[tuple[str, str, tuple[float, ...], str, Callable[..., str]], ...] = (
        ("11 value of a seizure falls, USD a load", "usd_per_load", VALUE, ",.0f", value_verdict),
        ("11 the same, USD a link and month", "usd_per_link_month", VALUE, ",.0f", value_verdict),
        ("12 active places rise or hold", "active_places", NODES, ".1f", nodes_verdict),
        ("13 active links rise", "active_links", ROUTES, ".1f", routes_verdict),
    )
    for what, name, theirs, form, judge in kinds:
        values = [getattr(each, name) for each in found]
        verdict = {"reproduced": "agrees", "direction only": "agrees in direction"}.get(
            judge(values), "disagrees"
        )
        reference, ours = (" ".join(format(value, form) for value in row) for row in (theirs, values))
        rows.append((what, reference, ours, verdict))
    return rows


def docked() -> dict[str, str]:
    """Return the reference program's figures as published, by row number, from the last docking."""
    with DOCKED.open(newline="", encoding="utf-8") as file:
        return {row["row"]: row["ours"] for row in csv.DictReader(file) if row["variant"] == "as published"}


def text(setup: str, found: Sequence[Figures]) -> str:
    """Return the comparison as Markdown."""
    ours = docked()
    inflow = " ".join(f"{each.inflow_kg_per_month:,.0f}" for each in found)
    lines = [
        f"Set-up: {setup}; inflow {inflow} kg a month at strength 1, 3, 5, 7",
        "",
        "| row | NarcoLogic, authors' code | reference program | trasiego | |",
        "| --- | --- | --- | --- | --- |",
    ]
    lines += [
        f"| {what} | {theirs} | {ours[what.split()[0]]} | {full} | {verdict} |"
        for what, theirs, full, verdict in judged(found)
    ]
    return "\n".join(lines)


def bought(settings: Sequence[str], runs: int) -> str:
    """Return how much of what the entries offer is bought, in all and at each, and what is paid, as text."""
    data = tr.run(SCENARIO, runs=runs, seed=1, settings=list(settings), threads=1).dataset
    middle = data[["zone_produced_kg", "zone_price_usd_per_kg"]].mean(("run", "month"))
    offer, parts, total = offered(), [], 0.0
    for name, kg in offer.items():
        zone = middle.sel(zone=name)
        taken, price = float(zone["zone_produced_kg"]), float(zone["zone_price_usd_per_kg"])
        total += taken
        parts.append(f"{name} {taken:,.0f} of {kg:,.0f} at {price:,.0f} USD/kg")
    whole = sum(offer.values())
    return f"{total:,.0f} of {whole:,.0f} kg a month ({total / whole:.0%}): {'; '.join(parts)}"


LITERATURE = """\
The literature does not agree with itself. Toth and Mitchell (2018; 23 informants) find displacement in time,
place and method, but little evidence of moves into new areas. Anthony (2004) finds a threshold: 8 to 12
percent intercepted with lethal force cut traffic to 15 percent of before or less; below it risk is ignored.
NarcoLogic has no such threshold: supply is given, and all of it is sent whatever is lost."""


def main() -> None:
    """Run both set-ups, print and write."""
    parser = argparse.ArgumentParser(description="Ask the full model for rows 10 to 13.")
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--out", type=Path, default=RESULT)
    chosen = parser.parse_args()
    found = {setup: experiment(setup, chosen.runs) for setup in SETUPS}
    rows = [asdict(each) for figures in found.values() for each in figures]
    with chosen.out.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(
            {name: f"{value:.6g}" if isinstance(value, float) else value for name, value in row.items()}
            for row in rows
        )
    for setup, figures in found.items():
        print(f"{text(setup, figures)}\n")
    print(f"Bought at strength 1, as shipped: {bought([], chosen.runs)}")
    print(f"Bought if all is offered at any price: {bought(at_any_price(), chosen.runs)}\n")
    print(LITERATURE)
    began = time.perf_counter()
    places = tr.run(SCENARIO, runs=1, seed=1, months=180, threads=1).dataset.sizes["place"]
    seconds = time.perf_counter() - began
    print(f"\nOne run of {SCENARIO} ({places} places), 180 months: {seconds:.2f} s in one process.")


if __name__ == "__main__":
    main()
