"""Policies and settings: small changes laid over a scenario, read as strictly as the scenario itself."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from trasiego.common.faults import Fault, nearest
from trasiego.common.messages import _
from trasiego.scenario.documents import Document, Spot
from trasiego.scenario.fields import Field, registry
from trasiego.scenario.numbers import (
    RECORD_KEYS,
    Number,
    check_range,
    described,
    is_figure,
    out_of_bounds,
    plain,
    read_figures,
    read_number,
    unknown_keys,
    within,
)
from trasiego.scenario.state import Delayed, State
from trasiego.scenario.values import Entry, Given, Value, collect, read_entry

EXTENDABLE = ("zones", "markets", "groups", "brokers", "events")
"""Sections to which a policy may add a whole new id."""

DELAYABLE = (
    "countries.*.own_budget_usd_per_month",
    "countries.*.aid_usd_per_month",
    "countries.*.aid_disbursement",
    "countries.*.integrity",
    "markets.*.consumption_kg_per_year",
    "zones.*.eradication_ha_per_year",
)
"""Fields that may change during a run, by a policy with a start: those that the model keeps as state."""

POLICY_CLOSED = ("scenario", "cut")
SETTING_CLOSED = ("scenario.name", "scenario.base", "cut", "policy")
PARTIAL_KEYS = ("value", "low", "high", "note")


def apply_overlay(state: State, document: Document, start: str | None = None) -> set[str]:
    """Lay a policy or a setting over the scenario and return the paths that it changes.

    Faults go to the state. Fields of a policy with a start, its own or else `start`, become delayed changes;
    the state keeps its values.
    """
    import numpy as np

    entries, faults = collect(document)
    start = _read_head(state, document, entries) or start
    changed: set[str] = set()
    new = _new_ids(state, entries) if start is None else set()
    for entry in entries:
        if entry.row.section == "policy" and document.path is not None:
            continue
        trouble = _refusal(entry, document, start)
        if trouble is not None:
            faults.append(trouble)
            continue
        for path in _paths(state, entry, new, faults):
            given, more = _changed(state, path, entry)
            faults += more
            if given is None:
                continue
            changed.add(path)
            if start is None:
                state.give(given)
            elif isinstance(given.value, Number):
                state.delayed.append(Delayed(np.datetime64(start, "M"), path, given.value))
    state.faults += faults
    return changed


def _read_head(state: State, document: Document, entries: Sequence[Entry]) -> str | None:
    """Read the table [policy] into the state and return the month from which it holds; None without one."""
    start = None
    for entry in entries:
        if entry.row.section == "policy" and document.path is not None:
            given, faults = read_entry(entry)
            state.faults += faults
            if given is not None:
                state.heads.append(given)
                start = str(given.value) if given.row.key == "start" else start
    return start


def _refusal(entry: Entry, document: Document, start: str | None) -> Fault | None:
    """Return the fault of a field that this kind of overlay may not touch."""
    section = entry.row.section
    if document.path is None and (section in SETTING_CLOSED or entry.path in SETTING_CLOSED):
        return entry.spot.fault(
            _("a setting of {path}").format(path=entry.path),
            _("fields of all sections but {closed}").format(closed=", ".join(SETTING_CLOSED)),
            _("change it in the scenario file: trasiego new NAME --from SCENARIO"),
        )
    if document.path is not None and section in POLICY_CLOSED:
        return entry.spot.fault(
            _("section {section} in a policy").format(section=section),
            _("fields of all sections but {closed}").format(closed=", ".join(POLICY_CLOSED)),
            _("remove it; what a run covers is said by the scenario"),
        )
    if start is not None and entry.row.path not in DELAYABLE:
        return entry.spot.fault(
            _("{path} in a policy that starts in {start}").format(path=entry.row.path, start=start),
            _("with policy.start only: {paths}").format(paths=", ".join(DELAYABLE)),
            _("leave the start out, or move this field to a policy without one"),
        )
    return None


def _new_ids(state: State, entries: Iterable[Entry]) -> set[str]:
    """Return "section.id" of the ids that the overlay adds: new ones with all that they require."""
    keys: dict[str, set[str]] = {}
    for entry in entries:
        if entry.row.by_id and entry.row.section in EXTENDABLE:
            keys.setdefault(entry.path.rpartition(".")[0], set()).add(entry.row.key)
    return {
        path
        for path, there in keys.items()
        if path.split(".")[1] not in state.section(path.split(".")[0])
        and all(row.key in there for row in registry().sections[path.split(".")[0]].values() if row.required)
    }


def _paths(state: State, entry: Entry, new: set[str], faults: list[Fault]) -> list[str]:
    """Return the paths that an entry means: itself, or one for each id where the id is "*"."""
    if not entry.row.by_id:
        return [entry.path]
    section, name, key = entry.path.split(".")
    there = state.section(section)
    if name == "*":
        return [f"{section}.{each}.{key}" for each in there if f"{section}.{each}.{key}" in state.given]
    if name in there or f"{section}.{name}" in new:
        return [entry.path]
    spot = Spot(entry.spot.document, (section, name))
    allowed = _("ids of {section}: {ids}").format(section=section, ids=", ".join(there))
    do = _("correct the id")
    if section in EXTENDABLE:
        do = _("correct the id; a new one needs all required keys")
    fault = spot.fault(_("unknown id {name}").format(name=name), allowed, do, nearest(name, there))
    if fault not in faults:
        faults.append(fault)
    return []


def _changed(state: State, path: str, entry: Entry) -> tuple[Given | None, list[Fault]]:
    """Return the field at `path` as the entry changes it, or None with the faults."""
    at_path = dataclasses.replace(entry, path=path)
    if entry.row.type != "number":
        return read_entry(at_path)
    base = state.value(path, Number)
    for change in reversed(state.delayed):
        if change.path == path:
            base = change.number
            break
    raw = {"value": entry.raw} if is_figure(entry.raw) else entry.raw
    value: Value | None
    if isinstance(raw, dict) and "times" in raw:
        value, faults = _multiplied(entry.row, path, raw, base, entry.spot)
    elif isinstance(raw, dict) and "status" not in raw:
        value, faults = _partial(entry.row, path, raw, base, entry.spot)
    else:
        value, faults = read_number(entry.row, path, raw, entry.spot)
    return (None, faults) if value is None else (Given(path, entry.row, value, entry.spot), faults)


def _multiplied(
    row: Field, path: str, raw: Mapping[str, Any], base: Number | None, spot: Spot
) -> tuple[Number | None, list[Fault]]:
    times = raw["times"]
    if set(raw) != {"times"}:
        others = ", ".join(key for key in raw if key != "times")
        found = _("times together with {others}").format(others=others)
        return None, [spot.fault(found, _("times alone: { times = 2.0 }"), _("remove the others"))]
    if not is_figure(times) or times < 0:
        return None, [
            spot.below("times").fault(
                described(times), _("a number from 0 up"), _("write the factor without quotes")
            )
        ]
    if base is None:
        return None, [
            spot.fault(
                _("times {times} of nothing").format(times=plain(times)),
                _("a number that the scenario has"),
                _("write the figure itself; the scenario gives none to multiply"),
            )
        ]
    value = base.value * times
    if not within(row, value):
        fault = out_of_bounds(row, value, spot)
        found = _("{value}, which is {times} times {base}").format(
            value=plain(value), times=plain(times), base=plain(base.value)
        )
        return None, [dataclasses.replace(fault, found=found, do=_("choose another factor"))]
    low, high = (None if end is None else _clipped(row, end * times) for end in (base.low, base.high))
    note = _("{times} times {base} by {file}").format(
        times=plain(times), base=plain(base.value), file=spot.document.name
    )
    note = f"{base.note}; {note}" if base.note else note
    product = {"times": base.times * times, "of": base.of or base}
    return dataclasses.replace(
        base, value=value, low=low, high=high, note=note, **product, **_written(spot)
    ), []


def _written(spot: Spot) -> dict[str, Any]:
    return {"file": spot.document.name, "line": spot.line}


def _clipped(row: Field, figure: float) -> float:
    if row.minimum is not None:
        figure = max(figure, row.minimum)
    return figure if row.maximum is None else min(figure, row.maximum)


def _partial(
    row: Field, path: str, raw: Mapping[str, Any], base: Number | None, spot: Spot
) -> tuple[Number | None, list[Fault]]:
    """Read a record without status: a figure chosen by whoever wrote the overlay, or another range."""
    faults = unknown_keys(raw, spot, row)
    extra = [key for key in raw if key in RECORD_KEYS and key not in PARTIAL_KEYS]
    if extra:
        found = _("{keys} without status").format(keys=", ".join(extra))
        allowed = _("{keys}; or a complete record").format(keys=", ".join(PARTIAL_KEYS))
        faults.append(spot.fault(found, allowed, _("add status, or remove them")))
    figures, more = read_figures(row, raw, spot)
    faults += more
    if "value" not in raw and base is None:
        faults.append(
            spot.fault(_("a record without value"), _("a value: the scenario has none"), _("add the value"))
        )
    note = raw.get("note")
    if note is not None and not isinstance(note, str):
        faults.append(
            spot.below("note").fault(described(note), _("a sentence in quotes"), _("put it in quotes"))
        )
    if faults:
        return None, faults
    if "value" not in raw and base is not None:
        figures["value"] = base.value
    faults = check_range(raw, figures, spot)
    if faults:
        return None, faults
    # A figure that somebody chose has no spread of its own, so draws from its range give the figure back.
    low, high = figures.get("low", figures["value"]), figures.get("high", figures["value"])
    if "value" not in raw and base is not None:
        ends = (low, high) if "low" in raw else (base.low, base.high)
        return dataclasses.replace(
            base, low=ends[0], high=ends[1], note=note or base.note, times=1.0, of=None, **_written(spot)
        ), []
    chosen = note or _("set by {file}").format(file=spot.document.name)
    return Number(
        path, figures["value"], low, high, row.unit, "assumed", (), "", chosen, **_written(spot)
    ), []
