"""The screen of the V patterns: what it ranks and keeps, and that the document is made from the table."""

import math
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import trasiego
from trasiego.analysis import load_patterns
from trasiego.scenario import load_scenario

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tools"))

import v_sensitivity as command  # noqa: E402
from sensitivity.document import document  # noqa: E402
from sensitivity.ranking import deciding_part, in_band, move, screen, shift  # noqa: E402
from sensitivity.rows import SEEDS, Row, append_rows, read_rows, write_rows  # noqa: E402
from sensitivity.runs import Setup, as_it_is, assumed_numbers, cut, digest, months_asked, vary  # noqa: E402

ROW = Row(
    scenario="vrae-2010",
    scenario_hash="abc",
    runs=2,
    seed=1,
    months=24,
    pattern="made-up",
    part="share",
    unit="share",
    scale="linear",
    low=0.5,
    high=None,
    number="learning.rate",
    number_low=0.1,
    number_value=0.2,
    number_high=0.4,
    at_low=0.3,
    as_it_is=0.4,
    at_high=0.6,
)
OTHER = replace(ROW, number="market.pull", at_low=0.4, at_high=0.3)
IDLE = replace(ROW, number="bribery.decay", at_low=0.4, at_high=0.4)
CHANCE = replace(ROW, number=SEEDS, number_low=1, number_value=1, number_high=5001, at_low=0.38, at_high=0.42)
# The second part is inside its band, so that the first decides.
INSIDE = [
    replace(row, part="count", low=1, high=3, at_low=0.5, as_it_is=2, at_high=2.5) for row in (ROW, OTHER)
]


def test_the_number_with_the_larger_shift_of_the_deciding_part_comes_first():
    [found] = screen([IDLE, OTHER, ROW, CHANCE, *INSIDE])
    assert found.most == ROW
    assert [row.number for row in found.ranked] == ["learning.rate", "market.pull", "bribery.decay"]
    assert shift(ROW) == pytest.approx(0.4)  # (0.6 - 0.4) / 0.5
    assert found.noise == pytest.approx(0.08)  # (0.42 - 0.38) / 0.5


def test_a_shift_is_clear_above_twice_what_the_seeds_do():
    [found] = screen([ROW, OTHER, CHANCE])
    assert [found.is_clear(row) for row in found.ranked] == [True, True]
    [found] = screen([ROW, OTHER, replace(CHANCE, at_low=0.35, at_high=0.45)])  # 0.2, against 0.4 and 0.2
    assert [found.is_clear(row) for row in found.ranked] == [False, False]
    [found] = screen([ROW])
    assert found.is_clear(ROW) is None


def test_a_pattern_holds_where_all_its_parts_do():
    [found] = screen([ROW, INSIDE[0]])
    assert [in_band(ROW, median) for median in (0.3, 0.4, 0.6)] == [False, False, True]
    assert found.holds == (False, False, True)  # "count" fails at low, where "share" does as well
    [found] = screen([ROW, replace(INSIDE[0], at_high=None)])
    assert found.holds == (False, False, None)


def test_shifts_are_over_the_band_or_its_edge_and_ratios_on_the_scale_of_prices():
    banded = replace(ROW, low=1.0, high=5.0)
    assert move(banded, 2.0, 4.0) == pytest.approx(0.5)
    price = replace(ROW, scale="log", low=100.0, high=200.0)
    assert move(price, 100.0, 400.0) == pytest.approx(2.0)  # two doublings over a band of one
    assert move(replace(ROW, scale="log"), 1.0, math.e) == pytest.approx(1.0)
    assert move(replace(ROW, low=2.0, high=2.0), 2.0, 3.0) == pytest.approx(0.5)
    assert move(replace(ROW, low=0.0), 0.0, 0.25) == pytest.approx(0.25)


def test_what_was_not_measured_moves_nothing_and_what_has_no_end_moves_most():
    assert shift(replace(ROW, at_low=None, at_high=None)) == 0
    assert shift(replace(ROW, at_high=math.inf)) == math.inf
    assert shift(replace(ROW, as_it_is=math.inf, at_low=math.inf, at_high=math.inf)) == 0


