"""Tiny worlds in plain words, small enough that a test can reckon what must come out.

Nodes are written as places in the static order, "a b m"; "a:paste" is the paste of place a, everything else is
hydrochloride. Every mechanism is off, and every number that would add noise is neutral, until a test asks for
it.
"""

from dataclasses import dataclass

import numpy as np

from trasiego.model import schedule
from trasiego.model.balance import Balance
from trasiego.world.tables import (
    Countries,
    Kinds,
    Links,
    Markets,
    Names,
    Nodes,
    Opening,
    Places,
    Principals,
    World,
    Zones,
)

NEVER = 10**6
SWITCHES = (
    "bribery",
    "escort",
    "raids",
    "adaptive_effort",
    "learning",
    "price_response",
    "growth",
    "entry",
    "remnants",
    "takeover",
    "violence",
    "events",
)
ALL_ON = SWITCHES
NUMBERS = {
    "production": {
        "price_memory_months": 4.0,
        "area_adjustment_months": 10.0,
        "area_price_elasticity": 1.0,
        "supply_spread": 0.5,
        "price_response": 0.2,
        "season_amplitude": 0.0,
    },
    "valuation": {"choice_scale": 0.25, "link_concavity": 1.0, "trust_exponent": 1.0},
    "contracting": {
        "lot_kg": 100.0,
        "lot_spread": 0.0,
        "partner_noise": 0.0,
        "fee_response": 0.0,
        "fee_utilisation": 0.8,
        "utilisation_memory": 0.5,
        "buying_cover": 1.0,
        "bottleneck_slack": 1.0,
        "latent_loads_per_month": 0.0,
        "latent_fee_factor": 2.0,
    },
    "escort": {"fee_usd_per_kg": 50.0, "crew_cost_usd_per_consignment": 0.0},
    "bribery": {
        "capture_gain": 0.4,
        "half_spending_usd_per_month": 10_000.0,
        "capture_decay": 0.1,
        "officer_arrest_drop": 0.5,
    },
    "interdiction": {
        "floor_share": 0.5,
        "seizure_memory": 0.5,
        "load_size_exponent": 1.0,
        "capture_effect": 0.5,
        "escort_effect": 0.75,
        "show_effort": 0.5,
        "accommodate_effort": 0.1,
        "raid_rate_per_month": 0.1,
        "raid_reference_members": 20.0,
        "raid_members_share": 0.25,
        "raid_capital_share": 0.5,
        "raid_stock_share": 0.2,
        "leader_arrest_probability": 0.5,
        "officer_arrest_probability": 0.5,
        "political_access_effect": 0.5,
        "warning_effect": 0.5,
    },
    "market": {"price_adjustment": 0.5, "arrivals_memory": 0.5},
    "learning": {
        "prior_loads": 10.0,
        "memory": 0.9,
        "others_weight": 0.5,
        "trust_gain": 0.1,
        "trust_loss": 0.5,
        "trust_start": 0.5,
    },
    "organisation": {
        "income_memory": 0.5,
        "entry_per_month": 0.1,
        "links_at_entry": 1.0,
        "reallocation_per_month": 0.2,
        "capital_usd_per_member": 1000.0,
        "remnant_peak_members": 100.0,
        "remnant_divisor_members": 50.0,
        "remnant_trust": 0.5,
    },
    "violence": {
        "toll_log_share": 0.1,
        "takeover_per_month": 0.1,
        "takeover_success": 0.5,
        "hold_loss_per_month": 0.0,
        "killings_per_takeover_member": 0.1,
        "killings_per_held_place_month": 2.0,
        "killings_per_split_member": 0.05,
        "leader_loss_factor": 0.8,
        "leader_loss_months": 12.0,
    },
}


@dataclass(frozen=True)
class Way:
    """A link; `by` names the groups that work it. Defaults cost nothing, lose nothing and pay nobody."""

    tail: str
    head: str
    by: str = ""
    mode: str = "truck"
    distance_km: float = 100.0
    ratio: float = 1.0
    rent: float = 0.0
    fee: float = 0.0
    cost: float = 0.0
    hazard: float = 0.0
    load_kg: float = 100.0
    crew: float = 1.0
    limit: float = np.inf
    time_per_kg: float = 0.01
    country: str = ""
    domain: int = 0
    processing: bool = False


