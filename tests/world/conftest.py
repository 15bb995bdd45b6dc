"""Lets the tests of this folder import the helpers beside them, and gives them a valley of six places."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from small_valley import valley_scenario


@pytest.fixture
def valley(tmp_path):
    """Compile the valley with changes: text added to its file, and overlays."""
    from trasiego.world.compile import compile_world

    def compiled(body="", policies=(), settings=(), **replaced):
        scenario = valley_scenario(tmp_path, body, policies, settings, **replaced)
        return scenario, compile_world(scenario)

    return compiled
