"""Reading a CSV file of the ledger into rows that know their line, with a fault for whatever is wrong."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from trasiego.common.faults import Fault, nearest
from trasiego.common.messages import _
from trasiego.evidence.layout import LAYOUTS, Layout, layout_of


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: its cells by column, stripped of blanks, and the line where it starts (from 1)."""

    file: str
    line: int
    cells: dict[str, str]


def read_table(
    path: Path, file: str, faults: list[Fault], layout: Layout | None = None
) -> tuple[Layout, list[Row]]:
    """Return the layout and the rows of the file at `path`, named `file` in messages.

    The layout is known from the header when none is given. Whatever is wrong with the file, its header or the
    number of cells in a row goes to `faults`; rows with a wrong number of cells are left out, and a header
    that cannot be used gives no rows.
    """
    lines = _lines(path, file, faults)
    if lines is None:
        return layout or LAYOUTS[0], []
    header_line, header = next(lines, (1, []))
    columns = [column.strip() for column in header]
    found = layout or layout_of(columns)
    if found is None:
        marks = ", ".join(each.mark for each in LAYOUTS)
        faults.append(
            Fault(
                file,
                header_line,
                None,
                _("a header that belongs to no kind of file: {columns}").format(
                    columns=", ".join(columns) or "-"
                ),
                _("a header with one of the columns {marks}").format(marks=marks),
                None,
                _("take the header of a shipped file of the same kind"),
            )
        )
        return LAYOUTS[0], []
    if not _header_holds(file, header_line, columns, found, faults):
        return found, []
    return found, _rows(file, lines, columns, faults)


def _lines(path: Path, file: str, faults: list[Fault]) -> Iterator[tuple[int, list[str]]] | None:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = (
            _("bytes that are not UTF-8") if isinstance(error, UnicodeDecodeError) else str(error.strerror)
        )
        advice = (
            _("save it as CSV in UTF-8") if isinstance(error, UnicodeDecodeError) else _("check the path")
        )
        faults.append(Fault(file, None, None, reason, _("a CSV file in UTF-8"), None, advice))
        return None
    return _numbered(text)


def _numbered(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the line where it starts; empty lines are left out."""
    reader = csv.reader(text.splitlines(keepends=True))
    start = 1
    for record in reader:
        if record:
            yield start, record
        start = reader.line_num + 1


def _header_holds(file: str, line: int, columns: list[str], layout: Layout, faults: list[Fault]) -> bool:
    before = len(faults)
    meant = set()
    for position, column in enumerate(columns):
        if column not in layout.columns:
            meant.add(nearest(column, layout.columns))
            faults.append(
                Fault(
                    file,
                    line,
                    column or _("column {number}").format(number=position + 1),
                    _("a column that this kind of file ({kind}) does not have").format(kind=layout.name),
                    ", ".join(layout.columns),
                    nearest(column, layout.columns),
                    _("rename or remove the column"),
                )
            )
        elif column in columns[:position]:
            found = _("the same column twice")
            faults.append(
                Fault(file, line, column, found, _("each column once"), None, _("remove one of them"))
            )
    for column in layout.columns:
        if column not in columns and column not in meant:
            found = _("no such column")
            advice = _("add the column; it may be left empty unless it is required")
            faults.append(Fault(file, line, column, found, ", ".join(layout.columns), None, advice))
    return len(faults) == before


def _rows(
    file: str, lines: Iterator[tuple[int, list[str]]], columns: list[str], faults: list[Fault]
) -> list[Row]:
    rows = []
    width = len(columns)
    for line, record in lines:
        if len(record) != width:
            faults.append(
                Fault(
                    file,
                    line,
                    record[0].strip() or None,
                    _("{found} cells").format(found=len(record)),
                    _("{width} cells, as in the header").format(width=width),
                    None,
                    _("put a text that holds commas in double quotes"),
                )
            )
            continue
        rows.append(Row(file, line, {name: cell.strip() for name, cell in zip(columns, record, strict=True)}))
    return rows
