"""What a report states of its names: relations, events, who says so, and what does not agree."""

from trasiego.reading.statements.attribution import attribute
from trasiego.reading.statements.contradictions import contradictions
from trasiego.reading.statements.events import find_events
from trasiego.reading.statements.pairs import find_pairs
from trasiego.reading.statements.relations import find_relations
from trasiego.reading.statements.whereabouts import find_whereabouts

__all__ = [
    "attribute",
    "contradictions",
    "find_events",
    "find_pairs",
    "find_relations",
    "find_whereabouts",
]
