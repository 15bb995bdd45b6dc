"""Scripted events and delayed numbers of policies in the reference model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.mesa_reference.change import hand_over, leave_remnants

if TYPE_CHECKING:
    from benchmarks.mesa_reference.agents import Country, Group
    from benchmarks.mesa_reference.model import TradeModel
    from trasiego.world.tables import Delayed, Event

STANCES = ("interdict", "show", "accommodate")


def happen(model: TradeModel, event: Event) -> None:
    """Let one event happen."""
    if event.table == "groups":
        _to_group(model, event, model.named[event.target])
    elif event.kind == "raid":
        _seize(model, event, model.places[event.target])
    elif event.kind == "takeover":
        model.places[event.target].holder = model.principals[event.by]
    elif event.kind == "contest":
        model.places[event.target].contest(model.numbers.violence.killings_per_takeover_member)
    elif event.kind == "demand":
        model.markets[event.target].level *= event.size
    elif event.kind == "capture":
        for place in chosen(model, event, model.places, [place.country for place in model.places]):
            place.capture = min(event.size, 1.0)
    elif event.kind == "eradication":
        for zone in chosen(model, event, model.zones, [zone.node.place.country for zone in model.zones]):
            zone.eradication_ha *= event.size
    else:
        _to_country(event, model.countries[event.target])


def chosen(model: TradeModel, event: Event, items: list[Any], countries: list[Country]) -> list[Any]:
    """Return those of the items that an event speaks of: one, or all of a country."""
    if event.table != "countries":
        return [items[event.target]]
    target = model.countries[event.target]
    return [item for item, country in zip(items, countries, strict=True) if country is target]


def _to_country(event: Event, country: Country) -> None:
    if event.kind == "budget":
        country.own_budget *= event.size
    elif event.kind == "aid":
        country.disbursement = min(event.size, 1.0)
    elif event.kind == "integrity":
        country.integrity = min(country.integrity * event.size, 1.0)
    elif event.kind == "stance":
        country.stance = STANCES.index(event.choice)
    else:
        raise ValueError(event.kind)


def _to_group(model: TradeModel, event: Event, group: Group) -> None:
    if event.kind == "enter":
        if not group.active:
            _open(group)
        return
    if event.kind == "raid":
        if group.active:
            usual = model.numbers.interdiction.raid_members_share
            share = min(event.size, 1.0) if event.size > 0.0 else usual
            group.raided(share, takes_leader=False, takes_officers=True)
        _seize(model, event, group.home)
    elif not group.active:
        return
    elif event.kind in ("leader_arrest", "leader_killed"):
        group.led = False
    elif event.kind == "surrender":
        group.members *= 1.0 - min(event.size, 1.0)
    elif event.kind == "asset_seizure":
        group.capital -= max(0.0, group.capital) * min(event.size, 1.0)
    elif event.kind == "split":
        _break_away(model, group, model.named[event.by], min(event.size, 1.0))
    elif event.kind == "dissolve":
        leave_remnants(model, group)
        group.dissolve()
    else:
        raise ValueError(event.kind)


def _seize(model: TradeModel, event: Event, place: Any) -> None:
    node = place.hydrochloride
    if event.seized_kg > 0.0 and node is not None and node.waiting_kg() > 0.0:
        model.note_raid(node, node.seize(min(1.0, event.seized_kg / node.waiting_kg())))


def _open(group: Group) -> None:
    group.open(group.opening_members)
    for link in group.waiting:
        if link.has_room():
            link.take_on(group)
    group.spread_evenly()


def _break_away(model: TradeModel, parent: Group, child: Group, share: float) -> None:
    leaving = share * parent.members
    if child.active:
        child.members += leaving
        child.peak = max(child.peak, child.members)
    else:
        _open(child)
    parent.members -= leaving
    parent.home.killings += model.numbers.violence.killings_per_split_member * leaving
    child.trust = {each: max(trust, parent.trust[each]) for each, trust in child.trust.items()}
    if child.kind.moves_loads:
        working = {offer.link for offer in child.offers}
        for link in evenly([each.link for each in parent.offers if each.link not in working], share):
            hand_over(link, parent, child)
        child.spread_evenly()
        parent.fill_shares()
    if child.kind == parent.kind:
        for place in evenly([each for each in model.places if each.escort_seller is parent], share):
            place.escort_seller = child
    if share >= 1.0:
        parent.dissolve()


def evenly(items: list[Any], share: float) -> list[Any]:
    """Return a share of the items in even steps."""
    return [
        item for step, item in enumerate(items) if int((step + 1) * share + 1e-9) > int(step * share + 1e-9)
    ]


def change_number(model: TradeModel, change: Delayed) -> None:
    """Give a delayed number of a policy its new value."""
    section, name, field = change.path.split(".")
    names = model.world.names
    if section == "countries":
        country = model.countries[names.countries.index(name)]
        attribute = {
            "own_budget_usd_per_month": "own_budget",
            "aid_usd_per_month": "aid",
            "aid_disbursement": "disbursement",
            "integrity": "integrity",
        }[field]
        setattr(country, attribute, change.value)
    elif section == "markets":
        market = model.markets[names.markets.index(name)]
        market.level = change.value / (12.0 * market.facts.consumption_kg_per_month)
    else:
        model.zones[names.zones.index(name)].eradication_ha = change.value / 12.0
