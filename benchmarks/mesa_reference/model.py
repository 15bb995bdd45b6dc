"""The month of the reference model and what it leaves behind."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import mesa
import numpy as np

from benchmarks.mesa_reference import change, scripted, valuing
from benchmarks.mesa_reference.agents import Country, Group, Market, Principal, Zone
from benchmarks.mesa_reference.ground import Escort, Link, Node, Place, row_of
from benchmarks.mesa_reference.shipping import ship
from trasiego.model.numbers import numbers_of
from trasiego.world.tables import World

NEVER = -1


class TradeModel(mesa.Model):
    """A run of a compiled world; `run` makes all its months, `outcome` has what was recorded."""

    def __init__(self, world: World, seed: int) -> None:
        super().__init__(seed=seed)
        self.world, self.numbers = world, numbers_of(world)
        self.month = self.raid_count = self.full_table = 0
        self.raided: dict[Node, float] = {}
        self._build_ground()
        self._build_owners()
        self._build_groups()
        self.agents_by_type[Country].do("search")
        self.datacollector = mesa.DataCollector(model_reporters=REPORTERS)

    def _build_ground(self) -> None:
        world = self.world
        kinds = [row_of(world.kinds, kind) for kind in range(len(world.names.kinds))]
        self.kinds = kinds
        self.countries = [
            Country(self, row_of(world.countries, c)) for c in range(len(world.names.countries))
        ]
        self.places = [
            Place(self.countries[facts.country], kinds[facts.home_kind], facts.is_entry_place == 1)
            for facts in (row_of(world.places, p) for p in range(len(world.names.places)))
        ]
        nodes = [
            Node(self.places[place], equivalent)
            for place, equivalent in zip(world.nodes.place, world.nodes.equivalent.tolist(), strict=True)
        ]
        self.nodes = nodes
        for place, index in zip(self.places, world.places.hydrochloride_node, strict=True):
            place.hydrochloride = nodes[index] if index >= 0 else None
        self.links = []
        for index in range(len(world.names.links)):
            facts = row_of(world.links, index)
            slots = world.opening.offer_group.shape[1]
            country = self.countries[facts.country]
            link = Link(facts, nodes[facts.tail], nodes[facts.head], country, slots)
            self.links.append(link)
            for owner in (link.tail, link.tail.place, country):
                owner.links.append(link)

    def _build_owners(self) -> None:
        world = self.world
        self.zones = [
            Zone(self, row_of(world.zones, z), self.nodes[n]) for z, n in enumerate(world.zones.node)
        ]
        self.markets = [
            Market(self, row_of(world.markets, q), self.nodes[n]) for q, n in enumerate(world.markets.node)
        ]
        for zone in self.zones:
            zone.node.zone = zone
        for market in self.markets:
            market.node.market = market
        table = world.principals
        self.principals = []
        for b, share in enumerate(table.share.tolist()):
            principal = Principal(self, row_of(table._replace(access=table.share, buys=table.share), b))
            # Markets and zones are looked up by agent; the row holds what has one value.
            principal.sells = {market: table.access[q, b] > 0.0 for q, market in enumerate(self.markets)}
            principal.buys = {zone: share * table.buys[z, b].item() for z, zone in enumerate(self.zones)}
            self.principals.append(principal)
        for node in self.nodes:
            node.stock = dict.fromkeys(self.principals, 0.0)
        for link in self.links:
            link.perceived = dict.fromkeys(self.principals, link.prior)
            link.memory_sent = dict.fromkeys(self.principals, 0.0)
            link.memory_lost = dict.fromkeys(self.principals, 0.0)

    def _build_groups(self) -> None:
        opening = self.world.opening
        self.unnamed_slots = opening.group_kind.size - opening.reserved
        groups: list[Group | None] = []
        for slot in range(opening.group_kind.size):
            kind = opening.group_kind[slot]
            absent = kind < 0 or opening.group_first[slot] > 0 or opening.group_last[slot] < 0
            if absent and slot >= opening.reserved:
                groups.append(None)
                continue
            home, members = self.places[opening.group_home[slot]], opening.group_members[slot].item()
            group = Group(self, self.kinds[kind], home, members, named=slot < opening.reserved)
            group.access = opening.group_access[slot].item()
            groups.append(group)
            if not absent:
                group.open(members)
        self.named: list[Group] = [group for group in groups[: opening.reserved] if group is not None]
        for link, slots in zip(self.links, opening.offer_group, strict=True):
            for slot in slots[slots >= 0]:
                link.take_on(groups[slot])  # type: ignore[arg-type]
        for group in self.active_groups():
            group.spread_evenly()
        for link, slot in opening.waiting_offers:
            self.named[slot].waiting.append(self.links[link])
        for slot, place in opening.presence:
            self.named[slot].reported.append(self.places[place])
        for place, slot, holder in zip(self.places, opening.escort_group, opening.place_holder, strict=True):
            place.escort_seller = self.named[slot] if slot >= 0 else None
            place.holder = self.principals[holder] if holder >= 0 else None
        for principal in self.principals:
            if principal.facts.group >= 0:
                principal.own_group = self.named[principal.facts.group]

    def active_groups(self) -> list[Group]:
        """Groups that are there now."""
        return [group for group in self.agents_by_type[Group] if group.active]

    def unnamed_groups(self) -> int:
        """How many unnamed groups there are."""
        return len(self.agents_by_type[Group]) - len(self.named)

    def note_raid(self, node: Node, kg: float) -> None:
        """Book goods that were taken where they waited."""
        self.raided[node] = self.raided.get(node, 0.0) + kg

    def run(self, months: int) -> dict[str, np.ndarray]:
        """Run the spin-up and the recorded months; return the record by the names of the model's own."""
        for _month in range(self.world.spin_up_months + months):
            self.step()
        return {name: np.array(values) for name, values in self.datacollector.model_vars.items()}

    def step(self) -> None:
        """One month."""
        self._begin_month()
        self._events()
        self.agents_by_type[Zone].do("grow")
        valuing.look_ahead(self)
        valuing.value_nodes(self)
        self._transit()
        if self.world.switches["bribery"]:
            self._bribe()
        self.agents_by_type[Country].do("search")
        for group in self.active_groups():
            group.risk_raid()
        self.agents_by_type[Market].do("set_price")
        if self.world.switches["learning"]:
            for link in self.links:
                link.learn_risk(self.principals, self.numbers.learning)
            self.agents_by_type[Group].do("learn_trust")
        self._organise()
        change.contest_places(self)
        change.count_killings(self)
        if self.month >= self.world.spin_up_months:
            self.datacollector.collect(self)
        self.month += 1

    def _begin_month(self) -> None:
        self.raid_count, self.raided = 0, {}
        self.agents_by_type[Group].do("start_month")
        for link in self.links:
            link.start_month()
        for zone in self.zones:
            zone.demand_kg = zone.made_kg = 0.0
        for market in self.markets:
            market.arrived_kg = 0.0
        for place in self.places:
            place.killings = 0.0

    def _events(self) -> None:
        world, toll = self.world, self.numbers.violence.toll_log_share
        for principal in self.principals:
            principal.active = principal.facts.first <= self.month <= principal.facts.last
        for delayed in world.delayed:
            if delayed.month == self.month:
                scripted.change_number(self, delayed)
        for event in world.events:
            if event.month == self.month and world.switches["events"]:
                scripted.happen(self, event)
        for place in self.places:
            place.members = sum(group.members for group in place.residents)
        for link in self.links:
            holder = link.tail.place.holder
            charged = holder is not None and holder.active
            link.toll = {each: toll if charged and each is not holder else 0.0 for each in self.principals}
            link.escort = self._escort_on(link) if world.switches["escort"] else None

    def _escort_on(self, link: Link) -> Escort | None:
        seller, km = link.tail.place.escort_seller, link.facts.ground_km
        if seller is None or not seller.active or km <= 0.0:
            return None
        kind, part = seller.kind, km / self.numbers.escort.passage_km
        return Escort(kind.escort_fee_usd_per_kg * part, kind.escort_minimum_usd * part, kind.escort_effect)

    def _transit(self) -> None:
        for node in self.nodes:
            if node.zone is not None:
                node.zone.sell()
            if node.market is not None:
                node.market.buy()
            else:
                ship(self, node)
        for link in self.links:
            link.update_fee(self.numbers.contracting)
        self.agents_by_type[Zone].do("set_price")

    def _bribe(self) -> None:
        numbers = self.numbers.bribery
        spent = dict.fromkeys(self.places, 0.0)
        for group in self.active_groups():
            for offer in group.offers:
                bribe = offer.fee_usd * group.kind.bribe_share
                spent[offer.link.tail.place] += 0.5 * bribe
                spent[offer.link.head.place] += 0.5 * bribe
                group.capital -= bribe
            bribe = group.escort_usd * group.kind.bribe_share
            spent[group.home] += bribe
            group.capital -= bribe
        for place, usd in spent.items():
            reach = usd / (usd + numbers.half_spending_usd_per_month)
            gain = numbers.capture_gain * (1.0 - place.country.integrity) * reach * (1.0 - place.capture)
            place.capture = min(max(place.capture + gain - numbers.capture_decay * place.capture, 0.0), 1.0)

    def _organise(self) -> None:
        for group in self.active_groups():
            group.collect()
        self.agents_by_type[Principal].do("pay_own_group")
        growing = self.world.switches["growth"]
        for group in self.active_groups():
            group.pay_members()
            if growing:
                group.change_size()
                group.shift_members()
        change.lose_leaders(self)
        if growing:
            change.give_up(self)
        change.enter(self)


