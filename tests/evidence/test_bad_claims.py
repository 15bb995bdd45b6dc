"""Every file of tests/bad/claims gives exactly the message that stands beside it, and nothing else."""

from pathlib import Path

import pytest

from trasiego.common.faults import Faults
from trasiego.evidence import load_ledger

FOLDER = Path(__file__).parents[1] / "bad" / "claims"
FILES = sorted(FOLDER.glob("*.csv"))


def message(path):
    """Return what loading `path` beside the shipped claims says, with the path cut to its name."""
    with pytest.raises(Faults) as raised:
        load_ledger(path)
    return str(raised.value).replace(str(path), path.name)


def test_there_are_many_and_each_has_its_message():
    assert len(FILES) >= 40
    assert {path.stem for path in FILES} == {path.stem for path in FOLDER.glob("*.txt")}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_bad_file_gives_its_message(path):
    assert message(path) + "\n" == path.with_suffix(".txt").read_text("utf-8")


def test_every_message_is_told_apart_from_every_other():
    first_lines_cut = ["\n".join(path.read_text("utf-8").split("\n")[1:]) for path in FOLDER.glob("*.txt")]
    assert len(set(first_lines_cut)) >= len(first_lines_cut) - 2  # two pairs of files share one rule


def test_all_faults_of_a_file_come_at_once():
    with pytest.raises(Faults) as raised:
        load_ledger(FOLDER / "several-faults.csv")
    assert [(fault.line, fault.key) for fault in raised.value.faults] == [
        (2, "x001.value"),
        (2, "x001.unit"),
        (2, "x001.source"),
        (3, "x002.grade"),
        (3, "x002.country"),
    ]


def test_a_missing_file_and_an_empty_folder_are_faults(tmp_path):
    with pytest.raises(Faults) as raised:
        load_ledger(tmp_path / "nowhere.csv", tmp_path)
    assert [fault.found for fault in raised.value.faults] == [
        "No such file or directory",
        "no file of claims",
    ]
