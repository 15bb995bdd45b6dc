"""Files of candidates: what is written comes back, what is wrong is told by line and key."""

import json

import pytest

from tests.reading.review.sample import MERGE, candidates
from trasiego.common.faults import Faults
from trasiego.reading.candidates_file import (
    merges_path,
    read_candidates,
    read_merges,
    write_candidates,
    write_merges,
)


def faults_of(path, **changes):
    """Return the faults of a file of one candidate with changes; None takes a key out."""
    record = candidates()[0].to_dict() | changes
    record = {key: value for key, value in record.items() if value is not None}
    path.write_text(json.dumps(candidates()[3].to_dict()) + "\n\n" + json.dumps(record) + "\n", "utf-8")
    with pytest.raises(Faults) as caught:
        read_candidates(path)
    return caught.value.faults


def test_what_is_written_comes_back(tmp_path):
    path = tmp_path / "claims.jsonl"
    write_candidates(path, candidates())
    assert read_candidates(path) == candidates()
    assert [each.name for each in tmp_path.iterdir()] == ["claims.jsonl"]
    write_merges(merges_path(path), [MERGE])
    assert read_merges(merges_path(path)) == [MERGE]
    nameless = {key: value for key, value in MERGE.items() if key != "id"}
    write_merges(merges_path(path), [nameless, nameless | {"type": "agency"}])
    assert len({merge["id"] for merge in read_merges(merges_path(path))}) == 2
    assert read_merges(tmp_path / "none.merges.jsonl") == []


@pytest.mark.parametrize(
    ("changes", "key", "nearest"),
    [
        ({"kind": "quantiti"}, "kind", "quantity"),
        ({"kind": "relation", "subject": "A", "object": "B", "predicate": "lead"}, "predicate", "leads"),
        ({"kind": "event", "type": "raids"}, "type", "raid"),
        ({"modality": "aleged"}, "modality", "alleged"),
        ({"low": "80"}, "low", None),
        ({"high": True}, "high", None),
        ({"high": 10**400}, "high", None),
        ({"sentence_start": 10**20}, "sentence_start", None),
        ({"confidence": float("nan")}, "confidence", None),
        ({"quote": None}, "quote", None),
        ({"start": None}, "start", None),
        ({"end": 3}, "end", None),
        ({"valeu": 3}, "valeu", "value"),
        ({"low": 95.0}, "value", None),
        ({"low": None, "high": None}, "value", None),
        ({"kind": "entity", "type": "person"}, "name", None),
        ({"aliases": "one"}, "aliases", None),
        ({"counts": {"dead": "two"}}, "counts", None),
        ({"id": "c4"}, "id", None),
    ],
)
def test_what_is_wrong_is_told_by_line_and_key(tmp_path, changes, key, nearest):
    fault = faults_of(tmp_path / "claims.jsonl", **changes)[0]
    assert (fault.line, fault.key) == (3, key)
    assert fault.file.endswith("claims.jsonl") and fault.found and fault.allowed and fault.do
    assert nearest is None or fault.nearest == nearest


@pytest.mark.parametrize("text", ["{", "[1]", "\udcff", "[" * 100_000])
def test_a_line_that_is_no_record_is_one_fault(tmp_path, text):
    path = tmp_path / "claims.jsonl"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(Faults) as caught:
        read_candidates(path)
    assert [fault.line for fault in caught.value.faults] == [1]


def test_a_file_that_is_not_there_is_one_fault(tmp_path):
    with pytest.raises(Faults) as caught:
        read_candidates(tmp_path / "none.jsonl")
    assert len(caught.value.faults) == 1
