"""Precision, recall and F1: candidates and annotated items matched one to one, as many as can be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from trasiego.reading.candidate import KINDS, Candidate
from trasiego.reading.evaluation.agree import AGREES, Rules, event_goes
from trasiego.reading.evaluation.gold import Gold, Item
from trasiego.reading.network.graph import library

REPEATABLE = ("quantity", "event", "relation")
"""Kinds of which a report may say the same twice: a second candidate for a found item is not held against it.

A second entity for a found one is false, for an entity has one candidate.
"""

WHERE = (
    "id",
    "quote",
    "start",
    "end",
    "sentence",
    "sentence_start",
    "confidence",
    "attribution",
    "contradicts",
)
"""Fields of a candidate that say where and how it is said, not what."""


@dataclass(slots=True)
class Outcome:
    """What became of the candidates of one kind: found items, items missed, and candidates that are false."""

    found: list[tuple[Item, Candidate]] = field(default_factory=list)
    missed: list[Item] = field(default_factory=list)
    false: list[Candidate] = field(default_factory=list)

    def precision(self) -> float:
        """Return the part of the candidates that are right, 0 to 1; 1 when there is none."""
        return _part(len(self.found), len(self.false))

    def recall(self) -> float:
        """Return the part of the items that were found, 0 to 1; 1 when there is none."""
        return _part(len(self.found), len(self.missed))

    def f1(self) -> float:
        """Return the harmonic mean of precision and recall, 0 to 1; 1 when there was nothing to find."""
        wrong = len(self.false) + len(self.missed)
        return _part(2 * len(self.found), wrong)

    def counts(self) -> dict[str, float]:
        """Return counts and measures as plain numbers."""
        return {
            "found": len(self.found),
            "missed": len(self.missed),
            "false": len(self.false),
            "precision": round(self.precision(), 4),
            "recall": round(self.recall(), 4),
            "f1": round(self.f1(), 4),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """The outcome of one report by kind."""

    document: str
    outcomes: dict[str, Outcome]


def score(gold: Gold, candidates: Sequence[Candidate], *, lenient: bool = False) -> Report:
    """Return how the candidates of a report agree with its annotation, kind by kind."""
    return Report(gold.document, {kind: _outcome(gold, candidates, kind, lenient) for kind in KINDS})


def overall(reports: Iterable[Report]) -> dict[str, Outcome]:
    """Return the outcomes of all reports together by kind, every item counting the same."""
    total = {kind: Outcome() for kind in KINDS}
    for report in reports:
        for kind, outcome in report.outcomes.items():
            total[kind].found += outcome.found
            total[kind].missed += outcome.missed
            total[kind].false += outcome.false
    return total


def _outcome(gold: Gold, candidates: Sequence[Candidate], kind: str, lenient: bool) -> Outcome:
    items, optional = gold.items[kind], gold.optional[kind]
    rules = Rules(lenient, _known(gold, candidates))
    ours = _once([each for each in candidates if each.kind == kind])
    agrees = AGREES[kind]
    pairs = _matched(items, ours, lambda item, each: agrees(item, each, rules))
    if kind == "event":
        pairs |= _lone_events(items, ours, pairs, rules)
    taken = set(pairs.values())
    repeated = items if kind in REPEATABLE else []
    goes = event_goes if kind == "event" else agrees
    false = [
        each
        for at, each in enumerate(ours)
        if at not in taken
        and not any(agrees(item, each, rules) for item in repeated)
        and not any(goes(item, each, rules) for item in optional)
    ]
    return Outcome(
        [(items[at], ours[to]) for at, to in sorted(pairs.items())],
        [item for at, item in enumerate(items) if at not in pairs],
        false,
    )


def _matched(
    items: Sequence[Item], candidates: Sequence[Candidate], agree: Callable[[Item, Candidate], bool]
) -> dict[int, int]:
    """Return a largest matching of items to candidates, by their positions."""
    nx = library()
    graph = nx.Graph()
    left = [("item", at) for at in range(len(items))]
    graph.add_nodes_from(left)
    for at, item in enumerate(items):
        graph.add_edges_from(
            (("item", at), ("candidate", to)) for to, each in enumerate(candidates) if agree(item, each)
        )
    found = nx.bipartite.hopcroft_karp_matching(graph, left)
    return {node[1]: to[1] for node, to in found.items() if node[0] == "item"}


def _lone_events(
    items: Sequence[Item], candidates: Sequence[Candidate], pairs: dict[int, int], rules: Rules
) -> dict[int, int]:
    """Return the matches of events that are the one of their type on both sides and do not contradict."""
    found = {}
    for at, item in enumerate(items):
        same = [to for to, each in enumerate(candidates) if each.type == item["type"]]
        alone = len(same) == 1 and sum(each["type"] == item["type"] for each in items) == 1
        if alone and at not in pairs and event_goes(item, candidates[same[0]], rules):
            found[at] = same[0]
    return found


def _known(gold: Gold, candidates: Sequence[Candidate]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return type and names of each entity, the annotated ones first."""
    annotated = [(each["type"], (each["name"], *each.get("aliases", ()))) for each in gold.items["entity"]]
    proposed = [(each.type, (each.name, *each.aliases)) for each in candidates if each.kind == "entity"]
    return (*annotated, *proposed)


def _once(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the candidates without those that say the same as one before, wherever they stand."""
    kept: list[Candidate] = []
    seen: list[dict[str, object]] = []
    for each in candidates:
        said = {name: part for name, part in each.to_dict().items() if name not in WHERE}
        if said not in seen:
            seen.append(said)
            kept.append(each)
    return kept


def _part(right: int, wrong: int) -> float:
    return right / (right + wrong) if right + wrong else 1.0
