"""Which reported event is scripted where, and why the others are not: the rows of ``replay.csv``."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from trasiego.common.messages import _
from trasiego.common.paths import data_folder

REPLAYED = "northern-route"
"""The scenario that the table speaks of: the whole route, which replays what was reported."""

FILE = "replay.csv"


def reasons() -> dict[str, str]:
    """Return what the words of the column ``reason`` mean."""
    return {
        "before": _("before the first month of the scenario"),
        "outcome": _("an outcome, which the model is to produce and is compared with"),
        "no_lever": _("nothing in the model that it could change"),
        "no_meaning": _("no meaning at the level of the model"),
        "not_in_world": _("the group or place is not in the world"),
        "double": _("scripted under another claim"),
    }


@dataclass(frozen=True)
class Replay:
    """What became of the claim of an event.

    `scripted` has the ids of its events in the scenario, or paths of numbers that hold it at the opening;
    where it is empty, `reason` is a key of `reasons`. `note` says what was judged or left open.
    """

    claim: str
    scripted: tuple[str, ...]
    reason: str
    note: str


@lru_cache(maxsize=1)
def load_replay() -> Mapping[str, Replay]:
    """Return the rows of the table by claim id, in their order."""
    with (data_folder("scenarios") / FILE).open(encoding="utf-8", newline="") as file:
        return {
            row["claim"]: Replay(
                claim=row["claim"],
                scripted=tuple(name for name in row["scripted"].split(";") if name),
                reason=row["reason"],
                note=row["note"],
            )
            for row in csv.DictReader(file)
        }
