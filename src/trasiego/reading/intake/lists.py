"""The patterns of data/reading/intake.toml, ready to be tried on lines."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from trasiego.reading.shipped import shipped


def lists() -> dict[str, Any]:
    """Return the file as it stands."""
    return shipped("intake")


@cache
def pattern(part: str, name: str) -> re.Pattern[str]:
    """Return one pattern for all of a list, such as ("lines", "appeals")."""
    return re.compile("|".join(f"(?:{each})" for each in lists()[part][name]), re.IGNORECASE)
