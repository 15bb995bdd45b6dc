"""Measures of prices, volumes, chains and seizures against answers reckoned by hand."""

import numpy as np
import pytest

from trasiego.analysis.measures import MEASURES, chains, prices, seizures, violence, volumes
from trasiego.analysis.view import NotMeasurable

VALLEY = ["pe-vrae", "pe-kimbiri"]


def test_every_measure_has_the_name_that_patterns_use():
    assert len(MEASURES) > 20
    for name, measure in MEASURES.items():
        assert name == f"{measure.__module__.rpartition('.')[2]}.{measure.__name__}"


def test_source_price_is_the_mean_of_the_months(world):
    world.arrays["zone_price_usd_per_kg"][0, :, 0] = np.arange(24) + 800
    world.arrays["zone_price_usd_per_kg"][1, :, 0] = 900
    assert prices.source_price(world.view(), "pe-vrae") == pytest.approx([811.5, 900])


def test_a_zone_that_is_not_there_says_so(world):
    with pytest.raises(NotMeasurable, match="pe-huallaga is not in this scenario"):
        prices.source_price(world.view(), "pe-huallaga")


def test_stage_of_zones_counts_paste_only_and_weighs_by_mass(world):
    world.set("zone_price_usd_per_kg", "zone", {"pe-vrae": 900, "co-narino": 4000})
    world.set("zone_produced_kg", "zone", {"pe-vrae": 10, "co-narino": 1000})
    assert prices.stage_price(world.view(), "source") == pytest.approx([900, 900])


def test_stage_of_places_weighs_by_what_leaves(world):
    world.flows(to_honduras=100, into_zacapa=30, into_peten=10, from_zacapa=30)
    prices_of = {"hn-colon": 10_000, "gt-zacapa": 13_000, "gt-peten": 99_000}
    world.set("place_price_usd_per_kg", "place", prices_of)
    view = world.view()
    assert prices.stage_price(view, "central-america") == pytest.approx([10_000, 10_000])
    assert prices.transit_price(view, "GT") == pytest.approx([13_000, 13_000])


def test_transit_price_is_the_median_month(world):
    world.flows(from_zacapa=30, from_peten=10)
    world.set("place_price_usd_per_kg", "place", {"gt-zacapa": 12_000, "gt-peten": 16_000})
    world.arrays["place_price_usd_per_kg"][1, :11] *= 5
    assert prices.transit_price(world.view(), "GT") == pytest.approx([13_000, 13_000])


def test_stage_of_markets_weighs_by_consumption(world):
    world.set("market_price_usd_per_kg", "market", {"us-west": 26_000, "eu-iberia": 50_000})
    world.set("market_consumed_kg", "market", {"us-west": 1, "eu-iberia": 5})
    assert prices.stage_price(world.view(), "united-states") == pytest.approx([26_000, 26_000])
    assert prices.stage_price(world.view(), "europe") == pytest.approx([50_000, 50_000])


def ladder(world, mexico):
    world.set("zone_price_usd_per_kg", "zone", {"pe-vrae": 900})
    world.set("zone_produced_kg", "zone", {"pe-vrae": 10})
    world.flows(into_zacapa=30, over_the_line=20)
    world.set("place_price_usd_per_kg", "place", {"hn-colon": 10_000, "mx-tapachula": mexico})
    world.set("market_price_usd_per_kg", "market", {"us-west": 26_000, "eu-iberia": 50_000})
    world.set("market_consumed_kg", "market", {"us-west": 1, "eu-iberia": 5})
    return world.view()


def test_all_steps_rise(world):
    assert prices.rising_steps(ladder(world, 14_000)) == pytest.approx([1, 1])


def test_one_of_four_steps_falls(world):
    assert prices.rising_steps(ladder(world, 9_000)) == pytest.approx([0.75, 0.75])


def test_border_share_of_rise(world):
    world.flows(to_port=10, by_ship=10)
    value = {"pe-lobo": 1000, "pe-callao": 1000 * np.e, "eu-iberia": 1000 * np.e**4}
    world.set("place_price_usd_per_kg", "place", value)
    assert prices.border_share_of_rise(world.view()) == pytest.approx([0.75, 0.75])


def test_yearly_outflow_leaves_the_region_once(world):
    world.flows(valley=5000, by_pickup=3000, on_foot=1000, refining=9000)
    assert volumes.yearly_outflow_t(world.view(), VALLEY) == pytest.approx([48, 48])


def test_mode_share(world):
    world.flows(by_pickup=300, on_foot=100, valley=999)
    share = volumes.mode_share(world.view(), VALLEY, ["pe-lobo"], ["pickup", "truck"])
    assert share == pytest.approx([0.75, 0.75])


def test_mode_share_of_nothing_is_not_measurable(world):
    with pytest.raises(NotMeasurable):
        volumes.mode_share(world.view(), VALLEY, ["pe-lobo"], ["pickup"])


