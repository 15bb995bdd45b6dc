"""Which claims drove a result: those behind the numbers at the top, and the numbers there that have none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trasiego.analysis.exploration.chosen import Subject
from trasiego.evidence import Ledger


@dataclass(frozen=True)
class DrivingClaim:
    """A claim behind numbers at the top: what it says, where from, those numbers, and for which figures."""

    id: str
    statement: str
    grade: str
    source: str
    numbers: tuple[str, ...]
    figures: tuple[str, ...]


@dataclass(frozen=True)
class Unsupported:
    """A number at the top that no claim supports, and for which figures it is there."""

    number: str
    statuses: tuple[str, ...]
    figures: tuple[str, ...]


@dataclass(frozen=True)
class Driving:
    """The claims that drove a result, and the numbers that did so without a claim, both the weightiest first.

    A claim that stands behind several numbers has the weight of all of them.
    """

    claims: tuple[DrivingClaim, ...]
    unsupported: tuple[Unsupported, ...]


def driving(
    tops: Mapping[str, Sequence[tuple[Subject, float]]],
    ledger: Ledger,
    more: Mapping[str, tuple[Sequence[str], float]],
) -> Driving:
    """Return what drove a result.

    `tops` has by figure the subjects at its top with their weights there, `more` claims that count besides
    with their weight, by what they stand behind.
    """
    weights: dict[str, float] = {}
    behind: dict[str, dict[str, None]] = {}
    figures: dict[str, dict[str, None]] = {}
    subjects: dict[str, Subject] = {}
    claim_weights: dict[str, float] = {}
    for figure, ranked in tops.items():
        for subject, weight in ranked:
            subjects[subject.name] = subject
            weights[subject.name] = weights.get(subject.name, 0.0) + weight
            figures.setdefault(subject.name, {})[figure] = None
            for claim in subject.claims:
                claim_weights[claim] = claim_weights.get(claim, 0.0) + weight
                behind.setdefault(claim, {})[subject.name] = None
                figures.setdefault(claim, {})[figure] = None
    for name, (claims, weight) in more.items():
        for claim in claims:
            claim_weights[claim] = claim_weights.get(claim, 0.0) + weight
            behind.setdefault(claim, {})[name] = None
            figures.setdefault(claim, {})[name] = None
    bare = [name for name in _heaviest(weights) if not subjects[name].claims]
    return Driving(
        tuple(
            _claim(claim, ledger, tuple(behind[claim]), tuple(figures[claim]))
            for claim in _heaviest(claim_weights)
        ),
        tuple(Unsupported(name, subjects[name].statuses, tuple(figures[name])) for name in bare),
    )


def _heaviest(weights: Mapping[str, float]) -> list[str]:
    return sorted(weights, key=lambda name: (-weights[name], name))


def _claim(name: str, ledger: Ledger, numbers: tuple[str, ...], figures: tuple[str, ...]) -> DrivingClaim:
    claim = ledger.claims.get(name)
    if claim is None:
        return DrivingClaim(name, "", "", "", numbers, figures)
    return DrivingClaim(name, claim.statement, claim.grade, ledger.source_of(claim).title, numbers, figures)
