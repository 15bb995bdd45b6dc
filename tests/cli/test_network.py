"""`trasiego network`: formats, what review decided, and mistakes."""

import json

import pytest
from click.testing import CliRunner

from tests.reading.network.small import two_reports
from trasiego.cli.app import manual
from trasiego.evidence.own import OwnLedger
from trasiego.reading.candidates_file import merges_path, write_candidates, write_merges
from trasiego.reading.persons import persons_of
from trasiego.reading.review.session import open_review


@pytest.fixture
def claims(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "claims.jsonl"
    write_candidates(path, two_reports())
    merge = {
        "id": "m1",
        "type": "group",
        "names": ["Los Tucanes", "The Toucans"],
        "documents": ["a.txt", "b.txt"],
    }
    write_merges(merges_path(path), [merge | {"score": 90, "reason": "names alike"}])
    return path


def run(*arguments):
    return CliRunner().invoke(manual, ["network", *arguments], prog_name="trasiego")


def parties(path):
    return [json.loads(line)["properties"] for line in path.read_text("utf-8").splitlines()]


def test_what_was_rejected_is_left_out_and_a_merge_counts_once_accepted(claims, tmp_path):
    out = tmp_path / "n.json"
    assert run("claims.jsonl", "--out", "n.json").exit_code == 0
    before = parties(out)
    review = open_review(claims)
    review.decide("a2", "reject")
    review.decide("m1", "accept")
    assert run("claims.jsonl", "--out", "n.json").exit_code == 0
    after = parties(out)
    assert len(after) == len(before) - 3  # the relation, its police, one group


def test_only_what_was_accepted_as_it_was_edited(claims, tmp_path):
    review = open_review(claims)
    review.decide("a3", "accept", {"object": "Puerto Sol"})
    done = run("claims.jsonl", "--out", "n.jsonl", "--accepted")
    assert done.stdout == "n.jsonl: 2 parties, 1 statements\n"
    assert "Puerto Sol" in (tmp_path / "n.jsonl").read_text("utf-8")


def test_names_of_persons_are_shown_only_when_asked_for(claims, tmp_path):
    told = run("claims.jsonl", "--out", "n.gexf")
    assert "--with-names" in told.stdout
    assert "Ofelia" not in (tmp_path / "n.gexf").read_text("utf-8")
    assert run("claims.jsonl", "--out", "n.gexf", "--with-names").exit_code == 0
    assert "Ofelia" in (tmp_path / "n.gexf").read_text("utf-8")


def test_a_ledger_gives_its_claims(claims, tmp_path):
    every = two_reports()
    with OwnLedger(tmp_path / "own.sqlite", create=True) as own:
        own.enter([each for each in every if each.kind == "relation"], persons_of(every))
    done = run("own.sqlite", "--out", "n.ftm", "--format", "ftm")
    assert done.exit_code == 0, done.stderr
    assert "6 statements" in done.stdout
    assert "Brandt" not in (tmp_path / "n.ftm").read_text("utf-8")


def test_a_name_that_says_no_format_and_a_file_that_is_not_there_are_refused(claims):
    done = run("claims.jsonl", "--out", "n.png")
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("trasiego network --out\n  found    no known end of a name: n.png\n")
    missing = run("nothing.jsonl", "--out", "n.html")
    assert missing.exit_code == 2
    assert "Traceback" not in missing.stderr and "nothing.jsonl" in missing.stderr
