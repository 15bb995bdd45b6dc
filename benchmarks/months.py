"""Runs of the model as benchmarks need them: stopped at a month, without a record, or measured by step."""

from __future__ import annotations

from collections.abc import Callable
from time import thread_time
from typing import Any

import numpy as np

from trasiego.ensemble.compiling import compile_kernels
from trasiego.model.balance import Balance
from trasiego.model.record import Recorder, empty_arrays
from trasiego.model.schedule import STEPS, Run, run_month, simulate, start_run
from trasiego.model.state import clear
from trasiego.scenario import load_scenario
from trasiego.world.compile import compile_world
from trasiego.world.tables import World


def world_of(scenario: str, *settings: str) -> World:
    """Return the world of a shipped scenario with settings laid over it, its kernels compiled."""
    world = compile_world(load_scenario(scenario, settings=settings))
    compile_kernels(world, lambda progress: None)
    return world


def run_without_record(world: World, months: int, seed: int = 1, index: int = 0) -> Run:
    """Run the first `months` months, spin-up included, keep no record and return the run as it stands."""
    run = start_run(world, seed, index)
    balance = Balance(run.state)
    for month in range(months):
        run_month(run, month, balance)
        balance.close_month(run.state)
    return run


def run_with_record(
    world: World, months: int | None = None, seed: int = 1, index: int = 0
) -> dict[str, np.ndarray]:
    """Run the spin-up and `months` recorded months and return the arrays of the record of the one run."""
    months = world.months if months is None else months
    record = _empty_record(world, months)
    simulate(world, seed, index, Recorder(world, *record), months)
    return {name: values[0] for name, values in record[0].items() if len(values)}


def before_step(world: World, step: str, months: int) -> Run:
    """Return a run stopped in the month `months`, all its steps before `step` done."""
    run = run_without_record(world, months)
    for array in run.state.flows:
        array[...] = 0.0
    run.state.raided_kg[:] = 0.0
    run.state.killings[:] = 0.0
    for name, do in STEPS:
        if name == step:
            return run
        do(run, months)
    raise KeyError(step)


def offers_and_principals(world: World, months: int) -> int:
    """Return the sum over months of offers that have capacity, times the principals."""
    run, total = start_run(world, 1, 0), 0
    balance = Balance(run.state)
    for month in range(months):
        run_month(run, month, balance)
        balance.close_month(run.state)
        total += int((run.state.networks.capacity > 0.0).sum()) * world.principals.share.size
    return total


def seconds_by_step(world: World, months: int) -> dict[str, float]:
    """Return the CPU seconds of a run by step, and of balances, of emptying the month and of the record."""
    spent: dict[str, float] = {}

    def timed(name: str, action: Callable[[], object]) -> None:
        began = thread_time()
        action()
        spent[name] = spent.get(name, 0.0) + thread_time() - began

    run = start_run(world, 1, 0)
    balance = Balance(run.state)
    for month in range(months):
        timed("emptying the month", lambda: _empty(run))
        for name, step in STEPS:
            timed(name, lambda step=step, month=month: step(run, month))
            pending = [each for each, _step in STEPS].index(name) < _FEES_ARRIVE
            timed("balance", lambda name=name, pending=pending: _check(balance, run, name, pending))
        balance.close_month(run.state)
    return spent | {"record": _record_seconds(world, months - world.spin_up_months)}


_FEES_ARRIVE = [name for name, _step in STEPS].index("organisation")


def _empty(run: Run) -> None:
    run.call(clear, run.state.flows, run.state.raided_kg, run.state.killings)


def _check(balance: Balance, run: Run, name: str, pending: bool) -> None:
    balance.check(run.state, name, fees_pending=pending)


class _TimedRecorder(Recorder):
    """A recorder that adds up the CPU seconds that it takes."""

    seconds = 0.0

    def remember(self, *arguments: Any) -> None:
        """Remember and count."""
        self._timed(super().remember, arguments)

    def write(self, *arguments: Any) -> None:
        """Write and count."""
        self._timed(super().write, arguments)

    def _timed(self, action: Callable[..., None], arguments: tuple[Any, ...]) -> None:
        began = thread_time()
        action(*arguments)
        self.seconds += thread_time() - began


def _record_seconds(world: World, months: int) -> float:
    """Return the CPU seconds that the record of a run takes."""
    recorder = _TimedRecorder(world, *_empty_record(world, months))
    simulate(world, 1, 0, recorder, months)
    return recorder.seconds


def _empty_record(world: World, months: int) -> tuple[dict[str, np.ndarray], int, np.ndarray, np.ndarray]:
    """Return the arrays of one run, its row in them, and its flows by link and prices by place."""
    flows = np.zeros((months, len(world.names.links)), dtype=np.float32)
    prices = np.zeros((months, len(world.names.places)), dtype=np.float32)
    return empty_arrays(world, 1, 0, months), 0, flows, prices
