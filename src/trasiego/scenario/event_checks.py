"""Cross checks of scripted events: each kind of event has its target, and what it needs to happen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from trasiego.common.faults import Fault
from trasiego.common.messages import _
from trasiego.scenario.cut import period
from trasiego.scenario.numbers import Number, plain
from trasiego.scenario.state import State


@dataclass(frozen=True)
class EventKind:
    """What an event of a kind needs: sections of its target, required keys, further keys, who acts in it."""

    targets: tuple[str, ...]
    needs: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    size_is_share: bool = False
    actors: str = "brokers"


EVENT_KINDS = {
    "raid": EventKind(("groups", "places"), (), ("size", "seized_kg"), size_is_share=True),
    "leader_arrest": EventKind(("groups",)),
    "leader_killed": EventKind(("groups",)),
    "surrender": EventKind(("groups",), ("size",), size_is_share=True),
    "asset_seizure": EventKind(("groups",), ("size",), size_is_share=True),
    "split": EventKind(("groups",), ("size", "by"), size_is_share=True, actors="groups"),
    "dissolve": EventKind(("groups",)),
    "enter": EventKind(("groups",)),
    "budget": EventKind(("countries",), ("size",)),
    "aid": EventKind(("countries",), ("size",), size_is_share=True),
    "eradication": EventKind(("zones", "countries"), ("size",)),
    "demand": EventKind(("markets",), ("size",)),
    "stance": EventKind(("countries",), ("choice",)),
    "capture": EventKind(("places", "countries"), ("size",), size_is_share=True),
    "integrity": EventKind(("countries",), ("size",)),
    "takeover": EventKind(("places",), ("by",)),
    "contest": EventKind(("places",)),
}
EXTRAS = ("size", "seized_kg", "by", "choice")


def _in_period(state: State) -> Iterator[Fault]:
    span = period(state)
    for name, date in state.each("events", "date"):
        if span is not None and not span[0] <= date <= span[1]:
            yield state.spot(f"events.{name}.date").fault(
                date,
                _("{first} to {last}, the months of the run").format(first=span[0], last=span[1]),
                _("correct the month or remove the event"),
            )


def _target_fits(state: State) -> Iterator[Fault]:
    for name, kind in state.each("events", "kind"):
        target = state.value(f"events.{name}.target", str)
        sections = EVENT_KINDS[kind].targets
        if target is None or any(target in _ids(state, section) for section in sections):
            continue
        homes = [
            section
            for section in ("groups", "brokers", "countries", "markets", "zones", "places")
            if target in _ids(state, section)
        ]
        if homes:
            yield state.spot(f"events.{name}.target").fault(
                _("{target}, one of the {section}").format(target=target, section=homes[0]),
                _("for {kind} one of the {sections}").format(kind=kind, sections=_(" or ").join(sections)),
                _("correct the target or the kind"),
            )


def _ids(state: State, section: str) -> list[str]:
    return state.kept if section == "places" else state.section(section)


def _actor_fits(state: State) -> Iterator[Fault]:
    """A takeover is by a principal; a split is by a group, and not by the one that is split."""
    messages = {
        "brokers": (_("{actor}, which is no broker"), _("name the principal that acts")),
        "groups": (_("{actor}, which is no group"), _("name the group that breaks away")),
    }
    for name, kind in state.each("events", "kind"):
        actor, actors = state.value(f"events.{name}.by", str), EVENT_KINDS[kind].actors
        if actor is None or "by" not in EVENT_KINDS[kind].needs:
            continue
        target = state.value(f"events.{name}.target", str)
        if actor == target and actor in state.section(actors):
            yield state.spot(f"events.{name}.by").fault(
                _("{actor}, the group that is split").format(actor=actor),
                _("another group than the target"),
                messages[actors][1],
            )
        elif actor not in state.section(actors) and _is_known(state, actor):
            yield state.spot(f"events.{name}.by").fault(
                messages[actors][0].format(actor=actor), ", ".join(state.section(actors)), messages[actors][1]
            )


def _is_known(state: State, name: str) -> bool:
    """Whether an id means something in the scenario; one that does not has its own fault."""
    sections = ("groups", "brokers", "countries", "markets", "zones", "places")
    return any(name in _ids(state, section) for section in sections)


def _needs_given(state: State) -> Iterator[Fault]:
    for name, kind in state.each("events", "kind"):
        table = f"events.{name}"
        there = [key for key in state.keys("events", name) if key in EXTRAS]
        spec = EVENT_KINDS[kind]
        missing = [key for key in spec.needs if key not in there]
        if missing:
            yield state.spot(table).fault(
                _("an event of kind {kind} without {keys}").format(kind=kind, keys=", ".join(missing)),
                _("{kind} needs {keys}").format(kind=kind, keys=", ".join(spec.needs)),
                _("add {keys}").format(keys=", ".join(missing)),
            )
        for key in there:
            if key not in (*spec.needs, *spec.options):
                takes = ", ".join((*spec.needs, *spec.options)) or _("nothing more")
                yield state.spot(f"{table}.{key}").fault(
                    _("{key} in an event of kind {kind}").format(key=key, kind=kind),
                    _("{kind} takes {keys}").format(kind=kind, keys=takes),
                    _("remove it or change the kind"),
                )


def _size_fits(state: State) -> Iterator[Fault]:
    for name, kind in state.each("events", "kind"):
        size = state.value(f"events.{name}.size", Number)
        if size is not None and EVENT_KINDS[kind].size_is_share and size.value > 1:
            yield (
                state.spot(f"events.{name}.size")
                .below("value")
                .fault(
                    plain(size.value),
                    _("0 to 1, for in an event of kind {kind} size is a share").format(kind=kind),
                    _("write the share, 0.18 for 18 percent"),
                )
            )


def event_checks() -> tuple[tuple[str, str, Callable[[State], Iterator[Fault]]], ...]:
    """Return id, meaning and function of each check of events."""
    return (
        ("event-in-period", "Events of the file happen during the run", _in_period),
        ("event-target-fits", "The target of an event is of the sort that its kind happens to", _target_fits),
        ("event-actor-fits", "Who acts in an event is of the sort that its kind names", _actor_fits),
        ("event-needs-given", "An event has what its kind needs and nothing else", _needs_given),
        ("event-size-fits", "Sizes that are shares are at most 1", _size_fits),
    )
