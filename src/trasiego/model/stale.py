"""Compiled steps that belong to other sources are removed.

Numba keeps compiled code beside each file and knows it by that file's date alone, so code compiled into a
caller would go on running after the file it came from has changed.
"""

from __future__ import annotations

from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

STAMP = "sources.stamp"


def remove_stale_code(folders: tuple[Path, ...]) -> bool:
    """Empty the compiled code of the folders unless it was made from their files as they are.

    Returns whether it did. Folders that can't be written are left: there numba keeps its code elsewhere, and
    an installation gives all files a new date.
    """
    sources = sorted(path for folder in folders for path in folder.glob("*.py"))
    stamp = blake2b(b"".join(path.read_bytes() for path in sources), digest_size=16).hexdigest()
    written = folders[0] / "__pycache__" / STAMP
    with suppress(OSError):
        if written.exists() and written.read_text("ascii") == stamp:
            return False
        for folder in folders:
            for pattern in ("*.nbi", "*.nbc"):
                for path in (folder / "__pycache__").glob(pattern):
                    path.unlink(missing_ok=True)
        written.parent.mkdir(exist_ok=True)
        written.write_text(stamp, "ascii")
        return True
    return False
