"""The 38 rows of the docking table, and what stands in the result files beside them."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from validation.results import NOT_APPLICABLE, Outcome, read_outcomes

TABLE = Path(__file__).parent / "docking.csv"
FOLDER = Path(__file__).parents[1]
RESULTS = {
    "narcologic": range(1, 14),
    "cartel_population": range(17, 27),
    "arrest_resilience": range(27, 29),
    "table": (14, 15, 16, 30, 31, 34, 37, 38),
}
"""Folders with a result.csv, and the rows that are theirs."""
COMMANDS = {"narcologic": "narcologic.dock", "table": "table.experiments"}
"""Modules that write them, where it is not the folder itself."""

LEVELS = {"N": "numbers", "D": "distribution", "R": "direction"}
COLUMNS = ("id", "model", "quantity", "published", "tolerance", "level", "source", "full_model")
PATTERN = "pattern:"
MEASURED = "measured"
README = FOLDER.parent / "README.md"


@dataclass(frozen=True)
class Row:
    """A published result to be compared with.

    `level` is N (the number itself), D (its distribution) or R (its direction), or two of them; `full_model`
    is "measured" where a result file answers for trasiego, "pattern:ID" where its scorecard does, else why it
    can't.
    """

    id: int
    model: str
    quantity: str
    published: str
    tolerance: str
    level: str
    source: str
    full_model: str

    @property
    def pattern(self) -> str | None:
        """Pattern of the scorecard that answers for trasiego, or None."""
        return self.full_model.removeprefix(PATTERN) if self.full_model.startswith(PATTERN) else None


def load_rows(path: Path = TABLE) -> list[Row]:
    """Return the rows of the table in order; ValueError for a file that is not as expected."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise ValueError(f"{path}: columns {reader.fieldnames}; expected {','.join(COLUMNS)}")
        return [Row(int(row.pop("id")), **row) for row in reader]


def results_by_row(folder: Path = FOLDER) -> tuple[dict[int, list[Outcome]], list[str]]:
    """Return the outcomes in all result files by row, and the names of the folders that have none yet."""
    found: dict[int, list[Outcome]] = {}
    missing = []
    for name in RESULTS:
        outcomes = read_outcomes(folder / name / "result.csv")
        if not outcomes:
            missing.append(name)
        for outcome in outcomes:
            found.setdefault(outcome.row, []).append(outcome)
    return found, missing


def scorecard(path: Path = README) -> dict[str, str]:
    """Return what the scorecard in a document says of each pattern, as "value; holds"; {} without one."""
    if not path.exists():
        return {}
    section = (
        path.read_text(encoding="utf-8")
        .partition("<!-- scorecard -->")[2]
        .partition("<!-- /scorecard -->")[0]
    )
    found: dict[str, list[str]] = {}
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 7 and re.fullmatch(r"[CVQ]", cells[1]):
            found.setdefault(cells[0], []).append(f"{cells[5]}; {cells[6]}")
    return {name: " / ".join(lines) for name, lines in found.items()}


def not_from_results(
    row: Row, outcomes: list[Outcome], missing: list[str], card: dict[str, str]
) -> list[tuple[str, str]]:
    """Return (who, what) for what no result file says: not run, the scorecard's word, or why none."""
    owner = next((name for name, rows in RESULTS.items() if row.id in rows), None)
    lines = []
    if owner is not None and owner in missing:
        lines.append(("reference", f"not run: python -m validation.{COMMANDS.get(owner, owner)}"))
    elif owner is None or all(outcome.of_full_model for outcome in outcomes):
        lines.append(("reference", "none: no program of ours for this model"))
    if any(outcome.of_full_model for outcome in outcomes):
        return lines
    if row.pattern is not None:
        lines.append(
            ("full model", f"scorecard, {row.pattern}: {card.get(row.pattern, 'not in the README')}")
        )
    elif row.full_model == MEASURED:
        lines.append(("full model", "not run"))
    else:
        lines.append(("full model", f"{NOT_APPLICABLE}: {row.full_model}"))
    return lines
