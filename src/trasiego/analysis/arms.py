"""Arms: what a pattern lays over its scenario, so that the same runs can be had with and without it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from trasiego.analysis.strict import Fields
from trasiego.common.faults import Faults
from trasiego.common.messages import _
from trasiego.scenario.documents import shipped_names
from trasiego.scenario.event_checks import EVENT_KINDS
from trasiego.scenario.policy import read_policy
from trasiego.scenario.settings import setting_document

if TYPE_CHECKING:
    from trasiego.analysis.patterns import Pattern
    from trasiego.scenario import Scenario

BASE = "base"
"""Name under which measures ask for the runs without an arm."""

OVERLAY_KEYS = ("policies", "set", "without_events")


@dataclass(frozen=True)
class Overlay:
    """What is laid over a scenario: policies, then settings, as on the command line.

    `without_events` are kinds of scripted events of which none takes place.
    """

    policies: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    without_events: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.policies or self.settings or self.without_events)

    def upon(self, below: Overlay) -> Overlay:
        """Return this overlay laid upon another."""
        return Overlay(
            below.policies + self.policies,
            below.settings + self.settings,
            tuple(dict.fromkeys(below.without_events + self.without_events)),
        )

    def settings_in(self, scenario: Scenario) -> tuple[str, ...]:
        """Return the settings in full: the events of the scenario that do not happen are among them."""
        events = [
            name
            for name in scenario.section("events")
            if scenario.text(f"events.{name}.kind") in self.without_events and scenario.happens(name)
        ]
        return (*self.settings, *(f"events.{name}.happens=false" for name in events))


@dataclass(frozen=True)
class Arm:
    """An overlay with what it stands for; `text` says so in words."""

    text: str
    overlay: Overlay

    @property
    def cost_usd_per_month(self) -> float | None:
        """What the policies of the arm cost together, None where it has none that says."""
        costs = [cost for cost in map(policy_cost, self.overlay.policies) if cost is not None]
        return sum(costs) if costs else None


def arms_of(patterns: Iterable[Pattern], scenario: Scenario) -> tuple[Overlay, ...]:
    """Return the overlays under which the scenario has to run for the patterns, each once.

    The scenario as it is is not among them. Arms are made for the scenario of their pattern, so patterns of
    other scenarios ask for nothing.
    """
    asked: dict[Overlay, None] = {}
    for pattern in patterns:
        if pattern.scenario == scenario.name and pattern.arms:
            for overlay in (pattern.base, *(arm.overlay.upon(pattern.base) for arm in pattern.arms.values())):
                if overlay:
                    asked[overlay] = None
    return tuple(asked)


@cache
def policy_cost(name: str) -> float | None:
    """Return what a shipped policy costs [USD/month] by its own basis, None where it does not say."""
    cost = read_policy(name).cost
    return None if cost is None else cost.value


def read_arm(row: Fields) -> Arm:
    """Return one arm; its faults stay in `row`."""
    return Arm(row.text("text"), read_overlay(row))


def read_overlay(row: Fields) -> Overlay:
    """Return the overlay in a table; its faults stay in `row`."""
    policies, settings, kinds = (row.texts(key, required=False) for key in OVERLAY_KEYS)
    if not (policies or settings or kinds):
        text = _("one or more of: {names}").format(names=", ".join(OVERLAY_KEYS))
        row.blame("policies", _("nothing that changes the scenario"), text, _("say what is laid over it"))
    known = dict.fromkeys(shipped_names("policies"))
    for policy in policies:
        row.one_of("policies", policy, known)
    for kind in kinds:
        row.one_of("without_events", kind, EVENT_KINDS)
    for setting in settings:
        try:
            setting_document(setting)
        except Faults as error:
            for fault in error.faults:
                row.blame("set", f"{setting}: {fault.found}", fault.allowed, fault.do)
    return Overlay(policies, settings, kinds)
