"""Territory: what is held, guarded and robbed this month, before anything moves."""

from __future__ import annotations

from trasiego.model.compiled import apart_kernel
from trasiego.model.escort import offer_escort
from trasiego.model.hijack import find_rivals
from trasiego.model.state import Groups, Territory
from trasiego.model.violence import set_tolls
from trasiego.world.tables import Floats, Kinds, Links, Nodes, Principals


@apart_kernel
def survey(
    nodes: Nodes,
    links: Links,
    kinds: Kinds,
    principals: Principals,
    groups: Groups,
    territory: Territory,
    active: Floats,
    buying: Floats,
    escort: bool,
    toll_log_share: float,
    passage_km: float,
    month: int,
) -> None:
    """Note for a month which principals are active and where they buy, tolls, escort (if any) and rivals.

    Into ``active`` [B], ``buying`` [Z, B] and ``territory``.
    """
    for b in range(active.size):
        active[b] = 1.0 if principals.first[b] <= month <= principals.last[b] else 0.0
        for zone in range(buying.shape[0]):
            buying[zone, b] = principals.buys[zone, b] * (principals.share[b] * active[b])
    set_tolls(nodes, links, territory, active, toll_log_share)
    offer_escort(nodes, links, kinds, groups, territory, passage_km)
    if not escort:
        territory.escort_here[:] = 0
    find_rivals(groups, territory)
