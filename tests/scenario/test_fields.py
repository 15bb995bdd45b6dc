import runpy
from pathlib import Path

import pytest

from trasiego.common.units import UNITS
from trasiego.scenario.copying import SECTIONS
from trasiego.scenario.fields import FIELD_TYPES, REFERENCES, fields, registry

HERE = Path(__file__).parent


def test_rows_are_complete_and_once():
    rows = fields()
    assert len(rows) > 150
    assert len({row.path for row in rows}) == len(rows)
    for row in rows:
        parts = row.path.split(".")
        assert len(parts) == 2 or (len(parts) == 3 and parts[1] == "*"), row.path
        assert row.meaning and not row.meaning.endswith("."), row.path
        assert row.type in FIELD_TYPES, row.path


def test_a_section_has_ids_in_all_rows_or_in_none():
    for section, rows in registry().sections.items():
        assert len({row.by_id for row in rows.values()}) == 1, section


def test_figures_have_a_unit_of_the_list_and_bounds():
    for row in fields():
        if row.type == "number":
            assert row.unit in UNITS, row.path
        if row.type in ("number", "integer"):
            assert row.minimum is not None and row.maximum is not None and row.minimum < row.maximum, row.path
        elif row.type != "ids":
            assert (row.unit, row.minimum, row.maximum) == ("", None, None), row.path


def test_references_and_choices_are_told():
    for row in fields():
        if row.type == "choice":
            assert len(row.choices) > 1 or row.reference in REFERENCES, row.path
        elif row.type == "ids":
            assert row.reference in REFERENCES, row.path
        elif row.type != "id":
            assert row.allowed == "", row.path


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("countries.GT.integrity", "integrity"),
        ("market.price_adjustment", "price_adjustment"),
        ("countries.integrity", None),
        ("market.x.price_adjustment", None),
        ("nowhere.x", None),
        ("countries", None),
    ],
)
def test_the_field_of_a_path(path, key):
    found = registry().field(path)
    assert (found and found.key) == key


def test_bounds_are_told_with_the_unit():
    assert registry().field("countries.GT.integrity").bounds == "0 to 1 (share)"
    assert registry().field("markets.x.demand_elasticity").bounds == "0.05 to 5"


def test_each_section_of_a_copy_has_its_comment():
    assert set(SECTIONS) == set(registry().sections) - {"policy"}


def test_the_small_scenario_is_what_its_program_writes():
    written = runpy.run_path(str(HERE / "small_scenario.py"))
    assert written["TARGET"].read_text("utf-8") == written["small_text"]()
