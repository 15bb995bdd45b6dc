"""The picture of a month: its steps in order, with what each reads and writes, as SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from model_documentation.code import steps
from model_documentation.sources import Submodel
from model_documentation.tables import of_step

WIDTH = 980
BOX_LEFT, BOX_WIDTH = 345, 290
TOP, ROW_GAP, LINE = 74, 16, 17
SIDE_CHARACTERS, BOX_CHARACTERS = 38, 36
INK, GREY, READ, WRITE = "#1d2733", "#5b6775", "#2b6a9b", "#a3541a"
LABEL = "One month of the model: its steps in order, with what each reads and writes"
STYLE = f"""
    text {{ font: 13px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: {INK} }}
    .title {{ font-size: 17px; font-weight: 600 }}
    .name {{ font-size: 14px; font-weight: 600 }}
    .grey {{ fill: {GREY} }}
    .read {{ fill: {READ} }}
    .write {{ fill: {WRITE} }}
"""


def month_picture(submodels: Sequence[Submodel], words: Mapping[str, Mapping[str, str]]) -> str:
    """Return the picture as SVG text; `words` are the rows of docs/odd/state-variables.csv."""
    parts: list[str] = []
    top = TOP
    for number, (name, text) in enumerate(steps(), 1):
        read = _short(of_step(submodels, name, "reads"), words)
        written = _short(of_step(submodels, name, "writes"), words)
        sides = _wrap(read, SIDE_CHARACTERS), _wrap(written, SIDE_CHARACTERS)
        told = _wrap(text.lstrip("0123456789. ").split(" "), BOX_CHARACTERS, " ")
        height = LINE * max(len(sides[0]), len(sides[1]), len(told) + 1) + 16
        parts += _row(top, height, f"{number}  {name}", told, sides)
        top += height + ROW_GAP
        centre = BOX_LEFT + BOX_WIDTH // 2
        parts.append(_arrow(centre, top - ROW_GAP + 2, centre, top - 2, GREY))
    bottom = top - ROW_GAP
    parts += _frame(bottom)
    return _svg(parts, bottom + 46)


def _short(names: Sequence[str], words: Mapping[str, Mapping[str, str]]) -> list[str]:
    return list(dict.fromkeys(words[name]["short"] for name in names))


def _wrap(words: Sequence[str], width: int, separator: str = ", ") -> list[str]:
    lines = [""]
    for word in words:
        longer = f"{lines[-1]}{separator}{word}" if lines[-1] else word
        if len(longer) > width:
            lines[-1] += separator.rstrip()
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _row(
    top: int, height: int, name: str, told: Sequence[str], sides: tuple[Sequence[str], Sequence[str]]
) -> list[str]:
    right = BOX_LEFT + BOX_WIDTH
    middle = top + height // 2
    parts = [
        f'<rect x="{BOX_LEFT}" y="{top}" width="{BOX_WIDTH}" height="{height}" rx="6" '
        f'fill="#fff" stroke="{INK}"/>',
        _text(BOX_LEFT + 12, _first(top, height, len(told) + 1), name, "name"),
        *(
            _text(BOX_LEFT + 12, _first(top, height, len(told) + 1) + LINE * (i + 1), line, "grey")
            for i, line in enumerate(told)
        ),
        _arrow(BOX_LEFT - 32, middle, BOX_LEFT - 3, middle, READ),
        _arrow(right + 3, middle, right + 32, middle, WRITE),
    ]
    for lines, x, anchor, kind in (
        (sides[0], BOX_LEFT - 40, "end", "read"),
        (sides[1], right + 40, "start", "write"),
    ):
        first = _first(top, height, len(lines))
        parts += [_text(x, first + LINE * i, line, kind, anchor) for i, line in enumerate(lines)]
    return parts


def _first(top: int, height: int, lines: int) -> int:
    """Baseline of the first of some lines that stand in the middle of a row."""
    return top + (height - LINE * lines) // 2 + 13


def _frame(bottom: int) -> list[str]:
    """Heads of the columns and the way back to the next month."""
    centre, right = BOX_LEFT + BOX_WIDTH // 2, BOX_LEFT + BOX_WIDTH
    return [
        _text(centre, 32, "One month", "title", "middle"),
        _text(BOX_LEFT - 40, 58, "reads", "read", "end"),
        _text(right + 40, 58, "writes", "write"),
        _text(centre, bottom + 32, "record the month; the next one begins at 1", "grey", "middle"),
    ]


def _text(x: int, y: int, text: str, kind: str, anchor: str = "start") -> str:
    return f'<text x="{x}" y="{y}" class="{kind}" text-anchor="{anchor}">{escape(text)}</text>'


def _arrow(x1: int, y1: int, x2: int, y2: int, colour: str) -> str:
    """A line with a head: level to the right, or straight down."""
    head = (
        f"{x2},{y2} {x2 - 7},{y2 - 4} {x2 - 7},{y2 + 4}"
        if y1 == y2
        else f"{x2},{y2} {x2 - 4},{y2 - 7} {x2 + 4},{y2 - 7}"
    )
    return (
        f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{colour}"/>'
        f'<polygon points="{head}" fill="{colour}"/>'
    )


def _svg(parts: Sequence[str], height: int) -> str:
    body = "\n  ".join(parts)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" role="img" aria-label="{LABEL}">\n'
        f"  <style>{STYLE}  </style>\n"
        f'  <rect width="{WIDTH}" height="{height}" fill="#f7f8fa"/>\n  {body}\n</svg>\n'
    )
