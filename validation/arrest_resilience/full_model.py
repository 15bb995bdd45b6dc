"""The same question to trasiego: a raid on a transport network, and is it there three years later."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from trasiego.ensemble import run_ensemble
from trasiego.scenario import load_scenario
from trasiego.world.compile import compile_world
from validation.overlays import policy_file

Floats = NDArray[np.float64]

SCENARIO = "guatemala-2020"
GROUPS = ("los-huistas", "los-pochos", "los-pelones")
LEVELS = (0.0, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8)
MONTHS = 36
CHUNK = 4
"""Runs of which trasiego keeps every group; more runs are made in chunks of as many."""

RAID = """
[events.docking-raid]
date   = "2020-01"
kind   = "raid"
target = "{group}"
size   = {size}
text   = "A raid that was never reported; a question to the model."
"""


@dataclass(frozen=True)
class GroupSurvival:
    """Share of runs in which a group is there after 36 months, and its members then [levels] and at first."""

    group: str
    levels: tuple[float, ...]
    alive: Floats
    members_at_start: float
    members_at_end: Floats


def group_survival(group: str, runs: int, levels: tuple[float, ...] = LEVELS, seed: int = 1) -> GroupSurvival:
    """Raid a named group in the first month and follow it for three years, `runs` paired runs a level."""
    alive, members, start = np.zeros(len(levels)), np.zeros(len(levels)), np.nan
    for position, level in enumerate(levels):
        kinds, sizes = _followed(group, level, runs, seed)
        alive[position] = (kinds[:, -1] >= 0).mean()
        members[position] = sizes[:, -1].mean()
        if position == 0:
            start = float(sizes[:, 0].mean())
    return GroupSurvival(group, levels, alive, start, members)


def _followed(group: str, level: float, runs: int, seed: int) -> tuple[Floats, Floats]:
    """Return kind (-1 when gone) and members of the group [runs, months]."""
    with policy_file("docking-raid", RAID.format(group=group, size=level)) as policy:
        # A raid of size 0 means one of the usual size to trasiego, so no raid is no policy.
        world = compile_world(load_scenario(SCENARIO, [policy] if level > 0.0 else []))
    slot = world.names.groups.index(group)
    kinds, sizes = [], []
    for first in range(0, runs, CHUNK):
        arrays = run_ensemble(world, min(CHUNK, runs - first), seed, months=MONTHS, first_run=first).arrays
        kinds.append(arrays["group_kind_index"][:, :, slot])
        sizes.append(arrays["group_members"][:, :, slot])
    return np.concatenate(kinds), np.concatenate(sizes)
