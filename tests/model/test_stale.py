"""Compiled code goes when a source changes, and stays when none does."""

import os

import pytest

from trasiego.model.stale import remove_stale_code


@pytest.fixture
def package(tmp_path):
    for name in ("one", "two"):
        (tmp_path / name / "__pycache__").mkdir(parents=True)
        (tmp_path / name / "step.py").write_text("x = 1\n")
    folders = tmp_path / "one", tmp_path / "two"
    assert remove_stale_code(folders)
    for folder in folders:
        for ending in ("nbi", "nbc", "pyc"):
            (folder / "__pycache__" / f"step.{ending}").write_text("")
    return folders


def kept(folders):
    return [path.suffix for folder in folders for path in sorted((folder / "__pycache__").glob("step.*"))]


def test_compiled_code_stays_while_sources_do(package):
    assert not remove_stale_code(package)
    assert kept(package) == [".nbc", ".nbi", ".pyc"] * 2


def test_compiled_code_of_all_folders_goes_with_one_source(package):
    source = package[1] / "step.py"
    dates = source.stat()
    source.write_text("x = 2\n")
    os.utime(source, ns=(dates.st_atime_ns, dates.st_mtime_ns))  # not even a new date
    assert remove_stale_code(package)
    assert kept(package) == [".pyc"] * 2
    assert not remove_stale_code(package)


def test_folder_that_cannot_be_written_is_left(package, monkeypatch):
    (package[0] / "step.py").write_text("x = 3\n")

    def refuse(*_args, **_more):
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.unlink", refuse)
    assert not remove_stale_code(package)
