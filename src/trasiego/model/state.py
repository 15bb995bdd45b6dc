"""What changes during a run, as flat arrays; and the money accounts.

Shapes as in :mod:`trasiego.world.tables`. A run starts from a copy of the state that ``opening_state``
builds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from numba import literal_unroll

from trasiego.model.compiled import tight_kernel
from trasiego.world.tables import Floats, Integers

ACCOUNTS = (
    "consumers_paid",
    "producers",
    "group_fees",
    "ad_hoc_fees",
    "tolls",
    "escort",
    "hijack",
    "police",
    "transport",
    "wages",
    "confiscated",
    "entry_capital",
)
(
    CONSUMERS,
    PRODUCERS,
    GROUP_FEES,
    AD_HOC_FEES,
    TOLLS,
    ESCORT,
    HIJACK,
    POLICE,
    TRANSPORT,
    WAGES,
    CONFISCATED,
    ENTRY_CAPITAL,
) = range(len(ACCOUNTS))


class Prices(NamedTuple):
    """Values, weights and feared risks of a month, as :func:`trasiego.model.valuation.valuation` has them."""

    value: Floats
    utility: Floats
    weight: Floats
    average_value: Floats
    escorted: Floats
    risk: Floats


class Flows(NamedTuple):
    """What moved in a month.

    link_kg, seized_kg, hijacked_kg, hijacked_loads, escorted_kg, desired_kg [L]; offer_kg, offer_fee_usd
    [L, M + 1]; sent, lost [L, B] loads; group_sent_kg, group_lost_kg [G, B]; crew_lost [G]; fee_usd,
    escort_usd, hijack_usd [G]; arrivals_kg [Q, B]; zone_demand_kg, zone_made_kg [Z]; node_seized_kg,
    process_loss_kg [N] (at the tail of the link); broker_cash_usd [B] change; money_usd [accounts].
    """

    link_kg: Floats
    seized_kg: Floats
    hijacked_kg: Floats
    hijacked_loads: Floats
    escorted_kg: Floats
    desired_kg: Floats
    offer_kg: Floats
    offer_fee_usd: Floats
    sent: Floats
    lost: Floats
    group_sent_kg: Floats
    group_lost_kg: Floats
    crew_lost: Floats
    fee_usd: Floats
    escort_usd: Floats
    hijack_usd: Floats
    arrivals_kg: Floats
    zone_demand_kg: Floats
    zone_made_kg: Floats
    node_seized_kg: Floats
    process_loss_kg: Floats
    broker_cash_usd: Floats
    money_usd: Floats


class Groups(NamedTuple):
    """Group slots [G]: kind -1 marks a free slot; access 0 none, 1 local, 2 national; led 1 with a leader.

    The first ``reserved`` slots belong to named groups and are never used by others.
    """

    kind: Integers
    members: Floats
    home: Integers
    access: Integers
    led: Integers
    peak: Floats
    capital_usd: Floats
    income_usd: Floats
    born: Integers
    parent: Integers
    reserved: int


class Networks(NamedTuple):
    """Who works which link, and how full it is.

    group [L, M] slot or -1; share [L, M] of the group's members on the link; first_link and last_link [G],
    outside of which a group has no link (so few links need be looked through); capacity [L, M + 1] kg/month;
    utilisation and fee_factor [L]; open_power and node_capacity [N, B] as in
    :func:`trasiego.model.contracting.bottleneck`.
    """

    group: Integers
    share: Floats
    first_link: Integers
    last_link: Integers
    capacity: Floats
    utilisation: Floats
    fee_factor: Floats
    open_power: Floats
    node_capacity: Floats


class Memory(NamedTuple):
    """Beliefs: sent, lost [L, B] decayed loads; perceived risk [L, B]; trust, trust_power [G, B]."""

    prior: Floats
    sent: Floats
    lost: Floats
    perceived: Floats
    trust: Floats
    trust_power: Floats
    trust_start: float
    trust_exponent: float
    trust_ad_hoc: float


class Authority(NamedTuple):
    """Enforcement: own_budget, aid, disbursement, stance [C]; effort, hazard, signal [L]; capture [P]."""

    own_budget_usd: Floats
    aid_usd: Floats
    disbursement: Floats
    integrity: Floats
    stance: Integers
    effort: Floats
    hazard: Floats
    signal: Floats
    capture: Floats


class Territory(NamedTuple):
    """Who holds, guards and robs where.

    holder [P] principal or -1; toll [L, B]; mourning_months [P] since a group at home there lost its leader,
    near_months [P] since one that works there did; escort_group [P] that sells escort or -1, and the arrays
    [L] of :func:`trasiego.model.escort.offer_escort`; members_here [P] and robbers [P, 2] of
    :func:`trasiego.model.hijack.find_rivals`.
    """

    holder: Integers
    toll: Floats
    mourning_months: Floats
    near_months: Floats
    escort_group: Integers
    escort_here: Integers
    escort_usd_per_kg: Floats
    escort_minimum_usd: Floats
    escort_effect: Floats
    members_here: Floats
    robbers: Integers


class Sources(NamedTuple):
    """Zones [Z]: area, smoothed price, eradication and price now, harvest of the month."""

    area_ha: Floats
    wanted_price_usd: Floats
    price_usd: Floats
    eradication_ha: Floats
    harvest_kg: Floats


class Demand(NamedTuple):
    """Markets [Q]: price, smoothed arrivals, and the level of demand relative to the opening."""

    price_usd: Floats
    arrivals_kg: Floats
    level: Floats


@dataclass
class State:
    """Everything that changes in a run."""

    stock: Floats
    prices: Prices
    flows: Flows
    groups: Groups
    networks: Networks
    memory: Memory
    authority: Authority
    territory: Territory
    sources: Sources
    demand: Demand
    broker_capital_usd: Floats
    broker_active: Floats
    killings: Floats
    raided_kg: Floats
    made_kg: Floats
    full_table: Integers


@tight_kernel
def clear(flows: Flows, raided_kg: Floats, killings: Floats) -> None:
    """Empty what is counted anew each month."""
    for array in literal_unroll(flows):
        array[...] = 0.0
    raided_kg[:] = 0.0
    killings[:] = 0.0
