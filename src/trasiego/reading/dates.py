"""Dates of a report."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DateMention:
    """x."""

    start: int
    end: int
    date: str
