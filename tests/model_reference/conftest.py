"""Made-up and shipped worlds in the middle of a month."""

import numpy as np
import pytest

from trasiego.model import numbers as sections
from trasiego.model import schedule
from trasiego.model.balance import Balance
from trasiego.model.hijack import find_rivals
from trasiego.world import tables
from trasiego.world.compile import SWITCHES

SCALARS = {
    "valuation": {"choice_scale": 0.25, "link_concavity": 0.5},
    "contracting": {
        "lot_kg": 300.0,
        "lot_spread": 0.5,
        "lot_risk_response": 0.6,
        "partner_noise": 0.5,
        "buying_cover": 1.2,
        "buying_margin": 0.3,
        "bottleneck_slack": 1.5,
        "latent_loads_per_month": 1.0,
        "latent_fee_factor": 2.0,
    },
    "hijack": {"hazard_per_1000_km": 0.8, "price_share": 0.5},
    "interdiction": {"load_size_exponent": 0.7},
    "production": {"supply_spread": 0.5},
    "learning": {"trust_start": 0.4},
}


class Month:
    """A run before the valuation of a month."""

    def __init__(self, run, number):
        self.run, self.number = run, number
        self.world, self.state = run.world, run.state
        self.links = run.world.links

    def value(self):
        """Take the fast steps up to and with valuation; they may be taken again."""
        for array in self.state.flows:
            array[...] = 0.0
        schedule.step_valuation(self.run, self.number)

    def move(self):
        """Take the fast sweep and what belongs to its step."""
        schedule.step_transit(self.run, self.number)

    @property
    def capacity(self):
        return self.state.networks.capacity


def blank(kind, size, **given):
    """A table of zeros of one size with some columns given."""
    columns = {
        name: np.zeros(size, dtype=np.int64 if "Integers" in str(hint) else np.float64)
        for name, hint in kind.__annotations__.items()
    }
    return kind(**(columns | given))


def scalar_sections(changes):
    """Every section of numbers: one half where a made-up world sets nothing."""
    found = {name: dict.fromkeys(kind._fields, 0.5) for name, kind in sections._SECTIONS.items()}
    for name, values in SCALARS.items():
        found[name] |= values
    for name, value in changes.items():
        section = next(key for key, values in SCALARS.items() if name in values)
        found[section][name] = value
    found["valuation"]["trust_exponent"] = 0.8
    return found


def made_up_month(seed, places=12, ways=2.0, slots=3, brokers=3, groups=5, harsh=False, **scalars):
    """A month on a random network of `places` nodes; `harsh` makes zeros, losses and costs common."""
    random = np.random.default_rng(seed)
    world = _world(random, places, ways, slots, brokers, groups, harsh, scalar_sections(scalars))
    words = [int(word) for word in random.integers(0, 2**32, 3)]
    run = schedule.start_run(world, words[0], words[1])
    _fill_state(random, run, harsh)
    return Month(run, words[2])


def _world(random, places, ways, slots, brokers, groups, harsh, numbers):
    market, zone, start, head = _network(random, places, ways)
    n_links, n_zones, n_markets = len(head), int(zone.max()) + 1, int(market.max()) + 1
    tail = np.repeat(np.arange(places), np.diff(start))
    offer_group = random.integers(-1, groups, (n_links, slots))
    opening = blank(
        tables.Opening,
        groups,
        group_members=np.ones(groups),
        group_home=random.integers(0, places, groups),
        offer_group=offer_group,
        place_holder=random.integers(0, brokers, places),
        escort_group=random.integers(0, groups, places),
        waiting_offers=np.zeros((0, 2), dtype=np.int64),
        presence=np.zeros((0, 2), dtype=np.int64),
        reserved=0,
    )
    return tables.World(
        name="made-up",
        names=None,
        places=blank(tables.Places, places),
        nodes=blank(
            tables.Nodes,
            places,
            place=np.arange(places),
            market=market,
            zone=zone,
            link_start=start,
            equivalent=np.ones(places),
        ),
        links=_links(random, tail, head, harsh),
        kinds=blank(tables.Kinds, 1),
        principals=blank(
            tables.Principals,
            brokers,
            access=(random.random((n_markets, brokers)) < 0.7).astype(np.float64),
            buys=np.ones((n_zones, brokers)),
        ),
        zones=blank(
            tables.Zones,
            n_zones,
            node=np.flatnonzero(zone >= 0),
            marginal_cost_usd_per_kg=random.choice([0.0, 200.0, 600.0], n_zones),
        ),
        markets=blank(tables.Markets, n_markets, node=np.flatnonzero(market >= 0)),
        countries=blank(tables.Countries, 1),
        opening=opening,
        numbers=numbers,
        switches=dict.fromkeys(
            SWITCHES,
            True,
        ),
        events=(),
        delayed=(),
        start=np.datetime64("2008-01", "M"),
        months=1,
        spin_up_months=0,
    )


