"""Results of runs: labelled arrays, a tidy table, and folders that are whole or not there.

`Result` holds them; `to_dataset` makes the arrays of an ensemble one data set, `new_manifest` the record
of how it came about, `write_folder` and `read_folder` keep and fetch them.
"""

from __future__ import annotations

from trasiego.results.dataset import build_dataset, to_dataset
from trasiego.results.manifest import Manifest, ManifestEvent, new_manifest
from trasiego.results.result import Interval, Result
from trasiego.results.rounding import rounded
from trasiego.results.store import check_target, read_folder, write_folder, write_whole

__all__ = [
    "Interval",
    "Manifest",
    "ManifestEvent",
    "Result",
    "build_dataset",
    "check_target",
    "new_manifest",
    "read_folder",
    "rounded",
    "to_dataset",
    "write_folder",
    "write_whole",
]
