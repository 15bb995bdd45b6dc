"""The log of decisions: a line for each, only ever added to; an undo is a line too."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from trasiego.common.disc import told
from trasiego.common.faults import Fault, Faults
from trasiego.common.messages import _
from trasiego.reading.candidates_file import read_lines
from trasiego.reading.checking import NAMES

DECISIONS = ("accept", "reject", "undo")
TEXTS = ("item", "decision", "reviewer", "time", "number")


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision on the candidate or proposed merge with the id `item`; `time` is ISO 8601 in UTC.

    `decision` is one of DECISIONS; an "undo" takes back the last decision on its item that stands. `edited`
    holds the fields of a candidate that the reviewer changed, with their new values; `number` is the path of
    the number of scenarios that the claim speaks to, where the reviewer said so.
    """

    item: str
    decision: str
    edited: dict[str, Any] = field(default_factory=dict)
    reviewer: str = ""
    time: str = ""
    number: str = ""


def log_path(path: Path) -> Path:
    """Return where the log of a file of candidates lies: beside it, as STEM.decisions.jsonl."""
    return path.with_name(f"{path.stem}.decisions.jsonl")


def new_decision(
    item: str, decision: str, edited: dict[str, Any] | None = None, reviewer: str = "", number: str = ""
) -> Decision:
    """Return a decision taken now."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Decision(item, decision, edited or {}, reviewer, now, number)


def append(path: Path, *decisions: Decision) -> None:
    """Add decisions to the log, on the disc when this returns; raises Faults where that cannot be done.

    A line that was cut short before is closed first, so that it spoils no other.
    """
    with told(path, _("write the decision")), open(path, "ab+") as log:
        size = log.seek(0, os.SEEK_END)
        broken = b""
        if size:
            log.seek(size - 1)
            broken = b"" if log.read(1) == b"\n" else b"\n"
        lines = (json.dumps(asdict(each), ensure_ascii=False).encode() + b"\n" for each in decisions)
        log.write(broken + b"".join(lines))
        log.flush()
        os.fsync(log.fileno())


def read_log(path: Path) -> list[Decision]:
    """Return the decisions of a log in their order, none where there is no log.

    A last line that was cut short counts as not written. Raises Faults for any other line that is none.
    """
    if not path.exists():
        return []
    decisions = []
    try:
        for number, record in read_lines(path):
            decisions.append(_decision_of(path, number, record))
    except Faults as error:
        if error.faults[0].line != _cut_line(path):
            raise
    return decisions


def _cut_line(path: Path) -> int | None:
    """Return the number of the last line where it has no end, or None."""
    content = path.read_bytes()
    return None if content.endswith(b"\n") else content.count(b"\n") + 1


def _decision_of(path: Path, number: int, record: Any) -> Decision:
    known = isinstance(record, dict) and set(record) <= {*TEXTS, "edited"}
    texts = known and all(isinstance(record.get(key, ""), str) for key in TEXTS)
    edited = record.get("edited", {}) if texts else None
    if not isinstance(edited, dict) or not record.get("item") or record.get("decision") not in DECISIONS:
        allowed = _("item, decision ({decisions}), edited, reviewer, time, number").format(
            decisions=", ".join(DECISIONS)
        )
        do = _("correct or remove the line")
        raise Faults(Fault(str(path), number, None, _("no decision"), allowed, None, do))
    if unknown := [key for key in edited if key not in NAMES]:
        allowed, do = _("fields of candidates"), _("correct the line")
        raise Faults(Fault(str(path), number, f"edited.{unknown[0]}", unknown[0], allowed, None, do))
    return Decision(**record)


def standing(decisions: Iterable[Decision]) -> dict[str, Decision]:
    """Return the decision that stands on each item, the one taken last at the end."""
    stacks: dict[str, list[Decision]] = {}
    for each in decisions:
        stack = stacks.pop(each.item, [])
        if each.decision != "undo":
            stack.append(each)
        elif stack:
            stack.pop()
        if stack:
            stacks[each.item] = stack
    return {item: stack[-1] for item, stack in stacks.items()}
