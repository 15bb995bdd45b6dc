"""Events: what was scripted happens in its month, to its target, and to nothing else."""

import pytest
from tiny_worlds import ALL_ON, Broker, Country, Group, Market, Way, Zone, begin, chain, clear, run_months

from trasiego.model.schedule import step_events
from trasiego.model.state import CONFISCATED, ENTRY_CAPITAL, WAGES
from trasiego.world.tables import Delayed, Event


def event(kind, target, table="groups", month=2, size=0.0, seized_kg=0.0, by=-1, choice=""):
    return Event(month, kind, target, table, size, seized_kg, by, choice, "text", (), "id")


def scripted(*events, month=2, change=None, on=("events",), **changes):
    """State after the events step of a month, in a world with these events."""
    countries = [Country("X"), Country("Y", places="b", aid=1e5)]
    parts = {
        "countries": countries,
        "zones": [
            Zone("a", area_ha=100.0, product_kg=1.0, eradication_ha=8.0),
            Zone("b", area_ha=100.0, product_kg=1.0, eradication_ha=8.0),
        ],
    }
    run = begin(chain(events=events, on=on, **(parts | changes)))
    clear(run)
    if change is not None:
        change(run.state)
    step_events(run, month)
    return run.state


def test_event_happens_in_its_month_only():
    cut = event("budget", 1, "countries", size=0.5)
    budgets = [scripted(cut, month=month).authority.own_budget_usd.tolist() for month in (1, 2, 3)]
    assert budgets == [[1e6, 1e6], [1e6, 5e5], [1e6, 1e6]]


def test_nothing_happens_where_events_are_off():
    assert scripted(event("budget", 1, "countries", size=0.5), on=()).authority.own_budget_usd[1] == 1e6


def test_raid_takes_the_reported_share_of_members():
    state = scripted(event("raid", 0, size=0.3))
    assert state.groups.members[0] == pytest.approx(70.0)
    assert state.groups.members[1] == 100.0
    # half of the capital, and bribed officers at home for certain
    assert state.flows.money_usd[CONFISCATED] == 50_000.0 and state.groups.capital_usd[0] == 50_000.0


def test_raid_without_a_size_takes_the_usual_share():
    assert scripted(event("raid", 0)).groups.members[0] == pytest.approx(75.0)


def test_raid_leaves_the_leader_and_drops_capture():
    def captured(state):
        state.authority.capture[:] = 0.8

    state = scripted(event("raid", 0, size=0.3), change=captured)
    assert state.groups.led[0] == 1
    assert state.authority.capture.tolist() == [0.4, 0.8, 0.8]


def waiting(state):
    state.stock[:, 0] = [40.0, 160.0, 0.0]


@pytest.mark.parametrize(
    "what, node, taken",
    [
        (event("raid", 0, seized_kg=30.0), 0, 30.0),
        (event("raid", 0, seized_kg=300.0), 0, 40.0),  # no more than there is
        (event("raid", 1, "places", seized_kg=100.0), 1, 100.0),
    ],
)
def test_raid_seizes_goods_that_wait(what, node, taken):
    state = scripted(what, change=waiting)
    assert state.raided_kg[node] == pytest.approx(taken)
    assert state.raided_kg.sum() == pytest.approx(taken)
    assert state.stock.sum() == pytest.approx(200.0 - taken)


def test_raid_on_a_place_leaves_groups_alone():
    assert scripted(event("raid", 1, "places", seized_kg=10.0)).groups.members[:2].tolist() == [100.0, 100.0]


def test_raid_on_a_group_that_is_gone_takes_no_members():
    def gone(state):
        state.groups.kind[0] = -1
        state.groups.members[0] = 0.0

    assert scripted(event("raid", 0), change=gone).flows.money_usd[CONFISCATED] == 0.0


@pytest.mark.parametrize("kind", ["leader_arrest", "leader_killed"])
def test_leader_is_lost(kind):
    assert scripted(event(kind, 1)).groups.led[:2].tolist() == [1, 0]


def test_members_who_surrender_leave_capital_and_leader_behind():
    state = scripted(event("surrender", 0, size=0.4))
    assert state.groups.members[:2].tolist() == [pytest.approx(60.0), 100.0]
    assert state.groups.capital_usd[0] == 100_000.0 and state.groups.led[0] == 1


