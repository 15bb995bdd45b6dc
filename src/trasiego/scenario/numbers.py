"""Numbers with their evidence: the record behind each figure of a scenario, and the strict reading of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from trasiego.common.faults import Fault, nearest
from trasiego.common.messages import _
from trasiego.scenario.documents import Spot
from trasiego.scenario.fields import STATUSES, Field

RECORD_KEYS = ("value", "low", "high", "status", "claims", "derivation", "note")
RANGE_KEYS = ("value", "low", "high")


@dataclass(frozen=True)
class Number:
    """A figure of a scenario with where it comes from.

    `path` is the dotted name ("countries.GT.integrity"), `unit` a name of the unit list, `low` and `high` the
    range in that unit (both None without one), `status` one of measured, derived, calibrated and assumed,
    `claims` the ids of the claims behind it. `file` (as readers see it) and `line` (from 1, None in a
    setting) say where it was written; two numbers with the same content are equal wherever they stand.
    Where overlays multiplied it, `times` is the product of their factors and `of` the number before.
    """

    path: str
    value: float
    low: float | None
    high: float | None
    unit: str
    status: str
    claims: tuple[str, ...]
    derivation: str
    note: str
    file: str = field(compare=False)
    line: int | None = field(compare=False)
    times: float = field(default=1.0, compare=False)
    of: Number | None = field(default=None, compare=False, repr=False)


def described(raw: object) -> str:
    """Return what a raw TOML value is, as a reader wrote it and with its type."""
    if isinstance(raw, bool):
        return _("the flag {value}").format(value=str(raw).lower())
    if isinstance(raw, str):
        return _('the text "{value}"').format(value=raw if len(raw) <= 40 else raw[:37] + "...")
    if isinstance(raw, int | float):
        return plain(raw)
    if isinstance(raw, dict):
        return _("a table")
    if isinstance(raw, list):
        return _("a list")
    return _("the date or time {value}").format(value=raw)


def plain(value: float) -> str:
    """Return a figure without needless digits."""
    return f"{value:.15g}"


def is_figure(raw: object) -> bool:
    """Whether a raw TOML value is a finite integer or float (a flag is not)."""
    return isinstance(raw, int | float) and not isinstance(raw, bool) and math.isfinite(raw)


def read_number(row: Field, path: str, raw: object, spot: Spot) -> tuple[Number | None, list[Fault]]:
    """Return the number that the complete record `raw` holds, or None with all its faults."""
    if not isinstance(raw, dict):
        return None, [_not_a_record(row, raw, spot)]
    faults = unknown_keys(raw, spot, row)
    figures, more = read_figures(row, raw, spot)
    faults += more
    texts, more = _read_texts(raw, spot)
    faults += more
    if not any(key not in RECORD_KEYS for key in raw):
        if "value" not in raw:
            allowed = _("value = a number from {bounds}").format(bounds=row.bounds)
            faults.append(spot.fault(_("a record without value"), allowed, _("add the value")))
        broken_range = check_range(raw, figures, spot)
        faults += broken_range
        if not more:
            faults += _check_evidence(raw, texts, spot, range_told=bool(broken_range))
    if faults:
        return None, faults
    number = Number(
        path=path,
        value=figures["value"],
        low=figures.get("low"),
        high=figures.get("high"),
        unit=row.unit,
        status=raw["status"],
        claims=tuple(raw.get("claims", ())),
        derivation=texts.get("derivation", ""),
        note=texts.get("note", ""),
        file=spot.document.name,
        line=spot.quick_line,
    )
    return number, []


def _not_a_record(row: Field, raw: object, spot: Spot) -> Fault:
    if is_figure(raw):
        return spot.fault(
            _("the bare number {value}").format(value=described(raw)),
            _('{ value = ..., status = "...", ... }: each number says where it comes from'),
            _('add status and claims, or status = "assumed" with low, high and note'),
        )
    return spot.fault(
        described(raw),
        _("a number with its record: { value = ..., status = ..., claims = [...] }"),
        _("write a record; value is a number from {bounds}").format(bounds=row.bounds),
    )


def unknown_keys(raw: Mapping[str, Any], spot: Spot, row: Field) -> list[Fault]:
    """Return a fault for each key of a record that is not one of RECORD_KEYS."""
    faults = []
    for key in raw:
        if key in RECORD_KEYS:
            continue
        advice = _("correct or remove it")
        if key == "unit":
            advice = _("remove it: the unit of {key} is {unit}").format(key=row.path, unit=row.unit)
        if key == "times":
            advice = _("write the figure: times works only in policies and settings")
        faults.append(
            spot.below(key).fault(
                _("unknown key {key}").format(key=key),
                ", ".join(RECORD_KEYS),
                advice,
                nearest(key, RECORD_KEYS),
            )
        )
    return faults


def read_figures(row: Field, raw: Mapping[str, Any], spot: Spot) -> tuple[dict[str, float], list[Fault]]:
    """Return value, low and high as far as the record holds them and they are right, with the faults."""
    figures: dict[str, float] = {}
    faults = []
    for key in RANGE_KEYS:
        if key not in raw:
            continue
        if not is_figure(raw[key]):
            faults.append(
                spot.below(key).fault(
                    described(raw[key]),
                    _("a number from {bounds}").format(bounds=row.bounds),
                    _("write a figure without quotes"),
                )
            )
        elif not within(row, raw[key]):
            faults.append(out_of_bounds(row, raw[key], spot.below(key)))
        else:
            figures[key] = float(raw[key])
    return figures, faults


def within(row: Field, value: float) -> bool:
    """Whether a figure lies within the bounds of its field."""
    return (row.minimum is None or value >= row.minimum) and (row.maximum is None or value <= row.maximum)


def out_of_bounds(row: Field, value: float, spot: Spot) -> Fault:
    """Return the fault of a figure outside the bounds of its field."""
    return spot.fault(plain(value), row.bounds, _("check the figure and its unit"))


def check_range(raw: Mapping[str, Any], figures: Mapping[str, float], spot: Spot) -> list[Fault]:
    """Return the faults of a range: one end alone, ends in the wrong order, value outside.

    `figures` are those of the record `raw` that could be read.
    """
    if ("low" in raw) != ("high" in raw):
        there, gone = ("low", "high") if "low" in raw else ("high", "low")
        return [
            spot.fault(
                _("{there} without {gone}").format(there=there, gone=gone),
                _("both low and high, or neither"),
                _("add {gone}").format(gone=gone),
            )
        ]
    if "low" not in figures or "high" not in figures:
        return []
    low, high = figures["low"], figures["high"]
    if low > high:
        return [
            spot.below("low").fault(
                _("low {low} above high {high}").format(low=plain(low), high=plain(high)),
                _("low at most high"),
                _("exchange them or correct one"),
            )
        ]
    if "value" in figures and not low <= figures["value"] <= high:
        return [
            spot.below("value").fault(
                plain(figures["value"]),
                _("{low} to {high}, the range of this record").format(low=plain(low), high=plain(high)),
                _("correct the value or widen the range"),
            )
        ]
    return []


def _read_texts(raw: Mapping[str, Any], spot: Spot) -> tuple[dict[str, str], list[Fault]]:
    texts: dict[str, str] = {}
    faults = []
    for key in ("derivation", "note"):
        if key not in raw:
            continue
        if isinstance(raw[key], str) and raw[key].strip():
            texts[key] = raw[key].strip()
        else:
            found = _("an empty text") if isinstance(raw[key], str) else described(raw[key])
            faults.append(spot.below(key).fault(found, _("a sentence in quotes"), _("say it in a few words")))
    claims = raw.get("claims", [])
    if not isinstance(claims, list) or not all(isinstance(claim, str) for claim in claims):
        faults.append(
            spot.below("claims").fault(
                described(claims),
                _('a list of claim ids: ["f031", "r004"]'),
                _("put ids in quotes and brackets"),
            )
        )
    if "status" in raw and raw["status"] not in STATUSES:
        found = raw["status"]
        faults.append(
            spot.below("status").fault(
                described(found),
                ", ".join(STATUSES),
                _("choose one of them"),
                nearest(found, STATUSES) if isinstance(found, str) else None,
            )
        )
    return texts, faults


def _check_evidence(
    raw: Mapping[str, Any], texts: Mapping[str, str], spot: Spot, range_told: bool
) -> list[Fault]:
    """Return a fault for what the status needs and the record lacks; one fault for each record.

    `range_told` says that the range has its fault already.
    """
    status = raw.get("status")
    if status is None:
        return [
            spot.fault(
                _("a number without status"),
                ", ".join(STATUSES),
                _("say where it comes from: status and what the status needs"),
            )
        ]
    needs = {
        "measured": ("claims",),
        "derived": ("claims", "derivation"),
        "calibrated": ("low", "high", "derivation"),
        "assumed": ("low", "high", "note"),
    }[status]
    present = (
        set(texts) | {key for key in RANGE_KEYS if key in raw} | ({"claims"} if raw.get("claims") else set())
    )
    missing = [key for key in needs if key not in present]
    if not missing:
        return []
    return [
        spot.fault(
            _("status {status} without {missing}").format(status=status, missing=_(" and ").join(missing)),
            _("{status} needs {needs}").format(status=status, needs=", ".join(needs)),
            _("add what is missing, or choose the status that fits"),
        )
    ]
