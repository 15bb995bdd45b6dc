"""The network, whole runs, and the docking table of the reference program."""

import csv
import os
from dataclasses import replace

import numpy as np
import pytest
from small_networks import line, two_sides

from validation.narcologic import dock, experiment
from validation.narcologic.interdiction import least_capacity
from validation.narcologic.land import central_america, contains, distance_km
from validation.narcologic.network import NEITHER, build, generate, rising_edges, spread
from validation.narcologic.parameters import Parameters
from validation.narcologic.prices import initial_costs, price_field
from validation.narcologic.reference import FOLDER_VARIABLE, read_series, series_folder, summary
from validation.narcologic.routes import opening_routes
from validation.narcologic.rows import CAPACITIES, DIRECTION, FAILED, OUTSIDE, REPRODUCED, mechanism_rows
from validation.narcologic.run import send, simulate
from validation.narcologic.table import END, README, START, short_table

PUBLISHED = Parameters()


@pytest.fixture(scope="module")
def land():
    return central_america()


@pytest.fixture(scope="module")
def network(land):
    return generate(0, land)


# The network


def test_the_network_has_the_published_size_and_rises(network):
    assert network.size == 156
    assert 850 <= network.tail.size <= 1100
    assert (network.tail < network.head).all()
    assert len(set(zip(network.tail, network.head, strict=True))) == network.tail.size
    assert (network.trafficker[[0, -1]] == NEITHER).all()
    assert set(network.trafficker[1:-1]) == {0, 1}


def test_a_seed_gives_one_network(land, network):
    again, other = generate(0, land), generate(1, land)
    assert (again.longitude == network.longitude).all() and (again.head == network.head).all()
    assert not np.array_equal(other.longitude, network.longitude)


def test_edges_follow_the_published_rule():
    class Half:
        def random(self):
            return 0.5

        def choice(self, later, count, replace):
            return later[:count]

    edges = rising_edges(41, Half())
    assert len([edge for edge in edges if edge[0] == 0]) == 42
    assert len([edge for edge in edges if edge[1] == 42]) == 42
    assert [edge for edge in edges if edge[0] == 1] == [(1, 42), (1, 2), (1, 3)]
    assert [edge for edge in edges if edge[0] == 40] == [(40, 42), (40, 41)]
    assert (0, 42) not in rising_edges(41, Half(), direct=False)


def test_points_go_to_divisions_by_area_after_their_places():
    assert spread([1, 1, 4], [10.0, 1.0, 1.0], 9) == [4, 1, 4]


def test_coasts_and_divisions_are_where_they_are(land):
    limon, puntarenas = np.array([-83.036]), np.array([-84.8379])
    assert distance_km(limon, np.array([9.9907]), land.caribbean)[0] < 15
    assert distance_km(puntarenas, np.array([9.9769]), land.pacific)[0] < 15
    assert distance_km(limon, np.array([9.9907]), land.pacific)[0] > 80
    one = np.array([[0.0, 0.0, 0.0, 1.0]])
    assert distance_km(np.array([1.0]), np.array([0.5]), one)[0] == pytest.approx(111.19, abs=0.1)
    peten = next(each for each in land.divisions if each.id == "GTM-1944")
    assert contains(peten.rings[0], -89.8994, 16.9226)
    assert not contains(peten.rings[0], -90.5133, 14.6407)


@pytest.mark.parametrize("edges", [[(0, 1), (1, 2), (2, 1)], [(0, 1), (0, 2)], [(0, 2), (1, 2)]])
def test_a_network_that_the_rules_cannot_run_on_is_refused(edges):
    with pytest.raises(ValueError, match="edge"):
        build([0, 1, 2], [0, 0, 0], [NEITHER, 0, NEITHER], edges)


# Runs


def sent_by_hand(chosen):
    """Send 100 kg over a line of one land node and return stock, flow and seized by edge."""
    small = line(1)
    stock = np.array([100.0, 0.0, 0.0])
    price = price_field(small, PUBLISHED)
    cost = initial_costs(small, PUBLISHED)
    gain = price[small.head] - price[small.tail]
    routes = opening_routes(small, gain - cost)
    hit = np.array([pair in chosen for pair in zip(small.tail, small.head, strict=True)])
    flow, seized = send(small, routes, stock, gain, cost, np.full(3, 0.1), hit, PUBLISHED)
    pairs = list(zip(small.tail.tolist(), small.head.tolist(), strict=True))
    return stock, dict(zip(pairs, flow, strict=True)), dict(zip(pairs, seized, strict=True))


