"""Scripted events, and numbers that change from a month on: what was reported to have happened, happens."""

from __future__ import annotations

import numpy as np

from trasiego.model.interdiction import raid, seize_stock
from trasiego.model.numbers import Numbers
from trasiego.model.state import ENTRY_CAPITAL, State
from trasiego.model.succession import dissolve
from trasiego.world.tables import Delayed, Event, World

STANCES = ("interdict", "show", "accommodate")


def apply_events(world: World, state: State, numbers: Numbers, month: int) -> None:
    """Let the scripted events of an absolute month happen to the state."""
    for event in world.events:
        if event.month == month:
            _ACTIONS[event.kind](event, world, state, numbers)


def apply_delayed(world: World, state: State, month: int) -> None:
    """Give delayed numbers of countries and markets their new value in their first month."""
    for change in world.delayed:
        if change.month == month:
            _set_number(change, world, state)


def _raid(event: Event, world: World, state: State, numbers: Numbers) -> None:
    groups = state.groups
    if event.table == "groups" and groups.kind[event.target] >= 0:
        share = min(event.size, 1.0) if event.size > 0.0 else numbers.interdiction.raid_members_share
        drop = numbers.bribery.officer_arrest_drop
        raid(
            event.target,
            share,
            1.0,
            0.0,
            groups,
            state.authority.capture,
            state.flows.money_usd,
            numbers.interdiction,
            drop,
        )
    place = groups.home[event.target] if event.table == "groups" else event.target
    node = world.places.hydrochloride_node[place]
    if event.seized_kg > 0.0 and node >= 0 and state.stock[node].sum() > 0.0:
        seize_stock(state.stock, node, min(1.0, event.seized_kg / state.stock[node].sum()), state.raided_kg)


def _leader_arrest(event: Event, world: World, state: State, numbers: Numbers) -> None:
    if state.groups.kind[event.target] >= 0:
        state.groups.led[event.target] = 0


def _dissolve(event: Event, world: World, state: State, numbers: Numbers) -> None:
    if state.groups.kind[event.target] >= 0:
        dissolve(
            event.target, state.groups, state.networks.group, state.networks.share, state.flows.money_usd
        )


def _enter(event: Event, world: World, state: State, numbers: Numbers) -> None:
    groups, opening, group = state.groups, world.opening, event.target
    if groups.kind[group] >= 0:
        return
    members = opening.group_members[group]
    groups.kind[group] = opening.group_kind[group]
    groups.members[group] = groups.peak[group] = members
    groups.led[group] = 1
    groups.born[group] = event.month
    capital = members * numbers.organisation.capital_usd_per_member
    groups.capital_usd[group] += capital
    state.flows.money_usd[ENTRY_CAPITAL] += capital
    _open_offers(group, world, state)


def _open_offers(group: int, world: World, state: State) -> None:
    """Put a group on the links that it works in the opening, where a slot is free."""
    networks = state.networks
    waiting = world.opening.waiting_offers
    wanted = waiting[waiting[:, 1] == group, 0]
    for link in wanted:
        free = np.flatnonzero(networks.group[link] < 0)
        if free.size:
            networks.group[link, free[0]] = group
    held = networks.group == group
    networks.share[held] = 1.0 / max(int(held.sum()), 1)


def _budget(event: Event, world: World, state: State, numbers: Numbers) -> None:
    state.authority.own_budget_usd[event.target] *= event.size


def _aid(event: Event, world: World, state: State, numbers: Numbers) -> None:
    state.authority.disbursement[event.target] = min(event.size, 1.0)


def _eradication(event: Event, world: World, state: State, numbers: Numbers) -> None:
    country = world.places.country[world.nodes.place[world.zones.node]]
    chosen = (
        country == event.target if event.table == "countries" else np.arange(country.size) == event.target
    )
    state.sources.eradication_ha[chosen] *= event.size


def _demand(event: Event, world: World, state: State, numbers: Numbers) -> None:
    state.demand.level[event.target] *= event.size


def _stance(event: Event, world: World, state: State, numbers: Numbers) -> None:
    state.authority.stance[event.target] = STANCES.index(event.choice)


def _capture(event: Event, world: World, state: State, numbers: Numbers) -> None:
    chosen = world.places.country == event.target if event.table == "countries" else event.target
    state.authority.capture[chosen] = min(event.size, 1.0)


def _takeover(event: Event, world: World, state: State, numbers: Numbers) -> None:
    state.territory.holder[event.target] = event.by


_ACTIONS = {
    "raid": _raid,
    "leader_arrest": _leader_arrest,
    "dissolve": _dissolve,
    "enter": _enter,
    "budget": _budget,
    "aid": _aid,
    "eradication": _eradication,
    "demand": _demand,
    "stance": _stance,
    "capture": _capture,
    "takeover": _takeover,
}

_COUNTRY_FIELDS = {
    "own_budget_usd_per_month": "own_budget_usd",
    "aid_usd_per_month": "aid_usd",
    "aid_disbursement": "disbursement",
    "integrity": "integrity",
}


def _set_number(change: Delayed, world: World, state: State) -> None:
    section, entity, field = change.path.split(".")
    if section == "countries" and field in _COUNTRY_FIELDS:
        getattr(state.authority, _COUNTRY_FIELDS[field])[world.names.countries.index(entity)] = change.value
    elif section == "markets" and field == "consumption_kg_per_year":
        market = world.names.markets.index(entity)
        state.demand.level[market] = change.value / (12.0 * world.markets.consumption_kg_per_month[market])
    elif section == "zones" and field == "eradication_ha_per_year":
        state.sources.eradication_ha[world.names.zones.index(entity)] = change.value / 12.0
    else:
        raise ValueError(f"{change.path} can't change during a run")
