"""Each reported event is scripted or has a reason, and each scripted event says what reported it."""

import csv
from datetime import date

import pytest

from trasiego.common.paths import data_folder
from trasiego.evidence import load_ledger
from trasiego.scenario import load_scenario
from trasiego.scenario.documents import shipped_names
from trasiego.scenario.replay import FILE, REPLAYED, load_replay, reasons

EVENT_CLAIMS = {claim.id: claim for claim in load_ledger().claims.values() if claim.kind == "event"}
LATER = {
    "2009-12-los-perrones-leader-arrest": "the second of two arrests in one claim",
    "2016-01-sinaloa-cartel-leader-arrest": "taken again, as the claim of the first arrest says",
    "2009-07-hn-aid": "the month after the coup of 28 June",
    "2009-07-hn-budget": "the month after the coup of 28 June",
    "2012-01-pe-alto-huallaga-eradication": "the pause ends",
    "2012-11-hn-budget": "back to the level before",
    "2010-07-milenio-cartel-leader-arrest": "the arrest before the split",
    "2012-01-gt-budget": "the count of the first 90 days backs the effort that began before",
    "2017-01-co-eradication": "later goals give the level",
}


@pytest.fixture(scope="module")
def whole():
    return load_scenario(REPLAYED)


def citing(scenario, claim):
    """Return the ids of the events of a scenario that cite a claim."""
    return {name for name in scenario.section("events") if claim in scenario.ids(f"events.{name}.claims")}


def test_the_table_has_each_event_claim_once():
    with (data_folder("scenarios") / FILE).open(encoding="utf-8", newline="") as file:
        claims = [row["claim"] for row in csv.DictReader(file)]
    assert len(claims) == len(set(claims))
    assert len(claims) >= 150
    assert set(claims) == set(EVENT_CLAIMS)


@pytest.mark.parametrize("row", load_replay().values(), ids=lambda row: row.claim)
def test_an_event_is_scripted_or_has_a_reason(row, whole):
    events = {name for name in row.scripted if name in whole.section("events")}
    assert events == citing(whole, row.claim)
    if row.scripted:
        assert row.reason == ""
        assert set(row.scripted) - events <= set(whole.numbers)
    else:
        assert row.reason in reasons()
        assert row.note


def test_each_reason_is_in_use():
    assert {row.reason for row in load_replay().values()} == {"", *reasons()}


@pytest.mark.parametrize("name", shipped_names("scenarios"))
def test_each_scripted_event_cites_a_claim(name):
    scenario = load_scenario(name)
    without = [each for each in scenario.section("events") if not scenario.ids(f"events.{each}.claims")]
    assert without == []


def test_what_came_before_the_scenario_is_not_scripted(whole):
    for row in load_replay().values():
        year = EVENT_CLAIMS[row.claim].period[:4]
        if row.reason == "before":
            assert int(year) < int(str(whole.start)[:4])


def months_apart(one, other):
    first, second = (date(int(each[:4]), int(each[5:7]), 1) for each in (one, other))
    return abs((second.year - first.year) * 12 + second.month - first.month)


def test_events_happen_when_they_were_reported(whole):
    """In the reported year, and in the reported month where there is one, save those listed with a reason."""
    split_after = 1  # groups that broke away enter in the month of their record
    wrong = []
    for row in load_replay().values():
        period = EVENT_CLAIMS[row.claim].period
        for name in set(row.scripted) & set(whole.section("events")) - set(LATER):
            when = whole.text(f"events.{name}.date")
            kind = whole.text(f"events.{name}.kind")
            if len(period) >= 7 and kind == "split":
                fits = months_apart(period, when) <= split_after
            else:
                fits = when.startswith(period[:7])
            if not fits:
                wrong.append((row.claim, period, name))
    # members of the FARC laid down arms in the year after the accord
    assert {claim for claim, _period, _name in wrong} == {"e105"}, wrong


def test_exceptions_of_dates_exist(whole):
    assert set(LATER) <= set(whole.section("events"))


def test_a_group_that_breaks_away_enters_in_that_month(whole):
    for name in whole.section("events"):
        if whole.text(f"events.{name}.kind") == "split":
            child = whole.text(f"events.{name}.by")
            assert whole.text(f"groups.{child}.active_from") == whole.text(f"events.{name}.date"), name
