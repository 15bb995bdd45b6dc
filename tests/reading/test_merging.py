"""Merges over reports: proposed with a reason, in a fixed order, never between types."""

import random
import time

import pytest

from trasiego.reading.candidate import Candidate
from trasiego.reading.merging import propose_merges


def named(type, name, document="a.txt", aliases=()):
    return Candidate("entity", document, name, 0, len(name), type=type, name=name, aliases=list(aliases))


def merged(*candidates):
    return [set(merge.names) for merge in propose_merges(candidates)]


def test_articles_accents_and_kind_words_do_not_count():
    merges = propose_merges(
        [
            named("group", "Los Tejones"),
            named("group", "Tejones", "b.txt"),
            named("group", "the Tejónes gang", "b.txt"),
        ]
    )
    assert [set(each.names) for each in merges] == [{"Los Tejones", "Tejones", "the Tejónes gang"}]
    assert merges[0].documents == ("a.txt", "b.txt")
    assert merges[0].reason and 0.9 < merges[0].score <= 1


@pytest.mark.parametrize(
    "names",
    [("Shining Path", "Sendero Luminoso"), ("Clan del Golfo", "Urabeños", "AGC"), ("Barrio 18", "Calle 18")],
)
def test_the_lists_know_other_names(names):
    assert merged(*(named("group", name) for name in names)) == [set(names)]


def test_parties_of_the_lists_stay_apart():
    assert merged(named("group", "Gulf Cartel"), named("group", "Gulf Clan")) == []
    assert merged(named("group", "FARC 57th Front"), named("group", "FARC 48th Front")) == []


def test_a_further_name_in_one_report_links_another():
    one = named("person", "Elmer Ponce Rivas", aliases=["El Cuervo"])
    assert merged(one, named("person", "El Cuervo", "b.txt")) == [{"Elmer Ponce Rivas", "El Cuervo"}]


def test_spellings_and_shorter_names_of_persons():
    assert merged(named("person", "Elmer Ponce Rivas"), named("person", "Elmer Ponce Ribas")) != []
    assert merged(named("person", "Carlos Ponce Rivas"), named("person", "Carlos Ponce")) != []
    assert merged(named("person", "Carlos Ponce"), named("person", "Andrés Ponce")) == []


def test_initials():
    one = named("organization", "Centro de Estudios Andinos")
    assert merged(one, named("organization", "CEA")) == [{"Centro de Estudios Andinos", "CEA"}]


def test_types_are_never_mixed_and_places_are_left_to_the_gazetteer():
    assert merged(named("group", "Tejones"), named("agency", "Tejones")) == []
    assert merged(named("place", "Lima"), named("place", "lima")) == []


def test_the_order_of_the_input_does_not_matter():
    candidates = [
        named("group", name, f"{name}.txt") for name in ("Los Zetas", "Zetas", "Tejones", "Los Tejones")
    ]
    assert propose_merges(candidates) == propose_merges(candidates[::-1])


def test_nothing_is_changed():
    candidates = [named("group", "Los Zetas"), named("group", "Zetas", "b.txt")]
    propose_merges(candidates)
    assert [each.name for each in candidates] == ["Los Zetas", "Zetas"]


@pytest.mark.slow
def test_ten_thousand_names_take_seconds():
    draw = random.Random(5)
    words = ["".join(draw.choices("abcdefghilmnoprstuvz", k=draw.randint(3, 8))) for _ in range(2000)]
    candidates = [
        named(
            draw.choice(["person", "group"]),
            " ".join(draw.choices(words, k=draw.randint(1, 4))),
            f"{number}.txt",
        )
        for number in range(10_000)
    ]
    start = time.perf_counter()
    propose_merges(candidates)
    assert time.perf_counter() - start < 20
