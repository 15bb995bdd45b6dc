"""Made-up months in the shapes that the fast kernels take, and the same months in those of the twins."""

import math
from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np
import pytest

from trasiego.model import schedule
from trasiego.model.balance import Balance
from trasiego.model.contracting import bottleneck
from trasiego.model.numbers import ContractingNumbers, EscortNumbers, ValuationNumbers
from trasiego.model.reference import transit as plain_transit
from trasiego.model.reference import valuation as plain
from trasiego.model.state import Prices, Sources, empty_flows
from trasiego.model.transit import transit
from trasiego.model.trip import Prospects, Trip, work_of
from trasiego.model.valuation import valuation
from trasiego.world.tables import Links, Nodes, Zones

SCALARS = {
    "choice_scale": 0.25,
    "link_concavity": 0.5,
    "lot_kg": 300.0,
    "latent_fee_factor": 2.0,
    "lot_spread": 0.5,
    "partner_noise": 0.5,
    "buying_cover": 1.2,
    "bottleneck_slack": 1.5,
    "escort_fee": 40.0,
    "escort_crew_cost": 3000.0,
    "escort_effect": 0.6,
    "supply_spread": 0.5,
    "size_exponent": 0.7,
    "trust_ad_hoc": 0.4,
}


@dataclass
class Month:
    """One month before its two hot steps, as the fast kernels take it."""

    prospects: Prospects
    trip: Trip
    prices: Prices
    access: np.ndarray
    numbers: dict
    key: tuple[int, int, int]
    work: object

    def value(self):
        """Run the fast bottleneck pass and valuation."""
        trip, numbers = self.trip, self.numbers
        bottleneck(
            trip.nodes,
            trip.links,
            trip.capacity,
            trip.stock,
            numbers["bottleneck_slack"],
            trip.usable,
            trip.node_capacity,
        )
        valuation(
            trip.nodes,
            self.prospects,
            self.prices,
            trip.market_price,
            self.access,
            _named(ValuationNumbers, numbers),
            self.escort,
        )

    def move(self):
        """Run the fast sweep."""
        contracting = _named(ContractingNumbers, self.numbers)
        transit(self.trip, contracting, self.escort, self.numbers["supply_spread"], self.work, *self.key)

    @property
    def escort(self):
        numbers = self.numbers
        return EscortNumbers(
            fee_usd_per_kg=numbers["escort_fee"],
            crew_cost_usd_per_consignment=numbers["escort_crew_cost"],
            effect=numbers["escort_effect"],
        )

    def network(self):
        nodes, links = self.trip.nodes, self.trip.links
        return plain.Network(
            nodes.link_start, links.head, links.ratio, nodes.market, self.trip.capacity.shape[1]
        )

    def terms(self):
        """The twin's view of the terms; the column of the ad hoc offer belongs to no group."""
        trip, links, numbers = self.trip, self.trip.links, self.numbers
        ad_hoc = np.full((len(links.head), 1), -1)
        names = (
            "escort_fee",
            "escort_crew_cost",
            "lot_kg",
            "escort_effect",
            "choice_scale",
            "link_concavity",
        )
        return plain.Terms(
            fee_log=links.fee_log,
            fee_factor=trip.fee_factor,
            rent=links.rent,
            cost_usd=links.cost_usd_per_kg,
            escort_here=trip.escort_here,
            perceived=trip.perceived,
            toll=trip.toll,
            group_of_offer=np.hstack([trip.offer_group, ad_hoc]).ravel(),
            trust_power=trip.trust_power,
            trust_start_power=trip.trust_ad_hoc,
            latent_fee_factor=numbers["latent_fee_factor"],
            **{name: numbers[name] for name in names},
        )

    def sources(self):
        zones = self.trip.zones
        return plain_transit.Sources(
            zone_of_node=self.trip.nodes.zone,
            price=self.trip.sources.price_usd,
            harvest_kg=self.trip.sources.harvest_kg,
            marginal_cost=zones.marginal_cost_usd_per_kg,
            supply_spread=np.full(len(zones.node), self.numbers["supply_spread"]),
            buying_share=self.trip.buying,
            buying_cover=self.numbers["buying_cover"],
        )

    def passage(self):
        month, seed, run = self.key
        return plain_transit.Passage(
            hazard=self.trip.hazard,
            load_kg=self.trip.links.load_kg,
            lot_spread=self.numbers["lot_spread"],
            partner_noise=self.numbers["partner_noise"],
            load_size_exponent=self.trip.size_exponent,
            seed=seed,
            run=run,
            month=month,
        )


