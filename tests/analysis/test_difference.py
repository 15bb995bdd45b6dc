"""Paired differences: intervals, what so many runs tell, and the gain of pairing, against known answers."""

import numpy as np
import pytest
from scipy import stats

from trasiego.analysis.difference import difference, runs_needed
from trasiego.analysis.student import MANY, t_probability, t_quantile


@pytest.mark.parametrize("degrees", [1, 2, 3, 4, 7, 19, 20, 99, 998])
def test_student_is_that_of_a_second_program(degrees):
    for t in (-2.5, -0.3, 0.0, 0.7, 4.0):
        assert t_probability(t, degrees) == pytest.approx(stats.t.cdf(t, degrees), abs=1e-12)
    for probability in (0.5, 0.8, 0.95, 0.999):
        assert t_quantile(probability, degrees) == pytest.approx(stats.t.ppf(probability, degrees), abs=1e-9)


def test_from_many_degrees_on_the_normal_quantile_is_near_enough():
    assert t_quantile(0.95, MANY) == pytest.approx(stats.t.ppf(0.95, MANY), rel=1e-3)


def test_the_interval_is_that_of_a_paired_t_test():
    draws = np.random.default_rng(3)
    base = draws.normal(10, 3, 12)
    arm = base + draws.normal(0.4, 0.5, 12)
    found = difference(base, arm)
    expected = stats.ttest_rel(arm, base).confidence_interval(0.9)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))
    assert found.mean == pytest.approx((arm - base).mean())
    assert found.median == pytest.approx(np.median(arm - base))
    assert found.relative == pytest.approx(found.mean / base.mean())
    assert found.distinct == (stats.ttest_rel(arm, base).pvalue < 0.1)
    assert found.variance_ratio == pytest.approx(
        (base.var(ddof=1) + arm.var(ddof=1)) / (arm - base).var(ddof=1)
    )


def test_the_same_runs_differ_by_nothing_and_a_shift_is_sure():
    base = np.array([1.0, 5.0, 9.0])
    same, moved = difference(base, base), difference(base, base + 2.0)
    assert (same.mean, same.low, same.high, same.distinct) == (0.0, 0.0, 0.0, False)
    assert (same.runs_needed, same.variance_ratio) == (None, None)
    assert (moved.low, moved.high, moved.distinct, moved.runs_needed) == (2.0, 2.0, True, 2)


def test_runs_without_an_answer_are_left_out_and_one_alone_is_none():
    base = np.array([1.0, np.nan, 3.0, 4.0])
    arm = np.array([2.0, 2.0, 5.0, np.inf])
    assert difference(base, arm).runs == 2
    assert difference(base[:2], arm[:2]) is None


def test_nothing_is_relative_to_nothing():
    assert difference(np.zeros(3), np.arange(3.0)).relative is None


def test_so_many_runs_tell_in_four_of_five_trials():
    needed = runs_needed(0.5, 1.0)
    assert needed == 27
    trials = np.random.default_rng(1).normal(0.5, 1.0, (2000, needed))
    told = np.mean([difference(np.zeros(needed), trial).distinct for trial in trials])
    assert 0.76 < told < 0.84


def test_intervals_of_many_hold_together():
    trials = np.random.default_rng(4).normal(0.0, 1.0, (400, 20, 6))
    zero = np.zeros(6)
    missed = [any(difference(zero, each, len(family)).distinct for each in family) for family in trials]
    assert 0.05 < np.mean(missed) < 0.15


def test_nine_of_ten_intervals_hold_the_mean():
    trials = np.random.default_rng(2).normal(0.0, 1.0, (2000, 5))
    missed = np.mean([difference(np.zeros(5), trial).distinct for trial in trials])
    assert 0.08 < missed < 0.12
