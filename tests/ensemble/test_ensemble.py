"""Ensembles: the same bits however they are run, honest progress, and clean ends."""

import threading

import numpy as np
import pytest
from random_worlds import random_rows
from tiny_worlds import tiny_world

from trasiego.ensemble import run as ensemble
from trasiego.ensemble.progress import Cancelled, Progress
from trasiego.ensemble.record import QUANTILES, quantiles_of
from trasiego.ensemble.run import run_ensemble
from trasiego.model import schedule
from trasiego.model.balance import BalanceError
from trasiego.scenario import load_scenario
from trasiego.world.compile import compile_world

MONTHS = 14


@pytest.fixture(scope="module")
def world():
    """A random world of 40 places in which everything is switched on."""
    return tiny_world(**random_rows(7, 40))


@pytest.fixture(scope="module")
def record(world):
    return run_ensemble(world, 5, 3, months=MONTHS, threads=1)


def same(one, other):
    assert one.arrays.keys() == other.arrays.keys()
    for name, values in one.arrays.items():
        np.testing.assert_array_equal(other.arrays[name], values, err_msg=name)


def test_threads_change_no_bit(world, record):
    same(record, run_ensemble(world, 5, 3, months=MONTHS, threads=2))
    same(record, run_ensemble(world, 5, 3, months=MONTHS, threads=5))


def test_run_alone_is_the_run_in_the_ensemble(world, record):
    for j in range(5):
        alone = run_ensemble(world, 1, 3, months=MONTHS, first_run=j)
        assert alone.runs == (j,)
        for name, values in record.arrays.items():
            if "quantile" not in name and values.shape[0] == 5:
                np.testing.assert_array_equal(alone.arrays[name][0], values[j], err_msg=name)
        if j < len(record.flow_runs):
            np.testing.assert_array_equal(alone.arrays["link_flow_kg"][0], record.arrays["link_flow_kg"][j])


def test_longer_ensemble_begins_with_the_shorter(world, record):
    short = run_ensemble(world, 5, 3, months=5)
    for name, values in short.arrays.items():
        months = record.arrays[name][:, :5]
        np.testing.assert_array_equal(values, months, err_msg=name)


def test_more_runs_leave_the_first_ones_as_they_were(world, record):
    two = run_ensemble(world, 2, 3, months=MONTHS)
    for name, values in two.arrays.items():
        if "quantile" not in name:
            np.testing.assert_array_equal(values, record.arrays[name][:2], err_msg=name)


def test_seeds_differ(world, record):
    other = run_ensemble(world, 1, 4, months=MONTHS)
    assert not np.array_equal(other.arrays["seized_kg"][0], record.arrays["seized_kg"][0])


def test_runs_differ(record):
    seized = record.arrays["seized_kg"]
    assert len({tuple(run) for run in seized.tolist()}) == 5


def test_shapes_and_labels_of_a_record(world, record):
    assert (record.runs, record.flow_runs, record.months, record.seed) == (
        (0, 1, 2, 3, 4),
        (0, 1, 2, 3),
        14,
        3,
    )
    assert record.seconds > 0.0 and record.world is world
    assert record.arrays["produced_kg"].shape == (5, MONTHS)
    assert record.arrays["link_flow_kg"].shape == (4, MONTHS, len(world.names.links))
    assert record.arrays["link_flow_kg_quantile"].shape == (5, MONTHS, len(world.names.links))
    assert record.arrays["place_price_usd_per_kg_quantile"].shape == (5, MONTHS, len(world.names.places))


def test_months_of_the_world_are_the_default():
    short = tiny_world(**random_rows(7, 10), months=3)
    assert run_ensemble(short, 1).arrays["produced_kg"].shape == (1, 3)


def test_quantiles_are_those_over_runs(record):
    whole = record.arrays["link_flow_kg_quantile"]
    assert (np.diff(whole, axis=0) >= 0.0).all()
    one = run_ensemble(record.world, 1, 3, months=MONTHS)
    for quantile in one.arrays["link_flow_kg_quantile"]:
        np.testing.assert_array_equal(quantile, one.arrays["link_flow_kg"][0])


