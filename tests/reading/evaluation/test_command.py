"""`trasiego-eval`: measures of candidates of a file or of what the texts give, and mistakes."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.reading.evaluation.conftest import REPORTS, candidates_of
from trasiego.cli.evaluate import evaluate
from trasiego.reading.candidates_file import write_candidates
from trasiego.reading.evaluation import read_gold

DEVELOPMENT = REPORTS / "development"
ANNOTATED = Path(__file__).parents[4] / "shared"
LEAST = {"entity": 0.80, "quantity": 0.85, "relation": 0.55}
"""F1 that the reading is to have on the two reports that were annotated elsewhere."""


@pytest.fixture
def claims(tmp_path):
    """Return a file of candidates that say what the annotations say, but for one entity."""
    every = [each for gold in read_gold(DEVELOPMENT) for each in candidates_of(gold)]
    every[0] = replace(every[0], name="Nobody At All", aliases=[])
    numbered = [replace(each, id=str(at), quote="x", end=1) for at, each in enumerate(every)]
    write_candidates(tmp_path / "claims.jsonl", numbered)
    return tmp_path / "claims.jsonl"


def run(*arguments):
    return CliRunner().invoke(evaluate, [str(each) for each in arguments])


def test_a_file_of_candidates_is_measured(claims):
    done = run(DEVELOPMENT, "--candidates", claims, "--json")
    assert done.exit_code == 0, done.output
    measured = json.loads(done.stdout)
    assert len(measured["reports"]) == len(read_gold(DEVELOPMENT))
    entity = measured["overall"]["entity"]
    assert (entity["missed"], entity["false"]) == (1, 1)
    assert measured["overall"]["relation"]["f1"] == 1
    assert any("1 %" in rule for rule in measured["rules"])


def test_errors_are_listed_a_line_each_and_the_rules_are_told(claims):
    done = run(DEVELOPMENT, "--candidates", claims, "--errors", "--lenient")
    assert done.exit_code == 0
    lines = done.stdout.splitlines()
    assert [line for line in lines if line.startswith("  false")] == [
        "  false entity: type group | name Nobody At All | modality stated | quote x"
    ]
    assert sum(line.startswith("  missed entity:") for line in lines) == 1
    assert f"all {len(read_gold(DEVELOPMENT))} reports" in done.stdout
    assert lines[-1].startswith("Lenient")


def test_mistakes_give_one_fault_each_and_code_2(tmp_path):
    code = "from trasiego.cli.evaluate import main; main()"
    for arguments, told in (
        ([str(tmp_path)], "no file that ends in .json"),
        ([str(DEVELOPMENT), "--nonsense"], "--nonsense"),
        ([str(DEVELOPMENT), "--candidates", str(tmp_path / "no.jsonl")], "no.jsonl"),
    ):
        done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True)
        assert (done.returncode, done.stdout) == (2, "")
        assert told in done.stderr and "Traceback" not in done.stderr


@pytest.mark.slow
def test_the_reading_of_two_reports_that_were_annotated_elsewhere():
    pytest.importorskip("trasiego.reading.extract")
    if not (ANNOTATED / "gold").is_dir():
        pytest.skip("the annotated reports lie outside of this repository")
    done = run(ANNOTATED / "gold", "--texts", ANNOTATED / "seeds", "--json")
    assert done.exit_code == 0, done.output
    overall = json.loads(done.stdout)["overall"]
    assert {kind: overall[kind]["f1"] for kind in LEAST if overall[kind]["f1"] < LEAST[kind]} == {}
