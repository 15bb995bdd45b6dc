"""How things are shown: JSON for programs, tables for people (80 columns are enough)."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from errno import ENOENT
from os import strerror
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table


def plain(value: Any) -> Any:
    """Return a value as what JSON knows: records as objects, dates as text, numbers that are none as null."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(part) for part in value]
    if hasattr(value, "tolist") and not isinstance(value, (str, bytes)):
        if "datetime64" in str(getattr(value, "dtype", "")):
            return plain(value.astype(str).tolist())
        return plain(value.tolist())
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return str(value)


def write_json(value: Any, path: Path | None = None) -> None:
    """Print a value as JSON on standard output, or write it to a file (whole or not at all)."""
    text = json.dumps(plain(value), ensure_ascii=False, indent=2, allow_nan=False)
    if path is None:
        click.echo(text)
        return
    if not path.parent.is_dir():
        raise FileNotFoundError(ENOENT, strerror(ENOENT), str(path))
    beside = path.with_name(f".{path.name}.partial")
    beside.write_text(text + "\n", encoding="utf-8")
    beside.replace(path)


def console() -> Console:
    """Return a console on standard output; text is shown as it is, never read as markup."""
    from rich.console import Console

    return Console(markup=False, highlight=False, emoji=False, soft_wrap=False)


def table(
    columns: Sequence[str | tuple[str, str]], rows: Sequence[Sequence[object]], title: str | None = None
) -> Table:
    """Return a table without lines; a column is a heading, or a heading and "right", "name" or "wrap".

    "right" is for numbers, "name" for words that are typed elsewhere and so are never cut, "wrap" (the
    default) for prose.
    """
    from rich.table import Table

    made = Table(box=None, padding=(0, 2, 0, 0), title=title, title_justify="left", title_style="bold")
    for column in columns:
        heading, kind = (column, "wrap") if isinstance(column, str) else column
        made.add_column(
            heading,
            header_style="dim",
            style="bold" if kind == "name" else "",
            justify="right" if kind == "right" else "left",
            no_wrap=kind in ("name", "right"),
            overflow="fold",
        )
    for row in rows:
        made.add_row(*("" if cell is None else str(cell) for cell in row))
    return made


def figure(value: float | None, digits: int = 3) -> str:
    """Return a number as a person writes it: at most `digits` figures, thousands apart, no exponent."""
    if value is None or not math.isfinite(value):
        return "-"
    if value == 0:
        return "0"
    decimals = digits - 1 - math.floor(math.log10(abs(value)))
    rounded = round(value, decimals)
    text = f"{rounded:,.{max(decimals, 0)}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: float | None) -> str:
    """Return a share as percent with two figures, a dash where there is none."""
    return "-" if share is None or not math.isfinite(share) else f"{figure(100 * share, 2)}%"


def span(low: float | None, high: float | None, digits: int = 3) -> str:
    """Return an interval, or a dash when there is none."""
    if low is None or high is None or not (math.isfinite(low) and math.isfinite(high)):
        return "-"
    return f"{figure(low, digits)} to {figure(high, digits)}"
