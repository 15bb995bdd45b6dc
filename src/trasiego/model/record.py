"""Record: what a run leaves behind, month by month, as one array for each variable of the results."""

from __future__ import annotations

import math

import numpy as np
from numba import njit

from trasiego.model.state import ACCOUNTS, State
from trasiego.world.tables import HYDROCHLORIDE, Floats, World

RECORDED_ACCOUNTS = (*ACCOUNTS, "broker_capital_change", "group_capital_change", "residual")
YEAR = 12

_SHAPES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        (
            "produced_kg",
            "delivered_kg",
            "seized_kg",
            "hijacked_kg",
            "process_loss_kg",
            "stock_kg",
            "killings",
            "active_groups",
            "group_concentration_hhi",
            "active_places",
            "active_links",
            "police_capture",
            "chain_similarity",
            "links_reused",
            "raids",
            "full_table",
        ),
        (),
    ),
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


@njit(cache=True, nogil=True)
def _likeness(now: Floats, before: Floats) -> tuple[float, float]:
    """Cosine of two months' flows by offer, and the part of the offers in use before that are in use now."""
    both, first, second, used, again = 0.0, 0.0, 0.0, 0.0, 0.0
    for link in range(now.shape[0]):
        for m in range(now.shape[1]):
            x, y = now[link, m], before[link, m]
            both += x * y
            first += x * x
            second += y * y
            if y > 0.0:
                used += 1.0
                again += 1.0 if x > 0.0 else 0.0
    length = math.sqrt(first * second)
    return both / length if length > 0.0 else np.nan, again / used if used > 0.0 else np.nan


