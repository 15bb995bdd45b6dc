"""Each file of tests/bad/option is a mistake on the command line and the exact message that it must give."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from trasiego.cli.app import manual

CASES = sorted((Path(__file__).parents[1] / "bad" / "option").glob("*.toml"))
THROUGH_A_PROCESS = ("unknown_command", "runs_negative", "unknown_option", "report_of_nothing")


def case_in(path, folder):
    """Return the arguments and message of a case; its files are put into the working folder."""
    case = tomllib.loads(path.read_text("utf-8"))
    for name, text in case.get("files", {}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return case["arguments"], case["message"].replace("{folder}", str(folder))


def names_in(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_mistake_gives_its_message_and_leaves_nothing(path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    arguments, message = case_in(path, tmp_path)
    before = names_in(tmp_path)
    result = CliRunner().invoke(manual, arguments, prog_name="trasiego")
    assert result.stderr == message
    assert result.stdout == ""
    assert result.exit_code == 2
    assert names_in(tmp_path) == before


@pytest.mark.parametrize("name", THROUGH_A_PROCESS)
def test_a_mistake_gives_the_same_in_a_process(name, tmp_path):
    arguments, message = case_in(next(path for path in CASES if path.stem == name), tmp_path)
    command = [sys.executable, "-m", "trasiego", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", message)


def test_there_are_enough_cases_and_each_has_the_form_of_a_fault():
    assert len(CASES) >= 15
    for path in CASES:
        case = tomllib.loads(path.read_text("utf-8"))
        first, *rest = case["message"].splitlines()
        assert not first.startswith(" "), path.name
        assert all(line.startswith("  ") or not line for line in rest if "faults" not in line), path.name
        assert "Traceback" not in case["message"]
