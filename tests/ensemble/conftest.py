"""Lets the tests of this folder use the tiny and random worlds of the model's tests."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "model"))
