"""Golden runs: what a short ensemble of each shipped scenario came to when it was last looked at."""

import json
from pathlib import Path

import numpy as np

from trasiego.ensemble.run import run_ensemble
from trasiego.scenario import load_scenario
from trasiego.world.compile import compile_world

FOLDER = Path(__file__).parent / "golden"
SCENARIOS = (
    "northern-route",
    "guatemala-2020",
    "northern-triangle-2011",
    "guatemala-2011",
    "callao-2017",
    "vrae-2010",
)
RUNS, SEED, MONTHS = 2, 1, 24
YEAR = 12
TOTALS = ("produced_kg", "delivered_kg", "seized_kg", "process_loss_kg", "killings", "raids")
MEANS = ("active_groups", "active_places", "active_links", "stock_kg", "police_capture")


def golden_run(name):
    """Return the summary of a scenario's golden run, as lists by run, year and, for prices, row."""
    world = compile_world(load_scenario(name))
    found = run_ensemble(world, RUNS, SEED, months=MONTHS, threads=1).arrays
    series = {variable: _by_year(found[variable], np.sum) for variable in TOTALS}
    series |= {variable: _by_year(found[variable], np.mean) for variable in MEANS}
    series["market_price_usd_per_kg"] = _by_year(found["market_price_usd_per_kg"], np.mean)
    series["zone_price_usd_per_kg"] = _by_year(found["zone_price_usd_per_kg"], np.mean)
    return {
        "runs": RUNS,
        "seed": SEED,
        "months": MONTHS,
        "markets": list(world.names.markets),
        "zones": list(world.names.zones),
        "series": {variable: values.tolist() for variable, values in series.items()},
    }


def _by_year(values, of):
    """Figures [run, year, ...] of a variable [run, month, ...]."""
    return of(values.reshape(values.shape[0], -1, YEAR, *values.shape[2:]), axis=2)


def write_golden(name):
    """Write the golden run of a scenario anew."""
    FOLDER.mkdir(exist_ok=True)
    text = json.dumps(golden_run(name), indent=1)
    (FOLDER / f"{name}.json").write_text(text + "\n", "utf-8")


def read_golden(name):
    """Return the golden run of a scenario as it is kept."""
    return json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
