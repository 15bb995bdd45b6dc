"""What has been reported about the cocaine trade, as a running model of it.

    import trasiego as tr
    result = tr.run("northern-route", runs=20, seed=1)

The functions that people call (`run`, `resume`, `check`, `compare`, `load`, `write_report`) live in
`trasiego.api`, those that explore the uncertain numbers (`sensitivity`, `calibrate`) in `trasiego.exploring`;
they are fetched on first use, so that importing the package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trasiego.api import check, compare, load, resume, run, write_report
    from trasiego.exploring import calibrate, sensitivity

__version__ = "0.1.0"
_EXPLORING = ("calibrate", "sensitivity")
__all__ = [
    "__version__",
    "calibrate",
    "check",
    "compare",
    "load",
    "resume",
    "run",
    "sensitivity",
    "write_report",
]


def __getattr__(name: str) -> Any:
    """Fetch a function that people call on first use; AttributeError for any other name."""
    if name not in __all__:
        raise AttributeError(f"module 'trasiego' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"trasiego.{'exploring' if name in _EXPLORING else 'api'}"), name)


def __dir__() -> list[str]:
    """List the public names, so that completion in a notebook offers them."""
    return sorted(__all__)
