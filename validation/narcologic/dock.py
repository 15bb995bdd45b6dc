"""Docking of the reference program to NarcoLogic: prints the table of rows 1 to 13 and writes it.

python -m validation.narcologic.dock
"""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from validation.narcologic.land import central_america
from validation.narcologic.network import PRODUCER, Network, generate
from validation.narcologic.parameters import Parameters
from validation.narcologic.prices import initial_costs, price_field
from validation.narcologic.reference import Aggregate, summary
from validation.narcologic.rows import (
    CAPACITIES,
    COST_RANGE,
    DELIVERED,
    DIRECTION,
    FAILED,
    NODES,
    OUTSIDE,
    PRICE_END,
    PRICE_MEDIAN,
    ROUTES,
    SHARE,
    SOURCE_RUN,
    VALUE,
    Outcome,
    mechanism_rows,
    nodes_verdict,
    routes_verdict,
    share_verdict,
    value_verdict,
)
from validation.narcologic.run import Series, simulate
from validation.narcologic.table import write_into_readme

RESULT = Path(__file__).with_name("result.csv")
FIRST_MONTH, LAST_MONTH, WHOLE = 13, 60, 180
FORGETTING = 0.9
VARIANTS: dict[str, Parameters] = {
    "as published": Parameters(),
    "ratchet mended": Parameters(mend_ratchet=True),
    "weight 0.9, as published": Parameters(memory_weight=FORGETTING),
    "weight 0.9, discount mended": Parameters(memory_weight=FORGETTING, mend_discount=True),
    "weight 0.9, both mended": Parameters(memory_weight=FORGETTING, mend_discount=True, mend_ratchet=True),
    "last legs in the agent's sight": Parameters(end_in_sight=True),
}
NO_NETWORK = (
    "identical numbers need the authors' network, which has no licence and is not shipped; "
    "measured on ours instead"
)

Runs = Mapping[int, Sequence[Series]]


def aggregate(series: Series) -> Aggregate:
    """Return the figures of months 13 to 60."""
    part = series.between(FIRST_MONTH, LAST_MONTH)
    seized, seizures = part.seized_kg.sum(), max(part.seizures.sum(), 1.0)
    return Aggregate(
        seized_share=float(seized / part.supply_kg.sum()),
        kg_per_seizure=float(seized / seizures),
        usd_per_seizure=float(part.seized_usd.sum() / seizures),
        seizures_per_month=float(part.seizures.mean()),
        active_nodes=float(part.active_nodes.mean()),
        active_routes=float(part.active_routes.mean()),
    )


def aggregates(runs: Runs) -> dict[int, list[Aggregate]]:
    """Return the figures of every network by capacity."""
    return {capacity: [aggregate(series) for series in runs[capacity]] for capacity in CAPACITIES}


def run_all(networks: Sequence[Network], parameters: Parameters) -> Runs:
    """Run every network at every capacity up to month 60."""
    return {
        capacity: [
            simulate(each, replace(parameters, capacity_most=capacity), LAST_MONTH) for each in networks
        ]
        for capacity in CAPACITIES
    }


def network_rows(networks: Sequence[Network]) -> list[Outcome]:
    """Return rows 5 and 6: prices and first costs on our networks."""
    parameters = Parameters()
    prices = [price_field(network, parameters) for network in networks]
    land = float(np.median([np.median(price[1:-1]) for price in prices]))
    end = float(np.median([price[-1] for price in prices]))
    costs = [
        initial_costs(network, parameters)[(network.tail == PRODUCER) & (network.head < network.end)]
        for network in networks
    ]
    low, high = (float(np.median([pick(cost) for cost in costs])) for pick in (np.min, np.max))
    apart = (
        f"ours {land / PRICE_MEDIAN - 1:+.0%} at the median land node, {end / PRICE_END - 1:+.0%} at the end"
    )
    return [
        Outcome(
            5,
            "price at producer, median of land nodes, end, USD/kg",
            "N",
            f"4500 {PRICE_MEDIAN:.0f} {PRICE_END:.0f}",
            "1",
            SOURCE_RUN,
            f"{prices[0][PRODUCER]:.0f} {land:.0f} {end:.0f}",
            OUTSIDE,
            f"{NO_NETWORK}; {apart}",
        ),
        Outcome(
            6,
            "least and most first transport cost from the producer to land, USD/kg",
            "N",
            f"{COST_RANGE[0]:.0f} {COST_RANGE[1]:.0f}",
            "1",
            SOURCE_RUN,
            f"{low:.0f} {high:.0f}",
            OUTSIDE,
            f"{NO_NETWORK}; ours {high / COST_RANGE[1] - 1:+.0%} at the most",
        ),
    ]


