"""What does not agree, within a report and between reports: both are kept, each with the other's id."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trasiego.reading.candidate import Candidate

OPPOSED: tuple[frozenset[str], ...] = tuple(
    frozenset(pair)
    for pair in (
        ("rival_of", "allied_with"),
        ("rival_of", "works_for"),
        ("rival_of", "member_of"),
        ("rival_of", "hires"),
        ("rival_of", "protects"),
        ("rival_of", "finances"),
        ("rival_of", "directs"),
    )
)
"""Predicates that can't both be true of the same two parties at one time."""

SLACK = 0.02
"""How far two figures may lie apart, as a share of the larger, and still be one figure rounded twice."""

STOP = frozenset("of the in a an per and for de la el los las del en por y".split())
"""Words that do not tell what is counted."""

MOST = 60
"""The most figures of one unit that are compared with each other one by one, for speed."""


def contradictions(candidates: list[Candidate]) -> None:
    """Set `contradicts` of the candidates of all documents; each must have its `id`.

    Opposed are: the same two parties with predicates that exclude each other, a statement and its denial,
    and figures for the same thing, place, unit and time whose ranges do not meet.
    """
    _relations([each for each in candidates if each.kind == "relation"])
    _figures([each for each in candidates if each.kind == "quantity"])


def _relations(candidates: list[Candidate]) -> None:
    by_pair: dict[frozenset[str], list[Candidate]] = defaultdict(list)
    for each in candidates:
        by_pair[frozenset({each.subject.casefold(), each.object.casefold()})].append(each)
    for together in by_pair.values():
        for one, other in combinations(together, 2):
            denied = (one.modality == "denied") != (other.modality == "denied")
            same = one.predicate == other.predicate
            opposed = frozenset({one.predicate, other.predicate}) in OPPOSED
            if (same and denied) or (opposed and not denied and _one_time(one.date, other.date)):
                _link(one, other)


def _figures(candidates: list[Candidate]) -> None:
    by_unit: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
    for each in candidates:
        if each.what:
            by_unit[each.unit, each.place.casefold()].append(each)
    for together in by_unit.values():
        by_word: dict[frozenset[str], list[Candidate]] = defaultdict(list)
        for each in together:
            by_word[_words(each.what)].append(each)
        for same in by_word.values():
            for one, other in combinations(same[:MOST], 2):
                if _one_time(one.date, other.date) and _comparable(one, other) and _apart(one, other):
                    _link(one, other)


def _words(what: str) -> frozenset[str]:
    return frozenset(word.rstrip("s") for word in what.casefold().split() if word not in STOP)


def _comparable(one: Candidate, other: Candidate) -> bool:
    """Tell whether two figures can be meant for the same thing: a bare count says that only with a date."""
    if one.document == other.document and one.sentence_start == other.sentence_start:
        return False
    named = bool(one.place or one.date) and bool(other.place or other.date)
    return named or one.unit.endswith("/year")


def _range(candidate: Candidate) -> tuple[float, float]:
    if candidate.value is not None:
        return candidate.value, candidate.value
    low = candidate.low if candidate.low is not None else float("-inf")
    high = candidate.high if candidate.high is not None else float("inf")
    return low, high


def _apart(one: Candidate, other: Candidate) -> bool:
    low, high = sorted((_range(one), _range(other)))
    return high[0] - low[1] > SLACK * max(abs(high[0]), abs(low[1]))


def _one_time(one: str, other: str) -> bool:
    return not one or not other or one.startswith(other) or other.startswith(one)


def _link(one: Candidate, other: Candidate) -> None:
    for each, with_ in ((one, other), (other, one)):
        if with_.id not in each.contradicts:
            each.contradicts.append(with_.id)
