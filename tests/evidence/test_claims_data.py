"""What holds for every shipped claim, beyond what the loader refuses."""

import csv
import re
import time
from collections import Counter

from trasiego.common.paths import data_folder
from trasiego.common.predicates import PREDICATES
from trasiego.evidence import load, load_ledger
from trasiego.evidence.vocabulary import (
    BASES,
    BASIS_MEANING,
    KINDS,
    RELIABILITY,
    STANDINGS,
)

FOLDER = data_folder("claims")
LEDGER = load_ledger()
CLAIMS = list(LEDGER.claims.values())


def test_the_ledger_is_as_large_as_promised():
    kinds = Counter(claim.kind for claim in CLAIMS)
    assert set(kinds) == set(KINDS)
    assert kinds["quantity"] >= 800
    assert kinds["event"] >= 150
    assert kinds["group"] >= 117
    assert kinds["relation"] >= 100
    assert len(LEDGER.sources) >= 380


def test_ids_say_the_kind_and_none_of_a_series_vanished_silently():
    letters = {"f": {"quantity"}, "s": {"quantity"}, "e": {"event"}, "g": {"group"}}
    for claim in CLAIMS:
        assert re.fullmatch(r"[fsegr]\d{3}", claim.id)
        assert claim.kind in letters.get(claim.id[0], {"quantity", "relation", "event"}), claim.id
    gone = {each.id for each in LEDGER.left_out}
    for letter, last in (("f", 703), ("s", 45), ("e", 150), ("g", 117), ("r", 235)):
        series = {f"{letter}{number:03d}" for number in range(1, last + 1)}
        assert series - set(LEDGER.claims) - gone == set(), letter


def test_every_source_and_every_measure_is_used():
    cited = {claim.source_id for claim in CLAIMS}
    for claim in CLAIMS:
        for column in ("territory_source", "size_source"):
            cited |= set(filter(None, claim.details.get(column, "").split(";")))
    assert set(LEDGER.sources) == cited
    assert set(LEDGER.measures) == {claim.what for claim in CLAIMS if claim.kind == "quantity"}
    assert {claim.predicate for claim in CLAIMS if claim.kind == "relation"} <= set(PREDICATES)


def test_statements_are_sentences_and_no_two_are_alike():
    for claim in CLAIMS:
        assert claim.statement[0].isupper() or claim.statement[0].isdigit(), claim.id
        assert claim.statement.endswith("."), claim.id
        assert 15 <= len(claim.statement) <= 260, claim.id
        assert not re.search(r"\[|\]|  |\bpara \d|Derived", claim.statement), claim.id
    repeated = [text for text, count in Counter(claim.statement for claim in CLAIMS).items() if count > 1]
    assert not repeated


# What a sentence may say for one unit of the row: 200 t as 200 tonnes or as 200,000 kg, a share in percent.
SAID_AS = {
    "share": (100,),
    "t": (1, 1000, 1000 / 0.45359237),
    "USD/kg": (1, 0.001),
    "kg/ha/year": (1, 0.001),
    "person": (1, 1e-6),
    **dict.fromkeys(("USD", "USD/year", "USD/month", "EUR/year", "GTQ", "MXN/year"), (1, 1e-6, 1e-9)),
}


def numbers_said(statement):
    """Return the numbers in a sentence, years left out."""
    found = (float(word.replace(",", "")) for word in re.findall(r"\d[\d,]*(?:\.\d+)?", statement))
    return [number for number in found if not (1990 <= number <= 2030 and number == int(number))]


def test_the_normalised_figure_is_the_one_that_the_sentence_says():
    """A second way to the same number, so that no slip by a factor passes."""
    compared = 0
    for claim in CLAIMS:
        said = numbers_said(claim.statement)
        if claim.kind != "quantity" or not said:
            continue
        figures = [abs(each) for each in (claim.value, claim.low, claim.high) if each is not None]
        allowed = [figure * factor for figure in figures for factor in SAID_AS.get(claim.unit, (1,))]
        assert any(abs(a - b) <= 0.02 * b for a in said for b in allowed), (
            claim.id,
            figures,
            claim.statement,
        )
        compared += 1
    assert compared > 700


def test_grades_without_a_reason_follow_source_and_basis():
    by_reason = 0
    for claim in CLAIMS:
        if claim.grade_reason:
            by_reason += 1
            continue
        assert claim.grade == LEDGER.source_of(claim).reliability + BASES[claim.basis], claim.id
    assert 40 <= by_reason <= 150


def test_an_undated_or_inferred_figure_is_not_graded_like_a_dated_one():
    undated = [claim for claim in CLAIMS if claim.kind == "quantity" and not claim.period]
    assert len(undated) >= 20
    assert all(claim.grade_reason for claim in undated)


def test_the_readme_tells_the_same_rules_as_the_code():
    text = (FOLDER / "README.md").read_text("utf-8")
    for basis, number in BASES.items():
        assert f"| `{basis}` | {number} | {BASIS_MEANING[basis]} |" in text
    for standing, meaning in STANDINGS.items():
        assert f"| `{standing}` | {meaning} |" in text
    for letter, meaning in RELIABILITY.items():
        row = next(line for line in text.splitlines() if line.startswith(f"| {letter} | {meaning} |"))
        used = any(source.reliability == letter for source in LEDGER.sources.values())
        assert used != ("not in use" in row)


def test_groups_that_allegations_concern_are_not_called_convicted():
    standings = Counter(claim.standing for claim in CLAIMS if claim.kind == "group")
    assert standings["alleged"] > standings["designated"] > standings["convicted"] > 0
    assert set(standings) == {"alleged", "designated", "convicted"}
    for claim in CLAIMS:
        if claim.predicate in ("leads", "bribes", "finances", "directs") and claim.country != "":
            assert claim.standing != "convicted"


def test_shipped_files_are_plain_csv_that_a_spreadsheet_reads():
    files = sorted(FOLDER.rglob("*.csv"))
    assert len(files) >= 15
    for path in files:
        text = path.read_text("utf-8")
        assert "\r" not in text and "\t" not in text and "\ufeff" not in text, path.name
        rows = list(csv.reader(text.splitlines()))
        assert len({len(row) for row in rows}) == 1, path.name


def test_loading_is_fast():
    load._load((FOLDER,))
    seconds = []
    for _ in range(5):
        before = time.process_time()
        load._load((FOLDER,))
        seconds.append(time.process_time() - before)
    assert min(seconds) < 0.2  # 0.06 on an idle core
