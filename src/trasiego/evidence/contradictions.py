"""Claims that contradict each other: found by a rule, or listed by hand where a rule cannot see it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from math import inf, isinf
from typing import Any

from trasiego.common.units import UNITS, convert
from trasiego.evidence.claim import Claim

TOLERANCE = 0.02
"""Gap between two ranges, as a share of the larger end, up to which rounding explains the difference."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Claims that cannot all be true as they stand.

    `found_by` is "rule" or "hand"; `key` says what the claims are about (empty for those by hand), `gap` is
    the largest distance between two of their ranges as a share of the larger end (None by hand), `reason` is
    ours.
    """

    claims: tuple[str, ...]
    found_by: str
    key: str
    gap: float | None
    reason: str

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain data for JSON."""
        return {
            "claims": list(self.claims),
            "found_by": self.found_by,
            "key": self.key,
            "gap": self.gap,
            "reason": self.reason,
        }


def subject_of_figure(claim: Claim) -> tuple[str, ...] | None:
    """Return what two figures must share to be comparable, or None for a claim that is no dated quantity.

    Measure, subject, place, country, period, product, mode, group kind and the dimension of the unit.
    """
    if claim.kind != "quantity" or not claim.period or claim.unit not in UNITS:
        return None
    return (
        claim.what,
        claim.subject,
        claim.place,
        claim.country,
        claim.period,
        claim.product,
        claim.mode,
        claim.group_kind,
        UNITS[claim.unit].dimension,
    )


def gap_between(first: Claim, second: Claim) -> float:
    """Return the distance between the ranges of two comparable claims as a share of the larger end, or 0.

    The second is converted to the unit of the first. Symmetric up to rounding.
    """
    one, other = first.bounds(), second.bounds()
    if one is None or other is None:
        return 0.0
    converted = tuple(end if isinf(end) else convert(end, second.unit, first.unit) for end in other)
    low, high = max(one[0], converted[0]), min(one[1], converted[1])
    if low <= high:
        return 0.0
    return (low - high) / max(abs(low), abs(high))


def by_rule(claims: Iterable[Claim], tolerance: float = TOLERANCE) -> list[Contradiction]:
    """Return the contradictions between figures about the same thing whose ranges do not meet.

    One record for each thing, in the order of the claims, with the claims that are in at least one such pair.
    """
    alike: dict[tuple[str, ...], list[Claim]] = {}
    for claim in claims:
        key = subject_of_figure(claim)
        if key is not None:
            alike.setdefault(key, []).append(claim)
    found = []
    for key, members in alike.items():
        pairs = {(a.id, b.id): gap_between(a, b) for a, b in combinations(members, 2)}
        wide = {pair: gap for pair, gap in pairs.items() if gap > tolerance}
        if not wide:
            continue
        named = {name for pair in wide for name in pair}
        ids = tuple(claim.id for claim in members if claim.id in named)
        words = ", ".join(dict.fromkeys(part for part in key[:-1] if part))
        found.append(Contradiction(ids, "rule", words, max(wide.values()), ""))
    return found


def by_hand(
    listed: Iterable[tuple[tuple[str, ...], str]], claims: Mapping[str, Claim]
) -> list[Contradiction]:
    """Return the contradictions listed by hand as (claim ids, reason), those with unknown ids left out."""
    return [
        Contradiction(ids, "hand", "", None, reason)
        for ids, reason in listed
        if all(name in claims for name in ids)
    ]


def widest(contradictions: Iterable[Contradiction]) -> list[Contradiction]:
    """Return the contradictions with the widest gap first, those by hand at the end."""
    return sorted(contradictions, key=lambda each: -(each.gap if each.gap is not None else -inf))
