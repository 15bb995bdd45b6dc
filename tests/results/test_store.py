"""Result folders: whole or not there, read back the same, by any reader."""

import errno
import json
import os
import resource
import shutil
import subprocess
import sys

import numpy as np
import pyarrow.parquet as pq
import pytest
import xarray as xr

from trasiego.common.faults import Faults
from trasiego.results import check_target, read_folder, store, write_folder
from trasiego.results.manifest import Manifest
from trasiego.results.variables import VARIABLES

FILES = {"manifest.json", "results.zarr", "metrics.parquet"}


def faults_of(call, *arguments, **named):
    with pytest.raises(Faults) as caught:
        call(*arguments, **named)
    assert len(caught.value.faults) == 1
    return caught.value.faults[0]


@pytest.fixture(scope="module")
def pattern(tmp_path_factory, make_result):
    return write_folder(make_result(), tmp_path_factory.mktemp("pattern") / "out")


@pytest.fixture
def written(pattern, tmp_path):
    """A folder written once and copied for each test that harms it."""
    return shutil.copytree(pattern, tmp_path / "out")


def test_round_trip(result, tmp_path):
    target = write_folder(result, tmp_path / "out")
    assert {entry.name for entry in target.iterdir()} == FILES
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]
    back = read_folder(target)
    xr.testing.assert_identical(back.dataset.load(), result.dataset)
    assert {row.name: back.dataset[row.name].dtype for row in VARIABLES} == {
        row.name: np.dtype(row.dtype) for row in VARIABLES
    }
    assert back.folder == target
    assert {**back.manifest, "contents": {}} == result.manifest
    assert back.metrics.equals(result.metrics)


def test_a_result_that_was_read_writes_the_same_again(result, tmp_path):
    first = read_folder(write_folder(result, tmp_path / "first"))
    second = write_folder(first, tmp_path / "second")
    for file in sorted(first.folder.rglob("*")):
        if file.is_file():
            assert file.read_bytes() == (second / file.relative_to(first.folder)).read_bytes(), file.name


def test_not_a_number_survives(result, tmp_path):
    result.dataset["market_price_usd_per_kg"][1, 2, 0] = np.nan
    back = read_folder(write_folder(result, tmp_path / "out"))
    xr.testing.assert_identical(back.dataset.load(), result.dataset)


def test_empty_dims_survive(make_result, tmp_path):
    result = make_result({"zone": 0, "broker": 0, "flow_run": 0})
    back = read_folder(write_folder(result, tmp_path / "out"))
    assert back.dataset["zone_area_ha"].shape == (3, 14, 0)


def test_plain_readers_open_it(result, tmp_path):
    target = write_folder(result, tmp_path / "out")
    dataset = xr.open_zarr(target / "results.zarr", chunks=None)
    assert dataset["produced_kg"].attrs["units"] == "kg"
    assert dataset["link_flow_kg"].sel(link="link-1-ñ", month="2008-03-01").sizes == {"flow_run": 2}
    table = pq.read_table(target / "metrics.parquet", filters=[("metric", "==", "killings")])
    assert table.num_rows == 3 * 14
    assert pq.read_schema(target / "metrics.parquet").names == [
        "run",
        "month",
        "metric",
        "entity",
        "value",
        "unit",
    ]


def test_stored_pieces_are_small_enough_to_read_one_month(make_result, tmp_path):
    result = make_result({"run": 300, "month": 250})
    target = write_folder(result, tmp_path / "out")
    dataset = xr.open_zarr(target / "results.zarr", chunks=None)
    assert dataset["produced_kg"].encoding["chunks"] == (300, 240)
    assert dataset["country_seized_kg"].encoding["chunks"] == (300, 240, 1)
    assert dataset["link_flow_kg"].encoding["chunks"] == (1, 60, 4)
    assert dataset["link_flow_kg_quantile"].encoding["chunks"] == (5, 60, 4)
    assert [each.codec_id for each in dataset["produced_kg"].encoding["compressors"]] == ["zstd"]
    assert [each.codec_id for each in dataset["produced_kg"].encoding["filters"]] == ["shuffle"]


def test_manifest_file_holds_all(result, tmp_path):
    target = write_folder(result, tmp_path / "out")
    text = (target / "manifest.json").read_text(encoding="utf-8")
    found = json.loads(text)
    assert list(found) == [name for name in Manifest.__annotations__ if name != "moved"]
    assert found["claims"] == ["f031", "s045"]
    assert found["events"][0]["text"] == "A raid, en Perú." and "Perú" in text
    assert found["contents"]["metrics.parquet"]["files"] == 1
    assert str(tmp_path) not in text


def test_further_files_come_with_the_folder(result, tmp_path):
    def page(folder):
        assert not (folder / "manifest.json").exists()
        (folder / "report.html").write_text("<p>")

    target = write_folder(result, tmp_path / "out", also=[page])
    assert {entry.name for entry in target.iterdir()} == FILES | {"report.html"}
    (target / "report.html").write_text("<p>a new report may be written later")
    (target / "notes.txt").write_text("so may notes")
    read_folder(target)


