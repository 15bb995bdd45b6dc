"""Events and delayed numbers land on the right month and the right target."""

import numpy as np
import pytest

from trasiego.common.faults import Faults
from trasiego.scenario import load_scenario

EVENT = """
[events.{name}]
date = "{date}"
kind = "{kind}"
target = "{target}"
text = "Something reported"
{more}
"""


def event(name, kind, target, date="2008-03", more=""):
    return EVENT.format(name=name, kind=kind, target=target, date=date, more=more)


def number(value):
    return f'{{ value = {value}, low = 0, high = 1000, status = "assumed", note = "for tests" }}'


def own(world, name):
    return next(each for each in world.events if each.id == name)


def test_months_are_counted_from_the_start_of_the_spin_up(valley):
    _scenario, world = valley(event("late", "raid", "vraem-clans", "2009-02"), spin_up=10, start="2008-06")
    # February 2009 is 8 months after June 2008, and 10 of spin-up lie before
    assert own(world, "late").month == 18


@pytest.mark.parametrize(
    "kind, target, table, more",
    [
        ("raid", "vraem-clans", "groups", ""),
        ("leader_arrest", "barrio-king", "groups", ""),
        ("leader_killed", "barrio-king", "groups", ""),
        ("surrender", "vraem-clans", "groups", f"size = {number(0.4)}"),
        ("asset_seizure", "vraem-clans", "groups", f"size = {number(0.4)}"),
        ("split", "vraem-clans", "groups", f'size = {number(0.4)}\nby = "barrio-king"'),
        ("dissolve", "vraem-clans", "groups", ""),
        ("raid", "pe-lima", "places", f"seized_kg = {number(120)}"),
        ("capture", "pe-lima", "places", f"size = {number(0.4)}"),
        ("capture", "PE", "countries", f"size = {number(0.4)}"),
        ("budget", "PE", "countries", f"size = {number(2)}"),
        ("aid", "PE", "countries", f"size = {number(0.5)}"),
        ("eradication", "PE", "countries", f"size = {number(2)}"),
        ("eradication", "pe-vrae", "zones", f"size = {number(2)}"),
        ("demand", "pe-callao", "markets", f"size = {number(0.5)}"),
        ("stance", "PE", "countries", 'choice = "show"'),
        ("integrity", "PE", "countries", f"size = {number(0.8)}"),
        ("takeover", "pe-lima", "places", 'by = "sinaloa"'),
        ("contest", "pe-lima", "places", ""),
    ],
)
def test_event_finds_its_target(valley, kind, target, table, more):
    _scenario, world = valley(event("this", kind, target, more=more))
    found = own(world, "this")
    names = {
        "groups": world.names.groups,
        "places": world.names.places,
        "countries": world.names.countries,
        "zones": world.names.zones,
        "markets": world.names.markets,
    }
    assert (found.kind, found.table, names[found.table][found.target]) == (kind, table, target)
    assert found.month == 8


def test_fields_of_an_event(valley):
    more = f'size = {number(0.3)}\nseized_kg = {number(180)}\nclaims = ["e007"]'
    _scenario, world = valley(event("this", "raid", "vraem-clans", more=more))
    found = own(world, "this")
    assert (found.size, found.seized_kg, found.claims, found.by, found.choice) == (
        0.3,
        180.0,
        ("e007",),
        -1,
        "",
    )
    assert found.text == "Something reported"


def test_takeover_names_its_principal(valley):
    _scenario, world = valley(event("this", "takeover", "pe-lima", more='by = "sinaloa"'))
    assert world.names.brokers[own(world, "this").by] == "sinaloa"


def test_split_names_the_group_that_breaks_away(valley):
    more = f'size = {number(0.4)}\nby = "barrio-king"'
    _scenario, world = valley(event("this", "split", "vraem-clans", more=more))
    assert world.names.groups[own(world, "this").by] == "barrio-king"


