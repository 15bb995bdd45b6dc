"""Each mechanism switched off alone: what it does stops, and what others do goes on."""

from dataclasses import replace

import numpy as np
import pytest
from tiny_worlds import (
    ALL_ON,
    SWITCHES,
    Broker,
    Country,
    Group,
    Kind,
    Way,
    Zone,
    begin,
    chain,
    recorded,
    run_months,
)

from trasiego.model.record import RECORDED_ACCOUNTS
from trasiego.world.tables import Event

MONTHS = 36


def event(month, kind, target, table="groups", size=0.0):
    return Event(month, kind, target, table, size, 0.0, -1, "", "", (), kind)


def busy(on=ALL_ON):
    """A chain with two rival principals, dangerous ways, armed groups, thin leaders and changing demand."""
    return chain(
        nodes="a b c m",
        ways=[
            Way("a", "b", "family first", fee=0.15, cost=20.0, hazard=0.3),
            Way("a", "c", "first", fee=0.25, cost=20.0, hazard=0.1),
            Way("b", "m", "second family", fee=0.15, hazard=0.3),
            Way("c", "m", "second", fee=0.15, hazard=0.1),
        ],
        zones=[Zone("a", area_ha=3000.0, product_kg=0.5)],
        groups=[
            Group("family", "a", 150.0, "dynasty", access=2),
            Group("first", "a", 60.0),
            Group("second", "b", 60.0),
            Group("guard", "b", 50.0, "guards"),
        ],
        kinds=(
            Kind("carriers", pay=20_000.0, succession=0.3, split=0.3),
            Kind("guards", moves_loads=False, enters=False, escort_fee=50.0, escort_effect=0.75),
            Kind("dynasty", pay=20_000.0, succession=0.0, split=0.0, enters=False),
        ),
        countries=[Country("X", aid=2e5)],
        brokers=[Broker("one", territorial=True), Broker("two", territorial=True), Broker("three")],
        escort={"b": "guard"},
        events=[event(3, "leader_arrest", 0), event(9, "demand", 0, "markets", 0.7)],
        numbers={
            "contracting": {
                "fee_response": 1.5,
                "latent_loads_per_month": 1.0,
                "lot_spread": 0.3,
                "partner_noise": 0.3,
            },
            "violence": {"takeover_per_month": 0.3, "takeover_success": 0.7},
            "interdiction": {"raid_rate_per_month": 0.05},
            "organisation": {"entry_per_month": 0.2, "links_at_entry": 2.0},
            "production": {"season_amplitude": 0.1},
        },
        on=on,
        group_slots=40,
        offer_slots=8,
        months=MONTHS,
    )


@pytest.fixture(scope="module")
def all_on():
    return recorded(busy())


def without(switch):
    """The same run without one mechanism."""
    return recorded(busy([name for name in SWITCHES if name != switch]))


def money(found, account):
    return found["money_usd"][:, RECORDED_ACCOUNTS.index(account)]


def members(found):
    """Members of the groups that are there at the opening, as long as they last."""
    return found["group_members"][:3, 1:3]


def effects(found):
    """What each mechanism leaves in the record: a number that is zero where it is off."""
    return {
        "bribery": money(found, "police").sum() + found["police_capture"].sum(),
        "escort": money(found, "escort").sum() + found["link_escorted_kg"].sum(),
        "hijack": money(found, "hijack").sum() + found["hijacked_kg"].sum(),
        "raids": found["raids"].sum() + money(found, "confiscated").sum(),
        "price_response": np.ptp(found["market_price_usd_per_kg"]) + np.ptp(found["zone_area_ha"]),
        "growth": np.ptp(members(found), axis=0).sum(),
        "entry": money(found, "entry_capital").sum(),
        "takeover": money(found, "tolls").sum() + (found["place_control"] >= 0).sum(),
        "violence": found["killings"].sum(),
    }


@pytest.mark.parametrize(
    "switch", ["bribery", "escort", "hijack", "raids", "price_response", "takeover", "violence"]
)
def test_mechanism_that_is_off_leaves_nothing(all_on, switch):
    assert effects(all_on)[switch] > 0.0
    assert effects(without(switch))[switch] == 0.0


@pytest.mark.parametrize("switch", SWITCHES)
def test_every_mechanism_changes_the_run(all_on, switch):
    found = without(switch)
    changed = [name for name in all_on if not np.array_equal(all_on[name], found[name], equal_nan=True)]
    assert changed, switch


@pytest.mark.parametrize("switch", ["violence"])
def test_counting_killings_changes_nothing_else(all_on, switch):
    found = without(switch)
    changed = {name for name in all_on if not np.array_equal(all_on[name], found[name], equal_nan=True)}
    assert changed == {"killings", "country_killings", "country_homicides_per_100k", "place_killings"}


def test_growth_off_keeps_members(all_on):
    quiet = ["bribery", "learning", "price_response"]
    still, growing = recorded(busy(quiet)), recorded(busy([*quiet, "growth"]))
    assert effects(still)["growth"] == 0.0 < effects(growing)["growth"]
    assert still["active_groups"].tolist() == [4.0] * MONTHS


def test_entry_off_lets_nobody_in():
    quiet = ["growth", "learning"]
    closed, open_ = recorded(busy(quiet)), recorded(busy([*quiet, "entry"]))
    assert effects(closed)["entry"] == 0.0 < effects(open_)["entry"]
    assert closed["active_groups"].max() == 4.0 < open_["active_groups"].max()


def test_remnants_off_leave_none():
    world = busy(["growth", "raids"])
    parted = replace(
        world,
        kinds=world.kinds._replace(
            succession_probability=np.zeros(3), split_probability=np.zeros(3), members_minimum=np.zeros(3)
        ),
        numbers=world.numbers
        | {"interdiction": world.numbers["interdiction"] | {"leader_arrest_probability": 1.0}},
    )
    alone = recorded(parted)
    left = recorded(replace(parted, switches=parted.switches | {"remnants": True}))
    assert money(alone, "entry_capital").sum() == 0.0 < money(left, "entry_capital").sum()
    assert alone["active_groups"][-1] < left["active_groups"].max()


def test_uniform_effort_stays_at_its_strength():
    """With adaptive effort off the hazard of a way follows only capture; without bribes it stands still."""
    run = begin(busy(["learning", "growth"]))
    state = run_months(run, 12)
    assert state.authority.effort.tolist() == [1.0] * 4
    assert state.authority.hazard == pytest.approx(run.world.links.hazard_reference)
    moving = run_months(begin(busy(["learning", "growth", "adaptive_effort"])), 12)
    assert np.ptp(moving.authority.effort) > 0.1


def test_without_learning_beliefs_stand_still():
    run = begin(busy([name for name in SWITCHES if name not in ("learning", "entry", "remnants")]))
    state = run_months(run, 12)
    assert (state.memory.sent == 0.0).all()
    assert state.memory.perceived == pytest.approx(np.repeat(state.memory.prior[:, None], 3, axis=1))


def test_events_off_lets_nothing_scripted_happen():
    quiet = ["price_response"]
    calm, shaken = recorded(busy(quiet)), recorded(busy([*quiet, "events"]))
    assert calm["active_groups"].tolist() == [4.0] * MONTHS
    # the family falls with its leader
    assert shaken["active_groups"].tolist() == [4.0] * 3 + [3.0] * (MONTHS - 3)
    # demand falls to 0.7 in month 9, and the price with it
    assert shaken["market_price_usd_per_kg"][-1, 0] < calm["market_price_usd_per_kg"][-1, 0]
