"""Changing the fields of a candidate: one question after the other, or a small TOML file in an editor."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable
from typing import Any

from trasiego.common.faults import Fault
from trasiego.common.messages import _
from trasiego.reading.candidate import Candidate
from trasiego.reading.checking import FIGURES, LISTS, Problem
from trasiego.reading.review.session import EDITABLE, clean, problems_with

EMPTY = "-"
"""What a reviewer types to empty a field."""

Said = Callable[..., Any]


def text_of(value: Any) -> str:
    """Return the value of a field as it is typed: lists with commas, counts as name=number."""
    if value is None:
        return ""
    if isinstance(value, dict):
        return ", ".join(f"{name}={count:.10g}" for name, count in value.items())
    if isinstance(value, list):
        return ", ".join(value)
    return f"{value:.10g}" if isinstance(value, float) else str(value)


def value_of(name: str, text: str) -> Any:
    """Return what a reviewer typed for a field as its value; what is no number stays a text."""
    text = text.strip()
    if name in FIGURES:
        return None if not text else _number(text)
    if name in LISTS:
        return [part.strip() for part in text.split(",") if part.strip()]
    if name == "counts":
        pairs = (part.partition("=") for part in text.split(",") if part.strip())
        return {key.strip(): _number(count) for key, _sign, count in pairs}
    return text


def _number(text: str) -> Any:
    try:
        return float(text.replace(" ", ""))
    except ValueError:
        return text


def edited_by_asking(item: Candidate, ask: Callable[[str, str], str], said: Said) -> dict[str, Any] | None:
    """Ask for each field that may change and return those that did, None when none did.

    `ask` gets the name of a field and its present text and returns the new one. What is wrong is said and
    asked again, from the text that the field had.
    """
    said(_(" Return keeps a field, {sign} empties it").format(sign=EMPTY), style="dim")
    changes: dict[str, Any] = {}
    names = EDITABLE[item.kind]
    while True:
        for name in names:
            before = text_of(changes.get(name, getattr(item, name)))
            typed = ask(name, before)
            if typed != before:
                changes[name] = value_of(name, "" if typed.strip() == EMPTY else typed)
        wrong = problems_with(item, changes)
        if not wrong:
            return clean(changes, item) or None
        _tell(wrong, said)
        faulty = {each.key for each in wrong}
        names = tuple(name for name in EDITABLE[item.kind] if name in faulty) or EDITABLE[item.kind]
        for name in names:
            changes.pop(name, None)


def edited_in_editor(
    item: Candidate, said: Said, edit: Callable[[str], str | None] | None = None
) -> dict[str, Any] | None:
    """Let the reviewer change the fields in an editor and return those that changed, None when none did."""
    text = toml_of(item)
    while True:
        text_now = (edit or _editor)(text)
        if text_now is None or text_now == toml_of(item):
            return None
        changes, wrong = _read(item, text_now)
        if not wrong:
            return clean(changes, item) or None
        _tell(wrong, said)
        if text_now == text:
            return None
        text = text_now


def toml_of(item: Candidate) -> str:
    """Return the fields that may change as a small TOML file."""
    lines = [f"# {line}" for line in (item.sentence or item.quote).splitlines()]
    lines.append("# " + _('empty fields: "", [] or {}; a figure that is not there stands as ""'))
    for name in EDITABLE[item.kind]:
        value = getattr(item, name)
        lines.append(f"{name} = {_toml('' if value is None else value)}")
    return "\n".join(lines) + "\n"


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key)} = {count!r}" for key, count in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


def _read(item: Candidate, text: str) -> tuple[dict[str, Any], list[Problem]]:
    """Return the fields of a TOML file and what is wrong with them."""
    try:
        changes = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return {}, [Problem("", str(error), _("key = value on each line"), None, _("correct the line"))]
    strange = [name for name in changes if name not in EDITABLE[item.kind]]
    if strange:
        allowed = ", ".join(EDITABLE[item.kind])
        return {}, [
            Problem(strange[0], _("a field that does not change here"), allowed, None, _("remove it"))
        ]
    for name in FIGURES:
        if changes.get(name) == "":
            changes[name] = None
    return changes, problems_with(item, changes)


def _editor(text: str) -> str | None:
    import click

    return click.edit(text, extension=".toml")


def _tell(wrong: list[Problem], said: Said) -> None:
    for each in wrong:
        said(Fault(None, None, *each).text(), style="red")
