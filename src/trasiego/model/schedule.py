"""The month, step by step, in the order of the design; and a whole run.

The order is part of the model: ``STEPS`` is the printable list, and every step is one file beside this one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from trasiego.model import events
from trasiego.model.balance import Balance
from trasiego.model.bottleneck import look_ahead
from trasiego.model.bribery import bribery
from trasiego.model.calls import Calls
from trasiego.model.contracting import settle
from trasiego.model.draws import Key
from trasiego.model.interdiction import raids, search
from trasiego.model.learning import learn
from trasiego.model.market import market
from trasiego.model.numbers import Numbers, numbers_of
from trasiego.model.opening import opening_state
from trasiego.model.organisation import earn
from trasiego.model.production import production
from trasiego.model.record import Recorder
from trasiego.model.state import State, clear
from trasiego.model.succession import turn_over
from trasiego.model.territory import survey
from trasiego.model.transit import transit
from trasiego.model.trip import ahead_of, offers_of, prospects_of, trip_of, work_of
from trasiego.model.valuation import valuation
from trasiego.model.violence import conflict
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
        self.call = Calls()
        self.prospects = prospects_of(world, state)
        self.trip = trip_of(world, state, self.numbers)
        self.offers, self.work, self.ahead = offers_of(world), work_of(world), ahead_of(world)
        self.effort = np.zeros(world.countries.strength.size)
        self.spending = np.zeros(world.places.country.size)
        self.place_value = np.zeros(world.places.country.size)
        self.broker_value = np.zeros((world.places.country.size, world.principals.share.size))
        self.country_total, self.country_exposed = np.zeros_like(self.effort), np.zeros_like(self.effort)
        self.payroll = np.zeros(world.opening.group_kind.size)
        self.other_usd = np.zeros_like(self.payroll)
        links = world.links.tail.size
        self.entry_scratch = (np.zeros(links), np.zeros_like(self.payroll), np.zeros(links))
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
    events.apply_delayed(world, state, month)
    if world.switches["events"]:
        events.apply_events(run.events.get(month, ()), world, state, run.numbers, run.key(month))
    run.call(
        survey,
        world.nodes,
        world.links,
        world.kinds,
        world.principals,
        state.groups,
        state.territory,
        state.broker_active,
        run.trip.buying,
        world.switches["escort"],
        run.numbers.violence.toll_log_share,
        run.numbers.escort.passage_km,
        month,
    )


def step_production(run: Run, month: int) -> None:
    """1. Coca area, eradication, harvest."""
    run.call(production, run.world.zones, run.state.sources, run.numbers.production, month)


def step_valuation(run: Run, month: int) -> None:
    """2. What a kilogram is worth where; what the way ahead can carry."""
    world, state, numbers = run.world, run.state, run.numbers
    run.call(
        look_ahead,
        world.nodes,
        world.links,
        state.networks,
        state.groups.members,
        state.sources.harvest_kg,
        state.stock,
        world.principals.access,
        numbers.contracting.latent_loads_per_month,
        numbers.contracting.bottleneck_slack,
        numbers.valuation.link_concavity,
        run.offers,
        run.ahead,
    )
    run.call(
        valuation,
        world.nodes,
        world.links,
        run.offers,
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
    run.call(
        transit,
        world.nodes,
        world.links,
        world.zones.marginal_cost_usd_per_kg,
        state.prices,
        state.sources,
        state.flows,
        run.offers,
        run.trip,
        state.groups,
        state.territory,
        numbers.contracting,
        numbers.hijack,
        spread,
        run.work,
        run.key(month),
    )
    run.call(
        settle,
        world.zones,
        state.sources,
        state.flows,
        state.networks,
        run.offers.total_kg,
        state.prices.value,
        run.trip.buying,
        state.broker_capital_usd,
        spread,
        numbers.production.price_response,
        numbers.contracting,
    )


def step_bribery(run: Run, month: int) -> None:
    """4. Groups pay police and capture them."""
    if not run.world.switches["bribery"]:
        return
    world, state = run.world, run.state
    run.call(
        bribery,
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
    scratch = run.effort, run.country_total, run.country_exposed
    run.call(
        search, world.nodes, world.links, world.countries, state.authority, state.flows, *scratch, numbers
    )


def step_interdiction(run: Run, month: int) -> None:
    """5. Effort moves; groups are raided."""
    world, state, numbers = run.world, run.state, run.numbers
    _search(run)
    run.raid_count = run.call(
        raids,
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
    run.call(
        market, run.world.markets, run.state.demand, run.state.flows, run.numbers.market, elapsed, respond
    )


def step_learning(run: Run, month: int) -> None:
    """7. Beliefs about links and trust in groups."""
    if not run.world.switches["learning"]:
        return
    run.call(learn, run.state.memory, run.state.groups, run.state.flows, run.numbers.learning)


def step_organisation(run: Run, month: int) -> None:
    """8. Groups earn, grow, lose leaders, split, leave and enter."""
    world, state, numbers = run.world, run.state, run.numbers
    growth = world.switches["growth"]
    run.call(
        earn,
        world.principals,
        world.kinds,
        state.groups,
        state.networks,
        state.flows,
        state.broker_capital_usd,
        run.payroll,
        run.other_usd,
        run.offers,
        growth,
        numbers.organisation,
    )
    run.call(
        turn_over,
        world.places,
        world.nodes,
        world.links,
        run.place_links,
        world.kinds,
        state.groups,
        state.networks,
        state.memory,
        state.territory,
        world.opening.presence,
        state.prices.average_value,
        state.flows.money_usd,
        state.killings,
        state.full_table,
        growth,
        numbers.violence.killings_per_split_member,
        numbers.organisation,
        run.entry_scratch,
        run.key(month),
    )


def step_violence(run: Run, month: int) -> None:
    """9. Places change hands; killings."""
    world, state, numbers = run.world, run.state, run.numbers
    run.call(
        conflict,
        world.nodes,
        world.links,
        world.kinds,
        world.principals,
        state.groups,
        state.flows,
        state.prices,
        state.territory,
        state.broker_active,
        state.killings,
        run.place_value,
        run.broker_value,
        world.switches["violence"],
        numbers.hijack.killings_per_load,
        numbers.violence,
        run.key(month),
    )


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
    run.call(clear, state.flows, state.raided_kg, state.killings)
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
            _mass, residual = balance.residuals(run.state, False)
            recorder.write(run.state, month - world.spin_up_months, run.raid_count, residual)
        balance.close_month(run.state)
    return True
