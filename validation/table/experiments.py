"""Put the rows of the docking table to trasiego that no other folder does, and keep them in result.csv."""

from __future__ import annotations

import argparse
from pathlib import Path

import trasiego
from trasiego.scenario import load_scenario
from validation.results import Outcome, keep_outcomes
from validation.table import routes, trade

RESULT = Path(__file__).parent / "result.csv"
RUNS = 16


def main(arguments: list[str] | None = None) -> None:
    """Run all experiments."""
    parser = argparse.ArgumentParser(prog="python -m validation.table.experiments", description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS, help="paired runs of each change")
    chosen = parser.parse_args(arguments)
    found = [*rows_of_the_routes(), *trade.outcomes(chosen.runs)]
    for row in found:
        print(f"{row.row:>3}  {row.verdict:<16} {row.ours}")
    keep_outcomes(RESULT, found)


def rows_of_the_routes() -> list[Outcome]:
    """Return rows 14 to 16 from 20 runs over all months; of four, row 15 is noise."""
    scenario = load_scenario(trade.SCENARIO)
    load_kg = {mode: scenario.number(f"modes.{mode}.load_kg").value for mode in routes.NON_COMMERCIAL}
    return routes.outcomes(trasiego.run(scenario, runs=20, whole_runs=20), load_kg)


if __name__ == "__main__":
    main()
