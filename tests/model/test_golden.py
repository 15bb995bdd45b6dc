"""Golden runs of the shipped scenarios: the same figures as when last looked at, and plausible ones.

The figures hold for the same NumPy, Numba and processor: a rounding that moves one consignment moves them as
well. Then, and after a change that is meant to move them, write them anew:
`python tests/model/regenerate_golden.py`.
"""

import numpy as np
import pytest
from golden_runs import FOLDER, MONTHS, RUNS, SCENARIOS, YEAR, golden_run, read_golden

from trasiego.scenario import load_scenario


@pytest.fixture(scope="module", params=SCENARIOS)
def scenario(request):
    return request.param


@pytest.fixture(scope="module")
def golden(scenario):
    return read_golden(scenario)


def series(golden, name):
    return np.array(golden["series"][name])


def test_run_gives_the_golden_figures(scenario, golden):
    found = golden_run(scenario)
    assert {key: found[key] for key in found if key != "series"} == {
        key: golden[key] for key in golden if key != "series"
    }
    assert found["series"].keys() == golden["series"].keys()
    for name, values in found["series"].items():
        expected = golden["series"][name]
        np.testing.assert_allclose(values, expected, rtol=1e-9, atol=1e-12, err_msg=f"{scenario} {name}")


def test_trade_is_under_way_in_every_run_and_year(golden):
    for name in ("produced_kg", "delivered_kg", "seized_kg", "killings", "active_groups", "active_links"):
        values = series(golden, name)
        assert values.shape == (RUNS, MONTHS // YEAR)
        assert np.isfinite(values).all() and (values > 0.0).all(), name


def test_masses_are_of_a_size_that_the_world_has_seen(golden):
    """World output was 600 to 2,000 t a year; no cut moves less than a tonne a year."""
    produced, delivered, seized = (
        series(golden, name) for name in ("produced_kg", "delivered_kg", "seized_kg")
    )
    assert (produced > 1e3).all() and (produced < 2.5e6).all()
    assert (delivered < produced * 1.2).all()
    share = seized / (seized + delivered)
    assert (share > 0.002).all() and (share < 0.7).all()
    assert (series(golden, "stock_kg") < produced).all()


def test_little_stock_is_left_out_of_the_balance_of_a_year(golden):
    """What is made is delivered, seized or waiting; in two years stocks may take up a part."""
    made = series(golden, "produced_kg").sum(axis=1)
    gone = series(golden, "delivered_kg").sum(axis=1) + series(golden, "seized_kg").sum(axis=1)
    assert (np.abs(made - gone) < 0.5 * made).all()


def test_prices_stay_near_those_of_the_scenario(scenario, golden):
    read = load_scenario(scenario)
    for kind, section in (("market", "markets"), ("zone", "zones")):
        opening = np.array([read.value(f"{section}.{name}.price_usd_per_kg") for name in golden[section]])
        ratio = series(golden, f"{kind}_price_usd_per_kg") / opening
        assert (ratio > 0.1).all() and (ratio < 10.0).all(), (kind, ratio.min(), ratio.max())


def test_prices_at_sources_lie_below_those_at_markets(golden):
    source, market = series(golden, "zone_price_usd_per_kg"), series(golden, "market_price_usd_per_kg")
    assert source.max() < market.max()
    assert np.median(source) < np.median(market)


def test_groups_neither_vanish_nor_fill_the_table(scenario, golden):
    slots = load_scenario(scenario).value("organisation.group_slots")
    groups = series(golden, "active_groups")
    assert (groups > 5).all() and (groups < 0.95 * slots).all()
    assert (series(golden, "police_capture") <= 1.0).all()


def test_runs_of_an_ensemble_differ_but_tell_the_same_story(golden):
    delivered = series(golden, "delivered_kg")
    assert not np.array_equal(delivered[0], delivered[1])
    assert np.abs(delivered[0] / delivered[1] - 1.0).max() < 0.5


def test_every_shipped_scenario_has_its_golden_run():
    from trasiego.common.paths import data_folder

    shipped = {path.stem for path in data_folder("scenarios").iterdir() if path.suffix == ".toml"}
    assert shipped == set(SCENARIOS) == {path.stem for path in FOLDER.glob("*.json")}