def test_seized_assets_are_capital_and_no_members():
    state = scripted(event("asset_seizure", 0, size=0.3))
    assert state.groups.members[0] == 100.0
    assert state.groups.capital_usd[:2].tolist() == [pytest.approx(70_000.0), 100_000.0]
    assert state.flows.money_usd[CONFISCATED] == pytest.approx(30_000.0)


@pytest.mark.parametrize("kind", ["surrender", "asset_seizure", "leader_killed"])
def test_nothing_happens_to_a_group_that_is_gone(kind):
    def gone(state):
        state.groups.kind[0] = -1
        state.groups.members[0] = 0.0

    state = scripted(event(kind, 0, size=0.5), change=gone)
    assert state.groups.led[0] == 1 and state.groups.capital_usd[0] == 100_000.0


def split_world(**changes):
    """One group works four ways; the second comes in month 2, with 40 members and a way of its own."""
    return {
        "groups": [Group("first", "a", 100.0), Group("second", "b", 40.0, first=2)],
        "nodes": "a b c d m",
        "ways": [
            Way("a", "b", "first"),
            Way("a", "c", "first"),
            Way("a", "d", "first"),
            Way("b", "m", "second"),
            Way("c", "m", "first"),
        ],
    } | changes


def test_group_that_breaks_away_enters_with_a_share_of_the_parent():
    def trusted(state):
        state.memory.trust[0, 0] = 0.9

    state = scripted(event("split", 0, size=0.5, by=1), change=trusted, **split_world())
    assert state.groups.kind[1] == 0 and state.groups.members[:2].tolist() == [50.0, 40.0]
    assert state.groups.parent[1] == 0 and state.groups.born[1] == 2
    # every other of the parent's four ways, beside its own; both spread evenly
    assert [row[0] for row in state.networks.group.tolist()] == [0, 1, 0, 1, 1]
    assert state.networks.share[:, 0].tolist() == pytest.approx([0.5, 1 / 3, 0.5, 1 / 3, 1 / 3])
    assert state.memory.trust[1, 0] == 0.9
    # 5 in 100 of the 50 who leave, at the parent's home
    assert state.killings.tolist() == pytest.approx([2.5, 0.0, 0.0, 0.0, 0.0])


def test_split_of_everything_ends_the_parent():
    state = scripted(event("split", 0, size=1.0, by=1), **split_world())
    assert state.groups.kind[:2].tolist() == [-1, 0]
    assert (state.networks.group[:, 0] == 1).all()


def test_those_who_leave_join_a_group_that_is_there():
    state = scripted(event("split", 0, size=0.2, by=1))
    assert state.groups.members[:2].tolist() == [80.0, 120.0] and state.groups.peak[1] == 120.0
    assert state.networks.group[:, 0].tolist() == [0, 1]  # a fifth of one way is none


def test_parent_and_child_keep_apart_on_a_way_that_both_work():
    ways = [Way("a", "b", "first second"), Way("b", "m", "first")]
    state = scripted(event("split", 0, size=0.999, by=1), ways=ways)
    assert state.networks.group[0].tolist() == [0, 1]


def test_group_that_is_gone_does_not_split():
    def gone(state):
        state.groups.kind[0] = -1
        state.groups.members[0] = 0.0

    state = scripted(event("split", 0, size=0.5, by=1), change=gone, **split_world())
    assert state.groups.kind[1] == -1 and state.killings.sum() == 0.0


def guards(**changes):
    """Two groups of guards who move nothing; the first sells escort at two places."""
    return {
        "groups": [Group("first", "a", 100.0, "guards"), Group("second", "b", 40.0, "guards", first=2)],
        "ways": [Way("a", "b"), Way("b", "m")],
        "escort": {"a": "first", "b": "first"},
    } | changes


def test_share_of_the_places_of_escort_goes_to_the_child():
    state = scripted(event("split", 0, size=0.5, by=1), **guards())
    assert state.territory.escort_group.tolist() == [0, 1, -1]
    assert not (state.networks.group == 1).any()


def test_child_of_another_kind_takes_no_place_of_escort():
    groups = [Group("first", "a", 100.0, "guards"), Group("second", "b", 40.0, first=2)]
    state = scripted(event("split", 0, size=0.5, by=1), **guards(groups=groups))
    assert state.territory.escort_group.tolist() == [0, 0, -1]


