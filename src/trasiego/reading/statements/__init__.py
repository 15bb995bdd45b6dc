"""What a report states of its names: relations, events, who says so, and what does not agree."""

from trasiego.reading.statements.relations import find_relations

__all__ = ["find_relations"]
