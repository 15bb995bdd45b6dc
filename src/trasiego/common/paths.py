"""Where the shipped data lie, in a checkout and in an installed package alike."""

from __future__ import annotations

from importlib import resources
from pathlib import Path


def data_folder(name: str) -> Path:
    """Return the folder `name` of the shipped data.

    Names in use are "claims", "reading", "geography", "scenarios", "policies", "patterns" and "locale". The
    folder is not opened here, so a caller that reads from it reports what is missing.
    """
    return Path(str(resources.files("trasiego.common"))).parent / "data" / name
