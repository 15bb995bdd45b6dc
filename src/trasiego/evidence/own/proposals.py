"""Links proposed by rule: own figures about the same thing as a claim that a number of a scenario cites."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from trasiego.common.units import UNITS
from trasiego.evidence.claim import Claim
from trasiego.evidence.ledger import Ledger, fold

if TYPE_CHECKING:
    from trasiego.evidence.trace import Number

LIKE = 80.0
"""How alike the words of two measures must be, of 100 (rapidfuzz, token_set_ratio)."""

YEARS_APART = 5
"""Years between two claims that are still about the same time."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """That an own claim may speak to a number, because it is like the claim `like` that the number cites.

    `alike` is how alike the two measures are, 100 for the same words.
    """

    claim: str
    number: str
    like: str
    alike: float

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain data for JSON."""
        return asdict(self)


def propose(
    own: Iterable[Claim], numbers: Mapping[str, Number], units: Mapping[str, str], ledger: Ledger
) -> list[Proposal]:
    """Return the links that the rule proposes, by number and claim; nothing is linked here.

    The claims must have the same measure in about the same words, the same dimension, which is that of the
    number too (`units` by path), places that do not exclude each other, and periods at most YEARS_APART
    apart.
    """
    cited: dict[str, list[tuple[str, Claim]]] = {}
    for path, number in numbers.items():
        for other in (ledger.claims[name] for name in number.claims if name in ledger.claims):
            if _has_figure(other) and UNITS[other.unit].dimension == UNITS[units[path]].dimension:
                cited.setdefault(UNITS[other.unit].dimension, []).append((path, other))
    best: dict[tuple[str, str], Proposal] = {}
    for claim in own:
        if not _has_figure(claim) or claim.standing == "denied":
            continue
        for path, other in cited.get(UNITS[claim.unit].dimension, ()):
            alike = _alike(claim.what, other.what)
            before = best.get((path, claim.id))
            if alike < LIKE or other.id == claim.id or (before is not None and alike <= before.alike):
                continue
            if _same_place(claim, other) and _same_time(claim, other):
                best[path, claim.id] = Proposal(claim.id, path, other.id, alike)
    return sorted(best.values(), key=lambda each: (each.number, -each.alike, each.claim))


def _has_figure(claim: Claim) -> bool:
    return claim.kind == "quantity" and claim.unit in UNITS and claim.bounds() is not None


@lru_cache(maxsize=100_000)
def _alike(one: str, other: str) -> float:
    from rapidfuzz import fuzz

    return float(fuzz.token_set_ratio(fold(one), fold(other)))


def _same_place(one: Claim, other: Claim) -> bool:
    """Whether two claims may be about one place: the same, the same country, or one unsaid."""
    if one.country and other.country and one.country != other.country:
        return False
    if not one.place or not other.place:
        return True
    names = fold(one.place), fold(other.place)
    same = names[0] in names[1] or names[1] in names[0]
    return same or bool(one.country and one.country == other.country)


def _same_time(one: Claim, other: Claim) -> bool:
    first, second = one.years(), other.years()
    if first is None or second is None:
        return True
    return max(first[0], second[0]) - min(first[1], second[1]) <= YEARS_APART
