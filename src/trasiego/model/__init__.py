"""The model: one file is one mechanism, and ``schedule`` puts them in the order of the month."""

from pathlib import Path

from trasiego.model.stale import remove_stale_code

_HERE = Path(__file__).parent
remove_stale_code((_HERE, _HERE.parent / "world"))
