"""How well reports are read: candidates held against what people found in the same reports."""

from trasiego.reading.evaluation.gold import Gold, read_gold
from trasiego.reading.evaluation.score import Outcome, Report, overall, score

__all__ = ["Gold", "Outcome", "Report", "overall", "read_gold", "score"]