def test_the_part_farthest_from_its_band_decides_and_the_first_where_all_are_inside():
    assert deciding_part([INSIDE[0], ROW]) == "share"
    assert deciding_part([INSIDE[0], replace(ROW, as_it_is=0.7)]) == "count"
    assert deciding_part([replace(ROW, as_it_is=None), INSIDE[0]]) == "count"


def test_rows_come_back_from_the_file_and_later_ones_replace_earlier_ones(tmp_path):
    path = tmp_path / "table.csv"
    rows = [ROW, replace(OTHER, at_low=None, at_high=math.inf)]
    append_rows(path, rows)
    append_rows(path, [later := replace(ROW, at_low=0.2)])
    assert read_rows(path) == [later, rows[1]]
    write_rows(path, read_rows(path))
    assert sorted(read_rows(path), key=lambda row: row.number) == [later, rows[1]]
    path.write_text("pattern,number\na,b\n", "utf-8")
    with pytest.raises(ValueError, match="columns"):
        read_rows(path)


def test_numbers_are_the_assumed_ones_of_mechanisms_and_kinds():
    scenario = load_scenario("vrae-2010")
    paths = [number.path for number in assumed_numbers(scenario)]
    assert paths
    assert all(scenario.number(path).status == "assumed" for path in paths)
    assert not [
        path for path in paths if path.startswith(("countries.", "zones.", "places.", "kinds.ad_hoc"))
    ]
    violence = [number.path for number in assumed_numbers(scenario, "violence.*")]
    assert violence == [path for path in paths if path.startswith("violence.")]


def test_the_first_months_of_a_run_are_those_of_a_shorter_run():
    assert digest(cut(trasiego.run("vrae-2010", 1, 1, 12), 6)) == digest(trasiego.run("vrae-2010", 1, 1, 6))


def test_patterns_of_paired_runs_ask_for_no_more_months_than_their_periods():
    asked = {
        pattern.id: months_asked(pattern, load_scenario(pattern.scenario))
        for pattern in load_patterns(("V",))
    }
    assert asked["vrae-shift"] == 18  # from January 2008 to June 2009
    assert asked["vrae-vehicles"] == 60  # one run, which is there at its full length


def test_as_it_is_is_what_the_check_gives_and_a_number_that_does_nothing_moves_nothing():
    setup = Setup("vrae-2010", 1, 1, 24, ("vrae-shift", "vrae-vehicles"))
    before = as_it_is(setup)
    card = {entry.id: entry for entry in trasiego.check("vrae-2010", 1, 1, 24, kinds=("V",))}
    for (pattern, part), median in before.medians.items():
        assert median == next(each.median for each in card[pattern].parts if each.name == part)
    scenario = load_scenario("vrae-2010")
    [idle] = assumed_numbers(scenario, "market.price_response") or assumed_numbers(scenario, "violence.*")[:1]
    rows, refused = vary(setup, replace(idle, low=idle.value, high=idle.value), before)
    assert not refused
    assert [(row.at_low, row.at_high) for row in rows] == [(row.as_it_is, row.as_it_is) for row in rows]


def test_the_document_names_the_number_its_flip_and_what_is_missing():
    text = document([ROW, OTHER, CHANCE], ["made-up", "not-there"])
    row = next(line for line in text.splitlines() if line.startswith("| made-up | share"))
    assert "`learning.rate` | 0.1 / 0.2 / 0.4 | 0.3 / 0.4 / 0.6 | **no / no / yes**" in row
    assert row.endswith("| 0.4 | 0.08 | yes |")
    assert "Not screened so far: not-there." in text
    assert "only part" not in text
    assert "Of 2 numbers only part so far: other (1)." in document(
        [ROW, OTHER, replace(ROW, pattern="other")]
    )
    assert "`market.pull` (0.1 / 0.2 / 0.4): 0.4 / 0.4 / 0.3; 0.2 \\*" in text


def test_the_document_is_what_the_table_gives():
    rows = read_rows(command.TABLE)
    assert rows
    ids = [pattern.id for pattern in load_patterns(("V",))]
    shown = command.TABLE.with_suffix(".md").read_text("utf-8")
    assert shown == document(rows, ids), "run tools/v_sensitivity.py --document"
