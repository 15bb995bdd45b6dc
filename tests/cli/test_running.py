"""The main job: run, stop, refuse, report, check."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

import trasiego as tr
from trasiego.cli.app import manual
from trasiego.cli.candidates import shipped

SMALL = ("vrae-2010", "--runs", "2", "--months", "6", "--quiet")


def called(*arguments, code=0):
    result = CliRunner().invoke(manual, arguments, prog_name="trasiego", env={"COLUMNS": "80"})
    assert result.exit_code == code, result.output
    return result


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A results folder made by the command line."""
    path = tmp_path_factory.mktemp("results") / "small"
    result = called("run", *SMALL, "--out", str(path))
    assert result.stderr == ""
    (path.parent / "printed.txt").write_text(result.stdout)
    return path


def test_a_run_writes_its_folder_whole(folder):
    names = {path.name for path in folder.iterdir()}
    assert names == {"manifest.json", "results.zarr", "metrics.parquet", "report.html"}
    manifest = json.loads((folder / "manifest.json").read_text())
    assert (manifest["runs"], manifest["months"], manifest["seed"]) == (2, 6, 1)
    assert manifest["complete"] is True
    assert manifest["claims"]
    assert sorted(path.name for path in folder.parent.iterdir()) == ["printed.txt", "small"]


def test_a_run_prints_a_summary_that_fits_the_screen(folder):
    printed = (folder.parent / "printed.txt").read_text()
    for word in ("produced", "delivered", "seized", "Price", "corridors", "Groups", "Killings", "scorecard"):
        assert word in printed
    own = [line for line in printed.splitlines() if str(folder) not in line]
    assert max(len(line) for line in own) <= 80
    assert str(folder / "report.html") in printed


def test_without_browser_code_a_run_keeps_its_results_and_says_so(tmp_path, monkeypatch):
    from trasiego.report import page

    monkeypatch.setattr(page, "VENDOR", tmp_path / "vendor")
    out = tmp_path / "plain"
    result = called("run", *SMALL, "--out", str(out))
    assert {path.name for path in out.iterdir()} == {"manifest.json", "results.zarr", "metrics.parquet"}
    assert f"trasiego report {out}" in result.stdout
    assert "d3.min.js" in called("report", str(out), code=2).stderr


def test_the_same_run_as_json_is_nothing_else(folder, tmp_path):
    result = called("run", *SMALL, "--json", "--out", str(tmp_path / "again"))
    found = json.loads(result.stdout)
    assert set(found) == {"folder", "manifest", "summary", "scorecard"}
    assert found["summary"]["per_year"]["produced_t"]["median"] > 0
    stored = json.loads((folder / "manifest.json").read_text())
    assert found["manifest"]["scenario_hash"] == stored["scenario_hash"]


def test_an_older_result_is_replaced_only_when_asked(folder, tmp_path):
    path = tmp_path / "one"
    called("run", *SMALL, "--out", str(path))
    before = (path / "manifest.json").read_text()
    refused = called("run", *SMALL, "--out", str(path), code=2)
    assert "a result is there already" in refused.stderr
    assert (path / "manifest.json").read_text() == before
    called("run", *SMALL, "--seed", "2", "--out", str(path), "--overwrite")
    assert json.loads((path / "manifest.json").read_text())["seed"] == 2


def test_the_folder_has_a_name_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    called("run", *SMALL, "--seed", "3", "--set", "countries.PE.integrity=0.8")
    (made,) = tmp_path.iterdir()
    assert made.name == "trasiego-vrae-2010-3"
    assert json.loads((made / "manifest.json").read_text())["settings"] == ["countries.PE.integrity=0.8"]


def test_python_gives_the_same_bits(folder):
    result = tr.run("vrae-2010", runs=2, seed=1, months=6, threads=1)
    stored = tr.load(folder)
    assert result.dataset.equals(stored.dataset.load())
    assert "vrae-2010" in repr(result)


def test_report_is_written_again(folder, tmp_path):
    called("report", str(folder), "--out", str(tmp_path / "page.html"))
    assert (tmp_path / "page.html").read_bytes()[:15].lower() == b"<!doctype html>"
    assert tr.write_report(tr.load(folder), tmp_path / "second.html").stat().st_size > 10_000


def test_check_of_a_stored_result(folder):
    found = json.loads(called("check", str(folder), "--json").stdout)
    assert {each["kind"] for each in found} == {"C", "V", "Q"}
    assert {each["measured_in"] for each in found} == {"vrae-2010"}
    text = called("check", str(folder)).stdout
    assert all(each["id"] in text for each in found)
    markdown = called("check", str(folder), "--markdown").stdout
    assert markdown.startswith("| pattern |")


def test_check_of_a_scenario_stores_nothing(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    called("check", "vrae-2010", "--runs", "1", "--months", "3", "--quiet")
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_a_copy_gives_the_same_bits(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    called("new", "mine", "--from", "vrae-2010")
    copy = tr.run("mine.toml", runs=2, seed=5, months=12)
    original = tr.run("vrae-2010", runs=2, seed=5, months=12)
    assert copy.dataset.equals(original.dataset)


@pytest.mark.slow
@pytest.mark.parametrize("name", shipped("scenarios"))
def test_every_shipped_scenario_runs_to_its_end(name, tmp_path):
    result = called("run", name, "--runs", "2", "--quiet", "--out", str(tmp_path / "out"))
    assert "produced" in result.stdout


@pytest.mark.slow
def test_ctrl_c_leaves_nothing_behind(tmp_path):
    command = [sys.executable, "-m", "trasiego", "run", "northern-route", "--runs", "500"]
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, cwd=tmp_path, stdout=pipe, stderr=pipe, text=True)
    for line in process.stderr:
        if "running" in line:
            break
    time.sleep(0.5)
    os.kill(process.pid, signal.SIGINT)
    printed, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert printed == ""
    assert told.strip() == "stopped; nothing was written"
    assert not list(tmp_path.iterdir())


def test_python_refuses_no_runs_at_all():
    with pytest.raises(ValueError, match="at least 1"):
        tr.run("vrae-2010", runs=0)


def test_a_loaded_scenario_takes_no_overlays():
    from trasiego.scenario import load_scenario

    with pytest.raises(ValueError, match="policies and settings"):
        tr.run(load_scenario("vrae-2010"), settings=["countries.PE.integrity=0.8"])
