"""What has been reported about the cocaine trade, as a running model of it.

    import trasiego as tr
    result = tr.run("northern-route", runs=20, seed=1)

The functions that people call (`run`, `resume`, `check`, `compare`, `load`, `write_report`) live in
`trasiego.api` and are fetched on first use, so that importing the package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trasiego.api import check, compare, load, resume, run, write_report

__version__ = "0.1.0"
__all__ = ["__version__", "check", "compare", "load", "resume", "run", "write_report"]


def __getattr__(name: str) -> Any:
    """Fetch a function of `trasiego.api` on first use; AttributeError for any other name."""
    if name not in __all__:
        raise AttributeError(f"module 'trasiego' has no attribute {name!r}")
    from trasiego import api

    return getattr(api, name)


def __dir__() -> list[str]:
    """List the public names, so that completion in a notebook offers them."""
    return sorted(__all__)
