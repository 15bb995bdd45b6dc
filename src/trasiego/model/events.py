"""Scripted events, and numbers that change from a month on: what was reported to have happened, happens."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import numpy as np

from trasiego.model.compiled import tight_kernel
from trasiego.model.draws import Key
from trasiego.model.entry import even_shares, work_link
from trasiego.model.interdiction import raid, seize_stock
from trasiego.model.numbers import Numbers
from trasiego.model.state import CONFISCATED, ENTRY_CAPITAL, Networks, State
from trasiego.model.succession import dissolve, leave_remnants, whole_shares
from trasiego.model.violence import contest
from trasiego.world.tables import Delayed, Event, Integers, World

_Item = TypeVar("_Item")
STANCES = ("interdict", "show", "accommodate")


def apply_events(events: Iterable[Event], world: World, state: State, numbers: Numbers, key: Key) -> None:
    """Let scripted events, those of the absolute month ``key[0]``, happen to the state."""
    for event in events:
        if event.kind == "dissolve":
            _dissolve(event, world, state, numbers, key)
        else:
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


def _leader_lost(event: Event, world: World, state: State, numbers: Numbers) -> None:
    """An arrest or a death: what follows, succession, split or end, is the same step of the model."""
    if state.groups.kind[event.target] >= 0:
        state.groups.led[event.target] = 0


def _surrender(event: Event, world: World, state: State, numbers: Numbers) -> None:
    """A share of the members gives up; capital, goods and leader stay with those who go on."""
    if state.groups.kind[event.target] >= 0:
        state.groups.members[event.target] *= 1.0 - min(event.size, 1.0)


def _asset_seizure(event: Event, world: World, state: State, numbers: Numbers) -> None:
    groups = state.groups
    if groups.kind[event.target] >= 0:
        taken = max(0.0, groups.capital_usd[event.target]) * min(event.size, 1.0)
        groups.capital_usd[event.target] -= taken
        state.flows.money_usd[CONFISCATED] += taken


def _dissolve(event: Event, world: World, state: State, numbers: Numbers, key: Key) -> None:
    """A group ends, and leaves remnants as one does that ends by itself."""
    group, groups, networks, money = event.target, state.groups, state.networks, state.flows.money_usd
    if groups.kind[group] >= 0:
        leave_remnants(
            group,
            world.kinds,
            groups,
            networks,
            state.memory,
            money,
            numbers.organisation,
            state.full_table,
            key,
        )
        dissolve(group, groups, networks, money)


def _split(event: Event, world: World, state: State, numbers: Numbers) -> None:
    """A reported group (``by``) breaks away from its parent with a share of what the parent has.

    As when the model itself splits a group, the child works links of the parent, has its trust, and the
    contest costs lives among those who leave; here the shares and the child are reported and nothing is
    drawn. A child that is not there yet enters as its record says; where it is, those who leave join it.
    With a share of 1 nothing is left and the parent ends.
    """
    groups, parent, child = state.groups, event.target, event.by
    if groups.kind[parent] < 0:
        return
    share = min(event.size, 1.0)
    leaving = share * groups.members[parent]
    if groups.kind[child] >= 0:
        groups.members[child] += leaving
        groups.peak[child] = max(groups.peak[child], groups.members[child])
    else:
        _open_group(child, event.month, world, state, numbers)
    groups.parent[child] = parent
    groups.members[parent] -= leaving
    state.killings[groups.home[parent]] += numbers.violence.killings_per_split_member * leaving
    for trust in (state.memory.trust, state.memory.trust_power):
        trust[child] = np.maximum(trust[child], trust[parent])
    _hand_over(parent, child, share, world, state)
    if share >= 1.0:
        dissolve(parent, groups, state.networks, state.flows.money_usd)


def _hand_over(parent: int, child: int, share: float, world: World, state: State) -> None:
    """A share of the parent's links, and of the places where it sells escort, becomes the child's."""
    networks, kind = state.networks, state.groups.kind
    if world.kinds.moves_loads[kind[child]] == 1:
        working = {link for link, _slot in _offers_of(child, networks)}
        held = [(link, slot) for link, slot in _offers_of(parent, networks) if link not in working]
        for link, slot in _evenly(held, share):
            work_link(child, link, slot, networks)
        even_shares(child, float(len(_offers_of(child, networks))), networks)
        whole_shares(parent, networks)
    if kind[child] == kind[parent]:
        sold = np.flatnonzero(state.territory.escort_group == parent)
        for place in _evenly(list(sold), share):
            state.territory.escort_group[place] = child


def _offers_of(group: int, networks: Networks) -> list[tuple[int, int]]:
    """Link and slot of every offer of a group."""
    first, last = int(networks.first_link[group]), int(networks.last_link[group])
    found = np.argwhere(networks.group[first : last + 1] == group)
    return [(first + link, slot) for link, slot in found.tolist()]


def _evenly(items: list[_Item], share: float) -> list[_Item]:
    """A share of the items in even steps, so that no draw decides which."""
    steps = np.floor(np.arange(len(items) + 1) * share + 1e-9)
    return [item for item, step in zip(items, np.diff(steps), strict=True) if step > 0.0]


def _contest(event: Event, world: World, state: State, numbers: Numbers) -> None:
    """A fight for a place that nobody is reported to have won."""
    contest(event.target, state.groups, state.killings, numbers.violence)


def _enter(event: Event, world: World, state: State, numbers: Numbers) -> None:
    if state.groups.kind[event.target] < 0:
        _open_group(event.target, event.month, world, state, numbers)


def _open_group(group: int, month: int, world: World, state: State, numbers: Numbers) -> None:
    groups, opening = state.groups, world.opening
    members = opening.group_members[group]
    groups.kind[group] = opening.group_kind[group]
    groups.members[group] = groups.peak[group] = members
    groups.led[group] = 1
    groups.born[group] = month
    state.networks.first_link[group], state.networks.last_link[group] = state.networks.group.shape[0], -1
    kind = opening.group_kind[group]
    groups.income_usd[group] = world.kinds.reservation_income_usd_per_member_month[kind]
    capital = members * numbers.organisation.capital_usd_per_member
    groups.capital_usd[group] += capital
    state.flows.money_usd[ENTRY_CAPITAL] += capital
    _open_offers(group, world.opening.waiting_offers, state.networks)


@tight_kernel
def _open_offers(group: int, waiting_offers: Integers, networks: Networks) -> None:
    """Put a group on the links that it works in the opening, where a slot is free."""
    count = 0.0
    for k in range(waiting_offers.shape[0]):
        if waiting_offers[k, 1] != group:
            continue
        link = waiting_offers[k, 0]
        for m in range(networks.group.shape[1]):
            if networks.group[link, m] < 0:
                work_link(group, link, m, networks)
                count += 1.0
                break
    if count > 0.0:
        even_shares(group, count, networks)


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


def _integrity(event: Event, world: World, state: State, numbers: Numbers) -> None:
    integrity = state.authority.integrity
    integrity[event.target] = min(integrity[event.target] * event.size, 1.0)


def _takeover(event: Event, world: World, state: State, numbers: Numbers) -> None:
    state.territory.holder[event.target] = event.by


_ACTIONS = {
    "raid": _raid,
    "leader_arrest": _leader_lost,
    "leader_killed": _leader_lost,
    "surrender": _surrender,
    "asset_seizure": _asset_seizure,
    "split": _split,
    "enter": _enter,
    "budget": _budget,
    "aid": _aid,
    "eradication": _eradication,
    "demand": _demand,
    "stance": _stance,
    "capture": _capture,
    "integrity": _integrity,
    "takeover": _takeover,
    "contest": _contest,
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
