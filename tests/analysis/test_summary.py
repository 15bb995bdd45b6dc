"""The summary against sums reckoned by hand."""

import json

import numpy as np
import pytest

from trasiego.analysis import summarise


@pytest.fixture
def filled(make_world):
    """18 months from July 2010: 100 t a month made, 80 delivered, 20 seized; the second run half of it."""
    world = make_world(start="2010-07", months=18)
    size = np.array([[1.0], [0.5]])
    for name, tonnes in (("produced", 100), ("delivered", 80), ("seized", 20)):
        world.arrays[f"{name}_kg"][:] = tonnes * 1000 * size
    world.arrays["killings"][:] = 10
    return world


def test_masses_a_year_and_by_calendar_year(filled):
    summary = summarise(filled.result())
    assert summary.per_year.produced_t.median == pytest.approx(900)
    assert summary.per_year.produced_t.low == pytest.approx(600 + 0.05 * 600)
    assert summary.per_year.share_seized.median == pytest.approx(0.2)
    assert [(year.year, year.months) for year in summary.years] == [(2010, 6), (2011, 12)]
    assert [year.delivered_t.median for year in summary.years] == pytest.approx([360, 720])
    assert [year.delivered_t.unit for year in summary.years] == ["t", "t"]
    assert summary.killings_per_year.median == pytest.approx(120)
    assert (summary.start, summary.months, summary.runs) == ("2010-07", 18, 2)


def test_robbed_goods_are_among_what_moved(filled):
    filled.arrays["hijacked_kg"][:] = 5_000
    masses = summarise(filled.result()).per_year
    assert masses.robbed_t.median == pytest.approx(60)
    assert masses.delivered_t.median == pytest.approx(720)


def test_money_ends_where_it_was_booked(filled):
    booked = {"consumers_paid": 100, "producers": 10, "wages": 30, "broker_capital_change": 60, "escort": 5}
    filled.set("money_usd", "account", booked)
    rows = {row.account: row for row in summarise(filled.result()).money}
    assert rows["consumers_paid"].usd_per_year.median == pytest.approx(1200)
    ends = [row.usd_per_year.median for row in rows.values() if row.part == "end"]
    assert sum(ends) == pytest.approx(1200)
    assert ends == sorted(ends, reverse=True)
    assert (rows["escort"].part, rows["escort"].usd_per_year.median) == ("within", 60)


def test_ladder_has_every_stage_with_what_was_reported(filled):
    filled.set("market_price_usd_per_kg", "market", {"us-west": 30_000})
    filled.set("market_consumed_kg", "market", {"us-west": 1})
    steps = {step.stage: step for step in summarise(filled.result()).price_ladder}
    assert steps["united-states"].price.median == pytest.approx(30_000)
    assert steps["united-states"].inside is False
    assert (steps["united-states"].reported_low, steps["united-states"].reported_high) == (24_000, 28_000)
    assert steps["colombian-ports"].price is None
    assert "none of the places" in steps["colombian-ports"].reason
    assert steps["mexico"].reason == "nothing passes there in this run"


def test_corridors_by_country_and_place(filled):
    filled.flows(to_honduras=2000, into_zacapa=1000, into_peten=500, by_pickup=9000, refining=99_000)
    filled.set("link_seized_kg", "link", {"into-zacapa": 300})
    summary = summarise(filled.result())
    countries = [(row.start, row.end) for row in summary.country_corridors]
    assert countries == [("CO", "HN"), ("HN", "GT")]
    assert summary.country_corridors[1].tonnes_per_year.median == pytest.approx(18)
    assert summary.country_corridors[1].share_seized == pytest.approx(0.2)
    first = summary.place_corridors[0]
    assert (first.start, first.end, first.modes) == ("pe-kimbiri", "pe-lobo", ("pickup",))
    assert first.start_name == "Pe-Kimbiri"


def test_groups_and_control(filled):
    filled.arrays["groups_active_by_kind"][:, 0, 0] = 3
    filled.arrays["groups_active_by_kind"][:, -1, :2] = [1, 7]
    filled.arrays["members_by_kind"][:, -1, 1] = 150
    filled.set("group_members", "group", {"raided": 30, "old-family": 100, "free-1": 400})
    filled.arrays["place_control"][:, -1, :3] = 1
    summary = summarise(filled.result())
    found = [(row.kind, row.groups_at_end.median) for row in summary.groups]
    assert found == [("transport_network", 7), ("dynasty", 1)]
    assert summary.groups[0].members_at_end.median == 150
    assert [row.title for row in summary.largest_groups] == ["Old Family", "Raided Network"]
    held = [(row.broker, row.places_at_start.median, row.places_at_end.median) for row in summary.control]
    assert held == [("southern", 0, 3)]


def test_violence_by_country(filled):
    filled.set("country_killings", "country", {"GT": 5, "HN": 7})
    filled.set("country_homicides_per_100k", "country", {"GT": 40, "PE": 6})
    rows = summarise(filled.result()).violence
    assert [(row.country, row.killings_per_year.median) for row in rows] == [("HN", 84), ("GT", 60)]
    assert rows[1].homicides_per_100k.median == 40


def test_balances_show_a_gap(filled):
    closed = summarise(filled.result()).balances
    assert (closed.mass, closed.money) == (0, 0)
    filled.arrays["stock_kg"][0, 9:] = 1800
    filled.set("money_usd", "account", {"consumers_paid": 100, "residual": -1})
    found = summarise(filled.result()).balances
    assert found.mass == pytest.approx(1800 / 1_800_000)
    assert found.money == pytest.approx(1 / 1800)


def test_summary_is_json(filled):
    assert json.loads(json.dumps(summarise(filled.result()).to_dict(), allow_nan=False))["months"] == 18


def test_one_month_and_one_run_are_enough(make_world):
    world = make_world(months=1, runs=1, flow_runs=1)
    summary = summarise(world.result())
    assert summary.per_year.share_seized is None
    assert summary.balances.mass == 0
