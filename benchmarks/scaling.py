"""How the time of a run grows with places, links, principals, groups, runs, and falls with threads."""

from __future__ import annotations

import os
from dataclasses import replace
from time import perf_counter, process_time

import numpy as np

from benchmarks.figures import Figure, least_cpu_seconds
from benchmarks.months import run_without_record, world_of
from benchmarks.synthetic import synthetic_world
from trasiego.ensemble.run import run_ensemble
from trasiego.world.tables import World

SCENARIO = "northern-route"
TWO_THREADS_TARGET = 1.7
THOUSAND_RUNS_TARGET_MIN = 2.5
MORE_THREADS = (4, 8, 16, 32, 64)


def measure(quick: bool = False) -> list[Figure]:
    """Return the ratios; those of a size are CPU time of one thread, those of threads are wall time."""
    months = 6 if quick else 24
    return [*_sizes(months), *_groups(months), *_runs(quick), *_threads(quick), *_many_threads(quick)]


def _time(world: World, months: int) -> float:
    run_without_record(world, 1)
    return least_cpu_seconds(lambda: run_without_record(world, months), 3)


def _sizes(months: int) -> list[Figure]:
    """Twice the places at the same links, twice the links at the same places, twice the principals."""
    base = _time(synthetic_world(4000, 6, 910), months)
    note = f"over 4,000 links, 910 places, 6 principals, {months} months"
    variants = (
        ("twice the places", (4000, 6, 1820)),
        ("twice the links", (8000, 6, 910)),
        ("twice the principals", (4000, 12, 910)),
        ("twice the places and links", (8000, 6, 1820)),
    )
    return [
        Figure("scaling", what, _time(synthetic_world(*size), months) / base, "times", note=note)
        for what, size in variants
    ]


def _groups(months: int) -> list[Figure]:
    """Free slots for groups cost little; groups that work links cost what their offers do."""
    base = _time(world_of(SCENARIO), months)
    note = f"over {SCENARIO}, {months} months"
    variants = (
        ("four times the slots for groups", "organisation.group_slots=4096"),
        ("half as many unnamed groups again", "organisation.initial_groups_per_place=3"),
    )
    return [
        Figure("scaling", what, _time(world_of(SCENARIO, setting), months) / base, "times", note=note)
        for what, setting in variants
    ]


def _wall(world: World, runs: int, months: int, threads: int, times: int) -> tuple[float, float]:
    """Return the least wall and CPU seconds of an ensemble."""
    walls, cpus = [], []
    for _time in range(times):
        wall, cpu = perf_counter(), process_time()
        run_ensemble(world, runs, months=months, threads=threads, whole_runs=0)
        walls.append(perf_counter() - wall)
        cpus.append(process_time() - cpu)
    return min(walls), min(cpus)


def _runs(quick: bool) -> list[Figure]:
    world = replace(world_of(SCENARIO), spin_up_months=0)
    months, times = (6, 2) if quick else (24, 3)
    few = _wall(world, 2, months, 1, times)[1]
    many = _wall(world, 8, months, 1, times)[1]
    note = f"{SCENARIO}, {months} months, one thread, CPU time; 4 is proportional"
    return [Figure("scaling", "8 runs over 2 runs", many / few, "times", note=note)]


def _threads(quick: bool) -> list[Figure]:
    world = world_of(SCENARIO)
    runs, months, times = (2, 6, 2) if quick else (4, world.months, 5)
    load = os.getloadavg()[0]
    # In turn, so that what else the machine does falls on both.
    rounds = [[_wall(world, runs, months, threads, 1) for threads in (1, 2)] for _time in range(times)]
    (one, one_cpu), (two, two_cpu) = (np.array(each).min(axis=0) for each in zip(*rounds, strict=True))
    whole = world.spin_up_months + world.months
    share = whole / (world.spin_up_months + months)
    thousand, alone = (1000.0 / runs * share * seconds / 60.0 for seconds in (two, two_cpu / 2.0))
    note = (
        f"wall time, {runs} runs of {SCENARIO}; two threads use {two_cpu / one_cpu:.2f} times the CPU time; "
        f"load of the machine {load:.1f} before"
    )
    return [
        Figure(
            "scaling", "2 threads against 1", one / two, "times", TWO_THREADS_TARGET, at_least=True, note=note
        ),
        Figure(
            "scaling",
            f"1,000 runs of {SCENARIO}, 2 threads",
            thousand,
            "min",
            THOUSAND_RUNS_TARGET_MIN,
            note=f"wall time, extrapolated from {runs} runs; {alone:.1f} min with two cores of its own",
        ),
    ]


def _many_threads(quick: bool) -> list[Figure]:
    """Runs in the same time on 4 and more threads, as far as the machine has cores for them."""
    world = world_of(SCENARIO)
    months, times = (6, 1) if quick else (48, 3)
    counts = [threads for threads in MORE_THREADS if threads <= (os.cpu_count() or 1)]
    one = _wall(world, 2, months, 1, times)[0] / 2.0 if counts else 0.0
    figures = []
    for threads in counts:
        wall, cpu = _wall(world, 2 * threads, months, threads, times)
        note = f"runs in the same time, two for each thread; {cpu / wall:.1f} cores are busy"
        ratio = 2.0 * threads * one / wall
        figures.append(Figure("scaling", f"{threads} threads against 1", ratio, "times", note=note))
    return figures
