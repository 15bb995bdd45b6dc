"""Studies in chunks: the same bits as at once, kept on their way, gone on with, refused where due."""

import json
import shutil
import subprocess
import sys
import threading

import pytest
from studies import CHUNK_RUNS, COMMAND, MONTHS, OPTIONS, RUNS, bits, called, chunks, unfinished

import trasiego as tr
from trasiego.common.faults import Faults
from trasiego.ensemble import Cancelled
from trasiego.ensemble import places as places_module
from trasiego.ensemble.store import open_store
from trasiego.ensemble.study import Study
from trasiego.scenario import load_scenario

SIZES = {"runs": RUNS, "months": MONTHS, "draw_numbers": True, "threads": 1}


class Stop(Exception):
    """Ends a study in a test as a fault of the program would."""


@pytest.fixture(scope="module")
def pattern(tmp_path_factory):
    """The folder of a study that nothing disturbed."""
    out = tmp_path_factory.mktemp("pattern") / "out"
    tr.run("vrae-2010", out=out, chunk_runs=CHUNK_RUNS, **SIZES)
    return out


@pytest.fixture
def cut(tmp_path):
    """A study that ended after two of its four chunks."""
    out = tmp_path / "out"
    stop_after(out, 4)
    return out


def stop_after(out, runs, scenario="vrae-2010", **more):
    def progress(step):
        if step.stage == "run" and step.done > runs:
            raise Stop

    with pytest.raises(Stop):
        tr.run(scenario, out=out, progress=progress, **{"chunk_runs": CHUNK_RUNS, **SIZES, **more})


def faults_of(call, *arguments, **named):
    with pytest.raises(Faults) as caught:
        call(*arguments, **named)
    return [fault.text() for fault in caught.value.faults]


def test_chunks_give_the_bits_of_all_at_once(pattern):
    at_once = tr.run("vrae-2010", **SIZES)
    stored = tr.load(pattern)
    assert at_once.dataset.equals(stored.dataset.load())
    assert stored.dataset.sizes["number"] > 300
    assert {path.name for path in pattern.iterdir()} == {
        "manifest.json", "results.zarr", "metrics.parquet", "report.html",
    }  # fmt: skip
    assert not unfinished(pattern).exists()


def test_a_study_goes_on_with_what_was_finished(cut, pattern):
    assert [path.name for path in chunks(cut)] == ["runs-000000-000001", "runs-000002-000003"]
    assert not cut.exists()
    before = [path.stat().st_mtime_ns for path in chunks(cut)]
    done = []

    def progress(step):
        if step.stage == "run":
            assert [path.stat().st_mtime_ns for path in chunks(cut)[:2]] == before
            done.append(step.done)

    tr.resume(cut, progress)
    assert done[0] == 4 and done[-1] == RUNS and done == sorted(done)
    assert bits(cut) == bits(pattern)
    assert not unfinished(cut).exists()


def test_the_same_call_goes_on_too_and_again_when_done(cut, pattern):
    again = {"out": cut, "chunk_runs": CHUNK_RUNS, "resume": True, **SIZES}
    tr.run("vrae-2010", **again)
    assert bits(cut) == bits(pattern)
    tr.run("vrae-2010", **again, progress=lambda step: pytest.fail("nothing is left to do"))
    tr.resume(cut)
    assert "a result is there already" in faults_of(tr.run, "vrae-2010", **again | {"runs": 6})[0]


def test_resume_begins_what_never_began(tmp_path, pattern):
    tr.run("vrae-2010", out=tmp_path / "out", chunk_runs=CHUNK_RUNS, resume=True, **SIZES)
    assert bits(tmp_path / "out") == bits(pattern)


