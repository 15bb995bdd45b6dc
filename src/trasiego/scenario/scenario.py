"""A scenario as the world asks for it: numbers with their evidence, plain values, ids in order."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from trasiego.scenario.fields import registry
from trasiego.scenario.numbers import Number, is_figure
from trasiego.scenario.state import Delayed
from trasiego.scenario.values import Given, Value

if TYPE_CHECKING:
    import numpy as np

    from trasiego.scenario.weighing import Moved

UNHASHED = ("scenario.name", "scenario.title", "scenario.description", "scenario.base")
"""Fields that say how a scenario is called, not what is in it."""


@dataclass(frozen=True, eq=False, repr=False)
class Scenario:
    """A complete, checked scenario; `load_scenario` makes it.

    `given` holds all fields by dotted path, `places` the ids of the kept places in the order of the
    geography, `delayed` the changes that policies make during the run, `policies` and `settings` what was
    laid over the file. `file_numbers` are numbers by path as they stood in the file, where an overlay that
    holds from the start changed one that the model counts against what it was: budgets and eradication.
    `own_paths` are the paths of the numbers that the file itself has, `figures` other figures for some of the
    numbers, which a run drew (see :meth:`with_figures`). `moved` are the numbers that the user's own claims
    moved before any overlay.
    """

    given: Mapping[str, Given]
    places: list[str]
    delayed: list[Delayed]
    policies: tuple[str, ...]
    settings: tuple[str, ...]
    file_numbers: Mapping[str, Number] = dataclasses.field(default_factory=dict)
    own_paths: tuple[str, ...] = ()
    figures: Mapping[str, float] = dataclasses.field(default_factory=dict)
    moved: tuple[Moved, ...] = ()

    def __repr__(self) -> str:
        return f"Scenario({self.name!r}, {self.start} + {self.months} months, {len(self.places)} places)"

    @property
    def name(self) -> str:
        """Short name."""
        return self._required_text("scenario.name")

    @property
    def title(self) -> str:
        """One line for readers."""
        return self._required_text("scenario.title")

    @property
    def description(self) -> str:
        """What the scenario describes and leaves out."""
        return self._required_text("scenario.description")

    @property
    def report(self) -> str | None:
        """Source ids of the reports that the scenario follows, as written, or None."""
        return self.text("scenario.report")

    @property
    def start(self) -> np.datetime64:
        """First recorded month, a numpy datetime64 of unit month."""
        import numpy as np

        return np.datetime64(self._required_text("scenario.start"), "M")

    @property
    def months(self) -> int:
        """Number of recorded months."""
        return self._required_integer("scenario.months")

    @property
    def spin_up_months(self) -> int:
        """Months run before the first recorded one."""
        return self._required_integer("scenario.spin_up_months")

    @cached_property
    def file_figures(self) -> dict[str, float]:
        """Figures of `file_numbers` by path."""
        return {path: number.value for path, number in self.file_numbers.items()}

    @cached_property
    def numbers(self) -> dict[str, Number]:
        """All numbers by path, in the order of the file."""
        return {path: each.value for path, each in self.given.items() if isinstance(each.value, Number)}

    def number(self, path: str) -> Number:
        """Return the number at `path`; raise KeyError when the scenario has none there."""
        return self.numbers[path]

    def value(self, path: str, default: float | None = None) -> float | None:
        """Return the figure of a number or integer, or `default` where the field is left out.

        A path that no registry field has raises KeyError, so a misspelt one does not pass for a field left
        out.
        """
        if path in self.figures:
            return self.figures[path]
        found = self._find(path)
        if isinstance(found, Number):
            return found.value
        return float(found) if is_figure(found) else default  # type: ignore[arg-type]

    def flag(self, path: str) -> bool:
        """Return a flag; raise KeyError where there is none."""
        found = self._find(path)
        if not isinstance(found, bool):
            raise KeyError(path)
        return found

    def text(self, path: str) -> str | None:
        """Return a text, id, choice or month as text, or None where the field is left out."""
        found = self._find(path)
        return found if isinstance(found, str) else None

    def choice(self, path: str) -> str | None:
        """Return a choice, or None where the field is left out."""
        return self.text(path)

    def happens(self, event: str) -> bool:
        """Whether a scripted event takes place: it does unless the scenario says that it does not."""
        return self._find(f"events.{event}.happens") is not False

    def ids(self, path: str) -> tuple[str, ...]:
        """Return a list of ids; empty where the field is left out."""
        found = self._find(path)
        return found if isinstance(found, tuple) else ()

    @cached_property
    def _sections(self) -> dict[str, dict[str, None]]:
        sections: dict[str, dict[str, None]] = {}
        for path in self.given:
            section, name, *_key = path.split(".")
            sections.setdefault(section, {})[name] = None
        return sections

    def section(self, section: str) -> list[str]:
        """Return the ids of a section ("groups") in their order, or the keys of one without ids."""
        if section not in registry().sections:
            raise KeyError(section)
        return list(self._sections.get(section, {}))

    @property
    def tree(self) -> dict[str, Any]:
        """The resolved content as plain nested dictionaries, as it would stand in one TOML file."""
        tree: dict[str, Any] = {}
        for path, given in self.given.items():
            *tables, key = path.split(".")
            table = tree
            for name in tables:
                table = table.setdefault(name, {})
            table[key] = plain_value(given.value)
        return tree

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the canonical content: what can change a result or its evidence, no names.

        Fields count in the order of the registry and ids in the order of the file; notes, derivations and
        where a number was written do not count.
        """
        order = {row.path: place for place, row in enumerate(registry_rows())}
        ranks = {
            (section, name): rank for section, ids in self._sections.items() for rank, name in enumerate(ids)
        }
        lines = []
        for path, given in self.given.items():
            if path not in UNHASHED:
                section, name, *_key = path.split(".")
                rank = ranks[section, name] if given.row.by_id else 0
                lines.append((section, rank, order[given.row.path], path, _canonical(given.value)))
        changes = [(str(month), path, _canonical(number)) for month, path, number in self.delayed]
        whole: list[Any] = [sorted(lines), changes, self.places]
        if self.file_figures:
            whole.append(sorted(self.file_figures.items()))
        content = json.dumps(whole, separators=(",", ":"))
        return hashlib.sha256(content.encode()).hexdigest()

    def with_values(self, values: Mapping[str, float]) -> Scenario:
        """Return a copy in which the numbers of these paths have other figures, all else shared.

        The figures are not checked against ranges or bounds: draws come from ranges that were. Raises
        KeyError for a path that is not a number.
        """
        given = dict(self.given)
        for path, value in values.items():
            number = dataclasses.replace(self.number(path), value=float(value))
            given[path] = dataclasses.replace(given[path], value=number)
        return dataclasses.replace(self, given=given)

    def with_figures(
        self, figures: Mapping[str, float], file_figures: Mapping[str, float], delayed: Sequence[float]
    ) -> Scenario:
        """Return this scenario as :meth:`value` sees it with other figures, to be compiled and no more.

        Quick, for it shares all fields: the numbers keep the value and range that they have here. `figures`
        are those of numbers by path, `file_figures` those of `file_numbers`, all of them, and `delayed` those
        of the changes in their order.
        """
        changes = zip(self.delayed, delayed, strict=True)
        there = dataclasses.replace(
            self,
            figures=figures,
            delayed=[each._replace(number=_with_value(each.number, value)) for each, value in changes],
            file_numbers={
                path: _with_value(number, file_figures[path]) for path, number in self.file_numbers.items()
            },
        )
        there.__dict__.update({name: self.__dict__[name] for name in _SHARED if name in self.__dict__})
        return there

    def _find(self, path: str) -> Value | None:
        found = self.given.get(path)
        if found is None and registry().field(path) is None:
            raise KeyError(path)
        return None if found is None else found.value

    def _required_text(self, path: str) -> str:
        return str(self.given[path].value)

    def _required_integer(self, path: str) -> int:
        found = self.given[path].value
        assert isinstance(found, int)
        return found


_SHARED = ("numbers", "_sections")


def _with_value(number: Number, value: float) -> Number:
    return dataclasses.replace(number, value=float(value))


def registry_rows() -> Sequence[Any]:
    """Return the rows of the registry in order."""
    from trasiego.scenario.fields import fields

    return fields()


def plain_value(value: Value) -> Any:
    """Return a value as TOML holds it: a number as its record, ids as a list."""
    if isinstance(value, tuple):
        return list(value)
    if not isinstance(value, Number):
        return value
    record: dict[str, Any] = {"value": _short(value.value)}
    if value.low is not None and value.high is not None:
        record |= {"low": _short(value.low), "high": _short(value.high)}
    record["status"] = value.status
    if value.claims:
        record["claims"] = list(value.claims)
    if value.derivation:
        record["derivation"] = value.derivation
    if value.note:
        record["note"] = value.note
    return record


def _short(figure: float) -> float | int:
    return int(figure) if figure == int(figure) and abs(figure) < 1e15 else figure


def _canonical(value: Value) -> Any:
    if isinstance(value, Number):
        return [value.value, value.low, value.high, value.status, sorted(value.claims)]
    return list(value) if isinstance(value, tuple) else value
