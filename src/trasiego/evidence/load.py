"""Loading the ledger: the shipped claims and those of the user, strictly, with all faults at once."""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import lru_cache
from pathlib import Path

from trasiego.common.faults import Fault, Faults, nearest
from trasiego.common.messages import _
from trasiego.common.paths import data_folder
from trasiego.common.units import UNITS
from trasiego.evidence import layout as kinds
from trasiego.evidence.build import (
    check_group_names,
    event_of,
    group_of,
    quantity_of,
    relation_of,
    source_of,
)
from trasiego.evidence.cells import Cells
from trasiego.evidence.claim import Claim, Source
from trasiego.evidence.layout import FILES, Layout
from trasiego.evidence.ledger import HandContradiction, Ledger, LeftOut
from trasiego.evidence.measures import Measure, measure_of
from trasiego.evidence.table import Row, read_table


def load_ledger(*extra: Path) -> Ledger:
    """Return the ledger of the shipped claims and of the extra files or folders of claims.

    A folder has the files of the shipped one, each of them optional; a file may be any of them, told by its
    header. Extra claims may cite shipped sources, measures and groups. Raises Faults with every fault found.
    """
    if not extra:
        return _shipped()
    return _load((data_folder("claims"), *extra))


@lru_cache(maxsize=1)
def _shipped() -> Ledger:
    return _load((data_folder("claims"),))


def _load(paths: tuple[Path, ...]) -> Ledger:
    loading = _Loading()
    for path in paths:
        loading.read(path)
    ledger = loading.ledger()
    if loading.faults:
        raise Faults(loading.faults)
    return ledger


class _Loading:
    """Rows by kind of file first, so that claims can cite sources and groups that stand in any file."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.rows: dict[str, list[tuple[Row, str]]] = {layout.name: [] for layout in kinds.LAYOUTS}
        self.sources: dict[str, Source] = {}
        self.measures: dict[str, dict[str, Measure]] = {}
        self.claims: dict[str, Claim] = {}
        self.seen: dict[str, str] = {}

    def read(self, path: Path) -> None:
        """Read the rows of a folder of claims or of one file."""
        if not path.is_dir():
            self._read_file(path, str(path), None)
            return
        found = False
        for pattern, layout in FILES:
            for file in sorted(path.glob(pattern)):
                found = True
                name = file.relative_to(path).as_posix() if path == data_folder("claims") else str(file)
                self._read_file(file, name, layout)
        if not found:
            allowed = ", ".join(pattern for pattern, _layout in FILES)
            do = _("check the path")
            self.faults.append(Fault(str(path), None, None, _("no file of claims"), allowed, None, do))

    def _read_file(self, path: Path, file: str, layout: Layout | None) -> None:
        found, rows = read_table(path, file, self.faults, layout)
        topic = path.stem
        self.rows[found.name].extend((row, topic) for row in rows)

    def ledger(self) -> Ledger:
        """Return the ledger of the rows that have been read; what is wrong with them goes to the faults."""
        self._each(kinds.SOURCES, self._add_source)
        self._each(kinds.MEASURES, self._add_measure)
        self._each(kinds.GROUPS, lambda cells, _topic: self._add_claim(group_of(cells, self.sources)))
        names = list(dict.fromkeys(claim.subject for claim in self.claims.values()))
        self._each(kinds.GROUPS, lambda cells, _topic: check_group_names(cells, names))
        self._each(kinds.EVENTS, lambda cells, _topic: self._add_claim(event_of(cells, self.sources, names)))
        self._each(kinds.RELATIONS, lambda cells, _topic: self._add_claim(relation_of(cells, self.sources)))
        self._each(
            kinds.QUANTITIES,
            lambda cells, topic: self._add_claim(quantity_of(cells, topic, self.sources, self.measures)),
        )
        by_hand: list[HandContradiction] = []
        self._each(kinds.CONTRADICTIONS, lambda cells, _topic: self._add_contradiction(cells, by_hand))
        left_out: list[LeftOut] = []
        self._each(kinds.LEFT_OUT, lambda cells, _topic: self._add_left_out(cells, left_out))
        return Ledger(self.claims, self.sources, self.measures, tuple(by_hand), tuple(left_out))

    def _each(self, layout: Layout, use: Callable[[Cells, str], None]) -> None:
        for row, topic in self.rows[layout.name]:
            use(Cells(row, layout, self.faults), topic)

    def _first(self, cells: Cells, name: str) -> bool:
        """Return whether the id is new; report one that another row has."""
        here = f"{cells.row.file}:{cells.row.line}"
        before = self.seen.setdefault(name, here)
        if before == here:
            return True
        do = _("give one of the two another id")
        cells.fault("id", _("{name}, also at {place}").format(name=name, place=before), _("each id once"), do)
        return False

    def _add_source(self, cells: Cells, _topic: str) -> None:
        source = source_of(cells)
        if source.id and self._first(cells, source.id):
            self.sources[source.id] = source

    def _add_measure(self, cells: Cells, _topic: str) -> None:
        measure = measure_of(cells)
        if measure is not None:
            self.measures.setdefault(measure.what, {})[UNITS[measure.unit].dimension] = measure

    def _add_claim(self, claim: Claim) -> None:
        cells = Cells(Row(claim.file, claim.line, {"id": claim.id}), kinds.SOURCES, self.faults)
        if claim.id and self._first(cells, claim.id):
            self.claims[claim.id] = claim

    def _add_contradiction(self, cells: Cells, found: list[HandContradiction]) -> None:
        ids = tuple(cells.text("claims").split(";")) if cells.text("claims") else ()
        reason = cells.text("reason")
        for each in ids:
            self._check_claim_id(cells, "claims", each, self.claims)
        if len(set(ids)) == 1:
            allowed = _("the ids of two or more claims, with semicolons")
            cells.fault("claims", ";".join(ids), allowed, _("add the claim that it contradicts"))
        if ids and reason:
            found.append(HandContradiction(ids, reason))

    def _add_left_out(self, cells: Cells, found: list[LeftOut]) -> None:
        name, reason, day = cells.identifier(), cells.text("reason"), cells.day("left_out_on")
        if name in self.claims:
            do = _("remove the row here or the claim there")
            place = f"{self.claims[name].file}:{self.claims[name].line}"
            cells.fault("id", _("{name} is a claim at {place}").format(name=name, place=place),
                        _("an id that no claim has"), do)  # fmt: skip
        elif name and self._first(cells, name):
            found.append(LeftOut(name, reason, day))

    def _check_claim_id(self, cells: Cells, column: str, name: str, claims: Collection[str]) -> None:
        if name not in claims:
            do = _("correct the id")
            cells.fault(column, name, _("the id of a claim"), do, nearest(name, claims))
