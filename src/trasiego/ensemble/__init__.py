"""Ensembles: many runs of one world, with progress and a way to stop."""

from trasiego.ensemble.progress import Cancelled, Progress
from trasiego.ensemble.record import Record
from trasiego.ensemble.run import run_ensemble

__all__ = ["Cancelled", "Progress", "Record", "run_ensemble"]
