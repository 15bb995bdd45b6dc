"""The commands that list and tell, on the shipped data."""

import json

import pytest
from click.testing import CliRunner

from trasiego.cli.app import manual
from trasiego.evidence import load_ledger
from trasiego.scenario import load_scenario, schema


def called(*arguments):
    result = CliRunner().invoke(manual, arguments, prog_name="trasiego", env={"COLUMNS": "80"})
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return result.stdout


def records(*arguments):
    """Return what a command prints as JSON, which must be all that it prints."""
    return json.loads(called(*arguments, "--json"))


def test_scenarios():
    listed = records("scenarios")
    assert listed[0]["name"] == "northern-route"
    assert {each["name"] for each in listed} >= {"guatemala-2020", "callao-2017", "vrae-2010"}
    assert all(each["title"] and each["start"] and each["months"] > 0 for each in listed)
    text = called("scenarios")
    assert all(each["name"] in text for each in listed)


def test_one_scenario():
    assert records("scenarios", "vrae-2010")["title"] in called("scenarios", "vrae-2010")


def test_events_of_a_scenario_with_their_claims():
    found = records("scenarios", "callao-2017", "--events")
    assert [each["date"] for each in found] == sorted(each["date"] for each in found)
    raid = next(each for each in found if each["kind"] == "raid")
    assert raid["target"] == "kings-of-shejo-port" and "e112" in raid["claims"]
    assert (raid["size"]["value"], raid["seized_kg"]["value"]) == (0.3, 180)
    text = called("scenarios", "callao-2017", "--events")
    assert "2017-06" in text and "(0.3, 180 kg)" in " ".join(text.split()) and "e112" in text
    assert f"{len(found)} events" in text


def test_events_without_a_name_are_those_of_the_main_scenario():
    assert records("scenarios", "--events") == records("scenarios", "northern-route", "--events")
    assert called("scenarios", "northern-triangle-2011").endswith("northern-triangle-2011 --events\n")


def test_claim_of_an_event_says_what_became_of_it():
    assert "2021-03-be-antwerp-raid" in " ".join(called("evidence", "show", "e135").split())
    assert "not scripted" in called("evidence", "show", "e050")
    assert "replayed" not in called("evidence", "show", "f031")


def test_policies():
    names = [each["name"] for each in records("policies")]
    assert len(names) >= 5
    assert all(name in called("policies") for name in names)
    assert records("policies", names[0])["title"] in called("policies", names[0])
    one, shown = records("policies", "aid-disbursement-80"), called("policies", "aid-disbursement-80")
    assert one["cost_usd_per_month"]["low"] < one["cost_usd_per_month"]["value"]
    assert {"path": "countries.GT.aid_disbursement", "change": "0.8"} in one["changes"]
    assert all(claim in shown for claim in one["claims"])
    assert " ".join(one["mechanism"].split()) in " ".join(shown.split())
    assert "countries.GT.aid_disbursement" in shown


def test_places_are_filtered_and_found_without_accents():
    every = records("places")
    assert len(every) >= 200
    ports = records("places", "--kind", "port")
    assert 0 < len(ports) < len(every)
    assert {each["kind"] for each in ports} == {"port"}
    assert {each["country"] for each in records("places", "--country", "GT")} == {"GT"}
    assert [each["id"] for each in records("places", "--search", "gualan")] == ["gt-gualan"]
    assert "Gualán" in called("places", "--search", "gualan")


def test_one_place_with_its_links():
    found = records("places", "gt-zacapa")
    assert found["place"]["name"] == "Zacapa"
    assert found["links"]
    assert all("gt-zacapa" in (link["from_"], link["to"]) for link in found["links"])
    assert "Zacapa" in called("places", "gt-zacapa")


def test_evidence_in_numbers():
    ledger = load_ledger()
    assert records("evidence")["claims"] == len(ledger.claims)
    assert f"{len(ledger.claims)} claims" in called("evidence")


