"""A world of the size of NarcoLogic, against the published time of its runs.

Magliocca et al. (2019) ran 156 nodes, 1,006 edges and 2 traffickers for 180 months. The two published times
for a run are 21 s and 108 s. The model there does other work for each edge: compared is what a
user waits for.
"""

from __future__ import annotations

from dataclasses import replace

from benchmarks.figures import Figure, least_cpu_seconds
from benchmarks.months import run_with_record
from benchmarks.synthetic import synthetic_world

PLACES, LINKS, PRINCIPALS, MONTHS = 156, 1006, 2, 180
PUBLISHED_S = ((21.0, 500.0), (108.0, 2500.0))


def measure(quick: bool = False) -> list[Figure]:
    """Return the time of a run without spin-up, as theirs have none, and its ratios to the published ones."""
    world = replace(synthetic_world(LINKS, PRINCIPALS, PLACES), spin_up_months=0)
    months = 24 if quick else MONTHS
    run_with_record(world, 1)
    took = least_cpu_seconds(lambda: run_with_record(world, months), 2 if quick else 5) * MONTHS / months
    size = f"{PLACES} places, {LINKS:,} links, {PRINCIPALS} principals, {MONTHS} months"
    figures = [Figure("narcologic", size, took, "s", note="one thread, CPU time, with record")]
    for published, target in PUBLISHED_S:
        what = f"faster than the published {published:g} s"
        figures.append(Figure("narcologic", what, published / took, "times", target, at_least=True))
    return figures
