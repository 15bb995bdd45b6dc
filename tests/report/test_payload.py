import json
from types import SimpleNamespace

import numpy as np
import pytest

from trasiego.analysis import scorecard, summarise
from trasiego.report.encoding import decode
from trasiego.report.events import EVENT_CLASSES, event_rows
from trasiego.report.flows import flows_payload, links_payload, moving_links, places_payload, seized_share
from trasiego.report.groups import group_rows
from trasiego.report.payload import build_payload, warnings
from trasiego.report.rows import evidence_payload, scorecard_rows
from trasiego.report.series import kinds_payload, market_region, region_prices, series_payload
from trasiego.report.strings import page_texts


def test_flows_are_the_medians_of_the_result(small):
    fields = flows_payload(small.dataset)
    median = small.dataset["link_flow_kg_quantile"].sel(quantile=0.5).transpose("link", "month").values
    assert decode(fields["middle"]) == pytest.approx(median, rel=0.04, abs=0.01)
    assert set(fields) == {"one", "low", "middle", "high", "seized_share"}


def test_a_single_run_is_shown_as_itself(make_result):
    result = make_result(runs=1, months=6)
    assert set(flows_payload(result.dataset)) == {"one", "seized_share"}
    assert all(len(series["bands"]) == 1 for series in series_payload(result.dataset).values())


def test_seized_share_is_taken_over_twelve_months_and_all_kept_runs(small):
    dataset = small.dataset.copy(deep=True)
    dataset["link_flow_kg"][:] = 100.0
    dataset["link_seized_kg"][:] = 0.0
    dataset["link_seized_kg"][0, 20, 3] = 96.0  # one kept run of four, month 20, link 3
    share = seized_share(dataset)
    assert share[3, 19] == 0
    assert share[3, 20] == pytest.approx(96 / (12 * 4 * 100))
    assert share[3, 31] == pytest.approx(96 / (12 * 4 * 100))
    assert share[3, 32] == 0
    assert not np.delete(share, 3, axis=0).any()


def test_seized_share_of_an_unused_link_is_zero(small):
    dataset = small.dataset.copy(deep=True)
    dataset["link_flow_kg"][:] = 0.0
    assert not seized_share(dataset).any()


def test_processing_is_left_out_of_the_map(small):
    dataset = small.dataset
    stays = dataset["link_to"].values.copy()
    stays[2] = dataset["link_from"].values[2]
    changed = dataset.assign_coords(link_to=("link", stays))
    assert moving_links(changed).sizes["link"] == dataset.sizes["link"] - 1
    assert moving_links(dataset).sizes["link"] == dataset.sizes["link"]


def test_links_point_at_places_by_position(small):
    links, places = links_payload(small.dataset), places_payload(small.dataset)
    ends = [(places["id"][a], places["id"][b]) for a, b in zip(links["from"], links["to"], strict=True)]
    assert ends == list(zip(small.dataset["link_from"].values, small.dataset["link_to"].values, strict=True))


def test_the_busiest_place_counts_most(small):
    places = places_payload(small.dataset)
    mean = small.dataset["link_flow_kg"].mean(("flow_run", "month")).values
    into = small.dataset["link_to"].values == "gt-zacapa"
    out = small.dataset["link_from"].values == "gt-zacapa"
    expected = mean[into].sum() + mean[out].sum()
    assert places["importance"][places["id"].index("gt-zacapa")] == pytest.approx(expected, rel=1e-3)


def test_bands_are_quantiles_over_runs_in_tonnes(small):
    bands = np.array(series_payload(small.dataset)["produced"]["bands"])
    tonnes = small.dataset["produced_kg"].values / 1000
    assert bands == pytest.approx(np.quantile(tonnes, (0.05, 0.25, 0.5, 0.75, 0.95), axis=0), rel=1e-3)


def test_prices_of_a_region_are_weighted_by_use(make_result):
    dataset = make_result(runs=2, months=3).dataset.copy(deep=True)
    countries = {"us-south-central": "US", "eu-iberia": "ES"}
    assert [str(name) for name in dataset["market"].values] == list(countries)
    relabelled = dataset["place_country"].values.copy()
    relabelled[list(dataset["place"].values).index("eu-iberia")] = "US"
    dataset = dataset.assign_coords(place_country=("place", relabelled))
    dataset["market_price_usd_per_kg"][:] = [10.0, 40.0]
    dataset["market_consumed_kg"][:] = [300.0, 100.0]
    found = region_prices(dataset)
    assert list(found) == ["us"]
    assert found["us"] == pytest.approx(np.full((2, 3), 17.5))