def test_goods_move_through_in_one_month_and_a_hit_takes_the_whole_edge():
    stock, flow, seized = sent_by_hand(())
    assert stock[2] == pytest.approx(100.0) and sum(seized.values()) == 0
    assert flow[0, 1] + flow[0, 2] == pytest.approx(100.0)
    assert flow[1, 2] == pytest.approx(flow[0, 1])
    stock, flow, seized = sent_by_hand({(0, 1)})
    assert seized[0, 1] == flow[0, 1] > 0 and flow[1, 2] == 0
    assert stock[2] == pytest.approx(flow[0, 2])


def test_every_kilogram_arrives_is_seized_or_waits(network):
    for parameters in (PUBLISHED, replace(PUBLISHED, edge_limit_kg=3.0)):
        series = simulate(network, parameters, 30)
        given = series.supply_kg.sum()
        assert series.delivered_kg.sum() + series.seized_kg.sum() + series.stock_kg[-1] == pytest.approx(
            given
        )
    assert series.stock_kg[-1] > 0, "a low limit of the edges leaves goods waiting"


def test_without_an_agent_nothing_is_seized_and_no_route_opens():
    series = simulate(two_sides(6), replace(PUBLISHED, capacity_most=0), 24)
    assert least_capacity(replace(PUBLISHED, capacity_most=0)) == 0
    assert series.seized_kg.sum() == 0
    # One way in and on for each trafficker: by air the direct way costs 3,486 USD/kg and earns 3,472.
    assert set(series.active_routes[1:]) == {4.0}
    assert series.cost_most[-1] == series.cost_most[1]


def test_a_run_is_fixed_by_its_network_and_a_short_run_is_the_start_of_a_long_one(network):
    short, long, again = (simulate(network, PUBLISHED, months) for months in (15, 30, 30))
    assert (long.seized_kg == again.seized_kg).all()
    assert (long.seized_kg[:15] == short.seized_kg).all()
    assert long.supply_kg[0] == 0 and long.seizures[0] == 0


def test_the_ratchet_only_matters_once_a_premium_is_paid(network):
    published = simulate(network, PUBLISHED, 40)
    mended = simulate(network, replace(PUBLISHED, mend_ratchet=True), 40)
    assert (published.seized_kg[:6] == mended.seized_kg[:6]).all()
    assert published.cost_most[-1] > 10 * mended.cost_most[-1]


# The docking table


def test_the_mechanism_rows_are_reproduced_and_a_wrong_number_is_not():
    assert [row.row for row in mechanism_rows(PUBLISHED)] == [1, 2, 3, 4, 7, 8]
    assert {row.verdict for row in mechanism_rows(PUBLISHED)} == {REPRODUCED}
    wrong = mechanism_rows(replace(PUBLISHED, beta=0.6, supply_growth_per_year=0.7))
    assert [row.row for row in wrong if row.verdict == FAILED] == [1, 2, 3, 4]


def test_the_committed_table_has_every_row_and_variant():
    with dock.RESULT.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    found = {(int(row["row"]), row["variant"]) for row in rows}
    first, *others = dock.VARIANTS
    assert found == {(row, first) for row in range(1, 14)} | {
        (row, variant) for row in range(9, 14) for variant in others
    }
    assert {row["verdict"] for row in rows} <= {REPRODUCED, DIRECTION, FAILED, OUTSIDE}


def test_the_readme_shows_the_committed_table():
    section = README.read_text("utf-8").partition(START)[2].partition(END)[0]
    assert section.strip() == short_table(dock.RESULT)


@pytest.mark.parametrize(
    ("judge", "good", "near", "bad"),
    [
        (
            dock.share_verdict,
            (0.018, 0.034, 0.057, 0.071),
            (0.05, 0.06, 0.07, 0.08),
            (0.02, 0.03, 0.06, 0.05),
        ),
        (dock.value_verdict, (10, 9, 8, 7), (10, 9, 9, 8), (10, 9, 9.5, 7)),
        (dock.routes_verdict, (10, 11, 12, 9), (10, 11, 11, 9), (10, 11, 9, 12)),
    ],
)
def test_the_verdicts(judge, good, near, bad):
    assert [judge(row) for row in (good, near, bad)] == [REPRODUCED, DIRECTION, FAILED]
    assert dock.nodes_verdict((100, 98, 96, 97)) == REPRODUCED
    assert dock.nodes_verdict((100, 96, 120, 130)) == FAILED


