"""The scorecard: what holds, what does not and by how much, and what can't be said."""

import json
import math
from dataclasses import replace

import pytest

from trasiego.analysis import counts, own_scenario_first, scorecard, scorecard_markdown
from trasiego.analysis.patterns import load_patterns
from trasiego.analysis.scorecard import SUMS, distance, measure_part, measure_pattern
from trasiego.analysis.tables import band_text, number_text


def card_of(world, **options):
    return {entry.id: entry for entry in scorecard(world.result(), **options)}


def test_every_pattern_is_on_the_card(world):
    card = scorecard(world.result())
    assert [entry.id for entry in card] == [pattern.id for pattern in load_patterns()]
    assert all(entry.reason for entry in card if entry.holds is None and entry.median is None)


def test_an_empty_world_holds_nothing(world):
    # Equal zeros satisfy no pattern but those that ask for little: none may pass for want of goods.
    assert [entry.id for entry in scorecard(world.result()) if entry.holds] == []


def test_price_inside_the_band_holds(world):
    world.set("zone_price_usd_per_kg", "zone", {"pe-vrae": 850})
    entry = card_of(world)["price-source"]
    assert (entry.median, entry.holds, entry.distance) == (850, True, 0)
    assert (entry.low, entry.high, entry.unit, entry.kind) == (800, 1000, "USD/kg", "C")
    assert entry.scenario == "vrae-2010"
    assert entry.measured_in == "made-up"
    assert set(entry.claims) == {"s029", "s044"}


def test_price_outside_of_the_band_fails_by_its_log_ratio(world):
    world.arrays["zone_price_usd_per_kg"][0] = 1900
    world.arrays["zone_price_usd_per_kg"][1] = 2100
    entry = card_of(world)["price-source"]
    assert entry.holds is False
    assert entry.distance == pytest.approx(math.log(2))
    assert entry.interval == pytest.approx((1910, 2090))


def test_a_pattern_outside_of_its_years_is_not_measured(make_world):
    world = make_world(start="2015-01")
    world.set("zone_price_usd_per_kg", "zone", {"pe-vrae": 850})
    entry = card_of(world)["price-source"]
    assert entry.holds is None
    assert "0 of the 12 months" in entry.reason


def test_a_place_that_is_not_in_the_world_is_never_a_pass(world):
    entry = card_of(world)["vrae-volume"]
    assert entry.holds is None
    assert entry.reason == "pe-puerto-ene is not in this scenario"


def test_paired_patterns_say_what_they_need(world):
    card = card_of(world)
    assert card["coercion"].reason == "it needs paired runs: trasiego check guatemala-2011"
    assert card["aid-disbursement"].reason == "it needs paired runs: trasiego check guatemala-2011"


def test_before_and_after_needs_an_ensemble(world):
    entry = card_of(world)["port-succession"]
    assert entry.holds is None
    assert "an ensemble of at least 4 runs, here 2" in entry.reason


def test_one_part_that_fails_decides(make_world):
    world = make_world(start="2008-01", months=60)
    world.set("country_homicides_per_100k", "country", {"GT": 40, "HN": 70, "MX": 80})
    entry = card_of(world)["homicide-levels"]
    assert entry.holds is False
    assert entry.part == "Mexico"
    assert entry.distance == pytest.approx((80 - 23.6) / 23.6)
    found = {part.name: part.holds for part in entry.parts}
    assert found == {
        "Guatemala": True,
        "Honduras": True,
        "El Salvador": None,
        "Mexico": False,
        "Northern Triangle over Mexico": None,
    }


def test_a_part_that_is_not_measured_keeps_the_pattern_from_holding(make_world):
    world = make_world(start="2008-01", months=60)
    world.set("country_homicides_per_100k", "country", {"GT": 40, "HN": 70, "MX": 20})
    entry = card_of(world)["homicide-levels"]
    assert entry.holds is None
    assert entry.median is not None
    assert "El Salvador: SV is not in this scenario" in entry.reason


def test_runs_without_an_answer_are_left_out(world):
    world.arrays["delivered_kg"][0] = 90
    world.arrays["seized_kg"][0] = 10
    entry = next(part for part in card_of(world)["seizure-rates"].parts if part.name == "overall")
    assert (entry.median, entry.runs, entry.holds) == (pytest.approx(0.1), 1, True)


