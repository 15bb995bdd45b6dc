"""A scenario while it is being put together: what is given, what is broken, and the faults so far."""

from __future__ import annotations

from collections.abc import Iterator
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
    but could not be read to their spots, so that nobody calls them missing as well; `starts` are the starts
    of the policies that have one; `kept` are the places that the cut leaves, and `before_cut` the ids of all
    sections before it.
    """

    document: Document
    given: dict[str, Given] = field(default_factory=dict)
    broken: dict[str, Spot] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    delayed: list[Delayed] = field(default_factory=list)
    starts: list[Given] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    before_cut: frozenset[str] = frozenset()

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
        prefix = f"{section}."
        found: dict[str, None] = {}
        for paths in (self.given, self.broken):
            for path in paths:
                if path.startswith(prefix):
                    found[path.split(".")[1]] = None
        return list(found)

    def own(self, path: str) -> bool:
        """Whether the field was written in the scenario file itself, not in one of its bases."""
        found = self.given.get(path)
        return found is not None and found.spot.document is self.document

    def own_ids(self, section: str) -> set[str]:
        """Return the ids of a section of which the scenario file itself writes at least one field."""
        prefix = f"{section}."
        spots = [(path, given.spot) for path, given in self.given.items()] + list(self.broken.items())
        return {
            path.split(".")[1]
            for path, spot in spots
            if path.startswith(prefix) and spot.document is self.document
        }

    def spot(self, path: str) -> Spot:
        """Return where a field or id stands; where it does not, the table around it or the file."""
        if path in self.given:
            return self.given[path].spot
        if path in self.broken:
            return self.broken[path]
        keys = tuple(path.split("."))
        if len(keys) == 3:
            return self.spot(f"{keys[0]}.{keys[1]}").below(keys[2])
        prefix = f"{path}."
        documents = [given.spot.document for other, given in self.given.items() if other.startswith(prefix)]
        if len(keys) == 1 or not documents or self.document in documents:
            return Spot(self.document, keys)
        return Spot(documents[0], keys)

    def drop(self, path: str) -> None:
        """Take a field out, or an id of a section with all its fields."""
        self.given.pop(path, None)
        for below in [other for other in self.given if other.startswith(f"{path}.")]:
            del self.given[below]

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
