"""Matching one to one, what counts neither way, and the sums."""

import json

import pytest

from tests.reading.evaluation.conftest import REPORTS, candidate_of, candidates_of
from trasiego.common.faults import Faults
from trasiego.common.predicates import PREDICATES
from trasiego.reading.candidate import EVENT_TYPES
from trasiego.reading.evaluation import Gold, overall, read_gold, score
from trasiego.reading.evaluation.gold import LISTS
from trasiego.reading.mentions import ENTITY_TYPES


def gold(optional=None, **items):
    empty = {kind: [] for kind in LISTS}
    return Gold("r.txt", empty | items, empty | (optional or {}))


def arrested(value, what="people arrested"):
    return {"value": value, "unit": "person", "what": what}


def test_an_annotation_agrees_with_itself(annotated):
    for each in annotated:
        for kind, outcome in score(each, candidates_of(each)).outcomes.items():
            assert outcome.f1() == 1, (each.document, kind, outcome.missed, outcome.false)


def test_annotations_keep_to_the_closed_lists_and_their_names_stand_in_the_text(annotated):
    for each in annotated:
        lists = {kind: each.items[kind] + each.optional[kind] for kind in LISTS}
        assert {item["type"] for item in lists["entity"]} <= set(ENTITY_TYPES)
        assert {item["type"] for item in lists["event"]} <= set(EVENT_TYPES)
        assert {item["predicate"] for item in lists["relation"]} <= set(PREDICATES)
        (path,) = REPORTS.glob(f"*/{each.document}")
        text = path.read_text("utf-8").casefold()
        for item in each.items["entity"]:
            names = [item["name"], *item.get("aliases", ())]
            assert any(name.casefold() in text for name in names), item
        for item in lists["quantity"]:
            assert set(item) <= {"value", "low", "high", "unit", "what", "place"}


def test_measures_count_each_item_once():
    items = [arrested(25), arrested(6), arrested(3)]
    ours = [candidate_of("quantity", each) for each in (arrested(25), arrested(25, "suspects"), arrested(7))]
    outcome = score(gold(quantity=items), ours).outcomes["quantity"]
    assert [item["value"] for item in outcome.missed] == [6, 3]
    assert [each.value for each in outcome.false] == [7]
    assert (outcome.precision(), outcome.recall(), outcome.f1()) == (1 / 2, 1 / 3, 2 / 5)


def test_the_matching_is_the_largest_not_the_first():
    items = [{"name": "Red Sierra", "type": "group"}, {"name": "Red Sierra del Norte", "type": "group"}]
    names = ("Red Sierra del Norte", "Red Sierra")
    ours = [candidate_of("entity", {"name": name, "type": "group"}) for name in names]
    ours += [candidate_of("entity", {"name": "Sierra Red", "type": "group"})]
    outcome = score(gold(entity=items), ours).outcomes["entity"]
    assert not outcome.missed
    assert len(outcome.found) == 2


def test_a_second_entity_for_one_is_false():
    names = ("Los Rojos", "Rojos")
    ours = [candidate_of("entity", {"name": name, "type": "group"}) for name in names]
    outcome = score(gold(entity=[{"name": "Los Rojos", "type": "group"}]), ours).outcomes["entity"]
    assert (len(outcome.found), len(outcome.false)) == (1, 1)


def test_what_is_optional_counts_neither_way():
    optional = {"quantity": [arrested(2)], "event": [{"type": "raid", "place": "Lima"}]}
    ours = [candidate_of("quantity", arrested(2)), candidate_of("event", {"type": "raid"})]
    ours += [candidate_of("event", {"type": "raid", "place": "Cusco"})]
    outcomes = score(gold(optional), ours).outcomes
    assert outcomes["quantity"].counts() == outcomes["entity"].counts()
    assert [each.place for each in outcomes["event"].false] == ["Cusco"]


def test_the_one_event_of_its_type_needs_no_field_that_agrees():
    items = [{"type": "raid", "place": "Lima"}]
    assert score(gold(event=items), [candidate_of("event", {"type": "raid"})]).outcomes["event"].f1() == 1
    other = candidate_of("event", {"type": "raid", "place": "Cusco"})
    assert score(gold(event=items), [other]).outcomes["event"].f1() == 0


def test_reports_add_up_item_by_item():
    one = score(gold(quantity=[arrested(25), arrested(6)]), [candidate_of("quantity", arrested(25))])
    other = score(gold(quantity=[arrested(9)]), [candidate_of("quantity", arrested(8))])
    total = overall([one, other])["quantity"].counts()
    assert (total["found"], total["missed"], total["false"]) == (1, 2, 1)
    assert overall([])["event"].f1() == 1


def test_a_folder_without_annotations_and_a_broken_one_are_named(tmp_path):
    with pytest.raises(Faults, match="no file that ends in .json"):
        read_gold(tmp_path)
    (tmp_path / "a.json").write_text("{", "utf-8")
    (tmp_path / "b.json").write_text(
        json.dumps({"document": "b.txt", "relations": [["x", "leads"]]}), "utf-8"
    )
    with pytest.raises(Faults) as raised:
        read_gold(tmp_path)
    assert [fault.file for fault in raised.value.faults] == [
        str(tmp_path / name) for name in ("a.json", "b.json")
    ]
