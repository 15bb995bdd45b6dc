"""Interdiction: the effort of countries, where it goes, and the hazard of ways."""

import math

import pytest
from tiny_worlds import Broker, Country, Group, Market, Way, Zone, begin, chain, clear, take_steps, tiny_world

from trasiego.model.schedule import step_interdiction

X = (Country(),)


def fork(countries=X, on=("adaptive_effort",), **changes):
    """Two dangerous ways out of a, hazards 0.2 and 0.1."""
    parts = {
        "nodes": "a u l",
        "ways": [Way("a", "u", "up", hazard=0.2), Way("a", "l", "down", hazard=0.1)],
        "zones": [Zone("a", inflow_kg=1000.0)],
        "markets": [Market("u"), Market("l")],
        "groups": [Group("up", "a", 100.0), Group("down", "a", 100.0)],
        "countries": countries,
        "on": on,
    }
    return tiny_world(**(parts | changes))


def searched(world, seized=(0.0, 0.0), change=None):
    run = begin(world)
    clear(run)
    run.state.flows.seized_kg[:] = seized
    if change is not None:
        change(run.state)
    step_interdiction(run, 0)
    return run


def test_effort_starts_even_at_the_strength_of_the_country():
    run = searched(fork([Country(strength=1.5)]))
    assert run.effort.tolist() == [1.5]
    assert run.state.authority.effort.tolist() == [1.5, 1.5]
    assert run.state.authority.hazard == pytest.approx([0.3, 0.15])


def test_effort_grows_with_the_budget_over_the_opening_one():
    def doubled(state):
        state.authority.own_budget_usd[:] *= 2.0

    assert searched(fork(), change=doubled).effort.tolist() == [2.0]


def test_aid_counts_as_far_as_it_is_disbursed():
    country = Country(budget=1e6, aid=1e6, disbursement=0.2)

    def paid_out(state):
        state.authority.disbursement[:] = 0.8

    # (1 + 0.8)/(1 + 0.2)
    assert searched(fork([country]), change=paid_out).effort[0] == pytest.approx(1.5)


def test_country_without_budget_works_at_its_strength():
    assert searched(fork([Country(budget=0.0)])).effort.tolist() == [1.0]


@pytest.mark.parametrize("stance, effort", [(0, 1.0), (1, 0.5), (2, 0.1)])
def test_stance_scales_effort(stance, effort):
    assert searched(fork([Country(stance=stance)])).effort.tolist() == [effort]


def test_effort_moves_to_the_square_root_of_seizures():
    run = searched(fork(), seized=(1600.0, 200.0))
    # smoothed by a half: 800 and 100 kg; over hazards of 0.2 and 0.1 that is 4 to 1, the roots 2 to 1.
    # Weighed with the hazards the mean of 2 and 1 is 5/3: shares 1.2 and 0.6 of the even one
    assert run.state.authority.signal.tolist() == [800.0, 100.0]
    assert run.state.authority.effort == pytest.approx([0.5 + 0.5 * 1.2, 0.5 + 0.5 * 0.6])


def test_authority_hears_of_part_of_what_passes():
    def passing(state):
        state.flows.link_kg[:] = [1000.0, 400.0]

    numbers = {"interdiction": {"intelligence_share": 0.25}}
    run = searched(fork(numbers=numbers), seized=(200.0, 0.0), change=passing)
    # 200 kg and a quarter of the other 800; a quarter of 400; smoothed by a half
    assert run.state.authority.signal.tolist() == [200.0, 50.0]


def test_floor_of_effort_holds_where_nothing_was_seized():
    run = searched(fork(), seized=(1000.0, 0.0))
    assert run.state.authority.effort == pytest.approx([1.0, 0.5])


def test_uniform_effort_looks_at_no_seizures():
    run = searched(fork(on=()), seized=(1000.0, 0.0))
    assert run.state.authority.effort.tolist() == [1.0, 1.0]


def test_countries_move_only_their_own_effort():
    countries = [Country("X"), Country("Y", places="elsewhere")]
    ways = [Way("a", "u", "up", hazard=0.2), Way("a", "l", "down", hazard=0.1, country="Y")]
    run = searched(fork(countries, ways=ways), seized=(1000.0, 0.0))
    assert run.state.authority.effort.tolist() == [1.0, 1.0]


def test_captured_police_search_less():
    def captured(state):
        state.authority.capture[:] = [0.8, 0.4, 0.0]

    run = searched(fork(), change=captured)
    # capture takes half of the hazard where it is whole; the mean of both ends counts: 0.6 and 0.4
    assert run.state.authority.hazard == pytest.approx([0.2 * (1 - 0.5 * 0.6), 0.1 * (1 - 0.5 * 0.4)])


def test_refining_draws_no_search():
    world = chain(
        nodes="a:paste a m",
        ways=[
            Way("a:paste", "a", "first", ratio=0.4, processing=True, hazard=0.1),
            Way("a", "m", "first", hazard=0.1),
        ],
        zones=[],
        groups=[Group("first", "a", 100.0)],
        on=["adaptive_effort"],
    )
    run = searched(world, seized=(500.0, 100.0))
    # one way is searched, so its share is the even one, whatever was seized while refining
    assert run.state.authority.effort[1] == pytest.approx(1.0)


