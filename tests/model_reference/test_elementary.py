"""Exponential and logarithm agree with those of NumPy."""

import numpy as np
import pytest

from trasiego.model.compiled import tight_kernel
from trasiego.model.elementary import exponential, logarithm


@tight_kernel
def exponentials(values, found):
    for i in range(values.size):
        found[i] = exponential(values[i])


@tight_kernel
def logarithms(values, found):
    for i in range(values.size):
        found[i] = logarithm(values[i])


def units_off(found, exact):
    """Largest error in units in the last place of the exact values."""
    return np.max(np.abs(found - exact) / np.spacing(np.abs(exact)))


def test_exponential():
    values = np.concatenate([np.linspace(-599.0, 700.0, 20_001), np.linspace(-1.0, 1.0, 20_001)])
    found = np.empty_like(values)
    exponentials(values, found)
    assert units_off(found, np.exp(values)) < 4.0


def test_exponential_of_very_small_numbers_stays_a_normal_number():
    values, found = np.array([-1e5, -600.0, -0.0]), np.empty(3)
    exponentials(values, found)
    assert found[0] == found[1] == pytest.approx(np.exp(-600.0))
    assert found[2] == 1.0


def test_logarithm():
    values = np.concatenate([np.logspace(-300, 300, 20_001), 1.0 - np.logspace(-15, -1, 1001)])
    found = np.empty_like(values)
    logarithms(values, found)
    assert units_off(found, np.log(values)) < 4.0


def test_logarithm_of_one_is_nothing():
    found = np.empty(1)
    logarithms(np.ones(1), found)
    assert found[0] == 0.0
