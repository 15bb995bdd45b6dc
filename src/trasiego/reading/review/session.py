"""A session of review: what is left to look at, and what was decided, kept in the log at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from trasiego.reading.candidate import Candidate
from trasiego.reading.candidates_file import merges_path, read_candidates, read_merges
from trasiego.reading.checking import NAMES, Problem, candidate_of, problems
from trasiego.reading.review.log import Decision, append, log_path, new_decision, read_log, standing

OF_KIND: dict[str, tuple[str, ...]] = {
    "entity": ("type", "name", "aliases", "role", "country", "place_id"),
    "quantity": ("value", "low", "high", "unit", "what", "place", "country", "date"),
    "event": ("type", "date", "place", "country", "by", "against", "counts"),
    "relation": ("subject", "predicate", "object", "date"),
}
EDITABLE: dict[str, tuple[str, ...]] = {
    kind: (*own, "attribution", "modality") for kind, own in OF_KIND.items()
}
"""Fields of each kind of candidate that a reviewer may change, in the order of showing."""

Item = Candidate | Mapping[str, Any]
"""What is looked at: a candidate, or a proposed merge as a record (candidates_file.MERGE_FIELDS)."""


def id_of(item: Item) -> str:
    """Return the id of a candidate or of a proposed merge."""
    return item.id if isinstance(item, Candidate) else str(item["id"])


def with_changes(candidate: Candidate, changes: Mapping[str, Any]) -> Candidate:
    """Return the candidate with some fields changed; they must have no problems."""
    return candidate_of(asdict(candidate) | dict(changes))


def problems_with(candidate: Candidate, changes: Mapping[str, Any]) -> list[Problem]:
    """Return what is wrong with changes to a candidate; empty when they may be made."""
    return problems(asdict(candidate) | dict(changes))


@dataclass
class Review:
    """A file of candidates under review: `candidates`, proposed `merges`, and all `decisions` so far."""

    log: Path
    candidates: list[Candidate]
    merges: list[dict[str, Any]]
    decisions: list[Decision] = field(default_factory=list)
    reviewer: str = ""

    @property
    def standing(self) -> dict[str, Decision]:
        """Decisions that stand, by id of what they are about, the last one at the end."""
        return standing(self.decisions)

    def items(self) -> dict[str, Item]:
        """Return all that can be decided on, by id: candidates, then merges."""
        every: list[Item] = [*self.candidates, *self.merges]
        return {id_of(item): item for item in every}

    def left(self, wanted: Callable[[Candidate], bool] = lambda _each: True) -> list[Item]:
        """Return what nobody has decided on, in the order of the file: wanted candidates, then merges."""
        decided = self.standing
        items: list[Item] = [*filter(wanted, self.candidates), *self.merges]
        return [item for item in items if id_of(item) not in decided]

    def decide(
        self, item: str, decision: str, edited: Mapping[str, Any] | None = None, number: str = ""
    ) -> Decision:
        """Take a decision ("accept" or "reject") and keep it in the log; raises Faults."""
        made = new_decision(item, decision, dict(edited or {}), self.reviewer, number)
        append(self.log, made)
        self.decisions.append(made)
        return made

    def accept_all(self, items: Iterable[str]) -> None:
        """Accept items as they are and keep that in the log; raises Faults."""
        made = [new_decision(item, "accept", None, self.reviewer) for item in items]
        append(self.log, *made)
        self.decisions += made

    def last(self) -> Decision | None:
        """Return the last decision that stands and is about this file, or None."""
        known = self.items()
        return next((each for each in reversed(self.standing.values()) if each.item in known), None)

    def undo(self, item: str) -> Decision | None:
        """Take back the decision on an item; return the one that stands on it then, or None."""
        made = new_decision(item, "undo", None, self.reviewer)
        append(self.log, made)
        self.decisions.append(made)
        return self.standing.get(item)

    def accepted(self) -> list[Candidate]:
        """Return the candidates that stand accepted, as edited, in the order of the file."""
        decided = self.standing
        return [
            self.placed(with_changes(each, decided[each.id].edited))
            for each in self.candidates
            if each.id in decided and decided[each.id].decision == "accept"
        ]

    def placed(self, candidate: Candidate) -> Candidate:
        """Return a candidate with the country of its place where its report tells it elsewhere."""
        country = self._countries.get((candidate.document, candidate.place), "")
        return candidate if candidate.country or not country else replace(candidate, country=country)

    @cached_property
    def _countries(self) -> dict[tuple[str, str], str]:
        """Countries of places by report and name."""
        return {
            (each.document, name): each.country
            for each in self.candidates
            if each.kind == "entity" and each.type == "place" and each.country
            for name in (each.name, *each.aliases)
        }

    def counts(self) -> dict[str, int]:
        """Return how many items stand accepted and rejected and how many are left, merges included."""
        decided = self.standing
        words = [decided[name].decision if name in decided else "left" for name in self.items()]
        return {word: words.count(word) for word in ("accept", "reject", "left")}


def open_review(path: Path, reviewer: str = "", log: Path | None = None) -> Review:
    """Return the review of a file of candidates with the decisions of its log so far.

    Raises Faults where the file, its merges or the log have faults, or an edit of the log is not right.
    """
    log = log or log_path(path)
    review = Review(log, read_candidates(path), read_merges(merges_path(path)), read_log(log), reviewer)
    _check_edits(review)
    return review


def _check_edits(review: Review) -> None:
    """Raise Faults for edits in the log that leave no candidate."""
    from trasiego.common.faults import Fault, Faults

    known = {each.id: each for each in review.candidates}
    faults = [
        Fault(str(review.log), None, f"{name}.edited.{each.key}", *each[1:])
        for name, decision in review.standing.items()
        if name in known and decision.edited
        for each in problems_with(known[name], decision.edited)
    ]
    if faults:
        raise Faults(faults)


def clean(changes: Mapping[str, Any], candidate: Candidate) -> dict[str, Any]:
    """Return those of the changes that differ from the candidate."""
    before = asdict(candidate)
    return {key: value for key, value in changes.items() if key in NAMES and before[key] != value}


def document_names(candidates: Iterable[Candidate]) -> list[str]:
    """Return the names of the documents of candidates, each once, in their order."""
    return list(dict.fromkeys(each.document for each in candidates))
