"""The docking table: 38 rows, result files beside it, and what is printed."""

import re

import numpy as np
import pytest

import trasiego
from trasiego.analysis import load_patterns
from validation import results
from validation.overlays import policy_file
from validation.paired import change
from validation.results import Outcome, keep_outcomes, read_outcomes, verdict
from validation.table import docking
from validation.table.__main__ import main
from validation.table.docking import load_rows, not_from_results, results_by_row, scorecard
from validation.table.routes import DEPARTMENTS


def test_the_table_has_38_rows_each_with_a_level_a_tolerance_and_a_source():
    rows = load_rows()
    assert [row.id for row in rows] == list(range(1, 39))
    for row in rows:
        assert set(row.level.split("/")) <= set(docking.LEVELS)
        assert row.source.startswith("http")
        assert all((row.model, row.quantity, row.published, row.tolerance, row.full_model))


def test_rows_left_to_the_scorecard_name_a_pattern_that_ships():
    named = {row.pattern for row in load_rows() if row.pattern}
    assert named == {"narco-proliferation", "randomised-effort", "source-control-cost", "scarcity-violence"}
    assert named <= {pattern.id for pattern in load_patterns()}


def test_every_measured_row_has_an_outcome_of_the_full_model_in_the_shipped_files():
    found, _missing = results_by_row()
    measured = {row.id for row in load_rows() if row.full_model == docking.MEASURED}
    of_full_model = {row for row, outcomes in found.items() if any(each.of_full_model for each in outcomes)}
    assert measured <= of_full_model
    assert set(range(17, 29)) <= set(found)


def test_results_in_a_folder_are_rows_of_that_folder():
    for name, rows in docking.RESULTS.items():
        assert {outcome.row for outcome in read_outcomes(docking.FOLDER / name / "result.csv")} <= set(rows)


def test_outcomes_come_back_as_written_and_others_stay(tmp_path):
    path = tmp_path / "result.csv"
    assert read_outcomes(path) == []
    first = Outcome(24, "seeded pairs", "+3 %, of 8", results.DIRECTION_ONLY, 'a note, "quoted"')
    other = Outcome(23, "full model", "x", results.NOT_REPRODUCED)
    keep_outcomes(path, [first, other])
    keep_outcomes(path, [Outcome(23, "full model", "y", results.REPRODUCED)])
    assert read_outcomes(path) == [Outcome(23, "full model", "y", results.REPRODUCED), first]


def test_a_file_or_verdict_that_is_not_as_expected_is_refused(tmp_path):
    path = tmp_path / "result.csv"
    path.write_text("what,row,ours,variant,verdict,why\nx,3,0.07,as published,reproduced,exact\n", "utf-8")
    assert read_outcomes(path) == [Outcome(3, "as published", "0.07", results.REPRODUCED, "exact")]
    path.write_text("row,ours\n1,2\n", "utf-8")
    with pytest.raises(ValueError, match="expected row,variant,ours,verdict,note"):
        read_outcomes(path)
    with pytest.raises(ValueError, match="verdict 'fine'"):
        Outcome(1, "reference", "", "fine")


def test_verdicts_need_the_number_or_the_direction():
    assert verdict(True, True) == results.REPRODUCED
    assert verdict(False, True) == results.DIRECTION_ONLY
    assert verdict(False, False) == results.NOT_REPRODUCED


def test_what_no_file_says_is_said_as_such():
    rows = {row.id: row for row in load_rows()}
    card = {"randomised-effort": "0.9; no"}
    missing = not_from_results(rows[1], [], ["narcologic"], card)
    assert missing[0] == ("reference", "not run: python -m validation.narcologic.dock")
    assert missing[1][1].startswith("not applicable: ")
    assert not_from_results(rows[29], [], [], card)[1] == (
        "full model",
        "scorecard, randomised-effort: 0.9; no",
    )
    full = Outcome(38, "full model", "30 %", results.REPRODUCED)
    assert not_from_results(rows[38], [full], [], card) == [
        ("reference", "none: no program of ours for this model")
    ]
    reference = Outcome(24, "seeded pairs", "", results.DIRECTION_ONLY)
    assert not_from_results(rows[24], [reference], [], card) == [("full model", "not run")]


def test_the_scorecard_is_read_from_the_readme(tmp_path):
    path = tmp_path / "README.md"
    line = "| a-pattern | V | here | What (much) | at least 1 | {} | {} |\n"
    body = line.format("0.5", "no, off by 0.5") + line.format("2", "yes")
    path.write_text(f"<!-- scorecard -->\n{body}<!-- /scorecard -->\n", "utf-8")
    assert scorecard(path) == {"a-pattern": "0.5; no, off by 0.5 / 2; yes"}
    assert scorecard(tmp_path / "absent.md") == {}
    assert "narco-proliferation" in scorecard()


def test_the_command_prints_every_row_and_counts(capsys):
    main([])
    printed = capsys.readouterr().out
    assert [int(number) for number in re.findall(r"(?m)^ ?(\d+)  ", printed)] == list(range(1, 39))
    assert "reference programs: " in printed and "full model: " in printed


def test_the_command_prints_one_row_with_its_notes_and_refuses_an_unknown_one(capsys):
    main(["24", "--notes"])
    printed = capsys.readouterr().out
    assert "Arrests doubled" in printed and "https://" in printed and "Pass-through" not in printed
    with pytest.raises(SystemExit):
        main(["39"])
    assert "no row 39; the table has 1 to 38" in capsys.readouterr().err


def test_changes_tell_their_sign_only_where_runs_agree():
    up = change(np.array([2.0, 3.0]), np.array([1.0, 1.0]))
    assert up.median == pytest.approx(1.5) and up.sign == 1
    mixed = change(np.array([0.5, 2.0]), np.array([1.0, 1.0]))
    assert mixed.sign == 0


def test_a_policy_of_an_experiment_is_one_of_the_package_and_gone_afterwards():
    with policy_file("squeeze", "[countries.GT]\ninterdiction_strength = { times = 3.0 }\n") as path:
        from trasiego.scenario import load_scenario

        changed = load_scenario("guatemala-2020", [path])
    plain = load_scenario("guatemala-2020")
    key = "countries.GT.interdiction_strength"
    assert changed.number(key).value == pytest.approx(3.0 * plain.number(key).value)
    with pytest.raises(trasiego.common.faults.Faults):
        load_scenario("guatemala-2020", [path])


def test_places_of_the_departments_are_in_the_geography():
    import csv

    from trasiego.common.paths import data_folder

    with (data_folder("geography") / "places.csv").open(encoding="utf-8", newline="") as file:
        known = {row["id"] for row in csv.DictReader(file)}
    with DEPARTMENTS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {place for row in rows for place in row["places"].split()} <= known
    assert len({row["area"] for row in rows}) == 8
