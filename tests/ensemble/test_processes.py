"""Runs in processes of their own: when it is worth it, the same bits, and clean ends."""

import os
import signal
import threading
from dataclasses import replace

import numpy as np
import pytest
from loky import get_reusable_executor
from random_worlds import random_rows
from tiny_worlds import tiny_world

from trasiego.ensemble import processes
from trasiego.ensemble.parameters import NumberDraws
from trasiego.ensemble.progress import Cancelled
from trasiego.ensemble.run import run_ensemble
from trasiego.model.balance import BalanceError
from trasiego.scenario import load_scenario
from trasiego.world.compile import compile_world

CORES = 4
MONTHS = 8


@pytest.fixture(scope="module")
def world():
    return tiny_world(**random_rows(7, 40))


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    """Short runs are not worth a process: here they count as if they were."""
    monkeypatch.setattr(processes, "SECONDS_TO_START", 0.0)


@pytest.fixture(scope="module", autouse=True)
def _leave_none_behind():
    yield
    get_reusable_executor(reuse=True).shutdown(kill_workers=True)
    processes._up.clear()


def same(one, other):
    assert one.arrays.keys() == other.arrays.keys()
    for name, values in one.arrays.items():
        np.testing.assert_array_equal(other.arrays[name], values, err_msg=name)


@pytest.mark.parametrize(
    ("cores", "seconds", "worth"), [(2, 1000.0, False), (3, 1000.0, False), (4, 60.0, True), (16, 1.0, False)]
)
def test_processes_are_for_many_cores_and_long_work(monkeypatch, cores, seconds, worth):
    monkeypatch.undo()
    processes._up.clear()
    assert processes.are_worth_it(cores, seconds) is worth


def test_processes_change_no_bit(world):
    alone = run_ensemble(world, 9, 3, months=MONTHS, threads=1, whole_runs=6)
    processes._up.clear()
    same(alone, run_ensemble(world, 9, 3, months=MONTHS, threads=CORES, whole_runs=6))
    assert processes.have_started()  # so now all runs are in processes, before it was those after the fourth
    same(alone, run_ensemble(world, 9, 3, months=MONTHS, threads=CORES, whole_runs=6))


def test_processes_draw_the_same_numbers():
    scenario = load_scenario("vrae-2010")
    drawn, world = NumberDraws(scenario, 5), compile_world(scenario)
    alone = run_ensemble(world, 6, 5, months=2, threads=1, draws=drawn)
    same(alone, run_ensemble(world, 6, 5, months=2, threads=CORES, draws=drawn))


def test_progress_of_processes_never_runs_backwards(world):
    reports = []
    run_ensemble(world, 9, 1, months=2, threads=CORES, progress=reports.append)
    assert [report.done for report in reports if report.stage == "run"] == list(range(10))


def test_cancel_ends_the_processes(world):
    cancel, reports = threading.Event(), []

    def listen(report):
        reports.append(report)
        if report.stage == "run" and report.done == CORES + 1:
            cancel.set()

    with pytest.raises(Cancelled):
        run_ensemble(world, 100, 1, months=MONTHS, threads=CORES, progress=listen, cancel=cancel)
    assert reports[-1].done < 100
    assert not processes.have_started()


def test_what_a_killed_process_leaves_is_run_here(world):
    alone = run_ensemble(world, 12, 2, months=MONTHS, threads=1)
    killed = []

    def listen(report):
        if report.stage == "run" and report.done == CORES + 1 and not killed:
            killed.extend(get_reusable_executor(reuse=True)._processes)
            for process in killed:
                os.kill(process, signal.SIGKILL)

    same(alone, run_ensemble(world, 12, 2, months=MONTHS, threads=CORES, progress=listen))
    assert killed
    assert not processes.have_started()


def test_error_in_a_process_surfaces(world):
    run_ensemble(world, 9, 3, months=2, threads=CORES)
    assert processes.have_started()
    no_price = np.full_like(world.markets.price_usd_per_kg, np.nan)
    nothing = replace(world, markets=world.markets._replace(price_usd_per_kg=no_price))
    with pytest.raises(BalanceError, match="does not close after step"):
        run_ensemble(nothing, 9, 3, months=MONTHS, threads=CORES)
    assert not processes.have_started()
