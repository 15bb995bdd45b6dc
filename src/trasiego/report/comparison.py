"""The folder and the page of a comparison: what each policy changes, how surely, where the flow goes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trasiego.analysis.outcomes import MARKET_PRICE
from trasiego.report.page import can_write, fill_frame, write_page

if TYPE_CHECKING:
    from trasiego.analysis.comparison import Comparison

COMPARISON = "comparison.json"
"""The file by which the folder of a comparison is known."""

PAGE_FILE = "comparison.html"
PARTS = "compare"
STYLES = ("style.css", "narrow.css", f"{PARTS}/compare.css")
SCRIPTS = ("base.js", "tables.js", *(f"{PARTS}/{name}" for name in ("bars.js", "where.js", "main.js")))


def write_comparison(comparison: Comparison, path: Path | str, *, overwrite: bool = False) -> Path:
    """Write the folder of a comparison, whole or not at all, and return its path.

    It holds comparison.json, runs.parquet (every run), differences.parquet and, where the browser code was
    built in, comparison.html. Raise Faults as `trasiego.results.write_folder` does.
    """
    from trasiego.results import write_whole

    def write(folder: Path) -> None:
        import pyarrow.parquet as pq

        from trasiego.analysis.comparison_tables import runs_table, summary_table

        pq.write_table(runs_table(comparison), folder / "runs.parquet", compression="zstd")
        pq.write_table(summary_table(comparison), folder / "differences.parquet", compression="zstd")
        if can_write():
            write_comparison_page(comparison, folder / PAGE_FILE)
        text = json.dumps(comparison.to_dict(), indent=2, ensure_ascii=False, allow_nan=False)
        (folder / COMPARISON).write_text(text + "\n", encoding="utf-8")

    return write_whole(path, COMPARISON, write, overwrite=overwrite)


def write_comparison_page(comparison: Comparison, path: Path) -> None:
    """Write the page of a comparison as one HTML file that works offline.

    Raise Faults when the browser code is not there.
    """
    from trasiego.report.comparison_strings import comparison_texts

    texts = comparison_texts()
    payload = comparison_payload(comparison, texts)
    write_page(fill_frame(f"{PARTS}/index.html", STYLES, SCRIPTS, payload, texts, {}), path)


def run_line(comparison: Comparison, words: Mapping[str, str]) -> str:
    """Return the line under the title: runs, seed, months, and the month from which policies hold."""
    line = words["run_line"].format(
        runs=comparison.runs, seed=comparison.seed, first=comparison.first, last=comparison.last
    )
    start = words["start_line"].format(start=comparison.start)
    return f"{line} · {start}" if comparison.start else line


def comparison_payload(comparison: Comparison, words: Mapping[str, str]) -> dict[str, Any]:
    """Return everything that the page shows, as plain JSON data; `words` are the texts of the page."""
    from trasiego.common.units import unit_text
    from trasiego.report.page import vendor_versions
    from trasiego.world.geography import load_geography, load_outlines

    geography = load_geography()
    markets = {row.entity for row in comparison.outcomes if row.outcome == MARKET_PRICE}
    found = comparison.to_dict()
    return {
        **found,
        "language": words["language"],
        "run_line": run_line(comparison, words),
        "licences": [
            words["licence_outlines"],
            words["licence_code"].format(**vendor_versions()),
            words["licence_program"].format(version=comparison.trasiego_version),
        ],
        "countries": dict(geography.countries),
        "markets": {place.id: place.name for place in geography.places if place.id in markets},
        "units": {row.unit: "" if row.unit == "1" else unit_text(row.unit) for row in comparison.outcomes},
        "outlines": load_outlines(),
        "policies": list(
            {policy["name"]: policy for arm in found["arms"] for policy in arm["policies"]}.values()
        ),
    }
