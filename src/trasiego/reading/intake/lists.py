"""The patterns of data/reading/intake.toml, ready to be tried on lines."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Any

from trasiego.common.paths import data_folder


@cache
def lists() -> dict[str, Any]:
    """Return the file as it stands."""
    with (data_folder("reading") / "intake.toml").open("rb") as file:
        return tomllib.load(file)


@cache
def pattern(part: str, name: str) -> re.Pattern[str]:
    """Return one pattern for all of a list, such as ("lines", "appeals")."""
    return re.compile("|".join(f"(?:{each})" for each in lists()[part][name]), re.IGNORECASE)
