"""The ledger: all claims and sources, and the questions that one can ask of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

from trasiego.common.faults import nearest
from trasiego.common.letters import without_marks
from trasiego.evidence.claim import Claim, Source
from trasiego.evidence.contradictions import Contradiction, by_hand, by_rule
from trasiego.evidence.measures import Measure

_SEARCHED = (
    ("subject", 4), ("object", 4), ("statement", 3), ("what", 3), ("place", 3), ("said_by", 1),
    ("product", 1), ("figure_as_stated", 1), ("note", 1), ("period", 1), ("country", 1),
)  # fmt: skip
"""Fields that a search reads, each with the weight of a hit."""

_PARTS = ("place", "subject", "object", "what", "said_by")
"""Filters that match a part of the text, accents and case apart; all others match the whole word."""


@dataclass(frozen=True, slots=True)
class HandContradiction:
    """Ids of claims that contradict each other in a way that no rule finds, and why."""

    claims: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A claim that was dropped in checking, why and when, so that nothing vanishes silently."""

    id: str
    reason: str
    left_out_on: str

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain data for JSON."""
        return {"id": self.id, "reason": self.reason, "left_out_on": self.left_out_on}


def fold(text: str) -> str:
    """Return `text` without accents and case, as search and filters compare it; twice is the same as once."""
    if text.isascii():
        return text.casefold()
    return without_marks(without_marks(text).casefold())


class Ledger:
    """All claims with their sources; does not change after loading."""

    def __init__(
        self,
        claims: Mapping[str, Claim],
        sources: Mapping[str, Source],
        measures: Mapping[str, Mapping[str, Measure]],
        hand_contradictions: tuple[HandContradiction, ...] = (),
        left_out: tuple[LeftOut, ...] = (),
    ) -> None:
        self._claims = MappingProxyType(dict(claims))
        self._sources = MappingProxyType(dict(sources))
        self.measures = MappingProxyType(
            {what: MappingProxyType(dict(each)) for what, each in measures.items()}
        )
        self.left_out = left_out
        self._hand_contradictions = hand_contradictions

    @property
    def claims(self) -> Mapping[str, Claim]:
        """Claims by id."""
        return self._claims

    @property
    def hand_contradictions(self) -> tuple[HandContradiction, ...]:
        """Contradictions that were listed by hand."""
        return self._hand_contradictions

    @property
    def sources(self) -> Mapping[str, Source]:
        """Sources by id."""
        return self._sources

    def source_of(self, claim: Claim) -> Source:
        """Return the source of a claim of this ledger."""
        return self._sources[claim.source_id]

    def find(
        self,
        *,
        kind: str | None = None,
        topic: str | None = None,
        place: str | None = None,
        country: str | None = None,
        what: str | None = None,
        subject: str | None = None,
        predicate: str | None = None,
        object: str | None = None,
        product: str | None = None,
        mode: str | None = None,
        group_kind: str | None = None,
        unit: str | None = None,
        standing: str | None = None,
        source: str | None = None,
        said_by: str | None = None,
        grade: str | None = None,
        grade_at_least: str | None = None,
        year: int | None = None,
        text: str | None = None,
    ) -> list[Claim]:
        """Return the claims for which every filter that is given holds, in the order of the ledger.

        `place`, `subject`, `object`, `what` and `said_by` match a part of the text, accents and case apart;
        the others match whole. `grade` is a letter, a number or both ("B", "2", "B2"); `grade_at_least` wants
        both to be as good ("C3"); `year` is a year that the period covers; `text` is as in `search`, best hit
        first.
        """
        wanted = {
            "kind": kind, "topic": topic, "place": place, "country": country, "what": what,
            "subject": subject, "predicate": predicate, "object": object, "product": product, "mode": mode,
            "group_kind": group_kind, "unit": unit, "standing": standing, "source_id": source,
            "said_by": said_by,
        }  # fmt: skip
        tests = {name: fold(asked) for name, asked in wanted.items() if asked is not None}
        pool: Iterable[Claim] = self.search(text) if text is not None else self._claims.values()
        return [
            claim
            for claim in pool
            if all(_matches(claim, name, asked) for name, asked in tests.items())
            and (grade is None or grade.upper() in (claim.grade, claim.grade[:1], claim.grade[1:]))
            and (grade_at_least is None or _as_good(claim.grade, grade_at_least.upper()))
            and (year is None or _covers(claim, year))
        ]

    def search(self, text: str) -> list[Claim]:
        """Return the claims that hold every word of `text` somewhere, the best hits first.

        Accents and case do not count and a word matches any part of a word; hits in names, places and
        measures weigh more. Equal hits keep the order of the ledger. A text without words gives no claims.
        """
        asked = fold(text).split()
        if not asked:
            return []
        scored = []
        for name, fields in self._folded.items():
            whole = fields[-1][0]
            if all(word in whole for word in asked):
                score = sum(weight for part, weight in fields[:-1] for word in asked if word in part)
                scored.append((-score, name))
        scored.sort(key=lambda each: each[0])
        return [self._claims[name] for _score, name in scored]

    @cached_property
    def _folded(self) -> dict[str, list[tuple[str, int]]]:
        """Searched texts of each claim with their weights; the last one is all of them and the source."""
        table = {}
        for name, claim in self._claims.items():
            fields = [
                (fold(getattr(claim, field)), weight) for field, weight in _SEARCHED if getattr(claim, field)
            ]
            source = self._sources[claim.source_id]
            rest = f"{name} {claim.kind} {claim.topic} {fold(source.publisher)} {fold(source.title)}"
            rest += " " + fold(" ".join(claim.details.values()))
            table[name] = [*fields, (" | ".join([part for part, _weight in fields] + [rest]), 0)]
        return table

    def contradictions(self) -> list[Contradiction]:
        """Return the claims that contradict each other, those found by the rule first, then those by hand."""
        return list(self._contradictions)

    @cached_property
    def _contradictions(self) -> tuple[Contradiction, ...]:
        listed = [(each.claims, each.reason) for each in self._hand_contradictions]
        return (*by_rule(self._claims.values()), *by_hand(listed, self._claims))

    def contradictions_of(self, name: str) -> list[Contradiction]:
        """Return the contradictions in which the claim with the id `name` takes part."""
        return [each for each in self._contradictions if name in each.claims]

    def unknown(self, names: Iterable[str]) -> dict[str, str | None]:
        """Return those of `names` that are no claim's id, each with the nearest id or None."""
        return {name: nearest(name, self._claims) for name in names if name not in self._claims}


def _matches(claim: Claim, name: str, asked: str) -> bool:
    found = fold(getattr(claim, name))
    return asked in found if name in _PARTS else asked == found


def _as_good(grade: str, wanted: str) -> bool:
    letters, numbers = wanted[:1], wanted[1:]
    return (not letters or grade[:1] <= letters) and (not numbers or grade[1:] <= numbers)


def _covers(claim: Claim, year: int) -> bool:
    years = claim.years()
    return years is not None and years[0] <= year <= years[1]
