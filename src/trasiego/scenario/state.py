"""A scenario while it is being put together: what is given, what is broken, and the faults so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from trasiego.common.faults import Fault
from trasiego.scenario.documents import Document, Spot
from trasiego.scenario.numbers import Number
from trasiego.scenario.values import Given, Value

if TYPE_CHECKING:
    import numpy as np

T = TypeVar("T")


class Delayed(NamedTuple):
    """A change that a policy makes later: from the month `start` (datetime64[M]) on, `path` is `number`."""

    start: np.datetime64
    path: str
    number: Number


@dataclass
class State:
    """The fields given so far by path, in order, and what went wrong.

    `document` is the scenario file itself (not its bases); `broken` maps the paths of fields that are there
    but could not be read to their spots, so that nobody calls them missing as well; `heads` are the fields of
    the tables [policy]; `kept` are the places that the cut leaves, and `before_cut` the ids of all sections
    before it; `file_numbers` those that overlays changed and that the model counts against what they were;
    `own_paths` the paths of the numbers that were there before any overlay.
    """

    document: Document
    given: dict[str, Given] = field(default_factory=dict)
    broken: dict[str, Spot] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    delayed: list[Delayed] = field(default_factory=list)
    heads: list[Given] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    file_numbers: dict[str, Number] = field(default_factory=dict)
    own_paths: tuple[str, ...] = ()
    before_cut: frozenset[str] = frozenset()
    _tables: dict[str, dict[str, dict[str, None]]] = field(default_factory=dict)

    def value(self, path: str, kind: type[T]) -> T | None:
        """Return the value at `path` where it is given and of the type `kind`, else None."""
        found = self.given.get(path)
        return found.value if found is not None and isinstance(found.value, kind) else None

    def figure(self, path: str) -> float | None:
        """Return the figure of the number at `path`, or None."""
        number = self.value(path, Number)
        return None if number is None else number.value

    def ids(self, path: str) -> tuple[str, ...]:
        """Return the ids at `path`; empty where the field is not given."""
        return self.value(path, tuple) or ()

    def section(self, section: str) -> list[str]:
        """Return the ids of a section in the order in which they were written."""
        return list(self._tables.get(section, {}))

    def keys(self, section: str, name: str) -> list[str]:
        """Return the keys that an id of a section has, read or broken."""
        return [path.rpartition(".")[2] for path in self._tables.get(section, {}).get(name, {})]

    def give(self, given: Given) -> None:
        """Give a field its value, in the place of an earlier one."""
        self.broken.pop(given.path, None)
        self.given[given.path] = given
        self._note(given.path)

    def spoil(self, path: str, spot: Spot) -> None:
        """Note that a field is there but could not be read."""
        self.given.pop(path, None)
        self.broken[path] = spot
        self._note(path)

    def _note(self, path: str) -> None:
        section, name, *_key = path.split(".")
        self._tables.setdefault(section, {}).setdefault(name, {})[path] = None

    def own(self, path: str) -> bool:
        """Whether the field was written in the scenario file itself, not in one of its bases."""
        found = self.given.get(path)
        return found is not None and found.spot.document is self.document

    def own_ids(self, section: str) -> set[str]:
        """Return the ids of a section of which the scenario file itself writes at least one field."""
        tables = self._tables.get(section, {})
        return {name for name, paths in tables.items() if self.document in self._documents(paths)}

    def _documents(self, paths: Iterable[str]) -> list[Document]:
        return [self.spot(path).document for path in paths]

    def spot(self, path: str) -> Spot:
        """Return where a field or id stands; where it does not, the table around it or the file."""
        if path in self.given:
            return self.given[path].spot
        if path in self.broken:
            return self.broken[path]
        keys = tuple(path.split("."))
        if len(keys) == 3:
            return self.spot(f"{keys[0]}.{keys[1]}").below(keys[2])
        documents = self._documents(self._tables.get(keys[0], {}).get(keys[-1], {}))
        if len(keys) == 1 or not documents or self.document in documents:
            return Spot(self.document, keys)
        return Spot(documents[0], keys)

    def drop(self, path: str) -> None:
        """Take a field out, or an id of a section with all its fields."""
        section, name, *key = path.split(".")
        table = self._tables[section][name]
        for gone in [path] if key else list(table):
            del table[gone]
            self.given.pop(gone, None)
            self.broken.pop(gone, None)
        if not table:
            del self._tables[section][name]

    def replace(self, path: str, value: Value) -> None:
        """Give a field another value and keep where it was written."""
        old = self.given[path]
        self.given[path] = Given(old.path, old.row, value, old.spot)

    def each(self, section: str, key: str) -> Iterator[tuple[str, Any]]:
        """Yield (id, value) for each id of a section whose field `key` is given."""
        for name in self.section(section):
            found = self.given.get(f"{section}.{name}.{key}")
            if found is not None:
                yield name, found.value
