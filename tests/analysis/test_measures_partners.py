"""Partners and protection against answers reckoned by hand."""

import numpy as np
import pytest

from trasiego.analysis.measures import groups, partners
from trasiego.analysis.view import NotMeasurable

NETWORK = 1
NORTHERN, SOUTHERN = 0, 1


@pytest.fixture
def hired(world):
    """Four networks that are there all along: three in Honduras, one in Guatemala."""
    for slot, home in (
        ("raided", "hn-colon"),
        ("free-1", "hn-colon"),
        ("free-2", "hn-colon"),
        ("old-family", "gt-zacapa"),
    ):
        column = world.at("group", slot)
        world.arrays["group_members"][:, :, column] = 15
        world.arrays["group_kind_index"][:, :, column] = NETWORK
        world.arrays["group_home_index"][:, :, column] = world.at("place", home)
    return world


def send(world, broker, months, **kg):
    for slot, mass in kg.items():
        at = world.at("group", slot.replace("_", "-"))
        world.arrays["principal_group_kg"][:, months, broker, at] = mass


def test_groups_at_once(hired):
    # The northern principal uses three there in one half and one in the other, the southern one two: means of
    # 2 and 2 over months; a group in Guatemala does not count, nor months without any.
    send(hired, NORTHERN, slice(0, 12), raided=5, free_1=1, free_2=9, old_family=99)
    send(hired, NORTHERN, slice(12, 24), raided=5)
    send(hired, SOUTHERN, slice(0, 6), raided=5, free_1=5)
    assert partners.groups_at_once(hired.view(), ["HN", "SV"]) == pytest.approx([2, 2])


def test_no_group_is_hired(world):
    with pytest.raises(NotMeasurable, match="no principal sends goods"):
        partners.groups_at_once(world.view(), ["HN"])


def test_likeness_to_a_year_before(hired):
    # 3 and 4 kg with two groups, a year later 4 and 3: a cosine of 24/25. Only the first half year pairs up.
    send(hired, NORTHERN, slice(0, 6), raided=3, free_1=4)
    send(hired, NORTHERN, slice(12, 18), raided=4, free_1=3)
    assert partners.likeness_to_year_before(hired.view(), ["HN"]) == pytest.approx([0.96, 0.96])
    with pytest.raises(NotMeasurable, match="shorter than 13 months"):
        partners.likeness_to_year_before(hired.view().between(0, 12), ["HN"])


def test_a_slot_that_stood_empty_holds_another_group(hired):
    send(hired, NORTHERN, slice(0, 24), raided=3, free_1=3)
    hired.arrays["group_members"][:, 11, hired.at("group", "free-1")] = 0
    # half of the length is with a new group for as long as the year spans the gap, which it does throughout
    view = hired.view().between(0, 23)
    assert partners.likeness_to_year_before(view, ["HN"]) == pytest.approx([0.5, 0.5])


def test_held_territory(hired):
    # The southern principal holds Zacapa in the second year with one group there; both use two in Honduras.
    for broker in (NORTHERN, SOUTHERN):
        send(hired, broker, slice(0, 24), raided=5, free_1=5)
    send(hired, SOUTHERN, slice(0, 24), old_family=7)
    with pytest.raises(NotMeasurable, match="no principal holds a place of GT"):
        partners.held_over_hired(hired.view(), "GT", ["HN"])
    hired.arrays["place_control"][:, 12:, hired.at("place", "gt-zacapa")] = SOUTHERN
    assert partners.held_over_hired(hired.view(), "GT", ["HN"]) == pytest.approx([0.5, 0.5])


def test_national_protection_of_small_networks(hired):
    # Two small networks, one with national protection for half of the time; a large one does not count.
    for slot, members, access in (("old-family", 15, 1), ("raided", 20, 2), ("free-1", 80, 2)):
        column = hired.at("group", slot)
        hired.arrays["group_members"][:, :, column] = members
        hired.arrays["group_home_index"][:, :, column] = hired.at("place", "gt-zacapa")
        hired.arrays["group_access"][:, :, column] = access
    hired.arrays["group_access"][:, 12:, hired.at("group", "raided")] = 0
    found = groups.national_protection(hired.view(), "GT", "transport_network", 50)
    assert found == pytest.approx([0.25, 0.25])
    with pytest.raises(NotMeasurable, match="no group of the kind is that small"):
        groups.national_protection(hired.view(), "GT", "transport_network", 10)
    assert np.isfinite(found).all()
