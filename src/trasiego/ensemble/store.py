"""The store of a study: what was finished stands whatever happens, what was not is run again.

It lies beside the results folder that it will become, with ``.unfinished`` after its name: ``study.json``
says what runs, ``chunks`` has the finished chunks (or another place that ``study.json`` names), ``lock``
keeps a second writer away for as long as the first one lives.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from trasiego.common.disc import sync_folder, told
from trasiego.common.faults import Faults
from trasiego.common.messages import _
from trasiego.ensemble import refusals
from trasiego.ensemble.chunks import Chunk, is_whole, write_chunk
from trasiego.ensemble.places import Folder, Place, place_of
from trasiego.ensemble.progress import Cancelled
from trasiego.ensemble.study import STUDY_KEYS, Chunked
from trasiego.world.tables import Floats

ENDING = ".unfinished"
ABOUT, CHUNKS, LOCK, OWNER = "study.json", "chunks", "lock", "writer"
FORMAT = 1
KEYS = ("scenario", "policies", "settings", "overwrite", "chunks_at", "started")
"""What ``study.json`` says at least, besides what the bits depend on."""


def store_folder(target: Path | str) -> Path:
    """Return the folder of the store of the study that writes ``target``."""
    path = Path(target).absolute()
    return path.with_name(path.name + ENDING)


def is_begun(target: Path | str) -> bool:
    """Whether a study that writes ``target`` was begun and is not finished."""
    return (store_folder(target) / ABOUT).is_file()


def read_about(target: Path | str, command: str = "run", keys: Sequence[str] = STUDY_KEYS) -> dict[str, Any]:
    """Return what ``study.json`` says of an unfinished study; raise Faults where there is none to be read.

    The study must be one of ``command``, ``keys`` are those of its ``about``. Besides there is what the
    ``source`` of :func:`open_store` said, ``chunks_at`` and ``started``.
    """
    file = store_folder(target) / ABOUT
    with told(file, _("read the study")):
        if not file.is_file():
            raise Faults(refusals.nothing_to_resume(Path(target), command))
        try:
            about = json.loads(file.read_text(encoding="utf-8"))
            if about["format"] != FORMAT:
                raise ValueError(_("format {found}").format(found=about["format"]))
            if (begun := str(about.get("command", "run"))) != command:
                raise Faults(refusals.other_command(Path(target), file.parent, begun))
            if missing := [name for name in (*keys, *KEYS) if name not in about]:
                raise ValueError(_("no {keys}").format(keys=", ".join(missing)))
        except (ValueError, KeyError, TypeError) as error:
            raise Faults(refusals.not_understood(file, str(error))) from error
    return dict(about)


@dataclass(frozen=True)
class Store:
    """The store of a study that this process writes; :func:`open_store` gives it."""

    target: Path
    study: Chunked
    about: Mapping[str, Any]
    place: Place

    @property
    def folder(self) -> Path:
        """Folder of the store."""
        return store_folder(self.target)

    def missing(self) -> list[range]:
        """Runs of the chunks that are not there or not as they were written."""
        with self._told():
            return [runs for runs in self.study.chunks if not chunk_is_there(self.place, self.study, runs)]

    def holds_any(self) -> bool:
        """Whether a chunk stands, whole or not."""
        for runs in self.study.chunks:
            file = self.place.open(chunk_name(runs))
            if file is not None:
                file.close()
                return True
        return False

    def write(self, runs: range, arrays: Mapping[str, Floats], seconds: float) -> None:
        """Write the chunk of some runs, which took ``seconds``; raise Faults when the disc is full."""
        with self._told():
            put_chunk(self.place, self.study, runs, arrays, seconds)

    @contextmanager
    def chunks(self) -> Iterator[list[Chunk]]:
        """Yield all chunks in the order of their runs, open for reading; all must be there."""
        files = []
        with self._told():
            try:
                for runs in self.study.chunks:
                    files.append(self._open(runs))
                yield [Chunk(file) for file in files]
            finally:
                for file in files:
                    file.close()

    def rows_of(self, name: str) -> Callable[[range], Floats]:
        """Return what reads an array of the chunks at the runs of whole chunks, which must be there."""

        def read(runs: range) -> Floats:
            found = []
            with self._told():
                for each in self.study.chunks:
                    if each.start >= runs.start and each.stop <= runs.stop:
                        with self._open(each) as file:
                            found.append(Chunk(file).array(name))
            return np.concatenate(found)

        return read

    def remove(self) -> None:
        """Take the store away, once the results folder stands."""
        with self._told():
            self.place.remove()
            # What says that a study was begun goes last, so that one who is killed here can say it is done.
            for path in self.folder.iterdir():
                if path.is_dir():
                    shutil.rmtree(path)
                elif path.name != ABOUT:
                    path.unlink()
            (self.folder / ABOUT).unlink()
            self.folder.rmdir()

    def _open(self, runs: range) -> BinaryIO:
        file = self.place.open(chunk_name(runs))
        if file is None:
            raise FileNotFoundError(2, _("a chunk is missing"), chunk_name(runs))
        return file

    def _told(self) -> Any:
        return told(self.folder, _("keep the study"), refusals.go_on(self.target, self.study.command))


def chunk_name(runs: range) -> str:
    """Return the file name of the chunk of some runs."""
    return f"runs-{runs.start:06d}-{runs.stop - 1:06d}"


def _head(study: Chunked, runs: range) -> dict[str, Any]:
    return {"study": study.key, "first": runs.start, "runs": len(runs)}


def chunk_is_there(place: Place, study: Chunked, runs: range) -> bool:
    """Whether the chunk of some runs stands, whole and of this study; raises OSError as a place does."""
    file = place.open(chunk_name(runs))
    if file is None:
        return False
    with file:
        return is_whole(file, _head(study, runs))


def put_chunk(
    place: Place, study: Chunked, runs: range, arrays: Mapping[str, Floats], seconds: float
) -> None:
    """Write the chunk of some runs to a place, where it stands whole or not at all; raises OSError."""
    about = {**_head(study, runs), "seconds": seconds}
    place.write(chunk_name(runs), lambda file: write_chunk(file, about, arrays))


@contextmanager
def open_store(
    target: Path | str,
    study: Chunked,
    source: Mapping[str, Any],
    *,
    resume: bool = False,
    overwrite: bool = False,
    chunks_at: str | None = None,
) -> Iterator[Store]:
    """Yield the store of a study, begun here or gone on with, that no other process writes meanwhile.

    ``source`` says how the scenario was given; ``chunks_at`` where chunks lie, None for the store itself.
    Raise Faults when a study stands there already and is neither resumed nor overwritten, when it began
    otherwise, when another process writes it, or when nothing can be written. What is in the store stays
    after an error; a store without a chunk goes when its study is cancelled.
    """
    target, folder = Path(target), store_folder(target)

    def begun() -> Mapping[str, Any] | None:
        return _begun(target, study) if resume or not overwrite else None

    if is_begun(target) and not (resume or overwrite):
        raise Faults(refusals.unfinished(target, folder, study.command))
    about = begun()
    what = {"format": FORMAT, "command": study.command, "key": study.key, **study.about}
    first = {**what, **source, "chunks_at": chunks_at}
    place = _place(folder, about or first, study)
    with told(folder, _("begin the study")):
        folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder):
        with told(folder, _("begin the study"), refusals.go_on(target, study.command)):
            about = begun()
            for path in folder.iterdir():
                # A results folder that was being written, or the one that it replaced; or an older study.
                if path.is_dir() and (about is None or path.name.startswith(".")):
                    shutil.rmtree(path)
            about = about or _begin(folder, {**first, "started": datetime.now(UTC).isoformat()})
            place.prepare(study.key)
        store = Store(target, study, about, place)
        try:
            yield store
        except (Cancelled, KeyboardInterrupt):
            if not store.holds_any():
                store.remove()
            raise


def _place(folder: Path, about: Mapping[str, Any], study: Chunked) -> Place:
    at = about["chunks_at"]
    return Folder(folder / CHUNKS) if at is None else place_of(str(at), study.key)


def _begun(target: Path, study: Chunked) -> Mapping[str, Any] | None:
    """Return what the study began with, None where none was begun; raise Faults where it began otherwise."""
    if not is_begun(target):
        return None
    about = read_about(target, study.command, tuple(study.about))
    if faults := list(_differences(store_folder(target) / ABOUT, study, about)):
        raise Faults(faults)
    return about


def _begin(folder: Path, about: Mapping[str, Any]) -> Mapping[str, Any]:
    """Write what the study begins with, and return it."""
    beside = folder / f"{ABOUT}.partial"
    with open(beside, "w", encoding="utf-8") as out:
        out.write(json.dumps(about, indent=2, ensure_ascii=False) + "\n")
        out.flush()
        os.fsync(out.fileno())
    os.replace(beside, folder / ABOUT)
    sync_folder(folder)
    return about


def _differences(file: Path, study: Chunked, begun: Mapping[str, Any]) -> Iterator[Any]:
    """Yield a fault for each thing that differs from what the study began with."""
    for key, now in study.about.items():
        before = begun.get(key)
        if isinstance(now, dict) and isinstance(before, dict):
            for name in now:
                if now[name] != before.get(name):
                    yield refusals.other_study(file, f"{key}.{name}", now[name], before.get(name))
        elif now != before:
            yield refusals.other_study(file, key, now, before)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a store; raise Faults where another process holds it.

    The lock is the operating system's and ends with the process that holds it, however that ends.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise Faults(refusals.other_writer(folder, _owner(folder))) from error
    try:
        (folder / OWNER).write_text(str(os.getpid()), encoding="utf-8")
        yield
    finally:
        lock.release()


def _owner(folder: Path) -> str:
    try:
        return (folder / OWNER).read_text(encoding="utf-8").strip() or "?"
    except OSError:
        return "?"
