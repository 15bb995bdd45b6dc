"""Review: every decision is a line, an undo too, and what stands is what the lines say."""

import json

import pytest

from tests.reading.review.sample import MERGE, candidates
from trasiego.common.faults import Faults
from trasiego.reading.candidates_file import merges_path, write_candidates, write_merges
from trasiego.reading.review.log import append, log_path, new_decision, read_log, standing
from trasiego.reading.review.session import id_of, open_review


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "claims.jsonl"
    write_candidates(path, candidates())
    write_merges(merges_path(path), [MERGE])
    return path


def test_decisions_are_kept_at_once_and_a_review_goes_on(file):
    review = open_review(file, "me")
    assert [id_of(item) for item in review.left()] == ["c1", "c2", "c3", "c4", "c5", "c6", "m1"]
    review.decide("c1", "accept", {"what": "fee"})
    review.decide("c2", "reject")
    lines = [json.loads(line) for line in log_path(file).read_text("utf-8").splitlines()]
    assert [(line["item"], line["decision"], line["reviewer"]) for line in lines] == [
        ("c1", "accept", "me"), ("c2", "reject", "me"),
    ]  # fmt: skip
    again = open_review(file)
    assert [id_of(item) for item in again.left(lambda each: each.kind == "quantity")] == ["c5", "m1"]
    assert again.counts() == {"accept": 1, "reject": 1, "left": 5}
    assert [(each.id, each.what) for each in again.accepted()] == [("c1", "fee")]


def test_undo_adds_a_line_and_takes_back_one_decision_after_the_other(file):
    review = open_review(file)
    review.decide("c1", "accept")
    review.decide("c4", "accept")
    review.decide("c1", "reject")
    assert review.last().item == "c1"
    assert review.undo("c1").decision == "accept"
    assert review.undo("c1") is None
    assert review.last().item == "c4"
    assert len(read_log(log_path(file))) == 5
    assert set(open_review(file).standing) == {"c4"}


def test_a_line_that_was_cut_short_spoils_nothing(tmp_path):
    path = tmp_path / "a.decisions.jsonl"
    append(path, new_decision("c1", "accept"))
    with open(path, "a", encoding="utf-8") as log:
        log.write('{"item": "c2", "deci')
    assert [each.item for each in read_log(path)] == ["c1"]
    append(path, new_decision("c3", "reject"))
    with pytest.raises(Faults) as caught:
        read_log(path)
    assert caught.value.faults[0].line == 2


@pytest.mark.parametrize(
    "line",
    ['{"item": "c1", "decision": "accpt"}', '{"decision": "accept"}', "[]", '{"item": "c1", "x": 1}',
     '{"item": "c1", "decision": "accept", "edited": {"quoted": 1}}'],
)  # fmt: skip
def test_a_line_that_is_no_decision_is_a_fault(tmp_path, line):
    path = tmp_path / "a.decisions.jsonl"
    path.write_text(line + "\n", "utf-8")
    with pytest.raises(Faults):
        read_log(path)


def test_an_edit_that_leaves_no_candidate_is_a_fault_of_the_log(file):
    append(log_path(file), new_decision("c1", "accept", {"low": "much"}))
    with pytest.raises(Faults) as caught:
        open_review(file)
    assert caught.value.faults[0].key == "c1.edited.low"


def test_undo_of_nothing_changes_nothing():
    assert standing([new_decision("c1", "undo")]) == {}


def test_the_country_of_a_place_comes_from_its_report(file):
    review = open_review(file)
    first, second = review.candidates[0], review.candidates[4]
    assert (review.placed(first).country, review.placed(second).country) == ("", "PE")
