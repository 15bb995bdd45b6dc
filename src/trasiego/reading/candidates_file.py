"""Files of candidates and of proposed merges: lines of JSON, written whole and read strictly."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from hashlib import blake2b
from pathlib import Path
from typing import Any

from trasiego.common.disc import told
from trasiego.common.faults import Fault, Faults
from trasiego.common.messages import _
from trasiego.reading.candidate import Candidate
from trasiego.reading.checking import candidate_of, problems

MERGE_FIELDS: dict[str, type | tuple[type, ...]] = {
    "id": str, "names": list, "documents": list, "type": str, "score": (int, float), "reason": str,
}  # fmt: skip
"""Fields of a proposed merge: one thing under several names; `score` is 0 to 1."""

FAULTS_TOLD = 20


def write_candidates(path: Path, candidates: Iterable[Candidate]) -> None:
    """Write candidates, a line of JSON each; the file appears whole or not at all. Raises Faults."""
    write_lines(path, (candidate.to_dict() for candidate in candidates))


def read_candidates(path: Path) -> list[Candidate]:
    """Return the candidates of a file; raise Faults with the first faults of its lines."""
    return [candidate_of(record) for record in _read(path, problems_of_line)]


def merges_path(path: Path) -> Path:
    """Return where the merges lie that belong to a file of candidates: beside it, as STEM.merges.jsonl."""
    return path.with_name(f"{path.stem}.merges.jsonl")


def write_merges(path: Path, merges: Iterable[Any]) -> None:
    """Write proposed merges, a line of JSON each; whole or not at all. Raises Faults.

    A merge is a mapping of MERGE_FIELDS or a dataclass with these fields; one without an id gets that of its
    type and names, so that decisions on it hold when the reports are read again.
    """
    write_lines(path, map(_merge_record, merges))


def _merge_record(merge: Any) -> dict[str, Any]:
    record = dict(merge) if isinstance(merge, Mapping) else asdict(merge)
    named = json.dumps([record["type"], *sorted(record["names"])]).encode()
    return {"id": f"m-{blake2b(named, digest_size=5).hexdigest()}"} | record


def read_merges(path: Path) -> list[dict[str, Any]]:
    """Return the proposed merges of a file, none where there is no file; raise Faults for wrong lines."""
    return _read(path, _merge_problems) if path.exists() else []


def write_lines(path: Path, records: Iterable[Mapping[str, Any]]) -> None:
    """Write records as lines of JSON; the file appears whole or not at all. Raises Faults."""
    beside = path.with_name(f".{path.name}.partial")
    with told(path, _("write {file}").format(file=path.name)):
        try:
            with open(beside, "w", encoding="utf-8") as out:
                out.writelines(json.dumps(dict(record), ensure_ascii=False) + "\n" for record in records)
                out.flush()
                os.fsync(out.fileno())
            os.replace(beside, path)
        finally:
            beside.unlink(missing_ok=True)


def read_lines(path: Path) -> Iterator[tuple[int, Any]]:
    """Yield (line number, content) of a file of JSON lines, empty lines left out; raise Faults."""
    with told(path, _("read {file}").format(file=path.name)):
        content = path.read_bytes()
    for number, line in enumerate(content.split(b"\n"), start=1):
        if not line.strip():
            continue
        try:
            yield number, json.loads(line.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            found = _("a line that is not JSON: {reason}").format(reason=str(error)[:80])
            do = _("correct or remove the line")
            fault = Fault(str(path), number, None, found, _("an object of JSON on each line"), None, do)
            raise Faults(fault) from error


def problems_of_line(record: Mapping[str, Any]) -> list[Any]:
    """Return the problems of a record of a file of candidates."""
    return list(problems(record))


def _read(path: Path, check: Callable[[Mapping[str, Any]], list[Any]]) -> list[dict[str, Any]]:
    """Return the records of a file, each checked and no id twice; raise Faults."""
    records: list[dict[str, Any]] = []
    faults: list[Fault] = []
    seen: dict[str, int] = {}
    for number, record in read_lines(path):
        if not isinstance(record, dict):
            found, allowed = _("no object"), _("an object of JSON on each line")
            faults.append(Fault(str(path), number, None, found, allowed, None, _("correct the line")))
            continue
        wrong = check(record)
        name = record.get("id")
        if not wrong and seen.setdefault(str(name), number) != number:
            found = _("{name}, also in line {line}").format(name=name, line=seen[str(name)])
            wrong = [("id", found, _("each id once"), None, _("give one of the two another id"))]
        faults += [Fault(str(path), number, key, *rest) for key, *rest in wrong]
        records.append(record)
        if len(faults) >= FAULTS_TOLD:
            break
    if faults:
        raise Faults(faults[:FAULTS_TOLD])
    return records


def _merge_problems(record: Mapping[str, Any]) -> list[Any]:
    return [
        (key, str(record.get(key, _("nothing"))), _("as a merge has it"), None, _("correct the line"))
        for key, kind in MERGE_FIELDS.items()
        if not isinstance(record.get(key), kind)
    ]
