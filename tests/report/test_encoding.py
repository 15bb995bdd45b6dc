import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trasiego.report.encoding import FLOOR, decode, encode_linear, encode_log, rounded, short


def test_log_bytes_keep_values_within_four_percent():
    values = np.geomspace(FLOOR, 1e6, 5000).reshape(50, 100)
    error = np.abs(decode(encode_log(values)) / values - 1)
    assert error.max() < 0.04
    assert error.max() > 0.01, "the scale is finer than the docstring says: the test looks at nothing"


@given(st.lists(st.floats(0, 1e7), min_size=1, max_size=40))
def test_log_bytes_keep_order_and_zero(values):
    row = np.array([sorted(values)])
    found = decode(encode_log(row))
    assert (np.diff(found) >= 0).all()
    assert (found[row == 0] == 0).all()
    assert (found[row >= FLOOR] > 0).all()


def test_what_is_no_number_counts_as_zero():
    found = decode(encode_log(np.array([[np.nan, np.inf, 5.0, -3.0]])))
    assert found[0, [0, 1, 3]].tolist() == [0, 0, 0]
    assert found[0, 2] == pytest.approx(5, rel=0.04)


def test_values_above_the_ceiling_are_cut():
    assert decode(encode_log(np.array([[1e9, 10.0]]), ceiling=1000.0))[0, 0] == pytest.approx(1000)


def test_an_array_of_zeros_stays_zero():
    assert not decode(encode_log(np.zeros((3, 4)))).any()


def test_linear_bytes_are_exact_to_half_a_step():
    values = np.linspace(0, 1, 100).reshape(10, 10)
    assert np.abs(decode(encode_linear(values)) - values).max() <= 0.5 / 255 + 1e-12


def test_numbers_are_short_and_plain():
    assert rounded([1234567.0, 0.000123456, np.nan, 5.0, np.inf]) == [1235000, 0.0001235, None, 5, None]
    assert isinstance(short(5.0), int)
    assert short(None) is None
