"""The short table of the README, made from result.csv: a line for each row, a column for each variant."""

from __future__ import annotations

import csv
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"
START, END = "<!-- narcologic table -->\n", "<!-- /narcologic table -->"
NO_RUN = (1, 2, 3, 4, 7, 8)
"""Rows with too many numbers for the short table: only their verdict is shown."""


def short_table(result: Path) -> str:
    """Return the Markdown table of a result.csv."""
    with result.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    variants = list(dict.fromkeys(row["variant"] for row in rows))
    lines = [
        f"| row | published or reference | {' | '.join(variants)} |",
        f"| --- | --- |{' --- |' * len(variants)}",
    ]
    for number in dict.fromkeys(row["row"] for row in rows):
        found = {row["variant"]: row for row in rows if row["row"] == number}
        first = found[variants[0]]
        exact = int(number) in NO_RUN
        what = first["what"].partition(", months")[0]
        cells = [_cell(found[name], exact) if name in found else "" for name in variants]
        published = "" if exact else first["published"]
        lines.append(f"| {number} {what} ({first['level']}) | {published} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(row: dict[str, str], exact: bool) -> str:
    return row["verdict"] if exact else f"{row['ours']}: {row['verdict']}"


def write_into_readme(result: Path, readme: Path = README) -> None:
    """Replace what stands between the markers of the README."""
    before, _start, rest = readme.read_text("utf-8").partition(START)
    _old, _end, after = rest.partition(END)
    readme.write_text(f"{before}{START}{short_table(result)}\n{END}{after}", "utf-8")
