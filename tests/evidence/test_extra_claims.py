"""A user's own claims join the shipped ones, from a file or from a folder, and may cite them."""

import csv

import pytest

from trasiego.common.faults import Faults
from trasiego.common.paths import data_folder
from trasiego.evidence import load_ledger


def copy_row(name, changes, path):
    """Write a file with the header of the shipped file `name` and its first row after `changes`."""
    with (data_folder("claims") / name).open(encoding="utf-8", newline="") as shipped:
        reader = csv.DictReader(shipped)
        row = {**next(reader), **changes}
    with path.open("w", encoding="utf-8", newline="") as own:
        writer = csv.DictWriter(own, reader.fieldnames)
        writer.writeheader()
        writer.writerow(row)


def test_one_file_of_figures_is_known_by_its_header(tmp_path):
    copy_row("quantities/prices.csv", {"id": "mine-1", "value": "3.1"}, tmp_path / "anything.csv")
    ledger = load_ledger(tmp_path / "anything.csv")
    assert ledger.claims["mine-1"].value == 3.1
    assert ledger.claims["mine-1"].topic == "anything"
    assert len(ledger.claims) == len(load_ledger().claims) + 1
    assert "mine-1" not in load_ledger().claims


def test_a_folder_may_hold_its_own_sources_groups_and_events(tmp_path):
    copy_row("sources.csv", {"id": "my-report", "reliability": "C"}, tmp_path / "sources.csv")
    copy_row(
        "groups.csv",
        {"id": "my-group", "name": "My group", "source": "my-report", "grade": "C3", "rivals": "Lorenzanas"},
        tmp_path / "groups.csv",
    )
    copy_row(
        "events.csv",
        {"id": "my-event", "source": "my-report", "grade": "C3", "groups": "My group;Lorenzanas"},
        tmp_path / "events.csv",
    )
    ledger = load_ledger(tmp_path)
    assert ledger.source_of(ledger.claims["my-event"]).id == "my-report"
    assert [claim.id for claim in ledger.find(kind="group", subject="my group")] == ["my-group"]


def test_a_claim_that_contradicts_a_shipped_one_is_listed_beside_it(tmp_path):
    copy_row("quantities/prices.csv", {"id": "mine-1", "value": "3.1"}, tmp_path / "mine.csv")
    ledger = load_ledger(tmp_path / "mine.csv")
    shipped = next(iter(load_ledger().find(topic="prices"))).id
    assert [set(each.claims) for each in ledger.contradictions_of("mine-1")] == [{shipped, "mine-1"}]


def test_a_fault_in_a_folder_names_the_whole_path(tmp_path):
    copy_row("quantities/prices.csv", {"id": "mine-1", "value": "dear"}, tmp_path / "relations.csv")
    with pytest.raises(Faults) as raised:
        load_ledger(tmp_path)
    assert {fault.file for fault in raised.value.faults} == {str(tmp_path / "relations.csv")}


def test_cells_may_be_quoted_hold_line_breaks_and_start_with_a_byte_order_mark(tmp_path):
    copy_row(
        "quantities/prices.csv", {"id": "mine-1", "note": "first line\nsecond, line"}, tmp_path / "mine.csv"
    )
    text = (tmp_path / "mine.csv").read_text("utf-8")
    row = text.split("\n", 1)[1].replace("mine-1", "mine-2").rstrip()
    (tmp_path / "mine.csv").write_text("\ufeff" + text.rstrip() + "\n\n" + row + "\n", "utf-8")
    ledger = load_ledger(tmp_path / "mine.csv")
    assert ledger.claims["mine-1"].note == "first line\nsecond, line"
    assert (ledger.claims["mine-1"].line, ledger.claims["mine-2"].line) == (2, 5)
