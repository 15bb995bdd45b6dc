"""The registry of fields: fields.csv says what a scenario may hold, and everything else asks it here."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources

FIELD_TYPES = ("number", "integer", "flag", "text", "choice", "month", "id", "ids")
STATUSES = ("measured", "derived", "calibrated", "assumed")
REFERENCES = (
    "scenarios",
    "countries",
    "places",
    "claims",
    "modes",
    "kinds",
    "groups",
    "markets",
    "zones",
    "targets",
)


@dataclass(frozen=True)
class Field:
    """One row of the registry.

    `path` is "section.key" or "section.*.key" where `*` stands for an id; `type` is one of FIELD_TYPES;
    `unit` is a name of the unit list or empty; `minimum` and `maximum` are None without bound; `allowed`
    holds choices joined by "|" or the name of what the ids refer to.
    """

    path: str
    type: str
    unit: str
    minimum: float | None
    maximum: float | None
    required: bool
    allowed: str
    meaning: str

    @cached_property
    def section(self) -> str:
        """First part of the path."""
        return self.path.split(".")[0]

    @cached_property
    def key(self) -> str:
        """Last part of the path."""
        return self.path.split(".")[-1]

    @cached_property
    def by_id(self) -> bool:
        """Whether the section holds one table for each id."""
        return ".*." in self.path

    @cached_property
    def choices(self) -> tuple[str, ...]:
        """Words that a choice may be; empty when it refers to ids instead."""
        return tuple(self.allowed.split("|")) if self.allowed and self.reference is None else ()

    @cached_property
    def reference(self) -> str | None:
        """What ids of this field refer to, one of REFERENCES, or None."""
        return self.allowed if self.allowed in REFERENCES else None

    @cached_property
    def bounds(self) -> str:
        """The bounds with the unit as a reader expects them, for example "0 to 1 (share)"."""
        low = "" if self.minimum is None else f"{self.minimum:.15g}"
        high = "" if self.maximum is None else f"{self.maximum:.15g}"
        unit = f" ({self.unit})" if self.unit not in ("", "1") else ""
        return f"{low} to {high}{unit}"


@dataclass(frozen=True)
class Registry:
    """The fields by section and key, in the order of fields.csv."""

    sections: Mapping[str, Mapping[str, Field]]
    by_id: frozenset[str]

    def field(self, path: str) -> Field | None:
        """Return the field of a dotted path with ids in it ("countries.GT.integrity"), or None."""
        section, *rest = path.split(".")
        fields_here = self.sections.get(section)
        if fields_here is None or len(rest) != (2 if section in self.by_id else 1):
            return None
        return fields_here.get(rest[-1])


@lru_cache(maxsize=1)
def fields() -> Sequence[Field]:
    """Return all rows of the registry in their order."""
    text = resources.files("trasiego.scenario").joinpath("fields.csv").read_text(encoding="utf-8")
    return tuple(
        Field(
            path=row["path"],
            type=row["type"],
            unit=row["unit"],
            minimum=float(row["minimum"]) if row["minimum"] else None,
            maximum=float(row["maximum"]) if row["maximum"] else None,
            required=row["required"] == "yes",
            allowed=row["allowed"],
            meaning=row["meaning"],
        )
        for row in csv.DictReader(text.splitlines())
    )


@lru_cache(maxsize=1)
def registry() -> Registry:
    """Return the fields arranged by section and key."""
    sections: dict[str, dict[str, Field]] = {}
    for row in fields():
        sections.setdefault(row.section, {})[row.key] = row
    return Registry(sections, frozenset(row.section for row in fields() if row.by_id))
