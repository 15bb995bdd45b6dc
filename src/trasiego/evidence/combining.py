"""Several claims about one number as one figure with a range; docs/from-claims-to-numbers.md has the rule.

The value is the mean of the claims weighted by grade and nearness in time, of logarithms where all figures
are positive. The range reaches from the lowest to the highest figure that any claim allows, but for claims at
its ends that weigh less than a twentieth together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, fsum, isinf, log, sqrt

from trasiego.common.units import UNITS, convert
from trasiego.evidence.claim import Claim, Source

LETTER_WEIGHTS = {"A": 1.0, "B": 0.8, "C": 0.6, "D": 0.4, "E": 0.2, "F": 0.3}
"""Weight of a source by its Admiralty letter; F is a source that nobody has judged."""

NUMBER_WEIGHTS = {"1": 1.0, "2": 0.8, "3": 0.6, "4": 0.4, "5": 0.2, "6": 0.3}
"""Weight of what is said by its Admiralty number."""

UNJUDGED = LETTER_WEIGHTS["F"] * NUMBER_WEIGHTS["6"]
"""Weight of a claim of which nothing is known, and of an assumption."""

HALF_LIFE_YEARS = 5.0
"""Years away from those that a number is about after which a claim weighs half."""

UNDATED_YEARS = 10.0
"""Years away for a claim without a date from a source without one."""

TRIMMED = 0.05
"""Weight at one end of the range that is left out at most, as a share of the whole."""

UNUSED_STANDINGS = ("denied",)
"""Standings of claims that move no number."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What one claim says of a number: a value, a range or both, in the unit of the number, and its weight.

    A lone `low` reads "at least", a lone `high` "at most".
    """

    name: str
    value: float | None
    low: float | None
    high: float | None
    weight: float

    @property
    def is_bound(self) -> bool:
        """Whether it says only that the number is at least, or at most, so much."""
        return self.value is None and (self.low is None) != (self.high is None)


@dataclass(frozen=True, slots=True)
class Combined:
    """The figure that pieces make together; `shares` is the part of each piece in the whole weight."""

    value: float | None
    low: float | None
    high: float | None
    shares: Mapping[str, float]


def piece_of(claim: Claim, source: Source, unit: str, years: tuple[int, int]) -> Piece | None:
    """Return what a claim says of a number in `unit` about `years` (first, last); None where it says nothing.

    That is a claim without a figure, in another dimension, or with a standing of no use.
    """
    ends = claim.bounds()
    if ends is None or claim.unit not in UNITS or claim.standing in UNUSED_STANDINGS:
        return None
    if UNITS[claim.unit].dimension != UNITS[unit].dimension:
        return None
    low, high = (None if isinf(end) else convert(end, claim.unit, unit) for end in ends)
    value = None if claim.value is None else convert(claim.value, claim.unit, unit)
    if low is None or high is None:
        value = None  # equal to its only bound
    elif low == high:
        value, low, high = low, None, None
    return Piece(claim.id, value, low, high, weight_of(claim, source, years))


def weight_of(claim: Claim, source: Source, years: tuple[int, int]) -> float:
    """Return the weight of a claim for numbers about `years`: by grade, halved for each half-life away."""
    graded = LETTER_WEIGHTS.get(claim.grade[:1], UNJUDGED) * NUMBER_WEIGHTS.get(claim.grade[1:], UNJUDGED)
    its = claim.years() or ((int(source.date[:4]),) * 2 if source.date[:4].isdigit() else None)
    away = UNDATED_YEARS if its is None else max(0, its[0] - years[1], years[0] - its[1])
    return float(graded * 0.5 ** (away / HALF_LIFE_YEARS))


def combine(pieces: Iterable[Piece]) -> Combined:
    """Return the figure that pieces with positive weights make together.

    One piece alone comes back as it is. The order of pieces does not matter. Raises ValueError for none.
    """
    every = sorted(pieces, key=lambda each: each.name)
    if not every:
        raise ValueError("there is nothing to combine")
    total = fsum(each.weight for each in every)
    shares = {each.name: each.weight / total for each in every}
    full = [each for each in every if not each.is_bound]
    if len(every) == 1:
        return Combined(every[0].value, every[0].low, every[0].high, shares)
    if not full:
        return Combined(None, *_between(every), shares)
    there, back = _scale(every)
    first = _pooled(full, there, back)
    value, low, high = _pooled([_clipped(each, *first) for each in every], there, back)
    return Combined(value, None if low == high else low, None if low == high else high, shares)


def _between(bounds: Sequence[Piece]) -> tuple[float | None, float | None]:
    """Return the strictest of lone bounds; those that cross each other turned round."""
    low = max((each.low for each in bounds if each.low is not None), default=None)
    high = min((each.high for each in bounds if each.high is not None), default=None)
    return (high, low) if low is not None and high is not None and low > high else (low, high)


def _scale(pieces: Sequence[Piece]) -> tuple[Callable[[float], float], Callable[[float], float]]:
    """Return the way to the scale on which means are taken, and back: logarithms of positive figures."""
    figures = [
        figure for each in pieces for figure in (each.value, each.low, each.high) if figure is not None
    ]
    return (log, exp) if min(figures) > 0.0 else (float, float)


def _pooled(
    pieces: Sequence[Piece], there: Callable[[float], float], back: Callable[[float], float]
) -> tuple[float, float, float]:
    """Return weighted mean, low and high of pieces that are no lone bounds."""
    ends = [_ends(each) for each in pieces]
    values = [
        _middle(low, high, there is log) if each.value is None else each.value
        for each, (low, high) in zip(pieces, ends, strict=True)
    ]
    weights = [each.weight for each in pieces]
    mean = back(fsum(w * there(v) for w, v in zip(weights, values, strict=True)) / fsum(weights))
    low = _trimmed([low for low, _high in ends], weights)
    high = -_trimmed([-high for _low, high in ends], weights)
    mean = min(max(mean, min(values)), max(values))
    return min(max(mean, low), high), low, high


def _ends(piece: Piece) -> tuple[float, float]:
    """Return both ends of a piece that is no lone bound; those of a value alone are the value."""
    low = piece.value if piece.low is None else piece.low
    high = piece.value if piece.high is None else piece.high
    assert low is not None and high is not None
    return low, high


def _middle(low: float, high: float, in_logs: bool) -> float:
    middle = sqrt(low) * sqrt(high) if in_logs else 0.5 * low + 0.5 * high
    return min(max(middle, low), high)


def _trimmed(ends: Sequence[float], weights: Sequence[float]) -> float:
    """Return the lowest end below which lies at most the share of the weight that may be left out."""
    spare = TRIMMED * fsum(weights)
    ordered = sorted(zip(ends, weights, strict=True))
    passed: list[float] = []
    for end, weight in ordered:
        passed.append(weight)
        if fsum(passed) > spare:
            return end
    return ordered[-1][0]


def _clipped(piece: Piece, value: float, low: float, high: float) -> Piece:
    """Return a lone bound as what the other pieces say, moved to the bound where that lies beyond it."""
    if not piece.is_bound:
        return piece
    least = piece.low if piece.low is not None else float("-inf")
    most = piece.high if piece.high is not None else float("inf")
    value, low, high = (min(max(each, least), most) for each in (value, low, high))
    return Piece(piece.name, value, low, high, piece.weight)
