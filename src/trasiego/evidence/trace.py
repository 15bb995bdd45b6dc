"""From the numbers of a scenario back to the evidence: what stands behind one, and how far all rest on it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from trasiego.evidence.claim import Claim, Source
from trasiego.evidence.contradictions import Contradiction
from trasiego.evidence.ledger import Ledger

STATUSES: tuple[str, ...] = ("assumed", "calibrated", "derived", "measured")
"""How a scenario knows a number, the weakest first."""


class Number(Protocol):
    """What tracing needs to know of a number of a scenario; `trasiego.scenario` has the class."""

    @property
    def path(self) -> str:
        """Dotted name, such as countries.GT.integrity."""

    @property
    def status(self) -> str:
        """measured, derived, calibrated or assumed."""

    @property
    def claims(self) -> Sequence[str]:
        """Ids of the claims that the number cites."""


@dataclass(frozen=True, slots=True)
class Backing:
    """What stands behind a number: claims, sources, contradictions, and cited ids that do not exist."""

    path: str
    status: str
    claims: tuple[Claim, ...]
    sources: tuple[Source, ...]
    contradictions: tuple[Contradiction, ...]
    unknown: Mapping[str, str | None]

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain data for JSON."""
        return {
            "path": self.path,
            "status": self.status,
            "claims": [claim.to_dict() for claim in self.claims],
            "sources": [source.to_dict() for source in self.sources],
            "contradictions": [each.to_dict() for each in self.contradictions],
            "unknown": dict(self.unknown),
        }


def backing(number: Number, ledger: Ledger) -> Backing:
    """Return the claims that `number` cites, each source once, and the contradictions they are in."""
    claims = tuple(ledger.claims[name] for name in number.claims if name in ledger.claims)
    sources = tuple(dict.fromkeys(ledger.source_of(claim) for claim in claims))
    against = tuple(dict.fromkeys(each for claim in claims for each in ledger.contradictions_of(claim.id)))
    return Backing(number.path, number.status, claims, sources, against, ledger.unknown(number.claims))


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far the numbers of a scenario rest on evidence.

    `by_status` counts numbers by status, weakest status first; `by_section` the same for each first part of
    the path; `paths` lists the numbers of each status; `best_grades` counts the numbers that cite claims by
    the best grade among them; `disputed` are numbers that cite a contradicted claim; `claims` are the ids
    cited, each once; `unknown` are cited ids that do not exist, with the nearest one.
    """

    total: int
    by_status: Mapping[str, int]
    by_section: Mapping[str, Mapping[str, int]]
    paths: Mapping[str, tuple[str, ...]]
    best_grades: Mapping[str, int]
    disputed: tuple[str, ...]
    claims: tuple[str, ...]
    unknown: Mapping[str, str | None]

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain data for JSON."""
        return {
            "total": self.total,
            "by_status": dict(self.by_status),
            "by_section": {section: dict(counts) for section, counts in self.by_section.items()},
            "paths": {status: list(paths) for status, paths in self.paths.items()},
            "best_grades": dict(self.best_grades),
            "disputed": list(self.disputed),
            "claims": list(self.claims),
            "unknown": dict(self.unknown),
        }


def coverage(numbers: Iterable[Number], ledger: Ledger) -> Coverage:
    """Return how far `numbers` rest on the claims of `ledger`."""
    paths: dict[str, list[str]] = {status: [] for status in STATUSES}
    sections: dict[str, dict[str, int]] = {}
    grades: dict[str, int] = {}
    cited: dict[str, None] = {}
    disputed = []
    total = 0
    for number in numbers:
        total += 1
        paths.setdefault(number.status, []).append(number.path)
        counts = sections.setdefault(number.path.split(".")[0], dict.fromkeys(STATUSES, 0))
        counts[number.status] = counts.get(number.status, 0) + 1
        cited.update(dict.fromkeys(number.claims))
        known = [ledger.claims[name] for name in number.claims if name in ledger.claims]
        if known:
            best = min(claim.grade for claim in known)
            grades[best] = grades.get(best, 0) + 1
        if any(ledger.contradictions_of(claim.id) for claim in known):
            disputed.append(number.path)
    return Coverage(
        total=total,
        by_status={status: len(found) for status, found in paths.items()},
        by_section=sections,
        paths={status: tuple(found) for status, found in paths.items()},
        best_grades=dict(sorted(grades.items())),
        disputed=tuple(disputed),
        claims=tuple(cited),
        unknown=ledger.unknown(cited),
    )
