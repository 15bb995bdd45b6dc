"""Record: what a run leaves behind, month by month, as one array for each variable of the results."""

from __future__ import annotations

import math

import numpy as np

from trasiego.model.calls import Calls
from trasiego.model.compiled import tight_kernel
from trasiego.model.state import ACCOUNTS, State
from trasiego.model.totals import WHOLE, place_prices, total_goods, total_people, totals_of
from trasiego.world.tables import Floats, Integers, World

RECORDED_ACCOUNTS = (*ACCOUNTS, "broker_capital_change", "group_capital_change", "residual")
YEAR = 12

_SHAPES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys((*WHOLE, "chain_similarity", "links_reused", "raids", "full_table"), ()),
    **dict.fromkeys(("market_price_usd_per_kg", "market_consumed_kg"), ("market",)),
    **dict.fromkeys(("zone_price_usd_per_kg", "zone_produced_kg", "zone_area_ha"), ("zone",)),
    **dict.fromkeys(
        (
            "country_seized_kg",
            "country_inflow_kg",
            "country_killings",
            "country_homicides_per_100k",
            "country_enforcement_usd",
        ),
        ("country",),
    ),
    **dict.fromkeys(("groups_active_by_kind", "members_by_kind"), ("kind",)),
    "money_usd": ("account",),
}
_FLOW_SHAPES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("place_price_usd_per_kg", "place_capture", "place_control", "place_killings"), ("place",)
    ),
    **dict.fromkeys(("link_flow_kg", "link_seized_kg", "link_fee_usd_per_kg", "link_escorted_kg"), ("link",)),
    **dict.fromkeys(
        (
            "group_members",
            "group_revenue_usd",
            "group_escort_usd",
            "group_kind_index",
            "group_home_index",
            "group_access",
        ),
        ("group",),
    ),
    "principal_group_kg": ("broker", "group"),
}
_TYPES = {"group_access": np.int8, "principal_group_kg": np.int32}
"""Number types of the arrays of whole runs that are not single floats."""


def sizes_of(world: World) -> dict[str, int]:
    """Length of every named dimension of the record."""
    names = world.names
    return {
        "place": len(names.places),
        "link": len(names.links),
        "market": len(names.markets),
        "zone": len(names.zones),
        "country": len(names.countries),
        "kind": len(names.kinds),
        "broker": len(names.brokers),
        "group": len(names.groups),
        "account": len(RECORDED_ACCOUNTS),
    }


def empty_arrays(world: World, runs: int, flow_runs: int, months: int) -> dict[str, Floats]:
    """Arrays for an ensemble: (run, month, ...) and (flow_run, month, ...); plus every run's flow by link."""
    sizes = sizes_of(world)
    arrays: dict[str, Floats] = {
        name: np.zeros((runs, months, *(sizes[d] for d in dims))) for name, dims in _SHAPES.items()
    }
    for name, dims in _FLOW_SHAPES.items():
        shape = (flow_runs, months, *(sizes[d] for d in dims))
        arrays[name] = np.zeros(shape, dtype=_TYPES.get(name, np.float32))
    return arrays


@tight_kernel
def _list_offers(offer_kg: Floats, offers: Integers, kg: Floats) -> int:
    """List the offers that carried something, in order, with what they carried; return how many they are."""
    carried, count = offer_kg.reshape(-1), 0
    for offer in range(carried.size):
        offers[count], kg[count] = offer, carried[offer]
        count += 1 if carried[offer] > 0.0 else 0
    return count


@tight_kernel
def _likeness(
    offer_kg: Floats, offers: Integers, kg: Floats, counts: Integers, now: int, before: int
) -> tuple[float, float]:
    """Cosine of two months' flows by offer, and the part of the offers in use before that are in use now.

    The months are rows of ``offers`` and ``kg``, of which ``counts`` are in use; ``offer_kg`` [L, M + 1] is
    of the month ``now``.
    """
    carried, both, first, second, again = offer_kg.reshape(-1), 0.0, 0.0, 0.0, 0.0
    for i in range(counts[now]):
        first += kg[now, i] * kg[now, i]
    for i in range(counts[before]):
        x, y = carried[offers[before, i]], kg[before, i]
        both += x * y
        second += y * y
        again += 1.0 if x > 0.0 else 0.0
    length, used = math.sqrt(first * second), counts[before]
    return both / length if length > 0.0 else np.nan, again / used if used > 0 else np.nan


@tight_kernel
def _write_each(t: int, values: Floats, rows: tuple[Floats, ...]) -> None:
    """Write each value of the month ``t`` to its own array."""
    for i in range(values.size):
        rows[i][t] = values[i]


