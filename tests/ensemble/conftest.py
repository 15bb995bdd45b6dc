"""Lets the tests of this folder use the tiny and random worlds of the model's tests, and its small study."""

import sys
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "model"), str(Path(__file__).parent)]
