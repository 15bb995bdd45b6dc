"""The numbers that are varied: chosen by their names, alone or in groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from trasiego.common.faults import Fault, Faults, nearest
from trasiego.common.messages import _
from trasiego.ensemble.parameters import has_range
from trasiego.scenario import Number, Scenario

JUDGED = ("assumed", "calibrated")
"""Statuses of the numbers that are varied where none is named: those that rest on judgement or on a fit."""

NUMBER, TABLE, SECTION = "number", "table", "section"
GROUPINGS = (NUMBER, TABLE, SECTION)
"""What is varied as one: each number, those of a table ("modes.pickup"), those of a section ("modes")."""


@dataclass(frozen=True)
class Subject:
    """What is varied as one: a number, or several under the name of their table or section."""

    name: str
    numbers: tuple[Number, ...]

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of the claims behind its numbers, each once."""
        return tuple(dict.fromkeys(claim for number in self.numbers for claim in number.claims))

    @property
    def statuses(self) -> tuple[str, ...]:
        """Statuses of its numbers, each once."""
        return tuple(dict.fromkeys(number.status for number in self.numbers))


def chosen_numbers(scenario: Scenario, globs: Sequence[str]) -> tuple[Number, ...]:
    """Return the numbers with a range whose path fits one of `globs`, in the order of the scenario.

    Without globs those that are assumed or calibrated. Raise Faults for a glob that no number fits.
    """
    ranged = [number for number in scenario.numbers.values() if has_range(number)]
    if not globs:
        return tuple(number for number in ranged if number.status in JUDGED)
    paths = [number.path for number in ranged]
    fitting = {glob: {path for path in paths if fnmatchcase(path, glob)} for glob in globs}
    faults = [_fits_none(scenario, glob, paths) for glob, found in fitting.items() if not found]
    if faults:
        raise Faults(faults)
    every = set().union(*fitting.values())
    return tuple(number for number in ranged if number.path in every)


def subjects_of(numbers: Sequence[Number], by: str = NUMBER) -> tuple[Subject, ...]:
    """Return the numbers put together by one of GROUPINGS, in the order in which they first come."""
    groups: dict[str, list[Number]] = {}
    for number in numbers:
        groups.setdefault(group_name(number.path, by), []).append(number)
    return tuple(Subject(name, tuple(members)) for name, members in groups.items())


def group_name(path: str, by: str) -> str:
    """Return the name under which a number is varied."""
    if by == NUMBER:
        return path
    return path.rpartition(".")[0] if by == TABLE else path.partition(".")[0]


def _fits_none(scenario: Scenario, glob: str, paths: Sequence[str]) -> Fault:
    return Fault(
        file=None,
        line=None,
        key="--numbers",
        found=_("{glob}, which no number with a range in {scenario} fits").format(
            glob=glob, scenario=scenario.name
        ),
        allowed=_("the path of a number, or a part of it with * for the rest, such as 'interdiction.*'"),
        nearest=nearest(glob, paths),
        do=_("trasiego coverage {scenario} lists numbers with their ranges").format(scenario=scenario.name),
    )
