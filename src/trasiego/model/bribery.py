"""Bribery: groups pay the police of the places that they pass, and capture them."""

from __future__ import annotations

from trasiego.model.compiled import apart_kernel
from trasiego.model.numbers import BriberyNumbers
from trasiego.model.state import POLICE, Authority, Flows, Groups, Networks
from trasiego.world.tables import Floats, Integers, Kinds, Links, Nodes


@apart_kernel
def bribery(
    nodes: Nodes,
    links: Links,
    kinds: Kinds,
    groups: Groups,
    networks: Networks,
    flows: Flows,
    authority: Authority,
    place_country: Integers,
    spending: Floats,
    numbers: BriberyNumbers,
) -> None:
    """Police capture of the month, into ``authority.capture`` [P] in 0..1.

    Each group spends the share of its kind of every fee, half at each end of the link, and local protectors
    the share of their escort income at home. Capture rises with spending at a falling rate (half of the
    full speed at ``half_spending_usd_per_month``), slower where the authority has more integrity, and
    decays. ``spending`` [P] is scratch and holds USD spent at each place afterwards.
    """
    spending[:] = 0.0
    for link in range(networks.group.shape[0]):
        for m in range(networks.group.shape[1]):
            fee = flows.offer_fee_usd[link, m]
            if fee > 0.0:
                group = networks.group[link, m]
                bribe = fee * kinds.bribe_share[groups.kind[group]]
                spending[nodes.place[links.tail[link]]] += 0.5 * bribe
                spending[nodes.place[links.head[link]]] += 0.5 * bribe
                groups.capital_usd[group] -= bribe
    for group in range(groups.kind.size):
        if flows.escort_usd[group] > 0.0 and groups.kind[group] >= 0:
            bribe = flows.escort_usd[group] * kinds.bribe_share[groups.kind[group]]
            spending[groups.home[group]] += bribe
            groups.capital_usd[group] -= bribe
    for place in range(spending.size):
        capture = authority.capture[place]
        reach = spending[place] / (spending[place] + numbers.half_spending_usd_per_month)
        gain = (
            numbers.capture_gain * (1.0 - authority.integrity[place_country[place]]) * reach * (1.0 - capture)
        )
        authority.capture[place] = min(max(capture + gain - numbers.capture_decay * capture, 0.0), 1.0)
        flows.money_usd[POLICE] += spending[place]
