"""The pattern files: complete, sourced, strictly read."""

import re

import pytest

from trasiego.analysis.arms import Overlay, arms_of
from trasiego.analysis.ladder import load_ladder
from trasiego.analysis.patterns import load_patterns, read_pattern
from trasiego.common.faults import Faults
from trasiego.scenario import load_scenario
from trasiego.scenario.documents import shipped_names

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


def test_every_number_can_be_measured():
    assert [pattern.id for pattern in load_patterns() if any(part.missing for part in pattern.parts)] == []


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


PAIRED = """
id = "good"
kind = "V"
scenario = "vrae-2010"
title = "Title"
text = "Text."
needs = "paired runs"

[source]
words = "Words."

[base]
set = ["switches.escort=false"]

[arm.more]
text = "More of it."
policies = ["interdiction-double"]
without_events = ["raid"]

[arm.less]
text = "Less of it."
set = ["countries.PE.interdiction_strength.times=0.5"]

[[part]]
name = "seizures"
measure = "paired.total_ratio"
options = { arm = "more", over = "base", variable = "seized_kg", countries = [] }
low = 1
unit = "1"
why = "Why."

[[part]]
name = "price"
measure = "prices.source_price"
arm = "less"
options = { zone = "pe-vrae" }
low = 800
unit = "USD/kg"
why = "Why."
"""


def written(tmp_path, text):
    path = tmp_path / "good.toml"
    path.write_text(text, "utf-8")
    return path


def test_arms_are_read(tmp_path):
    pattern = read_pattern(written(tmp_path, PAIRED), {})
    assert pattern.base == Overlay(settings=("switches.escort=false",))
    assert list(pattern.arms) == ["more", "less"]
    more, less = pattern.arms.values()
    assert more.overlay == Overlay(policies=("interdiction-double",), without_events=("raid",))
    assert less.overlay == Overlay(settings=("countries.PE.interdiction_strength.times=0.5",))
    assert (more.text, more.cost_usd_per_month) == ("More of it.", 1_001_650_000)
    assert less.cost_usd_per_month is None
    assert [part.arm for part in pattern.parts] == ["", "less"]


@pytest.mark.parametrize(
    ("change", "line", "key", "said"),
    [
        (("[arm.more]", "[arms.more]"), 15, "arms", "one of: id"),
        (('text = "More of it."', ""), 15, "arm.more.text", "a text"),
        (('text = "More of it."', "txet = 1"), 16, "arm.more.txet", "one of: text"),
        (("interdiction-double", "interdiction-duble"), 17, "arm.more.policies", "interdiction-double"),
        (('["raid"]', '["raids"]'), 18, "arm.more.without_events", "leader_arrest"),
        (('["raid"]', '"raid"'), 18, "arm.more.without_events", "a list of texts"),
        (('["countries.PE.', '["cuntries.PE.'), 22, "arm.less.set", "countries"),
        (("times=0.5", "times"), 22, "arm.less.set", "key=value"),
        (
            ('set = ["countries.PE.interdiction_strength.times=0.5"]', ""),
            20,
            "arm.less.policies",
            "one or more",
        ),
        (('set = ["switches.escort=false"]', ""), 12, "base.policies", "one or more"),
        (("[base]\n", "[base]\ntext = 3\n"), 13, "base.text", "one of: policies"),
        (("[arm.less]", "[arm.base]"), 21, "arm.base.text", "a name other than base"),
        (("[arm.less]", "[arm.lesser]"), 35, "part.arm", "one of: base, more, lesser"),
        (("[arm.less]", "[arm.lesser]"), 21, "arm.lesser.text", "an arm that a part asks for"),
        (('arm = "more",', 'arm = "mroe",'), 27, "part.options", "one of: base, more, less"),
        (('arm = "more",', ""), 27, "part.options", "just: arm"),
        (('arm = "less"\n', ""), 32, "part.arm", "a text"),
        (
            ('total_ratio"\n', 'total_ratio"\narm = "less"\n'),
            27,
            "part.arm",
            "only with a measure of one run",
        ),
        (('needs = "paired runs"', 'needs = "one run"'), 7, "needs", "none elsewhere"),
    ],
)
def test_a_fault_of_an_arm_says_where_and_what(tmp_path, change, line, key, said):
    text = PAIRED.replace(*change)
    assert text != PAIRED
    with pytest.raises(Faults) as raised:
        read_pattern(written(tmp_path, text), {})
    faults = [fault for fault in raised.value.faults if fault.key == key]
    assert len(faults) == 1, raised.value
    assert faults[0].line == line, raised.value
    assert said in faults[0].allowed


