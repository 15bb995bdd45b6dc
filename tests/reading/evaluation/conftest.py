"""Annotated reports, and candidates that say just what an annotation says."""

from pathlib import Path

import pytest

from trasiego.reading.candidate import Candidate
from trasiego.reading.evaluation import read_gold

REPORTS = Path(__file__).parents[1] / "reports"
FOLDERS = ("development", "held_out")


@pytest.fixture(params=FOLDERS)
def annotated(request):
    return read_gold(REPORTS / request.param)


def candidate_of(kind, item, document="r.txt"):
    """Return the candidate that says what an annotated item says."""
    return Candidate(kind, document, quote="", start=0, end=0, **item)


def candidates_of(gold):
    return [candidate_of(kind, item, gold.document) for kind, items in gold.items.items() for item in items]
