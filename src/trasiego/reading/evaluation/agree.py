"""When a candidate agrees with an annotated item: one rule for each kind."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from trasiego.common.units import UNITS, convert
from trasiego.reading.candidate import Candidate
from trasiego.reading.evaluation.gold import Item
from trasiego.reading.evaluation.wording import any_same, name_words, share_word, word_lists

TOLERANCE = 0.01
"""Part of a figure by which two figures may differ and be the same."""

SYMMETRIC = ("rival_of", "allied_with")
"""Predicates that hold in both directions."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How strictly to compare, and what is known of the parties (`known`: type and names of each entity).

    `lenient` leaves the types of entities and events aside, and lets what a quantity counts stand anywhere in
    its sentence.
    """

    lenient: bool = False
    known: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def names(self, name: str) -> list[str]:
        """Return `name` with the further names of the entity that has just this name."""
        wanted = name_words(name)
        return [name, *(each for _kind, names in self.known if _has(names, wanted) for each in names)]

    def kind(self, name: str) -> str:
        """Return the type of the entity that has just this name; empty where there is none."""
        wanted = name_words(name)
        return next((kind for kind, names in self.known if _has(names, wanted)), "")

    def same(self, one: str, other: str) -> bool:
        """Tell whether two parties are the same, by any of their names."""
        return any_same(self.names(one), self.names(other), self.kind(one))


def _has(names: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return any(name_words(name) == wanted for name in names)


def entity_agrees(item: Item, candidate: Candidate, rules: Rules) -> bool:
    """Tell whether an entity is of the same type and one of its names means one of the annotated names."""
    kind = str(item["type"])
    if candidate.type != kind and not rules.lenient:
        return False
    return any_same([item["name"], *item.get("aliases", ())], [candidate.name, *candidate.aliases], kind)


def quantity_agrees(item: Item, candidate: Candidate, rules: Rules) -> bool:
    """Tell whether unit and figures are the same, and what is counted shares a word or a class of words."""
    factor = _factor(candidate.unit, str(item["unit"]))
    if factor is None or not _figures_met(item, candidate, factor):
        return False
    counted = f"{candidate.what} {candidate.sentence}" if rules.lenient else candidate.what
    return share_word(str(item["what"]), counted)


def event_agrees(item: Item, candidate: Candidate, rules: Rules) -> bool:
    """Tell whether an event is of the same type and what both say of it goes together.

    Its date must not contradict; of place, actor and target at least as many agree as differ; and one of the
    four agrees.
    """
    dates, *rest = _event_checks(item, candidate, rules)
    if dates is False or (candidate.type != item["type"] and not rules.lenient):
        return False
    agreed = rest.count(True)
    return agreed >= rest.count(False) and (agreed > 0 or dates is True)


def event_goes(item: Item, candidate: Candidate, rules: Rules) -> bool:
    """Tell whether an event is of the same type and nothing that both sides give contradicts."""
    typed = candidate.type == item["type"] or rules.lenient
    return typed and False not in _event_checks(item, candidate, rules)


def relation_agrees(item: Item, candidate: Candidate, rules: Rules) -> bool:
    """Tell whether predicate and both parties are the same, for symmetric predicates in either direction."""
    if candidate.predicate != item["predicate"]:
        return False
    ours = (candidate.subject, candidate.object)
    turned = [ours, ours[::-1]] if item["predicate"] in SYMMETRIC else [ours]
    return any(rules.same(item["subject"], a) and rules.same(item["object"], b) for a, b in turned)


AGREES: dict[str, Callable[[Item, Candidate, Rules], bool]] = {
    "entity": entity_agrees,
    "quantity": quantity_agrees,
    "event": event_agrees,
    "relation": relation_agrees,
}
"""The rule of each kind."""


def _factor(from_: str, to: str) -> float | None:
    """Return by what a figure in one unit is multiplied to be one in the other; None for other dimensions."""
    alike = word_lists()["units"]
    if from_ == to or alike.get(from_, from_) == alike.get(to, to):
        return 1.0
    if from_ in UNITS and to in UNITS and UNITS[from_].dimension == UNITS[to].dimension:
        return convert(1.0, from_, to)
    return None


def _figures_met(item: Item, candidate: Candidate, factor: float) -> bool:
    """Tell whether each annotated figure is met by the same figure of the candidate, a lone one by any."""
    names = ("value", "low", "high")
    wanted = {name: float(item[name]) for name in names if item.get(name) is not None}
    given = {name: figure * factor for name in names if (figure := getattr(candidate, name)) is not None}
    if "value" in wanted and "value" in given:
        return _near(wanted["value"], given["value"])
    if len(wanted) == 1 and (len(given) == 1 or "value" in given):
        figure = given.get("value", next(iter(given.values())))
        return _near(next(iter(wanted.values())), figure)
    return bool(wanted) and all(name in given and _near(wanted[name], given[name]) for name in wanted)


def _near(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=TOLERANCE)


def _dates(one: str, other: str) -> bool | None:
    """Tell whether two dates go together; None where one is not given."""
    if not one or not other:
        return None
    spans = [_span(date) for date in (one, other)]
    if any(date.startswith("--") for date in (one, other)):
        return all(first[-5:] <= last[-5:] for (first, _a), (_b, last) in (spans, spans[::-1]))
    return spans[0][0] <= spans[1][1] and spans[1][0] <= spans[0][1]


def _span(date: str) -> tuple[str, str]:
    """Return the first and last day of a date, as text that sorts."""
    first, _slash, last = date.partition("/")
    return _filled(first, "-01-01"), _filled(last or first, "-12-31")


def _filled(date: str, rest: str) -> str:
    """Return a date with month and day from `rest` ("-01-01") where it lacks them."""
    return date if date.startswith("--") else date + rest[len(date) - len("2000") :]


def _event_checks(item: Item, candidate: Candidate, rules: Rules) -> list[bool | None]:
    """Return whether date, place, actor and target agree; None for what one side does not give."""
    checks = [_dates(str(item.get("date", "")), candidate.date)]
    for name in ("place", "by", "against"):
        wanted, given = str(item.get(name, "")), str(getattr(candidate, name))
        alike = name != "place" and share_word(wanted, given)
        checks.append((alike or rules.same(wanted, given)) if wanted and given else None)
    return checks
