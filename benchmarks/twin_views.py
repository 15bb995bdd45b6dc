"""A run in the middle of a month as the plain twins of the hot steps take it."""

from __future__ import annotations

import numpy as np

from trasiego.model.reference import journey, transit, valuation
from trasiego.model.schedule import Run


def network_of(run: Run) -> valuation.Network:
    """Return the twin's view of the static ways."""
    nodes, links = run.world.nodes, run.world.links
    slots = run.state.networks.capacity.shape[1]
    return valuation.Network(nodes.link_start, links.head, links.ratio, nodes.market, slots)


def terms_of(run: Run) -> valuation.Terms:
    """Return the twin's view of the terms; the column of the ad hoc offer belongs to no group."""
    state, links, numbers = run.state, run.world.links, run.numbers
    ad_hoc = np.full((len(links.head), 1), -1)
    return valuation.Terms(
        fee_log=links.fee_log,
        fee_factor=state.networks.fee_factor,
        rent=links.rent,
        cost_usd=links.cost_usd_per_kg,
        escort_here=state.territory.escort_here,
        perceived=state.memory.perceived,
        toll=state.territory.toll,
        group_of_offer=np.hstack([state.networks.group, ad_hoc]).ravel(),
        trust_power=state.memory.trust_power,
        trust_start_power=state.memory.trust_start**state.memory.trust_exponent,
        latent_fee_factor=numbers.contracting.latent_fee_factor,
        escort_fee=state.territory.escort_usd_per_kg,
        escort_minimum=state.territory.escort_minimum_usd,
        escort_effect=state.territory.escort_effect,
        lot_kg=numbers.contracting.lot_kg,
        choice_scale=numbers.valuation.choice_scale,
        link_concavity=numbers.valuation.link_concavity,
    )


def sources_of(run: Run) -> journey.Sources:
    """Return the twin's view of the zones."""
    zones, numbers = run.world.zones, run.numbers
    return journey.Sources(
        zone_of_node=run.world.nodes.zone,
        price=run.state.sources.price_usd,
        harvest_kg=run.state.sources.harvest_kg,
        marginal_cost=zones.marginal_cost_usd_per_kg,
        supply_spread=np.full(len(zones.node), numbers.production.supply_spread),
        buying_share=run.trip.buying,
        buying_cover=numbers.contracting.buying_cover,
        buying_margin=numbers.contracting.buying_margin,
    )


def passage_of(run: Run, month: int) -> journey.Passage:
    """Return the twin's view of what happens on the way."""
    state, links, numbers = run.state, run.world.links, run.numbers
    return journey.Passage(
        hazard=state.authority.hazard,
        prior=state.memory.prior,
        load_kg=links.load_kg,
        lot_spread=numbers.contracting.lot_spread,
        lot_risk_response=numbers.contracting.lot_risk_response,
        partner_noise=numbers.contracting.partner_noise,
        load_size_exponent=numbers.interdiction.load_size_exponent,
        ground_km=links.ground_km,
        place=run.world.nodes.place,
        holder=state.territory.holder,
        home=state.groups.home,
        members=np.where(state.groups.kind >= 0, state.groups.members, 0.0),
        hijack_per_km=numbers.hijack.hazard_per_1000_km / 1000.0,
        hijack_price_share=numbers.hijack.price_share,
        seed=run.seed,
        run=run.index,
        month=month,
    )


def plain_valuation(run: Run) -> tuple[valuation.Bottleneck, valuation.Valuation]:
    """Take the twins of the bottleneck pass and the valuation on a run whose offers have their capacity."""
    state, zone = run.state, run.world.nodes.zone
    network, terms, capacity = network_of(run), terms_of(run), state.networks.capacity.ravel()
    access, slack = run.world.principals.access, run.numbers.contracting.bottleneck_slack
    supply = np.where(zone >= 0, np.append(state.sources.harvest_kg, 0.0)[zone], 0.0)
    room = valuation.bottleneck(network, capacity, supply, state.stock, access, slack)
    valued = valuation.valuation(network, terms, capacity, room.openness, state.demand.price_usd, access)
    return room, valued


def plain_sweep(
    run: Run, month: int, room: valuation.Bottleneck, valued: valuation.Valuation
) -> journey.Transit:
    """Take the twin of the sweep on a run after valuation, which it does not change."""
    return transit.sweep(
        network_of(run),
        terms_of(run),
        sources_of(run),
        passage_of(run, month),
        run.state.networks.capacity.ravel(),
        room.carried_kg,
        valued,
        run.state.stock,
        len(run.world.markets.node),
    )