def test_what_one_way_gets_is_taken_from_others():
    run = searched(fork(), seized=(800.0, 50.0))
    # the hazard of all known ways together is what it would be with even effort: 0.2 + 0.1
    assert run.state.authority.hazard.sum() == pytest.approx(0.3)


def test_way_that_nobody_can_use_changes_no_effort():
    ways = [Way("a", "u", "up", hazard=0.2), Way("a", "l", "down", hazard=0.1), Way("a", "l", hazard=0.1)]
    before = searched(fork(), seized=(800.0, 200.0)).state.authority.effort
    after = searched(fork(ways=ways), seized=(800.0, 200.0, 0.0)).state.authority.effort
    assert after[:2] == pytest.approx(before)


def test_pass_through_place_changes_no_hazard():
    cut = fork(
        nodes="a c u l",
        ways=[
            Way("a", "c", "up", hazard=0.1),
            Way("a", "l", "down", hazard=0.1),
            Way("c", "u", "up", hazard=0.1),
        ],
    )
    before = searched(fork(), seized=(800.0, 200.0)).state.authority.hazard
    after = searched(cut, seized=(400.0, 200.0, 400.0)).state.authority.hazard
    assert after[0] + after[2] == pytest.approx(before[0])
    assert after[1] == pytest.approx(before[1])


def raided(rate=1e9, access=0, numbers=None, members=20.0, capture=0.0, seed=1, stock_kg=0.0, **changes):
    """Run after a month with raids on two groups at a and b; a rate of 1e9 makes them certain."""
    parts = {
        "groups": [Group("first", "a", members, access=access), Group("second", "b", members)],
        "numbers": {"interdiction": {"raid_rate_per_month": rate} | (numbers or {})},
        "on": ["raids", "leaks", "political_access"],
    }
    run = begin(chain(**(parts | changes)), seed=seed)
    clear(run)
    run.state.authority.capture[:] = capture
    run.state.stock[0, 0] = stock_kg
    step_interdiction(run, 0)
    return run


def test_raid_takes_members_capital_and_goods():
    run = raided(stock_kg=100.0)
    state = run.state
    assert run.raid_count == 2
    # a quarter of 20 members, half of 20,000 USD, a fifth of what waits at home
    assert state.groups.members[:2].tolist() == [15.0, 15.0]
    assert state.groups.capital_usd[:2].tolist() == [10_000.0, 10_000.0]
    assert state.flows.money_usd.sum() == 20_000.0
    assert state.raided_kg.tolist() == [20.0, 0.0, 0.0]
    assert state.stock[0, 0] == 80.0


@pytest.mark.parametrize("chance, led", [(0.0, [1, 1]), (1.0, [0, 0])])
def test_raid_takes_leaders_by_their_chance(chance, led):
    run = raided(numbers={"leader_arrest_probability": chance})
    assert run.state.groups.led[:2].tolist() == led


@pytest.mark.parametrize("chance, left", [(0.0, 0.6), (1.0, 0.3)])
def test_raid_takes_bribed_officers_by_their_chance(chance, left):
    run = raided(numbers={"officer_arrest_probability": chance, "warning_effect": 0.0}, capture=0.6)
    assert run.state.authority.capture[:2] == pytest.approx([left, left])


def raids_of(count=400, **changes):
    """Share of months in which the group at a is raided."""
    hits = 0
    for seed in range(count):
        hits += raided(seed=seed, **changes).state.groups.members[0] < changes.get("members", 20.0)
    return hits / count


@pytest.mark.parametrize(
    "changes, hazard",
    [
        ({"rate": 0.5}, 0.5),
        ({"rate": 0.25, "members": 40.0}, 0.5),  # twice the reference size
        ({"rate": 0.5, "capture": 1.0}, 0.25),  # bribed police warn
        ({"rate": 0.5, "access": 2}, 0.25),  # political access shields
        ({"rate": 0.5, "countries": [Country(strength=2.0)]}, 1.0),
    ],
)
def test_raid_hazard(changes, hazard):
    expected = 1.0 - math.exp(-hazard)
    deviation = math.sqrt(expected * (1.0 - expected) / 400)
    assert raids_of(**changes) == pytest.approx(expected, abs=4.0 * deviation)


def test_no_raids_without_effort_or_where_they_are_off():
    assert raided(countries=[Country(strength=0.0)]).raid_count == 0
    assert raided(on=()).raid_count == 0


def test_seizures_need_effort():
    world = chain(
        ways=[Way("a", "b", "first", hazard=0.5), Way("b", "m", "second", hazard=0.5)],
        countries=[Country(strength=0.0)],
        brokers=[Broker()],
    )
    run = begin(world)
    step_interdiction(run, 0)
    for month in range(1, 6):
        assert take_steps(run, "transit", month).flows.seized_kg.sum() == 0.0


def test_first_month_searches_with_the_effort_of_its_country():
    world = chain(
        ways=[Way("a", "b", "first", hazard=0.5), Way("b", "m", "second", hazard=0.5)],
        countries=[Country(strength=0.0)],
    )
    assert take_steps(begin(world), "transit").flows.seized_kg.sum() == 0.0
