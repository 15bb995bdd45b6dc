"""Result folders: written whole or not at all, and read back with one clear message for each fault."""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Callable, Hashable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trasiego.common.disc import sync_folder, sync_tree, told
from trasiego.common.faults import Faults
from trasiego.common.messages import _
from trasiego.results import failures
from trasiego.results.manifest import FORMAT, manifest_problems
from trasiego.results.metrics import metric_tables, metrics_schema
from trasiego.results.rounding import MANY_RUNS
from trasiego.results.variables import CHUNK_LENGTHS, VARIABLES

if TYPE_CHECKING:
    import xarray as xr

    from trasiego.results.result import Result

MANIFEST = "manifest.json"
DATASET = "results.zarr"
METRICS_FILE = "metrics.parquet"
REPORT = "report.html"

ZSTD_LEVEL, ZSTD_LEVEL_MANY = 3, 14
"""Effort of compression, and that for results of many runs, which take room for long."""
PIECES_AT_ONCE = 2
"""Pieces of an array that are compressed at once: with Zarr's own ten, a thousand runs take 100 MB more."""


def check_target(path: Path | str, overwrite: bool = False, marker: str = MANIFEST) -> Path:
    """Return `path` as a place where a folder can be written that is known by its file `marker`.

    Raise Faults when something is there already and `overwrite` is False, when what is there is not a result
    folder (nothing else is ever replaced), or when the place cannot be written. Called before long work, so
    that hours of runs are not lost to a bad name.
    """
    target = Path(path)
    with told(target, _("write a result")):
        if target.is_symlink() or (target.exists() and not target.is_dir()):
            raise Faults(failures.not_replaceable(target))
        if target.is_dir() and any(target.iterdir()):
            if not (target / marker).is_file():
                raise Faults(failures.not_replaceable(target))
            if not overwrite:
                raise Faults(failures.taken(target))
        standing = next(folder for folder in target.absolute().parents if folder.exists())
        if not standing.is_dir() or not os.access(standing, os.W_OK | os.X_OK):
            raise Faults(failures.not_writable(target, standing))
    return target


