"""JSON Schema of scenario files, made from the registry, so that editors complete and check as one types."""

from __future__ import annotations

from typing import Any

from trasiego.scenario.fields import STATUSES, Field, registry

ID_PATTERN = "^[A-Za-z0-9][A-Za-z0-9_-]*$"
MONTH_PATTERN = "^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$"


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a scenario file, one without base or with one.

    What a file must hold is told where it can be: a key is required where its section or id stands in the
    file only when the file has no base. References between ids and the cross checks are left to `trasiego
    validate`.
    """
    sections = {name: _section(name, complete=False) for name in registry().sections if name != "policy"}
    complete = {name: _section(name, complete=True) for name in sections}
    needed = [
        name for name, rows in registry().sections.items() if any(row.required for row in rows.values())
    ]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Scenario",
        "description": "A scenario of the cocaine trade: what trasiego reads, field by field",
        "type": "object",
        "additionalProperties": False,
        "properties": sections,
        "required": ["scenario"],
        "if": {"properties": {"scenario": {"required": ["base"]}}},
        "else": {"properties": complete, "required": needed},
        "$defs": {"claims": _claims(), "evidence": _evidence()},
    }


def _section(name: str, complete: bool) -> dict[str, Any]:
    rows = registry().sections[name]
    table: dict[str, Any] = {"type": "object"}
    if complete:
        required = [row.key for row in rows.values() if row.required]
        if required:
            table["required"] = required
    else:
        table["additionalProperties"] = False
        table["properties"] = {row.key: _field(row) for row in rows.values()}
    if name not in registry().by_id:
        return table
    tables: dict[str, Any] = {"type": "object", "additionalProperties": table}
    return tables if complete else tables | {"propertyNames": {"pattern": ID_PATTERN}}


def _field(row: Field) -> dict[str, Any]:
    unit = f" [{row.unit}]" if row.unit not in ("", "1") else ""
    told = {"description": f"{row.meaning}{unit}"}
    return told | _SHAPES[row.type](row)


def _figure(row: Field) -> dict[str, Any]:
    figure: dict[str, Any] = {"type": "integer" if row.type == "integer" else "number"}
    if row.minimum is not None:
        figure["minimum"] = row.minimum
    if row.maximum is not None:
        figure["maximum"] = row.maximum
    return figure


def _number(row: Field) -> dict[str, Any]:
    figure = _figure(row)
    unit = row.unit if row.unit != "1" else "a pure number"
    return {
        "type": "object",
        "additionalProperties": False,
        "required": ["value", "status"],
        "properties": {
            "value": figure | {"description": f"The figure, in {unit}"},
            "low": figure | {"description": "Low end of the range"},
            "high": figure | {"description": "High end of the range"},
            "status": {"enum": list(STATUSES), "description": "Where the figure comes from"},
            "claims": {"$ref": "#/$defs/claims"},
            "derivation": _sentence("How the figure follows from the claims, or was calibrated"),
            "note": _sentence("Why this figure and this range"),
        },
        "dependentRequired": {"low": ["high"], "high": ["low"]},
        "allOf": [{"$ref": "#/$defs/evidence"}],
    }


def _sentence(told: str) -> dict[str, Any]:
    return {"type": "string", "pattern": "\\S", "description": told}


def _claims() -> dict[str, Any]:
    return {
        "type": "array",
        "items": {"type": "string", "pattern": ID_PATTERN},
        "description": "Ids of the claims behind the figure",
    }


def _evidence() -> dict[str, Any]:
    """Return what each status needs beside the value."""
    needs: dict[str, dict[str, Any]] = {
        "measured": {"required": ["claims"]},
        "derived": {"required": ["claims", "derivation"]},
        "calibrated": {"required": ["low", "high", "derivation"]},
        "assumed": {"required": ["low", "high", "note"]},
    }
    for status in ("measured", "derived"):
        needs[status]["properties"] = {"claims": {"minItems": 1}}
    return {
        "allOf": [
            {"if": {"properties": {"status": {"const": status}}, "required": ["status"]}, "then": then}
            for status, then in needs.items()
        ]
    }


def _ids(row: Field) -> dict[str, Any]:
    items: dict[str, Any] = {"type": "array", "uniqueItems": True, "items": {"type": "string"}}
    if row.minimum is not None:
        items["minItems"] = int(row.minimum)
    return items


def _choice(row: Field) -> dict[str, Any]:
    return {"enum": list(row.choices)} if row.choices else {"type": "string", "minLength": 1}


_SHAPES = {
    "number": _number,
    "integer": _figure,
    "flag": lambda row: {"type": "boolean"},
    "text": lambda row: {"type": "string", "pattern": "\\S"},
    "choice": _choice,
    "month": lambda row: {"type": "string", "pattern": MONTH_PATTERN},
    "id": lambda row: {"type": "string", "minLength": 1},
    "ids": _ids,
}
