"""The references that speed is measured against do the same as the model."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import pytest

from benchmarks import floor
from benchmarks.agreement import compare, holm, table
from benchmarks.months import run_without_record, world_of
from benchmarks.synthetic import synthetic_world
from benchmarks.twins import check_sweep, check_values, hot_runs

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def hot():
    return hot_runs(quick=True)


def test_numpy_twins_value_and_move_as_the_model_does(hot):
    valued, moving, month = hot
    check_values(valued, moving)
    check_sweep(moving, month)


def test_a_wrong_price_in_the_twin_is_seen(hot):
    valued, moving, _month = hot
    before = valued.state.demand.price_usd.copy()
    valued.state.demand.price_usd[:] = before * (1.0 + 1e-6)
    try:
        with pytest.raises(AssertionError):
            check_values(valued, moving)
    finally:
        valued.state.demand.price_usd[:] = before


def test_c_leaves_the_same_in_every_array(hot):
    with tempfile.TemporaryDirectory() as folder:
        if floor.compiled(Path(folder)) is None:
            pytest.skip("no C compiler")
    assert [figure.benchmark for figure in floor.measure(quick=True)] == ["floor", "floor"]


def test_floor_is_left_out_with_a_line_where_there_is_no_compiler(monkeypatch, capsys):
    monkeypatch.setattr(floor.shutil, "which", lambda name: None)
    assert floor.measure(quick=True) == []
    assert "no C compiler" in capsys.readouterr().err


@pytest.mark.parametrize(("links", "principals", "places"), [(1000, 13, None), (1006, 2, 156)])
def test_made_up_worlds_have_the_size_asked_for_and_move_goods(links, principals, places):
    world = synthetic_world(links, principals, places)
    assert (world.links.tail.size, world.principals.share.size) == (links, principals)
    assert places is None or len(world.names.places) == places
    state = run_without_record(world, 8).state
    assert state.flows.arrivals_kg.sum() > 0.3 * state.flows.zone_made_kg.sum() > 0.0
    assert not state.full_table.any()


def test_a_made_up_world_that_cannot_be_is_refused():
    with pytest.raises(ValueError, match="not 60"):
        synthetic_world(60, places=156)


def test_holm_corrects_upwards_and_in_order():
    assert holm([0.04, 0.01, 0.5]) == pytest.approx([0.08, 0.03, 0.5])


@pytest.mark.slow
def test_the_model_in_mesa_agrees_with_the_model():
    pytest.importorskip("mesa")
    rows = compare(world_of("vrae-2010"), runs=24, months=12)
    assert all(row.agrees for row in rows), table(rows)


@pytest.mark.slow
def test_a_difference_between_the_two_is_seen():
    pytest.importorskip("mesa")
    from benchmarks import agreement

    world = world_of("vrae-2010")
    ours = [agreement.run_with_record(world, 12, index=index) for index in range(12)]
    shifted = [{name: values * 1.1 for name, values in record.items()} for record in ours]
    pairs = [
        (name, 0, agreement._yearly(ours, name, 0), agreement._yearly(shifted, name, 0))
        for name in ("market_price_usd_per_kg", "active_groups")
    ]
    assert not any(row.agrees for row in agreement._rows(pairs))


@pytest.mark.slow
def test_mesa_closes_its_mass_balance():
    pytest.importorskip("mesa")
    from benchmarks.mesa_reference.model import TradeModel

    model = TradeModel(world_of("guatemala-2011"), 3)
    before, made, out = 0.0, 0.0, 0.0
    for _month in range(6):
        model.step()
        made += sum(zone.made_kg for zone in model.zones)
        out += sum(market.arrived_kg for market in model.markets) + sum(model.raided.values())
        out += sum(link.seized_kg for link in model.links)
    waiting = sum(node.waiting_kg() for node in model.nodes)
    assert before + made == pytest.approx(out + waiting, rel=1e-9)
    assert made > 0.0


def test_the_command_prints_figures_as_json_and_refuses_unknown_names():
    def called(*arguments):
        return subprocess.run(
            [sys.executable, "-m", "benchmarks", *arguments], capture_output=True, text=True, cwd=ROOT
        )

    done = called("narcologic", "--quick", "--json")
    assert done.returncode == 0, done.stderr
    figures = json.loads(done.stdout)
    assert [figure["verdict"] in ("met", "missed") for figure in figures] == [False, True, True]
    assert all(np.isfinite(figure["value"]) for figure in figures)
    wrong = called("narcologc")
    assert wrong.returncode == 2
    assert "no benchmark narcologc" in wrong.stderr
    assert "Traceback" not in wrong.stderr