def test_split_keeps_the_balances_of_a_run():
    """Twelve whole months with every mechanism on; a broken balance of mass or money raises."""
    world = chain(events=[event("split", 0, size=0.5, by=1, month=3)], on=ALL_ON, **split_world())
    state = run_months(begin(world), 12)
    assert state.groups.parent[1] == 0


def test_contest_costs_lives_and_leaves_the_place_as_it_is():
    state = scripted(event("contest", 0, "places"))
    assert state.killings.tolist() == [10.0, 0.0, 0.0]  # a tenth of the 100 at home there
    assert state.territory.holder.tolist() == [-1, -1, -1]


def test_group_dissolves():
    state = scripted(event("dissolve", 0))
    assert state.groups.kind[:2].tolist() == [-1, 0]
    assert not (state.networks.group == 0).any()
    assert state.flows.money_usd[WAGES] == 100_000.0


def test_large_group_that_dissolves_leaves_remnants():
    numbers = {"organisation": {"remnant_peak_members": 60.0, "remnant_divisor_members": 25.0}}
    found = {}
    for on in (["events", "remnants"], ["events"]):
        state = scripted(event("dissolve", 0), numbers=numbers, on=on, group_slots=20, offer_slots=6)
        heirs = (state.groups.parent == 0) & (state.groups.kind >= 0)
        found[len(on)] = int(heirs.sum())
        assert state.groups.kind[0] == -1
        assert not heirs.any() or (state.groups.members[heirs] >= 10.0).all()
    # 100 members over 25 leave up to four, each with the links that it draws
    assert 1 <= found[2] <= 4 and found[1] == 0


def late_world(**changes):
    """The second group comes in month 2 and is to work the way from b, where one slot is taken."""
    return {
        "groups": [Group("first", "a", 100.0), Group("second", "b", 40.0, first=2)],
        "ways": [Way("a", "b", "first second"), Way("b", "m", "first second")],
    } | changes


def test_group_that_comes_later_waits():
    state = scripted(month=1, **late_world())
    assert state.groups.kind[1] == -1 and state.groups.members[1] == 0.0
    assert not (state.networks.group == 1).any()


def test_group_enters_with_members_capital_and_its_links():
    state = scripted(event("enter", 1), **late_world())
    assert state.groups.kind[1] == 0 and state.groups.members[1] == 40.0 and state.groups.led[1] == 1
    assert state.groups.peak[1] == 40.0 and state.groups.born[1] == 2
    assert state.groups.capital_usd[1] == state.flows.money_usd[ENTRY_CAPITAL] == 40_000.0
    assert state.groups.income_usd[1] == state.groups.income_usd[0] > 0.0
    assert state.networks.group.tolist() == [[0, 1], [0, 1]]
    assert state.networks.share.tolist() == [[0.5, 0.5], [0.5, 0.5]]


def test_group_enters_beside_those_who_fill_a_link():
    parts = late_world(offer_slots=2, ways=[Way("a", "b", "first second"), Way("b", "m", "second")])

    def full(state):
        state.networks.group[0, 1] = 0

    state = scripted(event("enter", 1), change=full, **parts)
    assert state.networks.group.tolist() == [[0, 0], [1, -1]]
    assert state.networks.share[1, 0] == 1.0


def test_entry_of_a_group_that_is_there_changes_nothing():
    state = scripted(event("enter", 0))
    assert state.groups.capital_usd[0] == 100_000.0 and state.flows.money_usd[ENTRY_CAPITAL] == 0.0


def test_group_that_comes_back_begins_anew():
    """A group dissolved by one event and let in by a later one starts with its opening strength."""
    events = (event("dissolve", 0, month=1), event("enter", 0, month=3))
    world = chain(events=events, on=["events"])
    run = begin(world)
    assert run_months(run, 2).groups.kind[0] == -1
    state = run_months(run, 2, first=2)
    assert state.groups.kind[0] == 0 and state.groups.members[0] == 100.0


def test_aid_is_disbursed_as_reported():
    assert scripted(event("aid", 1, "countries", size=0.8)).authority.disbursement.tolist() == [0.0, 0.8]
    assert scripted(event("aid", 1, "countries", size=3.0)).authority.disbursement.tolist() == [0.0, 1.0]