def _named(kind, numbers):
    return kind(**{field: numbers.get(field, math.nan) for field in kind._fields})


def made_up_month(seed, places=12, ways=2.0, slots=3, brokers=3, groups=5, harsh=False, **scalars):
    """A month on a random network of `places` nodes; `harsh` makes zeros, losses and costs common."""
    random = np.random.default_rng(seed)
    numbers = SCALARS | scalars
    market, zone, start, head = _network(random, places, ways)
    n_links, n_zones, n_markets = len(head), zone.max() + 1, market.max() + 1
    tail = np.repeat(np.arange(places), np.diff(start))
    nodes = Nodes(np.arange(places), np.ones(places, dtype=np.int64), market, zone, start, np.ones(places))
    links = _links(random, tail, head, harsh)
    offer_group = random.integers(-1, groups, (n_links, slots))
    capacity = random.lognormal(6.0, 1.5, (n_links, slots + 1))
    capacity[:, :-1][offer_group < 0] = 0.0
    capacity[random.random(capacity.shape) < (0.5 if harsh else 0.1)] = 0.0
    stock = random.lognormal(6.0, 2.0, (places, brokers)) * (random.random((places, brokers)) < 0.5)
    perceived = random.beta(1.0, 2.0 if harsh else 12.0, (n_links, brokers))
    toll = random.choice([0.0, 0.0, 0.2], (n_links, brokers))
    zones = Zones(*(np.zeros(n_zones) for _field in Zones._fields))._replace(
        node=np.flatnonzero(zone >= 0), marginal_cost_usd_per_kg=random.choice([0.0, 200.0, 600.0], n_zones)
    )
    world = SimpleNamespace(
        nodes=nodes,
        links=links,
        zones=zones,
        opening=SimpleNamespace(offer_group=offer_group, group_kind=np.zeros(groups)),
        principals=SimpleNamespace(share=np.zeros(brokers)),
        markets=SimpleNamespace(node=np.flatnonzero(market >= 0)),
    )
    sources = Sources(*(np.zeros(n_zones) for _field in Sources._fields))._replace(
        price_usd=random.uniform(100.0, 2000.0, n_zones), harvest_kg=random.lognormal(8.0, 1.5, n_zones)
    )
    shape = (n_links, 2, brokers)
    prices = Prices(
        np.zeros((places, brokers)), np.zeros(shape), np.zeros(shape), np.zeros(shape), np.zeros(shape[::2])
    )
    shared = {
        "links": links,
        "usable": np.zeros((n_links, slots + 1)),
        "offer_group": offer_group,
        "trust_power": random.uniform(0.05, 1.0, (groups, brokers)),
        "trust_ad_hoc": numbers["trust_ad_hoc"],
        "perceived": perceived,
        "fee_factor": random.uniform(0.5, 3.0, n_links),
        "toll": toll,
        "escort_here": (random.random(n_links) < 0.4).astype(np.int64),
    }
    trip = Trip(
        **shared,
        nodes=nodes,
        zones=zones,
        stock=stock,
        prices=prices,
        flows=empty_flows(world),
        sources=sources,
        made_kg=np.zeros(places),
        node_capacity=np.zeros(places),
        capacity=capacity,
        holder=random.integers(0, brokers, places),
        hazard=links.hazard_reference * random.uniform(0.0, 3.0, n_links),
        size_exponent=numbers["size_exponent"],
        escort_group=random.integers(0, groups, places),
        buying=random.random((n_zones, brokers)) * (random.random((n_zones, brokers)) < 0.8),
        market_price=random.lognormal(9.5, 0.5 if not harsh else 2.0, n_markets),
    )
    access = (random.random((n_markets, brokers)) < 0.7).astype(np.float64)
    key = tuple(int(word) for word in random.integers(0, 2**32, 3))
    return Month(Prospects(**shared), trip, prices, access, numbers, key, work_of(world))


