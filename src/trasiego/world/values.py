"""Required values of a scenario with their plain types; a checked scenario always has them."""

from __future__ import annotations

import numpy as np

from trasiego.common.faults import Fault, Faults
from trasiego.scenario import Scenario


def figure(scenario: Scenario, path: str, default: float | None = None) -> float:
    """Number or integer at a path, or the default; KeyError where the scenario leaves a required one out."""
    value = scenario.value(path, default)
    if value is None:
        raise KeyError(path)
    return value


def file_figure(scenario: Scenario, path: str, default: float | None = None) -> float:
    """Figure at a path as it stood before overlays, where the model counts against that; else as `figure`."""
    found = scenario.file_figures.get(path)
    return figure(scenario, path, default) if found is None else found


def blame(scenario: Scenario, key: str, found: str, allowed: str, do: str) -> Faults:
    """Faults at a key of a scenario, or at the first field below it, to be raised."""
    for path, given in scenario.given.items():
        if path == key or path.startswith(f"{key}."):
            fault = given.spot.fault(found, allowed, do)
            return Faults(Fault(fault.file, fault.line, key, found, allowed, None, do))
    return Faults(Fault(None, None, key, found, allowed, None, do))


def word(scenario: Scenario, path: str) -> str:
    """Text, id or choice at a path; KeyError where the scenario leaves a required one out."""
    value = scenario.text(path)
    if value is None:
        raise KeyError(path)
    return value


def month(scenario: Scenario, path: str) -> np.datetime64 | None:
    """Month at a path, or None where the field is left out."""
    value = scenario.text(path)
    return None if value is None else np.datetime64(value, "M")
