"""Entry: where new small groups open, how large, and on which links."""

import math

import pytest
from tiny_worlds import Group, Kind, Way, Zone, begin, chain, clear, take_steps

from trasiego.model.draws import ENTRY, uniforms
from trasiego.model.schedule import step_organisation
from trasiego.model.state import ENTRY_CAPITAL

# 0.1 of 10,000 USD/kg is about 952 USD/kg on average of the way; a member moves 100 kg a month at full use
PAYING = [Way("a", "b", fee=0.1), Way("b", "m", "second")]


def opened(rate=1e9, utilisation=1.0, month=0, seed=1, **changes):
    """State after a month in which entry is certain where any link pays."""
    parts = {
        "ways": PAYING,
        "groups": [Group("first", "a", 20.0), Group("second", "b", 20.0)],
        "numbers": {"organisation": {"entry_per_month": rate}},
        "on": ["entry"],
    }
    run = begin(chain(**(parts | changes)), seed=seed)
    take_steps(run, "valuation", month)
    clear(run)
    run.state.networks.utilisation[:] = utilisation
    # an ad hoc offer makes the value of the way known where nobody works it
    run.state.prices.average_value[0, 0, 0] = 10_000.0
    step_organisation(run, month)
    return run


def test_group_opens_where_links_pay():
    run = opened()
    groups = run.state.groups
    _, second = uniforms(0, 0, 0, ENTRY, 1, 0)
    assert groups.kind[2] == 0 and groups.home[2] == 0 and groups.led[2] == 1
    assert groups.members[2] == pytest.approx(10.0 + 10.0 * second)
    assert groups.parent[2] == -1 and groups.born[2] == 0
    assert run.state.networks.group[0].tolist() == [2, -1]
    assert run.state.networks.share[0, 0] == 1.0


def test_new_members_bring_their_capital():
    run = opened()
    brought = run.state.groups.members[2] * 1000.0
    assert run.state.flows.money_usd[ENTRY_CAPITAL] == pytest.approx(brought)
    assert run.state.groups.capital_usd[2] == pytest.approx(brought)


def test_new_groups_are_trusted_like_any_stranger():
    run = opened()
    assert run.state.memory.trust[2].tolist() == [0.5]
    assert run.state.memory.trust_power[2].tolist() == [0.5]


def test_nobody_opens_where_pay_is_below_the_reservation():
    # 1,000 USD/kg x 100 kg x 0.9 after bribes = 90,000 USD a member
    kinds = (Kind("carriers", pay=90_001.0), Kind("guards"))
    assert opened(kinds=kinds).state.groups.kind[2] == -1
    kinds = (Kind("carriers", pay=89_999.0), Kind("guards"))
    assert opened(kinds=kinds).state.groups.kind[2] == 0


def test_low_use_lowers_the_prospect():
    kinds = (Kind("carriers", pay=50_000.0), Kind("guards"))
    assert opened(kinds=kinds, utilisation=0.5).state.groups.kind[2] == -1
    assert opened(kinds=kinds, utilisation=0.6).state.groups.kind[2] == 0


def test_use_beyond_the_whole_counts_as_the_whole():
    kinds = (Kind("carriers", pay=90_001.0), Kind("guards"))
    assert opened(kinds=kinds, utilisation=2.0).state.groups.kind[2] == -1


def test_hazard_is_the_rate_times_the_mean_log_prospect():
    kinds = (Kind("carriers", pay=90_000.0 / math.e), Kind("guards"))
    count = 600
    found = sum(opened(0.4, kinds=kinds, seed=seed).state.groups.kind[2] == 0 for seed in range(count))
    # log prospect 1: 1 - e^-0.4
    chance = 1.0 - math.exp(-0.4)
    assert found / count == pytest.approx(chance, abs=4.0 * math.sqrt(chance * (1.0 - chance) / count))


def test_draws_are_keyed_by_place_and_month():
    def born(seed, month):
        return opened(0.05, seed=seed, month=month).state.groups.kind[2]

    assert [born(1, month) for month in range(40)] == [born(1, month) for month in range(40)]
    assert [born(1, month) for month in range(40)] != [born(2, month) for month in range(40)]


def test_named_slots_are_never_taken():
    run = opened(groups=[Group("first", "a", 20.0), Group("second", "b", 20.0), Group("late", "a", first=50)])
    assert run.state.groups.kind[2] == -1 and run.state.groups.kind[3] == 0


def test_full_table_is_counted():
    run = opened(group_slots=2)
    assert run.state.full_table.tolist() == [1, 0]
    assert run.state.groups.kind.tolist() == [0, 0]


def test_link_without_free_offers_is_counted():
    ways = [Way("a", "b", "first second", fee=0.1), Way("b", "m", "second")]
    run = opened(ways=ways)
    assert run.state.full_table.tolist() == [0, 1]


def test_groups_work_several_links_where_they_may():
    run = opened(
        ways=[Way("a", "b", fee=0.1), Way("a", "m", fee=0.1), Way("b", "m", "second")],
        numbers={"organisation": {"entry_per_month": 1e9, "links_at_entry": 12.0}},
    )
    taken = (run.state.networks.group == 2).any(axis=1)
    assert taken[0] and run.state.networks.share[run.state.networks.group == 2].sum() == pytest.approx(1.0)


def test_kind_that_enters_is_that_of_the_place():
    kinds = (Kind("carriers"), Kind("guards", enters=False), Kind("clan", entry_low=5.0, entry_high=5.0))
    run = opened(kinds=kinds, home_kind={"a": "clan"})
    assert run.state.groups.kind[2] == 2 and run.state.groups.members[2] == 5.0
    assert opened(kinds=kinds, home_kind={"a": "guards"}).state.groups.kind[2] == -1


def test_nobody_opens_where_entry_is_off_or_no_link_leaves():
    assert opened(on=()).state.groups.kind[2] == -1
    run = opened(ways=[Way("b", "m", "second", fee=0.1)], zones=[Zone("b", inflow_kg=1.0)])
    homes = run.state.groups.home[2:][run.state.groups.kind[2:] >= 0]
    assert set(homes.tolist()) <= {1}