def _captured(model: TradeModel) -> float:
    through = math.fsum(link.kg for link in model.links)
    captured = math.fsum(link.tail.place.capture * link.kg for link in model.links)
    return captured / through if through > 0.0 else 0.0


def _seized(model: TradeModel) -> float:
    on_links = sum(link.seized_kg * link.tail.equivalent for link in model.links)
    return on_links + sum(kg * node.equivalent for node, kg in model.raided.items())


REPORTERS: dict[str, Callable[[Any], Any]] = {
    "produced_kg": lambda model: sum(zone.made_kg * zone.node.equivalent for zone in model.zones),
    "delivered_kg": lambda model: sum(market.arrived_kg for market in model.markets),
    "seized_kg": _seized,
    "hijacked_kg": lambda model: sum(link.robbed_kg * link.tail.equivalent for link in model.links),
    "stock_kg": lambda model: sum(node.waiting_kg() * node.equivalent for node in model.nodes),
    "killings": lambda model: sum(place.killings for place in model.places),
    "active_groups": lambda model: len(model.active_groups()),
    "active_links": lambda model: sum(link.kg > 1.0 for link in model.links),
    "active_places": lambda model: len({link.tail.place for link in model.links if link.kg > 1.0}),
    "police_capture": _captured,
    "raids": lambda model: model.raid_count,
    "full_table": lambda model: model.full_table,
    "market_price_usd_per_kg": lambda model: [market.price for market in model.markets],
    "market_consumed_kg": lambda model: [market.arrived_kg for market in model.markets],
    "zone_price_usd_per_kg": lambda model: [zone.price for zone in model.zones],
    "zone_produced_kg": lambda model: [zone.made_kg for zone in model.zones],
    "zone_area_ha": lambda model: [zone.area_ha for zone in model.zones],
}
