"""Evidence: what has been reported, where, by whom and how well, as claims that numbers of scenarios cite."""

from trasiego.evidence.claim import Claim, Source
from trasiego.evidence.contradictions import Contradiction
from trasiego.evidence.ledger import Ledger, LeftOut
from trasiego.evidence.load import load_ledger
from trasiego.evidence.measures import Measure
from trasiego.evidence.trace import Backing, Coverage, backing, coverage

__all__ = [
    "Backing",
    "Claim",
    "Contradiction",
    "Coverage",
    "Ledger",
    "LeftOut",
    "Measure",
    "Source",
    "backing",
    "coverage",
    "load_ledger",
]