@dataclass(frozen=True)
class Zone:
    """A source at a node: `inflow_kg` a month over the edge, or an area with a yield."""

    node: str
    price: float = 1000.0
    cost: float = 500.0
    inflow_kg: float = 0.0
    area_ha: float = 0.0
    product_kg: float = 0.0
    eradication_ha: float = 0.0


@dataclass(frozen=True)
class Market:
    """Demand at a node, per month."""

    node: str
    price: float = 10_000.0
    kg: float = 1000.0
    elasticity: float = 1.0
    growth: float = 0.0


@dataclass(frozen=True)
class Group:
    """A named group at its home place."""

    name: str
    home: str
    members: float = 20.0
    kind: str = "carriers"
    access: int = 0
    first: int = 0
    last: int = NEVER


@dataclass(frozen=True)
class Broker:
    """A principal; without `markets` or `zones` it deals with all."""

    name: str = "buyer"
    share: float = 1.0
    markets: str = ""
    zones: str = ""
    territorial: bool = False
    group: str = ""
    first: int = 0
    last: int = NEVER


@dataclass(frozen=True)
class Kind:
    """A kind of group."""

    name: str
    pay: float = 1000.0
    bribes: float = 0.1
    growth: float = 0.1
    minimum: float = 3.0
    entry_low: float = 10.0
    entry_high: float = 20.0
    succession: float = 0.6
    split: float = 0.2
    visibility: float = 1.0
    killings: float = 0.001
    moves_loads: bool = True
    enters: bool = True


@dataclass(frozen=True)
class Country:
    """An authority, and the places that it rules ("" rules those that no other names)."""

    name: str = "X"
    places: str = ""
    strength: float = 1.0
    budget: float = 1e6
    aid: float = 0.0
    disbursement: float = 0.0
    integrity: float = 0.5
    stance: int = 0
    population: float = 1e6
    homicides: float = 5.0


KINDS = (Kind("carriers"), Kind("guards", moves_loads=False, enters=False))


def _column(rows, field, kind=np.float64):
    return np.array([getattr(row, field) for row in rows], dtype=kind)


def _offers(ways, groups, first, slots):
    """Offer table, and the offers of groups that come later."""
    index = {group.name: g for g, group in enumerate(groups)}
    offers = np.full((len(ways), slots), -1, dtype=np.int64)
    waiting = []
    for row, way in enumerate(ways):
        names = way.by.split()
        for name in names:
            if first[index[name]] > 0:
                waiting.append((row, index[name]))
        now = [index[name] for name in names if first[index[name]] <= 0]
        offers[row, : len(now)] = now
    return offers, np.array(waiting, dtype=np.int64).reshape(-1, 2)


