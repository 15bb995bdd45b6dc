"""Draws of numbers: inside their ranges, the same alone and among many, shared by arms of a comparison."""

import builtins

import numpy as np
import pytest

from trasiego.common.faults import Faults
from trasiego.ensemble.parameters import NumberDraws, Ranges, has_range, sobol_points
from trasiego.ensemble.run import run_ensemble
from trasiego.scenario import load_scenario
from trasiego.world.compile import compile_world, lay_out

BUDGET = "countries.PE.own_budget_usd_per_month"


@pytest.fixture(scope="module")
def scenario():
    return load_scenario("vrae-2010")


@pytest.fixture(scope="module")
def drawn(scenario):
    return NumberDraws(scenario, 1).of_runs(range(64))


def figures(draws):
    return np.array([draw.figures for draw in draws])


def made(number, **changes):
    import dataclasses

    return dataclasses.replace(number, **changes)


def test_every_number_with_a_range_is_drawn_inside_it(scenario, drawn):
    draws = NumberDraws(scenario, 1)
    numbers = [scenario.numbers[path] for path in draws.paths]
    assert len(numbers) > 300 and all(map(has_range, numbers))
    low, high = (np.array([getattr(number, end) for number in numbers]) for end in ("low", "high"))
    found = figures(drawn)
    assert (found >= low).all() and (found <= high).all()
    spread = np.ptp(found, axis=0) / (high - low)
    assert np.median(spread) > 0.7


def test_a_run_draws_the_same_alone_and_among_many(scenario, drawn):
    draws = NumberDraws(scenario, 1)
    for run in (0, 1, 13, 63):
        np.testing.assert_array_equal(draws.of_runs([run])[0].figures, drawn[run].figures)
    np.testing.assert_array_equal(figures(draws.of_runs(range(50, 64))), figures(drawn[50:]))
    assert not np.array_equal(NumberDraws(scenario, 2).of_runs([0])[0].figures, drawn[0].figures)


def test_sobol_points_fill_each_quarter_alike():
    points = sobol_points(20, (7, 1), range(64))
    counts = [np.histogram(column, 4, (0, 1))[0].tolist() for column in points.T]
    assert counts == [[16] * 4] * 20


def test_rule_of_a_range(scenario):
    number = scenario.number("learning.memory")
    cases = {
        "uniform": made(number, low=2.0, value=4.0, high=6.0),
        "triangular": made(number, low=0.0, value=0.0, high=1.0),
        "log uniform": made(number, low=1.0, value=10.0, high=100.0),
        "fixed": made(number, low=None, value=3.0, high=None),
    }
    ranges = Ranges(list(cases.values()))
    found = {level: ranges.at(np.full(4, level)).tolist() for level in (0.0, 0.25, 0.75, 1.0)}
    assert found[0.0] == pytest.approx([2.0, 0.0, 1.0, 3.0])
    assert found[0.25] == pytest.approx([3.0, 1 - 0.75**0.5, 10**0.5, 3.0])
    assert found[0.75] == pytest.approx([5.0, 0.5, 10**1.5, 3.0])
    assert found[1.0] == pytest.approx([6.0, 1.0, 100.0, 3.0])
    skewed = Ranges([made(number, low=1.0, value=2.0, high=9.0)])
    levels = (np.arange(100_000) + 0.5) / 100_000
    assert skewed.at(levels[:, None]).mean() == pytest.approx(4.0, abs=1e-3)


def test_what_was_multiplied_is_the_base_draw_times_the_factor(scenario, drawn):
    doubled = load_scenario("vrae-2010", settings=[f"{BUDGET}.times=2"])
    laid = NumberDraws(doubled, 1).of_runs(range(8))
    for base, other in zip(drawn, laid, strict=False):
        assert other.scenario.value(BUDGET) == pytest.approx(2 * base.scenario.value(BUDGET))
        assert other.scenario.file_figures == {BUDGET: base.scenario.value(BUDGET)}
        for path in doubled.own_paths:
            if path != BUDGET:
                assert other.scenario.value(path) == base.scenario.value(path)