def run_rows(runs: Runs) -> list[Outcome]:
    """Return rows 9 to 13 for one variant; figures are medians over the networks."""
    found = aggregates(runs)
    rows = [_first_months(runs[125])]
    kinds: tuple[tuple[int, str, str, tuple[float, ...], float, str, str, Callable[..., str]], ...] = (
        (10, "seized share of supply, %", "seized_share", SHARE, 100.0, ".2f",
         "30 % each, rising", share_verdict),
        (11, "value of a seizure, USD", "usd_per_seizure", VALUE, 1.0, ".0f",
         "never rising, last at most 0.7 of first", value_verdict),
        (12, "active nodes", "active_nodes", NODES, 1.0, ".1f",
         "each at least 0.97 of the one before", nodes_verdict),
        (13, "active routes", "active_routes", ROUTES, 1.0, ".1f",
         "third at least 1.2 of first", routes_verdict),
    )  # fmt: skip
    for row, what, name, theirs, scale, form, tolerance, judge in kinds:
        table = np.array([[getattr(each, name) for each in found[capacity]] for capacity in CAPACITIES])
        middle = np.median(table, axis=1)
        holding = sum(judge(column) != FAILED for column in table.T)
        rows.append(
            Outcome(
                row,
                f"{what}, months {FIRST_MONTH}-{LAST_MONTH}, capacity 25, 75, 125, 175",
                "R",
                " ".join(format(scale * value, form) for value in theirs),
                tolerance,
                SOURCE_RUN,
                " ".join(format(scale * value, form) for value in middle),
                judge(list(middle)),
                f"direction holds on {holding} of {table.shape[1]} networks",
                " ".join(f"{scale * low:{form}}-{scale * high:{form}}" for low, high in _ends(table)),
            )
        )
    return rows


def _ends(table: np.ndarray) -> list[tuple[float, float]]:
    """Return least and most of each line."""
    return [(float(line.min()), float(line.max())) for line in table]


def _first_months(runs: Sequence[Series]) -> Outcome:
    shares = [
        np.median([series.delivered_kg[month - 1] / series.supply_kg[month - 1] for series in runs])
        for month in DELIVERED
    ]
    alike = shares[1] > shares[0] and min(shares) > 0.5
    return Outcome(
        9,
        "delivered at months 2, 3, 6, 12, share of supply, capacity 125",
        "N/R",
        " ".join(f"{kg / 200:.3f}" for kg in DELIVERED.values()),
        "1e-3 on the same network; on ours the same dip and recovery, more than half delivered",
        SOURCE_RUN,
        " ".join(f"{share:.3f}" for share in shares),
        DIRECTION if alike else FAILED,
        NO_NETWORK,
    )


def dock(networks: Sequence[Network]) -> tuple[dict[str, list[Outcome]], dict[int, list[Aggregate]]]:
    """Return the rows of every variant, and the figures of the first variant by capacity.

    Rows that need no run are with the first variant alone.
    """
    table: dict[str, list[Outcome]] = {}
    figures: dict[int, list[Aggregate]] = {}
    for name, parameters in VARIANTS.items():
        runs = run_all(networks, parameters)
        table[name] = run_rows(runs)
        figures = figures or aggregates(runs)
    first = next(iter(table))
    fixed = [*mechanism_rows(VARIANTS[first]), *network_rows(networks)]
    table[first] = sorted([*fixed, *table[first]], key=lambda outcome: outcome.row)
    return table, figures