def test_share_that_passed_mixes_what_meets_and_counts_arrivals(world):
    # 60 of 80 kg arrive over Guatemala, 20 past it: three quarters of what goes on had passed.
    world.flows(to_honduras=80, into_zacapa=40, into_peten=40, from_zacapa=40, from_peten=40)
    world.flows(past_triangle=20, over_the_line=50)
    world.set("link_seized_kg", "link", {"from-peten": 20})
    world.set("zone_produced_kg", "zone", {"co-narino": 100})
    share = volumes.share_that_passed(world.view(), ["GT", "HN", "SV"], "MX", "US")
    assert share == pytest.approx([0.75, 0.75])


def test_inflow_ratio_between_years(make_world):
    world = make_world(start="2011-01", months=72)
    world.arrays["country_inflow_kg"][:, :12, world.at("country", "HN")] = 20_000
    world.arrays["country_inflow_kg"][:, 48:, world.at("country", "HN")] = 4_000
    years = (["2011-01", "2011-12"], ["2015-01", "2016-12"])
    assert volumes.inflow_ratio_between_years(world.view(), "HN", *years) == pytest.approx([0.2, 0.2])


def test_a_short_run_has_no_later_years(world):
    with pytest.raises(NotMeasurable, match="0 of the 24 months"):
        volumes.inflow_ratio_between_years(world.view(), "HN", ["2010-01", "2010-12"], ["2015-01", "2016-12"])


def test_seizures_at_the_source_in_hydrochloride(world):
    # 1000 kg of paste make 500 kg of hydrochloride; 25 kg of these are 5 percent.
    world.set("zone_produced_kg", "zone", {"pe-vrae": 1000})
    world.arrays["produced_kg"][:] = 500
    world.set("country_seized_kg", "country", {"PE": 25, "GT": 400})
    assert seizures.source_share(world.view(), "PE") == pytest.approx([0.05, 0.05])


def test_no_source_in_a_transit_country(world):
    world.set("zone_produced_kg", "zone", {"pe-vrae": 1000})
    with pytest.raises(NotMeasurable, match="nothing is made in GT"):
        seizures.source_share(world.view(), "GT")


def test_overall_seizures(world):
    world.arrays["seized_kg"][:] = [[10], [20]]
    world.arrays["delivered_kg"][:] = [[90], [20]]
    assert seizures.overall_share(world.view()) == pytest.approx([0.1, 0.5])


def test_homicide_rate_and_ratio(world):
    world.set("country_homicides_per_100k", "country", {"GT": 40, "HN": 80, "MX": 20})
    view = world.view()
    assert violence.homicide_rate(view, "GT") == pytest.approx([40, 40])
    assert violence.homicide_ratio(view, ["GT", "HN"], "MX") == pytest.approx([3, 3])


def test_similarity_starts_in_the_second_year(world):
    world.arrays["chain_similarity"][:, :12] = 1.0
    world.arrays["chain_similarity"][0, 12:] = 0.3
    world.arrays["chain_similarity"][1, 12:] = np.r_[np.full(7, 0.6), np.full(5, 0.9)]
    assert chains.year_on_year_similarity(world.view()) == pytest.approx([0.3, 0.6])


def test_similarity_needs_a_second_year(make_world):
    with pytest.raises(NotMeasurable, match="shorter than 13 months"):
        chains.year_on_year_similarity(make_world(months=12).view())


def test_escort_fee_and_share(world):
    world.flows(by_pickup=400, on_foot=100)
    world.set("link_escorted_kg", "link", {"by-pickup": 100, "on-foot": 5})
    # half of a passage of 200 km each, so half of the fee
    world.set("group_revenue_usd", "group", {"guards": 105 * 55 / 2, "port-men": 1e6})
    view = world.view()
    assert chains.escort_income_per_kg(view, "PE", 200) == pytest.approx([55, 55])
    assert chains.escorted_share(view, VALLEY, ["pickup"]) == pytest.approx([0.25, 0.25])
    assert chains.escorted_share(view, VALLEY, ["foot"]) == pytest.approx([0.05, 0.05])


def test_no_escort_no_fee(world):
    with pytest.raises(NotMeasurable, match="nothing is escorted"):
        chains.escort_income_per_kg(world.view(), "PE", 200)


def test_port_after_its_leader_was_lost(world):
    ship = world.at("link", "by-ship")
    world.arrays["link_flow_kg"][:, :12, ship] = 100
    world.arrays["link_flow_kg"][:, 12, ship] = 7777
    world.arrays["link_flow_kg"][:, 13:, ship] = 90
    world.arrays["group_revenue_usd"][:, 13:19, world.at("group", "port-men")] = 5
    world.event("2011-01", "leader_arrest", "port-men")
    view = world.view()
    by_ship = chains.port_volume_after_loss(view, "pe-callao", "PE", ["container_ship"])
    assert by_ship == pytest.approx([0.9, 0.9])
    assert chains.port_service_after_loss(view, "PE") == pytest.approx([6 / 11, 6 / 11])


def test_no_event_no_before_and_after(world):
    with pytest.raises(NotMeasurable, match="no such event is scripted"):
        chains.port_service_after_loss(world.view(), "PE")


def test_an_event_at_the_edge_of_the_run_is_no_experiment(world):
    world.event("2010-02", "leader_arrest", "port-men")
    with pytest.raises(NotMeasurable, match="3 months of the run before and after"):
        chains.port_service_after_loss(world.view(), "PE")
