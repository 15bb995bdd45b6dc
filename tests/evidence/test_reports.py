"""The five reports are in the ledger whole: their figures, dates and relations, in our own words."""

import re
import unicodedata
from pathlib import Path

import pytest

from trasiego.evidence import load_ledger

LEDGER = load_ledger()
REPORTS = tuple(f"report-00{number}" for number in range(5))
TEXTS = sorted((Path(__file__).parents[3] / "shared" / "seeds").glob("00[0-4]_*.txt"))
RUN_OF_WORDS = 8

# What a reader notes down from each report: (low, high, unit) of every figure.
FIGURES = {
    "report-000": [
        (25, 25, "person"),
        (6, 6, "person"),
        (30, 50, "package"),
        (106e6, 106e6, "GTQ"),
        (13.7e6, 13.7e6, "USD"),
        (13500, 13500, "USD/kg"),
        (100e6, float("inf"), "USD/year"),
    ],
    "report-001": [(10, 20, "member"), (0.5, 0.5, "share"), (5, 5, "1")],
    "report-002": [
        (361.5e6, 361.5e6, "USD"),
        (100e6, 100e6, "USD"),
        (0.18, 0.18, "share"),
        (11, 11, "homicide"),
        (9, 9, "homicide"),
        (27, 27, "homicide"),
    ],
    "report-003": [
        (1300, 1300, "person"),
        (60, 60, "person"),
        (34, 34, "house"),
        (7, 7, "cell"),
        (12, float("inf"), "person"),
        (180, 180, "kg"),
        (23, float("inf"), "homicide"),
        (1, 1, "person"),
        (4, 4, "1"),
    ],
    "report-004": [
        (200, 200, "t/year"),
        (0.33, 0.33, "share"),
        (7, 7, "vehicle"),
        (5, 5, "vehicle"),
        (2, 2, "vehicle"),
        (500, 500, "kg"),
        (400000, 400000, "USD"),
        (-float("inf"), 150, "kg"),
        (9, 9, "person"),
        (0.8, float("inf"), "share"),
        (20, 20, "person"),
        (200, 200, "kg"),
        (500, float("inf"), "kg"),
        (50, 60, "USD/kg"),
        (30, 30, "person"),
        (200e6, 200e6, "USD/year"),
        (1000, float("inf"), "person"),
        (0, 0, "case"),
    ],
}
DATES = {
    "report-000": {"2021-02-11"},
    "report-001": {"2010-12-13"},
    "report-002": {"2011-11-16", "2012-01-14", "2008-03", "2008/2011"},
    "report-003": {"2017-06-20", "2016"},
    "report-004": {"2010-04", "2008"},
}
RELATIONS = {
    "report-000": [
        ("Los Pelones", "based_in", "Gualán"),
        ("Los Pelones", "operates_in", "Zacapa"),
        ("Los Pelones", "operates_in", "Izabal"),
        ("Los Pelones", "operates_in", "Chiquimula"),
        ("Los Pelones", "moves_to", "Huehuetenango"),
        ("Los Pelones", "bribes", "police"),
        ("Los Pelones", "rival_of", "Lorenzanas"),
        ("Los Pelones", "rival_of", "Mendozas"),
    ],
    "report-001": [
        ("Mexican organisations", "hires", "gangs of Honduras"),
        ("gangs of Honduras", "protects", "drug shipments"),
        ("Honduran micro-cartels", "moves_to", "Guatemala"),
        ("Los Zetas", "controls", "territory in Guatemala"),
        ("Los Perrones", "allied_with", "Sinaloa Cartel"),
        ("Northern Triangle", "supplies", "Mexico"),
    ],
    "report-002": [
        ("Zetas with Gulf Cartel", "works_for", "Gulf Cartel"),
        ("alleged head of the Leones, 2008", "leads", "Leones"),
        ("Honduras", "supplies", "Guatemala"),
        ("Guatemala", "supplies", "Mexico"),
        ("Sinaloa Cartel", "allied_with", "street gangs of Central America"),
        ("MS-13", "operates_in", "Northern Triangle"),
        ("United States", "finances", "Central American security forces"),
    ],
    "report-003": [
        ("Kings of Shejo Port", "works_for", "Andean Cartel"),
        ("alleged leader of the Kings of Shejo Port, 2017", "leads", "Kings of Shejo Port"),
        ("Kings of Shejo Port", "succeeded", "Barrio King"),
        ("traffickers from Ecuador", "member_of", "Andean Cartel"),
        ("Andean Cartel", "supplies", "Italian mafia"),
    ],
    "report-004": [
        ("VRAEM armed group", "protects", "cocaine shipments"),
        ("VRAEM armed group", "controls", "routes in the VRAEM"),
        ("VRAEM armed group", "operates_in", "VRAEM"),
        ("VRAEM armed group", "charges_fee", "escort"),
        ("VRAEM clans", "hires", "VRAEM armed group"),
        ("VRAEM", "supplies", "Bolivia"),
        ("VRAEM clans", "moves_to", "Desaguadero"),
    ],
}


@pytest.mark.parametrize("report", REPORTS)
def test_every_figure_of_a_report_is_a_claim(report):
    found = {(*claim.bounds(), claim.unit) for claim in LEDGER.find(source=report, kind="quantity")}
    assert set(FIGURES[report]) - found == set()


@pytest.mark.parametrize("report", REPORTS)
def test_every_date_of_a_report_is_in_a_claim(report):
    assert DATES[report] - {claim.period for claim in LEDGER.find(source=report)} == set()


@pytest.mark.parametrize("report", REPORTS)
def test_the_relations_that_a_reader_notes_down_are_claims(report):
    relations = LEDGER.find(source=report, kind="relation")
    found = {(claim.subject, claim.predicate, claim.object) for claim in relations}
    assert set(RELATIONS[report]) - found == set()
    assert len(found) == len(relations) >= 20


def test_claims_of_the_reports_say_where_they_stand_and_who_said_it():
    read = [claim for report in REPORTS for claim in LEDGER.find(source=report)]
    assert len(read) > 180
    for claim in read:
        if claim.kind in ("quantity", "relation"):
            assert claim.location.startswith("paragraph"), claim.id
            assert claim.said_by, claim.id
            assert claim.period, claim.id


def words_of(text):
    plain = unicodedata.normalize("NFKD", text.lower())
    return re.findall(r"[a-z0-9]+", "".join(each for each in plain if not unicodedata.combining(each)))


def runs(text):
    """Return every run of eight words in `text`."""
    found = words_of(text)
    return {tuple(found[start : start + RUN_OF_WORDS]) for start in range(len(found) - RUN_OF_WORDS + 1)}


def test_no_claim_takes_over_a_sentence_of_a_report():
    if not TEXTS:
        pytest.skip("the texts of the five reports are not on this machine")
    assert len(TEXTS) == len(REPORTS)
    theirs = set().union(*(runs(path.read_text("utf-8")) for path in TEXTS))
    assert len(theirs) > 3000
    for claim in LEDGER.claims.values():
        for text in (claim.statement, claim.note, claim.figure_as_stated, claim.subject, claim.object):
            assert not runs(text) & theirs, claim.id


def test_the_check_finds_a_copied_sentence():
    assert runs("one two three four five six seven eight nine") & runs(
        "so two three four five six seven eight nine"
    )
    assert not runs("one two three four five six seven")
