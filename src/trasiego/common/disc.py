"""Work on the disc: errors of the file system as one fault, and writing that a power cut does not undo."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trasiego.common.faults import Fault, Faults
from trasiego.common.messages import _

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)


@contextmanager
def told(path: Path | str, task: str, then: str | None = None) -> Iterator[None]:
    """Turn an error of the file system inside the block into one fault that says what could not be done.

    `then` says what became of the work so far and how it goes on; None that nothing was left behind.
    """
    try:
        yield
    except OSError as error:
        raise Faults(_system_fault(path, task, error, then)) from error


def _system_fault(path: Path | str, task: str, error: OSError, then: str | None) -> Fault:
    found = _("could not {task}: {reason}").format(task=task, reason=error.strerror or str(error))
    allowed, do = _("a folder that can be reached"), _("check the name and the disc, then try again")
    if error.errno in _FULL:
        allowed = _("enough free space")
        do = _("free some space or choose another disc; nothing was left behind")
        if then is not None:
            do = _("free some space; {then}").format(then=then)
    elif error.errno in _FORBIDDEN:
        allowed = _("a folder in which you may work")
        do = _("choose another folder or change its permissions")
    return Fault(file=str(path), line=None, key=None, found=found, allowed=allowed, nearest=None, do=do)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on the disc before anything else is done, where the system can."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Have all files and names below a folder on the disc before anything else is done."""
    for base, _folders, files in os.walk(folder):
        for name in files:
            with open(Path(base) / name, "rb") as file:
                os.fsync(file.fileno())
        sync_folder(Path(base))