def tiny_world(
    nodes,
    ways,
    zones=(),
    markets=(),
    groups=(),
    brokers=(Broker(),),
    countries=(Country(),),
    kinds=KINDS,
    numbers=None,
    on=(),
    held=None,
    escort=None,
    events=(),
    delayed=(),
    group_slots=8,
    offer_slots=2,
    spin_up=0,
    months=12,
    home_kind=None,
):
    """Return the world that these rows tell.

    `numbers` changes single numbers ({"valuation": {"choice_scale": 0.1}}), `on` names the mechanisms that
    are switched on, `held` maps places to brokers, `escort` places to armed groups, `home_kind` places to kinds.
    """
    node_names = nodes.split()
    node = {name: n for n, name in enumerate(node_names)}
    places = list(dict.fromkeys(name.split(":")[0] for name in node_names))
    place = {name: p for p, name in enumerate(places)}
    ways = sorted(ways, key=lambda way: (node[way.tail], node[way.head]))
    country = {name: c for c, each in enumerate(countries) for name in each.places.split()}
    rest = next((c for c, each in enumerate(countries) if not each.places), 0)
    country_of = [country.get(name, rest) for name in places]
    slots = max(group_slots, len(groups))
    kind_names = [kind.name for kind in kinds]
    first = _pad(_column(groups, "first", np.int64), slots, 0)
    offers, waiting = _offers(ways, groups, first, offer_slots)
    tails = np.array([node[way.tail] for way in ways], dtype=np.int64)
    paste = np.array([name.endswith(":paste") for name in node_names])
    ratio = next((way.ratio for way in ways if way.processing), 1.0)
    broker = {each.name: b for b, each in enumerate(brokers)}
    group = {each.name: g for g, each in enumerate(groups)}
    product = np.where(paste, 0, 1).astype(np.int64)
    table = {name: dict(values) for name, values in NUMBERS.items()}
    for section, values in (numbers or {}).items():
        assert set(values) <= set(table[section]), values
        table[section] |= values
    return World(
        name="tiny",
        names=_names(node_names, places, ways, kinds, groups, brokers, zones, markets, countries, slots),
        places=Places(
            country=np.array(country_of, dtype=np.int64),
            hydrochloride_node=np.array([node.get(name, -1) for name in places], dtype=np.int64),
            is_entry_place=np.array(
                [int(any(way.tail.split(":")[0] == name for way in ways)) for name in places], dtype=np.int64
            ),
            home_kind=np.array(
                [kind_names.index((home_kind or {}).get(name, kind_names[0])) for name in places],
                dtype=np.int64,
            ),
        ),
        nodes=Nodes(
            place=np.array([place[name.split(":")[0]] for name in node_names], dtype=np.int64),
            product=product,
            market=_where(node_names, markets),
            zone=_where(node_names, zones),
            link_start=np.searchsorted(tails, np.arange(len(node_names) + 1)).astype(np.int64),
            equivalent=np.where(paste, ratio, 1.0),
        ),
        links=Links(
            tail=tails,
            head=np.array([node[way.head] for way in ways], dtype=np.int64),
            mode=np.zeros(len(ways), dtype=np.int64),
            ratio=_column(ways, "ratio"),
            distance_km=_column(ways, "distance_km"),
            rent=_column(ways, "rent"),
            fee_log=_column(ways, "fee"),
            cost_usd_per_kg=_column(ways, "cost"),
            hazard_reference=_column(ways, "hazard"),
            load_kg=_column(ways, "load_kg"),
            crew_per_load=_column(ways, "crew"),
            capacity_kg=_column(ways, "limit"),
            time_per_kg=_column(ways, "time_per_kg"),
            country=np.array(
                [
                    next(c for c, each in enumerate(countries) if each.name == way.country)
                    if way.country
                    else country_of[place[way.tail.split(":")[0]]]
                    for way in ways
                ],
                dtype=np.int64,
            ),
            domain=_column(ways, "domain", np.int64),
            is_processing=_column(ways, "processing", np.int64),
        ),
        kinds=Kinds(
            reservation_income_usd_per_member_month=_column(kinds, "pay"),
            bribe_share=_column(kinds, "bribes"),
            growth_per_month=_column(kinds, "growth"),
            members_minimum=_column(kinds, "minimum"),
            members_at_entry_low=_column(kinds, "entry_low"),
            members_at_entry_high=_column(kinds, "entry_high"),
            succession_probability=_column(kinds, "succession"),
            split_probability=_column(kinds, "split"),
            raid_visibility=_column(kinds, "visibility"),
            killings_per_member_month=_column(kinds, "killings"),
            moves_loads=_column(kinds, "moves_loads", np.int64),
            enters=_column(kinds, "enters", np.int64),
        ),
        principals=Principals(
            access=_deals(brokers, "markets", markets),
            buys=_deals(brokers, "zones", zones),
            share=_column(brokers, "share"),
            territorial=_column(brokers, "territorial", np.int64),
            group=np.array([group.get(each.group, -1) for each in brokers], dtype=np.int64),
            first=_column(brokers, "first", np.int64),
            last=_column(brokers, "last", np.int64),
        ),
        zones=Zones(
            node=np.array([node[zone.node] for zone in zones], dtype=np.int64),
            kind=np.array([int(zone.inflow_kg > 0.0) for zone in zones], dtype=np.int64),
            product=np.array([product[node[zone.node]] for zone in zones], dtype=np.int64),
            area_ha=_column(zones, "area_ha"),
            product_kg_per_ha_month=_column(zones, "product_kg"),
            eradication_ha_per_month=_column(zones, "eradication_ha"),
            inflow_kg_per_month=_column(zones, "inflow_kg"),
            marginal_cost_usd_per_kg=_column(zones, "cost"),
            price_usd_per_kg=_column(zones, "price"),
        ),
        markets=Markets(
            node=np.array([node[market.node] for market in markets], dtype=np.int64),
            price_usd_per_kg=_column(markets, "price"),
            consumption_kg_per_month=_column(markets, "kg"),
            elasticity=_column(markets, "elasticity"),
            growth_per_month=_column(markets, "growth"),
        ),
        countries=Countries(
            strength=_column(countries, "strength"),
            own_budget_usd_per_month=_column(countries, "budget"),
            aid_usd_per_month=_column(countries, "aid"),
            aid_disbursement=_column(countries, "disbursement"),
            integrity=_column(countries, "integrity"),
            stance=_column(countries, "stance", np.int64),
            population=_column(countries, "population"),
            base_homicides_per_100k=_column(countries, "homicides"),
        ),
        opening=Opening(
            group_kind=_pad(
                np.array([kind_names.index(each.kind) for each in groups], dtype=np.int64), slots, -1
            ),
            group_members=_pad(_column(groups, "members"), slots, 0.0),
            group_home=_pad(np.array([place[each.home] for each in groups], dtype=np.int64), slots, 0),
            group_access=_pad(_column(groups, "access", np.int64), slots, 0),
            group_first=first,
            group_last=_pad(_column(groups, "last", np.int64), slots, NEVER),
            offer_group=offers,
            place_holder=np.array(
                [broker.get((held or {}).get(name), -1) for name in places], dtype=np.int64
            ),
            escort_group=np.array(
                [group.get((escort or {}).get(name), -1) for name in places], dtype=np.int64
            ),
            waiting_offers=waiting,
            reserved=len(groups),
        ),
        numbers=table,
        switches={name: name in on for name in SWITCHES},
        events=tuple(sorted(events, key=lambda event: event.month)),
        delayed=tuple(delayed),
        start=np.datetime64("2010-01", "M"),
        months=months,
        spin_up_months=spin_up,
    )