@pytest.mark.slow
def test_rows_10_to_13_hold_in_direction_between_the_ends(land):
    networks = [generate(seed, land) for seed in range(6)]
    figures = dock.aggregates(dock.run_all(networks, replace(PUBLISHED, mend_ratchet=True)))

    def middle(name):
        return [np.median([getattr(each, name) for each in figures[capacity]]) for capacity in CAPACITIES]

    share, value = middle("seized_share"), middle("usd_per_seizure")
    nodes, routes = middle("active_nodes"), middle("active_routes")
    assert share[-1] > 1.2 * share[0]
    assert value[-1] <= 0.7 * value[0]
    assert nodes[2] >= 0.97 * nodes[0]
    assert routes[2] >= 1.2 * routes[0]


def test_the_shipped_sums_are_those_of_the_reference_series():
    folder = series_folder()
    if folder is None:
        pytest.skip(f"the reference series are not shipped; name their folder in {FOLDER_VARIABLE}")
    for capacity, shipped in summary().items():
        series = {name: np.array(column) for name, column in read_series(folder, capacity).items()}
        part = {name: column[12:60] for name, column in series.items()}
        seized, count = part["seized_kg"].sum(), part["n_seizures"].sum()
        assert shipped.seized_share == pytest.approx(seized / part["primary_kg"].sum(), abs=1e-5)
        assert shipped.kg_per_seizure == pytest.approx(seized / count, abs=1e-3)
        assert shipped.usd_per_seizure == pytest.approx(part["seized_value_usd"].sum() / count, abs=0.1)
        assert shipped.seizures_per_month == pytest.approx(count / 48, abs=1e-3)
        assert shipped.active_nodes == pytest.approx(part["active_nodes"].mean(), abs=1e-2)
        assert shipped.active_routes == pytest.approx(part["active_routes"].mean(), abs=1e-2)


def test_the_shipped_sums_are_the_numbers_of_the_rows():
    found = summary()
    assert tuple(found) == CAPACITIES
    assert [round(each.seized_share, 4) for each in found.values()] == list(dock.SHARE)
    assert [round(each.usd_per_seizure) for each in found.values()] == list(dock.VALUE)
    assert [round(each.active_nodes, 1) for each in found.values()] == list(dock.NODES)
    assert [round(each.active_routes, 1) for each in found.values()] == list(dock.ROUTES)


def test_the_folder_of_the_series_comes_from_the_environment(monkeypatch):
    monkeypatch.delenv(FOLDER_VARIABLE, raising=False)
    assert series_folder() is None
    monkeypatch.setenv(FOLDER_VARIABLE, "somewhere")
    assert os.fspath(series_folder()) == "somewhere"


# The same question asked of the model


def test_strengths_are_multiples_of_those_of_the_scenario():
    one, three = experiment.strengths(1), experiment.strengths(3)
    assert [text.partition("=")[0] for text in one] == [
        f"countries.{country}.interdiction_strength" for country in experiment.TRANSIT
    ]
    for low, high in zip(one, three, strict=True):
        assert float(high.partition("=")[2]) == pytest.approx(3 * float(low.partition("=")[2]))


@pytest.mark.parametrize("setup", list(experiment.SETUPS))
def test_the_readme_shows_the_committed_experiment(setup):
    with experiment.RESULT.open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["setup"] == setup]
    assert [int(row["times"]) for row in rows] == list(experiment.TIMES)
    shown = README.read_text("utf-8")
    for name, scale, form in (
        ("inflow_kg_per_month", 1, ",.0f"),
        ("seized_share", 100, ".0f"),
        ("usd_per_load", 1e-3, ",.0f"),
        ("usd_per_link_month", 1e-3, ",.0f"),
        ("active_places", 1, ".0f"),
        ("active_links", 1, ".0f"),
    ):
        assert " ".join(format(scale * float(row[name]), form) for row in rows) in shown, name


@pytest.mark.slow
def test_the_extra_record_counts_what_the_results_count():
    settings = experiment.strengths(3)
    result = experiment.tr.run(experiment.SCENARIO, runs=1, seed=1, settings=settings, threads=1).dataset
    price = np.full(result.sizes["place"], 1000.0)
    found = experiment.measure("test", 3, settings, price, runs=1)
    inflow = float(result["produced_kg"].sum())
    link_kg = result["link_seized_kg"].values[0].astype(np.float64)
    assert found.inflow_kg_per_month == pytest.approx(inflow / result.sizes["month"])
    assert found.seized_share == pytest.approx(float(result["seized_kg"].sum()) / inflow)
    assert found.usd_per_link_month == pytest.approx(
        1000 * link_kg.sum() / np.count_nonzero(link_kg), rel=1e-4
    )
    assert 0 < found.usd_per_load < found.usd_per_link_month
    assert found.active_places == pytest.approx(float(result["active_places"].mean()))
    assert found.active_links == pytest.approx(float(result["active_links"].mean()))
