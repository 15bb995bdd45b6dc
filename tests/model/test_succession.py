"""Succession: lost leaders, splits, dissolution and remnants."""

import pytest
from tiny_worlds import Broker, Group, Kind, Way, begin, chain, clear

from trasiego.model.schedule import step_organisation
from trasiego.model.state import WAGES

SUCCEEDS = (Kind("carriers", succession=1.0, split=0.0), Kind("guards"))
SPLITS = (Kind("carriers", succession=0.0, split=1.0), Kind("guards"))
DISSOLVES = (Kind("carriers", succession=0.0, split=0.0), Kind("guards"))
NINE_LINKS = {
    "nodes": "a b m",
    "ways": [Way("a", "b", "old") for _ in range(9)] + [Way("b", "m", "other")],
}


def after(kinds, led=0, members=200.0, seed=1, change=None, **changes):
    """State after the month in which the group "old" has lost its leader (or not, `led` 1)."""
    parts = NINE_LINKS | {
        "groups": [Group("old", "a", members), Group("other", "b", 20.0)],
        "kinds": kinds,
        "group_slots": 20,
        "offer_slots": 6,
    }
    run = begin(chain(**(parts | changes)), seed=seed)
    clear(run)
    run.state.groups.led[0] = led
    run.state.memory.trust[0, :] = 0.9
    run.state.memory.trust_power[0, :] = 0.9
    if change is not None:
        change(run.state)
    step_organisation(run, 0)
    return run.state


def children(state):
    return [
        g for g in range(state.groups.kind.size) if state.groups.parent[g] == 0 and state.groups.kind[g] >= 0
    ]


def test_leader_is_succeeded_from_within():
    state = after(SUCCEEDS)
    assert state.groups.led[0] == 1 and state.groups.members[0] == 200.0
    assert children(state) == []
    assert state.territory.mourning_months[0] == 0.0  # and the loss is felt at home
    assert state.territory.mourning_months[1] > 1e6


def test_loss_of_a_leader_is_felt_where_the_group_works():
    state = after(SUCCEEDS)  # works from a to b
    assert state.territory.near_months[:2].tolist() == [0.0, 0.0]
    assert state.territory.near_months[2] > 1e6


def test_loss_of_a_leader_is_felt_where_the_group_is_reported():
    groups = [Group("old", "a", 200.0, seen="a m"), Group("other", "b", 20.0, seen="b")]
    state = after(SUCCEEDS, groups=groups)
    assert state.territory.near_months[2] == 0.0
    assert state.territory.mourning_months[2] > 1e6


def test_group_with_its_leader_changes_nothing():
    state = after(SPLITS, led=1)
    assert children(state) == [] and state.groups.members[0] == 200.0


def test_split_halves_members_and_links():
    state = after(SPLITS)
    (child,) = children(state)
    assert state.groups.members[[0, child]].tolist() == [100.0, 100.0]
    assert state.groups.home[child] == 0 and state.groups.led[child] == 1
    works = [(state.networks.group[:9] == group).any(axis=1) for group in (0, child)]
    assert not (works[0] & works[1]).any() and (works[0] | works[1]).all()
    assert 1 <= works[1].sum() <= 8
    assert state.memory.trust[child].tolist() == [0.9]


def test_shares_of_both_halves_of_a_split_are_whole():
    state = after(SPLITS)
    (child,) = children(state)
    for group in (0, child):
        assert state.networks.share[state.networks.group == group].sum() == pytest.approx(1.0), group


def test_members_are_neither_made_nor_lost_in_a_split():
    state = after(SPLITS)
    (child,) = children(state)
    assert state.groups.members[0] + state.groups.members[child] == 200.0


def test_split_costs_lives_at_home():
    # 0.05 for each of the 100 members that stay
    assert after(SPLITS).killings[0] == pytest.approx(0.05 * 100.0)
    assert after(SUCCEEDS).killings[0] == 0.0


