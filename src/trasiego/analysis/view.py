"""A result as plain arrays, cut to a period: what every measure and the summary read from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trasiego.common.messages import _

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Texts = NDArray[np.str_]

HYDROCHLORIDE = "hydrochloride"
PASTE = "paste"


LEAST_ENSEMBLE = 4
"""Runs from which on a before and after is judged: as many as are kept with all their flows."""


class NotMeasurable(Exception):
    """Raised by a measure where the result can't answer; the message says why, for readers."""


@dataclass(frozen=True)
class ScriptedEvent:
    """A scripted event of the run: its month (datetime64[M]), kind, target id, text and claim ids."""

    month: np.datetime64
    kind: str
    target: str
    text: str
    claims: tuple[str, ...]


@dataclass(frozen=True)
class LinkTable:
    """Links of the world, arrays [L]: positions of both ends among the places, countries, mode, product.

    `moves` is False for processing, which stays at its place.
    """

    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    tail_country: Texts
    head_country: Texts
    mode: Texts
    product: Texts
    moves: Flags


class ResultView:
    """A result (anything with `dataset` and `manifest`) between two months.

    Arrays come as float64 with the dims of the table of variables, the month dim cut to the period. Views
    of one result share what they have read.
    """

    def __init__(self, result: Any, _parent: ResultView | None = None, _months: slice | None = None) -> None:
        self.dataset = result.dataset
        self.manifest: Mapping[str, Any] = result.manifest
        self._result = result
        self._read: dict[str, NDArray[Any]] = {} if _parent is None else _parent._read
        every = np.asarray(self.dataset["month"].values).astype("datetime64[M]")
        self._slice = slice(0, every.size) if _months is None else _months
        self.all_months: NDArray[np.datetime64] = every
        self.months: NDArray[np.datetime64] = every[self._slice]

    @property
    def scenario(self) -> str:
        """Name of the scenario that ran."""
        return str(self.manifest["scenario_name"])

    @property
    def years(self) -> float:
        """Length of the period in years."""
        return self.months.size / 12

    def within(self, first: str | None, last: str | None) -> ResultView:
        """Return the view from month `first` to month `last`, such as "2010-01"; None leaves an end open.

        Raise NotMeasurable where the run has less than half of the period.
        """
        start = self.all_months[0] if first is None else np.datetime64(first, "M")
        end = self.all_months[-1] if last is None else np.datetime64(last, "M")
        inside = np.flatnonzero((self.all_months >= start) & (self.all_months <= end))
        wanted = int((end - start).astype(int)) + 1
        if 2 * inside.size < wanted:
            text = _("the run has {found} of the {wanted} months from {start} to {end}")
            raise NotMeasurable(text.format(found=inside.size, wanted=wanted, start=start, end=end))
        return self.between(int(inside[0]), int(inside[-1]) + 1)

    def between(self, first: int, stop: int) -> ResultView:
        """Return the view of the months at positions `first` to `stop` (not included) of the whole run."""
        return ResultView(self._result, self, slice(first, stop))

    def holds_variable(self, name: str) -> bool:
        """Return whether the result keeps the variable."""
        return name in self.dataset

    def amount(self, name: str) -> Floats:
        """Return the variable as float64 with its own dims, cut to the period."""
        if name not in self._read:
            self._read[name] = np.asarray(self._values(name), dtype=np.float64)
        return self._cut(name, self._read[name])

    def as_kept(self, name: str) -> NDArray[Any]:
        """Return the variable in the type in which it is kept, which takes less memory, cut to the period."""
        return self._cut(name, self._values(name))

    def _values(self, name: str) -> NDArray[Any]:
        if name not in self.dataset:
            raise NotMeasurable(_("the result does not keep {name}").format(name=name))
        return np.asarray(self.dataset[name].values)

    def _cut(self, name: str, values: NDArray[Any]) -> NDArray[Any]:
        dims = self.dataset[name].dims
        cut: list[slice] = [self._slice if dim == "month" else slice(None) for dim in dims]
        return values[tuple(cut)]

    def labels(self, name: str) -> Texts:
        """Return a coordinate of texts."""
        if name not in self._read:
            self._read[name] = np.asarray(self.dataset[name].values).astype(str)
        return self._read[name]

    def position(self, dim: str, label: str) -> int:
        """Return where `label` stands along `dim`; raise NotMeasurable where it is not in the world."""
        found = np.flatnonzero(self.labels(dim) == label)
        if found.size == 0:
            raise NotMeasurable(_("{label} is not in this scenario").format(label=label))
        return int(found[0])

    def positions(self, dim: str, labels: Iterable[str]) -> NDArray[np.int64]:
        """Return where the labels stand along `dim`; raise NotMeasurable for the first that is missing."""
        return np.array([self.position(dim, label) for label in labels], dtype=np.int64)

    def require(self, labels: Iterable[str]) -> None:
        """Raise NotMeasurable unless every label is a country, place or market of the world."""
        known = {str(name) for dim in ("country", "place", "market") for name in self.labels(dim)}
        for label in labels:
            if label not in known:
                raise NotMeasurable(_("{label} is not in this scenario").format(label=label))

    @cached_property
    def links(self) -> LinkTable:
        """The links with the positions and countries of their ends."""
        order = {str(name): position for position, name in enumerate(self.labels("place"))}
        tail = np.array([order[name] for name in self.labels("link_from")], dtype=np.int64)
        head = np.array([order[name] for name in self.labels("link_to")], dtype=np.int64)
        country = self.labels("place_country")
        return LinkTable(
            tail=tail,
            head=head,
            tail_country=country[tail],
            head_country=country[head],
            mode=self.labels("link_mode"),
            product=self.labels("link_product"),
            moves=tail != head,
        )

    def groups_of(self, countries: Iterable[str], kinds: Iterable[str]) -> Flags:
        """Return [F, T, G] True where a slot holds a group of the kinds at home in the countries.

        Slots are used again, so kind and home are those of the month.
        """
        kind = _looked_up(self.labels("kind"), self.amount("group_kind_index"))
        country = _looked_up(self.labels("place_country"), self.amount("group_home_index"))
        return np.isin(kind, list(kinds)) & np.isin(country, list(countries))

    @property
    def flow_positions(self) -> NDArray[np.int64]:
        """Positions among the runs of those that are kept with all their flows."""
        runs = {int(run): position for position, run in enumerate(self.dataset["run"].values)}
        return np.array([runs[int(run)] for run in self.dataset["flow_run"].values], dtype=np.int64)

    @property
    def run_count(self) -> int:
        """Number of runs."""
        return int(self.dataset.sizes["run"])

    @cached_property
    def events(self) -> tuple[ScriptedEvent, ...]:
        """The scripted events, by month."""
        rows = [
            ScriptedEvent(
                np.datetime64(str(row["date"])[:7], "M"),
                str(row["kind"]),
                str(row["target"]),
                str(row["text"]),
                tuple(row["claims"]),
            )
            for row in self.manifest.get("events", ())
        ]
        return tuple(sorted(rows, key=lambda row: row.month))

    def around(self, event: ScriptedEvent, least: int, most: int = 12) -> tuple[ResultView, ResultView]:
        """Return the views of up to `most` months before and after the event's month, which is in neither.

        Raise NotMeasurable where either side has less than `least` months.
        """
        month = int((event.month - self.all_months[0]).astype(int))
        first, stop = max(month - most, 0), min(month + 1 + most, self.all_months.size)
        if month - first < least or stop - month - 1 < least:
            text = _("the run has less than {least} months before or after the event of {month}")
            raise NotMeasurable(text.format(least=least, month=event.month))
        return self.between(first, month), self.between(month + 1, stop)


def _looked_up(labels: Texts, index: Floats) -> Texts:
    """Return the label of each index, "" where it is below zero."""
    known = np.append(labels, "")
    return known[np.where(index < 0, labels.size, index).astype(np.int64)]
