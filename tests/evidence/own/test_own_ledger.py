"""The own ledger: what enters it comes back, two writers take turns, and nothing else is taken for one."""

import sqlite3
import threading
from dataclasses import replace

import pytest

from tests.reading.review.sample import MERGE, candidates
from trasiego.common.faults import Faults
from trasiego.evidence import load_ledger
from trasiego.evidence.own import OwnLedger, letters, whole_ledger
from trasiego.evidence.own.records import claim_id
from trasiego.evidence.own.view import unregistered
from trasiego.reading.persons import persons_of

EVERY = candidates()


@pytest.fixture
def path(tmp_path):
    """The file of a ledger that all candidates entered."""
    file = tmp_path / "own.sqlite"
    with OwnLedger(file, create=True) as own:
        own.enter(EVERY, persons_of(EVERY), letters(load_ledger()), "me")
    return file


def test_what_enters_comes_back(path):
    with OwnLedger(path) as own:
        claims = own.claims()
        sources = own.sources()
    assert [claim.candidate for claim in claims.values()] == sorted(
        EVERY,
        key=lambda each: (each.document, each.start, claim_id(each)),
    )
    figure = claims[claim_id(EVERY[0])]
    assert (figure.standing, figure.credibility, figure.accepted_by) == ("established", "3", "me")
    assert [person.name for person in figure.persons] == ["Ramón Inventado"]
    assert claims[claim_id(EVERY[2])].standing == "alleged"
    assert {source.reliability for source in sources.values()} == {"B", "F"}


def test_entering_twice_is_once_and_withdrawing_takes_the_source_too(path):
    with OwnLedger(path) as own:
        own.grade_source(own.claims()[claim_id(EVERY[4])].source_id, "C", "regional press")
        own.enter(EVERY)
        assert len(own.claims()) == len(EVERY)
        assert sorted(source.reliability for source in own.sources().values()) == ["B", "C"]
        own.link(claim_id(EVERY[4]), "a.b.c")
        own.withdraw(claim_id(each) for each in EVERY[4:])
        assert len(own.claims()) == 4 and len(own.sources()) == 1 and own.links() == []


def test_a_ledger_of_an_earlier_state_gets_the_texts_that_came_since(path):
    with sqlite3.connect(path) as connection:
        connection.execute("ALTER TABLE claims DROP COLUMN product")
    with OwnLedger(path) as own:
        assert {claim.candidate.product for claim in own.claims().values()} == {""}
        own.enter([replace(EVERY[0], product="cocaine")])
        assert own.claims()[claim_id(EVERY[0])].candidate.product == "cocaine"


def test_links_and_merges(path):
    with OwnLedger(path) as own:
        own.link(claim_id(EVERY[0]), "a.b.c", "me")
        own.link(claim_id(EVERY[0]), "a.b.c")
        assert [(each.number, each.by) for each in own.links()] == [("a.b.c", "me")]
        assert own.unlink(claim_id(EVERY[0]), "a.b.c") and not own.unlink(claim_id(EVERY[0]), "a.b.c")
        own.accept_merge(MERGE)
        assert own.merges()[0]["names"] == MERGE["names"]
        own.withdraw_merge("m1")
        assert own.merges() == []


@pytest.mark.parametrize("content", [b"not a database, but long enough to be told apart" * 30, b"SQLite"])
def test_another_file_is_refused_and_stays_as_it_is(tmp_path, content):
    file = tmp_path / "other"
    file.write_bytes(content)
    with pytest.raises(Faults):
        OwnLedger(file, create=True)
    assert file.read_bytes() == content


def test_a_database_of_something_else_and_a_later_version_are_refused(tmp_path, path):
    other = tmp_path / "other.sqlite"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE a (b)")
    connection.close()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    for file in (other, path, tmp_path / "none.sqlite", tmp_path):
        with pytest.raises(Faults) as caught:
            OwnLedger(file)
        assert len(caught.value.faults) == 1


def test_two_writers_take_turns(tmp_path):
    file = tmp_path / "own.sqlite"
    failed = []

    def write(number):
        try:
            for round_ in range(10):
                with OwnLedger(file, create=True) as own:
                    own.enter([replace(EVERY[3], document=f"{number}-{round_}.txt")])
        except Exception as error:
            failed.append(error)

    writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert failed == []
    with OwnLedger(file) as own:
        assert len(own.claims()) == 40


def test_a_change_that_fails_leaves_nothing(path):
    with OwnLedger(path) as own:
        with pytest.raises(KeyError), own.change():
            own.remove(list(own.claims()))
            raise KeyError
        assert len(own.claims()) == len(EVERY)


def test_both_ledgers_are_one_without_names_of_persons(path):
    whole = whole_ledger(path)
    shipped = load_ledger()
    assert set(whole.claims) > set(shipped.claims) and whole.contradictions()
    claim = whole.claims[claim_id(EVERY[0])]
    assert (claim.grade, claim.period, claim.bounds()) == ("B3", "2012", (80.0, 90.0))
    assert claim.said_by == "alleged leader of Los Ficticios"
    assert whole.find(kind="group", text="ficticios")[0].subject == "Los Ficticios"
    relation = whole.claims[claim_id(EVERY[2])]
    assert (relation.standing, relation.predicate, relation.object) == ("alleged", "leads", "Los Ficticios")
    own = [str(each.to_dict()) for name, each in whole.claims.items() if name.startswith("own-")]
    own += [str(each.to_dict()) for name, each in whole.sources.items() if name.startswith("own-")]
    assert not [text for text in own if "Inventado" in text.replace("Diario Inventado", "")]
    assert not [text for text in own if "Ejemplo" in text or "Reporter" in text]
    named = whole_ledger(path, with_names=True)
    assert named.claims[claim_id(EVERY[0])].said_by == "Ramón Inventado"


def test_merged_names_appear_as_the_first(path):
    with OwnLedger(path) as own:
        own.accept_merge({"id": "m", "type": "group", "names": ["Ficticios SA", "Los Ficticios"]})
    assert whole_ledger(path).claims[claim_id(EVERY[2])].object == "Ficticios SA"


def test_measures_and_units_that_are_not_registered_are_told(path):
    with OwnLedger(path) as own:
        own.enter([replace(EVERY[4], id="c9", unit="COP"), replace(EVERY[4], id="c10", what="toll of a day")])
    whole = whole_ledger(path)
    told = {name: unregistered(whole.claims[name], whole) for name in whole.claims if name[:4] == "own-"}
    assert sorted(found[0] for found in told.values() if found) == [
        "measure toll of a day in USD/kg", "unit COP",
    ]  # fmt: skip
