"""Events of a report, each once, with when, where, who and how many."""

from dataclasses import dataclass

import pytest

from tests.reading.statements.marked import bare, marked
from trasiego.reading.candidate import Candidate
from trasiego.reading.parsing import parse
from trasiego.reading.statements import find_events


@dataclass(frozen=True)
class Date:
    """A date as it stands in a text."""

    start: int
    end: int
    date: str


def events(text, language="en", dates=(), counts=(), read=parse):
    """Return the events of a marked text; `dates` are (words, date), `counts` (words, value, unit, what)."""
    document, names = marked(text, language)
    whole = document.text
    placed = [Date(whole.index(said), whole.index(said) + len(said), date) for said, date in dates]
    counted = []
    for said, value, unit, what in counts:
        start = whole.index(said)
        span = (start, start + len(said))
        counted.append(Candidate("quantity", "", said, *span, value=value, unit=unit, what=what))
    return find_events(document, read(document), names, placed, counted)


def test_a_raid_with_its_arrests_is_one_raid():
    (raid,) = events(
        "On May 3, the [a:National Police] raided 12 houses of [g:Los Faros] in [l:Cali]. "
        "The officers arrested 9 people and seized 40 kilos of cocaine.",
        dates=[("May 3", "--05-03")],
        counts=[
            ("12 houses", 12, "house", "houses raided"),
            ("9 people", 9, "person", "people arrested"),
            ("40 kilos", 40, "kg", "cocaine seized"),
        ],
    )
    assert (raid.type, raid.date, raid.place) == ("raid", "--05-03", "Cali")
    assert (raid.by, raid.against) == ("National Police", "Los Faros")
    assert raid.counts == {"houses": 12, "arrests": 9, "kg": 40}


@pytest.mark.parametrize("read", [parse, bare])
def test_events_are_found_in_spanish(read):
    (arrest,) = events(
        "El 3 de mayo, agentes de la [a:Policía Nacional] capturaron en [l:Cali] a [p:Mateo Quiroga].",
        "es",
        dates=[("3 de mayo", "--05-03")],
        read=read,
    )
    assert (arrest.type, arrest.date, arrest.place) == ("arrest", "--05-03", "Cali")
    assert (arrest.by, arrest.against) == ("Policía Nacional", "Mateo Quiroga")


def test_an_event_that_is_pointed_back_to_gains_its_date():
    (arrest,) = events(
        "Police caught [p:Mateo Quiroga] in [l:Cali].\n\nSince the operation, in 2008, nothing has happened.",
        dates=[("2008", "2008")],
    )
    assert (arrest.type, arrest.date, arrest.place) == ("arrest", "2008", "Cali")


def test_events_of_different_days_stay_apart():
    found = events(
        "On May 3, police arrested [p:Mateo Quiroga] in [l:Cali]. "
        "On June 8, police arrested [p:Iván Sandoz] in [l:Quito].",
        dates=[("May 3", "--05-03"), ("June 8", "--06-08")],
    )
    assert [(each.date, each.place, each.against) for each in found] == [
        ("--05-03", "Cali", "Mateo Quiroga"),
        ("--06-08", "Quito", "Iván Sandoz"),
    ]


def test_what_is_denied_supposed_or_told_without_any_detail_is_no_event():
    assert events("Police did not arrest [p:Mateo Quiroga] in 2010.", dates=[("2010", "2010")]) == []
    assert events("If police arrest [p:Mateo Quiroga] in 2010, he talks.", dates=[("2010", "2010")]) == []
    assert events("Arrests and seizures are common in the port.") == []


def test_who_acts_is_not_counted_as_arrested():
    (raid,) = events(
        "In 2010, 300 police officers raided a house in [l:Cali].",
        dates=[("2010", "2010")],
        counts=[("300 police officers", 300, "person", "police officers")],
    )
    assert "arrests" not in raid.counts


def test_a_seizure_and_an_arrest_without_a_raid_are_two_events():
    found = events(
        "On May 3, police seized 40 kilos in [l:Cali] and arrested 9 people.",
        dates=[("May 3", "--05-03")],
    )
    assert [(each.type, each.date, each.place) for each in found] == [
        ("seizure", "--05-03", "Cali"),
        ("arrest", "--05-03", "Cali"),
    ]


def test_a_dateline_is_no_date_of_an_event():
    (arrest,) = events(
        "LIMA, May 4 - Police arrested [p:Mateo Quiroga] in [l:Cali].", dates=[("May 4", "--05-04")]
    )
    assert (arrest.type, arrest.date, arrest.against) == ("arrest", "", "Mateo Quiroga")


def test_the_seizure_of_something_is_a_new_one():
    found = events(
        "On May 3, police seized 40 kilos in [l:Cali].\n\n"
        "On June 8 the navy announced the seizure of 90 kilos off [l:Quito].",
        dates=[("May 3", "--05-03"), ("June 8", "--06-08")],
    )
    assert [each.date for each in found] == ["--05-03", "--06-08"]


def test_rates_and_systems_are_no_events():
    assert events("The homicide rate of [l:Cali] fell in 2010.", dates=[("2010", "2010")]) == []
    assert (
        events("Los sistemas operativos de [l:Cali] cayeron en 2010.", "es", dates=[("2010", "2010")]) == []
    )


def test_those_who_only_tell_of_a_killing_did_not_do_it():
    (killing,) = events(
        "In 2010 police told reporters that [p:Mateo Quiroga] was murdered in [l:Cali].",
        dates=[("2010", "2010")],
    )
    assert (killing.by, killing.against, killing.place) == ("", "Mateo Quiroga", "Cali")