def test_a_question_gets_a_number_and_no_verdict(world):
    pattern = next(row for row in load_patterns() if row.id == "price-source")
    part = replace(pattern.parts[0], low=None, high=None)
    world.set("zone_price_usd_per_kg", "zone", {"pe-vrae": 850})
    found = measure_part(part, world.view())
    assert (found.median, found.holds, found.distance) == (850, None, None)
    whole = measure_pattern(replace(pattern, kind="Q", parts=(part,)), world.view())
    assert whole.holds is None
    assert "850" in scorecard_markdown([whole])


@pytest.mark.parametrize(
    ("median", "low", "high", "scale", "expected"),
    [
        (5, 1, 10, "linear", 0),
        (1, 1, 10, "linear", 0),
        (15, 1, 10, "linear", 0.5),
        (0.5, 1, None, "linear", 0.5),
        (0.2, None, 0.0, "linear", 0.2),
        (50, 100, 200, "log", math.log(2)),
        (400, 100, 200, "log", math.log(2)),
        (0, 100, 200, "log", math.inf),
    ],
)
def test_distance(median, low, high, scale, expected):
    assert distance(median, low, high, scale) == pytest.approx(expected)


def test_json_has_no_infinity(world):
    entry = card_of(world)["price-source"]
    assert entry.distance == math.inf
    text = json.dumps(entry.to_dict(), allow_nan=False)
    assert json.loads(text)["distance"] is None
    assert json.loads(text)["interval"] == [0, 0]


def test_only_the_kinds_asked_for(world):
    assert {entry.kind for entry in scorecard(world.result(), kinds=["C"])} == {"C"}


def test_own_scenario_first(world):
    world.set("zone_price_usd_per_kg", "zone", {"pe-vrae": 850})
    other = scorecard(world.result())
    world.scenario = "vrae-2010"
    world.set("zone_price_usd_per_kg", "zone", {"pe-vrae": 2000})
    own = scorecard(world.result())
    merged = {entry.id: entry for entry in own_scenario_first([*other, *own])}
    assert len(merged) == len(own)
    assert merged["price-source"].median == 2000


def test_counts_and_table(world):
    world.set("zone_price_usd_per_kg", "zone", {"pe-vrae": 1200})
    card = scorecard(world.result())
    found = counts(card)
    assert {kind: sum(row.values()) for kind, row in found.items()} == {"C": 6, "V": 20, "Q": 3}
    table = scorecard_markdown(card)
    row = "| price-source | C | vrae-2010 | Price of paste in the source valley | 800 to 1,000 USD/kg | 1,200"
    assert row in table
    assert "no, off by 0.182" in table
    assert table.count("\n| ") == len(card) + 1


def test_answered_questions_count_as_answered(world):
    pattern = next(row for row in load_patterns() if row.id == "price-source")
    part = replace(pattern.parts[0], low=None, high=None)
    world.set("zone_price_usd_per_kg", "zone", {"pe-vrae": 850})
    answered = measure_pattern(replace(pattern, kind="Q", parts=(part,)), world.view())
    assert answered.answer.endswith("paste 850.")
    assert counts([answered])["Q"] == {"holds": 0, "fails": 0, "answered": 1, "not measured": 0}
    assert "Q: 1 answered, 0 not measured" in scorecard_markdown([answered])
    assert f"**price-source**: {answered.answer}" in scorecard_markdown([answered])


def test_ratios_of_sums_are_named_below_the_table(world):
    world.set("zone_price_usd_per_kg", "zone", {"pe-vrae": 850})
    entry = card_of(world)["price-source"]
    assert "ratios of sums" not in scorecard_markdown([entry])
    pooled = replace(entry, estimator=SUMS)
    assert "with bootstrap intervals: price-source" in scorecard_markdown([pooled])


def test_numbers_and_bands_as_people_write_them():
    found = [number_text(value) for value in (0, 13_512.4, 0.04567, 1.5, None)]
    assert found == ["0", "13,512", "0.0457", "1.5", "–"]
    assert band_text(0.8, None, "share") == "at least 0.8"
    assert band_text(None, 220, "t/year") == "at most 220 t/year"
    assert band_text(1, 1, "1") == "1"
    assert band_text(None, None, "1") == "–"
