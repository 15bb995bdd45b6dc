"""The files of the ledger: which columns each kind of file has and which of them must be filled."""

from __future__ import annotations

from dataclasses import dataclass

_PLACED = ("place", "country", "period", "location", "said_by")
_STANDING = ("standing", "basis", "grade", "grade_reason", "checked_on", "note")
_ALWAYS = ("id", "source", "statement", "standing", "basis", "grade", "checked_on")


@dataclass(frozen=True)
class Layout:
    """Columns of one kind of file, in the order of writing, and those that no row may leave empty."""

    name: str
    columns: tuple[str, ...]
    required: frozenset[str]
    mark: str
    """The column that no other kind of file has; it tells the kind of a file that is loaded by its path."""


def _layout(name: str, mark: str, columns: str, required: str) -> Layout:
    return Layout(name, tuple(columns.split()), frozenset(required.split()), mark)


def _claims(name: str, mark: str, own: str, required: str) -> Layout:
    columns = ("id", "source", "statement", *own.split(), *_PLACED, *_STANDING)
    return Layout(name, columns, frozenset((*_ALWAYS, *required.split())), mark)


SOURCES = _layout(
    "sources",
    "publisher",
    "id publisher title author date address kind language reliability reliability_reason note",
    "id publisher title kind language reliability reliability_reason",
)
MEASURES = _layout(
    "measures", "maximum", "what unit minimum maximum meaning", "what unit minimum maximum meaning"
)
QUANTITIES = _claims(
    "quantities",
    "figure_as_stated",
    "figure_as_stated value low high unit what subject product mode group_kind",
    "figure_as_stated unit what",
)
RELATIONS = _claims("relations", "predicate", "subject predicate object", "subject predicate object")
EVENTS = _claims("events", "event_kind", "event_kind groups counts", "event_kind period")
GROUPS = _claims(
    "groups",
    "aliases",
    "name aliases group_kind roles territory_source size_low size_high size_source allies rivals"
    " political_access strategy",
    "name group_kind country roles political_access strategy",
)
CONTRADICTIONS = _layout("contradictions", "claims", "claims reason", "claims reason")
LEFT_OUT = _layout("left_out", "left_out_on", "id reason left_out_on", "id reason left_out_on")

LAYOUTS: tuple[Layout, ...] = (
    SOURCES, MEASURES, QUANTITIES, RELATIONS, EVENTS, GROUPS, CONTRADICTIONS, LEFT_OUT,
)  # fmt: skip
"""Every kind of file."""

FILES: tuple[tuple[str, Layout], ...] = (
    ("sources.csv", SOURCES),
    ("measures.csv", MEASURES),
    ("groups.csv", GROUPS),
    ("events.csv", EVENTS),
    ("relations.csv", RELATIONS),
    ("quantities/*.csv", QUANTITIES),
    ("contradictions.csv", CONTRADICTIONS),
    ("left_out.csv", LEFT_OUT),
)
"""Files of a folder of claims, in the order in which they are read."""


def layout_of(columns: list[str]) -> Layout | None:
    """Return the layout that a header belongs to, or None when it is not the header of any kind of file."""
    for layout in LAYOUTS:
        if layout.mark in columns:
            return layout
    return None
