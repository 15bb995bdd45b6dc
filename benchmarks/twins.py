"""The two hot steps against their twins: those of the package in plain Python, and ours in NumPy by node."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from time import thread_time

import numpy as np

from benchmarks.figures import Figure, least_cpu_seconds
from benchmarks.months import before_step, world_of
from benchmarks.numpy_twin import Moved, sweep, valuation_step
from benchmarks.twin_views import plain_sweep, plain_valuation
from trasiego.model.schedule import Run, step_transit, step_valuation

TARGET = 12.0
TOLERANCE = 1e-9
DRAWS = 40


def hot_runs(quick: bool) -> tuple[Run, Run, int]:
    """Return the same run before its valuation and before its sweep, and the month."""
    world, month = world_of("guatemala-2011" if quick else "northern-route"), 30 if quick else 60
    valued = before_step(world, "valuation", month)
    moving = deepcopy(valued)
    step_valuation(moving, month)
    return valued, moving, month


def step_seconds(run: Run, step: Callable[[Run, int], None], month: int, times: int = 15) -> float:
    """Return the least CPU time of a step, each time from the same state."""
    seconds = []
    for _time in range(times):
        copy = deepcopy(run)
        began = thread_time()
        step(copy, month)
        seconds.append(thread_time() - began)
    return min(seconds)


def check_values(run: Run, moving: Run) -> None:
    """Raise AssertionError where the valuation in NumPy is not that of the model."""
    found, prices = valuation_step(run), moving.state.prices
    scale = float(moving.state.demand.price_usd.max())
    for ours, theirs in (
        (moving.state.networks.node_capacity, found.carried),
        (prices.value, found.value),
        (prices.utility, found.utility),
        (prices.average_value, found.average),
        (prices.weight, found.weight),
    ):
        np.testing.assert_allclose(theirs, ours, rtol=TOLERANCE, atol=TOLERANCE * scale)


def check_sweep(moving: Run, month: int) -> None:
    """Raise AssertionError where sums of many sweeps in NumPy are not near those of the model."""
    ours, theirs = [], []
    for number in range(DRAWS):
        copy = deepcopy(moving)
        copy.index = number
        step_transit(copy, month)
        flows = copy.state.flows
        moved = (flows.link_kg.sum(), flows.arrivals_kg.sum(), flows.seized_kg.sum())
        ours.append((*moved, flows.hijacked_kg.sum(), flows.offer_fee_usd.sum()))
        done: Moved = sweep(moving, np.random.default_rng(number))
        sums = (
            done.kg.sum(),
            done.delivered_kg,
            done.seized_kg.sum(),
            done.robbed_kg.sum(),
            done.fee_usd.sum(),
        )
        theirs.append(sums)
    mine, other = np.array(ours), np.array(theirs)
    error = np.sqrt((mine.var(axis=0, ddof=1) + other.var(axis=0, ddof=1)) / DRAWS)
    apart = np.abs(mine.mean(axis=0) - other.mean(axis=0))
    assert (apart <= 4.0 * error).all(), (mine.mean(axis=0), other.mean(axis=0), error)


def measure(quick: bool = False) -> list[Figure]:
    """Return the ratios, after a check that the twins do the same."""
    valued, moving, month = hot_runs(quick)
    check_values(valued, moving)
    check_sweep(moving, month)
    valuation = step_seconds(valued, step_valuation, month)
    transit = step_seconds(moving, step_transit, month)
    room, found = plain_valuation(moving)
    times = 1 if quick else 3
    random = np.random.default_rng(1)
    figures = []
    for name, ours, plain, array in (
        ("valuation", valuation, lambda: plain_valuation(moving), lambda: valuation_step(valued)),
        ("transit", transit, lambda: plain_sweep(moving, month, room, found), lambda: sweep(moving, random)),
    ):
        vector, loops = least_cpu_seconds(array, 5), least_cpu_seconds(plain, times)
        note = f"ours {1000.0 * ours:.2f} ms, NumPy {1000.0 * vector:.1f} ms; agreement checked"
        figures.append(
            Figure(
                "twins", f"{name} step, NumPy by node over ours", vector / ours, "times", TARGET, True, note
            )
        )
        note = f"plain Python {1000.0 * loops:.0f} ms: loops over NumPy scalars, not vectorised"
        figures.append(
            Figure("twins", f"{name} step, plain twin over ours", loops / ours, "times", note=note)
        )
    return figures