def test_a_measure_of_paired_runs_needs_arms(tmp_path):
    change = ("prices.source_price", "paired.price_ratio")
    with pytest.raises(Faults, match="a measure of one run, or a pattern with arms"):
        read_pattern(written(tmp_path, GOOD.replace(*change)), {})


@pytest.mark.parametrize("word", ["interdiction-duble", "mroe"])
def test_a_misspelt_word_of_an_arm_is_told_the_nearest(tmp_path, word):
    right = {"interdiction-duble": "interdiction-double", "mroe": "more"}[word]
    text = PAIRED.replace(right, word, 1) if "-" in word else PAIRED.replace('"more",', '"mroe",')
    with pytest.raises(Faults) as raised:
        read_pattern(written(tmp_path, text), {})
    assert [fault.nearest for fault in raised.value.faults if word in fault.found] == [right]


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
        (('needs = "one run"', 'needs = "paired runs"'), 7, "needs", "one arm or more"),
        (('needs = "one run"', 'needs = "other scenario"'), 7, "needs", "one of: one run"),
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


def test_arms_of_the_shipped_patterns_can_be_laid_over_their_scenarios():
    patterns = load_patterns()
    names = {pattern.scenario for pattern in patterns if pattern.arms}
    assert len(names) == 5
    for name in names:
        scenario = load_scenario(name)
        overlays = arms_of(patterns, scenario)
        assert len(set(overlays)) == len(overlays) > 0
        for overlay in overlays:
            changed = load_scenario(name, overlay.policies, overlay.settings_in(scenario))
            assert changed.hash != scenario.hash, overlay


def test_an_arm_that_two_patterns_ask_for_is_run_once(tmp_path):
    pattern = read_pattern(written(tmp_path, PAIRED), {})
    scenario = load_scenario("vrae-2010")
    base, more, less = arms_of([pattern, pattern], scenario)
    assert base == pattern.base
    assert more == Overlay(("interdiction-double",), ("switches.escort=false",), ("raid",))
    assert less.settings == ("switches.escort=false", "countries.PE.interdiction_strength.times=0.5")
    assert more.settings_in(scenario) == (
        "switches.escort=false",
        "events.2008-06-vraem-backpacker-parties-raid.happens=false",
        "events.2010-04-vraem-clans-raid.happens=false",
    )
    assert arms_of([pattern], load_scenario("callao-2017")) == ()


def test_a_calibration_asks_for_no_arms():
    for name in shipped_names("scenarios"):
        assert arms_of(load_patterns(["C"]), load_scenario(name)) == ()


def test_figures_of_arms_follow_from_the_scenario():
    """Figures written into pattern files are those that their comments say."""
    route, guatemala = load_scenario("northern-route"), load_scenario("guatemala-2011")
    patterns = {pattern.id: pattern for pattern in load_patterns()}
    floor = route.value("interdiction.floor_share")
    for arm, extra in (("known", 0.0), ("spread", 0.5)):
        *_strength, text = patterns["randomised-effort"].arms[arm].overlay.settings
        assert float(text.partition("=")[2]) == pytest.approx((floor + extra) / 1.5, rel=1e-5)
    own = sum(
        guatemala.value(f"countries.{name}.own_budget_usd_per_month")
        for name in guatemala.section("countries")
    )
    demand, interdiction = (patterns["demand-lever"].arms[name] for name in ("demand", "interdiction"))
    times = float(interdiction.overlay.settings[0].partition("=")[2])
    assert own * (times - 1) == pytest.approx(demand.cost_usd_per_month, rel=1e-5)
    own, aid, paid = (
        route.value(f"countries.CO.{key}")
        for key in ("own_budget_usd_per_month", "aid_usd_per_month", "aid_disbursement")
    )
    assert (1.78 * own + aid * paid) / (own + aid * paid) == pytest.approx(1.6, abs=0.005)
    source = patterns["source-control-cost"].arms["interdiction"]
    budgets = [route.value(f"countries.{name}.own_budget_usd_per_month") for name in ("CO", "PE", "BO")]
    assert source.cost_usd_per_month == sum(budgets)


def test_escort_is_measured_over_the_passage_of_the_scenario():
    escort = next(pattern for pattern in load_patterns() if pattern.id == "vrae-escort")
    part = next(part for part in escort.parts if part.name == "fee")
    assert part.options["passage_km"] == load_scenario("vrae-2010").value("escort.passage_km")
