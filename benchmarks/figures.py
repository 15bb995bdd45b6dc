"""What a benchmark found: a figure with its target, and the tables that show it."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import thread_time

FOLDER = Path(__file__).parent
RESULTS, README = FOLDER / "results.csv", FOLDER / "README.md"
BEGIN, END = "<!-- results -->", "<!-- /results -->"
MET, MISSED = "met", "missed"


@dataclass(frozen=True)
class Figure:
    """One measured figure; `target` is the most that is wanted, or the least where `at_least`."""

    benchmark: str
    what: str
    value: float
    unit: str
    target: float | None = None
    at_least: bool = False
    note: str = ""

    @property
    def verdict(self) -> str:
        """Whether the target is met; empty where there is none."""
        if self.target is None:
            return ""
        good = self.value >= self.target if self.at_least else self.value <= self.target
        return MET if good else MISSED

    @property
    def wanted(self) -> str:
        """The target in words; empty where there is none."""
        if self.target is None:
            return ""
        return f"{'at least' if self.at_least else 'at most'} {short(self.target)} {self.unit}".rstrip()

    @property
    def shown(self) -> str:
        """The value with its unit."""
        return f"{short(self.value)} {self.unit}".rstrip()

    def record(self) -> dict[str, object]:
        """The figure as JSON holds it."""
        return {**asdict(self), "verdict": self.verdict}


def short(value: float) -> str:
    """Return a number with three significant digits, without an exponent."""
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    if abs(value) >= 1000.0:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def least_cpu_seconds(action: Callable[[], object], times: int = 5) -> float:
    """Return the least CPU time of this thread that `action` took; others on the machine count little."""
    seconds = []
    for _time in range(times):
        began = thread_time()
        action()
        seconds.append(thread_time() - began)
    return min(seconds)


def text_table(figures: Sequence[Figure]) -> str:
    """Return the figures as lines for a terminal."""
    rows = [("benchmark", "what", "measured", "target", "")]
    rows += [(each.benchmark, each.what, each.shown, each.wanted, each.verdict) for each in figures]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = []
    for row, figure in zip(rows, (None, *figures), strict=True):
        cells = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        lines.append(cells)
        if figure is not None and figure.note:
            lines.append(f"{'':{widths[0] + 2}}  {figure.note}")
    return "\n".join(lines)


def markdown_table(figures: Iterable[Figure]) -> str:
    """Return the figures as a table of a document."""
    lines = ["| benchmark | what | measured | target | | note |", "| --- | --- | --- | --- | --- | --- |"]
    lines += [
        f"| {each.benchmark} | {each.what} | {each.shown} | {each.wanted} | {each.verdict} | {each.note} |"
        for each in figures
    ]
    return "\n".join(lines)


def stored() -> list[Figure]:
    """Return the figures that were written last, by benchmark."""
    if not RESULTS.exists():
        return []
    with RESULTS.open(encoding="utf-8", newline="") as file:
        return [
            Figure(
                row["benchmark"],
                row["what"],
                float(row["value"]),
                row["unit"],
                float(row["target"]) if row["target"] else None,
                row["at_least"] == "True",
                row["note"],
            )
            for row in csv.DictReader(file)
        ]


def store(figures: Sequence[Figure], order: Sequence[str]) -> None:
    """Put new figures in the place of those of the same benchmarks, in the table and in the README."""
    fresh = {figure.benchmark for figure in figures}
    kept = [figure for figure in stored() if figure.benchmark not in fresh]
    rows = sorted([*kept, *figures], key=lambda figure: order.index(figure.benchmark))
    with RESULTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(asdict(rows[0])), lineterminator="\n")
        writer.writeheader()
        writer.writerows({**asdict(row), "value": f"{row.value:.6g}"} for row in rows)
    text = README.read_text("utf-8")
    before, _begin, rest = text.partition(BEGIN)
    _old, _end, after = rest.partition(END)
    README.write_text(f"{before}{BEGIN}\n{markdown_table(stored())}\n{END}{after}", "utf-8")
