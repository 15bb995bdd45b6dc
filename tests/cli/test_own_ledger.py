"""Review and the own ledger at the command line, and what a run makes of them."""

import io
import json
import os
import pty
import select
import sqlite3
import subprocess
import sys
import time
from threading import Event

import pytest
from click.testing import CliRunner
from rich.console import Console

from tests.reading.review.sample import MERGE, candidates
from trasiego import api
from trasiego.cli.app import manual
from trasiego.cli.editing import edited_in_editor, toml_of
from trasiego.cli.entering import Entering
from trasiego.cli.reviewing import Reviewing
from trasiego.ensemble import Cancelled
from trasiego.evidence.own import OwnLedger
from trasiego.evidence.own.records import claim_id
from trasiego.reading.candidates_file import merges_path, write_candidates, write_merges
from trasiego.reading.review.log import log_path, read_log
from trasiego.reading.review.session import open_review

FEE = "kinds.armed_protector.escort_fee_usd_per_kg"
OWN = claim_id(candidates()[0])


def called(*arguments, code=0):
    result = CliRunner().invoke(manual, arguments, prog_name="trasiego", env={"COLUMNS": "80"})
    assert result.exit_code == code, result.output
    return result


def records(*arguments):
    return json.loads(called(*arguments, "--json").stdout)


