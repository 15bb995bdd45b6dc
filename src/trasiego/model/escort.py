"""Escort: who sells armed company on the ground, at which price, and when a consignment takes it."""

from __future__ import annotations

from trasiego.model.compiled import inlined_kernel
from trasiego.model.elementary import exponential
from trasiego.model.state import Groups, Territory
from trasiego.model.valuation import worth
from trasiego.world.tables import Kinds, Links, Nodes


@inlined_kernel
def offer_escort(
    nodes: Nodes, links: Links, kinds: Kinds, groups: Groups, territory: Territory, passage_km: float
) -> None:
    """Price and effect of escort on every link, into ``territory``.

    The group that sells escort at a place walks along by road and river. It asks the fee of its kind once for
    a passage of ``passage_km``, so each link costs the part that it has in one: a pass-through place changes
    nothing. ``territory.escort_here`` [L] is 1 where escort is sold, ``escort_usd_per_kg`` [L] USD/kg,
    ``escort_minimum_usd`` [L] USD a consignment at least, ``escort_effect`` [L] share of the hazard that it
    takes away.
    """
    for link in range(links.tail.size):
        seller = territory.escort_group[nodes.place[links.tail[link]]]
        sold = seller >= 0 and groups.kind[seller] >= 0 and links.ground_km[link] > 0.0
        territory.escort_here[link] = 1 if sold else 0
        if sold:
            kind, part = groups.kind[seller], links.ground_km[link] / passage_km
            territory.escort_usd_per_kg[link] = kinds.escort_fee_usd_per_kg[kind] * part
            territory.escort_minimum_usd[link] = kinds.escort_minimum_usd[kind] * part
            territory.escort_effect[link] = kinds.escort_effect[kind]


@inlined_kernel
def escort_price(link: int, lot_kg: float, territory: Territory) -> float:
    """Price [USD/kg] of escort on a link for a consignment of ``lot_kg``, which pays a least price."""
    return float(max(territory.escort_usd_per_kg[link], territory.escort_minimum_usd[link] / lot_kg))


@inlined_kernel
def guarded(
    ahead: float, base: float, risk: float, cost: float, lot_kg: float, link: int, territory: Territory
) -> bool:
    """Whether escort on a link is worth its price for a consignment of ``lot_kg``.

    ``ahead`` is the value at the head (USD/kg), ``base`` the log shares besides risk, ``risk`` the perceived
    hazard of the consignment, ``cost`` the outlay (USD/kg).
    """
    alone, _ = worth(ahead, base + risk, exponential(-base - risk), cost)
    price = escort_price(link, lot_kg, territory)
    share = base + risk * (1.0 - territory.escort_effect[link])
    safer, _ = worth(ahead, share, exponential(-share), cost + price)
    return safer > alone