def test_stance_is_told(valley):
    _scenario, world = valley(event("this", "stance", "PE", more='choice = "accommodate"'))
    assert own(world, "this").choice == "accommodate"


def test_events_of_the_base_outside_the_region_do_not_happen_here(valley):
    base = load_scenario("northern-route")
    far = {name for name in base.section("events") if base.text(f"events.{name}.target") in ("BO", "HN")}
    assert far
    _scenario, world = valley()
    ids = {each.id for each in world.events}
    assert "2008-06-vraem-backpacker-parties-raid" in ids and not ids & far


def test_events_come_in_order(valley):
    body = event("second", "raid", "vraem-clans", "2009-01") + event(
        "first", "raid", "vraem-clans", "2008-02"
    )
    _scenario, world = valley(body)
    months = [each.month for each in world.events]
    assert months == sorted(months)


POLICY = """
[policy]
name = "later"
title = "Later"
{start}

[countries.PE]
integrity = 0.9
own_budget_usd_per_month = {{ times = 2.0 }}
"""


@pytest.fixture
def policy(tmp_path):
    def write(start):
        path = tmp_path / "later.toml"
        path.write_text(POLICY.format(start=f'start = "{start}"' if start else ""), "utf-8")
        return str(path)

    return write


def test_policy_with_a_start_changes_numbers_from_its_month_on(valley, policy):
    before, plain = valley()
    scenario, world = valley(policies=[policy("2009-01")])
    changes = {change.path: (change.month, change.value) for change in world.delayed}
    budget = before.value("countries.PE.own_budget_usd_per_month")
    assert changes == {
        "countries.PE.integrity": (18, 0.9),
        "countries.PE.own_budget_usd_per_month": (18, 2.0 * budget),
    }
    np.testing.assert_array_equal(world.countries.integrity, plain.countries.integrity)
    assert scenario.value("countries.PE.integrity") == before.value("countries.PE.integrity")


def test_policy_without_a_start_holds_from_the_first_month(valley, policy):
    _scenario, world = valley(policies=[policy("")])
    assert world.countries.integrity.tolist() == [0.9]
    # a budget works by how far it is from that of the file, so it changes in the first month
    assert [(change.month, change.path) for change in world.delayed] == [
        (0, "countries.PE.own_budget_usd_per_month")
    ]


def test_delayed_numbers_reach_the_run(valley, policy):
    from trasiego.model.balance import Balance
    from trasiego.model.schedule import run_month, start_run

    _scenario, world = valley(policies=[policy("2008-01")])
    run = start_run(world, 1, 0)
    balance = Balance(run.state)
    seen = []
    for month in range(8):
        run_month(run, month, balance)
        balance.close_month(run.state)
        seen.append(float(run.state.authority.integrity[0]))
    assert seen[:6] == [float(world.countries.integrity[0])] * 6 and seen[6:] == [0.9, 0.9]


def test_an_event_that_does_not_happen_is_not_in_the_world(valley):
    body = event("raided", "raid", "vraem-clans")
    _scenario, with_it = valley(body)
    _scenario, without = valley(body, settings=["events.raided.happens=false"])
    assert [each.id for each in with_it.events if each.id == "raided"] == ["raided"]
    assert [each.id for each in without.events if each.id == "raided"] == []
    _scenario, again = valley(body + "happens = false\n", settings=["events.raided.happens=true"])
    assert own(again, "raided").kind == "raid"


def test_demand_that_opens_with_nothing_cannot_begin_later(valley, tmp_path):
    path = tmp_path / "demand.toml"
    later = '[policy]\nname = "demand"\ntitle = "Later"\nstart = "2009-01"\n\n'
    path.write_text(later + '[markets."pe-callao"]\nconsumption_kg_per_year = 500.0\n', "utf-8")
    valley(policies=[str(path)])
    with pytest.raises(Faults, match=r"markets\.pe-callao\.consumption_kg_per_year"):
        valley(policies=[str(path)], settings=["markets.pe-callao.consumption_kg_per_year=0"])
