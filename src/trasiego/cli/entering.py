"""From decisions to the own ledger: what is accepted enters it, what is taken back leaves it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from trasiego.common.faults import Fault, Faults, nearest
from trasiego.common.messages import _
from trasiego.evidence import load_ledger
from trasiego.evidence.own import OwnLedger, letters
from trasiego.evidence.own.records import claim_id
from trasiego.reading.candidate import Candidate
from trasiego.reading.persons import Person, persons_of
from trasiego.reading.review.log import Decision, new_decision, read_log, standing
from trasiego.reading.review.session import Item, Review, id_of, with_changes


class Entering:
    """Decisions of a review and what they do to a ledger file, which is made when the first is accepted."""

    def __init__(self, review: Review, ledger: Path) -> None:
        self.review = review
        self.ledger = ledger
        self.persons: Sequence[Person] = persons_of(review.candidates)

    def decide(
        self, item: Item, decision: str, edited: Mapping[str, Any] | None = None, number: str = ""
    ) -> None:
        """Take a decision: first in the ledger, then in the log; raises Faults.

        `number` is the path of a number that an accepted claim speaks to.
        """
        self._apply(item, decision, edited or {}, number)
        self.review.decide(id_of(item), decision, edited, number)

    def undo(self) -> Item | None:
        """Take the last decision back and return what it was about, None where there is none."""
        last = self.review.last()
        if last is None:
            return None
        item = self.review.items()[last.item]
        before = self.review.undo(last.item)
        before = before or new_decision(last.item, "undo")
        self._apply(item, before.decision, before.edited, before.number)
        return item

    def accept_all(self, items: Sequence[Item]) -> int:
        """Accept candidates, all in one change of the ledger; return how many."""
        candidates = [item for item in items if isinstance(item, Candidate)]
        if candidates:
            self._enter([self.review.placed(each) for each in candidates])
            self.review.accept_all(each.id for each in candidates)
        return len(candidates)

    def follow(self, log: Path) -> int:
        """Take the decisions that stand in another log; return how many. Raises Faults for unknown ids.

        Whatever stands accepted after that is in the ledger, also where it was lost there.
        """
        if not log.is_file():
            raise Faults(_no_log(log))
        known = self.review.items()
        wanted = standing(read_log(log))
        if unknown := [name for name in wanted if name not in known]:
            raise Faults([_unknown_item(log, name, list(known)) for name in unknown[:10]])
        taken, stands = 0, self.review.standing
        for name, decision in wanted.items():
            now = stands.get(name)
            if now is None or _what(now) != _what(decision):
                self.decide(known[name], decision.decision, decision.edited, decision.number)
                taken += 1
        if accepted := self.review.accepted():
            stands = self.review.standing
            self._enter(accepted, {each.id: stands[each.id].number for each in accepted})
        return taken

    def _apply(self, item: Item, decision: str, edited: Mapping[str, Any], number: str) -> None:
        if isinstance(item, Candidate) and decision == "accept":
            self._enter([self.review.placed(with_changes(item, edited))], {item.id: number})
        elif decision == "accept" or self.ledger.is_file():
            with OwnLedger(self.ledger, create=True) as own:
                if isinstance(item, Candidate):
                    own.withdraw([claim_id(item)])
                elif decision == "accept":
                    own.accept_merge(item, self.review.reviewer)
                else:
                    own.withdraw_merge(str(item["id"]))

    def _enter(self, candidates: Sequence[Candidate], numbers: Mapping[str, str] | None = None) -> None:
        known = {each.id: claim_id(each) for each in self.review.candidates}
        linked = [
            replace(each, contradicts=[known[name] for name in each.contradicts if name in known])
            for each in candidates
        ]
        with OwnLedger(self.ledger, create=True) as own:
            own.enter(linked, self.persons, letters(load_ledger()), self.review.reviewer)
            for name, number in (numbers or {}).items():
                if number:
                    own.link(known[name], number, self.review.reviewer)


def _what(decision: Decision) -> tuple[Any, ...]:
    return decision.decision, decision.edited, decision.number


def _no_log(log: Path) -> Fault:
    allowed, do = _("a log of decisions"), _("check the name")
    return Fault(str(log), None, None, _("no such file"), allowed, None, do)


def _unknown_item(log: Path, name: str, known: Sequence[str]) -> Fault:
    allowed = _("the id of a candidate or merge of this file")
    do = _("take the log that belongs to the file")
    return Fault(str(log), None, "item", name, allowed, nearest(name, known), do)
