"""Where the chunks of a study lie: a folder, or whatever fsspec reaches by an address with "://" in it.

A chunk stands under its name whole or not at all: in a folder it is written beside, brought to the disc and
renamed; an object store shows an object when it is closed. What shows otherwise fails its checksum.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from trasiego.common.disc import sync_folder
from trasiego.common.faults import Fault, Faults
from trasiego.common.messages import _

PARTIAL, MARK = ".partial", "study-key"


class Place(Protocol):
    """What a place of chunks can do; all raise OSError when it fails."""

    def prepare(self, key: str) -> None:
        """Make ready for the chunks of the study of a key."""

    def is_reached(self, key: str) -> bool:
        """Whether this process reaches the place of that study."""

    def write(self, name: str, fill: Callable[[BinaryIO], None]) -> None:
        """Write the file ``name`` whole by calling ``fill`` with it."""

    def open(self, name: str) -> BinaryIO | None:
        """Open a file for reading; None where there is none."""

    def remove(self) -> None:
        """Take away all chunks."""


@dataclass(frozen=True)
class Folder:
    """Chunks in a folder of the file system, which others find there by its mark."""

    path: Path

    def prepare(self, key: str) -> None:
        """Make the folder, mark it with the key of its study, and sweep out what writers that died left."""
        self.path.mkdir(parents=True, exist_ok=True)
        for path in self.path.glob(f"*{PARTIAL}"):
            path.unlink(missing_ok=True)
        (self.path / MARK).write_text(key, encoding="utf-8")

    def is_reached(self, key: str) -> bool:
        """Whether the folder of a study is here, not one of the same name on another machine."""
        try:
            return (self.path / MARK).read_text(encoding="utf-8") == key
        except OSError:
            return False

    def write(self, name: str, fill: Callable[[BinaryIO], None]) -> None:
        """Write beside, bring to the disc, rename, and bring the name to the disc."""
        beside = self.path / f"{name}.{uuid.uuid4().hex[:8]}{PARTIAL}"
        try:
            with open(beside, "wb") as file:
                fill(file)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, self.path / name)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        sync_folder(self.path)

    def open(self, name: str) -> BinaryIO | None:
        """Open a chunk of the folder."""
        path = self.path / name
        return open(path, "rb") if path.is_file() else None

    def remove(self) -> None:
        """Take away chunks and what was left of unfinished ones."""
        for path in list(self.path.iterdir()) if self.path.is_dir() else []:
            path.unlink(missing_ok=True)
        self.path.rmdir()


@dataclass(frozen=True)
class Address:
    """Chunks below an address that fsspec knows, such as s3://bucket/studies."""

    url: str

    def prepare(self, key: str) -> None:
        """Do nothing: addresses come with their objects."""

    def is_reached(self, key: str) -> bool:
        """Say yes: an address means the same everywhere."""
        return True

    def _system(self) -> tuple[Any, str]:
        from fsspec.core import url_to_fs

        system, path = url_to_fs(self.url)
        return system, path

    def write(self, name: str, fill: Callable[[BinaryIO], None]) -> None:
        """Write an object, which is there once it is closed."""
        system, path = self._system()
        system.makedirs(path, exist_ok=True)
        with system.open(f"{path}/{name}", "wb") as file:
            fill(file)

    def open(self, name: str) -> BinaryIO | None:
        """Open an object."""
        system, path = self._system()
        if not system.exists(f"{path}/{name}"):
            return None
        file: BinaryIO = system.open(f"{path}/{name}", "rb")
        return file

    def remove(self) -> None:
        """Take away the objects of the study."""
        system, path = self._system()
        if system.exists(path):
            system.rm(path, recursive=True)


def place_of(address: str, key: str) -> Place:
    """Return the place of a study of a key below a path or an address.

    Raise Faults where fsspec, or what it needs for the address, is missing.
    """
    if "://" not in address:
        return Folder(Path(address).absolute() / key)
    try:
        from fsspec.core import url_to_fs

        url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise Faults(
            Fault(
                file=address,
                line=None,
                key=None,
                found=_("an address that cannot be reached: {reason}").format(reason=error),
                allowed=_("a folder, or an address that fsspec knows"),
                nearest=None,
                do=_("pip install 'trasiego[dask]' and the package that fsspec needs for this address"),
            )
        ) from error
    return Address(f"{address.rstrip('/')}/{key}")