def test_parents_are_made(result, tmp_path):
    write_folder(result, tmp_path / "a" / "b" / "out")
    assert (tmp_path / "a" / "b" / "out" / "manifest.json").is_file()


def test_relative_path(result, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    write_folder(result, "out")
    assert read_folder("out").runs == 3


def test_permissions_follow_the_user_mask(result, tmp_path):
    before = os.umask(0o022)
    try:
        target = write_folder(result, tmp_path / "out")
    finally:
        os.umask(before)
    assert target.stat().st_mode & 0o777 == 0o755


def test_an_old_result_is_replaced_only_when_asked(make_result, tmp_path):
    target = write_folder(make_result(seed=1), tmp_path / "out")
    fault = faults_of(write_folder, make_result(seed=2), target)
    assert fault.found == "a result is there already"
    assert read_folder(target).manifest["seed"] == 1
    write_folder(make_result(seed=2), target, overwrite=True)
    assert read_folder(target).manifest["seed"] == 2
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("overwrite", [False, True])
@pytest.mark.parametrize("kind", ["folder", "file", "link"])
def test_nothing_but_a_result_is_ever_replaced(result, tmp_path, kind, overwrite):
    target = tmp_path / "out"
    if kind == "folder":
        target.mkdir()
        (target / "thesis.txt").write_text("mine")
    elif kind == "file":
        target.write_text("mine")
    else:
        target.symlink_to(tmp_path / "nowhere")
    fault = faults_of(write_folder, result, target, overwrite=overwrite)
    assert fault.found == "something other than a result is there"
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]
    assert kind != "folder" or (target / "thesis.txt").read_text() == "mine"


def test_an_empty_folder_is_a_good_target(result, tmp_path):
    (tmp_path / "out").mkdir()
    write_folder(result, tmp_path / "out")
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]


def test_target_below_a_file(result, tmp_path):
    (tmp_path / "file").write_text("")
    for call in (check_target, lambda path: write_folder(result, path)):
        fault = faults_of(call, tmp_path / "file" / "out")
        assert "folder" in fault.allowed


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_target_in_a_folder_without_permission(tmp_path):
    (tmp_path / "locked").mkdir(mode=0o500)
    assert "nothing can be written" in faults_of(check_target, tmp_path / "locked" / "out").found


STEPS = ["_write_dataset", "_write_metrics", "_contents", "_put_in_place"]
ERRORS = [
    (OSError(errno.ENOSPC, "No space left on device"), "enough free space"),
    (PermissionError(errno.EACCES, "Permission denied"), "a folder in which you may work"),
    (OSError(errno.EIO, "Input/output error"), "a folder that can be reached"),
]


@pytest.mark.parametrize("step", STEPS)
def test_failure_of_any_step_leaves_nothing_new(written, make_result, tmp_path, monkeypatch, step):
    before = sorted(tmp_path.rglob("*"))
    real = getattr(store, step)

    def fail(*arguments, **named):
        if step != "_put_in_place":
            real(*arguments, **named)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(store, step, fail)
    for target in (written, tmp_path / "new" / "deep" / "out"):
        fault = faults_of(write_folder, make_result(seed=2), target, overwrite=True)
        assert fault.found == "could not write the result: No space left on device"
        assert fault.file == str(target)
        assert sorted(tmp_path.rglob("*")) == before
    monkeypatch.undo()
    assert read_folder(written).manifest["seed"] == 7


@pytest.mark.parametrize("error, allowed", ERRORS)
def test_each_kind_of_failure_is_told(result, tmp_path, monkeypatch, error, allowed):
    def fail(*arguments, **named):
        raise error

    monkeypatch.setattr(store, "_write_dataset", fail)
    fault = faults_of(write_folder, result, tmp_path / "out")
    assert fault.allowed == allowed and error.strerror in fault.found


@pytest.mark.parametrize("step", STEPS)
def test_any_other_error_passes_and_leaves_nothing(result, tmp_path, monkeypatch, step):
    def stop(*arguments, **named):
        raise KeyboardInterrupt

    monkeypatch.setattr(store, step, stop)
    with pytest.raises(KeyboardInterrupt):
        write_folder(result, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_failure_of_the_report_leaves_nothing(result, tmp_path):
    def page(folder):
        raise OSError(errno.ENOSPC, "No space left on device")

    assert faults_of(write_folder, result, tmp_path / "out", also=[page]).allowed == "enough free space"
    assert list(tmp_path.iterdir()) == []


def test_failure_of_the_last_rename_brings_the_old_result_back(written, make_result, tmp_path, monkeypatch):
    real = os.rename

    def rename(source, destination):
        if str(source).endswith(".partial"):
            raise OSError(errno.EIO, "Input/output error")
        real(source, destination)

    monkeypatch.setattr(store.os, "rename", rename)
    faults_of(write_folder, make_result(seed=2), written, overwrite=True)
    assert read_folder(written).manifest["seed"] == 7
    assert [entry.name for entry in tmp_path.iterdir()] == ["out"]


def test_an_old_result_that_cannot_be_removed_is_told(written, make_result, monkeypatch):
    real = shutil.rmtree

    def rmtree(path, **named):
        if str(path).endswith(".old"):
            raise PermissionError(errno.EACCES, "Permission denied")
        real(path, **named)

    monkeypatch.setattr(store.shutil, "rmtree", rmtree)
    fault = faults_of(write_folder, make_result(seed=2), written, overwrite=True)
    assert "the new result is in place" in fault.found
    assert read_folder(written).manifest["seed"] == 2


def test_a_disc_that_really_refuses(make_result, tmp_path):
    """Files above 64 kB are refused by the system, in the middle of a chunk."""
    result = make_result({"run": 60, "month": 120})
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, hard))
    try:
        fault = faults_of(write_folder, result, tmp_path / "out")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert fault.allowed == "enough free space"
    assert list(tmp_path.iterdir()) == []


