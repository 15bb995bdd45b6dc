"""From a number back to its claims, and how much of a scenario rests on evidence."""

import json
from dataclasses import dataclass

from trasiego.evidence import backing, coverage, load_ledger

LEDGER = load_ledger()


@dataclass(frozen=True)
class Number:
    path: str
    status: str
    claims: tuple[str, ...] = ()


AREA = Number("zones.pe-vrae.coca_area_ha", "measured", ("f015", "f022"))
FEE = Number("escort.fee_usd_per_kg", "derived", ("s039", "s03"))
SCALE = Number("valuation.choice_scale", "assumed")
RATE = Number("valuation.rate", "calibrated")


def test_backing_gives_claims_sources_and_contradictions_once():
    found = backing(AREA, LEDGER)
    assert [claim.id for claim in found.claims] == ["f015", "f022"]
    assert len(found.sources) == len(set(found.sources)) == 1
    assert [each.claims for each in found.contradictions] == [("f015", "f022")]
    assert found.unknown == {}


def test_backing_names_ids_that_do_not_exist():
    found = backing(FEE, LEDGER)
    assert [claim.id for claim in found.claims] == ["s039"]
    assert list(found.unknown) == ["s03"]
    assert found.unknown["s03"] in LEDGER.claims


def test_backing_of_an_assumption_is_empty():
    found = backing(SCALE, LEDGER)
    assert (found.claims, found.sources, found.contradictions) == ((), (), ())


def test_coverage_counts_and_lists_with_assumptions_first():
    found = coverage([AREA, FEE, SCALE, RATE], LEDGER)
    assert found.total == 4
    assert list(found.by_status.items()) == [
        ("assumed", 1),
        ("calibrated", 1),
        ("derived", 1),
        ("measured", 1),
    ]
    assert sum(found.by_status.values()) == found.total
    assert found.paths["assumed"] == ("valuation.choice_scale",)
    assert found.by_section["valuation"] == {"assumed": 1, "calibrated": 1, "derived": 0, "measured": 0}
    assert found.disputed == (AREA.path, FEE.path)
    assert found.claims == ("f015", "f022", "s039", "s03")
    assert list(found.unknown) == ["s03"]
    assert sum(found.best_grades.values()) == 2


def test_coverage_of_nothing():
    found = coverage([], LEDGER)
    assert found.total == 0
    assert set(found.by_status.values()) == {0}


def test_both_are_plain_data():
    for record in (backing(AREA, LEDGER), coverage([AREA, FEE, SCALE], LEDGER)):
        assert json.loads(json.dumps(record.to_dict())) == record.to_dict()
