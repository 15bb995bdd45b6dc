"""The shipped word lists of reading: the files of data/reading, each read once."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from trasiego.common.paths import data_folder


@cache
def shipped(name: str) -> dict[str, Any]:
    """Return what data/reading/NAME.toml holds, for all who ask the same: it is not to be changed.

    Raise OSError where the shipped data are missing.
    """
    return tomllib.loads((data_folder("reading") / f"{name}.toml").read_text("utf-8"))
