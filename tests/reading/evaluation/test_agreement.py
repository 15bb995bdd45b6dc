"""What counts as the same: each rule with cases on both sides of it."""

import pytest

from tests.reading.evaluation.conftest import candidate_of
from trasiego.reading.evaluation.agree import AGREES, Rules
from trasiego.reading.evaluation.wording import same_name, share_word

KNOWN = (("group", ("Red Sierra", "the Sierras")), ("place", ("Guatemala",)))


def agrees(kind, item, other, lenient=False):
    return AGREES[kind](item, candidate_of(kind, other), Rules(lenient, KNOWN))


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Los Zetas", "zetas", "group"),
        ("Attorney General’s Office", "Guatemala Attorney General's Office", "agency"),
        ("Cártel de Sinaloa", "Cartel of Sinaloa", "group"),
        ("Sinaloa", "Sinaloa Cartel", "group"),
        ("Fiscalía General", "Fiscalía General del Estado", "agency"),
        ("Moín", "Puerto de Moin", "place"),
        ("Limón", "Limón province", "place"),
        ("Ana Prado Ruiz", "Prado", "person"),
        ("la familia Banegas", "Banegas", "group"),
    ],
)
def test_names_that_mean_the_same(one, other, kind):
    assert same_name(one, other, kind)
    assert same_name(other, one, kind)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Guatemala", "Guatemala City", "place"),
        ("Santander", "Norte de Santander", "place"),
        ("Sinaloa Cartel", "Jalisco Cartel", "group"),
        ("Cartel", "Sinaloa Cartel", "group"),
        ("Ana", "Ana Prado Ruiz", "person"),
        ("Police", "National Police", "agency"),
        ("the", "The", "group"),
    ],
)
def test_names_that_do_not(one, other, kind):
    assert not same_name(one, other, kind)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("arrests", "people detained", True),
        ("police officers arrested", "agents", True),
        ("price in transit", "worth of a kilogram", True),
        ("personas detenidas", "capturados", True),
        ("load size", "packages carried at a time", True),
        ("pickups in the convoy", "trucks", True),
        ("prosecutors in the raids", "houses", False),
        ("share of the coca", "homicides in the year", False),
        ("men in the group", "men", True),
        ("value of the load", "", False),
    ],
)
def test_descriptions_share_a_word_or_a_class(one, other, same):
    assert share_word(one, other) is same


@pytest.mark.parametrize(
    ("wanted", "given", "same"),
    [
        ({"value": 0.5, "unit": "t"}, {"value": 500, "unit": "kg"}, True),
        ({"value": 200, "unit": "t"}, {"value": 200, "unit": "t/year"}, False),
        ({"value": 100, "unit": "kg"}, {"value": 100.9, "unit": "kg"}, True),
        ({"value": 100, "unit": "kg"}, {"value": 102, "unit": "kg"}, False),
        ({"low": 30, "high": 50, "unit": "kg"}, {"low": 30, "high": 50, "unit": "kg"}, True),
        ({"low": 30, "high": 50, "unit": "kg"}, {"value": 40, "unit": "kg"}, False),
        ({"low": 30, "high": 50, "unit": "kg"}, {"low": 30, "unit": "kg"}, False),
        ({"low": 30, "unit": "kg"}, {"value": 30, "unit": "kg"}, True),
        ({"value": 30, "unit": "kg"}, {"high": 30, "unit": "kg"}, True),
        ({"value": 40, "unit": "kg"}, {"low": 30, "high": 50, "unit": "kg"}, False),
        ({"value": 40, "unit": "kg"}, {"value": 40, "low": 30, "high": 50, "unit": "kg"}, True),
        ({"value": 3, "unit": "homicide"}, {"value": 3, "unit": "person"}, True),
        ({"value": 3, "unit": "PYG"}, {"value": 3, "unit": "USD"}, False),
    ],
)
def test_figures_and_units(wanted, given, same):
    what = {"what": "cocaine seized"}
    assert agrees("quantity", wanted | what, given | what) is same


def test_what_is_counted_may_stand_in_the_sentence_only_where_that_is_asked_for():
    item = {"value": 3, "unit": "person", "what": "people arrested"}
    other = {"value": 3, "unit": "person", "what": "goats", "sentence": "Police arrested three."}
    assert not agrees("quantity", item, other)
    assert agrees("quantity", item, other, lenient=True)


def test_an_entity_needs_its_type_and_may_go_by_an_alias():
    item = {"name": "National Drug Council", "type": "agency", "aliases": ["CND"]}
    assert agrees("entity", item, {"name": "CND", "type": "agency"})
    assert not agrees("entity", item, {"name": "CND", "type": "group"})
    assert agrees("entity", item, {"name": "CND", "type": "group"}, lenient=True)


def test_relations_by_their_parties_in_either_direction_where_there_is_none():
    rival = {"subject": "Red Sierra", "predicate": "rival_of", "object": "Los Azules"}
    turned = {"subject": "Azules", "predicate": "rival_of", "object": "the Sierras"}
    assert agrees("relation", rival, turned)
    leads = rival | {"predicate": "leads"}
    assert not agrees("relation", leads, turned | {"predicate": "leads"})
    assert not agrees("relation", rival, turned | {"predicate": "allied_with"})
    bribes = {"subject": "Red Sierra", "predicate": "bribes", "object": "police"}
    assert agrees("relation", bribes, bribes | {"object": "police officers"})
    place = {"subject": "Red Sierra", "predicate": "operates_in", "object": "Guatemala"}
    assert not agrees("relation", place, place | {"object": "Guatemala City"})


@pytest.mark.parametrize(
    ("wanted", "given", "same"),
    [
        ({"date": "2020-02-11"}, {"date": "2020-02"}, True),
        ({"date": "--02-11"}, {"date": "2020-02-11"}, True),
        ({"date": "--02-11"}, {"date": "2020-02-12"}, False),
        ({"date": "2016"}, {"date": "2016-05-01/2016-05-03"}, True),
        ({"date": "2016"}, {"date": "2017-05"}, False),
        ({"date": "2016", "place": "Lima"}, {"place": "Lima"}, True),
        ({"date": "2016", "place": "Lima"}, {"place": "Cusco"}, False),
        ({"by": "police", "place": "Lima"}, {"by": "National Police", "place": "Callao"}, True),
        ({"place": "Lima"}, {}, False),
    ],
)
def test_events_by_what_both_sides_say(wanted, given, same):
    assert agrees("event", {"type": "raid"} | wanted, {"type": "raid"} | given) is same
    assert not agrees("event", {"type": "raid"} | wanted, {"type": "killing"} | given)
