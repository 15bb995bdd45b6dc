"""From reports to candidates: every step of the reading of a report, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from trasiego.reading.dates import find_dates
from trasiego.reading.document import Document, Skipped
from trasiego.reading.goods import add_goods
from trasiego.reading.intake import read_folder
from trasiego.reading.merging import Merge, propose_merges
from trasiego.reading.names import find_names
from trasiego.reading.names.candidates import entity_candidates
from trasiego.reading.parsing import Passage, parse, parse_many
from trasiego.reading.quantities import find_quantities
from trasiego.reading.statements import (
    attribute,
    contradictions,
    find_events,
    find_pairs,
    find_relations,
    find_whereabouts,
)

if TYPE_CHECKING:
    from threading import Event

    from trasiego.reading.candidate import Candidate

ID_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Reading:
    """What a folder of reports gave: candidates in the order of the text, proposals to merge, files left out.

    `documents` are the reports that were read.
    """

    candidates: tuple[Candidate, ...]
    merges: tuple[Merge, ...]
    documents: tuple[Document, ...]
    skipped: tuple[Skipped, ...]


def read_reports(
    folder: Path,
    propose: Callable[[Document], Iterable[Candidate]] | None = None,
    progress: Callable[[str], None] | None = None,
    cancel: Event | None = None,
) -> Reading:
    """Read every report below `folder`, or one file.

    `propose` adds candidates of its own for a report (a language model behind an endpoint); `progress` is
    told the name of each report as it is begun. When `cancel` is set, no further report is begun.
    """
    found: list[Candidate] = []
    documents: list[Document] = []
    skipped: list[Skipped] = []
    for document, passages in parse_many(_readable(folder, skipped)):
        if cancel is not None and cancel.is_set():
            break
        if progress is not None:
            progress(document.name)
        documents.append(document)
        found += _candidates(document, passages, propose(document) if propose is not None else ())
    contradictions(found)
    return Reading(tuple(found), tuple(propose_merges(found)), tuple(documents), tuple(skipped))


def read_text(document: Document) -> list[Candidate]:
    """Return the candidates of one report, each with its id."""
    return _candidates(document, parse(document))


def _readable(folder: Path, skipped: list[Skipped]) -> Iterator[Document]:
    """Yield the reports of a folder, and put files that are left out into `skipped`."""
    for read in read_folder(folder):
        if isinstance(read, Skipped):
            skipped.append(read)
        else:
            yield read


def _candidates(
    document: Document, passages: list[Passage], proposed: Iterable[Candidate] = ()
) -> list[Candidate]:
    """Return what a parsed report gives, with what was proposed from elsewhere."""
    dates = find_dates(document, passages)
    names = find_names(document, passages)
    quantities = find_quantities(document, passages, names, dates)
    relations = find_relations(document, passages, names)
    relations += find_whereabouts(document, passages, names, relations)
    relations += find_pairs(document, passages, names, relations)
    found = [
        *entity_candidates(document, passages, names),
        *quantities,
        *find_events(document, passages, names, dates, quantities),
        *relations,
    ]
    attribute(document, passages, names, found)
    add_goods(found)
    found += proposed
    for candidate in found:
        candidate.title, candidate.publisher = document.title, document.publisher
        candidate.author, candidate.published = document.author, document.date
        candidate.language = document.language
    return named(sorted(found, key=lambda each: (each.start, each.end)))


def named(candidates: list[Candidate]) -> list[Candidate]:
    """Give each candidate an id that is the same whenever the same report is read again, and return them."""
    seen: dict[str, int] = {}
    for each in candidates:
        says = (
            each.document, each.kind, each.type, each.quote, each.start, each.unit, each.value, each.low,
            each.high, each.subject, each.predicate, each.object, each.proposed_by,
        )  # fmt: skip
        stem = sha256(repr(says).encode()).hexdigest()[:ID_LENGTH]
        seen[stem] = seen.get(stem, 0) + 1
        each.id = stem if seen[stem] == 1 else f"{stem}-{seen[stem]}"
    return candidates
