"""The scorecard with its paired runs, from the command line and from Python."""

import json
import threading

import pytest
from click.testing import CliRunner

from trasiego import api
from trasiego.analysis import arms_of, load_patterns, scorecard
from trasiego.cli.app import manual
from trasiego.ensemble import Cancelled
from trasiego.scenario import load_scenario

SMALL = ("vrae-2010", "--runs", "2", "--months", "20", "--quiet")
KEYS = {
    "id",
    "kind",
    "scenario",
    "low",
    "high",
    "median",
    "interval",
    "holds",
    "distance",
    "source",
    "answer",
}


def printed(*arguments):
    result = CliRunner().invoke(manual, ("check", *arguments), prog_name="trasiego", env={"COLUMNS": "80"})
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture(scope="module")
def card():
    return {entry["id"]: entry for entry in json.loads(printed(*SMALL, "--json"))}


def test_the_card_is_a_list_with_all_patterns(card):
    assert set(card) == {pattern.id for pattern in load_patterns()}
    assert all(KEYS <= set(entry) for entry in card.values())


def test_paired_patterns_of_the_scenario_are_measured_and_others_say_where(card):
    shift = card["vrae-shift"]
    assert [part["runs"] for part in shift["parts"]] == [2, 2]
    assert all(part["median"] > 0 for part in shift["parts"])
    assert card["coercion"]["reason"] == "it needs paired runs: trasiego check guatemala-2011"


def test_pairs_are_the_runs_of_the_same_seed(card):
    scenario = load_scenario("vrae-2010")
    result = api.run(scenario, 2, 1, 20)
    arms = {
        overlay: api.run("vrae-2010", 2, 1, 20, overlay.policies, overlay.settings_in(scenario))
        for overlay in arms_of(load_patterns(), scenario)
    }
    assert len(arms) == 2
    found = {entry.id: entry.to_dict() for entry in scorecard(result, arms=arms)}
    assert json.loads(json.dumps(found["vrae-shift"])) == card["vrae-shift"]


def test_without_arms_they_are_not_measured():
    entries = {entry["id"]: entry for entry in json.loads(printed(*SMALL, "--json", "--no-arms"))}
    assert entries["vrae-shift"]["reason"] == "it needs paired runs: trasiego check vrae-2010"


def test_a_stored_result_says_how_to_have_them(tmp_path):
    api.run("vrae-2010", 2, 1, 6).save(tmp_path / "small")
    text = " ".join(printed(str(tmp_path / "small")).split())
    assert "vrae-shift V it needs paired runs: trasiego check vrae-2010" in text


def test_a_calibration_runs_no_arms_and_sees_no_v():
    steps = []
    card = api.check("vrae-2010", 1, 1, 6, steps.append, kinds=("C",))
    assert {entry.kind for entry in card} == {"C"}
    assert {step.total for step in steps if step.stage == "run"} == {1}


def test_progress_counts_the_runs_of_all_arms():
    steps = []
    api.check("vrae-2010", 2, 1, 6, steps.append, threads=1)
    running = [step for step in steps if step.stage == "run"]
    assert {step.total for step in running} == {6}
    assert [step.done for step in running] == [0, 1, 2, 2, 3, 4, 4, 5, 6]
    assert running[-1].text == "running 3 of 3"
    stages = [step.stage for step in steps]
    assert stages.index("run") > 0 and "compile" not in stages[stages.index("run") :]


def test_a_check_can_be_stopped_between_and_in_arms():
    cancel = threading.Event()

    def stop_in_the_second(step):
        if step.stage == "run" and step.done == 3:
            cancel.set()

    with pytest.raises(Cancelled):
        api.check("vrae-2010", 2, 1, 6, stop_in_the_second, threads=1, cancel=cancel)


def test_questions_are_answered_in_words_below_their_numbers():
    text = printed("guatemala-2011", "--runs", "1", "--months", "3", "--quiet")
    words = " ".join(text.split())
    assert (
        "weak-state: What are the outcomes of the three stances that a weak state can take? seizures" in words
    )
    assert max(map(len, text.splitlines())) <= 80
