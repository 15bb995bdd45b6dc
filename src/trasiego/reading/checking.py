"""What a record of a candidate must hold: told key by key, for files and for what a reviewer types."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import fields
from math import isfinite
from typing import Any, NamedTuple

from trasiego.common.faults import nearest
from trasiego.common.messages import _
from trasiego.common.predicates import PREDICATES
from trasiego.reading.candidate import EVENT_TYPES, KINDS, MODALITIES, Candidate
from trasiego.reading.mentions import ENTITY_TYPES

FIGURES = ("value", "low", "high")
OFFSETS = ("start", "end", "sentence_start")
LISTS = ("aliases", "choices", "contradicts")
NAMES: tuple[str, ...] = tuple(field.name for field in fields(Candidate))
"""Names of all fields of a candidate, in their order."""

LARGEST = 2**53
"""Whole numbers below this are the same as floating-point numbers."""

REQUIRED = ("id", "kind", "document", "quote", "start", "end")
NEEDED = {
    "entity": ("name", "type"),
    "quantity": (),
    "event": ("type",),
    "relation": ("subject", "predicate", "object"),
}
"""Fields that every candidate needs, and those that one kind needs besides."""


class Problem(NamedTuple):
    """What is wrong with one key of a record, in the words of a fault."""

    key: str
    found: str
    allowed: str
    nearest: str | None
    do: str


def problems(record: Mapping[str, Any]) -> list[Problem]:
    """Return all that keeps a record, as read from JSON, from being a candidate; empty when it is one."""
    found = [_unknown(key) for key in record if key not in NAMES]
    found += [_missing(key) for key in REQUIRED if record.get(key) in (None, "")]
    for key, value in record.items():
        if key in NAMES and not _fits(key, value):
            found.append(Problem(key, _shown(value), _FORMS[_form(key)], None, _("correct the value")))
    if found:
        return found
    found += list(_out_of_list(record))
    if not found:
        found += [_missing(key) for key in NEEDED[record["kind"]] if not record.get(key)]
        found += list(_apart(record))
    return found


def candidate_of(record: Mapping[str, Any]) -> Candidate:
    """Return the candidate of a record that has no problems."""
    candidate = Candidate(**record)
    for key in (*FIGURES, "confidence"):
        figure = getattr(candidate, key)
        setattr(candidate, key, None if figure is None else float(figure))
    return candidate


def types_of(kind: str) -> tuple[str, ...]:
    """Return the types that a candidate of this kind may have; empty where the kind has none."""
    return {"entity": ENTITY_TYPES, "event": EVENT_TYPES}.get(kind, ())


def _form(key: str) -> str:
    if key in FIGURES or key == "confidence":
        return "figure"
    if key in OFFSETS:
        return "offset"
    if key in LISTS:
        return "list"
    return "counts" if key == "counts" else "text"


_FORMS: dict[str, str] = {
    "figure": _("a finite number without quotes"),
    "offset": _("a whole number from 0 up"),
    "list": _("a list of texts"),
    "counts": _("a table of names and numbers"),
    "text": _("a text in quotes"),
}


def _fits(key: str, value: Any) -> bool:
    if value is None:
        return key in FIGURES
    fitting: dict[str, Callable[[Any], bool]] = {
        "figure": _is_figure,
        "offset": lambda each: isinstance(each, int) and not isinstance(each, bool) and 0 <= each < LARGEST,
        "list": lambda each: isinstance(each, list) and all(isinstance(part, str) for part in each),
        "counts": lambda each: isinstance(each, dict) and all(map(_is_figure, each.values())),
        "text": lambda each: isinstance(each, str),
    }
    return fitting[_form(key)](value)


def _is_figure(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) < LARGEST if isinstance(value, int) else isfinite(value)


def _out_of_list(record: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield the words that are not in their closed list."""
    kind = record["kind"]
    lists: dict[str, Collection[str]] = {"kind": KINDS, "modality": MODALITIES}
    if kind == "relation":
        lists["predicate"] = PREDICATES
    if kind in ("entity", "event"):
        lists["type"] = types_of(kind)
    for key, words in lists.items():
        value = record.get(key, "")
        if value and value not in words:
            close = nearest(value, words)
            yield Problem(key, value, ", ".join(words), close, _("write one of the allowed words"))


def _apart(record: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what does not go together: offsets and quote, the ends of a range, a quantity without figure."""
    start, end, quote = record["start"], record["end"], record["quote"]
    if end - start != len(quote):
        found = _("{end}, for {count} characters from {start} on").format(
            end=end, count=len(quote), start=start
        )
        yield Problem("end", found, str(start + len(quote)), None, _("quote is the text from start to end"))
    if record["kind"] != "quantity":
        return
    value, low, high = (record.get(key) for key in FIGURES)
    if value is None and low is None and high is None:
        allowed = _("value, low or high")
        yield Problem("value", _("no figure"), allowed, None, _("fill in at least one"))
    ends = [each for each in (low, value, high) if each is not None]
    if ends != sorted(ends):
        found = " > ".join(f"{each:.10g}" for each in ends)
        yield Problem("value", found, _("low, value and high in this order"), None, _("correct one of them"))


def _unknown(key: str) -> Problem:
    close = nearest(key, NAMES)
    return Problem(key, _("a key that candidates do not have"), ", ".join(NAMES), close, _("correct it"))


def _missing(key: str) -> Problem:
    return Problem(key, _("nothing"), _FORMS[_form(key)], None, _("fill it in or leave the line out"))


def _shown(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "..."
