"""Comparisons of made-up figures: where the flow goes, what an effect costs, what can be told apart."""

import json
from types import SimpleNamespace

import numpy as np
import pytest

from trasiego.analysis.asked import asked_arms, asked_period
from trasiego.analysis.comparison import compare_arms
from trasiego.analysis.comparison_tables import runs_table, summary_table
from trasiego.analysis.costs import Cost, arm_cost, cost_of
from trasiego.analysis.difference import difference
from trasiego.analysis.displacement import displacement
from trasiego.analysis.outcomes import Measured, OutcomeKey
from trasiego.common.faults import Faults
from trasiego.scenario import read_policy

ABOUT = {
    "scenario": "made-up",
    "title": "Made up",
    "scenario_hash": "0",
    "trasiego_version": "0",
    "months": 12,
    "start": "",
}
NOISE = np.array([0.3, -0.1, 0.2, -0.4, 0.0, 0.1])


def measured(delivered=100.0, killings=50.0, seed=1, **inflow):
    """Return made-up figures of six runs; every figure has the same noise, so that pairs share it."""
    values = {OutcomeKey("delivered"): delivered + NOISE, OutcomeKey("killings"): killings + NOISE}
    values |= {OutcomeKey("inflow", country): level + 0 * NOISE for country, level in inflow.items()}
    return Measured(values, tuple(range(6)), seed, "0", ("2010-01", "2010-12"))


def jittered(base, size):
    """Return the same figures with a noise of their own."""
    noise = size * np.random.default_rng(5).normal(size=6)
    values = {key: each + noise for key, each in base.values.items()}
    return Measured(values, base.runs, base.seed, base.hash, base.period)


def compared(**arms):
    policies = [read_policy("guatemala-budget-20")]
    return compare_arms(
        measured(GT=40.0, HN=30.0), {name: (policies, each) for name, each in arms.items()}, ABOUT
    )


def test_flow_that_leaves_a_country_turns_up_in_others():
    found = displacement(measured(GT=40.0, HN=30.0, MX=0.0), measured(GT=30.0, HN=36.0, MX=0.0))
    assert [row.country for row in found.countries] == ["GT", "HN"]
    assert (found.lost_most, found.gained) == ("GT", ("HN",))
    assert found.share.median == pytest.approx(0.6)


def test_what_cannot_be_told_neither_gains_nor_loses():
    base = measured(GT=40.0, HN=30.0)
    found = displacement(base, jittered(base, 3.0))
    assert (found.lost_most, found.gained, found.share) == ("", (), None)


def test_cost_of_an_effect_goes_from_lowest_over_most_to_highest_over_least():
    before = np.array([10.0, 11.0, 12.0, 13.0])
    fall = difference(before, before - np.array([1.0, 2.0, 3.0, 2.0]))
    found = cost_of(Cost(100.0, 50.0, 300.0), fall, 1000.0, "USD/kg").cost
    assert found.value == pytest.approx(100.0 * 12 / 2000)
    assert found.low == pytest.approx(50.0 * 12 / (-1000 * fall.low))
    assert found.high == pytest.approx(300.0 * 12 / (-1000 * fall.high))


def test_a_gain_that_may_be_nothing_has_no_upper_cost_and_a_loss_has_none():
    before = np.array([10.0, 10.0, 10.0])
    unsure = cost_of(Cost(1.0, 1.0, 1.0), difference(before, before + [-3.0, 1.0, -1.0]), 1.0, "USD")
    assert unsure.cost.high is None
    assert unsure.note
    assert cost_of(Cost(1.0, 1.0, 1.0), difference(before, before + 1.0), 1.0, "USD").cost is None


def test_policies_cost_together_from_their_start_on():
    policy = read_policy("guatemala-budget-20")
    late = SimpleNamespace(cost=policy.cost, start="2010-10")
    assert arm_cost([policy, late], "2010-01", "2010-12").value == pytest.approx(policy.cost.value * 1.25)
    assert arm_cost([policy, SimpleNamespace(cost=None, start="")], "2010-01", "2010-12") is None


def test_arms_are_told_from_the_base_and_from_each_other():
    found = compared(less=measured(90.0, GT=40.0, HN=30.0), same=measured(GT=40.0, HN=30.0))
    less, same = found.row("delivered").differences
    assert (less.mean, less.distinct, same.distinct) == (pytest.approx(-10.0), True, False)
    (pair,) = [row for row in found.pairs if row.outcome == "delivered"]
    assert (pair.first, pair.second, pair.difference.mean) == ("less", "same", pytest.approx(10.0))
    assert found.arms[0].kg_kept.cost.value == pytest.approx(12e6 / 10_000)


def test_other_runs_are_no_pairs():
    with pytest.raises(ValueError, match="other"):
        compared(other=measured(seed=2))


def test_tables_hold_every_run_and_every_difference():
    found = compared(less=measured(90.0, GT=40.0, HN=30.0), same=measured(GT=40.0, HN=30.0))
    rows = runs_table(found).to_pylist()
    assert len(rows) == 2 * 4 * 6
    assert all(row["difference"] == pytest.approx(row["value"] - row["base"]) for row in rows)
    summary = summary_table(found).to_pylist()
    assert {(row["arm"], row["against"]) for row in summary} == {
        ("less", "base"),
        ("same", "base"),
        ("same", "less"),
    }
    assert json.loads(json.dumps(found.to_dict(), allow_nan=False))["runs"] == 6


def test_an_arm_may_have_several_policies():
    assert asked_arms(["a", "a+b"]) == {"a": ("a",), "a+b": ("a", "b")}


@pytest.mark.parametrize("policies", [[], ["a", "a"], ["a+b", "b+a"], ["a+"], ["a+a"]])
def test_arms_that_are_none_or_the_same_are_refused(policies):
    with pytest.raises(Faults):
        asked_arms(policies)


@pytest.mark.parametrize(
    ("first", "last"), [("2009-12", None), ("2010-05", "2010-04"), (None, "2011-01"), ("2010-5", None)]
)
def test_months_outside_of_the_run_are_refused(first, last):
    scenario = SimpleNamespace(start=np.datetime64("2010-01", "M"), months=12)
    assert asked_period(scenario, None, None, None) == ("2010-01", "2010-12")
    with pytest.raises(Faults):
        asked_period(scenario, None, first, last)
