"""The compiled world: flat arrays, grouped by what they describe.

Every table is a NamedTuple of NumPy arrays, so that Numba kernels take it as it is. Nothing here changes
during a run: what changes lives in :mod:`trasiego.model.state`. Shapes use P places, N nodes (a place and a
product), L links, M named offer slots a link, G group slots, B principals, Z zones, Q markets, C countries,
D modes and H kinds of group.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating]
Integers = NDArray[np.int64]

PASTE, HYDROCHLORIDE = 0, 1
PRODUCTS = ("paste", "hydrochloride")
AD_HOC = -2
EMPTY = -1


class Places(NamedTuple):
    """Places, in the order of the geography file.

    country [P] index of the country; hydrochloride_node [P] node index or -1; is_entry_place [P] 1 where
    new groups may enter (a kept place with a link out); home_kind [P] kind of group that enters there.
    """

    country: Integers
    hydrochloride_node: Integers
    is_entry_place: Integers
    home_kind: Integers


class Nodes(NamedTuple):
    """Nodes in the static order: links only lead to later nodes.

    place [N]; product [N] 0 paste, 1 hydrochloride; market [N] and zone [N] index or -1;
    link_start [N + 1] first link that leaves the node; equivalent [N] kg hydrochloride per kg of the product.
    """

    place: Integers
    product: Integers
    market: Integers
    zone: Integers
    link_start: Integers
    equivalent: Floats


class Links(NamedTuple):
    """Links sorted by tail node; arrays [L].

    ratio kg out per kg in; ground_km length by road or river, 0 by sea and air and in ports; rent and fee_log
    log shares of value; cost_usd_per_kg outlay; hazard_reference
    seizure hazard of a typical consignment at effort 1; load_kg, crew_per_load of the mode; capacity_kg
    most that the link takes a month (infinite where there is no limit); time_per_kg member-months needed to
    move one kg; country that enforces; domain of enforcement; is_processing 1 where paste is refined.
    """

    tail: Integers
    head: Integers
    mode: Integers
    ratio: Floats
    distance_km: Floats
    ground_km: Floats
    rent: Floats
    fee_log: Floats
    cost_usd_per_kg: Floats
    hazard_reference: Floats
    load_kg: Floats
    crew_per_load: Floats
    capacity_kg: Floats
    time_per_kg: Floats
    country: Integers
    domain: Integers
    is_processing: Integers


class Kinds(NamedTuple):
    """Numbers of each kind of group; arrays [H], units as in the field registry under ``kinds.*``.

    The numbers of escort are zero for kinds that sell none.
    """

    reservation_income_usd_per_member_month: Floats
    bribe_share: Floats
    growth_per_month: Floats
    members_minimum: Floats
    members_at_entry_low: Floats
    members_at_entry_high: Floats
    succession_probability: Floats
    split_probability: Floats
    raid_visibility: Floats
    killings_per_member_month: Floats
    escort_fee_usd_per_kg: Floats
    escort_minimum_usd: Floats
    escort_effect: Floats
    moves_loads: Integers
    enters: Integers


class Principals(NamedTuple):
    """Brokers: principals that own consignments.

    access [Q, B] 1 where the principal sells to the market; buys [Z, B] 1 where it buys; share [B] weight
    among buyers; territorial [B]; group [B] slot of its own group or -1; first, last [B] absolute months.
    """

    access: Floats
    buys: Floats
    share: Floats
    territorial: Integers
    group: Integers
    first: Integers
    last: Integers


class Zones(NamedTuple):
    """Sources; arrays [Z]. kind 0 cultivation, 1 inflow; masses in kg of the zone's own product."""

    node: Integers
    kind: Integers
    product: Integers
    area_ha: Floats
    product_kg_per_ha_month: Floats
    eradication_ha_per_month: Floats
    inflow_kg_per_month: Floats
    marginal_cost_usd_per_kg: Floats
    price_usd_per_kg: Floats


class Markets(NamedTuple):
    """Consumer markets; arrays [Q]."""

    node: Integers
    price_usd_per_kg: Floats
    consumption_kg_per_month: Floats
    elasticity: Floats
    growth_per_month: Floats


class Countries(NamedTuple):
    """Authorities; arrays [C]. stance 0 interdict, 1 show, 2 accommodate."""

    strength: Floats
    own_budget_usd_per_month: Floats
    aid_usd_per_month: Floats
    aid_disbursement: Floats
    integrity: Floats
    stance: Integers
    population: Floats
    base_homicides_per_100k: Floats


class Opening(NamedTuple):
    """State that a run starts from: groups [G], offers [L, M] (slot of the group or -1), held places [P].

    Also escort_group [P]: the group that sells escort at the place, or -1; waiting_offers [K, 2]
    (link, group) of groups whose first month lies ahead; presence [K, 2] (group, place) where groups are
    reported; reserved: slots that belong to named groups.
    """

    group_kind: Integers
    group_members: Floats
    group_home: Integers
    group_access: Integers
    group_first: Integers
    group_last: Integers
    offer_group: Integers
    place_holder: Integers
    escort_group: Integers
    waiting_offers: Integers
    presence: Integers
    reserved: int


class Event(NamedTuple):
    """A scripted event: absolute month, kind, index of the target in the table the kind speaks of.

    ``by`` is who acts, or -1: the index of a principal (takeover) or of the group that breaks away (split).
    """

    month: int
    kind: str
    target: int
    table: str
    size: float
    seized_kg: float
    by: int
    choice: str
    text: str
    claims: tuple[str, ...]
    id: str


class Delayed(NamedTuple):
    """A number that takes another value from a month on (a policy with a start)."""

    month: int
    path: str
    value: float


@dataclass(frozen=True)
class Names:
    """Identifiers behind the indices, and texts for readers.

    group_places [G] are the places where a group is reported, with spaces between.
    """

    places: tuple[str, ...]
    nodes: tuple[str, ...]
    links: tuple[str, ...]
    modes: tuple[str, ...]
    kinds: tuple[str, ...]
    groups: tuple[str, ...]
    group_titles: tuple[str, ...]
    group_countries: tuple[str, ...]
    brokers: tuple[str, ...]
    broker_titles: tuple[str, ...]
    zones: tuple[str, ...]
    markets: tuple[str, ...]
    countries: tuple[str, ...]
    group_places: tuple[str, ...] = ()


@dataclass(frozen=True)
class World:
    """A scenario compiled to flat arrays.

    ``numbers`` holds the scalar parameters by section (``numbers["valuation"]["choice_scale"]``); the
    model turns each section into the NamedTuple that its mechanism takes.
    """

    name: str
    names: Names
    places: Places
    nodes: Nodes
    links: Links
    kinds: Kinds
    principals: Principals
    zones: Zones
    markets: Markets
    countries: Countries
    opening: Opening
    numbers: dict[str, dict[str, float]]
    switches: dict[str, bool]
    events: tuple[Event, ...]
    delayed: tuple[Delayed, ...]
    start: np.datetime64
    months: int
    spin_up_months: int
    notes: tuple[str, ...] = field(default=())
