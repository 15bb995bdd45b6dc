"""How the ids of the user's own claims look, wherever they are cited."""

from __future__ import annotations

import re

PREFIX = "own-"
"""With what the ids of own claims and sources begin."""

OWN_ID = re.compile(r"own-[0-9a-f]{10}")
"""The form of the id of an own claim; no shipped claim has it."""