class Recorder:
    """Writes one run's months into its rows of the ensemble's arrays."""

    def __init__(
        self, world: World, arrays: dict[str, Floats], row: int, flows: Floats, prices: Floats
    ) -> None:
        self.world, self.row, self.call = world, row, Calls()
        self.arrays = {name: arrays[name][row] for name in _SHAPES}
        keep = row < arrays["link_flow_kg"].shape[0]
        self.whole = {name: arrays[name][row] for name in _FLOW_SHAPES} if keep else {}
        self.all_flows, self.all_prices = flows, prices
        self.rows = tuple(self.arrays[name] for name in WHOLE)
        offers = world.opening.offer_group.size + world.links.tail.size
        self.offers = np.zeros((YEAR + 1, offers + 1), dtype=np.int64)
        self.kg = np.zeros(self.offers.shape)
        self.counts = np.zeros(YEAR + 1, dtype=np.int64)
        self.months = 0
        self.totals = totals_of(world)
        self.capital_before = (0.0, 0.0)
        population = world.countries.population
        self.people = np.where(population > 0, population, np.inf)

    def remember(self, state: State) -> None:
        """Note offers in use every month, spin-up included, so that a year later they can be compared."""
        row = self.months % (YEAR + 1)
        self.counts[row] = self.call(_list_offers, state.flows.offer_kg, self.offers[row], self.kg[row])
        self.months += 1

    def note_capital(self, state: State) -> None:
        """Note the capital from which the changes of the next recorded month are counted."""
        self.capital_before = (float(state.broker_capital_usd.sum()), float(state.groups.capital_usd.sum()))

    def write(self, state: State, t: int, raids: int, residual: float) -> None:
        """Write recorded month ``t`` (0 is the first after the spin-up)."""
        self._add_up(state)
        self._write_totals(state, t, raids)
        self._write_countries(state, t)
        self._write_chains(state.flows.offer_kg, t)
        self._write_money(state, t, residual)
        self.all_flows[t] = state.flows.link_kg
        self.all_prices[t] = self.totals.place_price_usd_per_kg
        if self.whole:
            self._write_whole(state, t)

    def _add_up(self, state: State) -> None:
        """Let the totals be those of the month."""
        world, flows, totals = self.world, state.flows, self.totals
        nodes, country = world.nodes, world.places.country
        capture, active = state.authority.capture, state.broker_active
        share, waiting = world.principals.share, state.stock
        self.call(
            total_goods,
            nodes,
            world.links,
            world.zones.node,
            country,
            flows,
            waiting,
            state.raided_kg,
            capture,
            totals,
        )
        self.call(total_people, state.groups, flows.group_sent_kg, state.killings, country, totals)
        value, prices = state.prices.value, totals.place_price_usd_per_kg
        self.call(place_prices, nodes, value, share, active, totals.through_kg, prices)

    def _write_totals(self, state: State, t: int, raids: int) -> None:
        arrays, totals, zones = self.arrays, self.totals, state.sources
        self.call(_write_each, t, totals.whole, self.rows)
        arrays["raids"][t] = raids
        arrays["full_table"][t] = sum(state.full_table.tolist())
        arrays["groups_active_by_kind"][t] = totals.groups
        arrays["members_by_kind"][t] = totals.members
        arrays["market_price_usd_per_kg"][t] = state.demand.price_usd
        arrays["market_consumed_kg"][t] = state.flows.arrivals_kg.sum(axis=1)
        arrays["zone_price_usd_per_kg"][t] = zones.price_usd
        arrays["zone_produced_kg"][t] = state.flows.zone_made_kg
        arrays["zone_area_ha"][t] = zones.area_ha

    def _write_chains(self, offer_kg: Floats, t: int) -> None:
        if self.months <= YEAR:
            self.arrays["chain_similarity"][t] = self.arrays["links_reused"][t] = np.nan
            return
        now, before = (self.months - 1) % (YEAR + 1), self.months % (YEAR + 1)
        likeness, reused = self.call(_likeness, offer_kg, self.offers, self.kg, self.counts, now, before)
        self.arrays["chain_similarity"][t], self.arrays["links_reused"][t] = likeness, reused

    def _write_countries(self, state: State, t: int) -> None:
        countries, totals, arrays, budget = self.world.countries, self.totals, self.arrays, state.authority
        arrays["country_seized_kg"][t] = totals.country_seized_kg
        arrays["country_inflow_kg"][t] = totals.country_inflow_kg
        arrays["country_killings"][t] = totals.country_killings
        yearly = 12.0e5 * totals.country_killings / self.people
        arrays["country_homicides_per_100k"][t] = countries.base_homicides_per_100k + yearly
        arrays["country_enforcement_usd"][t] = budget.own_budget_usd + budget.aid_usd * budget.disbursement

    def _write_money(self, state: State, t: int, residual: float) -> None:
        brokers, groups = self.capital_before
        self.note_capital(state)
        row = self.arrays["money_usd"][t]
        row[: len(ACCOUNTS)] = state.flows.money_usd
        row[-3:] = self.capital_before[0] - brokers, self.capital_before[1] - groups, residual

    def _write_whole(self, state: State, t: int) -> None:
        flows, whole = state.flows, self.whole
        whole["place_price_usd_per_kg"][t] = self.all_prices[t]
        whole["place_capture"][t] = state.authority.capture
        whole["place_control"][t] = state.territory.holder
        whole["place_killings"][t] = state.killings
        whole["link_flow_kg"][t] = flows.link_kg
        whole["link_seized_kg"][t] = flows.seized_kg
        fees = flows.offer_fee_usd.sum(axis=1)
        whole["link_fee_usd_per_kg"][t] = np.divide(
            fees, flows.link_kg, where=flows.link_kg > 0, out=np.zeros_like(fees)
        )
        whole["link_escorted_kg"][t] = flows.escorted_kg
        whole["group_members"][t] = state.groups.members
        whole["group_revenue_usd"][t] = flows.fee_usd + flows.escort_usd
        whole["group_escort_usd"][t] = flows.escort_usd
        whole["group_kind_index"][t] = state.groups.kind
        whole["group_home_index"][t] = np.where(state.groups.kind >= 0, state.groups.home, -1)
        whole["group_access"][t] = np.where(state.groups.kind >= 0, state.groups.access, -1)
        # Whole kilograms: half as large on disc, and a group that moves less is hardly a partner.
        whole["principal_group_kg"][t] = np.rint(flows.group_sent_kg.T)
