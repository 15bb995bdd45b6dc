"""A scenario compiled: places, nodes, links and their numbers, all against the scenario itself."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from small_valley import PLACES

from trasiego.common.faults import Faults
from trasiego.scenario import load_scenario
from trasiego.world.compile import compile_world
from trasiego.world.geography import load_geography
from trasiego.world.network import DOMAINS
from trasiego.world.tables import HYDROCHLORIDE, PASTE

SHIPPED = (
    "northern-route",
    "guatemala-2020",
    "northern-triangle-2011",
    "guatemala-2011",
    "callao-2017",
    "vrae-2010",
)


def number(scenario, mode, name):
    return scenario.value(f"modes.{mode}.{name}", 0.0)


def row(world, name):
    return world.names.links.index(name)


def test_nodes_are_places_by_product_in_the_static_order(valley):
    _scenario, world = valley()
    assert world.names.nodes == (
        "pe-vrae:paste",
        "pe-kimbiri:paste",
        "pe-ayacucho:paste",
        "pe-huancayo:paste",
        "pe-huancayo:hydrochloride",
        "pe-lima:paste",
        "pe-lima:hydrochloride",
        "pe-callao:hydrochloride",
    )
    assert world.nodes.product.tolist() == [PASTE, PASTE, PASTE, PASTE, 1, PASTE, 1, HYDROCHLORIDE]


def test_places_are_those_of_the_cut_in_the_order_of_the_geography(valley):
    _scenario, world = valley()
    order = [place.id for place in load_geography().places]
    assert sorted(world.names.places) == sorted(PLACES)
    assert list(world.names.places) == sorted(PLACES, key=order.index)


def test_hydrochloride_nodes_of_places(valley):
    _scenario, world = valley()
    nodes = dict(zip(world.names.places, world.places.hydrochloride_node.tolist(), strict=True))
    assert nodes["pe-vrae"] == -1 and nodes["pe-callao"] == 7 and nodes["pe-huancayo"] == 4


def test_paste_is_worth_its_yield_in_hydrochloride(valley):
    scenario, world = valley()
    ratio = scenario.value("processing.hydrochloride_kg_per_kg_paste")
    assert world.nodes.equivalent.tolist() == [ratio, ratio, ratio, ratio, 1.0, ratio, 1.0, 1.0]


def test_zone_and_market_sit_on_their_nodes(valley):
    _scenario, world = valley()
    assert world.nodes.zone.tolist() == [0, -1, -1, -1, -1, -1, -1, -1]
    assert world.nodes.market.tolist() == [-1] * 7 + [0]
    assert world.zones.node.tolist() == [0] and world.markets.node.tolist() == [7]


def test_link_ranges_of_nodes(valley):
    _scenario, world = valley()
    starts, tails = world.nodes.link_start, world.links.tail
    assert starts[0] == 0 and starts[-1] == len(world.names.links)
    for n in range(len(world.names.nodes)):
        assert (tails[starts[n] : starts[n + 1]] == n).all()


def test_numbers_of_a_road_are_those_of_its_mode_by_length(valley):
    scenario, world = valley()
    i, km = row(world, "pe-ayacucho--pe-lima--truck--paste"), 562.0
    links = world.links
    assert links.distance_km[i] == km
    assert links.fee_log[i] == pytest.approx(number(scenario, "truck", "fee_log_share_per_1000_km") * 0.562)
    assert links.hazard_reference[i] == pytest.approx(
        number(scenario, "truck", "seizure_hazard_per_1000_km") * 0.562
    )
    assert links.cost_usd_per_kg[i] == pytest.approx(number(scenario, "truck", "cost_usd_per_kg_km") * km)
    assert links.load_kg[i] == number(scenario, "truck", "load_kg")
    assert links.crew_per_load[i] == number(scenario, "truck", "crew_per_load")
    assert links.ratio[i] == 1.0 and links.rent[i] == 0.0 and links.is_processing[i] == 0
    assert DOMAINS[links.domain[i]] == scenario.text("modes.truck.domain")


def test_time_of_a_kilogram_is_haul_by_length_and_handling(valley):
    scenario, world = valley(
        settings=[
            "modes.truck.haul_kg_km_per_member_month=50000",
            "modes.truck.handling_kg_per_member_month=400",
        ]
    )
    i = row(world, "pe-ayacucho--pe-lima--truck--paste")
    assert world.links.time_per_kg[i] == pytest.approx(562.0 / 50_000.0 + 1.0 / 400.0)
    assert scenario.value("modes.truck.haul_kg_km_per_member_month") == 50_000.0


def test_links_without_a_limit_have_none(valley):
    scenario, world = valley()
    for i, name in enumerate(world.names.links):
        mode = world.names.modes[world.links.mode[i]]
        limit = scenario.value(f"modes.{mode}.link_capacity_kg_per_month")
        assert world.links.capacity_kg[i] == (np.inf if limit is None else limit), name


def test_refining_takes_its_yield_and_cost(valley):
    scenario, world = valley()
    i = row(world, "pe-huancayo--processing")
    links = world.links
    assert links.is_processing[i] == 1 and links.distance_km[i] == 0.0
    assert links.ratio[i] == scenario.value("processing.hydrochloride_kg_per_kg_paste")
    assert links.cost_usd_per_kg[i] == scenario.value("processing.cost_usd_per_kg")
    assert world.names.nodes[links.tail[i]] == "pe-huancayo:paste"
    assert world.names.nodes[links.head[i]] == "pe-huancayo:hydrochloride"
    assert links.fee_log[i] == number(scenario, "processing", "fee_log_share_per_border")
    assert links.hazard_reference[i] == number(scenario, "processing", "seizure_hazard_per_border")


@pytest.fixture(scope="module")
def whole():
    scenario = load_scenario("northern-route")
    return scenario, compile_world(scenario)


def test_borders_and_rents_of_the_whole_route(whole):
    scenario, world = whole
    places = {place.id: place for place in load_geography().places}
    rents = {
        country: scenario.value(f"regions.{region}.access_rent")
        for region in scenario.section("regions")
        for country in scenario.ids(f"regions.{region}.countries")
    }
    links = {link.id: link for link in load_geography().links}
    checked = 0
    for i, name in enumerate(world.names.links):
        link = links.get(name.removesuffix("--paste"))
        if link is None or not link.borders_crossed:
            continue
        mode, borders = link.mode, link.borders_crossed
        rise = rents[places[link.to].country] - rents[places[link.from_].country]
        assert world.links.rent[i] == pytest.approx(max(0.0, rise))
        assert world.links.hazard_reference[i] == pytest.approx(
            number(scenario, mode, "seizure_hazard_per_1000_km") * link.distance_km / 1000.0
            + number(scenario, mode, "seizure_hazard_per_border") * borders
        )
        assert world.links.fee_log[i] == pytest.approx(
            number(scenario, mode, "fee_log_share_per_1000_km") * link.distance_km / 1000.0
            + number(scenario, mode, "fee_log_share_per_border") * borders
        )
        assert world.links.cost_usd_per_kg[i] == pytest.approx(
            number(scenario, mode, "cost_usd_per_kg_km") * link.distance_km
            + number(scenario, mode, "cost_usd_per_kg_border") * borders
        )
        checked += 1
    assert checked > 100


def test_land_is_searched_where_goods_leave_and_sea_and_air_where_they_arrive(whole):
    _scenario, world = whole
    country = world.places.country[world.nodes.place]
    arrival = np.isin([DOMAINS[d] for d in world.links.domain], ("sea", "air", "port"))
    expected = np.where(arrival, country[world.links.head], country[world.links.tail])
    np.testing.assert_array_equal(world.links.country, expected)
    assert 0 < arrival.sum() < arrival.size


def test_paste_moves_only_in_countries_that_move_it(whole):
    scenario, world = whole
    allowed = {world.names.countries.index(c) for c in scenario.ids("processing.paste_countries")}
    paste = world.nodes.product[world.links.tail] == PASTE
    for end in (world.links.tail[paste], world.links.head[paste]):
        assert set(world.places.country[world.nodes.place[end]].tolist()) <= allowed


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_worlds_are_sound(name):
    world = compile_world(load_scenario(name))
    links, nodes, opening = world.links, world.nodes, world.opening
    assert (links.tail < links.head).all()
    assert (np.diff(links.tail) >= 0).all()
    assert np.isfinite(links.time_per_kg).all() and (links.time_per_kg > 0.0).all()
    for array in links:
        assert (array >= 0).all()
    # every node has a way in or a zone, and a way out or a market
    entered = np.isin(np.arange(nodes.place.size), links.head) | (nodes.zone >= 0)
    left = (np.diff(nodes.link_start) > 0) | (nodes.market >= 0)
    assert entered.all() and left.all()
    assert (np.diff(nodes.link_start)[nodes.market >= 0] == 0).all()
    works = opening.offer_group[opening.offer_group >= 0]
    assert world.kinds.moves_loads[opening.group_kind[works]].all()
    assert (opening.group_first[works] <= 0).all() and (opening.group_last[works] >= 0).all()
    assert world.principals.access.any(axis=0).all()
    assert len(set(world.names.links)) == len(world.names.links)


@pytest.mark.parametrize("name", SHIPPED[1:])
def test_cut_is_smaller_and_keeps_the_numbers_of_the_whole(name, whole):
    _scenario, world = whole
    cut = compile_world(load_scenario(name))
    assert set(cut.names.places) < set(world.names.places)
    assert set(cut.names.kinds) == set(world.names.kinds)
    common = [link for link in cut.names.links if link in set(world.names.links)]
    assert len(common) > 0.9 * len(cut.names.links)
    for link in common:
        i, j = cut.names.links.index(link), world.names.links.index(link)
        assert cut.links.distance_km[i] == world.links.distance_km[j]


def test_cut_has_its_own_inflow_zones():
    world = compile_world(load_scenario("guatemala-2011"))
    assert world.zones.kind.all() and (world.zones.inflow_kg_per_month > 0.0).all()
    assert (world.nodes.product[world.zones.node] == HYDROCHLORIDE).all()
    assert (world.zones.area_ha == 0.0).all()


def test_yield_of_a_zone_is_leaf_over_leaf_per_kilogram(whole):
    scenario, world = whole
    for z, name in enumerate(world.names.zones):
        leaf = scenario.value(f"zones.{name}.leaf_yield_kg_per_ha_year", 0.0)
        per_kg = scenario.value(f"zones.{name}.leaf_kg_per_kg", 1.0)
        legal = scenario.value(f"zones.{name}.legal_leaf_share", 0.0)
        by_hand = leaf / 12.0 / max(per_kg, 1.0) * (1.0 - legal)
        assert world.zones.product_kg_per_ha_month[z] == pytest.approx(by_hand), name


def test_years_become_months(valley):
    scenario, world = valley()
    yearly = scenario.value("markets.pe-callao.consumption_kg_per_year")
    assert world.markets.consumption_kg_per_month[0] == pytest.approx(yearly / 12.0)
    cleared = scenario.value("zones.pe-vrae.eradication_ha_per_year", 0.0)
    assert world.zones.eradication_ha_per_month[0] == pytest.approx(cleared / 12.0)


def test_growth_of_demand_compounds_to_its_year(valley):
    _scenario, world = valley(settings=["markets.pe-callao.demand_growth_per_year=0.05"])
    assert np.exp(12.0 * world.markets.growth_per_month[0]) == pytest.approx(1.05)


def test_scalar_numbers_and_switches_are_those_of_the_scenario(valley):
    scenario, world = valley(settings=["switches.raids=false"])
    for section, values in world.numbers.items():
        for name, value in values.items():
            assert value == scenario.value(f"{section}.{name}")
    assert not world.switches["raids"] and world.switches["bribery"]


def test_another_compile_gives_the_same_world(valley):
    _scenario, one = valley()
    _scenario, other = valley()
    for part, values in vars(one).items():
        if hasattr(values, "_asdict"):
            for field, array in values._asdict().items():
                np.testing.assert_array_equal(getattr(getattr(other, part), field), array)
        else:
            assert getattr(other, part) == values


class Renamed:
    """A scenario as it would be with other ids for its places."""

    def __init__(self, scenario, names):
        self.scenario, self.names = scenario, names
        self.back = {names[place]: place for place in names}
        self.places = [names[place] for place in scenario.places]

    def __getattr__(self, name):
        return getattr(self.scenario, name)

    def path(self, path):
        return ".".join(self.back.get(part, part) for part in path.split("."))

    def section(self, name):
        return [self.names.get(each, each) for each in self.scenario.section(name)]

    def ids(self, path):
        return tuple(self.names.get(each, each) for each in self.scenario.ids(self.path(path)))

    def value(self, path, default=None):
        return self.scenario.value(self.path(path), default)

    def text(self, path):
        return self.scenario.text(self.path(path))


def renamed(geography, names):
    """The geography with other ids for its places, in the same rows."""
    other = {place.id: names.get(place.id, place.id) for place in geography.places}
    return replace(
        geography,
        places=tuple(replace(place, id=other[place.id]) for place in geography.places),
        links=tuple(replace(link, from_=other[link.from_], to=other[link.to]) for link in geography.links),
    )


def test_ids_of_places_change_nothing_but_names(valley):
    """The places of the cut get ids that sort the other way round; every array stays as it was."""
    scenario, world = valley()
    names = {name: f"z-{9 - i}" for i, name in enumerate(sorted(PLACES))}
    again = compile_world(Renamed(scenario, names), renamed(load_geography(), names))
    assert again.names.places == tuple(names[name] for name in world.names.places)
    for part, values in vars(world).items():
        if part != "names" and hasattr(values, "_asdict"):
            for field, array in values._asdict().items():
                np.testing.assert_array_equal(getattr(getattr(again, part), field), array, err_msg=field)


def test_zone_without_a_way_to_a_market_is_a_fault(valley):
    places = tuple(place for place in PLACES if place != "pe-ayacucho")
    with pytest.raises(Faults, match="pe-vrae"):
        valley(places=places)


def test_table_too_small_for_the_opening_is_a_fault(valley):
    with pytest.raises(Faults, match=r"organisation\.group_slots"):
        valley(settings=["organisation.group_slots=16"])


def test_scenario_without_the_kinds_of_unnamed_groups_is_a_fault():
    small = Path(__file__).parents[1] / "bad" / "small.toml"
    with pytest.raises(Faults, match="kinds.transport_network|kinds.producer_clan"):
        compile_world(load_scenario(str(small)))
