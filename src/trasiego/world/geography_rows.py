"""Strict reading of the geography's tables: every cell is checked, and all faults come at once."""

from __future__ import annotations

import csv
import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from trasiego.common.faults import Fault, nearest
from trasiego.common.messages import _

ROWS_SHOWN = 12


@dataclass
class Row:
    """One row of a table: its cells by column, and how many faults there were before it was read."""

    table: Table
    line: int
    cells: dict[str, str]

    def fault(self, column: str, found: str, allowed: str, do: str, near: str | None = None) -> None:
        """Add a fault at one cell of the row."""
        self.table.faults.append(Fault(self.table.label, self.line, column, found, allowed, near, do))

    def text(self, column: str) -> str:
        """Return a cell that must not be empty."""
        value = self.cells[column]
        if not value:
            self.fault(column, _("nothing"), _("a text"), _("fill the cell"))
        return value

    def one_of(self, column: str, choices: Collection[str] | None) -> str:
        """Return a cell that must be one of the choices; anything goes without choices."""
        value = self.cells[column]
        if choices is not None and value not in choices:
            listed = len(choices) <= ROWS_SHOWN
            allowed = ", ".join(choices) if listed else _("one of {count} ids").format(count=len(choices))
            near = nearest(value, choices)
            self.fault(column, value or _("nothing"), allowed, _("use a name that exists"), near)
        return value

    def number(self, column: str, low: float, high: float) -> float:
        """Return a finite number within the bounds, NaN when it is a fault."""
        value = self.cells[column]
        try:
            parsed = float(value)
        except ValueError:
            parsed = math.nan
        if math.isfinite(parsed) and low <= parsed <= high:
            return parsed
        allowed = _("a number from {low} to {high}").format(low=f"{low:g}", high=f"{high:g}")
        self.fault(column, value or _("nothing"), allowed, _("correct the number"))
        return math.nan

    def integer(self, column: str, low: int, high: int) -> int:
        """Return a whole number within the bounds, the lower bound when it is a fault."""
        value = self.cells[column]
        if value.isascii() and value.isdecimal() and low <= int(value) <= high:
            return int(value)
        allowed = _("a whole number from {low} to {high}").format(low=low, high=high)
        self.fault(column, value or _("nothing"), allowed, _("correct the number"))
        return low


class Table:
    """A CSV file with exactly the columns asked for; what is wrong with it is added to `faults`.

    `broken` tells after reading whether rows are missing, so that nobody complains about names in them.
    """

    def __init__(self, folder: Path, name: str, columns: Sequence[str], faults: list[Fault]) -> None:
        self.path = folder / name
        self.label = f"{folder.name}/{name}"
        self.columns = tuple(columns)
        self.faults = faults
        self.broken = False

    def rows(self) -> Iterator[Row]:
        """Yield the rows whose number of cells is right; nothing when the header is wrong."""
        try:
            with self.path.open(encoding="utf-8", newline="") as stream:
                reader = csv.reader(stream, strict=True)
                if self._header_is_right(next(reader, [])):
                    yield from self._body(reader)
        except FileNotFoundError:
            self._add(None, _("no such file"), _("the tables of the geography"), _("restore the file"))
        except UnicodeDecodeError as error:
            found = _("bytes that are not UTF-8: {error}").format(error=error.reason)
            self._add(None, found, _("UTF-8 text"), _("save the file as UTF-8"))

    def _body(self, reader: Iterator[list[str]]) -> Iterator[Row]:
        line = 1
        try:
            for cells in reader:
                line, first = reader.line_num, line + 1  # type: ignore[attr-defined]
                if len(cells) == len(self.columns):
                    yield Row(self, first, dict(zip(self.columns, cells, strict=True)))
                    continue
                found = _("{count} cells").format(count=len(cells))
                allowed = _("{count} cells, one for each column").format(count=len(self.columns))
                self._add(first, found, allowed, _("check commas and quotation marks"))
        except csv.Error as error:
            self._add(line + 1, str(error), _("CSV"), _("check commas and quotation marks"))

    def _header_is_right(self, header: list[str]) -> bool:
        if tuple(header) == self.columns:
            return True
        unknown = [column for column in header if column not in self.columns]
        missing = [column for column in self.columns if column not in header]
        allowed = _("the columns {columns}").format(columns=", ".join(self.columns))
        for column in unknown:
            near = nearest(column, missing)
            self._add(1, _("unknown column"), allowed, _("rename or remove it"), column, near)
            missing = [other for other in missing if other != near]
        for column in missing:
            self._add(1, _("missing column"), allowed, _("add it, also where cells are empty"), column)
        if not unknown and not missing:
            found = ", ".join(header)
            self._add(1, found, allowed, _("put each column once, in this order"))
        return False

    def _add(
        self,
        line: int | None,
        found: str,
        allowed: str,
        do: str,
        key: str | None = None,
        near: str | None = None,
    ) -> None:
        self.broken = True
        self.faults.append(Fault(self.label, line, key, found, allowed, near, do))