def test_nothing_there(tmp_path):
    assert faults_of(read_folder, tmp_path / "none").found == "nothing of that name"


def test_a_file_and_a_plain_folder_are_no_results(tmp_path):
    assert faults_of(read_folder, tmp_path).found == "a folder without manifest.json"
    (tmp_path / "file").write_text("")
    assert faults_of(read_folder, tmp_path / "file").found == "a file"


def change_manifest(target, **changes):
    file = target / "manifest.json"
    file.write_text(json.dumps(json.loads(file.read_text(encoding="utf-8")) | changes), encoding="utf-8")


def test_another_format_is_told_with_the_version_that_wrote_it(written):
    change_manifest(written, format=99, trasiego_version="7.0")
    fault = faults_of(read_folder, written)
    assert (fault.key, fault.found) == ("format", "format 99, written by trasiego 7.0")
    assert "7.0" in fault.do


@pytest.mark.parametrize("text", ["", "{", "[1]", "null", "\udcff"])
def test_a_manifest_that_is_none(written, text):
    (written / "manifest.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    assert faults_of(read_folder, written).file == str(written / "manifest.json")


@pytest.mark.parametrize(
    "changes, told",
    [
        ({"seed": "one"}, "seed is 'one'"),
        ({"runs": True}, "runs is True"),
        ({"complete": 1}, "complete is 1"),
        ({"seconds": "1"}, "seconds is '1'"),
        ({"format": None}, "format is None"),
        ({"contents": []}, "contents is []"),
        ({"contents": {}}, "missing, or not as it was written"),
        ({"contents": {"results.zarr": 3}}, "missing, or not as it was written"),
    ],
)
def test_a_manifest_with_a_wrong_entry(written, changes, told):
    change_manifest(written, **changes)
    assert told in faults_of(read_folder, written).found


@pytest.mark.parametrize("name", ["seed", "contents", "scenario_name"])
def test_a_manifest_without_an_entry(written, name):
    file = written / "manifest.json"
    found = json.loads(file.read_text(encoding="utf-8"))
    del found[name]
    file.write_text(json.dumps(found), encoding="utf-8")
    assert f"{name} is missing" in faults_of(read_folder, written).found


@pytest.mark.parametrize(
    "part",
    ["metrics.parquet", "results.zarr", "results.zarr/.zmetadata", "results.zarr/killings/0.0"],
)
def test_a_lost_file_is_told(written, part):
    if (written / part).is_dir():
        shutil.rmtree(written / part)
    else:
        (written / part).unlink()
    fault = faults_of(read_folder, written)
    assert fault.found == "missing, or not as it was written"
    assert fault.file == str(written / part.split("/")[0])


def test_a_file_cut_short_is_told(written):
    piece = written / "results.zarr" / "killings" / "0.0"
    piece.write_bytes(piece.read_bytes()[:-1])
    assert faults_of(read_folder, written).file == str(written / "results.zarr")


@pytest.mark.parametrize("text", ["{", "{}"])
def test_metadata_that_cannot_be_read(written, text):
    (written / "results.zarr" / ".zmetadata").write_text(text)
    contents = {part: store._contents(written / part) for part in ("results.zarr", "metrics.parquet")}
    change_manifest(written, contents=contents)
    assert faults_of(read_folder, written).file == str(written / "results.zarr")


def test_a_folder_stays_small(make_result, tmp_path):
    """Noise does not compress, so what is stored stays near the size of the numbers, in each form."""
    result = make_result({"run": 100, "month": 180})
    target = write_folder(result, tmp_path / "out")
    figures = sum(result.dataset[row.name].nbytes for row in VARIABLES)
    assert store._contents(target / "results.zarr")["bytes"] < 1.05 * figures
    assert store._contents(target / "metrics.parquet")["bytes"] < 1.6 * figures
    assert store._contents(target)["files"] < 330


def test_importing_results_brings_no_heavy_package():
    heavy = ["numpy", "xarray", "pandas", "pyarrow", "zarr", "numba", "importlib.metadata"]
    code = f"import sys, trasiego.results; print([name for name in {heavy!r} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
