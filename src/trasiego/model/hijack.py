"""Hijack: rivals rob loads on the ground, and sell them to another principal."""

from __future__ import annotations

from trasiego.model.compiled import inlined_kernel
from trasiego.model.state import Flows, Groups, Territory
from trasiego.world.tables import Floats


@inlined_kernel
def find_rivals(groups: Groups, territory: Territory) -> None:
    """Members at home at every place, into ``territory.members_here`` [P]; and who could rob there.

    ``territory.robbers`` [P, 2] are the two largest groups at home at the place, or -1: a load is robbed by
    the largest one that does not carry it.
    """
    territory.members_here[:] = 0.0
    territory.robbers[:, :] = -1
    for group in range(groups.kind.size):
        if groups.kind[group] < 0:
            continue
        place, members = groups.home[group], groups.members[group]
        territory.members_here[place] += members
        first, second = territory.robbers[place, 0], territory.robbers[place, 1]
        if first < 0 or members > groups.members[first]:
            territory.robbers[place, 0], territory.robbers[place, 1] = group, first
        elif second < 0 or members > groups.members[second]:
            territory.robbers[place, 1] = group


@inlined_kernel
def hijack_hazard(
    place: int,
    carrier: int,
    principal: int,
    ground_km: float,
    hazard_per_km: float,
    groups: Groups,
    territory: Territory,
) -> tuple[float, int]:
    """Hazard that a typical load is robbed on its way from a place, and by which group.

    The hazard is that of the distance on the ground times the part of the members at home at the place that
    are not the carrier's own (``carrier`` -1 is an ad hoc one). Goods of the principal that holds the place
    are left alone.
    """
    robber = territory.robbers[place, 0]
    if robber == carrier:
        robber = territory.robbers[place, 1]
    if ground_km <= 0.0 or robber < 0 or territory.holder[place] == principal:
        return 0.0, -1
    total = territory.members_here[place]
    own = groups.members[carrier] if carrier >= 0 and groups.home[carrier] == place else 0.0
    return hazard_per_km * ground_km * max(0.0, 1.0 - own / total) if total > 0.0 else 0.0, robber


@inlined_kernel
def sell_robbed(
    node: int,
    owner: int,
    kg: float,
    robber: int,
    price_share: float,
    value: Floats,
    stock: Floats,
    flows: Flows,
) -> None:
    """Robbed goods that have come to a node go to the other principal to whom they are worth most there.

    It pays the robbers the given share of that value; where no other principal could sell the goods on, their
    owner buys them back. Mass stays in the trade.
    """
    buyer = owner
    for b in range(value.shape[1]):
        if b != owner and value[node, b] > 0.0 and (buyer == owner or value[node, b] > value[node, buyer]):
            buyer = b
    stock[node, buyer] += kg
    paid = price_share * max(value[node, buyer], 0.0) * kg
    flows.broker_cash_usd[buyer] -= paid
    flows.hijack_usd[robber] += paid
