"""What can go wrong with a result folder, each as one message for the user."""

from __future__ import annotations

from pathlib import Path

from trasiego.common.faults import Fault
from trasiego.common.messages import _
from trasiego.results.manifest import FORMAT


def taken(target: Path) -> Fault:
    """Return the fault of a result that stands where another is to be written."""
    return _fault(
        target,
        _("a result is there already"),
        _("a name that is not taken"),
        _("choose another folder, or ask for the old result to be replaced"),
    )


def not_replaceable(target: Path) -> Fault:
    """Return the fault of something other than a result that stands where one is to be written."""
    return _fault(
        target,
        _("something other than a result is there"),
        _("a name that is not taken; only results are ever replaced"),
        _("choose another folder"),
    )


def not_writable(target: Path, standing: Path) -> Fault:
    """Return the fault of a place in which nothing can be made; `standing` is its nearest existing folder."""
    return _fault(
        target,
        _("nothing can be written in {folder}").format(folder=standing),
        _("a folder in which you may write"),
        _("choose another folder or change its permissions"),
    )


def not_a_result(folder: Path) -> Fault:
    """Return the fault of a path that holds no result."""
    found = _("a folder without manifest.json") if folder.is_dir() else _("a file")
    return _fault(
        folder,
        found if folder.exists() else _("nothing of that name"),
        _("a folder written by `trasiego run`"),
        _("give the folder that holds manifest.json, or run the scenario again"),
    )


def bad_manifest(file: Path, problem: str) -> Fault:
    """Return the fault of a manifest that cannot be understood."""
    return _fault(
        file,
        problem,
        _("the manifest as `trasiego run` wrote it"),
        _("restore the file from a copy, or run the scenario again"),
    )


def other_format(file: Path, found: int, version: str) -> Fault:
    """Return the fault of a result that another version of the folder layout describes."""
    return Fault(
        file=str(file),
        line=None,
        key="format",
        found=_("format {found}, written by trasiego {version}").format(found=found, version=version),
        allowed=_("format {format}").format(format=FORMAT),
        nearest=None,
        do=_("read it with trasiego {version}, or run the scenario again").format(version=version),
    )


def damaged(folder: Path, part: str) -> Fault:
    """Return the fault of a folder of which a part is missing or not as it was written."""
    return _fault(
        folder / part,
        _("missing, or not as it was written"),
        _("the files as `trasiego run` wrote them"),
        _("restore the folder from a copy, or run the scenario again"),
    )


def old_left(target: Path, aside: Path) -> Fault:
    """Return the fault of an old result that could not be taken away after the new one took its place."""
    return _fault(
        target,
        _("the new result is in place, but the old one is still at {folder}").format(folder=aside),
        _("one result"),
        _("remove {folder}").format(folder=aside),
    )


def _fault(path: Path, found: str, allowed: str, do: str) -> Fault:
    return Fault(file=str(path), line=None, key=None, found=found, allowed=allowed, nearest=None, do=do)
