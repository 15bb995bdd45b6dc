"""A policy as people read about it: what it does, by which mechanism, at what cost, and what it changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from trasiego.common.faults import Fault, Faults
from trasiego.common.messages import _
from trasiego.scenario.documents import locate, read_document
from trasiego.scenario.numbers import Number, plain
from trasiego.scenario.values import collect, read_entry


@dataclass(frozen=True)
class Change:
    """A field that a policy changes: its path, where "*" means every id, and what becomes of it in words."""

    path: str
    change: str


@dataclass(frozen=True)
class Policy:
    """The head of a policy file, and what the file changes.

    `cost` is its cost in USD/month with its range and where that comes from, None where the file does not
    say; `start` the month from which it holds ("2012-01"), "" for the whole run.
    """

    name: str
    title: str
    description: str
    mechanism: str
    cost: Number | None
    claims: tuple[str, ...]
    start: str
    changes: tuple[Change, ...]


def read_policy(name: str, start: str | None = None) -> Policy:
    """Return the policy of a shipped name or a path; raise Faults where its head is wrong.

    `start` is the month from which it holds where the file says none.

    Whether it fits a scenario is seen when it is laid over one.
    """
    entries, faults = collect(read_document(locate(name, "policies")))
    head: dict[str, Any] = {}
    broken: list[Fault] = list(faults)
    for entry in entries:
        if entry.row.section == "policy":
            given, more = read_entry(entry)
            broken += more
            if given is not None:
                head[given.row.key] = given.value
    if broken:
        raise Faults(broken)
    return Policy(
        name=name,
        title=head.get("title", name),
        description=head.get("description", ""),
        mechanism=head.get("mechanism", ""),
        cost=head.get("cost_usd_per_month"),
        claims=head.get("claims", ()),
        start=head.get("start") or start or "",
        changes=tuple(
            Change(entry.path, _changed(entry.raw)) for entry in entries if entry.row.section != "policy"
        ),
    )


def _changed(raw: Any) -> str:
    """Return in words what a field becomes."""
    if isinstance(raw, dict) and "times" in raw:
        return _("times {factor}").format(factor=plain(raw["times"]))
    value = raw.get("value", _("another range")) if isinstance(raw, dict) else raw
    if isinstance(value, bool):
        return _("on") if value else _("off")
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return plain(value) if isinstance(value, int | float) else str(value)
