"""The month, step by step, in the order of the design; and a whole run.

The order is part of the model: ``STEPS`` is the printable list, and every step is one file beside this one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from trasiego.model import entry, events, organisation, succession, violence
from trasiego.model.balance import Balance
from trasiego.model.bottleneck import bottleneck
from trasiego.model.bribery import bribery
from trasiego.model.contracting import offer_capacity, update_fees
from trasiego.model.draws import Key
from trasiego.model.escort import offer_escort
from trasiego.model.hijack import find_rivals
from trasiego.model.interdiction import country_effort, interdiction, raids
from trasiego.model.learning import learn_risk, learn_trust
from trasiego.model.market import market
from trasiego.model.numbers import Numbers, numbers_of
from trasiego.model.opening import opening_state
from trasiego.model.production import production, source_prices
from trasiego.model.record import Recorder
from trasiego.model.state import State
from trasiego.model.transit import transit
from trasiego.model.trip import ahead_of, prospects_of, trip_of, work_of
from trasiego.model.valuation import valuation
from trasiego.world.tables import Event, Integers, World


@dataclass
class Run:
    """A run under way: world, numbers, state and scratch."""

    world: World
    numbers: Numbers
    state: State
    seed: int
    index: int

    def __post_init__(self) -> None:
        world, state = self.world, self.state
        self.prospects = prospects_of(world, state, self.numbers)
        self.trip = trip_of(world, state, self.numbers)
        self.work, self.ahead = work_of(world), ahead_of(world)
        self.effort = np.zeros(world.countries.strength.size)
        self.spending = np.zeros(world.places.country.size)
        self.place_value = np.zeros(world.places.country.size)
        self.broker_value = np.zeros((world.places.country.size, world.principals.share.size))
        self.country_total, self.country_exposed = np.zeros_like(self.effort), np.zeros_like(self.effort)
        self.payroll = np.zeros(world.opening.group_kind.size)
        self.best_trust = np.zeros_like(self.payroll)
        self.fee_usd, self.prospect = np.zeros(world.links.tail.size), np.zeros(world.links.tail.size)
        self.place_links = _links_by_place(world)
        self.events: dict[int, list[Event]] = {}
        for event in world.events:
            self.events.setdefault(event.month, []).append(event)
        self.raid_count = 0
        _search(self)

    def key(self, month: int) -> Key:
        """Key of the draws of a month."""
        return month, self.seed, self.index


def _links_by_place(world: World) -> tuple[Integers, Integers]:
    """Start [P + 1] and indices of the links that leave each place, whatever the product."""
    place = world.nodes.place[world.links.tail]
    order = np.argsort(place, kind="stable").astype(np.int64)
    start = np.searchsorted(place[order], np.arange(world.places.country.size + 1)).astype(np.int64)
    return start, order


def step_events(run: Run, month: int) -> None:
    """Scripted events and delayed numbers of the month; who is active; what is held."""
    world, state = run.world, run.state
    state.broker_active[:] = (world.principals.first <= month) & (month <= world.principals.last)
    events.apply_delayed(world, state, month)
    if world.switches["events"]:
        events.apply_events(run.events.get(month, ()), world, state, run.numbers, run.key(month))
    toll = run.numbers.violence.toll_log_share
    violence.set_tolls(world.nodes, world.links, state.territory, state.broker_active, toll)
    passage = run.numbers.escort.passage_km
    offer_escort(world.nodes, world.links, world.kinds, state.groups, state.territory, passage)
    if not world.switches["escort"]:
        state.territory.escort_here[:] = 0
    find_rivals(state.groups, state.territory)
    run.trip.buying[:] = world.principals.buys * (world.principals.share * state.broker_active)


def step_production(run: Run, month: int) -> None:
    """1. Coca area, eradication, harvest."""
    production(run.world.zones, run.state.sources, run.numbers.production, month)


def step_valuation(run: Run, month: int) -> None:
    """2. What a kilogram is worth where; what the way ahead can carry."""
    world, state, numbers = run.world, run.state, run.numbers
    networks = state.networks
    offer_capacity(
        world.links,
        networks.group,
        networks.share,
        state.groups.members,
        numbers.contracting.latent_loads_per_month,
        networks.capacity,
    )
    bottleneck(
        world.nodes,
        world.links,
        networks.capacity,
        state.sources.harvest_kg,
        state.stock,
        world.principals.access,
        numbers.contracting.bottleneck_slack,
        numbers.valuation.link_concavity,
        networks.open_power,
        networks.node_capacity,
        run.ahead,
    )
    valuation(
        world.nodes,
        world.links,
        run.prospects,
        state.prices,
        state.demand.price_usd,
        world.principals.access,
        numbers.valuation,
    )


def step_transit(run: Run, month: int) -> None:
    """3. Contracting and transit in one sweep; fees and source prices respond."""
    world, state, numbers = run.world, run.state, run.numbers
    spread = numbers.production.supply_spread
    transit(
        world.nodes,
        world.links,
        world.zones.marginal_cost_usd_per_kg,
        state.prices,
        state.sources,
        state.flows,
        run.trip,
        state.groups,
        state.territory,
        numbers.contracting,
        numbers.hijack,
        spread,
        run.work,
        run.key(month),
    )
    state.broker_capital_usd += state.flows.broker_cash_usd
    networks = state.networks
    update_fees(
        networks.capacity,
        state.flows.desired_kg,
        networks.utilisation,
        networks.fee_factor,
        numbers.contracting,
    )
    response = numbers.production.price_response
    source_prices(
        world.zones, state.sources, state.flows, state.prices.value, run.trip.buying, spread, response
    )


def step_bribery(run: Run, month: int) -> None:
    """4. Groups pay police and capture them."""
    if not run.world.switches["bribery"]:
        return
    world, state = run.world, run.state
    bribery(
        world.nodes,
        world.links,
        world.kinds,
        state.groups,
        state.networks,
        state.flows,
        state.authority,
        world.places.country,
        run.spending,
        run.numbers.bribery,
    )


def _search(run: Run) -> None:
    """Effort of the countries and hazard of the links for the coming month, the first one included."""
    world, state, numbers = run.world, run.state, run.numbers.interdiction
    country_effort(state.authority, world.countries, numbers, run.effort)
    scratch = run.country_total, run.country_exposed
    interdiction(world.nodes, world.links, state.authority, state.flows, run.effort, *scratch, numbers)


def step_interdiction(run: Run, month: int) -> None:
    """5. Effort moves; groups are raided."""
    world, state, numbers = run.world, run.state, run.numbers
    _search(run)
    run.raid_count = raids(
        state.groups,
        world.kinds,
        world.places.country,
        world.places.hydrochloride_node,
        state.authority,
        run.effort,
        state.flows.money_usd,
        state.stock,
        state.raided_kg,
        numbers.interdiction,
        numbers.bribery.officer_arrest_drop,
        run.key(month),
    )


def step_market(run: Run, month: int) -> None:
    """6. Arrivals meet demand; prices move."""
    elapsed = float(month - run.world.spin_up_months)
    respond = run.world.switches["price_response"]
    market(run.world.markets, run.state.demand, run.state.flows, run.numbers.market, elapsed, respond)


def step_learning(run: Run, month: int) -> None:
    """7. Beliefs about links and trust in groups."""
    if not run.world.switches["learning"]:
        return
    learn_risk(run.state.memory, run.state.flows, run.numbers.learning)
    learn_trust(run.state.memory, run.state.groups, run.state.flows, run.numbers.learning)


def step_organisation(run: Run, month: int) -> None:
    """8. Groups earn, grow, lose leaders, split, leave and enter."""
    world, state, numbers = run.world, run.state, run.numbers
    groups, networks, flows = state.groups, state.networks, state.flows
    money = flows.money_usd
    revenue = flows.fee_usd
    organisation.offer_revenue(networks.group, flows.offer_fee_usd, revenue)
    groups.capital_usd[:] += revenue + flows.escort_usd + flows.hijack_usd
    organisation.pay_own_groups(world.principals, world.kinds, groups, state.broker_capital_usd, run.payroll)
    organisation.pay_members(world.kinds, groups, money)
    if world.switches["growth"]:
        memory_of_income = numbers.organisation.income_memory
        organisation.grow(
            world.kinds,
            groups,
            revenue,
            flows.escort_usd + flows.hijack_usd,
            run.payroll,
            flows.crew_lost,
            memory_of_income,
        )
        speed = numbers.organisation.reallocation_per_month
        organisation.reallocate(networks.group, networks.share, flows.offer_fee_usd, revenue, speed)
    _change_groups(run, month)


def _change_groups(run: Run, month: int) -> None:
    """Leaders are replaced, groups split, leave and enter."""
    world, state, numbers = run.world, run.state, run.numbers
    groups, networks, memory = state.groups, state.networks, state.memory
    money = state.flows.money_usd
    succession.succeed_or_split(
        world.kinds,
        groups,
        networks,
        memory,
        money,
        numbers.organisation,
        state.full_table,
        world.opening.presence,
        world.nodes,
        world.links,
        state.territory,
        state.killings,
        numbers.violence.killings_per_split_member,
        run.key(month),
    )
    if world.switches["growth"]:
        succession.leave(
            world.kinds,
            groups,
            networks,
            memory,
            money,
            numbers.organisation,
            state.full_table,
            run.key(month),
        )
    entry.expected_fees(world.links, networks, state.prices.average_value, run.fee_usd)
    entry.enter(
        world.places,
        world.links,
        run.place_links,
        world.kinds,
        groups,
        networks,
        memory,
        money,
        run.fee_usd,
        numbers.organisation,
        state.full_table,
        run.best_trust,
        run.prospect,
        run.key(month),
    )


def step_violence(run: Run, month: int) -> None:
    """9. Places change hands; killings."""
    world, state, numbers = run.world, run.state, run.numbers
    violence.place_values(
        world.nodes, world.links, state.flows, state.prices, run.place_value, run.broker_value
    )
    violence.takeovers(
        world.principals,
        state.groups,
        state.territory,
        run.place_value,
        run.broker_value,
        state.broker_active,
        state.killings,
        numbers.violence,
        run.key(month),
    )
    if world.switches["violence"]:
        violence.violence(
            world.kinds,
            world.nodes,
            world.links,
            state.groups,
            state.flows,
            state.territory,
            state.killings,
            numbers.violence,
            numbers.hijack.killings_per_load,
        )
    else:
        state.killings[:] = 0.0


STEPS: tuple[tuple[str, Callable[[Run, int], None]], ...] = (
    ("events", step_events),
    ("production", step_production),
    ("valuation", step_valuation),
    ("transit", step_transit),
    ("bribery", step_bribery),
    ("interdiction", step_interdiction),
    ("market", step_market),
    ("learning", step_learning),
    ("organisation", step_organisation),
    ("violence", step_violence),
)
_FEES_ARRIVE = "organisation"


def start_run(world: World, seed: int, index: int) -> Run:
    """A run before its first month."""
    return Run(world, numbers_of(world), opening_state(world), seed, index)


def run_month(run: Run, month: int, balance: Balance) -> None:
    """One month; raises :class:`trasiego.model.balance.BalanceError` naming the step that broke a balance."""
    state = run.state
    for array in state.flows:
        array[...] = 0.0
    state.raided_kg[:] = 0.0
    state.killings[:] = 0.0
    pending = True
    for name, step in STEPS:
        step(run, month)
        pending = pending and name != _FEES_ARRIVE
        balance.check(state, name, fees_pending=pending)


def simulate(
    world: World,
    seed: int,
    index: int,
    recorder: Recorder,
    months: int,
    stop: Callable[[], bool] = lambda: False,
) -> bool:
    """Spin up, then run and record ``months`` months; False when ``stop`` asked to end early."""
    run = start_run(world, seed, index)
    balance = Balance(run.state)
    for month in range(world.spin_up_months + months):
        if stop():
            return False
        if month == world.spin_up_months:
            recorder.note_capital(run.state)
        run_month(run, month, balance)
        recorder.remember(run.state)
        if month >= world.spin_up_months:
            residual = balance.money_residual(run.state, False)
            recorder.write(run.state, month - world.spin_up_months, run.raid_count, residual)
        balance.close_month(run.state)
    return True
