from pathlib import Path

import pytest

from trasiego.scenario import load_scenario, validate
from trasiego.scenario.references import known_places

ALL = '"pe-vrae", "pe-kimbiri", "pe-cusco", "pe-huancayo", "pe-lima", "pe-callao"'


def places_of(write, text):
    scenario = load_scenario(write("cut", text))
    return set(scenario.places)


def test_places_of_countries_besides_and_without(write):
    few = places_of(write, f'[cut]\nplaces = [{ALL}]\nwithout_places = ["pe-huancayo"]\n')
    assert few == {"pe-vrae", "pe-kimbiri", "pe-cusco", "pe-lima", "pe-callao"}


def test_whole_countries(write):
    name = write("cut", '[cut]\ncountries = ["PE"]\nplaces = ["bo-yacuiba"]\nwithout_places = ["pe-puno"]\n')
    peru = {place for place, country in known_places().items() if country == "PE"}
    lacking = [fault.found for fault in validate(name)]
    assert any("places but no numbers of: BO" in found for found in lacking)
    assert len(peru) > 20


@pytest.fixture
def trimmed(write):
    """A world with a second country and more, cut back to what the small scenario had without Cusco."""
    more = """
[groups.carriers]
places = ["pe-vrae", "pe-cusco"]

[groups.locals]
title = "Only in Cusco"
kind = "network"
country = "PE"
places = ["pe-cusco"]
members = { value = 10, low = 5, high = 20, status = "assumed", note = "for tests" }
political_access = "none"
strategy = "freelance"
standing = "alleged"

[brokers.buyer]
group = "locals"
zones = ["pe-vrae"]
places_held = ["pe-cusco"]

[processing]
places = ["pe-cusco", "pe-lima"]

[events.capture-of-cusco]
date = "2010-05"
kind = "takeover"
target = "pe-cusco"
by = "buyer"
text = "Takes the place"

[events.raid-on-locals]
date = "2010-05"
kind = "raid"
target = "locals"
text = "A raid"
"""
    write("more", more)
    text = '[cut]\nplaces = ["pe-vrae", "pe-kimbiri", "pe-huancayo", "pe-lima", "pe-callao"]\n'
    return load_scenario(write("cut", text, base="more.toml"))


def test_what_lies_outside_leaves(trimmed):
    assert trimmed.section("groups") == ["carriers", "clan"]
    assert trimmed.ids("groups.carriers.places") == ("pe-vrae",)
    assert trimmed.ids("processing.places") == ("pe-lima",)
    assert trimmed.ids("brokers.buyer.places_held") == ()
    assert trimmed.text("brokers.buyer.group") is None
    assert trimmed.ids("brokers.buyer.zones") == ("pe-vrae",)
    assert trimmed.section("events") == ["raid-2011"]


def test_a_cut_brings_its_own_edge(write):
    figure = '{{ value = {0}, low = {0}, high = {0}, status = "assumed", note = "for tests" }}'
    text = f"""
[cut]
places = ["pe-cusco", "pe-lima", "pe-callao"]

[zones.pe-cusco]
kind = "inflow"
product = "hydrochloride"
inflow_kg_per_month = {figure.format(500)}
marginal_cost_usd_per_kg = {figure.format(500)}
price_usd_per_kg = {figure.format(900)}
"""
    scenario = load_scenario(write("edge", text))
    assert scenario.section("zones") == ["pe-cusco"]
    assert scenario.ids("groups.carriers.places") == ("pe-cusco",)


def test_a_zone_that_becomes_an_inflow_loses_the_fields_of_cultivation(write):
    text = """
[zones.pe-vrae]
kind = "inflow"
inflow_kg_per_month = { value = 500, low = 100, high = 900, status = "assumed", note = "for tests" }
"""
    scenario = load_scenario(write("inflow", text))
    assert scenario.value("zones.pe-vrae.coca_area_ha") is None
    assert scenario.value("zones.pe-vrae.inflow_kg_per_month") == 500


def test_inherited_events_outside_the_period_leave(write):
    name = write("early", '[countries.PE]\nstance = "show"\n')
    path = Path(name)
    path.write_text(path.read_text("utf-8").replace("[scenario]", "[scenario]\nmonths = 6"), "utf-8")
    assert load_scenario(name).section("events") == []
    path.write_text(path.read_text("utf-8") + '\n[events.raid-2011]\ndate = "2011-03"\n', "utf-8")
    assert [fault.key for fault in validate(name)] == ["events.raid-2011.date"]


def test_a_setting_of_the_period_lets_events_leave(write):
    name = write("short", '[events.raid-2011]\ndate = "2011-03"\n')
    assert load_scenario(name).section("events") == ["raid-2011"]
    assert load_scenario(name, settings=["scenario.months=6"]).section("events") == []
