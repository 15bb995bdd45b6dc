"""Violence: killings, places taken and given up, and tolls."""

import math

import pytest
from tiny_worlds import Broker, Group, Kind, begin, chain, clear, take_steps

from trasiego.model.schedule import step_events, step_violence

HOUSES = [Broker("north", territorial=True), Broker("south", territorial=True), Broker("trader")]


def month_of(change=None, month=0, seed=1, on=("violence", "leader_loss"), **changes):
    """State after the step with 20 members at a, 30 at b, and nothing moved."""
    parts = {"groups": [Group("first", "a", 20.0), Group("second", "b", 30.0)], "on": on}
    run = begin(chain(**(parts | changes)), seed=seed)
    clear(run)
    if change is not None:
        change(run.state)
    step_violence(run, month)
    return run.state


def test_members_kill_at_the_rate_of_their_kind():
    assert month_of().killings == pytest.approx([0.02, 0.03, 0.0])
    kinds = (Kind("carriers", killings=0.01), Kind("guards"))
    assert month_of(kinds=kinds).killings == pytest.approx([0.2, 0.3, 0.0])


def test_held_places_cost_lives_every_month():
    assert month_of(held={"m": "buyer"}).killings == pytest.approx([0.02, 0.03, 2.0])


def test_lost_leader_raises_killings_at_home_for_a_time():
    def lost(months):
        def change(state):
            state.territory.mourning_months[0] = months

        return month_of(change).killings[0]

    assert lost(0.0) == pytest.approx(0.02 * 1.8)
    assert lost(11.0) == pytest.approx(0.02 * 1.8)
    assert lost(12.0) == pytest.approx(0.02)


def test_lost_leader_raises_killings_where_the_group_works_for_a_shorter_time():
    def lost(home, near):
        def change(state):
            state.territory.mourning_months[0], state.territory.near_months[0] = home, near

        return month_of(change).killings[0]

    assert lost(1e9, 5.0) == pytest.approx(0.02 * 1.3)
    assert lost(1e9, 6.0) == pytest.approx(0.02)
    assert lost(0.0, 0.0) == pytest.approx(0.02 * 1.8)  # the larger rise counts, not both


def test_robbed_loads_cost_lives_where_they_were_sent():
    def change(state):
        state.flows.hijacked_loads[1] = 3.0

    assert month_of(change).killings == pytest.approx([0.02, 3.03, 0.0])


def test_months_since_the_loss_are_counted():
    run = begin(chain(on=["violence"]))
    run.state.territory.mourning_months[0] = 0.0
    for month in range(3):
        clear(run)
        step_violence(run, month)
    assert run.state.territory.mourning_months[0] == 3.0


def test_no_killings_where_they_are_not_counted():
    assert month_of(on=(), held={"m": "buyer"}).killings.tolist() == [0.0, 0.0, 0.0]


def contested(rate=1e9, success=1.0, loss=0.0, seed=1, month=0, held=None, brokers=HOUSES, change=None):
    """State after a month in which all principals move goods through a and b; 1e9 tries them all."""
    world = chain(
        groups=[Group("first", "a", 100.0), Group("second", "b", 100.0)],
        brokers=brokers,
        held=held,
        numbers={
            "violence": {"takeover_per_month": rate, "takeover_success": success, "hold_loss_per_month": loss}
        },
        on=["takeover", "violence"],
    )
    run = begin(world, seed=seed)
    take_steps(run, "transit", month)
    if change is not None:
        change(run.state)
    step_violence(run, month)
    return run.state


def test_territorial_principals_take_places_that_they_use():
    state = contested()
    assert set(state.territory.holder[:2].tolist()) <= {0, 1}
    assert state.territory.holder[2] == -1  # nothing leaves the market


def test_attempt_costs_lives_whoever_wins():
    # a tenth of the 100 members at home; 0.1 of everyday killings; 2 where the place is then held
    lost = contested(success=0.0)
    assert lost.territory.holder.tolist() == [-1, -1, -1]
    assert lost.killings == pytest.approx([10.1, 10.1, 0.0])
    won = contested(success=1.0)
    assert won.killings == pytest.approx([12.1, 12.1, 0.0])


def test_principals_who_hire_take_nothing():
    state = contested(brokers=[Broker("one"), Broker("two")])
    assert state.territory.holder.tolist() == [-1, -1, -1] and state.killings[0] == pytest.approx(0.1)


def test_nobody_attacks_what_he_holds():
    state = contested(brokers=[Broker("north", territorial=True)], held={"a": "north", "b": "north"})
    assert state.territory.holder[:2].tolist() == [0, 0]
    assert state.killings[0] == pytest.approx(2.1)


def test_principals_who_are_gone_take_nothing():
    brokers = [Broker("north", territorial=True, first=5), Broker("trader")]
    assert contested(brokers=brokers).territory.holder.tolist() == [-1, -1, -1]


def test_hazard_is_the_rate_times_the_share_of_the_value():
    count, hits = 500, 0
    for seed in range(count):
        hits += contested(0.6, seed=seed).territory.holder[0] >= 0
    # two of three like principals are territorial; a carries the most value of any place
    chance = 1.0 - math.exp(-0.6 * 2.0 / 3.0)
    assert hits / count == pytest.approx(chance, abs=4.0 * math.sqrt(chance * (1.0 - chance) / count))


def test_both_houses_win_alike():
    wins = [int(contested(seed=seed).territory.holder[0]) for seed in range(300)]
    assert sum(wins) / 300 == pytest.approx(0.5, abs=4.0 * 0.5 / math.sqrt(300))


def test_places_are_given_up():
    state = contested(rate=0.0, loss=1.0, held={"a": "north"})
    assert state.territory.holder[0] == -1
    assert contested(rate=0.0, loss=0.0, held={"a": "north"}).territory.holder[0] == 0


def test_places_are_given_up_though_nothing_moves():
    world = chain(
        zones=[], brokers=HOUSES, held={"a": "north"}, numbers={"violence": {"hold_loss_per_month": 1.0}}
    )
    assert take_steps(begin(world), "violence").territory.holder[0] == -1


def tolls(**changes):
    run = begin(chain(**({"brokers": HOUSES, "held": {"a": "north"}, "on": ["takeover"]} | changes)))
    clear(run)
    step_events(run, 0)
    return run.state.territory


def test_toll_is_due_on_what_leaves_a_held_place():
    assert tolls().toll.tolist() == [[0.0, 0.1, 0.1], [0.0, 0.0, 0.0]]


def test_holder_who_is_gone_takes_no_toll():
    gone = [Broker("north", territorial=True, last=-1), *HOUSES[1:]]
    assert tolls(brokers=gone).toll.sum() == 0.0


def test_no_toll_where_takeover_is_off():
    assert tolls(on=()).toll.sum() == 0.0
