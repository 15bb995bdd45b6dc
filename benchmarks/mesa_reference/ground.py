"""What does not act by itself: offers, links, nodes and places of the reference model."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from benchmarks.mesa_reference.agents import Country, Group, Market, Principal, Zone

NEVER_MONTHS = math.inf
OPENING_UTILISATION = 0.8


def row_of(table: Any, index: int) -> Any:
    """Return one row of a table of arrays with the same names, as plain Python numbers."""
    return type(table)(*(column[index].item() for column in table))


class Escort(NamedTuple):
    """Escort as it is sold on a link: USD/kg, least USD a consignment, share of the hazard taken away."""

    fee_usd_per_kg: float
    minimum_usd: float
    effect: float

    def price(self, consignment_kg: float) -> float:
        """USD/kg for a consignment."""
        return max(self.fee_usd_per_kg, self.minimum_usd / consignment_kg)


def worth(ahead: float, log_share: float, cost: float) -> tuple[float, float]:
    """Return the value at the tail of a way and the average along it, USD/kg (the closed solution)."""
    if log_share < 1e-3:
        mean = 1.0 - log_share / 2.0 + log_share**2 / 6.0 - log_share**3 / 24.0
        lost = 1.0 / 2.0 - log_share / 6.0 + log_share**2 / 24.0
    else:
        mean = -math.expm1(-log_share) / log_share
        lost = (1.0 - mean) / log_share
    return ahead * math.exp(-log_share) - cost * mean, ahead * mean - cost * lost


class Offer:
    """One carrier on one link; without a group it is the ad hoc one."""

    def __init__(self, link: Link, group: Group | None = None) -> None:
        self.link, self.group = link, group
        self.share = 0.0
        self.capacity_kg = self.room_kg = 0.0
        self.kg = self.fee_usd = 0.0

    def trust_of(self, principal: Principal) -> float:
        """Trust of a principal, with its weight in choice; the ad hoc offer has that of a stranger."""
        exponent = principal.model.numbers.learning.trust_exponent
        trust = (
            principal.model.numbers.learning.trust_start
            if self.group is None
            else self.group.trust[principal]
        )
        return float(trust**exponent)


class Link:
    """All ways between two nodes by one mode."""

    def __init__(self, facts: Any, tail: Node, head: Node, country: Country, slots: int) -> None:
        self.facts, self.tail, self.head, self.country, self.slots = facts, tail, head, country, slots
        self.offers: list[Offer] = []
        self.ad_hoc = Offer(self)
        self.fee_factor, self.utilisation = 1.0, OPENING_UTILISATION
        self.prior = -math.expm1(-facts.hazard_reference)
        self.hazard, self.signal_kg = facts.hazard_reference, 0.0
        self.named_kg = self.capacity_kg = self.coming_kg = 0.0
        self.escort: Escort | None = None
        self.perceived: dict[Principal, float] = {}
        self.memory_sent: dict[Principal, float] = {}
        self.memory_lost: dict[Principal, float] = {}
        self.toll: dict[Principal, float] = {}
        self.utility: dict[tuple[Principal, bool], float] = {}
        self.average: dict[tuple[Principal, bool], float] = {}
        self.weight: dict[tuple[Principal, bool], float] = {}
        self.start_month()

    def start_month(self) -> None:
        """Forget what moved in the month before."""
        self.kg = self.seized_kg = self.robbed_kg = self.robbed_loads = self.desired_kg = 0.0
        self.sent: dict[Principal, float] = {}
        self.lost: dict[Principal, float] = {}
        for offer in (*self.offers, self.ad_hoc):
            offer.kg = offer.fee_usd = 0.0

    @property
    def all_offers(self) -> list[Offer]:
        """Named offers and the ad hoc one."""
        return [*self.offers, self.ad_hoc]

    def has_room(self) -> bool:
        """Whether another group can work here."""
        return len(self.offers) < self.slots

    def take_on(self, group: Group) -> None:
        """Let a group work here."""
        offer = Offer(self, group)
        self.offers.append(offer)
        group.offers.append(offer)

    def drop(self, offer: Offer) -> None:
        """End the work of a group here."""
        self.offers.remove(offer)
        if offer.group is not None:
            offer.group.offers.remove(offer)

    def fee_share(self, named: bool, latent_fee_factor: float) -> float:
        """Fee as a log share of the value."""
        share: float = self.facts.fee_log * self.fee_factor
        return share if named else share * latent_fee_factor

    def risk(self, principal: Principal) -> float:
        """Feared hazard of a typical load."""
        return -math.log(1.0 - self.perceived[principal])

    def set_capacity(self, latent_loads: float) -> None:
        """What each offer can carry in a month, within the limit of the link."""
        self.ad_hoc.capacity_kg = latent_loads * self.facts.load_kg
        for offer in self.offers:
            assert offer.group is not None
            offer.capacity_kg = offer.group.members * offer.share / self.facts.time_per_kg
        wanted = sum(offer.capacity_kg for offer in self.all_offers)
        if wanted > self.facts.capacity_kg:
            for offer in self.all_offers:
                offer.capacity_kg *= self.facts.capacity_kg / wanted
        self.named_kg = sum(offer.capacity_kg for offer in self.offers)
        self.capacity_kg = self.named_kg + self.ad_hoc.capacity_kg

    def capacities(self) -> tuple[tuple[bool, float], tuple[bool, float]]:
        """Capacity of the named carriers and of the ad hoc one, kg/month."""
        return (True, self.named_kg), (False, self.ad_hoc.capacity_kg)

    def appraise(self, principal: Principal) -> None:
        """What a kilogram is worth at the tail when it goes this way, by a named or an ad hoc carrier."""
        numbers = principal.model.numbers
        ahead = self.facts.ratio * self.head.value[principal]
        for named in (True, False):
            self.utility[principal, named] = self.average[principal, named] = 0.0
            if ahead <= 0.0:
                continue
            risk = self.risk(principal)
            rest = self.facts.rent + self.toll[principal]
            rest += self.fee_share(named, numbers.contracting.latent_fee_factor)
            found = worth(ahead, risk + rest, self.facts.cost_usd_per_kg)
            if named and self.escort is not None:
                cost = self.facts.cost_usd_per_kg + self.escort.price(numbers.contracting.lot_kg)
                found = max(found, worth(ahead, risk * (1.0 - self.escort.effect) + rest, cost))
            self.utility[principal, named], self.average[principal, named] = found

    def update_fee(self, numbers: Any) -> None:
        """Carriers that are wanted ask for more next month."""
        used = min(self.desired_kg / self.capacity_kg, 2.0) if self.capacity_kg > 0.0 else 2.0
        self.utilisation += numbers.utilisation_memory * (used - self.utilisation)
        factor = math.exp(numbers.fee_response * (self.utilisation - numbers.fee_utilisation))
        self.fee_factor = min(max(factor, 0.5), 3.0)

    def learn_risk(self, principals: list[Principal], numbers: Any) -> None:
        """Principals learn from their own losses, and in part from those of others."""
        all_sent, all_lost = sum(self.sent.values()), sum(self.lost.values())
        for principal in principals:
            sent, lost = self.sent.get(principal, 0.0), self.lost.get(principal, 0.0)
            sent += numbers.others_weight * (all_sent - sent)
            lost += numbers.others_weight * (all_lost - lost)
            self.memory_sent[principal] = numbers.memory * self.memory_sent[principal] + sent
            self.memory_lost[principal] = numbers.memory * self.memory_lost[principal] + lost
            seen = self.memory_lost[principal] + numbers.prior_loads * self.prior
            seen /= self.memory_sent[principal] + numbers.prior_loads
            self.perceived[principal] = min(seen, 0.999)


class Node:
    """A place and a product."""

    def __init__(self, place: Place, equivalent: float) -> None:
        self.place, self.equivalent = place, equivalent
        self.zone: Zone | None = None
        self.market: Market | None = None
        self.links: list[Link] = []
        self.stock: dict[Principal, float] = {}
        self.value: dict[Principal, float] = {}
        self.ease: dict[Principal, float] = {}
        self.openness: dict[Principal, float] = {}
        self.carried_kg: dict[Principal, float] = {}
        self.incoming_kg = 0.0

    def waiting_kg(self) -> float:
        """Goods of all principals."""
        return sum(self.stock.values())

    def seize(self, share: float) -> float:
        """Take a share of what waits, from all alike; return what was taken, kg."""
        taken = 0.0
        for principal, kg in self.stock.items():
            self.stock[principal] = kg - kg * share
            taken += kg * share
        return taken


class Place:
    """A department, town, port or market region."""

    def __init__(self, country: Country, home_kind: Any, is_entry_place: bool) -> None:
        self.country, self.home_kind, self.is_entry_place = country, home_kind, is_entry_place
        self.links: list[Link] = []
        self.hydrochloride: Node | None = None
        self.residents: list[Group] = []
        self.holder: Principal | None = None
        self.escort_seller: Group | None = None
        self.capture = self.killings = 0.0
        self.mourning_months = self.near_months = NEVER_MONTHS
        self.members = 0.0

    def contest(self, killings_per_member: float) -> None:
        """A fight for the place costs lives among all groups at home here, whoever wins."""
        self.killings += killings_per_member * sum(group.members for group in self.residents)
