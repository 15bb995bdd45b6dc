"""Rows of the screen: the median of one part with one number at either end of its range; kept as CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

SEEDS = "seed"
"""Number of the rows in which nothing but the seed was changed: what chance alone does to a median."""


@dataclass(frozen=True)
class Row:
    """One part of a pattern with one number at the low and at the high end of its range, all else as it is.

    `low` and `high` are the band of the part, None where it is open, on the scale "linear" or "log"; `number`
    is a path of the scenario, with its range and value; `at_low`, `as_it_is` and `at_high` are the medians of
    the part over the runs (the ratio of sums where the part is one), None where it could not be measured. In
    rows of `SEEDS` the numbers are seeds, and `at_low` and `at_high` the lowest and highest median among
    them.
    """

    scenario: str
    scenario_hash: str
    runs: int
    seed: int
    months: int
    pattern: str
    part: str
    unit: str
    scale: str
    low: float | None
    high: float | None
    number: str
    number_low: float
    number_value: float
    number_high: float
    at_low: float | None
    as_it_is: float | None
    at_high: float | None

    @property
    def key(self) -> tuple[str, str, str]:
        """What there is one row of: pattern, part and number."""
        return self.pattern, self.part, self.number

    @property
    def setup(self) -> tuple[str, int, int, int]:
        """What has to be the same in all rows of a scenario: its hash, runs, first seed and months."""
        return self.scenario_hash, self.runs, self.seed, self.months


COLUMNS = tuple(field.name for field in fields(Row))
WHOLE = ("runs", "seed", "months")
OPEN = ("low", "high", "at_low", "as_it_is", "at_high")
FIGURES = ("number_low", "number_value", "number_high")


def read_rows(path: Path) -> list[Row]:
    """Return the rows of a file, the last one of each key, none where there is no file.

    Raise ValueError for a file with other columns or a cell that is no number where one is due.
    """
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise ValueError(f"{path}: columns {reader.fieldnames}; expected {', '.join(COLUMNS)}")
        found = [_row(cells) for cells in reader]
    return list({row.key: row for row in found}.values())


def append_rows(path: Path, rows: Iterable[Row]) -> None:
    """Add rows at the end of a file, which is made where it does not exist."""
    fresh = not path.exists()
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        if fresh:
            writer.writerow(COLUMNS)
        writer.writerows(_cells(row) for row in rows)


def write_rows(path: Path, rows: Sequence[Row]) -> None:
    """Write a file anew by scenario, pattern and number; parts stay in the order of their pattern."""
    path.unlink(missing_ok=True)
    append_rows(path, sorted(rows, key=lambda row: (row.scenario, row.pattern, row.number)))


def _row(cells: dict[str, str]) -> Row:
    values: dict[str, object] = dict(cells)
    values |= {name: int(cells[name]) for name in WHOLE}
    values |= {name: float(cells[name]) for name in FIGURES}
    values |= {name: float(cells[name]) if cells[name] else None for name in OPEN}
    return Row(**values)  # type: ignore[arg-type]


def _cells(row: Row) -> list[str]:
    """Return a row as text: six figures are more than the medians of a few runs bear."""
    return [
        "" if value is None else f"{value:.6g}" if isinstance(value, float) else str(value)
        for value in astuple(row)
    ]
