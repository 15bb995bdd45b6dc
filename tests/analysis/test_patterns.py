"""The pattern files: complete, sourced, strictly read."""

import re

import pytest

from trasiego.analysis.ladder import load_ladder
from trasiego.analysis.patterns import load_patterns, read_pattern
from trasiego.common.faults import Faults

IDS = """ad-hoc-chains aid-disbursement coercion demand-lever fragmentation freelance gang-roles
homicide-levels honduras-swing kingpin-violence local-capture micro-groups narco-proliferation port-succession
price-guatemala price-ladder price-source price-steps raid-displacement randomised-effort
scarcity-violence seizure-rates source-control-cost triangle-share vrae-escort vrae-shift vrae-vehicles
vrae-volume weak-state""".split()
CALIBRATED = "homicide-levels price-ladder price-source seizure-rates triangle-share vrae-volume".split()
QUESTIONS = "aid-disbursement demand-lever weak-state".split()

GOOD = """
id = "good"
kind = "C"
scenario = "vrae-2010"
title = "Title"
text = "Text."
needs = "one run"

[source]
claims = ["s029"]
words = "Words."

[[part]]
name = "paste"
measure = "prices.source_price"
options = { zone = "pe-vrae" }
low = 800
high = 1000
unit = "USD/kg"
period = ["2010-01", "2010-12"]
why = "Why."
"""


def test_all_patterns_are_there_with_their_kinds():
    patterns = load_patterns()
    assert [pattern.id for pattern in patterns] == IDS
    assert [pattern.id for pattern in patterns if pattern.kind == "C"] == CALIBRATED
    assert [pattern.id for pattern in patterns if pattern.kind == "Q"] == QUESTIONS


def test_a_calibration_is_given_nothing_of_v_patterns():
    assert [pattern.id for pattern in load_patterns(["C"])] == CALIBRATED


def test_every_claim_of_a_pattern_is_in_the_ledger():
    from trasiego.evidence import load_ledger

    known = load_ledger().claims
    patterns = load_patterns()
    named = {claim for pattern in patterns for claim in pattern.claims}
    named |= {claim for stage in load_ladder() for claim in stage.claims}
    assert len(named) > 60
    assert sorted(named - set(known)) == []


def test_every_place_and_country_of_a_pattern_is_on_the_map():
    from trasiego.world.geography import load_geography

    geography = load_geography()
    names = set()
    for pattern in load_patterns():
        for part in pattern.parts:
            values = [*part.requires]
            for value in part.options.values():
                values += value if isinstance(value, list) else [value]
            names |= {value for value in values if re.fullmatch(r"[a-z]{2}-.*|[A-Z]{2}", str(value))}
    assert len(names) > 15
    assert sorted(names - {place.id for place in geography.places} - set(geography.countries)) == []


def test_scenarios_of_patterns_are_shipped():
    from trasiego.scenario.documents import shipped_names

    assert {pattern.scenario for pattern in load_patterns()} <= set(shipped_names("scenarios"))


def test_ladder_rises_over_the_reported_ranges():
    stages = {stage.id: stage for stage in load_ladder()}
    order = ("source", "colombian-ports", "mexico", "united-states")
    for lower, upper in zip(order, order[1:], strict=False):
        assert stages[lower].high < stages[upper].low or stages[lower].low < stages[upper].low


@pytest.mark.parametrize(
    ("change", "line", "key", "said"),
    [
        (('kind = "C"', 'kind = "X"'), 3, "kind", "one of: C, V, Q"),
        (('id = "good"', 'id = "other"'), 2, "id", "name of the file"),
        (("low = 800", "low = 2000"), 17, "part.low", "at most high"),
        (("low = 800\nhigh = 1000\n", ""), 13, "part.low", "low, high or both"),
        (("low = 800", 'low = "800"'), 17, "part.low", "a number"),
        (('unit = "USD/kg"', 'unit = "USD per kg"'), 19, "part.unit", "list of units"),
        (("prices.source_price", "prices.sorce_price"), 15, "part.measure", "prices.source_price"),
        (("low = 800", "lowest = 800"), 17, "part.lowest", "one of: name"),
        (('"2010-01", "2010-12"', '"2010-12", "2010-01"'), 20, "part.period", "two months in order"),
        (('why = "Why."', ""), 13, "part.why", "a text"),
        (('title = "Title"', "title = 3"), 5, "title", "a text"),
        (("{ zone =", "{ zoon ="), 16, "part.options", "just: zone"),
        (('options = { zone = "pe-vrae" }', ""), 13, "part.options", "just: zone"),
        (("[source]", "[sauce]"), 9, "sauce", "one of: id"),
        (('claims = ["s029"]', "claims = 29"), 10, "source.claims", "a list of texts"),
        (('kind = "C"', 'kind = "Q"'), 17, "part.low", "none: Q patterns are questions"),
        (('needs = "one run"', 'needs = "paired runs"'), 15, "part.measure", "missing, for a pattern"),
        (('measure = "prices.source_price"', ""), 13, "part.measure", "a measure, or what is missing"),
    ],
)
def test_a_fault_says_where_and_what(tmp_path, change, line, key, said):
    text = GOOD.replace(*change)
    assert text != GOOD
    path = tmp_path / "good.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(Faults) as raised:
        read_pattern(path, {})
    faults = [fault for fault in raised.value.faults if fault.key == key]
    assert len(faults) == 1, raised.value
    assert faults[0].line == line
    assert said in faults[0].allowed


def test_a_misspelt_measure_is_told_the_nearest(tmp_path):
    path = tmp_path / "good.toml"
    path.write_text(GOOD.replace("source_price", "sorce_price"), "utf-8")
    with pytest.raises(Faults, match="prices.source_price"):
        read_pattern(path, {})


def test_all_faults_of_all_files_at_once(tmp_path):
    for name in ("one", "two"):
        text = GOOD.replace('id = "good"', f'id = "{name}"').replace('kind = "C"', 'kind = "X"')
        (tmp_path / f"{name}.toml").write_text(text.replace("low = 800", "low = true"), "utf-8")
    with pytest.raises(Faults) as raised:
        load_patterns(folder=tmp_path)
    assert len(raised.value.faults) == 4
