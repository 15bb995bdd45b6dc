"""The shell offers commands, scenarios, policies, claims and numbers."""

import os
import subprocess
import sys

import pytest


def offered(line, folder):
    """Return the words that bash is offered at the end of a line."""
    words = line.split(" ")
    environment = {
        **os.environ,
        "_TRASIEGO_COMPLETE": "bash_complete",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    }
    code = "from trasiego.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, cwd=folder
    )
    assert done.stderr == ""
    return [each.partition(",")[2] for each in done.stdout.splitlines()]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("trasiego sc", ["scenarios", "schema"]),
        ("trasiego run vrae", ["vrae-2010"]),
        ("trasiego run --po", ["--policy"]),
        ("trasiego run --policy interdiction", ["interdiction-double"]),
        ("trasiego run vrae-2010 --set countries.PE.integ", ["countries.PE.integrity="]),
        ("trasiego why countries.GT.integ", ["countries.GT.integrity"]),
        ("trasiego evidence show s001", ["s001"]),
        ("trasiego evidence co", ["contradictions"]),
        ("trasiego places gt-zac", ["gt-zacapa"]),
        ("trasiego places --country GT", ["GT"]),
        ("trasiego completion z", ["zsh"]),
        ("trasiego check guatemala-2", ["guatemala-2011", "guatemala-2020"]),
    ],
)
def test_words_are_offered(line, expected, tmp_path):
    assert offered(line, tmp_path) == expected


def test_results_folders_are_offered(tmp_path):
    (tmp_path / "trasiego-one-1").mkdir()
    (tmp_path / "trasiego-one-1" / "manifest.json").write_text("{}")
    (tmp_path / "trasiego-empty").mkdir()
    assert offered("trasiego report trasiego-", tmp_path) == ["trasiego-one-1"]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_scripts_are_printed(shell):
    done = subprocess.run(
        [sys.executable, "-m", "trasiego", "completion", shell], capture_output=True, text=True, check=True
    )
    assert f"_TRASIEGO_COMPLETE={shell}_complete" in done.stdout
