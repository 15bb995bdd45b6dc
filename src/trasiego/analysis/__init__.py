"""What a result says: the summary, and the scorecard of patterns with bands from reports."""

from trasiego.analysis.arms import Arm, Overlay, arms_of
from trasiego.analysis.comparison import Comparison, compare_arms
from trasiego.analysis.outcomes import measure_outcomes
from trasiego.analysis.patterns import Part, Pattern, load_patterns
from trasiego.analysis.scorecard import (
    PartResult,
    PatternResult,
    counts,
    own_scenario_first,
    scorecard,
)
from trasiego.analysis.summary import Summary, summarise
from trasiego.analysis.tables import counts_text, scorecard_markdown

__all__ = [
    "Arm",
    "Comparison",
    "Overlay",
    "Part",
    "PartResult",
    "Pattern",
    "PatternResult",
    "Summary",
    "arms_of",
    "compare_arms",
    "counts",
    "counts_text",
    "load_patterns",
    "measure_outcomes",
    "own_scenario_first",
    "scorecard",
    "scorecard_markdown",
    "summarise",
]