@pytest.fixture
def file(tmp_path, monkeypatch):
    """A file of candidates with a proposed merge, in the working folder."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "claims.jsonl"
    write_candidates(path, candidates())
    write_merges(merges_path(path), [MERGE])
    return path


def reviewed(file, keys, answers=()):
    """Review with these keys and answers; return what was printed and the review."""
    review, screen = open_review(file, "me"), Console(record=True, width=80, file=io.StringIO())
    key, answer = iter(keys), iter(answers)

    def ask(_name, before):
        return next(answer, "") or before

    with OwnLedger(file.parent / "own.sqlite", create=True):
        pass
    entering = Entering(review, file.parent / "own.sqlite")
    Reviewing(entering, review.left(), screen, lambda: next(key), ask).run()
    with OwnLedger(entering.ledger) as own:
        return screen.export_text(), review, own.claims(), own.merges()


def test_keys_decide_and_the_ledger_follows(file):
    printed, review, claims, merges = reviewed(file, "arsaraa")
    assert {name: each.decision for name, each in review.standing.items()} == {
        "c1": "accept", "c2": "reject", "c4": "accept", "c5": "reject", "c6": "accept", "m1": "accept",
    }  # fmt: skip
    assert {each.candidate.id for each in claims.values()} == {"c1", "c4", "c6"}
    assert [each["names"] for each in merges] == [MERGE["names"]]
    assert max(len(line) for line in printed.splitlines()) <= 80
    words = " ".join(printed.split())
    assert "escort fee: at least 70 USD/kg, VRAEM (Diario Inventado)" in words  # what the first contradicts
    assert "modality alleged" in words and "leads is the head of" in words


def test_undo_back_and_help(file):
    printed, review, claims, merges = reviewed(file, "?auuabrq")
    assert (
        "nothing to undo" in printed and "undone: c1" in printed and "take the last decision back" in printed
    )
    assert [each.decision for each in review.decisions] == ["accept", "undo", "accept", "reject"]
    assert claims == {} and merges == []


def test_editing_asks_field_by_field_and_again_for_what_is_wrong(file):
    answers = ["much", "", "", "", "load", "", "", "", "", "aleged", "85", "alleged"]
    printed, review, claims, _merges = reviewed(file, "eq", answers)
    assert "a finite number" in printed and "stated, alleged" in printed
    found = claims[OWN].candidate
    assert (found.value, found.low, found.what, found.modality) == (85.0, 80.0, "load", "alleged")
    assert review.standing["c1"].edited == {"value": 85.0, "what": "load", "modality": "alleged"}


def test_a_claim_is_linked_in_review_and_its_log_rebuilds_the_link(file):
    printed, review, _claims, _merges = reviewed(file, "lluq", ["kinds.nobody", FEE])
    assert "the path of a number" in printed and review.standing == {}
    _printed, review, _claims, _merges = reviewed(file, "lrrrrrq", [FEE])
    assert review.standing["c1"].number == FEE
    called("review", "claims.jsonl", "--decisions", "claims.decisions.jsonl", "--ledger", "new.sqlite")
    for ledger in ("own.sqlite", "new.sqlite"):
        with OwnLedger(file.parent / ledger) as own:
            assert [(link.claim, link.number) for link in own.links()] == [(OWN, FEE)]


def test_an_edit_that_changes_nothing_decides_nothing(file):
    _printed, review, claims, _merges = reviewed(file, "eq")
    assert review.standing == {} and claims == {}


def test_editing_in_an_editor():
    item, said = candidates()[0], []
    texts = iter(["low = [", "quote = 'x'", toml_of(item).replace("low = 80.0", "low = 70.5")])
    changes = edited_in_editor(item, lambda text, **_style: said.append(text), lambda _text: next(texts))
    assert changes == {"low": 70.5} and len(said) == 2
    assert edited_in_editor(item, print, lambda text: text) is None
    assert edited_in_editor(item, print, lambda _text: None) is None


def test_without_a_terminal_one_fault_says_what_to_do(file):
    result = called("review", "claims.jsonl", code=2)
    assert result.stdout == "" and "--accept-all" in result.stderr and result.stderr.count("found") == 1
    assert sorted(path.name for path in file.parent.iterdir()) == ["claims.jsonl", "claims.merges.jsonl"]
    close = called("review", "claims.jsonl", "--document", "frist.txt", "--list", code=2)
    assert "nearest  first.txt" in close.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
def test_at_a_terminal(file):
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "trasiego", "review", "claims.jsonl", "--kind", "quantity"]
    done = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    printed, end = b"", time.monotonic() + 60
    while time.monotonic() < end:
        if not select.select([ours], [], [], 0.5)[0]:  # it waits for a key
            os.write(ours, {0: b"?", 1: b"a", 2: b"r"}.get(printed.count(b"\xe2\x94\x80" * 80), b"q"))
            continue
        try:
            printed += os.read(ours, 65536)
        except OSError:
            break
    os.close(ours)
    assert done.wait(20) == 0, printed
    assert [each.decision for each in read_log(log_path(file))] == ["accept", "reject"]
    assert b"1 accepted, 1 rejected" in printed


def test_accept_all_list_and_json(file):
    called("review", "claims.jsonl", "--accept-all", "--kind", "quantity", "--least-confidence", "0.7")
    state = records("review", "claims.jsonl")
    assert (state["accept"], state["reject"], state["left"]) == (1, 0, 6)
    assert [each["decision"] for each in state["items"]][:2] == ["accept", "left"]
    assert "Inventado" not in json.dumps(state, ensure_ascii=False)
    assert "Inventado" in json.dumps(records("review", "claims.jsonl", "--with-names"), ensure_ascii=False)
    text = called("review", "claims.jsonl", "--list").stdout
    assert "1 accepted" in text and max(map(len, text.splitlines())) <= 80


def test_a_log_rebuilds_a_ledger(file):
    called("review", "claims.jsonl", "--accept-all")
    first = sqlite3.connect("trasiego-ledger.sqlite").execute("SELECT claim FROM claims").fetchall()
    (file.parent / "trasiego-ledger.sqlite").unlink()
    called("review", "claims.jsonl", "--decisions", "claims.decisions.jsonl")
    assert sqlite3.connect("trasiego-ledger.sqlite").execute("SELECT claim FROM claims").fetchall() == first
    (file.parent / "other.jsonl").write_text('{"item": "c10", "decision": "accept"}\n', "utf-8")
    assert "nearest  c1" in called("review", "claims.jsonl", "--decisions", "other.jsonl", code=2).stderr
    called("review", "claims.jsonl", "--decisions", "none.jsonl", code=2)


def test_the_ledger_is_listed_graded_linked_and_exported(file):
    called("review", "claims.jsonl", "--accept-all", "--reviewer", "me")
    listed = records("ledger", "list")
    assert len(listed) == 6 and "Inventado" not in json.dumps(listed, ensure_ascii=False)
    for line in ("ledger list", f"ledger show {OWN}", "ledger sources", "ledger links --scenario vrae-2010"):
        shown = called(*line.split()).stdout
        assert max(map(len, shown.splitlines())) <= 80
        assert "Ramón" not in shown and "Ejemplo" not in shown
    assert "Ramón" in called("ledger", "show", OWN, "--with-names").stdout
    source = records("ledger", "show", OWN)[0]["source"]["id"]
    called("ledger", "grade", source, "A")
    called("ledger", "grade", OWN, "2")
    assert records("evidence", "show", OWN, "--ledger", "trasiego-ledger.sqlite")[0]["grade"] == "A2"
    proposed = records("ledger", "links", "--scenario", "vrae-2010")["proposed"]
    assert {(each["claim"], each["number"]) for each in proposed} >= {(OWN, FEE)}
    called("ledger", "link", OWN, FEE)
    moved = records("ledger", "links", "--scenario", "vrae-2010")["moved"]
    assert [each["path"] for each in moved] == [FEE]
    called("ledger", "link", OWN, FEE, "--remove")
    assert records("ledger", "links", "--scenario", "vrae-2010")["moved"] == []
    called("ledger", "export", "own.csv")
    called("ledger", "export", "own.json")
    assert (file.parent / "own.csv").read_text("utf-8").count("\n") == 7
    assert len(json.loads((file.parent / "own.json").read_text("utf-8"))) == 6


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("ledger", "list", "--ledger", "none.sqlite"), "no such file"),
        (("ledger", "link", OWN, "kinds.armed_protector.escort_fee_usd"), FEE),
        (("ledger", "link", "own-0", FEE), "own-"),
        (("ledger", "link", claim_id(candidates()[3]), FEE), "a quantity in USD/kg"),
        (("ledger", "grade", "own-source-0", "B"), "own-source-"),
        (("ledger", "grade", OWN, "Z"), "A, B, C"),
        (("ledger", "show", "own-0"), "own-"),
    ],
)
def test_mistakes_are_one_fault(file, arguments, part):
    called("review", "claims.jsonl", "--accept-all")
    result = called(*arguments, code=2)
    assert part in result.stderr and result.stdout == "" and result.stderr.count("  found") == 1


def test_forgetting_at_the_command_line(file):
    called("review", "claims.jsonl", "--accept-all")
    done = records("ledger", "forget", "ramon inventado", "--claims", "claims.jsonl")
    assert done["removed"] == 2 and done["lines"] > 0
    for name in ("trasiego-ledger.sqlite", "claims.jsonl", "claims.decisions.jsonl"):
        assert "Ramón".encode() not in (file.parent / name).read_bytes()


def test_contradictions_stand_side_by_side(file):
    called("review", "claims.jsonl", "--accept-all")
    found = records("evidence", "contradictions", "--ledger", "trasiego-ledger.sqlite")
    assert {OWN, claim_id(candidates()[4])} in [set(each["claims"]) for each in found]
    assert "These do not agree" in called("ledger", "show", OWN).stdout


def test_why_and_coverage_use_both_ledgers(file):
    called("review", "claims.jsonl", "--accept-all")
    called("ledger", "link", OWN, FEE)
    both = ("--ledger", "trasiego-ledger.sqlite")
    found = records("why", FEE, "--scenario", "vrae-2010", *both)
    assert found["value"] > 55 and {"s039", OWN} <= {claim["id"] for claim in found["claims"]}
    shown = called("why", FEE, "--scenario", "vrae-2010", *both).stdout
    assert "Ramón" not in shown and "own ledger" in shown
    assert "Ramón" in called("why", FEE, "--scenario", "vrae-2010", *both, "--with-names").stdout
    plain, own = records("coverage", "vrae-2010"), records("coverage", "vrae-2010", *both)
    assert set(own["claims"]) - set(plain["claims"]) == {OWN}
    assert OWN in called("evidence", "list", *both, "--kind", "quantity").stdout
    assert records("why", FEE, "--scenario", "vrae-2010")["value"] == 55


@pytest.mark.slow
def test_a_run_tells_what_the_ledger_moved_and_its_scenario_gives_the_same(file):
    called("review", "claims.jsonl", "--accept-all")
    called("ledger", "link", OWN, FEE)
    small = ("--runs", "2", "--months", "6", "--quiet")
    both = ("--ledger", "trasiego-ledger.sqlite")
    printed = called("run", "vrae-2010", *small, *both, "--out", "moved").stdout
    assert "Numbers moved by your ledger" in printed and FEE in printed and OWN in printed
    assert max(map(len, printed.splitlines())) <= 80
    manifest = json.loads((file.parent / "moved" / "manifest.json").read_text("utf-8"))
    assert [each["path"] for each in manifest["moved"]] == [FEE]
    page = (file.parent / "moved" / "report.html").read_text("utf-8")
    assert f'"path":"{FEE}"' in page and "Ramón" not in page and "claim-" in page
    called("run", "moved/vrae-2010.toml", *small, "--out", "again")
    again = json.loads((file.parent / "again" / "manifest.json").read_text("utf-8"))
    assert again["scenario_hash"] == manifest["scenario_hash"] and "moved" not in again
    assert again["contents"] == manifest["contents"]
    called("report", "moved", *both, "--with-names", "--out", "named.html")
    assert "Ramón" in (file.parent / "named.html").read_text("utf-8")
    studied = called("run", "vrae-2010", *small, *both, "--chunk-runs", "1", "--out", "study", "--json")
    assert json.loads(studied.stdout)["manifest"]["moved"] == manifest["moved"]
    called("run", "vrae-2010", *small, "--out", "plain")
    plain = json.loads((file.parent / "plain" / "manifest.json").read_text("utf-8"))
    assert plain["scenario_hash"] != manifest["scenario_hash"] and "moved" not in plain
    assert not (file.parent / "plain" / "vrae-2010.toml").exists()


@pytest.mark.slow
def test_a_study_that_was_cut_short_goes_on_with_the_numbers_as_moved(file):
    called("review", "claims.jsonl", "--accept-all")
    called("ledger", "link", OWN, FEE)
    stop = Event()

    def stop_after_two(step):
        if step.stage == "run" and step.done >= 2:
            stop.set()

    study = {"runs": 4, "months": 3, "chunk_runs": 1, "threads": 1, "ledger": "trasiego-ledger.sqlite"}
    with pytest.raises(Cancelled):
        api.run("vrae-2010", out="study", progress=stop_after_two, cancel=stop, **study)
    (file.parent / "trasiego-ledger.sqlite").unlink()
    result = api.resume("study")
    assert result.runs == 4 and [each["path"] for each in result.manifest["moved"]] == [FEE]


@pytest.mark.slow
def test_a_comparison_moves_both_arms(file):
    called("review", "claims.jsonl", "--accept-all")
    called("ledger", "link", OWN, FEE)
    call = ("compare", "vrae-2010", "--policy", "leaders-first", "--runs", "2", "--months", "6", "--quiet")
    found = records(*call, "--ledger", "trasiego-ledger.sqlite", "--out", "compared")
    assert found["scenario_hash"] != records(*call, "--out", "plain")["scenario_hash"]