def _pad(values, slots, rest):
    return np.concatenate([values, np.full(slots - values.size, rest, dtype=values.dtype)])


def _where(node_names, rows):
    """Index [N] of the zone or market at each node, or -1."""
    index = {row.node: i for i, row in enumerate(rows)}
    return np.array([index.get(name, -1) for name in node_names], dtype=np.int64)


def _deals(brokers, field, rows):
    """Zones or markets [rows, B] that each principal deals with."""
    return np.array(
        [
            [
                1.0 if not getattr(each, field) or row.node in getattr(each, field).split() else 0.0
                for each in brokers
            ]
            for row in rows
        ]
    ).reshape(len(rows), len(brokers))


def _names(node_names, places, ways, kinds, groups, brokers, zones, markets, countries, slots):
    unnamed = tuple(f"group-{slot}" for slot in range(len(groups), slots))
    named = tuple(group.name for group in groups)
    return Names(
        places=tuple(places),
        nodes=tuple(node_names),
        links=tuple(f"{way.tail}--{way.head}--{row}" for row, way in enumerate(ways)),
        modes=("truck",),
        kinds=tuple(kind.name for kind in kinds),
        groups=named + unnamed,
        group_titles=named + unnamed,
        group_countries=("",) * slots,
        brokers=tuple(broker.name for broker in brokers),
        broker_titles=tuple(broker.name for broker in brokers),
        zones=tuple(zone.node for zone in zones),
        markets=tuple(market.node for market in markets),
        countries=tuple(country.name for country in countries),
    )


def chain(**changes):
    """Return a source a, a transit place b and a market m in a row, each way worked by a group of its own.

    100 members with 0.01 member-months a kilogram carry 10,000 kg a month; 1,000 kg come in.
    """
    parts = {
        "nodes": "a b m",
        "ways": [Way("a", "b", "first"), Way("b", "m", "second")],
        "zones": [Zone("a", inflow_kg=1000.0)],
        "markets": [Market("m")],
        "groups": [Group("first", "a", 100.0), Group("second", "b", 100.0)],
    }
    return tiny_world(**(parts | changes))


def begin(world, seed=1, index=0):
    """Return a run before its first month."""
    return schedule.start_run(world, seed, index)


def clear(run):
    """Empty what a month counts, as the schedule does before the first step."""
    for array in run.state.flows:
        array[...] = 0.0
    run.state.raided_kg[:] = 0.0
    run.state.killings[:] = 0.0


def take_steps(run, last, month=0, first="events"):
    """Clear the month and take its steps from `first` to `last`."""
    clear(run)
    names = [name for name, _step in schedule.STEPS]
    for _name, step in schedule.STEPS[names.index(first) : names.index(last) + 1]:
        step(run, month)
    return run.state


def run_months(run, months, first=0):
    """Run whole months with their balances, and return the state."""
    balance = Balance(run.state)
    for month in range(first, first + months):
        schedule.run_month(run, month, balance)
        balance.close_month(run.state)
    return run.state
