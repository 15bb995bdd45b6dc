import time

import pytest

from trasiego.scenario import load_scenario, validate
from trasiego.scenario.documents import locate, shipped_names

SCENARIOS, POLICIES = shipped_names("scenarios"), shipped_names("policies")
SECONDS = 0.25


def test_there_are_scenarios_and_policies():
    assert len(SCENARIOS) >= 6 and len(POLICIES) >= 8


@pytest.mark.parametrize("name", SCENARIOS)
def test_scenarios_are_valid(name):
    assert [fault.text() for fault in validate(name)] == []
    assert load_scenario(name).name == name


@pytest.mark.parametrize("name", POLICIES)
def test_policies_are_valid_on_the_whole(name):
    assert [fault.text() for fault in validate("northern-route", [name])] == []


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_path_gives_the_same_as_the_name(name):
    assert load_scenario(str(locate(name, "scenarios"))).hash == load_scenario(name).hash


def test_loading_is_quick():
    taken = []
    for _again in range(5):
        start = time.process_time()
        load_scenario("northern-route")
        taken.append(time.process_time() - start)
    assert min(taken) < SECONDS
