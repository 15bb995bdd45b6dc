"""Chunk files: the arrays of some runs of a study in one file that says itself whether it is whole.

A file is eight letters, the length of the head, the head (JSON: the study that it belongs to, its runs, and
type, shape and place of each array), the arrays, and a digest (BLAKE2b) of all before it. Arrays may be read
in part, along their first axis.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any, BinaryIO

import numpy as np

from trasiego.world.tables import Floats

LETTERS = b"TRASCHK1"
DIGEST_BYTES = 32
_LENGTH_BYTES = 8
_PIECE_BYTES = 2**24


def write_chunk(file: BinaryIO, about: Mapping[str, Any], arrays: Mapping[str, Floats]) -> None:
    """Write a chunk to a file that is open for binary writing; ``about`` is what its head says besides."""
    table, at = {}, 0
    for name, values in arrays.items():
        table[name] = [values.dtype.str, list(values.shape), at]
        at += values.nbytes
    head = json.dumps({**about, "arrays": table}).encode()
    digest = blake2b(digest_size=DIGEST_BYTES)

    def put(data: bytes | memoryview) -> None:
        digest.update(data)
        file.write(data)

    put(LETTERS + len(head).to_bytes(_LENGTH_BYTES, "little") + head)
    for values in arrays.values():
        flat = np.ascontiguousarray(values).reshape(-1).view(np.uint8).data
        for start in range(0, len(flat), _PIECE_BYTES):
            put(flat[start : start + _PIECE_BYTES])
    file.write(digest.digest())


def is_whole(file: BinaryIO, about: Mapping[str, Any]) -> bool:
    """Whether a file open for binary reading is a chunk as it was written, and its head agrees."""
    size = file.seek(0, 2) - DIGEST_BYTES
    if size < len(LETTERS) + _LENGTH_BYTES:
        return False
    file.seek(0)
    digest = blake2b(digest_size=DIGEST_BYTES)
    left = size
    while left > 0:
        data = file.read(min(left, _PIECE_BYTES))
        if not data:
            return False
        digest.update(data)
        left -= len(data)
    if file.read(DIGEST_BYTES) != digest.digest():
        return False
    head = _read_head(file)[0]
    return all(head.get(key) == value for key, value in about.items())


def _read_head(file: BinaryIO) -> tuple[dict[str, Any], int]:
    """Return the head of a chunk and where its arrays begin."""
    file.seek(len(LETTERS))
    length = int.from_bytes(file.read(_LENGTH_BYTES), "little")
    head: dict[str, Any] = json.loads(file.read(length))
    return head, len(LETTERS) + _LENGTH_BYTES + length


class Chunk:
    """A whole chunk that is open for reading; ``head`` is what its head says."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.head, self._start = _read_head(file)

    def array(self, name: str, rows: slice | None = None) -> Floats:
        """Return an array of the chunk, or a stretch of its first axis."""
        kind, shape, at = self.head["arrays"][name]
        dtype = np.dtype(kind)
        row = dtype.itemsize * math.prod(shape[1:])
        first, last, _step = (rows or slice(None)).indices(shape[0])
        self.file.seek(self._start + at + first * row)
        data = self.file.read((last - first) * row)
        return np.frombuffer(data, dtype=dtype).reshape(last - first, *shape[1:])
