"""Kinds, principals, countries and the opening state of groups: who is there when a run starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from trasiego.common.messages import _
from trasiego.scenario import Scenario
from trasiego.world.geography import Place
from trasiego.world.network import PROCESSING, Way
from trasiego.world.tables import Countries, Integers, Kinds, Opening, Places, Principals
from trasiego.world.values import blame, figure, file_figure, month, word

NEVER = 10**6
STANCES = ("interdict", "show", "accommodate")
ACCESS = ("none", "local", "national")
_HOME_KINDS = {"port": "port_service", "production_zone": "producer_clan"}
_OPENING_KEY = 0x7452A51E


@dataclass(frozen=True)
class Ground:
    """What actors stand on: places and ways with their indices."""

    place_index: Mapping[str, int]
    places: tuple[Place, ...]
    ways: tuple[Way, ...]

    @cached_property
    def ways_from(self) -> dict[str, list[int]]:
        """Indices of the ways out of each place, whatever the product."""
        out: dict[str, list[int]] = {place.id: [] for place in self.places}
        for i, way in enumerate(self.ways):
            out[way.tail[0]].append(i)
        return out


def months_since(scenario: Scenario, month: np.datetime64) -> int:
    """Absolute month number: 0 is the first month of the spin-up."""
    return int((month - scenario.start).astype(int)) + scenario.spin_up_months


def build_kinds(scenario: Scenario) -> Kinds:
    """Kinds of group in the order of the scenario."""
    kinds = scenario.section("kinds")
    numeric = [name for name in Kinds._fields if name not in ("moves_loads", "enters")]

    def column(name: str) -> np.ndarray:
        default = 0.0 if name.startswith("escort_") else None
        return np.array([figure(scenario, f"kinds.{kind}.{name}", default) for kind in kinds])

    columns = {name: column(name) for name in numeric}
    flags = {
        name: np.array([int(scenario.flag(f"kinds.{kind}.{name}")) for kind in kinds], dtype=np.int64)
        for name in ("moves_loads", "enters")
    }
    return Kinds(**columns, **flags)  # type: ignore[arg-type]


def build_countries(scenario: Scenario) -> Countries:
    """Authorities in the order of the scenario, with the budgets of its file."""
    names = scenario.section("countries")

    def column(field: str) -> np.ndarray:
        return np.array([file_figure(scenario, f"countries.{name}.{field}") for name in names])

    return Countries(
        strength=column("interdiction_strength"),
        own_budget_usd_per_month=column("own_budget_usd_per_month"),
        aid_usd_per_month=column("aid_usd_per_month"),
        aid_disbursement=column("aid_disbursement"),
        integrity=column("integrity"),
        stance=np.array(
            [STANCES.index(word(scenario, f"countries.{name}.stance")) for name in names], dtype=np.int64
        ),
        population=column("population"),
        base_homicides_per_100k=column("base_homicides_per_100k"),
    )


def build_places(scenario: Scenario, ground: Ground, hydrochloride_node: Integers) -> Places:
    """Places with their country, node, and the kind of group that enters there."""
    countries, kinds = scenario.section("countries"), scenario.section("kinds")
    out = {way.tail[0] for way in ground.ways}
    home = [_home_kind(scenario, place) for place in ground.places]
    return Places(
        country=np.array([countries.index(place.country) for place in ground.places], dtype=np.int64),
        hydrochloride_node=hydrochloride_node,
        is_entry_place=np.array([int(place.id in out) for place in ground.places], dtype=np.int64),
        home_kind=np.array([kinds.index(kind) for kind in home], dtype=np.int64),
    )


def _home_kind(scenario: Scenario, place: Place) -> str:
    """Kind of the small groups that are at home at a place; Faults where the scenario has no such kind."""
    kind = _HOME_KINDS.get(place.kind, "transport_network")
    if kind not in scenario.section("kinds"):
        raise blame(
            scenario,
            "kinds",
            ", ".join(scenario.section("kinds")),
            _("the kind {kind} too, for unnamed groups at {place}").format(kind=kind, place=place.id),
            _("add [kinds.{kind}]").format(kind=kind),
        )
    return kind


def build_principals(scenario: Scenario, group_index: Mapping[str, int]) -> Principals:
    """Principals with the markets they sell to and the zones they buy in."""
    names = scenario.section("brokers")
    markets, zones = scenario.section("markets"), scenario.section("zones")
    access = np.zeros((len(markets), len(names)))
    buys = np.zeros((len(zones), len(names)))
    months = np.zeros((2, len(names)), dtype=np.int64)
    months[1] = NEVER
    for b, name in enumerate(names):
        for market in scenario.ids(f"brokers.{name}.markets"):
            access[markets.index(market), b] = 1.0
        for zone in scenario.ids(f"brokers.{name}.zones") or zones:
            buys[zones.index(zone), b] = 1.0
        months[:, b] = _activity(scenario, f"brokers.{name}")
    groups = [scenario.text(f"brokers.{name}.group") for name in names]
    territorial = [word(scenario, f"brokers.{name}.strategy") == "territorial" for name in names]
    return Principals(
        access=access,
        buys=buys,
        share=np.array([figure(scenario, f"brokers.{name}.buying_share") for name in names]),
        territorial=np.array(territorial, dtype=np.int64),
        group=np.array([group_index.get(group or "", -1) for group in groups], dtype=np.int64),
        first=months[0],
        last=months[1],
    )


def _activity(scenario: Scenario, path: str) -> tuple[int, int]:
    first, last = month(scenario, f"{path}.active_from"), month(scenario, f"{path}.active_to")
    return (
        0 if first is None else months_since(scenario, first),
        NEVER if last is None else months_since(scenario, last),
    )


def build_opening(scenario: Scenario, ground: Ground) -> tuple[Opening, list[str]]:
    """Opening state of the group table and of the offers; notes on offers that found no slot."""
    table = _GroupTable(scenario, ground)
    for group in scenario.section("groups"):
        table.add_named(group)
    table.add_unnamed(figure(scenario, "organisation.initial_groups_per_place"))
    table.find_sellers_of_escort()
    return table.opening(), table.notes


class _GroupTable:
    """Fills group slots and offers, named groups first."""

    def __init__(self, scenario: Scenario, ground: Ground) -> None:
        self.scenario, self.ground = scenario, ground
        self.kinds = scenario.section("kinds")
        slots = int(figure(scenario, "organisation.group_slots"))
        self.kind = np.full(slots, -1, dtype=np.int64)
        self.members = np.zeros(slots)
        self.home = np.zeros(slots, dtype=np.int64)
        self.access = np.zeros(slots, dtype=np.int64)
        self.first = np.zeros(slots, dtype=np.int64)
        self.last = np.full(slots, NEVER, dtype=np.int64)
        self.offers = np.full(
            (len(ground.ways), int(figure(scenario, "organisation.offer_slots"))), -1, dtype=np.int64
        )
        self.escort = np.full(len(ground.places), -1, dtype=np.int64)
        self.notes: list[str] = []
        self.count = 0
        self.taken = [0] * len(ground.ways)
        self.from_place = ground.ways_from

    def add_named(self, group: str) -> None:
        """A reported group works the links between its places first, then those that leave them."""
        scenario, slot = self.scenario, self._slot()
        prefix = f"groups.{group}."
        places = scenario.ids(prefix + "places")
        kind = word(scenario, prefix + "kind")
        self.kind[slot] = self.kinds.index(kind)
        self.members[slot] = figure(scenario, prefix + "members")
        self.home[slot] = self.ground.place_index[places[0]]
        self.access[slot] = ACCESS.index(word(scenario, prefix + "political_access"))
        self.first[slot], self.last[slot] = _activity(scenario, f"groups.{group}")
        if self.last[slot] < 0:
            return  # gone before the run begins
        if scenario.flag(f"kinds.{kind}.moves_loads"):
            links = self._links_of(set(places), set(scenario.ids(prefix + "modes")))
            placed = sum(self._take(link, slot) for link in links)
            if not placed:
                self.notes.append(f"group {group} found no free slot on any link of its places")

    def find_sellers_of_escort(self) -> None:
        """Reported groups that sell escort do so at their places, the dearest service first."""
        scenario, fee = self.scenario, "kinds.{}.escort_fee_usd_per_kg"
        sellers = [
            (figure(scenario, fee.format(kind), 0.0), slot, group)
            for slot, group in enumerate(scenario.section("groups"))
            if self.last[slot] >= 0
            and figure(
                scenario, f"kinds.{(kind := word(scenario, f'groups.{group}.kind'))}.escort_effect", 0.0
            )
        ]
        for _fee, slot, group in sorted(sellers, key=lambda seller: (-seller[0], seller[1])):
            for place in scenario.ids(f"groups.{group}.places"):
                if self.escort[self.ground.place_index[place]] < 0:
                    self.escort[self.ground.place_index[place]] = slot

    def _links_of(self, places: set[str], modes: set[str]) -> list[int]:
        out = [
            i
            for place in sorted(places, key=self.ground.place_index.__getitem__)
            for i in self.from_place[place]
        ]
        fit = [
            i
            for i in out
            if not modes or self.ground.ways[i].mode in modes or self.ground.ways[i].mode == PROCESSING
        ]
        inside = [i for i in fit if self.ground.ways[i].head[0] in places]
        leaving = [i for i in fit if self.ground.ways[i].head[0] not in places]
        return inside + leaving

    def _take(self, link: int, slot: int) -> bool:
        free = self.taken[link]
        if free == self.offers.shape[1]:
            return False
        self.offers[link, free] = slot
        self.taken[link] += 1
        return True

    def add_unnamed(self, per_place: float) -> None:
        """Small groups that no report names, without whom most stretches would have no carrier."""
        generator = np.random.Generator(np.random.Philox(key=_OPENING_KEY))
        links_each = int(figure(self.scenario, "organisation.links_at_entry"))
        sizes = {kind: self._sizes_at_entry(kind) for kind in self.kinds}
        for place in self.ground.places:
            links = self.from_place[place.id]
            if not links:
                continue
            kind = _home_kind(self.scenario, place)
            low, high = sizes[kind]
            for _number in range(round(per_place)):
                slot = self._slot()
                self.kind[slot] = self.kinds.index(kind)
                self.members[slot] = generator.uniform(low, high)
                self.home[slot] = self.ground.place_index[place.id]
                chosen = generator.permutation(len(links))[:links_each]
                for i in chosen.tolist():
                    self._take(links[i], slot)

    def _sizes_at_entry(self, kind: str) -> tuple[float, float]:
        key = f"kinds.{kind}.members_at_entry_"
        return figure(self.scenario, f"{key}low"), figure(self.scenario, f"{key}high")

    def _slot(self) -> int:
        if self.count >= self.kind.size:
            raise blame(
                self.scenario,
                "organisation.group_slots",
                _("{slots} slots for groups").format(slots=self.kind.size),
                _("a slot for each group of the opening, and some for those that enter"),
                _("raise it"),
            )
        self.count += 1
        return self.count - 1

    def opening(self) -> Opening:
        """The finished tables; groups whose first month lies ahead wait for their event."""
        holder = np.full(len(self.ground.places), -1, dtype=np.int64)
        for b, broker in enumerate(self.scenario.section("brokers")):
            for place in self.scenario.ids(f"brokers.{broker}.places_held"):
                holder[self.ground.place_index[place]] = b
        return Opening(
            self.kind,
            self.members,
            self.home,
            self.access,
            self.first,
            self.last,
            self.offers,
            holder,
            self.escort,
            self._withdraw_waiting(),
            self._presence(),
            len(self.scenario.section("groups")),
        )

    def _presence(self) -> Integers:
        """Pairs of a reported group and a place where it was reported."""
        pairs = [
            (slot, self.ground.place_index[place])
            for slot, group in enumerate(self.scenario.section("groups"))
            for place in self.scenario.ids(f"groups.{group}.places")
        ]
        return np.array(pairs, dtype=np.int64).reshape(-1, 2)

    def _withdraw_waiting(self) -> Integers:
        """Take the offers of groups that come later off the links, and list them."""
        waiting = np.isin(self.offers, np.flatnonzero(self.first > 0)) & (self.offers >= 0)
        links, slots = np.nonzero(waiting)
        pairs = np.stack([links, self.offers[links, slots]], axis=1).astype(np.int64)
        self.offers[waiting] = -1
        return pairs