def _network(random, places, ways):
    """Markets among the last nodes, zones among the first, links only onwards and none out of markets."""
    n_markets = 1 + int(random.integers(0, max(1, places // 5)))
    n_zones = 1 + int(random.integers(0, max(1, places // 5)))
    market, zone = np.full(places, -1), np.full(places, -1)
    market[np.sort(random.choice(np.arange(places // 2, places), n_markets, replace=False))] = np.arange(
        n_markets
    )
    free = np.flatnonzero(market < 0)
    zone[np.sort(random.choice(free[: max(n_zones, len(free) // 2)], n_zones, replace=False))] = np.arange(
        n_zones
    )
    heads, start = [], [0]
    for node in range(places):
        ahead = np.arange(node + 1, places)
        count = 0 if market[node] >= 0 or ahead.size == 0 else int(random.poisson(ways))
        heads.extend(random.choice(ahead, count))
        start.append(len(heads))
    return market, zone, np.array(start), np.array(heads, dtype=np.int64)


def _links(random, tail, head, harsh):
    size = len(head)
    zeros = np.zeros(size)
    often = 0.4 if harsh else 0.1

    def sometimes(values):
        return np.where(random.random(size) < often, 0.0, values)

    return Links(*(zeros.astype(np.int64) for _field in Links._fields))._replace(
        tail=tail,
        head=head,
        ratio=np.where(random.random(size) < 0.2, random.uniform(0.3, 1.0, size), 1.0),
        distance_km=zeros,
        rent=sometimes(random.exponential(0.3, size)),
        fee_log=sometimes(random.exponential(0.2, size)),
        cost_usd_per_kg=sometimes(random.exponential(20000.0 if harsh else 200.0, size)),
        hazard_reference=sometimes(random.exponential(0.5 if harsh else 0.1, size)),
        load_kg=random.choice([9.7, 131.0, 487.0], size),
        crew_per_load=np.ones(size),
        capacity_kg=np.full(size, np.inf),
        time_per_kg=np.ones(size),
    )


@pytest.fixture(scope="session")
def make_month():
    return made_up_month


@pytest.fixture(scope="session")
def northern_route():
    from trasiego.scenario import load_scenario
    from trasiego.world.compile import compile_world

    return compile_world(load_scenario("northern-route"))


@pytest.fixture(scope="session")
def real_month(northern_route):
    """Return a function that runs a shipped world for some months and stops before transit of the next."""

    def stopped_before_transit(months, seed=3, run=1):
        under_way = schedule.start_run(northern_route, seed, run)
        balance = Balance(under_way.state)
        for month in range(months):
            schedule.run_month(under_way, month, balance)
            balance.close_month(under_way.state)
        for array in under_way.state.flows:
            array[...] = 0.0
        for name, step in schedule.STEPS[: [name for name, _step in schedule.STEPS].index("transit")]:
            assert name in ("events", "production", "valuation")
            step(under_way, months)
        return _month_of(under_way, (months, seed, run))

    return stopped_before_transit


def _month_of(run, key):
    numbers = {}
    for section in (run.numbers.production, run.numbers.contracting, run.numbers.valuation):
        numbers |= section._asdict()
    escort = run.numbers.escort
    numbers |= {
        "escort_fee": escort.fee_usd_per_kg,
        "escort_crew_cost": escort.crew_cost_usd_per_consignment,
        "escort_effect": escort.effect,
    }
    access = run.world.principals.access
    return Month(run.prospects, run.trip, run.state.prices, access, numbers, key, run.work)