def collapse(network: Network) -> tuple[str, float]:
    """Run all 180 months at capacity 175 with and without the ratchet; return words and seconds of a run."""
    words, seconds = [], 0.0
    for name in ("as published", "ratchet mended"):
        began = time.perf_counter()
        series = simulate(network, replace(VARIANTS[name], capacity_most=175), WHOLE)
        seconds = max(seconds, time.perf_counter() - began)
        yearly = np.convolve(series.seized_kg, np.ones(12), "valid") / np.maximum(
            np.convolve(series.supply_kg, np.ones(12), "valid"), 1.0
        )
        late = np.flatnonzero(yearly > 0.5)
        since = f"in the year from month {late[0] + 1}" if late.size else "in no year"
        words.append(
            f"{name}: more than half seized first {since}; largest cost {series.cost_most[-1]:.3g} USD/kg, "
            f"{series.active_routes[-1]:.0f} routes left at month {WHOLE}"
        )
    return "\n".join(words), seconds


def beside_reference(figures: Mapping[int, Sequence[Aggregate]]) -> str:
    """Return how many seizures of which size, reference and ours as published, as Markdown."""
    lines = [
        "| capacity | seizures a month, reference | ours | kg a seizure, reference | ours |",
        "| --- | --- | --- | --- | --- |",
    ]
    for capacity, theirs in summary().items():
        count = np.median([each.seizures_per_month for each in figures[capacity]])
        size = np.median([each.kg_per_seizure for each in figures[capacity]])
        lines.append(
            f"| {capacity} | {theirs.seizures_per_month:.1f} | {count:.1f} "
            f"| {theirs.kg_per_seizure:.1f} | {size:.1f} |"
        )
    return "\n".join(lines)


def text(table: Mapping[str, Sequence[Outcome]]) -> str:
    """Return the table as Markdown: a line for each row and variant."""
    lines = [
        "| row | what | level | published or reference | variant | ours | least-most | verdict | note |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    rows = sorted({outcome.row for outcomes in table.values() for outcome in outcomes})
    for row in rows:
        for variant, outcomes in table.items():
            for each in outcomes:
                if each.row == row:
                    head = f"| {row} | {each.what} | {each.level} | {each.published}"
                    lines.append(
                        f"{head} | {variant} | {each.ours} | {each.spread} | {each.verdict} | {each.why} |"
                    )
    return "\n".join(lines)


def write(table: Mapping[str, Sequence[Outcome]], path: Path) -> None:
    """Write every row and variant as CSV."""
    rows = [{"variant": name, **asdict(each)} for name, outcomes in table.items() for each in outcomes]
    rows.sort(key=lambda row: row["row"])
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    """Dock, print, write the table and its short form in the README."""
    parser = argparse.ArgumentParser(description="Dock the reference program to NarcoLogic.")
    parser.add_argument("--networks", type=int, default=20, help="seeded networks, 0 to N - 1")
    parser.add_argument("--out", type=Path, default=RESULT)
    chosen = parser.parse_args()
    land = central_america()
    networks = [generate(seed, land) for seed in range(chosen.networks)]
    edges = [network.tail.size for network in networks]
    print(f"{len(networks)} networks of {networks[0].size} nodes, {min(edges)} to {max(edges)} edges\n")
    table, figures = dock(networks)
    write(table, chosen.out)
    if chosen.out == RESULT:
        write_into_readme(RESULT)
    print(text(table))
    print(f"\n{beside_reference(figures)}")
    words, seconds = collapse(networks[0])
    print(f"\nAll {WHOLE} months, capacity 175, first network:\n{words}")
    print(
        f"One run of {WHOLE} months took {seconds:.1f} s in one process (the authors' code in Octave: 108 s)."
    )


if __name__ == "__main__":
    main()
