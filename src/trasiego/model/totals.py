"""Totals: what a month adds up to, in all, by country and by kind of group."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from trasiego.model.compiled import tight_kernel
from trasiego.model.state import Flows, Groups
from trasiego.world.tables import HYDROCHLORIDE, Floats, Integers, Links, Nodes, World


class Totals(NamedTuple):
    """Sums of a month; masses in kg, those called equivalent in kg of hydrochloride.

    whole [WHOLE] in the order of those names; country_seized_kg, country_inflow_kg (equivalent) and
    country_killings [C]; groups and members [H] by kind; place_price_usd_per_kg [P], NaN where nobody could
    sell; through_kg [P] is scratch.
    """

    whole: Floats
    country_seized_kg: Floats
    country_inflow_kg: Floats
    country_killings: Floats
    groups: Floats
    members: Floats
    place_price_usd_per_kg: Floats
    through_kg: Floats
    active: Floats


WHOLE = (
    "produced_kg",
    "delivered_kg",
    "seized_kg",
    "hijacked_kg",
    "process_loss_kg",
    "stock_kg",
    "killings",
    "active_links",
    "active_places",
    "police_capture",
    "active_groups",
    "group_concentration_hhi",
)
(
    PRODUCED,
    DELIVERED,
    SEIZED,
    HIJACKED,
    PROCESS_LOSS,
    STOCK,
    KILLINGS,
    ACTIVE_LINKS,
    ACTIVE_PLACES,
    CAPTURE,
    ACTIVE_GROUPS,
    CONCENTRATION,
) = range(len(WHOLE))
LEAST_KG = 1.0
"""What must go over a link in a month for it to count as active."""


def totals_of(world: World) -> Totals:
    """Empty totals of a world."""
    places, countries = world.places.country.size, world.countries.population.size
    kinds = world.kinds.bribe_share.size
    sizes = (len(WHOLE), countries, countries, countries, kinds, kinds, places, places, places)
    return Totals(*(np.zeros(size) for size in sizes))


@tight_kernel
def total_goods(
    nodes: Nodes,
    links: Links,
    zone_node: Integers,
    place_country: Integers,
    flows: Flows,
    stock: Floats,
    raided_kg: Floats,
    capture: Floats,
    totals: Totals,
) -> None:
    """Add up what moved, was seized and waits, in all and by country."""
    whole, through, active, equivalent = totals.whole, totals.through_kg, totals.active, nodes.equivalent
    whole[:] = 0.0
    through[:] = 0.0
    active[:] = 0.0
    totals.country_seized_kg[:] = 0.0
    totals.country_inflow_kg[:] = 0.0
    for zone in range(zone_node.size):
        whole[PRODUCED] += flows.zone_made_kg[zone] * equivalent[zone_node[zone]]
    for market in range(flows.arrivals_kg.shape[0]):
        for b in range(flows.arrivals_kg.shape[1]):
            whole[DELIVERED] += flows.arrivals_kg[market, b]
    for n in range(equivalent.size):
        waiting, raided = 0.0, raided_kg[n] * equivalent[n]
        for b in range(stock.shape[1]):
            waiting += stock[n, b]
        whole[STOCK] += waiting * equivalent[n]
        whole[PROCESS_LOSS] += flows.process_loss_kg[n]
        whole[SEIZED] += flows.node_seized_kg[n] * equivalent[n] + raided
        totals.country_seized_kg[place_country[nodes.place[n]]] += raided
    for link in range(links.tail.size):
        kg, tail = flows.link_kg[link], links.tail[link]
        if kg <= 0.0:
            continue
        place, ahead = nodes.place[tail], place_country[nodes.place[links.head[link]]]
        seized = flows.seized_kg[link]
        whole[HIJACKED] += flows.hijacked_kg[link] * equivalent[tail]
        totals.country_seized_kg[links.country[link]] += seized * equivalent[tail]
        if place_country[place] != ahead:
            totals.country_inflow_kg[ahead] += (kg - seized) * equivalent[tail]
        through[place] += kg
        if kg > LEAST_KG:
            whole[ACTIVE_LINKS] += 1.0
            active[place] = 1.0
    captured, moved = 0.0, 0.0
    for place in range(through.size):
        captured += capture[place] * through[place]
        moved += through[place]
        whole[ACTIVE_PLACES] += active[place]
    whole[CAPTURE] = captured / moved if moved > 0.0 else 0.0


@tight_kernel
def total_people(
    groups: Groups,
    group_sent_kg: Floats,
    killings: Floats,
    place_country: Integers,
    totals: Totals,
) -> None:
    """Add up groups and members by kind, killings by country, and how concentrated carrying is."""
    whole = totals.whole
    totals.groups[:] = 0.0
    totals.members[:] = 0.0
    totals.country_killings[:] = 0.0
    moved, squares = 0.0, 0.0
    for group in range(groups.kind.size):
        kg = 0.0
        for b in range(group_sent_kg.shape[1]):
            kg += group_sent_kg[group, b]
        moved += kg
        squares += kg * kg
        if groups.kind[group] >= 0:
            whole[ACTIVE_GROUPS] += 1.0
            totals.groups[groups.kind[group]] += 1.0
            totals.members[groups.kind[group]] += groups.members[group]
    whole[CONCENTRATION] = squares / (moved * moved) if moved > 0.0 else np.nan
    for place in range(killings.size):
        whole[KILLINGS] += killings[place]
        totals.country_killings[place_country[place]] += killings[place]


@tight_kernel
def place_prices(
    nodes: Nodes, value: Floats, share: Floats, active: Floats, weights: Floats, prices: Floats
) -> None:
    """Mean value of hydrochloride at each place over the principals that could sell it, USD/kg.

    Into ``prices`` [P]; ``weights`` [P] is scratch.
    """
    prices[:] = 0.0
    weights[:] = 0.0
    for n in range(nodes.place.size):
        if nodes.product[n] != HYDROCHLORIDE:
            continue
        place = nodes.place[n]
        weighted, total = prices[place], weights[place]
        for b in range(share.size):
            weight = share[b] * active[b] if value[n, b] > 0.0 else 0.0
            weighted += weight * value[n, b]
            total += weight
        prices[place], weights[place] = weighted, total
    for place in range(prices.size):
        prices[place] = prices[place] / weights[place] if weights[place] > 0.0 else np.nan
