"""Strict reading of small TOML tables: every fault is kept, with its line, until all are found."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from trasiego.common.faults import Fault, nearest
from trasiego.common.messages import _
from trasiego.common.units import UNITS
from trasiego.scenario.documents import Spot

Kind = TypeVar("Kind")


class Fields:
    """The fields of one table; a getter that finds a fault keeps it and returns an empty value."""

    def __init__(self, tree: Mapping[str, Any], spot: Spot, allowed: Sequence[str]) -> None:
        self.tree = tree
        self.spot = spot
        self.faults: list[Fault] = []
        self.only(allowed)

    def only(self, allowed: Sequence[str]) -> None:
        """Keep a fault for every key that is not in `allowed`."""
        for key in self.tree:
            if key not in allowed:
                text = _("one of: {names}").format(names=", ".join(allowed))
                self.blame(key, _("a field that is not known here"), text, _("correct or remove it"), allowed)

    def blame(self, key: str, found: str, allowed: str, do: str, choices: Iterable[str] = ()) -> None:
        """Keep a fault at `key`; `choices` are the words among which the nearest is looked for."""
        word = self.tree[key] if key in self.tree and isinstance(self.tree[key], str) else key
        close = nearest(word, choices)
        self.faults.append(self.spot.below(key).fault(found, allowed, do, close))

    def text(self, key: str, required: bool = True) -> str:
        """Return a text that is not empty; "" where it is absent."""
        value = self.tree.get(key, "")
        if key not in self.tree and not required:
            return ""
        if not isinstance(value, str) or not value.strip():
            self.blame(key, repr(self.tree.get(key, _("nothing"))), _("a text"), _("write it"))
            return ""
        return " ".join(value.split())

    def choice(self, key: str, allowed: Sequence[str], default: str | None = None) -> str:
        """Return one of the words allowed."""
        if key not in self.tree and default is not None:
            return default
        value = self.text(key)
        if value and value not in allowed:
            text = _("one of: {names}").format(names=", ".join(allowed))
            self.blame(key, repr(value), text, _("choose one of them"), allowed)
        return value

    def known(self, key: str, name: str, things: Mapping[str, Kind]) -> Kind | None:
        """Return what `name` stands for in `things`, or None with a fault."""
        if name in things:
            return things[name]
        text = _("one of: {names}").format(names=", ".join(things))
        self.blame(key, repr(name), text, _("choose one of them"), things)
        return None

    def one_of(self, key: str, word: str, choices: Collection[str]) -> None:
        """Keep a fault unless `word`, one of several at the key, is among the choices."""
        if word not in choices:
            names = ", ".join(choices)
            text = _("one of: {names}").format(names=names)
            self.faults.append(
                self.spot.below(key).fault(repr(word), text, _("correct it"), nearest(word, choices))
            )

    def number(self, key: str) -> float | None:
        """Return a number, None where it is absent."""
        value = self.tree.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.blame(key, repr(value), _("a number"), _("write it without quotes"))
            return None
        return float(value)

    def unit(self, key: str) -> str:
        """Return a unit of the closed list."""
        value = self.text(key)
        if value and value not in UNITS:
            self.blame(key, repr(value), _("a unit of the list of units"), _("choose one of them"), UNITS)
        return value

    def texts(self, key: str, required: bool = True) -> tuple[str, ...]:
        """Return a list of texts, which must not be empty where it is required."""
        value = self.tree.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.blame(key, repr(value), _("a list of texts"), _("write it in brackets, each text in quotes"))
            return ()
        if required and not value:
            self.blame(key, _("nothing"), _("at least one"), _("name what it rests on"))
        return tuple(value)

    def mapping(self, key: str) -> dict[str, Any]:
        """Return a table of free fields; empty where it is absent."""
        value = self.tree.get(key, {})
        if isinstance(value, dict):
            return dict(value)
        self.blame(key, repr(value), _("a table"), _("write it in braces"))
        return {}

    def exactly(self, key: str, names: Sequence[str]) -> None:
        """Keep a fault unless the table of free fields has these names and no others."""
        found = list(self.mapping(key))
        if sorted(found) != sorted(names):
            text = _("just: {names}").format(names=", ".join(names) or _("nothing"))
            self.blame(key, ", ".join(found) or _("nothing"), text, _("name each once"))

    def period(self, key: str) -> tuple[str | None, str | None]:
        """Return first and last month of a period written as two months; open where it is absent."""
        if key not in self.tree:
            return None, None
        months = self.texts(key)
        if len(months) != 2 or not all(_is_month(month) for month in months) or months[0] > months[1]:
            text = _('two months in order, such as ["2010-01", "2010-12"]')
            self.blame(key, repr(self.tree[key]), text, _("write first and last month"))
            return None, None
        return months[0], months[1]

    def table(self, key: str, allowed: Sequence[str]) -> Fields:
        """Return the fields of a table inside this one, which must be there."""
        value = self.tree.get(key)
        if not isinstance(value, dict):
            self.blame(key, repr(value), _("a table"), _("write [{key}]").format(key=key))
            value = {}
        return Fields(value, self.spot.below(key), allowed)

    def named_tables(self, key: str, allowed: Sequence[str]) -> dict[str, Fields]:
        """Return the fields of each table [key.NAME] by its name; empty where there is none."""
        value = self.tree.get(key, {})
        if not isinstance(value, dict) or not all(isinstance(item, dict) for item in value.values()):
            self.blame(key, repr(value), _("tables with names"), _("write [{key}.NAME]").format(key=key))
            return {}
        return {name: Fields(item, self.spot.below(key, name), allowed) for name, item in value.items()}

    def tables(self, key: str, allowed: Sequence[str]) -> list[Fields]:
        """Return the fields of each table of a list of tables; empty where it is absent."""
        value = self.tree.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self.blame(key, repr(value), _("a list of tables"), _("write [[{key}]]").format(key=key))
            return []
        return [Fields(item, self.spot.below(key, place), allowed) for place, item in enumerate(value)]


def _is_month(text: str) -> bool:
    year, dash, month = text.partition("-")
    return bool(dash) and year.isdigit() and len(year) == 4 and month.isdigit() and 1 <= int(month) <= 12
