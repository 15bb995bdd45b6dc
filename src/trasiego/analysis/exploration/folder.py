"""The folders of sensitivity analyses and calibrations: JSON, tables for other programs, and an overlay."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from trasiego.analysis.exploration.calibration import Calibration
from trasiego.analysis.exploration.explored import Explored
from trasiego.analysis.exploration.sensitivity import Sensitivity
from trasiego.common.messages import _
from trasiego.results import write_whole

if TYPE_CHECKING:
    import pyarrow as pa

SENSITIVITY, CALIBRATION = "sensitivity.json", "calibration.json"
"""The files by which the folders are known."""

OVERLAY = "nearest.toml"


def write_sensitivity(found: Sensitivity, out: Path, overwrite: bool) -> None:
    """Write the folder of a sensitivity analysis, whole or not at all.

    It holds sensitivity.json, effects.parquet (a row for each figure and number), points.parquet (a row for
    each point: figures of the numbers) and runs.parquet (a row for each run of each point: what was
    measured). One that this same study wrote before stays. Raise Faults as `write_whole`.
    """

    def write(folder: Path) -> None:
        _write_table(effects_table(found), folder / "effects.parquet")
        _write_points(found, folder)

    _write(found, out, SENSITIVITY, write, overwrite)


def write_calibration(found: Calibration, out: Path, overwrite: bool) -> None:
    """Write the folder of a calibration, whole or not at all.

    It holds calibration.json, points.parquet and runs.parquet as of `write_sensitivity` (points with their
    implausibility), ranges.parquet, and nearest.toml, which `trasiego run --policy` takes.
    """

    def write(folder: Path) -> None:
        rows = [
            {name: value for name, value in vars(each).items() if name != "claims"}
            | {"claims": " ".join(each.claims)}
            for each in found.remaining
        ]
        _write_table(_table(rows), folder / "ranges.parquet")
        _write_points(found, folder, {"implausibility": np.array(found.implausible)})
        (folder / OVERLAY).write_text(overlay_text(found), encoding="utf-8")

    _write(found, out, CALIBRATION, write, overwrite)


def effects_table(found: Sensitivity) -> pa.Table:
    """Return a row for each figure and number: figure, unit, number, rank, indices, status, claims."""
    return _table(
        [
            {
                "figure": ranking.figure,
                "figure_unit": ranking.unit,
                "number": each.number,
                "rank": each.rank,
                **vars(each.index),
                "is_clear": each.is_clear,
                "statuses": " ".join(each.statuses),
                "value": each.value,
                "low": each.low,
                "high": each.high,
                "unit": each.unit,
                "claims": " ".join(each.claims),
            }
            for ranking in found.rankings
            for each in ranking.effects
        ]
    )


def overlay_text(found: Calibration) -> str:
    """Return the nearest point as an overlay, a TOML file that `trasiego run --policy` takes."""
    missed = ", ".join(each.figure for each in found.bounds if not each.holds)
    title = _("Point of a calibration of {scenario} that is nearest to its C patterns")
    held = _("The mean of {runs} runs over {months} months lies in all bands.")
    said = _("The mean of {runs} runs over {months} months lies in all bands but: {missed}.")
    lines = [
        "[policy]",
        f"title       = {_quoted(title.format(scenario=found.scenario))}",
        f"description = {_quoted((said if missed else held).format(**vars(found), missed=missed))}",
    ]
    section = ""
    for each in found.remaining:
        table, _dot, key = each.number.rpartition(".")
        if table != section:
            lines += ["", f"[{table}]"]
            section = table
        lines.append(f"{key} = {each.nearest!r}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _write(
    found: Explored,
    out: Path,
    marker: str,
    write: Callable[[Path], None],
    overwrite: bool,
) -> None:
    if not overwrite and _stands(out / marker, found.key):
        return

    def write_all(folder: Path) -> None:
        write(folder)
        text = json.dumps(found.to_dict(), indent=2, ensure_ascii=False, allow_nan=False)
        (folder / marker).write_text(text + "\n", encoding="utf-8")

    write_whole(out, marker, write_all, overwrite=overwrite)


def _stands(file: Path, key: str) -> bool:
    """Whether the folder of this study was written before it was cut short."""
    try:
        return bool(json.loads(file.read_text(encoding="utf-8"))["key"] == key)
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _write_points(found: Explored, folder: Path, more: dict[str, Any] | None = None) -> None:
    """Write the points and their runs."""
    import pyarrow as pa

    points, runs = found.found.shape[:2]
    numbers = dict(zip(found.numbers, found.drawn.T, strict=True))
    _write_table(pa.table({"point": np.arange(points), **(more or {}), **numbers}), folder / "points.parquet")
    measured = found.found.reshape(points * runs, -1)
    columns: dict[str, Any] = {
        "point": np.repeat(np.arange(points), runs),
        "run": np.tile(np.arange(runs), points),
        **dict(zip(found.figures, measured.T, strict=True)),
    }
    _write_table(pa.table(columns), folder / "runs.parquet")


def _table(rows: Sequence[dict[str, Any]]) -> pa.Table:
    import pyarrow as pa

    return pa.Table.from_pylist(list(rows))


def _write_table(table: pa.Table, path: Path) -> None:
    import pyarrow.parquet as pq

    pq.write_table(table, path, compression="zstd")