def test_quantiles_by_hand():
    values = np.array([[1.0, np.nan], [2.0, np.nan], [3.0, np.nan], [4.0, np.nan], [5.0, np.nan]])
    found = quantiles_of(values.astype(np.float32)[:, None, :])
    # linear between order statistics: 1 + 4 q
    assert found[:, 0, 0].tolist() == pytest.approx([1.0 + 4.0 * q for q in QUANTILES])
    assert np.isnan(found[:, 0, 1]).all()


def test_quantiles_pass_over_runs_without_a_value():
    values = np.array([[1.0], [np.nan], [3.0]], dtype=np.float32)[:, None, :]
    assert quantiles_of(values)[2, 0, 0] == 2.0


def test_progress_comes_in_order(world):
    reports = []
    run_ensemble(world, 3, 1, months=2, threads=1, progress=reports.append)
    stages = [report.stage for report in reports]
    assert stages == sorted(stages, key=["compile", "run", "write"].index)
    assert {"compile", "run"} == set(stages)
    for stage, total in (("compile", len(schedule.STEPS)), ("run", 3)):
        done = [report.done for report in reports if report.stage == stage]
        assert done == sorted(done) and done[0] == 0 and done[-1] == total
        assert {report.total for report in reports if report.stage == stage} == {total}
    texts = [report.text for report in reports if report.stage == "compile"]
    assert all(any(name in text for text in texts) for name, _step in schedule.STEPS)


def test_progress_of_threads_never_runs_backwards(world):
    reports = []
    run_ensemble(world, 6, 1, months=2, threads=3, progress=reports.append)
    done = [report.done for report in reports if report.stage == "run"]
    assert done == list(range(7))


def test_cancel_before_the_start(world):
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(Cancelled):
        run_ensemble(world, 2, 1, months=2, cancel=cancel)


@pytest.mark.parametrize("threads", [1, 2])
def test_cancel_on_the_way_stops_what_is_left(world, threads):
    cancel, reports = threading.Event(), []

    def listen(report):
        reports.append(report)
        if report.stage == "run" and report.done == 1:
            cancel.set()

    with pytest.raises(Cancelled):
        run_ensemble(world, 50, 1, months=3, threads=threads, progress=listen, cancel=cancel)
    assert reports[-1].done < 10


def test_cancel_stops_in_the_middle_of_a_run(world, monkeypatch):
    cancel, months = threading.Event(), []

    def counted(run, month):
        months.append(month)
        if month == 4:
            cancel.set()
        schedule.step_violence(run, month)

    monkeypatch.setattr(schedule, "STEPS", (*schedule.STEPS[:-1], ("violence", counted)))
    with pytest.raises(Cancelled):
        run_ensemble(world, 1, 1, months=100, cancel=cancel)
    assert months[-1] == 4


def test_cancel_after_the_last_month_keeps_nothing(world):
    """The record is only handed out where nobody asked to stop."""
    cancel = threading.Event()

    def listen(report):
        if report.stage == "run" and report.done == report.total:
            cancel.set()

    with pytest.raises(Cancelled):
        run_ensemble(world, 2, 1, months=2, progress=listen, cancel=cancel)


@pytest.mark.parametrize("threads", [1, 3])
def test_error_of_a_run_surfaces_and_stops_the_others(world, monkeypatch, threads):
    begun = []

    def failing(world, seed, index, recorder, months, stop):
        begun.append(index)
        if index == 1:
            raise RuntimeError("run 1 has failed")
        return schedule.simulate(world, seed, index, recorder, months, stop)

    monkeypatch.setattr(ensemble, "simulate", failing)
    with pytest.raises(RuntimeError, match="run 1 has failed"):
        run_ensemble(world, 60, 1, months=6, threads=threads)
    assert len(begun) < 60


