"""Who acts in the reference model: zones, markets, countries, principals and groups."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import mesa

if TYPE_CHECKING:
    from benchmarks.mesa_reference.ground import Link, Node, Offer, Place
    from benchmarks.mesa_reference.model import TradeModel

CULTIVATION = 0
INTERDICT, SHOW, ACCOMMODATE = 0, 1, 2
NATIONAL_ACCESS = 2
YEAR = 12
LEAST_TRUST = 0.01
TRACE = 1e-9


class Actor(mesa.Agent):
    """An agent of the trade model."""

    model: TradeModel

    def __init__(self, model: TradeModel, facts: Any) -> None:
        super().__init__(model)
        self.facts = facts


class Zone(Actor):
    """Where the goods come from."""

    def __init__(self, model: TradeModel, facts: Any, node: Node) -> None:
        super().__init__(model, facts)
        self.node = node
        self.area_ha: float = facts.area_ha
        self.price: float = facts.price_usd_per_kg
        self.averaged_price: float = facts.price_usd_per_kg
        self.eradication_ha: float = facts.eradication_ha_per_month
        self.harvest_kg = self.demand_kg = self.made_kg = 0.0

    def grow(self) -> None:
        """Area and harvest of the month."""
        facts, numbers = self.facts, self.model.numbers.production
        if facts.kind != CULTIVATION:
            self.harvest_kg = facts.inflow_kg_per_month
            return
        self.averaged_price += (self.price - self.averaged_price) / numbers.price_memory_months
        relative = self.averaged_price / facts.price_usd_per_kg
        wanted = facts.area_ha * relative**numbers.area_price_elasticity
        extra = self.eradication_ha - facts.eradication_ha_per_month
        change = (wanted - self.area_ha) / numbers.area_adjustment_months - numbers.eradication_effect * extra
        self.area_ha = max(0.0, self.area_ha + change)
        season = math.sin(2.0 * math.pi * (self.model.month % YEAR - 1) / YEAR)
        self.harvest_kg = (
            self.area_ha * facts.product_kg_per_ha_month * (1.0 + numbers.season_amplitude * season)
        )

    def offered_kg(self) -> float:
        """What producers sell at the price."""
        cost, spread = self.facts.marginal_cost_usd_per_kg, self.model.numbers.production.supply_spread
        if cost <= 0.0:
            return self.harvest_kg if self.price > 0.0 else 0.0
        return self.harvest_kg * min(max((self.price - cost) / (spread * cost), 0.0), 1.0)

    def buyers(self) -> dict[Principal, float]:
        """Principals that buy here this month, with their part among the buyers."""
        weights = {
            each: each.buys[self] for each in self.model.principals if each.active and each.buys[self] > 0.0
        }
        total = sum(weights.values())
        return {each: weight / total for each, weight in weights.items() if total > 0.0}

    def sell(self) -> None:
        """Principals buy what the way ahead can carry and the price leaves worth buying."""
        numbers, node = self.model.numbers.contracting, self.node
        waiting, wanted = node.waiting_kg(), {}
        for buyer, part in self.buyers().items():
            value = node.value[buyer]
            if value > 0.0:
                room = max(0.0, numbers.buying_cover * node.carried_kg[buyer] - waiting)
                interest = min(max((1.0 - self.price / value) / numbers.buying_margin, 0.0), 1.0)
                wanted[buyer] = room * part * interest
        self.demand_kg = sum(wanted.values())
        self.made_kg = min(self.demand_kg, self.offered_kg())
        for buyer, kg in wanted.items():
            if self.demand_kg > 0.0:
                bought = self.made_kg * kg / self.demand_kg
                node.stock[buyer] += bought
                buyer.capital -= bought * self.price

    def set_price(self) -> None:
        """The price follows excess demand, between marginal cost and the value to buyers."""
        response = self.model.numbers.production.price_response
        if self.harvest_kg > 0.0:
            gap = (self.demand_kg - self.offered_kg()) / self.harvest_kg
            self.price *= math.exp(response * min(max(gap, -1.0), 1.0))
        ceiling = max((self.node.value[buyer] for buyer in self.buyers()), default=0.0)
        if ceiling > 0.0:
            self.price = min(self.price, ceiling)
        self.price = max(self.price, self.facts.marginal_cost_usd_per_kg)


class Market(Actor):
    """A consumer region."""

    def __init__(self, model: TradeModel, facts: Any, node: Node) -> None:
        super().__init__(model, facts)
        self.node = node
        self.price: float = facts.price_usd_per_kg
        self.smoothed_kg: float = facts.consumption_kg_per_month
        self.level, self.arrived_kg = 1.0, 0.0

    def buy(self) -> None:
        """What has come is sold at the price."""
        for principal, kg in self.node.stock.items():
            self.arrived_kg += kg
            principal.capital += kg * self.price
            self.node.stock[principal] = 0.0

    def set_price(self) -> None:
        """The price closes part of the gap to the one that clears smoothed arrivals."""
        facts, numbers = self.facts, self.model.numbers.market
        self.smoothed_kg += numbers.arrivals_memory * (self.arrived_kg - self.smoothed_kg)
        elapsed = self.model.month - self.model.world.spin_up_months
        wanted = facts.consumption_kg_per_month * self.level * math.exp(facts.growth_per_month * elapsed)
        if wanted <= 0.0:
            self.price = 0.0
        elif self.model.world.switches["price_response"]:
            supplied = max(self.smoothed_kg / wanted, TRACE)
            clearing = facts.price_usd_per_kg * supplied ** (-1.0 / facts.elasticity)
            now = max(self.price, TRACE)
            self.price = now * (clearing / now) ** numbers.price_adjustment


class Country(Actor):
    """An authority."""

    def __init__(self, model: TradeModel, facts: Any) -> None:
        super().__init__(model, facts)
        self.own_budget, self.aid = facts.own_budget_usd_per_month, facts.aid_usd_per_month
        self.disbursement, self.integrity = facts.aid_disbursement, facts.integrity
        self.stance: int = facts.stance
        self.links: list[Link] = []
        self.effort = 0.0

    def search(self) -> None:
        """Effort goes where seizures were made; the hazard of the coming month follows."""
        facts, numbers = self.facts, self.model.numbers.interdiction
        opening = facts.own_budget_usd_per_month + facts.aid_usd_per_month * facts.aid_disbursement
        budget = (self.own_budget + self.aid * self.disbursement) / opening if opening > 0.0 else 1.0
        factor = {INTERDICT: 1.0, SHOW: numbers.show_effort, ACCOMMODATE: numbers.accommodate_effort}[
            self.stance
        ]
        self.effort = facts.strength * factor * budget
        for link in self.links:
            heard = link.seized_kg + numbers.intelligence_share * (link.kg - link.seized_kg)
            link.signal_kg += numbers.seizure_memory * (heard - link.signal_kg)
        known = [each for each in self.links if not each.facts.is_processing and each.signal_kg > 0.0]
        exposed = sum(each.facts.hazard_reference for each in known)
        total = sum(math.sqrt(each.signal_kg * each.facts.hazard_reference) for each in known)
        for link in self.links:
            base, moved = link.facts.hazard_reference, 1.0 if total <= 0.0 else 0.0
            if total > 0.0 and base > 0.0 and not link.facts.is_processing:
                moved = math.sqrt(link.signal_kg / base) * exposed / total
            effort = self.effort * (numbers.floor_share + (1.0 - numbers.floor_share) * moved)
            captured = 0.5 * (link.tail.place.capture + link.head.place.capture)
            link.hazard = base * effort * (1.0 - numbers.capture_effect * captured)


class Principal(Actor):
    """A broker or cartel that owns goods."""

    def __init__(self, model: TradeModel, facts: Any) -> None:
        super().__init__(model, facts)
        self.capital, self.active = 0.0, True
        self.own_group: Group | None = None
        self.sells: dict[Market, bool] = {}
        self.buys: dict[Zone, float] = {}

    def pay_own_group(self) -> None:
        """Pay own members what they do not earn by carrying, as far as capital goes."""
        group = self.own_group
        if group is not None and group.active:
            due = group.kind.reservation_income_usd_per_member_month * group.members
            paid = min(max(0.0, due - max(group.capital, 0.0)), max(0.0, self.capital))
            self.capital -= paid
            group.capital += paid
            group.payroll += paid


class Group(Actor):
    """An organisation that carries, guards or robs; a named one stays an agent when it is gone."""

    def __init__(
        self, model: TradeModel, kind: Any, home: Place, members: float, *, named: bool = False
    ) -> None:
        super().__init__(model, None)
        self.kind, self.home, self.named = kind, home, named
        self.active, self.led = False, True
        self.access = 0
        self.members = self.peak = 0.0
        self.capital = self.income = 0.0
        self.offers: list[Offer] = []
        self.reported: list[Place] = []
        self.waiting: list[Link] = []
        self.trust = dict.fromkeys(model.principals, model.numbers.learning.trust_start)
        self.opening_members = members
        self.start_month()

    def start_month(self) -> None:
        """Forget the month before."""
        self.escort_usd = self.robbery_usd = self.payroll = self.crew_lost = self.fees_usd = 0.0
        self.sent: dict[Principal, float] = {}
        self.lost: dict[Principal, float] = {}

    def open(self, members: float) -> None:
        """Begin, with the capital that members bring and the income at which they neither grow nor shrink."""
        self.active = self.led = True
        self.members = self.peak = members
        self.capital += members * self.model.numbers.organisation.capital_usd_per_member
        self.income = self.kind.reservation_income_usd_per_member_month
        self.home.residents.append(self)

    def dissolve(self) -> None:
        """End: what capital is left is the members'."""
        for offer in list(self.offers):
            offer.link.drop(offer)
        self.active, self.members, self.capital = False, 0.0, 0.0
        self.home.residents.remove(self)
        if not self.named:
            self.remove()

    def spread_evenly(self) -> None:
        """Spread the members evenly over the links."""
        for offer in self.offers:
            offer.share = 1.0 / len(self.offers)

    def fill_shares(self) -> None:
        """Members of links that were lost go to the others in proportion."""
        total = sum(offer.share for offer in self.offers)
        for offer in self.offers:
            if total > 0.0:
                offer.share /= total

    def raided(self, members_share: float, *, takes_leader: bool, takes_officers: bool) -> None:
        """Lose members, capital, perhaps the leader and bought officers."""
        numbers = self.model.numbers
        self.members *= 1.0 - members_share
        self.capital -= max(0.0, self.capital) * numbers.interdiction.raid_capital_share
        if takes_leader:
            self.led = False
        if takes_officers:
            self.home.capture *= 1.0 - numbers.bribery.officer_arrest_drop

    def risk_raid(self) -> None:
        """Be raided by chance."""
        numbers, random = self.model.numbers.interdiction, self.model.random
        hazard = numbers.raid_rate_per_month * self.home.country.effort * self.kind.raid_visibility
        hazard *= self.members / numbers.raid_reference_members
        hazard *= 1.0 - numbers.warning_effect * self.home.capture
        if self.access == NATIONAL_ACCESS:
            hazard *= 1.0 - numbers.political_access_effect
        if random.random() < -math.expm1(-hazard):
            self.model.raid_count += 1
            self.raided(
                numbers.raid_members_share,
                takes_leader=random.random() < numbers.leader_arrest_probability,
                takes_officers=random.random() < numbers.officer_arrest_probability,
            )
            node = self.home.hydrochloride
            if node is not None:
                self.model.note_raid(node, node.seize(numbers.raid_stock_share))

    def learn_trust(self) -> None:
        """Principals trust a group more after a month without loss, less after losses."""
        numbers = self.model.numbers.learning
        for principal, sent in self.sent.items():
            lost = self.lost.get(principal, 0.0) / sent
            trust = self.trust[principal]
            trust += numbers.trust_gain * (1.0 - lost) * (1.0 - trust)
            self.trust[principal] = max(trust * (1.0 - numbers.trust_loss * lost), LEAST_TRUST)

    def collect(self) -> None:
        """Take the fees of the month."""
        self.fees_usd = sum(offer.fee_usd for offer in self.offers)
        self.capital += self.fees_usd + self.escort_usd + self.robbery_usd

    def pay_members(self) -> None:
        """Pay the members; they draw a surplus over a year's pay."""
        due = self.kind.reservation_income_usd_per_member_month * self.members
        self.capital -= min(max(self.capital, 0.0), due)
        self.capital -= max(0.0, self.capital - YEAR * due)

    def change_size(self) -> None:
        """Members follow income; crews that were seized are gone."""
        kind, usual = self.kind, self.kind.reservation_income_usd_per_member_month
        members = max(self.members, 1e-9)
        earned = self.fees_usd + self.escort_usd + self.robbery_usd
        income = ((1.0 - kind.bribe_share) * earned + self.payroll) / members
        if not kind.moves_loads:
            income += usual
        self.income += self.model.numbers.organisation.income_memory * (income - self.income)
        response = min(max(math.log(max(self.income / usual, 1e-6)), -0.7), 1.0)
        self.members = max(0.0, members * math.exp(kind.growth_per_month * response) - self.crew_lost)
        self.peak = max(self.peak, self.members)

    def shift_members(self) -> None:
        """Move members to the links that earn."""
        speed = self.model.numbers.organisation.reallocation_per_month
        for offer in self.offers:
            if self.fees_usd > 0.0:
                offer.share += speed * (offer.fee_usd / self.fees_usd - offer.share)
