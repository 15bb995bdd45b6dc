"""What is scripted: reported events, groups that come and go, and numbers that change under a policy."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from trasiego.common.messages import _
from trasiego.scenario import Scenario
from trasiego.world.actors import NEVER, months_since
from trasiego.world.tables import Delayed, Event, Opening
from trasiego.world.values import blame, figure, word

Tables = Mapping[str, Mapping[str, int]]


def build_events(scenario: Scenario, tables: Tables, opening: Opening) -> tuple[Event, ...]:
    """Events in order of their month.

    Those with a target outside the region, or that the scenario says do not happen, are left out.
    """
    events = [
        event
        for name in scenario.section("events")
        if scenario.happens(name) and (event := _event(name, scenario, tables)) is not None
    ]
    for name, group in tables["groups"].items():
        if opening.group_first[group] > 0:
            events.append(_coming(name, group, int(opening.group_first[group]), "enter"))
        if opening.group_last[group] < NEVER:
            events.append(_coming(name, group, int(opening.group_last[group]) + 1, "dissolve"))
    return tuple(sorted(events, key=lambda event: event.month))


def _coming(name: str, group: int, month: int, kind: str) -> Event:
    return Event(month, kind, group, "groups", 0.0, 0.0, -1, "", "", (), f"{name}-{kind}")


def _event(name: str, scenario: Scenario, tables: Tables) -> Event | None:
    prefix = f"events.{name}."
    target = word(scenario, prefix + "target")
    for table, index in tables.items():
        if target in index:
            by, kind = scenario.text(prefix + "by") or "", word(scenario, prefix + "kind")
            actors = tables["groups" if kind == "split" else "brokers"]
            return Event(
                month=months_since(scenario, np.datetime64(word(scenario, prefix + "date"), "M")),
                kind=kind,
                target=index[target],
                table=table,
                size=figure(scenario, prefix + "size", 0.0),
                seized_kg=figure(scenario, prefix + "seized_kg", 0.0),
                by=actors.get(by, -1),
                choice=scenario.text(prefix + "choice") or "",
                text=scenario.text(prefix + "text") or "",
                claims=tuple(scenario.ids(prefix + "claims")),
                id=name,
            )
    return None


def build_delayed(scenario: Scenario) -> tuple[Delayed, ...]:
    """Numbers that a policy changes from its start on, in order of month.

    Those that hold from the start and that the model counts against the file change in the first month.
    Demand is kept relative to that of the opening, so a market that opens with none is a fault.
    """
    for _month, path, _number in scenario.delayed:
        if path.endswith(".consumption_kg_per_year") and figure(scenario, path) == 0.0:
            raise blame(
                scenario,
                path,
                _("no consumption at the start of the run, and some from a later month on"),
                _("some consumption from the start, which a later change can raise"),
                _("give the market a small consumption, or the policy no start"),
            )
    changes = [Delayed(0, path, figure(scenario, path)) for path in scenario.file_figures]
    changes += [
        Delayed(months_since(scenario, month), path, number.value) for month, path, number in scenario.delayed
    ]
    return tuple(sorted(changes, key=lambda change: change.month))
