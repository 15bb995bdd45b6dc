"""Values of all field types, read strictly: nothing is converted, guessed or filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from trasiego.common.faults import Fault, nearest
from trasiego.common.messages import _
from trasiego.scenario.documents import Document, Spot
from trasiego.scenario.fields import Field, registry
from trasiego.scenario.numbers import Number, described, out_of_bounds, read_number, within

Value = Number | int | bool | str | tuple[str, ...]

_MONTH = re.compile(r"(19|20)\d\d-(0[1-9]|1[0-2])")
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


@dataclass(frozen=True)
class Entry:
    """A field as written in a document, before its value has been read."""

    path: str
    row: Field
    raw: Any
    spot: Spot


@dataclass(frozen=True)
class Given:
    """A field with its value, and where it was given. Months are texts ("2008-01")."""

    path: str
    row: Field
    value: Value
    spot: Spot


def collect(document: Document) -> tuple[list[Entry], list[Fault]]:
    """Return the fields that a document writes, with a fault for each section and key not in the registry."""
    entries: list[Entry] = []
    faults: list[Fault] = []
    sections = registry().sections
    for section, content in document.tree.items():
        spot = Spot(document, (section,))
        if section not in sections:
            faults.append(
                spot.fault(
                    _("unknown section {section}").format(section=section),
                    ", ".join(sections),
                    _("correct or remove it"),
                    nearest(section, sections),
                )
            )
        elif not isinstance(content, dict):
            faults.append(_not_a_table(spot, content))
        elif section in registry().by_id:
            for name, table in content.items():
                _collect_table(entries, faults, spot.below(name), table)
        else:
            _collect_table(entries, faults, spot, content)
    return entries, faults


def _not_a_table(spot: Spot, content: object) -> Fault:
    key = spot.key
    return spot.fault(
        described(content),
        _("a table of keys"),
        _("write [{key}] and its keys below").format(key=key),
    )


def _collect_table(entries: list[Entry], faults: list[Fault], spot: Spot, table: object) -> None:
    name = str(spot.keys[-1])
    if len(spot.keys) == 2 and name != "*" and not ID.fullmatch(name):
        faults.append(
            spot.fault(
                _("the id {name}").format(name=name),
                _("letters, digits, - and _"),
                _("choose an id of these characters"),
            )
        )
        return
    if not isinstance(table, dict):
        faults.append(_not_a_table(spot, table))
        return
    if not table and len(spot.keys) == 2:
        faults.append(spot.fault(_("a table without keys"), _("at least one key"), _("fill it or remove it")))
    known = registry().sections[str(spot.keys[0])]
    for key, raw in table.items():
        row = known.get(key)
        below = spot.below(key)
        if row is None:
            faults.append(
                below.fault(
                    _("unknown key {key}").format(key=key),
                    _("keys of {section}: {keys}").format(section=spot.keys[0], keys=", ".join(known)),
                    _("correct or remove it"),
                    nearest(key, known),
                )
            )
        else:
            entries.append(Entry(below.key, row, raw, below))


def read_entry(entry: Entry) -> tuple[Given | None, list[Fault]]:
    """Return an entry with its value read, or None with its faults."""
    value: Value | None
    if entry.row.type == "number":
        value, faults = read_number(entry.row, entry.path, entry.raw, entry.spot)
    else:
        value, faults = _READERS[entry.row.type](entry.row, entry.raw, entry.spot)
    if faults or value is None:
        return None, faults
    return Given(entry.path, entry.row, value, entry.spot), []


Reading = tuple[Value | None, list[Fault]]


def _refused(spot: Spot, found: str, allowed: str, do: str, close: str | None = None) -> Reading:
    return None, [spot.fault(found, allowed, do, close)]


def _read_integer(row: Field, raw: object, spot: Spot) -> Reading:
    if not isinstance(raw, int) or isinstance(raw, bool):
        allowed = _("a whole number from {bounds}").format(bounds=row.bounds)
        return _refused(spot, described(raw), allowed, _("write a whole number without quotes"))
    if not within(row, raw):
        return None, [out_of_bounds(row, raw, spot)]
    return raw, []


def _read_flag(row: Field, raw: object, spot: Spot) -> Reading:
    if not isinstance(raw, bool):
        return _refused(spot, described(raw), _("true or false"), _("write true or false without quotes"))
    return raw, []


def _read_text(row: Field, raw: object, spot: Spot) -> Reading:
    if not isinstance(raw, str):
        return _refused(spot, described(raw), _("a text in quotes"), _("put it in quotes"))
    if not raw.strip():
        return _refused(
            spot, _("an empty text"), _("a text: {meaning}").format(meaning=row.meaning), _("write it")
        )
    return raw.strip(), []


def _read_choice(row: Field, raw: object, spot: Spot) -> Reading:
    if row.reference:
        return _read_id(row, raw, spot)
    if not isinstance(raw, str) or raw not in row.choices:
        close = nearest(raw, row.choices) if isinstance(raw, str) else None
        return _refused(spot, described(raw), ", ".join(row.choices), _("choose one of them"), close)
    return raw, []


def _read_month(row: Field, raw: object, spot: Spot) -> Reading:
    if not isinstance(raw, str) or not _MONTH.fullmatch(raw):
        allowed = _('a month as "2008-01"')
        return _refused(spot, described(raw), allowed, _("write year and month (01 to 12) in quotes"))
    return raw, []


def _read_id(row: Field, raw: object, spot: Spot) -> Reading:
    if not isinstance(raw, str) or not raw:
        found = _("an empty id") if raw == "" else described(raw)
        what = row.reference or _("letters, digits, - and _")
        return _refused(
            spot, found, _("an id in quotes ({what})").format(what=what), _("write one id in quotes")
        )
    if row.reference is None and not ID.fullmatch(raw):
        allowed = _("letters, digits, - and _")
        return _refused(spot, described(raw), allowed, _("choose an id of these characters"))
    return raw, []


def _read_ids(row: Field, raw: object, spot: Spot) -> Reading:
    if not isinstance(raw, list) or not all(isinstance(item, str) for item in raw):
        found = described(raw)
        if isinstance(raw, list):
            found = _("a list with {item}").format(
                item=described(next(item for item in raw if not isinstance(item, str)))
            )
        allowed = _("a list of ids ({what})").format(what=row.reference)
        return _refused(spot, found, allowed, _('write ["one", "two"]'))
    if row.minimum is not None and len(raw) < row.minimum:
        allowed = _("at least {count} of: {what}").format(count=int(row.minimum), what=row.reference)
        return _refused(spot, _("an empty list"), allowed, _("name at least one"))
    again = [place for place, item in enumerate(raw) if item in raw[:place]]
    if again:
        found = _("{item} twice").format(item=raw[again[0]])
        return _refused(spot.below(again[0]), found, _("each id once"), _("remove one of the two"))
    return tuple(raw), []


_READERS: Mapping[str, Any] = {
    "integer": _read_integer,
    "flag": _read_flag,
    "text": _read_text,
    "choice": _read_choice,
    "month": _read_month,
    "id": _read_id,
    "ids": _read_ids,
}
