"""Words that the shell offers while a command is typed; each list is read only when it is asked for."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from trasiego.common.faults import Faults
from trasiego.common.paths import data_folder

MAIN_SCENARIO = "northern-route"


def shipped(folder: str) -> list[str]:
    """Return the names of the shipped scenarios or policies, the main scenario first."""
    names = sorted(path.stem for path in data_folder(folder).glob("*.toml"))
    return sorted(names, key=lambda name: name != MAIN_SCENARIO)


def shipped_heads(folder: str, table: str) -> dict[str, dict[str, Any]]:
    """Return the head table (`scenario` or `policy`) of each shipped file of a folder, by name."""
    heads = {}
    for name in shipped(folder):
        with (data_folder(folder) / f"{name}.toml").open("rb") as file:
            heads[name] = dict(tomllib.load(file).get(table, {}))
    return heads


def number_paths(scenario: str = MAIN_SCENARIO) -> list[str]:
    """Return the paths of the numbers of a scenario; an empty list when it cannot be read."""
    from trasiego.scenario import load_scenario

    try:
        return list(load_scenario(scenario).numbers)
    except (Faults, OSError):
        return []


def claim_ids() -> list[str]:
    """Return the ids of the claims; an empty list when they cannot be read."""
    from trasiego.evidence import load_ledger

    try:
        return list(load_ledger().claims)
    except (Faults, OSError):
        return []


def starting_with(words: Iterable[str], typed: str) -> list[str]:
    """Return the words that begin with what was typed."""
    return [word for word in words if word.startswith(typed)]


def result_folders(typed: str) -> list[str]:
    """Return the results folders beside the working folder whose name begins with what was typed."""
    parent = Path(typed).parent if typed else Path()
    found = (path.parent for path in parent.glob("*/manifest.json"))
    return starting_with(sorted(str(path) for path in found), typed)
