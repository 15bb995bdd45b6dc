"""The shipped scenarios and policies: without fault, balanced, connected, and without personal names."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from trasiego.common.paths import data_folder
from trasiego.scenario import Scenario, load_scenario, read_policy, validate
from trasiego.scenario.references import known_links, known_places

WHOLE = "northern-route"
CUTS = ("guatemala-2020", "northern-triangle-2011", "guatemala-2011", "callao-2017", "vrae-2010")
POLICIES = sorted(path.stem for path in data_folder("policies").glob("*.toml"))
FAMILY_GROUPS = {
    # Groups whose public name is a family name; nobody is meant as a person.
    "Lorenzanas",
    "Mendozas",
    "Leones",
    "Los Valles",
    "Montes Bobadilla clan",
    "Lima Lobo clan",
    "Beltrán Leyva Organisation",
}
_NAMED_PERSON = re.compile(
    r"\b(?:[Aa]lias|[Aa]ka|a\.k\.a\.)\b|\b(?:[Mm]r|[Dd]on|[Ss]eñor|[Gg]eneral|[Pp]resident)\s+[A-Z][a-z]+"
)


@pytest.fixture(scope="module", params=[WHOLE, *CUTS])
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return load_scenario(request.param)


@pytest.fixture(scope="module")
def whole() -> Scenario:
    return load_scenario(WHOLE)


def test_the_shipped_names_are_these() -> None:
    shipped = {path.stem for path in data_folder("scenarios").glob("*.toml")}
    assert {WHOLE, *CUTS} <= shipped
    assert len(POLICIES) >= 20


@pytest.mark.parametrize("name", [WHOLE, *CUTS])
def test_scenarios_have_no_fault(name: str) -> None:
    assert [fault.text() for fault in validate(name)] == []


@pytest.mark.parametrize("name", POLICIES)
def test_policies_have_no_fault_and_change_the_whole(name: str) -> None:
    assert [fault.text() for fault in validate(WHOLE, policies=[name])] == []
    assert load_scenario(WHOLE, policies=[name]).hash != load_scenario(WHOLE).hash


@pytest.mark.parametrize("name", POLICIES)
def test_policies_say_what_they_do_by_which_mechanism_and_at_what_cost(name: str) -> None:
    policy = read_policy(name)
    assert all((policy.title, policy.description, policy.mechanism, policy.changes))
    head = (data_folder("policies") / f"{name}.toml").read_text(encoding="utf-8")
    assert f'"{name}"' in head
    cost = policy.cost
    assert cost is not None
    assert cost.low is not None and cost.high is not None
    assert cost.low <= cost.value <= cost.high
    assert cost.derivation or cost.note


@pytest.mark.parametrize("name", CUTS)
def test_policies_load_on_every_scenario_that_has_something_of_theirs(name: str) -> None:
    outside = "changes only outside the cut"
    loaded = []
    for policy in POLICIES:
        faults = validate(name, policies=[policy])
        assert [fault.text() for fault in faults if not fault.found.startswith(outside)] == [], policy
        if not faults:
            loaded.append(policy)
    assert len(loaded) >= len(POLICIES) // 2
    assert [fault.text() for fault in validate(name, policies=loaded)] == []


def _made_kg_per_year(scenario: Scenario, zone: str) -> float:
    """Potential output of a zone of cultivation in kg hydrochloride a year."""

    def figure(key: str) -> float:
        value = scenario.value(f"zones.{zone}.{key}")
        assert value is not None
        return value

    leaf = figure("coca_area_ha") * figure("leaf_yield_kg_per_ha_year") * (1 - figure("legal_leaf_share"))
    product = leaf / figure("leaf_kg_per_kg")
    if scenario.choice(f"zones.{zone}.product") == "paste":
        product *= scenario.value("processing.hydrochloride_kg_per_kg_paste") or 0.0
    return product


def test_world_potential_lies_where_it_was_reported(whole: Scenario) -> None:
    made = sum(_made_kg_per_year(whole, zone) for zone in whole.section("zones"))
    assert 850e3 <= made <= 1000e3
    valley = _made_kg_per_year(whole, "pe-vrae")
    assert 170e3 <= valley <= 230e3


def test_consumption_and_plausible_seizures_balance_production(whole: Scenario) -> None:
    made = sum(_made_kg_per_year(whole, zone) for zone in whole.section("zones"))
    used = sum(
        whole.value(f"markets.{market}.consumption_kg_per_year") or 0 for market in whole.section("markets")
    )
    assert 0.25 <= 1 - used / made <= 0.45


def test_balance_comment_agrees_with_the_numbers(whole: Scenario) -> None:
    """The header of the zones states the balance; it must not outlive the numbers."""
    text = (data_folder("scenarios") / f"{WHOLE}.toml").read_text(encoding="utf-8")
    found = re.search(r"(\d+) t in all", text)
    assert found is not None
    made = sum(_made_kg_per_year(whole, zone) for zone in whole.section("zones"))
    assert abs(made / 1000 - float(found[1])) <= 2


def test_prices_rise_from_the_zones_to_the_markets(scenario: Scenario) -> None:
    dearest_zone = max(
        scenario.value(f"zones.{zone}.price_usd_per_kg") or 0 for zone in scenario.section("zones")
    )
    cheapest = min(
        scenario.value(f"markets.{each}.price_usd_per_kg") or 0 for each in scenario.section("markets")
    )
    assert dearest_zone < cheapest


def test_marginal_cost_is_below_the_price_in_every_zone(scenario: Scenario) -> None:
    for zone in scenario.section("zones"):
        cost = scenario.value(f"zones.{zone}.marginal_cost_usd_per_kg")
        price = scenario.value(f"zones.{zone}.price_usd_per_kg")
        assert cost is not None and price is not None
        assert cost < price, zone


def _reached(scenario: Scenario, zone: str) -> set[str]:
    """Places that goods of a zone can reach as hydrochloride; paste stays in its countries until refined."""
    kept, countries = set(scenario.places), known_places()
    paste_countries = set(scenario.ids("processing.paste_countries") or ())
    refining = set(scenario.ids("processing.places") or ())
    ways: dict[str, list[str]] = {}
    for link in known_links():
        if link.from_ in kept and link.to in kept:
            ways.setdefault(link.from_, []).append(link.to)
    open_ends = [(zone, str(scenario.choice(f"zones.{zone}.product")))]
    seen = set(open_ends)
    while open_ends:
        place, product = open_ends.pop()
        onward = [
            (to, product)
            for to in ways.get(place, ())
            if product != "paste" or countries[to] in paste_countries
        ]
        if product == "paste" and place in refining:
            onward.append((place, "hydrochloride"))
        new = [each for each in onward if each not in seen]
        seen.update(new)
        open_ends += new
    return {place for place, product in seen if product == "hydrochloride"}


def test_every_zone_reaches_a_market_and_every_market_is_reached(scenario: Scenario) -> None:
    markets = set(scenario.section("markets"))
    reached: set[str] = set()
    for zone in scenario.section("zones"):
        there = _reached(scenario, zone) & markets
        assert there, f"{scenario.name}: {zone} reaches no market"
        reached |= there
    assert reached == markets


def test_every_broker_can_reach_one_of_its_markets(scenario: Scenario) -> None:
    for broker in scenario.section("brokers"):
        zones = scenario.ids(f"brokers.{broker}.zones") or scenario.section("zones")
        markets = set(scenario.ids(f"brokers.{broker}.markets") or ())
        assert any(_reached(scenario, zone) & markets for zone in zones), broker


def test_places_held_belong_to_territorial_principals(scenario: Scenario) -> None:
    for broker in scenario.section("brokers"):
        if scenario.ids(f"brokers.{broker}.places_held"):
            assert scenario.choice(f"brokers.{broker}.strategy") == "territorial", broker


def test_evidence_carries_a_good_part_of_the_numbers(whole: Scenario) -> None:
    numbers = whole.numbers.values()
    with_claims = sum(bool(number.claims) for number in numbers)
    assert with_claims / len(numbers) > 0.5
    judged = [number.path for number in numbers if number.status == "assumed" and number.low == number.high]
    assert judged == []


def test_reported_raids_keep_their_counts() -> None:
    callao = load_scenario("callao-2017")
    assert callao.value("events.2017-06-kings-of-shejo-port-raid.seized_kg") == 180
    valley = load_scenario("vrae-2010")
    assert valley.value("events.2008-06-vraem-backpacker-parties-raid.seized_kg") == 200
    assert valley.value("events.2010-04-vraem-clans-raid.seized_kg") == 500
    east = load_scenario("guatemala-2020")
    assert "25 people" in (east.text("events.2021-02-los-pelones-raid.text") or "")


def _texts() -> Iterator[tuple[str, str]]:
    for folder in ("scenarios", "policies"):
        for path in sorted(data_folder(folder).glob("*.toml")):
            for at, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                yield f"{path.name}:{at}", line


def test_no_person_is_named() -> None:
    lines = list(_texts())
    assert len(lines) > 3000
    assert [where for where, line in lines if _NAMED_PERSON.search(line)] == []


def _hashes_of_words(text: str) -> dict[str, str]:
    """Hash of every word and pair of neighbouring words, without accents and case."""
    plain = unicodedata.normalize("NFKD", text.lower())
    words = re.findall(r"[a-z0-9]+", "".join(each for each in plain if not unicodedata.combining(each)))
    candidates = {*words, *(" ".join(pair) for pair in pairwise(words))}
    return {hashlib.sha256(f"trasiego {each}".encode()).hexdigest()[:16]: each for each in candidates}


def test_no_name_that_the_evidence_took_out_comes_back() -> None:
    """The names that sources hold and the ledger leaves out are known by their hashes only."""
    known = set((Path(__file__).parents[1] / "evidence" / "name_hashes.txt").read_text("utf-8").split())
    assert len(known) >= 60
    for where, line in _texts():
        found = _hashes_of_words(line)
        assert not known & set(found), f"{where}: {sorted(found[each] for each in known & set(found))}"


def test_the_check_of_names_can_fail() -> None:
    assert _NAMED_PERSON.search("the alleged head, alias the Short One")
    assert _NAMED_PERSON.search("General Somebody took office")
    assert not _NAMED_PERSON.search("the alleged leader of the group, 2018")


def test_titles_of_groups_name_no_unlisted_family(whole: Scenario) -> None:
    """A title that speaks of a clan, family or organisation by a family name is on the short list."""
    family = re.compile(r"\b([A-Z][a-zé]+(?: [A-Z][a-z]+)?) (?:clan|family|Organisation)\b")
    places = {"Other Beni"}
    for group in whole.section("groups"):
        title = whole.text(f"groups.{group}.title") or ""
        found = family.search(title)
        if found and found[1] not in places:
            assert title in FAMILY_GROUPS, title
