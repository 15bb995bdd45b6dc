"""Results of many runs are rounded a little, others not at all."""

import numpy as np
import pytest

from trasiego.results import read_folder, rounded, write_folder
from trasiego.results.rounding import ENTITY_BITS, MANY_RUNS, WORLD_BITS, round_bits, round_small


@pytest.mark.parametrize("kind", ["float32", "float64"])
def test_bits_by_hand(kind):
    given = np.array([1.0, 1.25, 1.3125, 1.4375, -1.3, 3e9, 0.0, np.inf, -np.inf, np.nan], dtype=kind)
    found = round_bits(given, 2)
    assert found.dtype == given.dtype
    # One, one and a quarter, ties to the even neighbour, and what is no number as it was.
    np.testing.assert_array_equal(found[:5], [1.0, 1.25, 1.25, 1.5, -1.25])
    np.testing.assert_array_equal(found[6:], given[6:])
    assert abs(found[5] / 3e9 - 1) <= 2.0**-3
    np.testing.assert_array_equal(round_bits(found, 2), found)


def test_what_is_small_beside_the_largest():
    given = np.array([[131072.0, 3.4, 0.4, -2.6, np.nan, np.inf]])
    found = round_small(given)
    np.testing.assert_array_equal(found, [[131072.0, 3.0, 0.0, -3.0, np.nan, np.inf]])
    np.testing.assert_array_equal(round_small(found), found)
    assert not round_small(np.zeros((2, 2))).any() and round_small(np.zeros((0, 3))).size == 0


def test_no_figure_moves_further_than_it_says(make_result):
    result = make_result({"run": MANY_RUNS + 1})
    found = rounded(result.dataset)
    for name, bits in (("produced_kg", WORLD_BITS), ("country_seized_kg", ENTITY_BITS)):
        before, after = result.dataset[name].values, found[name].values
        moved = np.abs(after / before - 1)[before > 0.01 * before.max()].max()
        assert found[name].attrs["relative_rounding"] == 2.0 ** -(bits + 1)
        assert 0 < moved <= 2.0 ** -(bits + 1) + 1e-3  # the second for what is small
        assert abs(after.mean() / before.mean() - 1) < moved / 10
    for name in ("link_flow_kg", "link_flow_kg_quantile", "month"):
        np.testing.assert_array_equal(found[name].values, result.dataset[name].values)


def test_few_runs_stay_as_they_are(make_result):
    dataset = make_result({"run": MANY_RUNS}).dataset
    assert rounded(dataset) is dataset


def test_many_runs_take_less_room_and_read_back(make_result, tmp_path):
    from trasiego.results import Result

    result = make_result({"run": MANY_RUNS + 1, "month": 60})
    small = Result(rounded(result.dataset), result.manifest)
    folders = [write_folder(each, tmp_path / name) for each, name in ((result, "as-is"), (small, "small"))]
    sizes = [read_folder(folder).manifest["contents"]["metrics.parquet"]["bytes"] for folder in folders]
    assert sizes[1] < 0.5 * sizes[0]
    assert read_folder(folders[1]).dataset.load().equals(small.dataset)
