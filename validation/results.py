"""Rows of a docking result: what a program gave for a row of the table, and what that makes of the claim."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

REPRODUCED = "reproduced"
DIRECTION_ONLY = "direction only"
NOT_REPRODUCED = "not reproduced"
NOT_APPLICABLE = "not applicable"
VERDICTS = (REPRODUCED, DIRECTION_ONLY, NOT_REPRODUCED, NOT_APPLICABLE)
FULL_MODEL = "full model"


@dataclass(frozen=True)
class Outcome:
    """What one program gave for one row of the docking table.

    `row` is the id there; `variant` says which program and inputs, and begins with "full model" where it is
    trasiego itself; `ours` is the figure or figures as text; `note` says what limits the comparison.
    """

    row: int
    variant: str
    ours: str
    verdict: str
    note: str = ""

    def __post_init__(self) -> None:
        if not any(self.verdict.startswith(verdict) for verdict in VERDICTS):
            raise ValueError(f"verdict {self.verdict!r}; allowed: {', '.join(VERDICTS)}")

    @property
    def of_full_model(self) -> bool:
        """Whether trasiego itself gave the figure."""
        return self.variant.startswith(FULL_MODEL)


COLUMNS = tuple(field.name for field in fields(Outcome))
NEEDED = ("row", "variant", "ours", "verdict")
NOTES = ("note", "why")
"""Columns in which a file may say what limits a comparison; further columns are for its own readers."""


def read_outcomes(path: Path) -> list[Outcome]:
    """Return the outcomes in a file, none where it is absent; ValueError for one that is not as expected."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        columns = tuple(reader.fieldnames or ())
        if not set(NEEDED) <= set(columns):
            raise ValueError(f"{path}: columns {','.join(columns)}; expected {','.join(COLUMNS)}")
        note = next((name for name in NOTES if name in columns), "")
        return [_outcome(row, row.get(note, "")) for row in reader]


def _outcome(row: dict[str, str], note: str) -> Outcome:
    return Outcome(int(row["row"]), row["variant"], row["ours"], row["verdict"], note)


def keep_outcomes(path: Path, outcomes: Iterable[Outcome]) -> None:
    """Write outcomes to a file in place of older ones of the same row and variant; others there stay."""
    rows = {(row.row, row.variant): row for row in (*read_outcomes(path), *outcomes)}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(asdict(rows[key]) for key in sorted(rows))


def verdict(number: bool, direction: bool) -> str:
    """Return the verdict on a claim whose number was met or not, and whose direction was met or not."""
    if number:
        return REPRODUCED
    return DIRECTION_ONLY if direction else NOT_REPRODUCED
