import copy
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from trasiego.common.paths import data_folder
from trasiego.scenario import schema
from trasiego.scenario.fields import fields

SMALL = Path(__file__).parents[1] / "bad" / "small.toml"
SHIPPED = sorted(data_folder("scenarios").glob("*.toml"))


@pytest.fixture(scope="module")
def validator():
    Draft202012Validator.check_schema(schema())
    return Draft202012Validator(schema())


@pytest.fixture
def tree():
    return tomllib.loads(SMALL.read_text("utf-8"))


@pytest.mark.parametrize("path", [SMALL, *SHIPPED], ids=lambda path: path.stem)
def test_scenarios_are_valid(validator, path):
    assert len(SHIPPED) >= 6
    assert [error.message for error in validator.iter_errors(tomllib.loads(path.read_text("utf-8")))] == []


NUMBER = ("countries", "PE", "integrity")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("nowhere",), {}),
        (("countries", "PE", "integrty"), 1),
        (NUMBER, 0.5),
        ((*NUMBER, "value"), 1.5),
        ((*NUMBER, "value"), "0.5"),
        ((*NUMBER, "status"), "measured"),
        ((*NUMBER, "unit"), "share"),
        (("organisation", "group_slots"), 20.5),
        (("switches", "raids"), 1),
        (("countries", "PE", "stance"), "shwo"),
        (("scenario", "start"), "2010-13"),
        (("groups", "carriers", "places"), []),
        (("groups", "carriers", "title"), " "),
        (("groups", "a b"), {}),
    ],
)
def test_mistakes_are_seen(validator, tree, path, value):
    table = tree
    for key in path[:-1]:
        table = table[key]
    table[path[-1]] = value
    assert list(validator.iter_errors(tree))


@pytest.mark.parametrize("gone", ["low", "note", "value", "status"])
def test_an_assumed_number_needs_all_of_its_record(validator, tree, gone):
    del tree["countries"]["PE"]["integrity"][gone]
    assert list(validator.iter_errors(tree))


def test_what_is_required_is_so_only_without_a_base(validator, tree):
    less = copy.deepcopy(tree)
    del less["learning"], less["groups"]["carriers"]["title"]
    assert len(list(validator.iter_errors(less))) >= 2
    less["scenario"]["base"] = "northern-route"
    assert list(validator.iter_errors(less)) == []


def test_editors_get_meaning_and_unit_of_each_field():
    sections = schema()["properties"]
    for row in fields():
        if row.section != "policy":
            table = sections[row.section]
            told = (table["additionalProperties"] if row.by_id else table)["properties"][row.key][
                "description"
            ]
            assert row.meaning in told
            assert row.unit in ("", "1") or f"[{row.unit}]" in told
