import json

import pytest

from trasiego.evidence import load_ledger
from trasiego.scenario import load_scenario
from trasiego.scenario.provenance import coverage, names_like, provenance


@pytest.fixture(scope="module")
def whole():
    return load_scenario("northern-route")


@pytest.fixture(scope="module")
def ledger():
    return load_ledger()


def test_a_number_leads_to_its_claims(whole, ledger):
    path = next(path for path, number in whole.numbers.items() if len(number.claims) > 1)
    found = provenance(whole, path, ledger)
    number = whole.number(path)
    assert found["number"]["line"] == number.line and found["number"]["file"] == number.file
    assert found["number"]["meaning"]
    assert [claim["id"] for claim in found["behind"]["claims"]] == list(number.claims)
    assert found["behind"]["unknown"] == {}
    json.dumps(found, allow_nan=False)


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("GT.integrity", "countries.GT.integrity"),
        ("gt integrity", "countries.GT.integrity"),
        ("countries.GT.integrty", "countries.GT.integrity"),
        ("choice_scale", "valuation.choice_scale"),
        ("chioce_scale", "valuation.choice_scale"),
    ],
)
def test_a_name_that_is_nearly_one_is_taken_for_it(whole, ledger, asked, first):
    assert names_like(whole, asked) == [first]
    assert provenance(whole, asked, ledger)["number"]["path"] == first


def test_a_name_of_several_lists_them(whole, ledger):
    found = provenance(whole, "GT", ledger)
    assert found["number"] is None and found["behind"] is None
    assert "countries.GT.integrity" in found["similar"] and len(found["similar"]) > 3


def test_a_name_of_nothing_finds_nothing(whole, ledger):
    assert provenance(whole, "xyzzy", ledger)["similar"] == []
    assert names_like(whole, " . ") == []


def test_coverage_counts_every_number_once(whole, ledger):
    found = coverage(whole, ledger)
    assert found["total"] == len(whole.numbers) == sum(found["by_status"].values())
    assert [record["path"] for record in found["assumed"]] == [
        path for path, number in whole.numbers.items() if number.status == "assumed"
    ]
    json.dumps(found, allow_nan=False)


def test_weak_are_those_without_a_claim_that_is_better(whole, ledger):
    weak = {record["path"] for record in coverage(whole, ledger)["weak"]}
    for path, number in whole.numbers.items():
        grades = [ledger.claims[claim].grade for claim in number.claims]
        sound = any(grade[0] in "ABC" and grade[1] in "123" for grade in grades)
        assert (path in weak) == (number.status != "assumed" and bool(grades) and not sound), path