def test_evidence_filters_go_together():
    found = records("evidence", "list", "--kind", "quantity", "--country", "GT", "--grade", "B3")
    assert found
    assert {(each["kind"], each["country"]) for each in found} == {("quantity", "GT")}
    assert {each["grade"][0] for each in found} <= {"A", "B"}
    assert len(found) < len(records("evidence", "list", "--country", "GT"))


def test_evidence_search_and_show():
    found = records("evidence", "search", "escort")
    assert found
    shown = records("evidence", "show", found[0]["id"])[0]
    assert shown["statement"] == found[0]["statement"]
    assert shown["source"]["title"]
    text = " ".join(called("evidence", "show", found[0]["id"]).split())
    assert shown["statement"] in text
    assert shown["source"]["publisher"] in text


def test_evidence_that_fits_nothing():
    assert records("evidence", "search", "zzzzz") == []
    assert "0 claims" in called("evidence", "search", "zzzzz")


def test_contradictions_stand_side_by_side():
    found = records("evidence", "contradictions")
    assert found
    assert all(len(each["claims"]) >= 2 for each in found)
    text = called("evidence", "contradictions")
    assert all(claim in text for each in found for claim in each["claims"])


def test_why_goes_from_a_number_to_its_sources():
    found = records("why", "kinds.armed_protector.escort_fee_usd_per_kg")
    assert found["value"] == load_scenario("northern-route").value(
        "kinds.armed_protector.escort_fee_usd_per_kg"
    )
    assert [each["id"] for each in found["claims"]]
    assert {each["source_id"] for each in found["claims"]} == {each["id"] for each in found["sources"]}
    text = called("why", "kinds.armed_protector.escort_fee_usd_per_kg")
    for claim in found["claims"]:
        assert claim["id"] in text
    assert "northern-route.toml:" in text


def test_why_of_an_assumed_number_says_so():
    text = called("why", "valuation.choice_scale")
    assert "assumed" in text
    assert "none" in text


def test_why_of_a_section_lists_its_numbers():
    found = records("why", "countries.GT", "--scenario", "guatemala-2020")
    assert {each["path"] for each in found} >= {"countries.GT.integrity", "countries.GT.population"}
    assert "integrity" in called("why", "countries.GT")


@pytest.mark.parametrize("scenario", ["northern-route", "callao-2017"])
def test_coverage_counts_every_number_and_lists_the_assumed(scenario):
    found = records("coverage", scenario)
    numbers = load_scenario(scenario).numbers
    assert found["total"] == len(numbers) == sum(found["by_status"].values())
    text = called("coverage", scenario)
    for path in found["paths"]["assumed"][:20]:
        assert path.rpartition(".")[2] in text
    assert list(found["by_status"])[0] == "assumed"


def test_validate_tells_scenario_policy_and_claims_apart(tmp_path):
    assert records("validate", "callao-2017") == {"file": "callao-2017", "valid": True, "faults": []}
    policy = tmp_path / "policy.toml"
    policy.write_text('[policy]\nname = "policy"\ntitle = "A policy"\n\n[countries.GT]\nintegrity = 0.8\n')
    assert "is valid" in called("validate", str(policy))
    policy.write_text(policy.read_text().replace("integrity", "integrty"))
    result = CliRunner().invoke(manual, ["validate", str(policy), "--json"])
    assert result.exit_code == 2
    found = json.loads(result.stdout)
    assert not found["valid"]
    assert [each["nearest"] for each in found["faults"]] == ["integrity"]
    claims = tmp_path / "claims.csv"
    claims.write_text("id,source,statement,predicate\n")
    assert CliRunner().invoke(manual, ["validate", str(claims)]).exit_code == 2


def test_schema_goes_to_the_screen_or_a_file(tmp_path):
    assert json.loads(called("schema")) == schema()
    assert "wrote" in called("schema", "--out", str(tmp_path / "s.json"))
    assert json.loads((tmp_path / "s.json").read_text()) == schema()


def test_new_writes_a_copy_with_the_same_content(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = called("new", "mine", "--from", "callao-2017")
    assert "trasiego run mine.toml" in text
    assert load_scenario("mine.toml").hash == load_scenario("callao-2017").hash
