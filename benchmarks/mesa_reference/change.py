"""How groups come and go, and how places change hands."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from benchmarks.mesa_reference.agents import Group

if TYPE_CHECKING:
    from benchmarks.mesa_reference.agents import Principal
    from benchmarks.mesa_reference.ground import Link, Place
    from benchmarks.mesa_reference.model import TradeModel

MOST_REMNANTS = 12


def found_group(model: TradeModel, kind: Any, home: Place, members: float) -> Group | None:
    """Return a new unnamed group, or None where the table of groups is full."""
    if model.unnamed_groups() >= model.unnamed_slots:
        model.full_table += 1
        return None
    group = Group(model, kind, home, members)
    group.open(members)
    return group


def entry_size(model: TradeModel, kind: Any) -> float:
    """Members of a small new group."""
    return model.random.uniform(kind.members_at_entry_low, kind.members_at_entry_high)


def lose_leaders(model: TradeModel) -> None:
    """Groups without a leader are succeeded from within, split, or fall apart."""
    for group in model.active_groups():
        if group.led:
            continue
        mourn(group)
        group.led = True
        draw, kind = model.random.random(), group.kind
        if draw < kind.succession_probability:
            continue
        if draw < kind.succession_probability + kind.split_probability:
            split(model, group)
        else:
            leave_remnants(model, group)
            group.dissolve()


def mourn(group: Group) -> None:
    """Note the fall of a leader at home and wherever the group is."""
    group.home.mourning_months = 0.0
    for place in group.reported:
        place.near_months = 0.0
    for offer in group.offers:
        offer.link.tail.place.near_months = offer.link.head.place.near_months = 0.0


def split(model: TradeModel, parent: Group) -> None:
    """Half of the members leave with about half of the links."""
    child = found_group(model, parent.kind, parent.home, 0.5 * parent.members)
    if child is None:
        return
    for offer in list(parent.offers):
        if model.random.random() < 0.5:
            hand_over(offer.link, parent, child)
    if not child.offers:
        child.dissolve()
        return
    child.spread_evenly()
    parent.fill_shares()
    parent.members *= 0.5
    parent.home.killings += model.numbers.violence.killings_per_split_member * parent.members
    child.trust = dict(parent.trust)


def hand_over(link: Link, parent: Group, child: Group) -> None:
    """A link that the parent worked becomes the child's."""
    offer = next(each for each in parent.offers if each.link is link)
    link.drop(offer)
    link.take_on(child)


def leave_remnants(model: TradeModel, group: Group) -> None:
    """A large group that ends leaves small ones on parts of its links."""
    numbers = model.numbers.organisation
    if group.peak <= numbers.remnant_peak_members:
        return
    for _number in range(min(MOST_REMNANTS, int(group.peak / numbers.remnant_divisor_members))):
        child = found_group(model, group.kind, group.home, entry_size(model, group.kind))
        if child is None:
            return
        for offer in group.offers:
            if model.random.random() < 0.5 and offer.link.has_room():
                offer.link.take_on(child)
        if not child.offers:
            child.dissolve()
            continue
        child.spread_evenly()
        start = model.numbers.learning.trust_start
        child.trust = {each: max(start, numbers.remnant_trust * trust) for each, trust in group.trust.items()}


def give_up(model: TradeModel) -> None:
    """Groups that have become too small end."""
    for group in model.active_groups():
        if group.members < group.kind.members_minimum:
            leave_remnants(model, group)
            group.dissolve()


def enter(model: TradeModel) -> None:
    """New small groups take up links that pay."""
    numbers = model.numbers.organisation
    for place in model.places:
        kind = place.home_kind
        if not place.is_entry_place or not kind.enters:
            continue
        prospects = {link: prospect(model, link, kind) for link in place.links}
        gain = sum(prospects.values())
        chance = -math.expm1(-numbers.entry_per_month * gain / len(prospects))
        if gain <= 0.0 or model.random.random() >= chance:
            continue
        open_links = {link: gain for link, gain in prospects.items() if gain > 0.0 and link.has_room()}
        if not open_links:
            model.full_table += 1
            continue
        group = found_group(model, kind, place, entry_size(model, kind))
        if group is not None:
            turns = int(numbers.links_at_entry)
            chosen = model.random.choices(list(open_links), list(open_links.values()), k=turns)
            for link in dict.fromkeys(chosen):
                link.take_on(group)
            group.spread_evenly()


def prospect(model: TradeModel, link: Link, kind: Any) -> float:
    """Log of what a newcomer could earn on a link over its usual income, where positive."""
    if link.facts.time_per_kg <= 0.0:
        return 0.0
    fee = link.fee_share(True, 1.0) * max(0.0, *(link.average[each, True] for each in model.principals))
    income = (1.0 - kind.bribe_share) * fee * min(link.utilisation, 1.0) / link.facts.time_per_kg
    relative = income * uptake(model, link) / kind.reservation_income_usd_per_member_month
    return math.log(max(1.0, relative))


def uptake(model: TradeModel, link: Link) -> float:
    """Part of a carrier's time that a newcomer can sell beside those that are trusted more."""
    if not link.offers:
        return 1.0
    exponent = model.numbers.learning.trust_exponent
    known = sum(
        max(offer.group.trust.values()) ** exponent for offer in link.offers if offer.group is not None
    )
    stranger = model.numbers.learning.trust_start**exponent
    return float(min(1.0, stranger * len(link.offers) / known))


def contest_places(model: TradeModel) -> None:
    """Held places are given up, and territorial principals try to take places where they move much."""
    numbers, random = model.numbers.violence, model.random
    moved: dict[Place, dict[Principal, float]] = {place: {} for place in model.places}
    for link in model.links:
        at = moved[link.tail.place]
        for principal, loads in link.sent.items():
            value = loads * link.facts.load_kg * link.tail.value[principal]
            at[principal] = at.get(principal, 0.0) + value
    for place in model.places:
        if place.holder is not None and random.random() < numbers.hold_loss_per_month:
            place.holder = None
            continue
        prizes = {
            principal: value
            for principal, value in moved[place].items()
            if principal.facts.territorial
            and principal.active
            and principal is not place.holder
            and value > 0.0
        }
        rate = numbers.takeover_per_month * sum(prizes.values()) / numbers.takeover_reference_usd_per_month
        if not prizes or random.random() >= -math.expm1(-rate):
            continue
        (attacker,) = random.choices(list(prizes), list(prizes.values()))
        place.contest(numbers.killings_per_takeover_member)
        if random.random() < numbers.takeover_success:
            place.holder = attacker


def count_killings(model: TradeModel) -> None:
    """Killings by members, over robbed loads and at held places, more after a leader fell."""
    numbers = model.numbers.violence
    for link in model.links:
        link.tail.place.killings += model.numbers.hijack.killings_per_load * link.robbed_loads
    for place in model.places:
        place.killings += sum(
            group.kind.killings_per_member_month * group.members for group in place.residents
        )
        if place.holder is not None:
            place.killings += numbers.killings_per_held_place_month
        rise = numbers.leader_loss_near_factor if place.near_months < numbers.leader_loss_near_months else 0.0
        if place.mourning_months < numbers.leader_loss_months:
            rise = max(rise, numbers.leader_loss_factor)
        place.killings *= 1.0 + rise
        place.mourning_months += 1.0
        place.near_months += 1.0
        if not model.world.switches["violence"]:
            place.killings = 0.0
