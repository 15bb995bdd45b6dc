"""Time of a run by step, and for each month, offer with capacity and principal."""

from __future__ import annotations

from benchmarks.figures import Figure, least_cpu_seconds
from benchmarks.months import (
    offers_and_principals,
    run_with_record,
    run_without_record,
    seconds_by_step,
    world_of,
)
from benchmarks.synthetic import synthetic_world

SCENARIO = "northern-route"
WHOLE_RUN_TARGET_S = 0.15
UNIT_TARGET_NS = 20.0
SMALLEST = (104, 2, 52)
"""Links, principals and places of a world so small that a month costs what does not grow with size."""


def measure(quick: bool = False) -> list[Figure]:
    """Return the figures of one run of the whole route on one thread."""
    world = world_of(SCENARIO)
    recorded = 24 if quick else world.months
    months = world.spin_up_months + recorded
    times = 2 if quick else 5
    plain = least_cpu_seconds(lambda: run_without_record(world, months), times)
    whole = least_cpu_seconds(lambda: run_with_record(world, recorded), times)
    units = offers_and_principals(world, months)
    tables = [seconds_by_step(world, months) for _time in range(times)]
    size = (
        f"{world.links.tail.size:,} links, {world.principals.share.size} principals, "
        f"{months} months with the spin-up, one thread, CPU time, least of {times}"
    )
    figures = [
        Figure(
            "steps",
            f"{SCENARIO}, {recorded} months, with record",
            whole,
            "s",
            WHOLE_RUN_TARGET_S * recorded / world.months,
            note=size,
        ),
        Figure("steps", "the same without record", plain, "s"),
        Figure(
            "steps",
            "for each month, offer with capacity and principal, without record",
            plain / units * 1e9,
            "ns",
            UNIT_TARGET_NS,
            note=f"{units / months / world.principals.share.size:,.0f} offers with capacity on average",
        ),
    ]
    tiny = synthetic_world(*SMALLEST)
    run_without_record(tiny, 1)
    fixed = least_cpu_seconds(lambda: run_without_record(tiny, months), times) / months
    note = f"a made-up world of {SMALLEST[0]} links and {SMALLEST[1]} principals, without record"
    figures.append(Figure("steps", "a month of hardly any links", 1000.0 * fixed, "ms", note=note))
    least = {name: min(table[name] for table in tables) for name in tables[0]}
    figures += [Figure("steps", name, 1000.0 * seconds, "ms/run") for name, seconds in least.items()]
    return figures
