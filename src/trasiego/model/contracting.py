"""Contracting: what carriers can move, at which fee, and what principals book after the sweep."""

from __future__ import annotations

from trasiego.model.compiled import inlined_kernel, tight_kernel
from trasiego.model.elementary import exponential
from trasiego.model.numbers import ContractingNumbers
from trasiego.model.production import source_prices
from trasiego.model.state import Flows, Networks, Sources
from trasiego.world.tables import Floats, Integers, Links, Zones


@inlined_kernel
def offer_capacity(
    links: Links,
    offer_group: Integers,
    share: Floats,
    members: Floats,
    latent_loads_per_month: float,
    capacity: Floats,
) -> None:
    """Capacity [kg/month] of every offer, into ``capacity`` [L, M + 1].

    A group moves what its members on the link have time for. The last column is the ad hoc offer: a few loads
    of the mode. A link that has a limit of its own scales all offers on it.
    """
    slots = capacity.shape[1] - 1
    capacity[:] = 0.0
    for link in range(capacity.shape[0]):
        total = latent_loads_per_month * links.load_kg[link]
        capacity[link, slots] = total
        for m in range(slots):
            group = offer_group[link, m]
            if group >= 0:
                capacity[link, m] = members[group] * share[link, m] / links.time_per_kg[link]
                total += capacity[link, m]
        if total > links.capacity_kg[link]:
            part = links.capacity_kg[link] / total
            for m in range(slots + 1):
                capacity[link, m] *= part


@inlined_kernel
def update_fees(
    capacity: Floats, desired: Floats, utilisation: Floats, fee_factor: Floats, numbers: ContractingNumbers
) -> None:
    """Fees follow smoothed utilisation: proportional control between half and three times the reference.

    ``desired`` [L] is what principals wanted to send; the factor holds for all named carriers of a link,
    since they sell the same service.
    """
    for link in range(fee_factor.size):
        total = 0.0
        for m in range(capacity.shape[1]):
            total += capacity[link, m]
        use = min(desired[link] / total, 2.0) if total > 0.0 else 2.0
        utilisation[link] += numbers.utilisation_memory * (use - utilisation[link])
    for link in range(fee_factor.size):
        response = exponential(numbers.fee_response * (utilisation[link] - numbers.fee_utilisation))
        fee_factor[link] = min(max(response, 0.5), 3.0)


@tight_kernel
def settle(
    zones: Zones,
    sources: Sources,
    flows: Flows,
    networks: Networks,
    value: Floats,
    buying: Floats,
    broker_capital_usd: Floats,
    supply_spread: float,
    price_response: float,
    numbers: ContractingNumbers,
) -> None:
    """After the sweep: principals book what they earned, and fees and prices at the source respond."""
    for b in range(broker_capital_usd.size):
        broker_capital_usd[b] += flows.broker_cash_usd[b]
    update_fees(networks.capacity, flows.desired_kg, networks.utilisation, networks.fee_factor, numbers)
    source_prices(zones, sources, flows, value, buying, supply_spread, price_response)
