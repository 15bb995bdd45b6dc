"""Names of persons: found whatever their case and accents, given as a role, and nothing else lost."""

import pytest

from tests.reading.review.sample import candidates
from trasiego.reading.candidate import Candidate
from trasiego.reading.persons import Person, Withheld, persons_of

BOSS = Person("Ramón Inventado Pérez", ("El Ejemplo", "Comandante Nadie"), "alleged leader of Los Ficticios")
HIDE = Withheld([BOSS, Person("Ana Nadie")], kept=["Los Inventado"])


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("said Ramón Inventado Pérez.", "said alleged leader of Los Ficticios."),
        ("RAMON INVENTADO PEREZ said", "alleged leader of Los Ficticios said"),
        ("Ramon\u0301 Inventado Pérez", "alleged leader of Los Ficticios"),
        (
            "Inventado, alias El Ejemplo",
            "alleged leader of Los Ficticios, alias alleged leader of Los Ficticios",
        ),
        ("comandante  nadie fled", "alleged leader of Los Ficticios fled"),
        ("Ana Nadie fled", "a person fled"),
        ("nadie fled; Los Inventado stayed", "nadie fled; Los Inventado stayed"),
        ("Inventados and Perezoso", "Inventados and Perezoso"),
        ("", ""),
    ],
)
def test_names_become_roles_and_all_else_stays(text, shown):
    assert HIDE(text) == shown


def test_names_are_shown_where_that_is_asked_for_and_still_found():
    shown = Withheld([BOSS], shown=True)
    assert shown("said Inventado") == "said Inventado"
    assert shown.holds("said Inventado") and not shown.holds("said somebody")


def test_a_role_that_names_somebody_is_not_shown():
    hide = Withheld([Person("Ana Ficticia", (), "sister of Ramón Inventado"), BOSS])
    assert hide("Ana Ficticia fled") == "a person fled"


def test_without_persons_nothing_changes():
    assert Withheld([])("Anybody") == "Anybody"


def test_persons_are_the_entities_and_parties_that_look_like_one():
    assert [person.name for person in persons_of(candidates())] == ["Ramón Inventado"]

    def relation(subject, object_):
        return Candidate("relation", "a", "x", 0, 1, subject=subject, predicate="works_for", object=object_)

    found = persons_of(
        [relation("Juana de la Nada", "Gulf Cartel"), relation("Los Ficticios", "Policía Local")]
    )
    assert [person.name for person in found] == ["Juana de la Nada"]