def test_broken_balance_surfaces_with_its_step(world, monkeypatch):
    def broken(run, month):
        schedule.step_market(run, month)
        run.state.stock[0, 0] += 5000.0

    steps = tuple((name, broken if name == "market" else step) for name, step in schedule.STEPS)
    monkeypatch.setattr(schedule, "STEPS", steps)
    with pytest.raises(BalanceError, match="'market'"):
        run_ensemble(world, 2, 1, months=3, threads=2)


def test_error_of_a_listener_surfaces(world):
    def listen(report):
        if report.stage == "run" and report.done == 1:
            raise OSError("nobody listens")

    with pytest.raises(OSError, match="nobody listens"):
        run_ensemble(world, 4, 1, months=2, progress=listen)


def test_reports_are_plain_values():
    assert Progress("run", "running", 1, 2) == Progress("run", "running", 1, 2)


@pytest.fixture(scope="module")
def short():
    """Settings that make a shipped scenario short."""
    return ("scenario.months=4", "scenario.spin_up_months=0")


@pytest.mark.parametrize(
    "path", ["countries.PE.integrity", "valuation.choice_scale", "markets.pe-callao.price_usd_per_kg"]
)
def test_setting_to_its_own_value_changes_no_bit(short, path):
    plain = load_scenario("vrae-2010", settings=short)
    idle = load_scenario("vrae-2010", settings=(*short, f"{path}={plain.value(path)!r}"))
    same(run_ensemble(compile_world(plain), 2), run_ensemble(compile_world(idle), 2))


def test_idle_policy_changes_no_bit(short, tmp_path):
    plain = load_scenario("vrae-2010", settings=short)
    policy = tmp_path / "idle.toml"
    policy.write_text(
        f"""
[policy]
name = "idle"
title = "Nothing new"

[countries.PE]
integrity = {plain.value("countries.PE.integrity")!r}
own_budget_usd_per_month = {{ times = 1.0 }}

[contracting]
lot_kg = {plain.value("contracting.lot_kg")!r}
""",
        "utf-8",
    )
    idle = load_scenario("vrae-2010", (str(policy),), short)
    same(run_ensemble(compile_world(plain), 2), run_ensemble(compile_world(idle), 2))


def test_idle_policy_with_a_start_changes_no_bit(short, tmp_path):
    plain = load_scenario("vrae-2010", settings=short)
    policy = tmp_path / "idle.toml"
    policy.write_text(
        f"""
[policy]
name = "idle"
title = "Nothing new, later"
start = "2008-03"

[countries.PE]
integrity = {plain.value("countries.PE.integrity")!r}
aid_disbursement = {plain.value("countries.PE.aid_disbursement")!r}

[markets.pe-callao]
consumption_kg_per_year = {{ times = 1.0 }}

[zones.pe-vrae]
eradication_ha_per_year = {{ times = 1.0 }}
""",
        "utf-8",
    )
    idle = compile_world(load_scenario("vrae-2010", (str(policy),), short))
    assert len(idle.delayed) == 4
    same(run_ensemble(compile_world(plain), 2), run_ensemble(idle, 2))


def test_policy_changes_nothing_before_its_start(short, tmp_path):
    policy = tmp_path / "late.toml"
    policy.write_text(
        '[policy]\nname = "late"\ntitle = "Late"\nstart = "2008-03"\n\n'
        "[markets.pe-callao]\nconsumption_kg_per_year = { times = 0.1 }\n",
        "utf-8",
    )
    plain = run_ensemble(compile_world(load_scenario("vrae-2010", settings=short)), 2)
    late = run_ensemble(compile_world(load_scenario("vrae-2010", (str(policy),), short)), 2)
    for name in ("delivered_kg", "market_price_usd_per_kg", "seized_kg"):
        np.testing.assert_array_equal(late.arrays[name][:, :2], plain.arrays[name][:, :2])
    market = plain.world.names.markets.index("pe-callao")
    prices = [record.arrays["market_price_usd_per_kg"][:, -1, market] for record in (late, plain)]
    assert (prices[0] < prices[1]).all()
