"""Annotations: what a person found in a report, in one JSON file for each report."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trasiego.common.faults import Fault, Faults
from trasiego.common.messages import _

LISTS = {"entity": "entities", "quantity": "quantities", "event": "events", "relation": "relations"}
"""Name of the list of each kind of candidate."""

Item = dict[str, Any]
"""An annotated item; a relation is one with `subject`, `predicate` and `object`."""


@dataclass(frozen=True, slots=True)
class Gold:
    """The annotation of one report: `items` by kind, and `optional` ones that count neither way."""

    document: str
    items: dict[str, list[Item]]
    optional: dict[str, list[Item]]


def read_gold(folder: Path) -> list[Gold]:
    """Return the annotations of the *.json files in `folder`, by file name.

    Raise Faults for a folder without any, and with one fault for each file that is none.
    """
    paths = sorted(folder.glob("*.json")) if folder.is_dir() else []
    if not paths:
        raise Faults(_fault(folder, _("no file that ends in .json"), _("a folder with annotated reports")))
    found, faults = [], []
    for path in paths:
        try:
            found.append(_gold(json.loads(path.read_text("utf-8"))))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            faults.append(_fault(path, str(error), _("an annotation: an object with document and lists")))
    if faults:
        raise Faults(faults)
    return found


def _gold(record: dict[str, Any]) -> Gold:
    optional = record.get("optional", {})
    return Gold(str(record["document"]), _items(record), _items(optional))


def _items(record: dict[str, Any]) -> dict[str, list[Item]]:
    items = {kind: list(record.get(name, ())) for kind, name in LISTS.items()}
    named = ("subject", "predicate", "object")
    items["relation"] = [dict(zip(named, parts, strict=True)) for parts in items["relation"]]
    if not all(isinstance(item, dict) for each in items.values() for item in each):
        raise TypeError(_("an item that is no object"))
    return items


def _fault(path: Path, found: str, allowed: str) -> Fault:
    return Fault(str(path), None, None, found, allowed, None, _("see docs/reading.md"))
