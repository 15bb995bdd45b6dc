"""Forgetting a person: no byte of the name is left, and nothing else is lost."""

from dataclasses import replace

import pytest

from tests.reading.review.sample import MERGE, candidates
from trasiego.evidence.own import OwnLedger, whole_ledger
from trasiego.evidence.own.forget import forget
from trasiego.evidence.own.records import claim_id
from trasiego.reading.candidates_file import merges_path, read_candidates, write_candidates, write_merges
from trasiego.reading.persons import persons_of
from trasiego.reading.review.log import log_path, read_log
from trasiego.reading.review.session import open_review

EVERY = candidates()
NAMES = ("Ramón", "Inventado", "El Ejemplo")


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "own.sqlite"
    every = [replace(each, publisher="") if each.document == "second.txt" else each for each in EVERY]
    with OwnLedger(file, create=True) as own:
        own.enter(every, persons_of(every), by="Ramón Inventado")
        own.link(claim_id(EVERY[0]), "a.b.c", "R. Inventado")
        own.accept_merge({"id": "m2", "type": "person", "names": ["El Ejemplo", "R. Inventado"]})
        own.accept_merge(MERGE)
    return file


def holding(file):
    content = file.read_bytes()
    return [name for name in NAMES if name.encode() in content or name.encode("utf-16-le") in content]


@pytest.mark.parametrize("name", ["Ramón Inventado", "ramon inventado", "El Ejemplo", "R. Inventado"])
def test_no_byte_of_the_person_is_left_whatever_the_name_that_is_given(path, name):
    assert holding(path) == list(NAMES)
    with OwnLedger(path) as own:
        done = forget(own, name)
    assert (done.removed, done.blanked >= 2, done.lines) == (2, True, 0)
    assert holding(path) == []
    assert not list(path.parent.glob("own.sqlite-*"))


def test_figures_groups_and_their_links_stay(path):
    with OwnLedger(path) as own:
        forget(own, "Ramón Inventado")
        claims = own.claims()
        assert [merge["id"] for merge in own.merges()] == ["m1"]
        assert [(link.number, link.by) for link in own.links()] == [("a.b.c", "")]
    figure = claims[claim_id(EVERY[0])].candidate
    assert (figure.low, figure.high, figure.unit, figure.place) == (80.0, 90.0, "USD/kg", "VRAEM")
    assert (figure.attribution, figure.sentence, figure.quote) == ("", "", "80 to 90 dollars a kilo")
    assert claim_id(EVERY[3]) in claims and claim_id(EVERY[4]) in claims
    assert claim_id(EVERY[1]) not in claims and claim_id(EVERY[2]) not in claims
    assert whole_ledger(path, with_names=True)


def test_a_stranger_changes_nothing(path):
    with OwnLedger(path) as own:
        before = own.claims()
        done = forget(own, "Nadie Conocido")
        assert own.claims() == before
    assert (done.removed, done.blanked, done.lines) == (0, 0, 0)


def test_lines_of_the_files_of_candidates_go_too(path, tmp_path):
    file = tmp_path / "claims.jsonl"
    stranger = replace(EVERY[4], attribution="Otro Inventado")
    write_candidates(file, [*EVERY[:4], stranger, EVERY[5]])
    merge = MERGE | {"id": "m2", "type": "person", "names": ["Ramón Inventado", "R. Inventado"]}
    write_merges(merges_path(file), [MERGE, merge])
    review = open_review(file, "Otra Inventado")
    for name in ("c1", "c5", "m2"):
        review.decide(name, "accept")
    with OwnLedger(path) as own:
        done = forget(own, "El Ejemplo", [file])
    assert done.lines == 4 + 1 + 2
    assert [each.id for each in read_candidates(file)] == ["c5", "c6"]
    for left in (file, merges_path(file), log_path(file)):
        assert not [name for name in ("Ramón", "El Ejemplo") if name.encode() in left.read_bytes()]
    left = read_log(log_path(file))
    assert [(each.item, each.reviewer) for each in left] == [("c5", "Otra Inventado")]
