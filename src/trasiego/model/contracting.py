"""Contracting: what carriers can move, at which fee, and what principals book after the sweep."""

from __future__ import annotations

from trasiego.model.compiled import apart_kernel, inlined_kernel
from trasiego.model.elementary import exponential
from trasiego.model.numbers import ContractingNumbers
from trasiego.model.production import source_prices
from trasiego.model.state import Flows, Networks, Sources
from trasiego.model.trip import Offers
from trasiego.world.tables import Floats, Integers, Links, Zones


@inlined_kernel
def offer_capacity(
    links: Links,
    offer_group: Integers,
    share: Floats,
    members: Floats,
    latent_loads_per_month: float,
    capacity: Floats,
    offers: Offers,
) -> None:
    """List the ``offers`` of the month with their capacity [kg], which goes into ``capacity`` [L, M + 1] too.

    A group moves what its members on the link have time for. The last column is the ad hoc offer: a few loads
    of the mode. A link that has a limit of its own scales all offers on it.
    """
    slots, count = capacity.shape[1] - 1, 0
    first, link_of, slot_of, group_of, number = (
        offers.first,
        offers.link,
        offers.slot,
        offers.group,
        offers.number,
    )
    capacity[:] = 0.0
    for link in range(capacity.shape[0]):
        first[link] = count
        ad_hoc_kg = latent_loads_per_month * links.load_kg[link]
        total = ad_hoc_kg
        for m in range(slots + 1):
            group = offer_group[link, m] if m < slots else -1
            if group >= 0 or m == slots:
                kg = members[group] * share[link, m] / links.time_per_kg[link] if m < slots else ad_hoc_kg
                total += kg if m < slots else 0.0
                link_of[count], slot_of[count], group_of[count] = link, m, group
                number[count], offers.capacity_kg[count] = link * (slots + 1) + m, kg
                count += 1
        part = links.capacity_kg[link] / total if total > links.capacity_kg[link] else 1.0
        named = 0.0
        for k in range(first[link], count):
            offers.capacity_kg[k] *= part
            capacity[link, slot_of[k]] = offers.capacity_kg[k]
            named += offers.capacity_kg[k] if group_of[k] >= 0 else 0.0
        offers.named_kg[link] = named
        offers.total_kg[link] = named + offers.capacity_kg[count - 1]
    first[capacity.shape[0]] = count


@inlined_kernel
def update_fees(
    total_kg: Floats, desired: Floats, utilisation: Floats, fee_factor: Floats, numbers: ContractingNumbers
) -> None:
    """Fees follow smoothed utilisation: proportional control between half and three times the reference.

    ``total_kg`` [L] is what all offers of a link can move and ``desired`` [L] what principals wanted to send;
    the factor holds for all named carriers of a link, since they sell the same service.
    """
    for link in range(fee_factor.size):
        total = total_kg[link]
        use = min(desired[link] / total, 2.0) if total > 0.0 else 2.0
        utilisation[link] += numbers.utilisation_memory * (use - utilisation[link])
    for link in range(fee_factor.size):
        response = exponential(numbers.fee_response * (utilisation[link] - numbers.fee_utilisation))
        fee_factor[link] = min(max(response, 0.5), 3.0)


@apart_kernel
def settle(
    zones: Zones,
    sources: Sources,
    flows: Flows,
    networks: Networks,
    total_kg: Floats,
    value: Floats,
    buying: Floats,
    broker_capital_usd: Floats,
    supply_spread: float,
    price_response: float,
    numbers: ContractingNumbers,
) -> None:
    """After the sweep: principals book what they earned, and fees and prices at the source respond.

    ``total_kg`` [L] is what the offers of each link could move.
    """
    for b in range(broker_capital_usd.size):
        broker_capital_usd[b] += flows.broker_cash_usd[b]
    update_fees(total_kg, flows.desired_kg, networks.utilisation, networks.fee_factor, numbers)
    source_prices(zones, sources, flows, value, buying, supply_spread, price_response)
