"""Measures of groups against answers reckoned by hand."""

import numpy as np
import pytest

from trasiego.analysis.measures import groups
from trasiego.analysis.view import NotMeasurable

NETWORK, DYNASTY = 1, 0


def occupied(world, slot, first, stop, members, kind=NETWORK, home="gt-zacapa"):
    """Let a group hold a slot from month `first` to `stop`, not included."""
    column = world.at("group", slot)
    world.arrays["group_members"][:, first:stop, column] = members
    world.arrays["group_kind_index"][:, first:stop, column] = kind
    world.arrays["group_home_index"][:, first:stop, column] = world.at("place", home)


def test_new_groups_at_entry_and_a_year_later(world):
    occupied(world, "free-1", 2, 24, np.arange(12, 34))
    occupied(world, "free-2", 4, 24, 20)
    occupied(world, "raided", 0, 24, 500)
    occupied(world, "port-men", 3, 24, 700, home="pe-callao")
    view = world.view()
    assert groups.members_of_new_groups(view, ["GT"], "transport_network", 0) == pytest.approx([16, 16])
    assert groups.members_of_new_groups(view, ["GT"], "transport_network", 12) == pytest.approx([22, 22])


def test_new_groups_that_are_gone_do_not_count(world):
    occupied(world, "free-1", 2, 8, 12)
    occupied(world, "free-2", 4, 24, 20)
    found = groups.members_of_new_groups(world.view(), ["GT"], "transport_network", 12)
    assert found == pytest.approx([20, 20])


def test_gangs_with_income(world):
    world.arrays["group_revenue_usd"][0, :6, world.at("group", "street")] = 1
    world.set("group_revenue_usd", "group", {"raided": 1000})
    assert groups.gangs_with_income(world.view(), ["GT", "HN"]) == pytest.approx([0.25, 0])


def test_gangs_income_from_transport(world):
    with pytest.raises(NotMeasurable, match="no gang of these countries earns"):
        groups.gang_income_from_transport(world.view(), ["GT"])
    world.set("group_revenue_usd", "group", {"street": 10, "raided": 1000})
    world.set("group_escort_usd", "group", {"street": 8, "raided": 1000})
    assert groups.gang_income_from_transport(world.view(), ["GT"]) == pytest.approx([0.2, 0.2])


def test_no_gang_in_a_country_without_one(world):
    with pytest.raises(NotMeasurable, match="no gang"):
        groups.gangs_with_income(world.view(), ["HN"])


def test_capture_where_goods_pass(world):
    # 30 kg pass where capture is 0.6 and 10 kg where it is 0.2: 0.5 against a plain mean of 0.4.
    world.flows(from_zacapa=30, from_peten=10)
    world.set("place_capture", "place", {"gt-zacapa": 0.6, "gt-peten": 0.2, "pe-callao": 1.0})
    assert groups.capture_where_goods_pass(world.view(), "GT") == pytest.approx([1.25, 1.25])
