"""Reading the cells of one row: numbers, dates, closed lists, a fault for a cell that is not right."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date
from functools import lru_cache
from math import isfinite

from trasiego.common.faults import Fault, nearest
from trasiego.common.messages import _
from trasiego.evidence.layout import Layout
from trasiego.evidence.table import Row

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_ID = re.compile(r"[a-z][a-z0-9-]*")
_LISTED = 12


class Cells:
    """The cells of a row, read one by one; what is wrong goes to `faults`."""

    def __init__(self, row: Row, layout: Layout, faults: list[Fault]) -> None:
        self.row = row
        self.layout = layout
        self.faults = faults

    def fault(self, column: str, found: str, allowed: str, do: str, near: str | None = None) -> None:
        """Report a fault in `column` of this row; the key names the row by its id where it has one."""
        name = self.row.cells.get("id", "")
        key = f"{name}.{column}" if name else column
        self.faults.append(Fault(self.row.file, self.row.line, key, found, allowed, near, do))

    def text(self, column: str) -> str:
        """Return the cell; report one that is required and empty."""
        found = self.row.cells.get(column, "")
        if not found and column in self.layout.required:
            self.fault(column, _("an empty cell"), _("a text"), _("fill it in or leave the row out"))
        return found

    def identifier(self) -> str:
        """Return the id of the row; report one that is no word of small letters, digits and hyphens."""
        found = self.text("id")
        if found and not _ID.fullmatch(found):
            allowed = _("a small letter, then small letters, digits or hyphens, such as f123")
            self.fault("id", found, allowed, _("choose another id"))
        return found

    def choice(self, column: str, choices: Collection[str]) -> str:
        """Return the cell; report one that is not in `choices`."""
        found = self.text(column)
        if found and found not in choices:
            self._not_in_list(column, found, choices)
        return found

    def choices(self, column: str, choices: Collection[str]) -> str:
        """Return the cell, a list with semicolons; report each part that is not in `choices`."""
        found = self.text(column)
        for part in found.split(";") if found else ():
            if part not in choices:
                self._not_in_list(column, part, choices)
        return found

    def names(self, column: str, known: Collection[str], allowed: str) -> str:
        """Return the cell, a list of names with semicolons; report each that is not `known`."""
        found = self.text(column)
        for part in found.split(";") if found else ():
            if part not in known:
                self.fault(column, part, allowed, _("correct the name or add it"), nearest(part, known))
        return found

    def _not_in_list(self, column: str, found: str, choices: Iterable[str]) -> None:
        names = [choice for choice in choices if choice]
        shown = ", ".join(names[:_LISTED])
        if len(names) > _LISTED:
            shown = _("{shown} and {more} more").format(shown=shown, more=len(names) - _LISTED)
        self.fault(column, found, shown, _("write one of the allowed words"), nearest(found, names))

    def number(self, column: str) -> float | None:
        """Return the cell as a number, None when it is empty; report one that is no plain decimal number."""
        found = self.text(column)
        if not found:
            return None
        if not _NUMBER.fullmatch(found) or not isfinite(float(found)):
            allowed = _("digits with a point for decimals, no commas, spaces or units")
            self.fault(column, found, allowed, _("write the number plainly, such as 1250.5"))
            return None
        return float(found)

    def country(self) -> str:
        """Return the country code; report one that is not two capital letters."""
        found = self.text("country")
        if found and not (len(found) == 2 and found.isascii() and found.isalpha() and found.isupper()):
            allowed = _("an ISO 3166 code of two capital letters, or EU, or nothing for a wider region")
            self.fault("country", found, allowed, _("write the code, such as GT"))
        return found

    def day(self, column: str) -> str:
        """Return the cell, a full date; report one that is not a day of the calendar."""
        found = self.text(column)
        if found and not (len(found) == len("2026-11-23") and _exists(found)):
            self.fault(column, found, _("a date such as 2026-11-23"), _("write year, month and day"))
        return found

    def date(self, column: str) -> str:
        """Return the cell, a year, month or day; report one that is no date."""
        found = self.text(column)
        if found and not _exists(found):
            self.fault(column, found, _("a date: 2012, 2012-04 or 2012-04-11"), _("correct the date"))
        return found

    def period(self) -> str:
        """Return the period; report one that is no date or pair of dates, or that ends before it starts."""
        found = self.text("period")
        if not found:
            return found
        start, sign, end = found.partition("/")
        allowed = _("a date such as 2012-04, or two with a stroke, such as 2008/2011 or 2010/..")
        ends = [part for part in (start, end) if part != ".."] if sign else [start]
        if not ends or not all(_exists(part) for part in ends):
            self.fault("period", found, allowed, _("correct the period"))
            return ""
        if len(ends) == 2 and end[: len(start)] < start[: len(end)]:
            self.fault(
                "period", found, _("an end that is not before the start"), _("turn the two dates round")
            )
        return found


@lru_cache(maxsize=4096)
def _exists(text: str) -> bool:
    """Return whether `text` is a year, a month or a day of the calendar."""
    match = _DATE.fullmatch(text)
    if not match:
        return False
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return False
    return True