def test_what_was_set_is_what_it_was_set_to(drawn):
    number = load_scenario("vrae-2010").number(BUDGET)
    fixed = load_scenario("vrae-2010", settings=[f"{BUDGET}={number.value}"])
    laid = NumberDraws(fixed, 1).of_runs(range(3))
    assert [draw.scenario.value(BUDGET) for draw in laid] == [number.value] * 3
    bases = [draw.scenario.value(BUDGET) for draw in drawn[:3]]
    assert [draw.scenario.file_figures[BUDGET] for draw in laid] == bases
    assert laid[0].scenario.value("learning.memory") == drawn[0].scenario.value("learning.memory")


def test_later_changes_are_drawn_with_their_number(tmp_path, drawn):
    policy = tmp_path / "later.toml"
    policy.write_text(
        '[policy]\nname = "later"\ntitle = "Later"\nstart = "2011-01"\n'
        "[countries.PE]\nown_budget_usd_per_month = { times = 3 }\n"
    )
    laid = NumberDraws(load_scenario("vrae-2010", [str(policy)]), 1).of_runs(range(3))
    for base, other in zip(drawn, laid, strict=False):
        (change,) = other.scenario.delayed
        assert change.number.value == pytest.approx(3 * base.scenario.value(BUDGET))
        assert other.scenario.value(BUDGET) == base.scenario.value(BUDGET)


def test_what_must_go_together_does(scenario, drawn):
    for draw in drawn:
        value = draw.scenario.value
        for kind in scenario.section("kinds"):
            table = f"kinds.{kind}"
            assert value(f"{table}.members_at_entry_low") <= value(f"{table}.members_at_entry_high")
            chances = [value(f"{table}.{what}_probability") for what in ("succession", "split")]
            assert sum(chances) <= 1.0 + 1e-12
        for group in scenario.section("groups"):
            kind = scenario.text(f"groups.{group}.kind")
            assert value(f"groups.{group}.members") >= value(f"kinds.{kind}.members_minimum")


def test_the_whole_route_opens_in_every_draw():
    scenario = load_scenario("northern-route")
    draws, layout = NumberDraws(scenario, 3), lay_out(scenario)
    for draw in draws.of_runs(range(40)):
        opening = compile_world(draw.scenario, layout=layout).opening
        assert (opening.group_kind < 0).sum() > 50


def test_a_shared_layout_changes_no_bit(scenario, drawn):
    one = compile_world(drawn[5].scenario)
    other = compile_world(drawn[5].scenario, layout=lay_out(scenario))
    assert one.names == other.names and one.numbers == other.numbers and one.events == other.events
    for table in (
        "places",
        "nodes",
        "links",
        "kinds",
        "principals",
        "zones",
        "markets",
        "countries",
        "opening",
    ):
        for name in getattr(one, table)._fields:
            np.testing.assert_array_equal(
                getattr(getattr(one, table), name), getattr(getattr(other, table), name)
            )


def test_runs_are_in_the_worlds_that_they_drew(scenario):
    world, draws = compile_world(scenario), NumberDraws(scenario, 1)
    together = run_ensemble(world, 4, 1, months=2, draws=draws, threads=2)
    assert together.numbers == draws.paths
    np.testing.assert_array_equal(together.arrays["number_value"], figures(draws.of_runs(range(4))))
    alone = run_ensemble(world, 1, 1, months=2, draws=draws, first_run=3)
    plain = run_ensemble(world, 4, 1, months=2)
    for name in ("seized_kg", "market_price_usd_per_kg", "zone_area_ha"):
        np.testing.assert_array_equal(alone.arrays[name][0], together.arrays[name][3])
        assert not np.array_equal(plain.arrays[name], together.arrays[name])


def test_without_scipy_one_fault_says_so(scenario, monkeypatch):
    real = builtins.__import__

    def without(name, *arguments):
        if name.startswith("scipy"):
            raise ImportError(name)
        return real(name, *arguments)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(Faults) as caught:
        NumberDraws(scenario, 1)
    assert "trasiego[draws]" in str(caught.value)
