"""How values become JSON and figures."""

import json
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from trasiego.cli.shown import figure, percent, plain, span, write_json


@dataclass
class Record:
    path: Path
    inner: tuple


def test_records_arrays_dates_and_numbers_that_are_none():
    record = Record(Path("a/b"), (np.float32(0.5), math.nan, np.datetime64("2008-01"), {"k": {1}}))
    assert plain(record) == {"path": "a/b", "inner": [0.5, None, "2008-01", {"k": [1]}]}
    assert plain(np.array([1.0, np.inf])) == [1.0, None]
    assert plain(np.array(["2008-01"], dtype="datetime64[M]")) == ["2008-01"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"), (1234567, "1,230,000"), (13500.0, "13,500"), (0.25, "0.25"), (0.000123, "0.000123"),
        (-45.678, "-45.7"), (99.96, "100"), (None, "-"), (math.nan, "-"), (math.inf, "-"),
    ],
)  # fmt: skip
def test_figures_are_written_for_people(value, text):
    assert figure(value) == text


@pytest.mark.parametrize(
    ("share", "text"), [(0.2816, "28%"), (0.0047, "0.47%"), (0, "0%"), (1, "100%"), (None, "-")]
)
def test_a_share_in_percent_keeps_two_figures(share, text):
    assert percent(share) == text


def test_intervals():
    assert span(1.0, 2.5) == "1 to 2.5"
    assert span(None, 2.5) == "-"


def test_a_file_is_written_whole(tmp_path):
    path = tmp_path / "one.json"
    write_json({"a": 1}, path)
    assert json.loads(path.read_text()) == {"a": 1}
    assert [each.name for each in tmp_path.iterdir()] == ["one.json"]


def test_nothing_is_left_when_a_value_cannot_be_written(tmp_path):
    class Odd:
        def __str__(self):
            raise RuntimeError("odd")

    with pytest.raises(RuntimeError):
        write_json({"a": Odd()}, tmp_path / "one.json")
    assert not list(tmp_path.iterdir())
