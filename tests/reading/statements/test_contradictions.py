"""What does not agree is kept side by side."""

from trasiego.reading.candidate import Candidate
from trasiego.reading.statements import contradictions


def linked(*candidates):
    """Return the ids that each candidate contradicts; ids count from 0."""
    for number, each in enumerate(candidates):
        each.id = str(number)
    contradictions(list(candidates))
    return [each.contradicts for each in candidates]


def relation(subject, predicate, object_, document="one.txt", **fields):
    """Return a relation."""
    return Candidate(
        "relation", document, "", 0, 1, subject=subject, predicate=predicate, object=object_, **fields
    )


def quantity(what, document="one.txt", unit="t/year", place="Peru", **fields):
    """Return a quantity."""
    return Candidate("quantity", document, "", 0, 1, what=what, unit=unit, place=place, **fields)


def test_rivals_are_no_allies_and_nobody_works_for_a_rival():
    assert linked(
        relation("Los Faros", "rival_of", "Herons"), relation("herons", "allied_with", "los faros", "two.txt")
    ) == [["1"], ["0"]]
    assert linked(relation("A", "rival_of", "B"), relation("A", "works_for", "B")) == [["1"], ["0"]]
    assert linked(relation("A", "rival_of", "B"), relation("A", "allied_with", "C")) == [[], []]
    assert linked(relation("A", "leads", "B"), relation("A", "member_of", "B")) == [[], []]


def test_times_that_differ_do_not_contradict():
    early = relation("A", "allied_with", "B", date="2008")
    assert linked(early, relation("A", "rival_of", "B", date="2015")) == [[], []]


def test_a_denial_contradicts_the_statement():
    denial = relation("A", "bribes", "B", "two.txt", modality="denied")
    assert linked(relation("A", "bribes", "B"), denial) == [["1"], ["0"]]


def moved(document="two.txt", **fields):
    """Return a quantity of cocaine moved."""
    return quantity("cocaine moved", document, **fields)


def test_figures_that_do_not_meet_contradict():
    assert linked(moved("one.txt", value=200), moved(low=300, high=400)) == [["1"], ["0"]]
    assert linked(moved("one.txt", value=200), moved(low=150)) == [[], []]
    assert linked(moved("one.txt", value=200), moved(value=202)) == [[], []]
    assert linked(moved("one.txt", value=200), quantity("coca grown", "two.txt", value=900)) == [[], []]
    assert linked(moved("one.txt", value=200, date="2010"), moved(value=900, date="2015")) == [[], []]


def test_bare_counts_of_two_reports_are_not_taken_for_one():
    one = quantity("people arrested", unit="person", place="", value=12)
    assert linked(one, quantity("people arrested", "two.txt", unit="person", place="", value=25)) == [[], []]
