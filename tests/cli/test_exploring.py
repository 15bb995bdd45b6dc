"""`trasiego sensitivity` and `trasiego calibrate`: the screen, the JSON, a kill on the way."""

import json
import signal
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from trasiego.cli.app import manual

SMALL = ("--numbers", "production.[ps]*", "--months", "6", "--quiet", "--threads", "1")
FITTED = ("--numbers", "zones.*", "--points", "4", "--waves", "1", "--runs", "2", "--months", "30", "--quiet")


def called(*arguments, code=0):
    result = CliRunner().invoke(manual, arguments, prog_name="trasiego", env={"COLUMNS": "80"})
    assert result.exit_code == code, result.output
    return result


def test_sensitivity_prints_a_ranking_with_claims_and_writes_its_folder(tmp_path):
    out = tmp_path / "out"
    printed = called("sensitivity", "vrae-2010", *SMALL, "--trajectories", "3", "--out", str(out)).stdout
    for word in ("4 numbers, 15 points of 2 runs", "delivered", "mu*", "production.supply_spread", "f177"):
        assert word in printed
    assert "Not answered here" in printed and "of the C patterns" not in printed
    assert max(len(line) for line in printed.splitlines() if str(out) not in line) <= 80
    found = json.loads((out / "sensitivity.json").read_text())
    assert [each["figure"] for each in found["rankings"]][:2] == ["delivered", "seized"]


def test_sobol_in_json(tmp_path):
    outcomes = ("--outcomes", "seized", "--method", "sobol", "--samples", "4", "--runs-per-point", "1")
    printed = called("sensitivity", "vrae-2010", *SMALL, *outcomes, "--json", "--out", str(tmp_path / "out"))
    found = json.loads(printed.stdout)
    assert (found["method"], found["points"], found["folder"]) == ("sobol", 24, str(tmp_path / "out"))
    assert found["rankings"][0]["chance"] is None
    assert {each["is_clear"] for each in found["rankings"][0]["effects"]} == {None}


def test_calibrate_prints_bands_and_ranges(tmp_path):
    out = tmp_path / "out"
    printed = called("calibrate", "vrae-2010", *FITTED, "--out", str(out)).stdout
    for word in (
        "1 waves of 4 points",
        "price-source/paste",
        "zones.pe-vrae",
        "split",
        "Left out",
        "nearest.toml",
    ):
        assert word in printed
    assert max(len(line) for line in printed.splitlines() if str(out) not in line) <= 80
    found = json.loads(
        called("calibrate", "vrae-2010", *FITTED, "--json", "--overwrite", "--out", str(out)).stdout
    )
    assert len(found["implausible"]) == 4 and found["nearest"] in range(4)


@pytest.mark.slow
def test_what_a_kill_left_goes_on_to_the_same_bits(tmp_path):
    options = (*SMALL, "--trajectories", "12", "--outcomes", "seized")
    command = [sys.executable, "-m", "trasiego", "sensitivity", "vrae-2010", *options, "--out"]
    subprocess.run([*command, "whole"], cwd=tmp_path, check=True, capture_output=True)
    process = subprocess.Popen([*command, "cut"], cwd=tmp_path, stdout=subprocess.DEVNULL)
    chunks = tmp_path / "cut.unfinished" / "chunks"
    deadline = time.monotonic() + 120
    while not list(chunks.glob("runs-*[0-9]")) and time.monotonic() < deadline:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert not (tmp_path / "cut").exists() and list(chunks.glob("runs-*[0-9]"))
    resumed = [sys.executable, "-m", "trasiego", "sensitivity", "--resume", "cut", "--json", "--threads", "2"]
    done = subprocess.run(resumed, cwd=tmp_path, check=True, capture_output=True, text=True)
    assert json.loads(done.stdout)["points"] == 12 * 5
    for name in ("sensitivity.json", "effects.parquet", "points.parquet", "runs.parquet"):
        assert (tmp_path / "cut" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()
    assert not chunks.exists()
