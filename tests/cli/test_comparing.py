"""Policies compared: the folder, the screen, the pairs, and a stop on the way."""

import json
from threading import Event

import numpy as np
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import trasiego as tr
from trasiego.cli.app import manual
from trasiego.ensemble import Cancelled

ARMS = ("--policy", "eradication-double", "--policy", "eradication-double+leaders-first")
SMALL = ("vrae-2010", *ARMS, "--runs", "3", "--months", "8", "--from", "2008-03", "--quiet")


def called(*arguments, code=0):
    result = CliRunner().invoke(manual, arguments, prog_name="trasiego", env={"COLUMNS": "80"})
    assert result.exit_code == code, result.output
    return result


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A comparison made by the command line; what it printed lies beside it."""
    path = tmp_path_factory.mktemp("comparison") / "small"
    printed = called("compare", *SMALL, "--out", str(path)).stdout
    (path.parent / "printed.txt").write_text(printed)
    return path


def test_the_folder_is_whole(folder):
    found = json.loads((folder / "comparison.json").read_text())
    assert {"comparison.json", "runs.parquet", "differences.parquet"} <= {
        path.name for path in folder.iterdir()
    }
    assert (found["runs"], found["first"], found["last"]) == (3, "2008-03", "2008-08")
    assert [arm["name"] for arm in found["arms"]] == list(ARMS[1::2])
    assert {"delivered", "seized", "price", "killings", "concentration", "capture", "inflow"} <= {
        row["outcome"] for row in found["outcomes"]
    }
    assert sorted(path.name for path in folder.parent.iterdir()) == ["printed.txt", "small"]


def test_the_screen_fits_and_names_every_arm(folder):
    printed = (folder.parent / "printed.txt").read_text()
    for word in (*ARMS[1::2], "delivered", "killings", "told apart by", "pairing", "cost"):
        assert word in printed
    assert max(len(line) for line in printed.splitlines() if str(folder) not in line) <= 80


def test_run_by_run_it_is_what_run_gives(folder):
    base = tr.run("vrae-2010", 3, 1, 8)
    arm = tr.run("vrae-2010", 3, 1, 8, policies=["eradication-double"])
    rows = [
        row
        for row in pq.read_table(folder / "runs.parquet").to_pylist()
        if (row["arm"], row["outcome"]) == ("eradication-double", "seized")
    ]
    for result, column in ((base, "base"), (arm, "value")):
        tonnes = result.dataset["seized_kg"].values[:, 2:].sum(axis=1) / 1000 / 0.5
        assert np.allclose([row[column] for row in rows], tonnes, rtol=1e-12)


def test_the_order_of_the_arms_and_the_threads_change_no_figure(folder):
    found = tr.compare("vrae-2010", list(ARMS[1::2])[::-1], 3, 1, 8, first="2008-03", threads=1)
    stored = json.loads((folder / "comparison.json").read_text())
    again = json.loads(json.dumps(found.to_dict()))
    assert again["arms"][1] == stored["arms"][0]
    assert again["outcomes"][0]["differences"][::-1] == stored["outcomes"][0]["differences"]


def test_a_policy_with_a_start_changes_nothing_before_it():
    policies, more = ["eradication-double"], {"start": "2008-06"}
    before = tr.compare("vrae-2010", policies, 2, 1, 8, last="2008-05", **more)
    after = tr.compare("vrae-2010", policies, 2, 1, 8, first="2008-06", **more)
    assert before.row("delivered").differences[0].variance == 0
    assert after.row("delivered").differences[0].mean != 0
    half = tr.compare("vrae-2010", policies, 2, 1, 8, first="2008-05", last="2008-06", **more)
    assert half.arms[0].cost_usd_per_month.value == after.arms[0].cost_usd_per_month.value / 2


def test_it_is_replaced_only_when_asked_and_never_instead_of_a_result(folder, tmp_path):
    assert "a result is there already" in called("compare", *SMALL, "--out", str(folder), code=2).stderr
    (tmp_path / "manifest.json").write_text("{}")
    refused = called("compare", *SMALL, "--overwrite", "--out", str(tmp_path), code=2)
    assert "something other than a result" in refused.stderr
    assert called("compare", *SMALL, "--overwrite", "--json", "--out", str(folder)).stdout.startswith("{")


def test_a_stop_leaves_nothing(tmp_path):
    cancel = Event()

    def stop(step):
        if step.stage == "run" and step.done >= 4:
            cancel.set()

    with pytest.raises(Cancelled):
        tr.compare(
            "vrae-2010", ["eradication-double"], 3, 1, 8, out=tmp_path / "new", progress=stop, cancel=cancel
        )
    assert list(tmp_path.iterdir()) == []


def test_a_comparison_needs_two_runs():
    with pytest.raises(ValueError, match="at least 2"):
        tr.compare("vrae-2010", ["eradication-double"], 1)
