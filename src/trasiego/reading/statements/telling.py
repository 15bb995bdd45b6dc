"""Events as they are told: which parts of a report tell of one and the same."""

from __future__ import annotations

from dataclasses import dataclass, field

ONE_OPERATION = ("raid", "seizure", "arrest")
"""Kinds that may be parts of one operation, the one that gives its name to the whole first."""

LEAD = 3
"""How many sentences from its start on a report may still tell what its first sentence sums up."""

NEAR = 4
"""How many sentences apart two parts of one operation may be told."""


@dataclass(slots=True)
class Event:
    """An event as far as it has been told; `fresh` where its words bring in a new one."""

    type: str
    sentence: int
    start: int
    end: int
    text_start: int
    text_end: int
    sentence_span: tuple[int, int]
    date: str = ""
    place: str = ""
    by: str = ""
    against: str = ""
    counts: dict[str, float] = field(default_factory=dict)
    fresh: bool = True


def take_in(told: list[Event], event: Event) -> None:
    """Add an event to those told, or to the one that it is."""
    for earlier in reversed(told):
        if _same(earlier, event):
            _merge(earlier, event)
            return
    if event.type and (event.fresh or event.date or event.counts):
        told.append(event)


def _same(earlier: Event, event: Event) -> bool:
    near = event.sentence - earlier.sentence <= (1 if event.date and not earlier.date else NEAR)
    if not _agree(earlier.date, event.date):
        return False
    if not event.type or not event.fresh:
        return event.type in ("", earlier.type) or earlier.type in ONE_OPERATION
    dated = bool(earlier.date and event.date)
    summary = not earlier.date and earlier.sentence <= 1 and event.sentence <= LEAD
    if earlier.type == event.type and summary:
        return True
    if earlier.type == event.type:
        return (
            (dated or near) and _agree(earlier.place, event.place) and _agree(earlier.against, event.against)
        )
    types = (earlier.type, event.type)
    joint = "raid" in types and set(types) <= set(ONE_OPERATION)
    apart = earlier.type != "raid" and bool(earlier.date) and not _agree(earlier.place, event.place)
    return joint and not apart and (near or dated) and _agree(earlier.against, event.against)


def _agree(one: str, other: str) -> bool:
    return not one or not other or one.startswith(other) or other.startswith(one)


def _merge(earlier: Event, event: Event) -> None:
    if (
        event.fresh
        and event.date
        and not earlier.date
        or event.date
        and event.place
        and event.date == earlier.date
    ):
        earlier.place = event.place or earlier.place
        earlier.against = event.against or earlier.against
    if event.fresh or not earlier.date:
        earlier.date = max(earlier.date, event.date, key=len)
    if event.type in ONE_OPERATION and earlier.type in ONE_OPERATION and event.fresh:
        earlier.type = min(earlier.type, event.type, key=ONE_OPERATION.index)
    if event.fresh:
        earlier.place = earlier.place or event.place
        named = event.by[:1].isupper() and not earlier.by[:1].isupper()
        earlier.by = event.by if named else earlier.by or event.by
        earlier.against = earlier.against or event.against
    earlier.counts = {**event.counts, **earlier.counts}
    earlier.sentence = event.sentence


def worth(event: Event) -> bool:
    """Tell whether enough is told of an event; a year and no more is a figure of that year."""
    named = bool(event.place or event.against or event.by[:1].isupper())
    if len(event.date) == len("2020") and not named:
        return False
    return bool(event.date or event.counts or ((event.by or event.place) and event.against))