def test_split_without_a_free_slot_is_counted():
    state = after(SPLITS, group_slots=2)
    assert state.full_table[0] == 1 and state.groups.members[0] == 200.0


def test_group_with_one_link_may_not_find_one_to_split_off():
    found = set()
    for seed in range(30):
        ways = [Way("a", "b", "old"), Way("b", "m", "other")]
        state = after(SPLITS, seed=seed, ways=ways)
        found.add(len(children(state)))
        members = state.groups.members[0] + sum(state.groups.members[g] for g in children(state))
        assert members == 200.0
    assert found == {0, 1}


def test_dissolved_group_frees_its_offers_and_its_capital_is_its_members():
    state = after(DISSOLVES, members=50.0)
    assert state.groups.kind[0] == -1 and state.groups.members[0] == 0.0
    assert not (state.networks.group == 0).any()
    assert state.groups.capital_usd[0] == 0.0
    assert state.flows.money_usd[WAGES] == 50_000.0 + 20_000.0  # and the other group's pay of the month


def test_large_group_leaves_remnants_with_links_and_trust():
    state = after(DISSOLVES, on=["remnants"])
    found = children(state)
    # 200 members at the peak, 50 for each remnant
    assert 1 <= len(found) <= 4
    for child in found:
        assert 10.0 <= state.groups.members[child] <= 20.0
        assert (state.networks.group[:9] == child).any()
        assert state.networks.share[state.networks.group == child].sum() == pytest.approx(1.0)
        assert state.memory.trust[child].tolist() == [max(0.5, 0.5 * 0.9)]
    assert state.groups.kind[0] == -1


def test_trust_in_remnants_is_at_least_that_in_strangers():
    state = after(DISSOLVES, on=["remnants"], numbers={"learning": {"trust_start": 0.2}})
    assert {float(state.memory.trust[child, 0]) for child in children(state)} == {0.45}


def test_small_group_leaves_none():
    assert children(after(DISSOLVES, members=99.0, on=["remnants"])) == []


def test_peak_counts_for_remnants_and_not_today():
    def shrunken(state):
        state.groups.members[0] = 10.0
        state.groups.peak[0] = 200.0

    assert children(after(DISSOLVES, on=["remnants"], change=shrunken))


def test_remnants_are_left_out_where_they_are_off():
    assert children(after(DISSOLVES)) == []


def test_remnants_stop_at_a_full_table():
    state = after(DISSOLVES, on=["remnants"], group_slots=3)
    assert len(children(state)) <= 1 and state.full_table[0] >= 1


def test_group_below_the_smallest_size_gives_up():
    def wasted(state):
        state.groups.members[1] = 2.0

    state = after(SUCCEEDS, led=1, change=wasted, on=["growth"])
    assert state.groups.kind[1] == -1 and state.groups.kind[0] == 0
    assert not (state.networks.group == 1).any()
    held = after(SUCCEEDS, led=1, change=wasted)
    assert held.groups.kind[1] == 0


def test_chances_of_the_three_outcomes():
    kinds = (Kind("carriers", succession=0.5, split=0.3), Kind("guards"))
    outcomes = {"succeeded": 0, "split": 0, "dissolved": 0}
    count = 500
    for seed in range(count):
        state = after(kinds, members=50.0, seed=seed)
        if state.groups.kind[0] < 0:
            outcomes["dissolved"] += 1
        else:
            outcomes["split" if children(state) else "succeeded"] += 1
    for name, chance in (("succeeded", 0.5), ("split", 0.3), ("dissolved", 0.2)):
        assert outcomes[name] / count == pytest.approx(
            chance, abs=4.0 * (chance * (1 - chance) / count) ** 0.5
        )


def test_principal_outlives_its_group():
    state = after(DISSOLVES, members=50.0, brokers=[Broker("house", group="old")])
    assert state.groups.kind[0] == -1 and state.broker_capital_usd.tolist() == [0.0]