def _fill_state(random, run, harsh):
    """Give the state of a run random contents; with members of 1 a share is a capacity in kg."""
    state, world = run.state, run.world
    n_links, brokers = state.memory.perceived.shape
    share = random.lognormal(6.0, 1.5, state.networks.share.shape)
    state.networks.share[...] = np.where(random.random(share.shape) < (0.5 if harsh else 0.1), 0.0, share)
    state.networks.fee_factor[:] = random.uniform(0.5, 3.0, n_links)
    stock = random.lognormal(6.0, 2.0, state.stock.shape)
    state.stock[...] = np.where(random.random(stock.shape) < 0.5, stock, 0.0)
    state.memory.perceived[...] = random.beta(1.0, 2.0 if harsh else 12.0, (n_links, brokers))
    state.memory.trust_power[...] = random.uniform(0.05, 1.0, state.memory.trust_power.shape)
    state.territory.toll[...] = random.choice([0.0, 0.0, 0.2], (n_links, brokers))
    state.territory.escort_here[:] = random.random(n_links) < 0.4
    state.territory.escort_usd_per_kg[:] = random.uniform(0.0, 80.0, n_links)
    state.territory.escort_minimum_usd[:] = random.uniform(0.0, 6000.0, n_links)
    state.territory.escort_effect[:] = random.uniform(0.2, 0.8, n_links)
    find_rivals(state.groups, state.territory)
    state.authority.hazard[:] = world.links.hazard_reference * random.uniform(0.0, 3.0, n_links)
    n_zones, n_markets = len(world.zones.node), len(world.markets.node)
    state.sources.price_usd[:] = random.uniform(100.0, 2000.0, n_zones)
    state.sources.harvest_kg[:] = random.lognormal(8.0, 1.5, n_zones)
    state.demand.price_usd[:] = random.lognormal(9.5, 2.0 if harsh else 0.5, n_markets)
    buying = random.random((n_zones, brokers))
    run.trip.buying[...] = np.where(random.random(buying.shape) < 0.8, buying, 0.0)


def _network(random, places, ways):
    """Markets in the later half, zones in the earlier, links only onwards and none out of markets."""
    n_markets, n_zones = (1 + int(random.integers(0, max(1, places // 5))) for _end in range(2))
    market, zone = np.full(places, -1), np.full(places, -1)
    late = random.choice(np.arange(places // 2, places), n_markets, replace=False)
    market[np.sort(late)] = np.arange(n_markets)
    free = np.flatnonzero(market < 0)
    early = random.choice(free[: max(n_zones, len(free) // 2)], n_zones, replace=False)
    zone[np.sort(early)] = np.arange(n_zones)
    heads, start = [], [0]
    for node in range(places):
        ahead = np.arange(node + 1, places)
        count = 0 if market[node] >= 0 or ahead.size == 0 else int(random.poisson(ways))
        heads.extend(random.choice(ahead, count))
        start.append(len(heads))
    return market, zone, np.array(start), np.array(heads, dtype=np.int64)


def _links(random, tail, head, harsh):
    size = len(head)
    often = 0.4 if harsh else 0.1

    def sometimes(values):
        return np.where(random.random(size) < often, 0.0, values)

    ratio = np.where(random.random(size) < 0.2, random.uniform(0.3, 1.0, size), 1.0)
    return blank(
        tables.Links,
        size,
        tail=tail,
        head=head,
        ratio=ratio,
        ground_km=np.where(ratio == 1.0, random.choice([0.0, 60.0, 400.0], size), 0.0),
        rent=sometimes(random.exponential(0.3, size)),
        fee_log=sometimes(random.exponential(0.2, size)),
        cost_usd_per_kg=sometimes(random.exponential(20000.0 if harsh else 200.0, size)),
        hazard_reference=sometimes(random.exponential(0.5 if harsh else 0.1, size)),
        load_kg=random.choice([9.7, 131.0, 487.0], size),
        crew_per_load=np.ones(size),
        capacity_kg=np.where(random.random(size) < 0.2, random.lognormal(6.0, 1.0, size), np.inf),
        time_per_kg=np.ones(size),
    )


@pytest.fixture(scope="session")
def make_month():
    return made_up_month


@pytest.fixture(scope="session")
def real_month():
    """Return a function that runs northern-route for some months and stops before the next valuation."""
    from trasiego.scenario import load_scenario
    from trasiego.world.compile import compile_world

    world = compile_world(load_scenario("northern-route"))

    def stopped(months, seed=3, index=1):
        run = schedule.start_run(world, seed, index)
        balance = Balance(run.state)
        for number in range(months):
            schedule.run_month(run, number, balance)
            balance.close_month(run.state)
        before = [name for name, _step in schedule.STEPS].index("valuation")
        for _name, step in schedule.STEPS[:before]:
            step(run, months)
        return Month(run, months)

    return stopped
