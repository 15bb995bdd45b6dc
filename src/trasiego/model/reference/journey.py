"""What the twin of the sweep takes and what it leaves: sources, passage, and what a month moved."""

from __future__ import annotations

from dataclasses import dataclass

from trasiego.model.reference.valuation import Numbers, Positions


@dataclass(frozen=True)
class Sources:
    """The production zones of a month.

    zone_of_node (N): zone or -1. By zone (Z): price (USD/kg), harvest_kg, marginal_cost (USD/kg),
    supply_spread. buying_share (Z, B): relative weight of a broker in a zone, 0 where it does not buy;
    buying_cover: stock held relative to what the way ahead can carry; buying_margin: part of the value that a
    price must leave for all to be bought.
    """

    zone_of_node: Positions
    price: Numbers
    harvest_kg: Numbers
    marginal_cost: Numbers
    supply_spread: Numbers
    buying_share: Numbers
    buying_cover: float
    buying_margin: float


@dataclass(frozen=True)
class Passage:
    """How goods move in a month.

    By link (L): hazard (true one of a typical load, this month), prior (usual chance of loss), load_kg.
    Numbers: lot_spread, lot_risk_response (exponent of consignments with perceived over usual risk) and
    partner_noise (log standard deviations), load_size_exponent, and the words that name the draws: seed,
    run, month.

    For robbery, by link: ground_km; by node (N): place; by place (P): holder, broker or -1; by group (G):
    home (place) and members, 0 for free slots; hijack_per_km (hazard of a typical load where everybody at
    home at the place is a rival), hijack_price_share.
    """

    hazard: Numbers
    prior: Numbers
    load_kg: Numbers
    lot_spread: float
    lot_risk_response: float
    partner_noise: float
    load_size_exponent: float
    ground_km: Numbers
    place: Positions
    holder: Positions
    home: Positions
    members: Numbers
    hijack_per_km: float
    hijack_price_share: float
    seed: int
    run: int
    month: int


@dataclass
class Transit:
    """What a month moved; masses in kg, money in USD, all sums over the month.

    stock_kg (N, B) after the sweep; by zone (Z): zone_demand_kg, zone_made_kg; by zone and broker (Z, B):
    bought_kg, producers_usd; arrivals_kg (M, B); by offer (O): desired_kg; by offer and broker (O, B):
    flow_kg, seized_kg, robbed_kg, process_loss_kg, escorted_kg, fee_usd, toll_usd, transport_usd, escort_usd,
    load_hazard, loads_sent, loads_lost (seized or robbed), loads_robbed; by broker (B):
    bought_back_usd, paid to robbers; by group (G): robbers_usd.
    """

    stock_kg: Numbers
    zone_demand_kg: Numbers
    zone_made_kg: Numbers
    bought_kg: Numbers
    producers_usd: Numbers
    arrivals_kg: Numbers
    desired_kg: Numbers
    bought_back_usd: Numbers
    robbers_usd: Numbers
    flow_kg: Numbers
    seized_kg: Numbers
    robbed_kg: Numbers
    process_loss_kg: Numbers
    escorted_kg: Numbers
    fee_usd: Numbers
    toll_usd: Numbers
    transport_usd: Numbers
    escort_usd: Numbers
    load_hazard: Numbers
    loads_sent: Numbers
    loads_lost: Numbers
    loads_robbed: Numbers
