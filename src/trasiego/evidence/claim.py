"""The two records of the ledger: a source, and a claim that was read in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from math import inf
from typing import Any


@dataclass(frozen=True, slots=True)
class Source:
    """Where a claim was read: a publication, apart from what it says.

    `kind` is one of vocabulary.SOURCE_KINDS; `reliability` is the Admiralty letter A to F with its reason;
    `date` is YYYY, YYYY-MM, YYYY-MM-DD or empty; `address` is empty where none is known or where it holds the
    name of a person.
    """

    id: str
    publisher: str
    title: str
    author: str
    date: str
    address: str
    kind: str
    language: str
    reliability: str
    reliability_reason: str
    note: str

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain data for JSON, in the order of the columns."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class Claim:
    """One reported fact in our own words, with its figure, its place in the world and what stands behind it.

    `kind` is quantity, relation, event or group; texts that do not apply are empty and numbers None.
    `value`, `low` and `high` are in `unit` (trasiego.common.units); a lone `low` reads "at least", a lone
    `high` "at most". `period` is a date, or start/end with ".." for an open end. `details` holds what only
    one kind has: counts and groups (events), aliases, roles, allies, rivals, strategy and so on (groups).
    `file` and `line` say where the row stands.
    """

    id: str
    kind: str
    topic: str
    source_id: str
    statement: str
    figure_as_stated: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    what: str
    subject: str
    predicate: str
    object: str
    place: str
    country: str
    period: str
    product: str
    mode: str
    group_kind: str
    location: str
    said_by: str
    standing: str
    basis: str
    grade: str
    grade_reason: str
    checked_on: str
    note: str
    details: Mapping[str, str]
    file: str
    line: int

    def to_dict(self) -> dict[str, Any]:
        """Return the claim as plain data for JSON, in the order of the fields."""
        record = {field.name: getattr(self, field.name) for field in fields(self)}
        record["details"] = dict(self.details)
        return record

    def bounds(self) -> tuple[float, float] | None:
        """Return the lowest and highest value that the claim allows, in its unit, or None without a figure.

        A value alone is both ends. A value equal to its only bound reads "at least" or "at most", so the
        other end is infinite; a value with a bound that differs from it is one end of the range itself.
        """
        if self.value is None and self.low is None and self.high is None:
            return None
        if self.low is not None and self.high is not None:
            return self.low, self.high
        if self.low is not None:
            return self.low, inf if self.value is None or self.value == self.low else self.value
        if self.high is not None:
            return -inf if self.value is None or self.value == self.high else self.value, self.high
        assert self.value is not None
        return self.value, self.value

    def years(self) -> tuple[int, int] | None:
        """Return the first and last year of the period, an open end as year 0 or 9999; None when undated."""
        if not self.period:
            return None
        start, _sign, end = self.period.partition("/")
        end = end or start
        return 0 if start == ".." else int(start[:4]), 9999 if end == ".." else int(end[:4])
