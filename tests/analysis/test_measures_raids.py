"""What a raid moves, against answers reckoned by hand."""

import pytest

from trasiego.analysis.measures import raids
from trasiego.analysis.paired import PairedView
from trasiego.analysis.view import NotMeasurable

NETWORK = 1


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
