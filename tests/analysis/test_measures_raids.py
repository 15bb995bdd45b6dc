"""What a raid moves, against answers reckoned by hand."""

import pytest

from trasiego.analysis.measures import raids
from trasiego.analysis.paired import PairedView
from trasiego.analysis.view import NotMeasurable

NETWORK, DYNASTY = 1, 0


def inflow(world, zacapa, peten):
    """Two networks earn 20 and 80; 100 kg a month come in by two links, and other masses from month 13."""
    for name in ("raided", "free-1"):
        slot = world.at("group", name)
        world.arrays["group_members"][:, :, slot] = 30
        world.arrays["group_kind_index"][:, :, slot] = NETWORK
        world.arrays["group_home_index"][:, :, slot] = world.at("place", "gt-zacapa")
    world.set("group_revenue_usd", "group", {"raided": 20, "free-1": 80})
    for name, before, after in (("into-zacapa", 60, zacapa), ("into-peten", 40, peten)):
        world.arrays["link_flow_kg"][:, :12, world.at("link", name)] = before
        world.arrays["link_flow_kg"][:, 13:, world.at("link", name)] = after
    return world


@pytest.fixture
def pair(make_world):
    """The runs with the raid as the base; without it inflow would have grown to 200 kg a month."""

    def made(zacapa, peten):
        base, calm = inflow(make_world(), zacapa, peten), inflow(make_world(), 120, 80)
        base.event("2011-01", "raid", "raided", ["e133"])
        return PairedView(base.view(), {"calm": calm.view()})

    return made


def test_fall_of_inflow_over_the_groups_share(pair):
    # 190 kg a month instead of 200: a fall of 5 percent, a quarter of the group's share of 20 percent
    found = raids.throughput_fall_over_share(pair(100, 90), "base", "calm", "GT", ["e133"])
    assert found.upper / found.lower == pytest.approx([0.25, 0.25])


def test_entries_elsewhere(pair):
    # Peten's part of the inflow is 50 percent instead of 40
    found = raids.entries_elsewhere(pair(90, 90), "base", "calm", "GT", ["gt-zacapa"], ["s001", "e133"])
    assert found == pytest.approx([1.25, 1.25])


def test_a_raid_without_the_claim_is_another_raid(pair):
    with pytest.raises(NotMeasurable, match="no such event"):
        raids.throughput_fall_over_share(pair(50, 50), "base", "calm", "GT", ["e999"])


def test_all_that_comes_in_over_the_stretch_leaves_no_elsewhere(pair):
    with pytest.raises(NotMeasurable, match="all goods come in"):
        raids.entries_elsewhere(pair(90, 90), "base", "calm", "GT", ["gt-zacapa", "gt-peten"], ["e133"])


def occupied(world, slot, first, stop, members, kind, revenue):
    """Let a group hold a slot, and earn in it, from month `first` to `stop`, not included."""
    column = world.at("group", slot)
    world.arrays["group_members"][:, :, column] = 0
    world.arrays["group_kind_index"][:, :, column] = -1
    world.arrays["group_members"][:, first:stop, column] = members
    world.arrays["group_kind_index"][:, first:stop, column] = kind
    world.arrays["group_home_index"][:, first:stop, column] = world.at("place", "gt-zacapa")
    world.arrays["group_revenue_usd"][:, first:stop, column] = revenue


def test_after_dismantling(make_world):
    """A family earns 90 and a network 10; where the family is struck two networks come and all earn alike."""
    whole, struck = make_world(), make_world()
    occupied(whole, "old-family", 0, 24, 100, DYNASTY, 90)
    occupied(whole, "raided", 0, 24, 30, NETWORK, 10)
    occupied(struck, "old-family", 0, 13, 100, DYNASTY, 90)
    for slot in ("raided", "free-1", "free-2"):
        occupied(struck, slot, 13, 24, 15, NETWORK, 5)
    struck.event("2011-01", "dissolve", "old-family")
    for world, flow in ((whole, 100), (struck, 10)):
        world.arrays["link_flow_kg"][:, :21, world.at("link", "into-zacapa")] = flow
        world.arrays["link_flow_kg"][:, 21:, world.at("link", "into-zacapa")] = 100 if world is whole else 85
    view = PairedView(whole.view(), {"struck": struck.view()})
    options = ("struck", "base", "GT")
    assert raids.groups_after_dismantling(view, *options) == pytest.approx([1.5, 1.5])
    assert raids.concentration_after_dismantling(view, *options) == pytest.approx([1 / 3 / 0.82] * 2)
    assert raids.throughput_after_dismantling(view, *options) == pytest.approx([0.85, 0.85])


def test_a_raid_on_a_small_network_is_no_dismantling(make_world):
    whole, struck = make_world(), make_world()
    struck.event("2011-01", "raid", "raided")
    view = PairedView(whole.view(), {"struck": struck.view()})
    with pytest.raises(NotMeasurable, match="no such event"):
        raids.groups_after_dismantling(view, "struck", "base", "GT")
