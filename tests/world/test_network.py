"""Ways of a region: the static order, dead ends, and links against the order."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trasiego.common.faults import Faults
from trasiego.world.geography import Place
from trasiego.world.network import Way, node_order, sort_ways, useful_ways

HYDROCHLORIDE, PASTE = 1, 0


def place(name, rank, lat=0.0, lon=0.0):
    return Place(name, name, name, "town", "PE", "", "", "", lat, lon, None, rank, "x", "x", "")


def way(tail, head, mode="truck"):
    """A way between "place" or "place:paste"."""

    def key(text):
        name, _, product = text.partition(":")
        return name, PASTE if product else HYDROCHLORIDE

    return Way(key(tail), key(head), mode, 1.0, 0)


def ends(ways):
    return [(way.tail[0], way.head[0]) for way in ways]


def test_ways_between_a_source_and_a_market_stay():
    ways = [way("a", "b"), way("b", "m")]
    assert useful_ways(ways, {("a", 1)}, {("m", 1)}) == ways


def test_dead_ends_and_ways_from_nowhere_go():
    ways = [way("a", "b"), way("b", "m"), way("b", "dead"), way("dead", "end"), way("lost", "b")]
    assert ends(useful_ways(ways, {("a", 1)}, {("m", 1)})) == [("a", "b"), ("b", "m")]


def test_markets_have_no_way_out():
    ways = [way("a", "m"), way("m", "n")]
    assert ends(useful_ways(ways, {("a", 1)}, {("m", 1), ("n", 1)})) == [("a", "m")]


def test_products_do_not_mix():
    ways = [way("a:paste", "b:paste"), way("b", "m")]
    assert useful_ways(ways, {("a", PASTE)}, {("m", 1)}) == []
    refined = [*ways, way("b:paste", "b", "processing")]
    assert len(useful_ways(refined, {("a", PASTE)}, {("m", 1)})) == 3


def test_no_path_leaves_nothing():
    assert useful_ways([way("a", "b")], {("a", 1)}, {("m", 1)}) == []


def test_nodes_follow_rank_and_then_coordinates():
    places = {
        "z": place("z", 1),
        "north": place("north", 5, lat=3.0),
        "south": place("south", 5, lat=-3.0),
        "west": place("west", 5, lat=-3.0, lon=-9.0),
        "a": place("a", 9),
    }
    ways = [way("z", name) for name in ("north", "south", "west")]
    ways += [way(name, "a") for name in ("north", "south", "west")]
    assert [name for name, _product in node_order(ways, places)] == ["z", "west", "south", "north", "a"]


def test_paste_comes_before_hydrochloride_at_a_place():
    places = {"a": place("a", 1), "b": place("b", 2)}
    ways = [way("a", "b"), way("a:paste", "a", "processing")]
    assert node_order(ways, places) == [("a", PASTE), ("a", HYDROCHLORIDE), ("b", HYDROCHLORIDE)]


def test_ways_are_sorted_by_tail_head_and_mode():
    order = [("a", 1), ("b", 1), ("m", 1)]
    ways = [way("b", "m"), way("a", "m"), way("a", "b", "truck"), way("a", "b", "pickup")]
    found = [(each.tail[0], each.head[0], each.mode) for each in sort_ways(ways, order, ["pickup", "truck"])]
    assert found == [("a", "b", "pickup"), ("a", "b", "truck"), ("a", "m", "truck"), ("b", "m", "truck")]


def test_every_way_against_the_order_is_a_fault():
    order = [("a", 1), ("b", 1), ("c", 1)]
    ways = [way("b", "a"), way("a", "c"), way("c", "b")]
    with pytest.raises(Faults) as raised:
        sort_ways(ways, order, ["truck"])
    assert [fault.key for fault in raised.value.faults] == ["b--a--truck", "c--b--truck"]


def test_ids_tell_ends_mode_and_product():
    assert way("a", "b").id == "a--b--truck"
    assert way("a:paste", "b:paste").id == "a--b--truck--paste"
    assert way("a:paste", "a", "processing").id == "a--processing"


networks = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=40)


@settings(deadline=None, derandomize=True)
@given(networks, st.sets(st.integers(0, 5), min_size=1), st.sets(st.integers(6, 11), min_size=1))
def test_useful_ways_are_those_on_some_path(pairs, sources, sinks):
    """Held against the plain definition: a walk forward from a source and one back from a market meet."""
    ways = [way(str(tail), str(head)) for tail, head in pairs if tail < head]
    found = useful_ways(ways, {(str(s), 1) for s in sources}, {(str(s), 1) for s in sinks})

    def reaches(start, goals):
        if start in goals:
            return True
        steps = [int(w.head[0]) for w in ways if w.tail[0] == str(start) and start not in sinks]
        return any(reaches(step, goals) for step in steps)

    expected = [
        w
        for w in ways
        if int(w.tail[0]) not in sinks
        and any(reaches(source, {int(w.tail[0])}) for source in sources)
        and reaches(int(w.head[0]), sinks)
    ]
    assert found == expected