def test_eradication_of_a_country_or_of_a_zone():
    # zone b lies in country Y
    assert scripted(event("eradication", 1, "countries", size=2.0)).sources.eradication_ha.tolist() == [
        8.0,
        16.0,
    ]
    assert scripted(event("eradication", 0, "zones", size=2.0)).sources.eradication_ha.tolist() == [16.0, 8.0]


def test_demand_changes_its_level():
    state = scripted(event("demand", 0, "markets", size=0.6))
    assert state.demand.level.tolist() == [0.6]


@pytest.mark.parametrize("choice, stance", [("interdict", 0), ("show", 1), ("accommodate", 2)])
def test_stance_changes(choice, stance):
    assert scripted(event("stance", 1, "countries", choice=choice)).authority.stance.tolist() == [0, stance]


def test_capture_of_a_place_or_of_a_country():
    assert scripted(event("capture", 0, "places", size=0.7)).authority.capture.tolist() == [0.7, 0.0, 0.0]
    assert scripted(event("capture", 0, "countries", size=0.7)).authority.capture.tolist() == [0.7, 0.0, 0.7]


@pytest.mark.parametrize("size, expected", [(0.5, 0.25), (1.5, 0.75), (4.0, 1.0)])
def test_integrity_changes_by_a_factor_up_to_1(size, expected):
    state = scripted(event("integrity", 1, "countries", size=size))
    assert state.authority.integrity.tolist() == [0.5, expected]


def test_place_is_taken_by_the_reported_principal():
    state = scripted(event("takeover", 1, "places", by=0), brokers=[Broker("one"), Broker("two")])
    assert state.territory.holder.tolist() == [-1, 0, -1]


def test_every_kind_of_event_that_the_registry_allows_is_known():
    from trasiego.model import events as module
    from trasiego.scenario.fields import fields

    allowed = next(row.allowed for row in fields() if row.path == "events.*.kind")
    kinds = allowed.split("|") if isinstance(allowed, str) else list(allowed)
    assert sorted(kinds) == sorted([*module._ACTIONS, "dissolve"])


CHANGES = [
    ("countries.Y.own_budget_usd_per_month", 5e5, lambda state: state.authority.own_budget_usd[1], 5e5),
    ("countries.Y.aid_usd_per_month", 5e5, lambda state: state.authority.aid_usd[1], 5e5),
    ("countries.Y.aid_disbursement", 0.9, lambda state: state.authority.disbursement[1], 0.9),
    ("countries.Y.integrity", 0.9, lambda state: state.authority.integrity[1], 0.9),
    ("markets.m.consumption_kg_per_year", 6000.0, lambda state: state.demand.level[0], 0.5),
    ("zones.b.eradication_ha_per_year", 120.0, lambda state: state.sources.eradication_ha[1], 10.0),
]


@pytest.mark.parametrize("path, value, read, expected", CHANGES, ids=[row[0] for row in CHANGES])
def test_delayed_number_takes_its_value_in_its_month(path, value, read, expected):
    changes = {"delayed": [Delayed(2, path, value)], "markets": [Market("m", kg=1000.0)]}
    before = read(scripted(month=1, **changes))
    assert before != expected
    assert read(scripted(month=2, **changes)) == pytest.approx(expected)
    assert read(scripted(month=2, on=(), **changes)) == pytest.approx(expected)  # a policy is no event


def test_delayed_changes_are_those_that_overlays_may_make():
    from trasiego.scenario.overlays import DELAYABLE

    assert sorted(DELAYABLE) == sorted(
        ".".join([row[0].split(".")[0], "*", row[0].split(".")[2]]) for row in CHANGES
    )


def test_number_that_is_no_state_cannot_change():
    with pytest.raises(ValueError, match="can't change"):
        scripted(month=0, delayed=[Delayed(0, "countries.Y.population", 1.0)])


def test_principals_are_active_in_their_months():
    brokers = [Broker("early", last=1), Broker("late", first=3), Broker("always")]
    active = [scripted(month=month, brokers=brokers).broker_active.tolist() for month in (0, 2, 3)]
    assert active == [[1.0, 0.0, 1.0], [0.0, 0.0, 1.0], [0.0, 1.0, 1.0]]
