"""Tiny worlds in plain words, small enough that a test can reckon what must come out.

Nodes are written as places in the static order, "a b m"; "a:paste" is the paste of place a, everything else
is hydrochloride. Every mechanism is off, and every number that would add noise is neutral, until a test asks
for it.
"""

from dataclasses import dataclass

import numpy as np
from tiny_tables import (
    NEVER,
    Rows,
    countries_of,
    kinds_of,
    links_of,
    markets_of,
    names_of,
    nodes_of,
    opening_of,
    places_of,
    principals_of,
    zones_of,
)

from trasiego.model import schedule
from trasiego.model.balance import Balance
from trasiego.model.record import Recorder, empty_arrays
from trasiego.world.tables import World

SWITCHES = (
    "bribery",
    "escort",
    "hijack",
    "fees",
    "raids",
    "leaks",
    "political_access",
    "adaptive_effort",
    "learning",
    "price_response",
    "growth",
    "entry",
    "remnants",
    "takeover",
    "violence",
    "leader_loss",
    "events",
)
ALL_ON = SWITCHES
NUMBERS = {
    "production": {
        "price_memory_months": 4.0,
        "area_adjustment_months": 10.0,
        "area_price_elasticity": 1.0,
        "eradication_effect": 1.0,
        "supply_spread": 0.5,
        "price_response": 0.2,
        "season_amplitude": 0.0,
    },
    "valuation": {"choice_scale": 0.25, "link_concavity": 1.0, "trust_exponent": 1.0},
    "contracting": {
        "lot_kg": 100.0,
        "lot_spread": 0.0,
        "lot_risk_response": 0.0,
        "partner_noise": 0.0,
        "fee_response": 0.0,
        "fee_utilisation": 0.8,
        "utilisation_memory": 0.5,
        "buying_cover": 1.0,
        "buying_margin": 0.1,
        "bottleneck_slack": 1.0,
        "latent_loads_per_month": 0.0,
        "latent_fee_factor": 2.0,
    },
    "escort": {"passage_km": 100.0},
    "hijack": {"hazard_per_1000_km": 1.0, "price_share": 0.5, "killings_per_load": 1.0},
    "bribery": {
        "capture_gain": 0.4,
        "half_spending_usd_per_month": 10_000.0,
        "capture_decay": 0.1,
        "officer_arrest_drop": 0.5,
    },
    "interdiction": {
        "floor_share": 0.5,
        "seizure_memory": 0.5,
        "intelligence_share": 0.0,
        "load_size_exponent": 1.0,
        "capture_effect": 0.5,
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
        "takeover_reference_usd_per_month": 1e7,
        "takeover_success": 0.5,
        "hold_loss_per_month": 0.0,
        "killings_per_takeover_member": 0.1,
        "killings_per_held_place_month": 2.0,
        "killings_per_split_member": 0.05,
        "leader_loss_factor": 0.8,
        "leader_loss_months": 12.0,
        "leader_loss_near_factor": 0.3,
        "leader_loss_near_months": 6.0,
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
    """A named group at its home place; `seen` names the places where it is reported."""

    name: str
    home: str
    members: float = 20.0
    kind: str = "carriers"
    access: int = 0
    first: int = 0
    last: int = NEVER
    seen: str = ""


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
    escort_fee: float = 0.0
    escort_minimum: float = 0.0
    escort_effect: float = 0.0
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


KINDS = (
    Kind("carriers"),
    Kind("guards", moves_loads=False, enters=False, escort_fee=50.0, escort_effect=0.75),
)


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
    are switched on, `held` maps places to brokers, `escort` places to armed groups, `home_kind` places to
    kinds.
    """
    order = {name: n for n, name in enumerate(nodes.split())}
    ways = sorted(ways, key=lambda way: (order[way.tail], order[way.head]))
    slots = max(group_slots, len(groups))
    rows = Rows(list(order), ways, zones, markets, groups, brokers, countries, kinds, slots, offer_slots)
    table = {name: dict(values) for name, values in NUMBERS.items()}
    for section, values in (numbers or {}).items():
        assert set(values) <= set(table[section]), values
        table[section] |= values
    return World(
        name="tiny",
        names=names_of(rows),
        places=places_of(rows, home_kind or {}),
        nodes=nodes_of(rows),
        links=links_of(rows),
        kinds=kinds_of(rows),
        principals=principals_of(rows),
        zones=zones_of(rows),
        markets=markets_of(rows),
        countries=countries_of(rows),
        opening=opening_of(rows, held or {}, escort or {}),
        numbers=table,
        switches={name: name in on for name in SWITCHES},
        events=tuple(sorted(events, key=lambda event: event.month)),
        delayed=tuple(delayed),
        start=np.datetime64("2010-01", "M"),
        months=months,
        spin_up_months=spin_up,
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


def empty_record(world, runs=1, flow_runs=1, months=None):
    """Return the arrays of an ensemble, and every run's flows by link and prices by place."""
    months = world.months if months is None else months
    flows = np.zeros((runs, months, len(world.names.links)), dtype=np.float32)
    prices = np.zeros((runs, months, len(world.names.places)), dtype=np.float32)
    return empty_arrays(world, runs, flow_runs, months), flows, prices


def recorded(world, months=None, seed=1, index=0):
    """Return the record of one run, without the axis of runs."""
    months = world.months if months is None else months
    arrays, flows, prices = empty_record(world, months=months)
    assert schedule.simulate(world, seed, index, Recorder(world, arrays, 0, flows[0], prices[0]), months)
    return {name: values[0] for name, values in arrays.items()} | {"flows": flows[0], "prices": prices[0]}
