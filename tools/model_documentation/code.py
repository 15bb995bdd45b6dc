"""What the documentation asks the code: functions, kernels, steps and state variables."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from typing import Any, get_type_hints

import trasiego.model
from trasiego.model.schedule import STEPS
from trasiego.model.state import State


def function_of(name: str) -> Callable[..., Any]:
    """Return the function of a dotted name; raise ImportError or AttributeError where there is none."""
    words = name.split(".")
    for length in range(len(words) - 1, 0, -1):
        try:
            found: Any = importlib.import_module(".".join(words[:length]))
        except ModuleNotFoundError:
            continue
        for word in words[length:]:
            found = getattr(found, word)
        return found  # type: ignore[no-any-return]
    raise ImportError(name)


def modules() -> list[str]:
    """Names of the modules of the model, without the plain twins."""
    return [f"trasiego.model.{each.name}" for each in pkgutil.iter_modules(trasiego.model.__path__)]


def kernels() -> list[str]:
    """Dotted names of all compiled public functions of the model, where they are defined."""
    found = []
    for module in modules():
        for name, value in vars(importlib.import_module(module)).items():
            if hasattr(value, "py_func") and not name.startswith("_") and value.__module__ == module:
                found.append(f"{module}.{name}")
    return found


def steps() -> list[tuple[str, str]]:
    """Name of each step of the month, in order, and its one line."""
    return [(name, (inspect.getdoc(step) or "").splitlines()[0]) for name, step in STEPS]


def state_variables() -> list[str]:
    """Dotted names of everything that changes in a run, in the order of the state."""
    names = []
    for field, kind in get_type_hints(State).items():
        parts = getattr(kind, "_fields", ())
        names.extend([f"{field}.{part}" for part in parts] if parts else [field])
    return names
