"""What somebody asks to have compared: arms as typed, and the months looked at, checked before any run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from trasiego.common.faults import Fault, Faults
from trasiego.common.messages import _

if TYPE_CHECKING:
    from trasiego.scenario import Scenario

JOINED = "+"
"""What stands between the policies of one arm."""


def asked_arms(policies: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the policies of each arm by its name; raise Faults without one, or where two are the same."""
    arms = {each: _split(each) for each in policies}
    if not arms or len({frozenset(names) for names in arms.values()}) < len(policies):
        raise Faults(
            Fault(
                file=None,
                line=None,
                key=_("policies to compare"),
                found=_("the same arm twice") if arms else _("none"),
                allowed=_("one or more arms, each once; the scenario as it is always runs beside them"),
                nearest=None,
                do=_("for example --policy anti-corruption --policy leaders-first"),
            )
        )
    return arms


def asked_start(scenario: Scenario, start: str | None) -> str | None:
    """Return the month from which the policies hold; raise Faults unless it is a month of the scenario."""
    if start is not None:
        asked_period(scenario, None, start, None)
    return start


def asked_period(
    scenario: Scenario, months: int | None, first: str | None, last: str | None
) -> tuple[str, str]:
    """Return the first and last month looked at; raise Faults unless they are months of the run in order."""
    import numpy as np

    begin = np.datetime64(str(scenario.start), "M")
    end = begin + (scenario.months if months is None else months) - 1
    found = (first or str(begin), last or str(end))
    inside = all(re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", month) for month in found)
    if not (inside and str(begin) <= found[0] <= found[1] <= str(end)):
        raise Faults(
            Fault(
                file=None,
                line=None,
                key=_("months looked at"),
                found=_("{first} to {last}").format(first=found[0], last=found[1]),
                allowed=_("months of the run in order, from {first} to {last}").format(first=begin, last=end),
                nearest=None,
                do=_("write a month as 2012-01, or leave it out for the end of the run"),
            )
        )
    return found


def _split(text: str) -> tuple[str, ...]:
    """Return the policies of an arm as typed ("A+B"); raise Faults for an empty name or one named twice."""
    names = tuple(part.strip() for part in text.split(JOINED))
    if "" in names or len(set(names)) < len(names):
        raise Faults(
            Fault(
                file=None,
                line=None,
                key=_("policy {text}").format(text=text),
                found=_("a policy without name") if "" in names else _("a policy twice in one arm"),
                allowed=_("names of policies with + between them, each once"),
                nearest=None,
                do=_("for example --policy anti-corruption+leaders-first"),
            )
        )
    return names