def test_regions():
    assert [market_region(country) for country in ("US", "ES", "BR", "")] == [
        "us",
        "europe",
        "other",
        "other",
    ]


def test_kinds_without_groups_are_left_out(small):
    dataset = small.dataset.copy(deep=True)
    dataset["groups_active_by_kind"][..., 1] = 0
    kinds = [row["kind"] for row in kinds_payload(dataset)]
    assert str(dataset["kind"].values[1]) not in kinds
    assert kinds[0] == "transport_network"


def test_events_stand_at_their_month_or_outside(small):
    rows = event_rows(small.manifest, ["2009-06", "2010-07"], {"HN": "Honduras"})
    assert [row["month"] for row in rows] == [0, 1, 1, None, None, None]
    assert rows[2]["targets"] == ["Honduras"]
    assert rows[-1]["date"] == "2031-01"


def test_one_report_with_several_targets_is_one_event():
    report = {"date": "2011-09", "kind": "aid", "text": "Paid out.", "claims": ["e040"]}
    events = [
        {**report, "target": "GT"},
        {**report, "target": "HN", "claims": ["e040", "f378"]},
        {**report, "target": "HN", "text": "Something else."},
    ]
    rows = event_rows({"events": events}, ["2011-09"], {"GT": "Guatemala"})
    assert [(row["targets"], row["claims"]) for row in rows] == [
        (["Guatemala", "HN"], ["e040", "f378"]),
        (["HN"], ["e040"]),
    ]
    assert [row["class"] for row in rows] == ["state", "state"]


def test_each_kind_of_event_has_a_label_and_a_colour():
    from trasiego.scenario.event_checks import EVENT_KINDS

    assert set(EVENT_CLASSES) == set(EVENT_KINDS)
    assert {f"event.{kind}" for kind in EVENT_KINDS} <= set(page_texts())


def test_groups_show_their_standing_and_unnamed_slots_are_left_out(small):
    dataset = small.dataset
    titles = dataset["group_title"].values.copy()
    titles[0] = dataset["group"].values[0]
    scenario = SimpleNamespace(choice=lambda path: path.split(".")[1], ids=lambda path: ("g001",))
    rows = group_rows(dataset.assign_coords(group_title=("group", titles)), scenario)
    assert rows[0]["title"] == "Group 1", "the largest named one stands first"
    assert rows[0]["standing"] == "group-1"
    assert rows[0]["kept"] == dataset.sizes["flow_run"]
    assert group_rows(dataset, None)[0]["standing"] is None


def test_failures_stand_first_in_the_scorecard(small):
    rows = scorecard_rows(scorecard(small))
    order = [{False: 0, True: 1, None: 2}[row["holds"]] for row in rows]
    assert order == sorted(order)
    assert {0, 2} <= set(order), "a made-up result should fail somewhere and leave something open"
    assert json.dumps(rows, allow_nan=False)


def test_statuses_of_numbers_are_counted(ledger):
    numbers = {
        f"a.{place}": SimpleNamespace(status=status)
        for place, status in enumerate(["assumed"] * 3 + ["derived"])
    }
    found = evidence_payload(["f002", "f001", "f001", "unknown"], SimpleNamespace(numbers=numbers), ledger)
    assert found["numbers"] == {"assumed": 3, "derived": 1}
    assert [claim["id"] for claim in found["claims"]] == ["f001", "f002"]
    assert evidence_payload([], None, ledger)["numbers"] == {}


def test_numbers_of_a_scenario_that_changed_since_are_not_counted(small, ledger):
    texts = page_texts()
    scenario = SimpleNamespace(
        hash="another",
        numbers={"a": SimpleNamespace(status="assumed")},
        choice=lambda path: None,
        ids=lambda path: (),
    )
    payload = build_payload(small, [], summarise(small), ledger, texts, scenario)
    assert payload["evidence"]["numbers"] == {}
    scenario.hash = small.manifest["scenario_hash"]
    payload = build_payload(small, [], summarise(small), ledger, texts, scenario)
    assert payload["evidence"]["numbers"] == {"assumed": 1}


def test_a_run_cut_short_and_a_full_table_are_told(make_result):
    texts = page_texts()
    result = make_result(runs=2, months=3)
    assert warnings(result, texts) == []
    result.manifest["complete"] = False
    result.dataset["full_table"][1, 1:] = [1, 4]
    full = texts["warning_full"].format(number=4, touched=1, runs=2)
    assert warnings(result, texts) == [texts["warning_incomplete"], full]
