"""Learning: beliefs about the risk of ways, and trust in carriers."""

import math

import pytest
from tiny_worlds import Broker, Group, Way, begin, chain, clear

from trasiego.model.schedule import step_learning


def learnt(sent, lost, months=1, on=("learning",), group_sent=None, group_lost=None, brokers=2):
    """State after months in which principals sent and lost these loads on the first way."""
    world = chain(
        ways=[Way("a", "b", "first", hazard=0.1), Way("b", "m", "second")],
        brokers=[Broker(f"buyer-{b}") for b in range(brokers)],
        on=on,
    )
    run = begin(world)
    for month in range(months):
        clear(run)
        run.state.flows.sent[0], run.state.flows.lost[0] = sent, lost
        if group_sent is not None:
            run.state.flows.group_sent_kg[0], run.state.flows.group_lost_kg[0] = group_sent, group_lost
        step_learning(run, month)
    return run.state


PRIOR = 1.0 - math.exp(-0.1)


def test_belief_begins_with_the_prior_of_the_way():
    assert learnt([0, 0], [0, 0]).memory.perceived[0] == pytest.approx([PRIOR, PRIOR])


def test_own_losses_count_fully_and_those_of_others_in_part():
    state = learnt([20.0, 0.0], [5.0, 0.0])
    # ten loads of prior; the first sent 20 and lost 5, the second counts half of that
    assert state.memory.perceived[0, 0] == pytest.approx((5.0 + 10.0 * PRIOR) / 30.0)
    assert state.memory.perceived[0, 1] == pytest.approx((2.5 + 10.0 * PRIOR) / 20.0)
    assert state.memory.perceived[1] == pytest.approx([0.0, 0.0])


def test_experience_fades_to_the_prior():
    run_state = learnt([20.0, 0.0], [20.0, 0.0])
    high = run_state.memory.perceived[0, 0]
    assert high > 0.6
    world_state = learnt([0.0, 0.0], [0.0, 0.0], months=200)
    assert world_state.memory.perceived[0, 0] == pytest.approx(PRIOR)


def test_memory_keeps_its_share_each_month():
    state = learnt([10.0, 0.0], [0.0, 0.0], months=3)
    # 10 (1 + 0.9 + 0.81)
    assert state.memory.sent[0, 0] == pytest.approx(27.1)
    assert state.memory.perceived[0, 0] == pytest.approx(10.0 * PRIOR / 37.1)


def test_belief_is_never_certainty():
    assert learnt([1e9, 0.0], [1e9, 0.0]).memory.perceived[0, 0] == 0.999


def test_trust_closes_a_tenth_of_its_gap_without_loss():
    state = learnt([0, 0], [0, 0], group_sent=[100.0, 0.0], group_lost=[0.0, 0.0])
    assert state.memory.trust[0] == pytest.approx([0.55, 0.5])
    assert state.memory.trust_power[0] == pytest.approx([0.55, 0.5])


def test_loss_takes_trust_in_its_proportion():
    state = learnt([0, 0], [0, 0], group_sent=[100.0, 100.0], group_lost=[40.0, 100.0])
    # (0.5 + 0.1 x 0.6 x 0.5)(1 - 0.5 x 0.4), and 0.5 x (1 - 0.5)
    assert state.memory.trust[0] == pytest.approx([0.53 * 0.8, 0.25])


def test_trust_stays_between_a_hundredth_and_one():
    low = learnt([0, 0], [0, 0], months=50, group_sent=[1.0, 1.0], group_lost=[1.0, 0.0])
    assert low.memory.trust[0, 0] == 0.01
    assert 0.99 < low.memory.trust[0, 1] < 1.0


def test_what_is_not_learnt_stays():
    state = learnt([9.0, 9.0], [9.0, 9.0], on=(), group_sent=[1.0, 1.0], group_lost=[1.0, 1.0])
    assert state.memory.perceived[0] == pytest.approx([PRIOR, PRIOR])
    assert state.memory.trust[0].tolist() == [0.5, 0.5]


def test_free_slots_learn_nothing():
    world = chain(groups=[Group("first", "a"), Group("second", "b")], on=["learning"])
    run = begin(world)
    clear(run)
    run.state.flows.group_sent_kg[5] = 10.0
    step_learning(run, 0)
    assert run.state.memory.trust[5].tolist() == [0.5]