@pytest.mark.parametrize("damage", ["cut short", "changed", "emptied", "of another study"])
def test_a_damaged_chunk_is_run_again(cut, pattern, damage, tmp_path):
    first = chunks(cut)[0]
    content = bytearray(first.read_bytes())
    if damage == "cut short":
        content = content[: len(content) // 2]
    elif damage == "changed":
        content[len(content) // 2] ^= 1
    elif damage == "emptied":
        content = b""
    else:
        other = tmp_path / "other"
        stop_after(other, 2, seed=2)
        content = chunks(other)[0].read_bytes()
    first.write_bytes(content)
    tr.resume(cut)
    assert bits(cut) == bits(pattern)


def test_other_studies_are_not_mixed_in(cut):
    given = {"out": cut, "chunk_runs": CHUNK_RUNS, **SIZES}
    (text,) = faults_of(tr.run, "vrae-2010", **given)
    assert "a study that is not finished" in text and f"--resume {cut}" in text
    (text,) = faults_of(tr.run, "vrae-2010", **given | {"resume": True, "seed": 2})
    assert "seed" in text and "1, with which the study began" in text
    texts = faults_of(
        tr.run, "vrae-2010", **given | {"resume": True, "runs": 8}, settings=["learning.memory=0.5"]
    )
    assert len(texts) == 2 and "runs" in texts[0] and "scenario_hash" in texts[1]
    assert len(chunks(cut)) == 2


def test_other_versions_do_not_go_on(cut):
    file = unfinished(cut) / "study.json"
    about = json.loads(file.read_text())
    about["versions"]["numpy"] = "1.0"
    file.write_text(json.dumps(about))
    (text,) = faults_of(tr.resume, cut)
    assert "versions.numpy" in text and "1.0, with which the study began" in text
    file.write_text("{")
    assert "as `trasiego run` wrote it" in faults_of(tr.resume, cut)[0]


def test_overwrite_begins_anew(cut, pattern):
    tr.run("vrae-2010", out=cut, chunk_runs=CHUNK_RUNS, overwrite=True, **SIZES)
    assert bits(cut) == bits(pattern)


def test_the_old_result_stands_until_the_new_one_is_whole(pattern, tmp_path):
    out = shutil.copytree(pattern, tmp_path / "out")
    stop_after(out, 4, overwrite=True, seed=2)
    assert bits(out) == bits(pattern)
    tr.resume(out)
    assert tr.load(out).manifest["seed"] == 2


def test_policies_and_files_of_another_folder(tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    (tmp_path / "there").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    policy = tmp_path / "here" / "small.toml"
    policy.write_text(
        '[policy]\nname = "small"\ntitle = "Small"\n[countries.PE]\nintegrity = { times = 0.5 }\n'
    )
    stop_after("out", 2, policies=["small.toml"])
    monkeypatch.chdir(tmp_path / "there")
    result = tr.resume(tmp_path / "here" / "out")
    assert result.manifest["policies"] == ["small.toml"]


def test_a_scenario_loaded_in_python_goes_on_in_python(tmp_path, pattern):
    scenario, out = load_scenario("vrae-2010"), tmp_path / "out"
    stop_after(out, 2, scenario)
    assert "resume=True" in faults_of(tr.resume, out)[0]
    tr.run(scenario, out=out, chunk_runs=CHUNK_RUNS, resume=True, **SIZES)
    assert bits(out) == bits(pattern)


def test_cancelling_keeps_what_was_finished(tmp_path, pattern):
    out, cancel = tmp_path / "out", threading.Event()

    def progress(step):
        if step.stage == "run" and step.done == 3:
            cancel.set()

    with pytest.raises(Cancelled):
        tr.run("vrae-2010", out=out, chunk_runs=CHUNK_RUNS, progress=progress, cancel=cancel, **SIZES)
    assert len(chunks(out)) == 1
    tr.resume(out)
    assert bits(out) == bits(pattern)


def test_cancelling_before_the_first_chunk_leaves_nothing(tmp_path):
    cancel = threading.Event()
    with pytest.raises(Cancelled):
        stops = {"progress": lambda step: cancel.set(), "cancel": cancel}
        tr.run("vrae-2010", out=tmp_path / "out", chunk_runs=2, **stops, **SIZES)
    assert not list(tmp_path.iterdir())


def test_a_second_writer_is_refused_while_the_first_lives(cut):
    study = Study(load_scenario("vrae-2010"), RUNS, 1, MONTHS, 4, True, CHUNK_RUNS)
    with open_store(cut, study, {}, resume=True):
        refused = called("run", "--resume", str(cut), "--quiet", code=2)
        assert "is at work on this study" in refused.stderr
    tr.resume(cut)


def test_a_full_disc_is_told_and_gone_on_with(tmp_path, pattern, monkeypatch):
    out, calls = tmp_path / "out", []

    def full(handle, real=places_module.os.fsync):
        calls.append(handle)
        if len(calls) > 1:
            raise OSError(28, "No space left on device")
        return real(handle)

    with monkeypatch.context() as patch:
        patch.setattr(places_module.os, "fsync", full)
        tr_run = {"out": out, "chunk_runs": CHUNK_RUNS, **SIZES}
        (text,) = faults_of(tr.run, "vrae-2010", **tr_run)
    assert "No space left on device" in text and f"trasiego run --resume {out}" in text
    assert not list((unfinished(out) / "chunks").glob("*.partial")) and not out.exists()
    tr.resume(out)
    assert bits(out) == bits(pattern)


def test_a_disc_that_fills_at_the_end_is_gone_on_with(tmp_path, pattern, monkeypatch):
    out = tmp_path / "out"

    def full(*arguments):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("trasiego.results.store._write_metrics", full)
        (text,) = faults_of(tr.run, "vrae-2010", out=out, chunk_runs=CHUNK_RUNS, **SIZES)
    assert f"trasiego run --resume {out}" in text
    assert [path.name for path in tmp_path.iterdir()] == ["out.unfinished"]
    done = []
    tr.resume(out, done.append)
    assert {step.stage for step in done} == {"write"}
    assert bits(out) == bits(pattern)


def test_a_store_that_was_left_beside_its_result_goes(tmp_path, pattern, monkeypatch):
    """As when the process is killed after the result took its place."""
    out = tmp_path / "out"

    def killed(self):
        chunks(out)[0].unlink()
        raise Stop

    with monkeypatch.context() as patch:
        patch.setattr("trasiego.ensemble.store.Store.remove", killed)
        with pytest.raises(Stop):
            tr.run("vrae-2010", out=out, chunk_runs=CHUNK_RUNS, **SIZES)
    assert bits(out) == bits(pattern) and unfinished(out).exists()
    tr.resume(out, lambda step: pytest.fail("nothing is left to do"))
    assert bits(out) == bits(pattern) and not unfinished(out).exists()


def test_a_limit_of_the_file_size_is_told_by_the_command(tmp_path, pattern):
    """The limit stands in for a full disc: it stops real writing in the middle of a chunk."""
    out = tmp_path / "out"
    code = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        "from trasiego.cli import main\nsys.argv[0] = 'trasiego'\nmain()\n"
    )
    words = [sys.executable, "-c", code, *COMMAND, "--out", str(out)]
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 2 and "enough free space" in done.stderr, done.stderr
    assert f"trasiego run --resume {out}" in done.stderr and "Traceback" not in done.stderr
    assert not out.exists() and chunks(out) == []
    called("run", "--resume", str(out), "--quiet")
    assert bits(out) == bits(pattern)


def test_chunks_lie_elsewhere(tmp_path, pattern):
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    for at, count in (("memory://study", lambda: len(memory.find("/study"))), (str(tmp_path / "else"), None)):
        out = tmp_path / "out"
        stop_after(out, 4, chunks_at=at)
        assert not (unfinished(out) / "chunks").exists()
        if count is not None:
            assert count() == 2
        tr.resume(out)
        assert bits(out) == bits(pattern)
        assert count is None or count() == 0
        shutil.rmtree(out)
    (text,) = faults_of(tr.run, "vrae-2010", out=tmp_path / "x", chunk_runs=2, chunks_at="nix://a", **SIZES)
    assert "nix://a" in text


def test_a_small_run_needs_no_store(tmp_path, monkeypatch):
    monkeypatch.setattr("trasiego.ensemble.store.open_store", None)
    tr.run("vrae-2010", runs=2, months=2, out=tmp_path / "out")


def test_the_options_of_the_command_are_those_of_python(tmp_path, pattern):
    out = tmp_path / "out"
    called(*COMMAND, "--out", str(out))
    assert bits(out) == bits(pattern)
    assert "--runs" in OPTIONS
