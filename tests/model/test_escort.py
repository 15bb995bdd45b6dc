"""Escort: who sells it where, and at which price."""

import pytest
from tiny_worlds import Broker, Group, Kind, Way, begin, chain, clear

from trasiego.model.schedule import step_events

GROUPS = [Group("first", "a"), Group("second", "b"), Group("guard", "a", 20.0, "guards")]
KINDS = (
    Kind("carriers"),
    Kind("guards", moves_loads=False, escort_fee=50.0, escort_minimum=300.0, escort_effect=0.75),
)


def sold(change=None, **changes):
    """Territory after the events of a month in which a group sells escort at a, on ways of 100 km."""
    parts = {"groups": GROUPS, "kinds": KINDS, "escort": {"a": "guard"}, "on": ["escort"]}
    run = begin(chain(**(parts | changes)))
    if change is not None:
        change(run.state)
    clear(run)
    step_events(run, 0)
    return run.state.territory


def test_escort_is_sold_on_the_ways_out_of_its_seller():
    found = sold()
    assert found.escort_here.tolist() == [1, 0]
    assert found.escort_usd_per_kg.tolist() == [50.0, 0.0]
    assert found.escort_minimum_usd.tolist() == [300.0, 0.0]
    assert found.escort_effect.tolist() == [0.75, 0.0]
    assert sold(on=()).escort_here.tolist() == [0, 0]


def test_one_fee_covers_a_passage_however_it_is_cut():
    whole = sold(numbers={"escort": {"passage_km": 400.0}})
    assert whole.escort_usd_per_kg[0] == pytest.approx(12.5)
    cut = sold(
        nodes="a c b m",
        ways=[Way("a", "c", "first", distance_km=30.0), Way("c", "b", "first", distance_km=70.0)],
        escort={"a": "guard", "c": "guard"},
        numbers={"escort": {"passage_km": 400.0}},
        markets=[],
    )
    assert cut.escort_usd_per_kg.sum() == pytest.approx(12.5)
    assert cut.escort_minimum_usd.sum() == pytest.approx(75.0)


@pytest.mark.parametrize("domain", [2, 3, 4])
def test_nobody_walks_along_by_sea_or_air_or_in_a_port(domain):
    ways = [Way("a", "b", "first", domain=domain), Way("b", "m", "second")]
    assert sold(ways=ways).escort_here.tolist() == [0, 0]


def test_refining_needs_no_escort():
    found = sold(
        nodes="a:paste a m",
        ways=[Way("a:paste", "a", "first", ratio=0.4, processing=True), Way("a", "m", "first")],
        zones=[],
        groups=[GROUPS[0], GROUPS[2]],
    )
    assert found.escort_here.tolist() == [0, 1]


def test_escort_needs_its_seller():
    def gone(state):
        state.groups.kind[2] = -1

    assert sold(gone).escort_here.tolist() == [0, 0]
    later = [*GROUPS[:2], Group("guard", "a", 20.0, "guards", first=5)]
    assert sold(groups=later).escort_here.tolist() == [0, 0]


def test_escort_does_not_depend_on_who_buys():
    assert sold(brokers=[Broker("one"), Broker("two")]).escort_here.tolist() == [1, 0]
