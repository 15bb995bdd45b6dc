import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trasiego.common.paths import data_folder
from trasiego.common.units import UNITS, convert, unit, unit_text
from trasiego.scenario.fields import fields


@pytest.mark.parametrize(
    ("value", "from_", "to", "result"),
    [
        (200, "t/year", "kg/month", 200_000 / 12),
        (1, "USD/g", "USD/kg", 1000),
        (12, "1/year", "1/month", 1),
        (2, "year", "month", 24),
        (1, "flight/day", "flight/year", 365.25),
        (7, "day", "month", 7 * 12 / 365.25),
        (30, "1/100000/year", "1/100000/year", 30),
        (0.5, "share", "probability", 0.5),
    ],
)
def test_conversions_known_by_hand(value, from_, to, result):
    assert convert(value, from_, to) == pytest.approx(result, rel=1e-12)


@given(st.sampled_from(sorted(UNITS)), st.sampled_from(sorted(UNITS)), st.floats(-1e9, 1e9))
def test_there_and_back_is_the_same_or_refused(one, other, value):
    if UNITS[one].dimension == UNITS[other].dimension:
        assert convert(convert(value, one, other), other, one) == pytest.approx(value, rel=1e-12)
    else:
        with pytest.raises(ValueError, match="does not convert"):
            convert(value, one, other)


def test_people_do_not_become_members_and_currencies_do_not_convert():
    for one, other in (("person", "member"), ("EUR", "USD"), ("GTQ/kg", "USD/kg"), ("kg", "kg/month")):
        with pytest.raises(ValueError, match="does not convert"):
            convert(1, one, other)


def test_an_unknown_unit_is_refused_with_the_nearest():
    with pytest.raises(ValueError, match="'USD/kilo' is not in the list of units, nearest is 'USD/kg'"):
        unit("USD/kilo")


def test_each_unit_says_what_it_is():
    for name, each in UNITS.items():
        assert (each.name, bool(each.meaning), each.factor > 0) == (name, True, True)


def test_the_list_holds_all_units_in_use():
    used = {row.unit for row in fields() if row.unit}
    tables = sorted(data_folder("claims").rglob("*.csv"))
    assert tables
    for path in tables:
        with path.open(encoding="utf-8", newline="") as file:
            used |= {row["unit"] for row in csv.DictReader(file) if row.get("unit")}
    assert used <= set(UNITS)
    assert len(used) > 30


@pytest.mark.parametrize(
    ("name", "shown"),
    [("member", "members"), ("laboratory", "laboratories"), ("1", ""), ("", ""), ("USD/kg", "USD/kg")],
)
def test_units_after_a_figure(name, shown):
    assert unit_text(name) == shown


def test_counted_things_have_a_plural():
    counted = [each.name for each in UNITS.values() if each.name == each.dimension and each.name.isalpha()]
    unchanged = {name for name in counted if unit_text(name) == name}
    assert unchanged == {"index", "aircraft"}