class Recorder:
    """Writes one run's months into its rows of the ensemble's arrays."""

    def __init__(
        self, world: World, arrays: dict[str, Floats], row: int, flows: Floats, prices: Floats
    ) -> None:
        self.world, self.row = world, row
        self.arrays = {name: arrays[name][row] for name in _SHAPES}
        keep = row < arrays["link_flow_kg"].shape[0]
        self.whole = {name: arrays[name][row] for name in _FLOW_SHAPES} if keep else {}
        self.all_flows, self.all_prices = flows, prices
        self.past: list[Floats] = []
        nodes, links = world.nodes, world.links
        self.tail_equivalent = nodes.equivalent[links.tail]
        tail_country = world.places.country[nodes.place[links.tail]]
        self.head_country = world.places.country[nodes.place[links.head]]
        self.crosses = tail_country != self.head_country
        self.node_country = world.places.country[nodes.place]
        self.capital_before = (0.0, 0.0)

    def remember(self, state: State) -> None:
        """Note offer flows every month, spin-up included, so that a year later they can be compared."""
        self.past.append(state.flows.offer_kg.copy())
        del self.past[: -(YEAR + 1)]

    def note_capital(self, state: State) -> None:
        """Note the capital from which the changes of the next recorded month are counted."""
        self.capital_before = (float(state.broker_capital_usd.sum()), float(state.groups.capital_usd.sum()))

    def write(self, state: State, t: int, raids: int, effort: Floats, residual: float) -> None:
        """Write recorded month ``t`` (0 is the first after the spin-up)."""
        self._write_totals(state, t, raids)
        self._write_countries(state, t, effort)
        self._write_groups(state, t)
        self._write_money(state, t, residual)
        markets, zones = state.flows.arrivals_kg.sum(axis=1), state.sources
        self.arrays["market_price_usd_per_kg"][t] = state.demand.price_usd
        self.arrays["market_consumed_kg"][t] = markets
        self.arrays["zone_price_usd_per_kg"][t] = zones.price_usd
        self.arrays["zone_produced_kg"][t] = state.flows.zone_made_kg
        self.arrays["zone_area_ha"][t] = zones.area_ha
        self.all_flows[t] = state.flows.link_kg
        self.all_prices[t] = self._place_prices(state)
        if self.whole:
            self._write_whole(state, t)

    def _write_totals(self, state: State, t: int, raids: int) -> None:
        flows, nodes, arrays = state.flows, self.world.nodes, self.arrays
        equivalent = nodes.equivalent
        zone_equivalent = equivalent[self.world.zones.node]
        arrays["produced_kg"][t] = (flows.zone_made_kg * zone_equivalent).sum()
        arrays["delivered_kg"][t] = flows.arrivals_kg.sum()
        arrays["seized_kg"][t] = ((flows.node_seized_kg + state.raided_kg) * equivalent).sum()
        arrays["hijacked_kg"][t] = (flows.hijacked_kg * self.tail_equivalent).sum()
        arrays["process_loss_kg"][t] = flows.process_loss_kg.sum()
        arrays["stock_kg"][t] = (state.stock.sum(axis=1) * equivalent).sum()
        arrays["killings"][t] = state.killings.sum()
        used = flows.link_kg > 1.0
        arrays["active_links"][t] = used.sum()
        arrays["active_places"][t] = np.unique(nodes.place[self.world.links.tail[used]]).size
        arrays["raids"][t] = raids
        arrays["full_table"][t] = state.full_table.sum()
        through = np.bincount(
            nodes.place[self.world.links.tail], weights=flows.link_kg, minlength=state.killings.size
        )
        arrays["police_capture"][t] = (
            (state.authority.capture * through).sum() / through.sum() if through.sum() > 0 else 0.0
        )
        self._write_chains(t)

    def _write_chains(self, t: int) -> None:
        if len(self.past) <= YEAR:
            self.arrays["chain_similarity"][t] = self.arrays["links_reused"][t] = np.nan
            return
        likeness, reused = _likeness(self.past[-1], self.past[0])
        self.arrays["chain_similarity"][t], self.arrays["links_reused"][t] = likeness, reused

    def _write_countries(self, state: State, t: int, effort: Floats) -> None:
        world, flows, arrays = self.world, state.flows, self.arrays
        count = world.countries.population.size
        on_links, waiting = flows.seized_kg * self.tail_equivalent, state.raided_kg * world.nodes.equivalent
        seized = np.bincount(world.links.country, weights=on_links, minlength=count)
        arrays["country_seized_kg"][t] = seized + np.bincount(
            self.node_country, weights=waiting, minlength=count
        )
        entering = (flows.link_kg - flows.seized_kg) * self.tail_equivalent
        arrays["country_inflow_kg"][t] = np.bincount(
            self.head_country[self.crosses], weights=entering[self.crosses], minlength=count
        )
        killed = np.bincount(world.places.country, weights=state.killings, minlength=count)
        arrays["country_killings"][t] = killed
        yearly = np.divide(
            12.0e5 * killed,
            world.countries.population,
            where=world.countries.population > 0,
            out=np.zeros(count),
        )
        arrays["country_homicides_per_100k"][t] = world.countries.base_homicides_per_100k + yearly
        budget = state.authority
        arrays["country_enforcement_usd"][t] = budget.own_budget_usd + budget.aid_usd * budget.disbursement

    def _write_groups(self, state: State, t: int) -> None:
        groups, kinds = state.groups, self.world.kinds
        active = groups.kind >= 0
        count = kinds.bribe_share.size
        self.arrays["active_groups"][t] = active.sum()
        self.arrays["groups_active_by_kind"][t] = np.bincount(groups.kind[active], minlength=count)
        self.arrays["members_by_kind"][t] = np.bincount(
            groups.kind[active], weights=groups.members[active], minlength=count
        )
        moved = state.flows.group_sent_kg.sum(axis=1)
        total = moved.sum()
        self.arrays["group_concentration_hhi"][t] = ((moved / total) ** 2).sum() if total > 0 else np.nan

    def _write_money(self, state: State, t: int, residual: float) -> None:
        brokers, groups = self.capital_before
        self.note_capital(state)
        row = self.arrays["money_usd"][t]
        row[: len(ACCOUNTS)] = state.flows.money_usd
        row[-3:] = self.capital_before[0] - brokers, self.capital_before[1] - groups, residual

    def _place_prices(self, state: State) -> Floats:
        """Mean value of hydrochloride at each place over the principals that could sell it, USD/kg."""
        world = self.world
        prices = np.full(len(world.names.places), np.nan)
        nodes = np.flatnonzero(world.nodes.product == HYDROCHLORIDE)
        value = state.prices.value[nodes]
        weight = (value > 0) * world.principals.share * state.broker_active
        total = weight.sum(axis=1)
        known = total > 0
        prices[world.nodes.place[nodes[known]]] = (value * weight).sum(axis=1)[known] / total[known]
        return prices

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
