"""Each file of bad input gives its message, word for word, and nothing else.

A scenario or policy has its message beside it (NAME.txt); a file of settings holds settings and message. Run
this file as a program to write the messages anew, then read what changed: users rely on messages.
"""

import os
import sys
import tomllib
from contextlib import chdir
from functools import cache
from pathlib import Path

import pytest

from trasiego.common.faults import Faults
from trasiego.scenario import load_scenario, validate
from trasiego.scenario.checks import CHECKS
from trasiego.scenario.documents import locate
from trasiego.scenario.load import assemble, in_order, read_chain

BAD = Path(__file__).parents[1] / "bad"
CASES = [path for kind in ("scenario", "policy", "setting") for path in sorted((BAD / kind).glob("*.toml"))]


def arguments_of(path):
    """Return scenario, policies and settings of a case, as paths from the folder of bad input."""
    if path.parent.name == "scenario":
        return f"scenario/{path.name}", [], []
    if path.parent.name == "policy":
        return "small.toml", [f"policy/{path.name}"], []
    return "small.toml", [], tomllib.loads(path.read_text("utf-8"))["settings"]


def expected_of(path):
    if path.parent.name == "setting":
        return tomllib.loads(path.read_text("utf-8"))["message"]
    return path.with_suffix(".txt").read_text("utf-8")


@cache
def outcome_of(path):
    """Return the message of a case and the checks that found something in it."""
    name, policies, settings = arguments_of(path)
    with chdir(BAD):
        try:
            state = assemble(read_chain(locate(name, "scenarios")), policies, settings)
        except Faults as error:
            return f"{error}\n", set()
        tripped = {check.id for check in CHECKS if list(check.faults(state))}
        return "\n\n".join(fault.text() for fault in in_order(state)) + "\n", tripped


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_mistake_gives_its_message(path):
    assert outcome_of(path)[0] == expected_of(path)


@pytest.mark.parametrize("name", ["scenario/two_faults", "policy/unknown_id", "setting/two_faults"])
def test_a_mistake_stops_the_loading_and_is_listed_by_validate(name, monkeypatch):
    monkeypatch.chdir(BAD)
    path = BAD / f"{name}.toml"
    with pytest.raises(Faults) as raised:
        load_scenario(*arguments_of(path))
    assert f"{raised.value}\n" == expected_of(path)
    assert validate(*arguments_of(path)) == list(raised.value.faults)


def test_there_are_enough_cases_and_no_message_without_one():
    assert len(CASES) >= 45
    assert {path.stem for path in (BAD / "scenario").glob("*.txt")} <= {path.stem for path in CASES}
    assert {path.stem for path in (BAD / "policy").glob("*.txt")} <= {path.stem for path in CASES}


def test_messages_have_the_form_of_a_fault():
    for path in CASES:
        for message in expected_of(path).rstrip("\n").split("\n\n"):
            head, *rest = message.splitlines()
            labels = [line.split()[0] for line in rest]
            assert head and not head.startswith(" "), path.name
            assert labels in (["found", "allowed", "do"], ["found", "allowed", "nearest", "do"]), path.name


def test_each_check_is_tripped_by_a_case_and_passes_without_fault(monkeypatch):
    monkeypatch.chdir(BAD)
    sound = assemble(read_chain(locate("small.toml", "scenarios")), [], [])
    assert [check.id for check in CHECKS if list(check.faults(sound))] == []
    tripped = set().union(*(outcome_of(path)[1] for path in CASES))
    assert {check.id for check in CHECKS} - tripped == set()
    assert len({check.id for check in CHECKS}) == len(CHECKS)


def write_messages():
    os.chdir(BAD)
    for path in CASES:
        if path.parent.name == "setting":
            head = path.read_text("utf-8").partition("message = ")[0]
            path.write_text(f"{head}message = '''\n{outcome_of(path)[0]}'''\n", "utf-8")
        else:
            path.with_suffix(".txt").write_text(outcome_of(path)[0], "utf-8")


if __name__ == "__main__":
    sys.exit(write_messages())