def write_folder(
    result: Result,
    path: Path | str,
    *,
    overwrite: bool = False,
    also: Sequence[Callable[[Path], object]] = (),
    workplace: Path | None = None,
    then: str | None = None,
) -> Path:
    """Write the folder of `result` and return its path.

    All is written under a temporary name beside the target and renamed at the end, so a folder of that name
    is always whole. `also` are calls that write further files (the report) into the folder given to them,
    before the manifest, which comes last. With `workplace`, a folder on the same disc whose content goes when
    the result stands, the temporary names are in there, and the result is on the disc when this returns,
    whatever the power does. Raise Faults as `check_target` does, and when the disc fills up or writing fails
    (`then` is what they say to do then); nothing new is left behind and what was at `path` before is still
    there.
    """
    target = check_target(path, overwrite)
    with told(target, _("write the result"), then), _new_folder(target, workplace) as folder:
        with ThreadPoolExecutor(1) as beside:
            arrays = beside.submit(_write_arrays, result.dataset, folder)
            for call in also:
                call(folder)
            arrays.result()
        contents = {part: _contents(folder / part) for part in (DATASET, METRICS_FILE)}
        manifest = {**result.manifest, "contents": contents}
        text = json.dumps(manifest, indent=2, ensure_ascii=False)
        (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
        if workplace is not None:
            sync_tree(folder)
        _put_in_place(folder, target, workplace)
        if workplace is not None:
            sync_folder(target.absolute().parent)
    return target


def write_whole(
    path: Path | str, marker: str, write: Callable[[Path], object], *, overwrite: bool = False
) -> Path:
    """Write a folder of other content, whole or not at all, and return its path.

    `write` is called with a folder that is being made and writes all into it, the file `marker` too, by which
    such a folder is known. Raise Faults as `write_folder` does.
    """
    target = check_target(path, overwrite, marker)
    with told(target, _("write the result")), _new_folder(target, None) as folder:
        write(folder)
        _put_in_place(folder, target, None)
    return target


def read_folder(path: Path | str) -> Result:
    """Return the result that the folder holds; arrays are read from disc when they are first used.

    Raise Faults when `path` is no result folder, comes from another format, or is damaged.
    """
    from trasiego.results.result import Result

    folder = Path(path)
    with told(folder, _("read the result")):
        manifest = _read_manifest(folder)
        for part in (DATASET, METRICS_FILE):
            if not (folder / part).exists() or _contents(folder / part) != manifest["contents"].get(part):
                raise Faults(failures.damaged(folder, part))
        dataset = _open_dataset(folder / DATASET)
    return Result(dataset, manifest, folder=folder)


def chunk_lengths(dims: Sequence[Hashable], lengths: Sequence[int]) -> tuple[int, ...]:
    """Return the shape of one stored piece of a variable with these dims; never 0."""
    longest = dict(CHUNK_LENGTHS.get(str(dims[0]), {}))
    if len(dims) == 3 and dims[0] == "run" and lengths[0] > MANY_RUNS:
        # Months of one market or country next to each other are alike, and take a quarter less room.
        longest[str(dims[2])] = 1
    pairs = zip(dims, lengths, strict=True)
    return tuple(max(1, min(length, longest.get(str(dim), length))) for dim, length in pairs)


def _write_arrays(dataset: xr.Dataset, folder: Path) -> None:
    _write_dataset(dataset, folder / DATASET)
    _write_metrics(dataset, folder / METRICS_FILE)


def _write_dataset(dataset: xr.Dataset, path: Path) -> None:
    """Write Zarr format 2 with all its metadata in one file, which every Zarr reader of today opens."""
    import zarr
    from numcodecs import Shuffle, Zstd  # type: ignore[import-untyped]

    encoding: dict[str, dict[str, Any]] = {
        str(name): {"compressors": Zstd(_level(dataset)), "chunks": chunk_lengths(array.dims, array.shape)}
        for name, array in dataset.variables.items()
    }
    for name, array in dataset.data_vars.items():
        # Bytes of like weight next to each other: exponents compress, mantissas keep to themselves.
        encoding[str(name)]["filters"] = [Shuffle(array.dtype.itemsize)]
    encoding["month"] |= {"units": "days since 1970-01-01", "dtype": "int32"}
    plain = dataset.drop_encoding()
    with zarr.config.set({"async.concurrency": PIECES_AT_ONCE}):
        plain.to_zarr(path, mode="w-", zarr_format=2, consolidated=True, encoding=encoding)


def _level(dataset: xr.Dataset) -> int:
    return ZSTD_LEVEL_MANY if dataset.sizes["run"] > MANY_RUNS else ZSTD_LEVEL


def _write_metrics(dataset: xr.Dataset, path: Path) -> None:
    """Write one row group or more for each metric, so that readers of one metric skip the rest."""
    import pyarrow.parquet as pq

    schema = metrics_schema()
    labels = [name for name in schema.names if name != "value"]
    with pq.ParquetWriter(
        path,
        schema,
        compression="zstd",
        compression_level=_level(dataset),
        use_dictionary=labels,
        use_byte_stream_split=["value"],
    ) as writer:
        for table in metric_tables(dataset):
            writer.write_table(table)


def _open_dataset(path: Path) -> xr.Dataset:
    import xarray as xr

    try:
        dataset: xr.Dataset = xr.open_zarr(path, chunks=None, consolidated=True)
    except (ValueError, KeyError) as error:
        raise Faults(failures.damaged(path.parent, DATASET)) from error
    if any(row.name not in dataset or dataset[row.name].dims != row.dims for row in VARIABLES):
        raise Faults(failures.damaged(path.parent, DATASET))
    return dataset


def _read_manifest(folder: Path) -> Any:
    file = folder / MANIFEST
    if not file.is_file():
        raise Faults(failures.not_a_result(folder))
    try:
        manifest = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise Faults(failures.bad_manifest(file, str(error))) from error
    written = manifest.get("format") if isinstance(manifest, dict) else None
    if isinstance(written, int) and written != FORMAT:
        version = str(manifest.get("trasiego_version", "?"))
        raise Faults(failures.other_format(file, written, version))
    problems = manifest_problems(manifest)
    if problems:
        raise Faults(failures.bad_manifest(file, "; ".join(problems)))
    return manifest


def _contents(path: Path) -> dict[str, int | str]:
    """Return the number of files, their bytes and a digest (BLAKE2b) of their names and bytes."""
    files = [path] if path.is_file() else sorted(file for file in path.rglob("*") if file.is_file())
    size, digest = 0, blake2b(digest_size=16)
    for file in files:
        content = file.read_bytes()
        size += len(content)
        digest.update(f"{file.relative_to(path.parent).as_posix()} {len(content)}\n".encode())
        digest.update(content)
    return {"files": len(files), "bytes": size, "blake2b": digest.hexdigest()}


@contextmanager
def _new_folder(target: Path, workplace: Path | None) -> Iterator[Path]:
    """Yield an empty folder beside `target`; take it and parents made for it away if the block fails."""
    made = [folder for folder in target.absolute().parents if not folder.exists()]
    folder = _passing(target, "partial", workplace)
    try:
        target.absolute().parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir()
        yield folder
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        for parent in made:
            if parent.is_dir() and not any(parent.iterdir()):
                parent.rmdir()
        raise


def _put_in_place(folder: Path, target: Path, workplace: Path | None = None) -> None:
    """Rename the written folder to its target; an older one moves aside first and comes back on failure."""
    if not target.exists():
        os.rename(folder, target)
        return
    aside = _passing(target, "old", workplace)
    os.rename(target, aside)
    try:
        os.rename(folder, target)
    except BaseException:
        os.rename(aside, target)
        raise
    try:
        shutil.rmtree(aside)
    except OSError as error:
        raise Faults(failures.old_left(target, aside)) from error


def _passing(target: Path, ending: str, workplace: Path | None) -> Path:
    """Return a name that stands for a while, hidden beside the target or in the workplace."""
    name = f".{target.absolute().name}.{uuid.uuid4().hex[:8]}.{ending}"
    return (workplace or target.absolute().parent) / name
