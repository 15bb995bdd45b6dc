"""The scalar numbers of each mechanism as the NamedTuples that kernels take.

Field names are those of the field registry, so ``numbers_of(ValuationNumbers, world)`` needs no list.
"""

from __future__ import annotations

from typing import NamedTuple, TypeVar

from trasiego.world.tables import World


class ProductionNumbers(NamedTuple):
    """Section ``production`` of the registry."""

    price_memory_months: float
    area_adjustment_months: float
    area_price_elasticity: float
    eradication_effect: float
    supply_spread: float
    price_response: float
    season_amplitude: float


class ValuationNumbers(NamedTuple):
    """Section ``valuation``, with what valuation needs of the contracts."""

    choice_scale: float
    link_concavity: float
    lot_kg: float
    latent_fee_factor: float


class ContractingNumbers(NamedTuple):
    """Section ``contracting``."""

    lot_kg: float
    lot_spread: float
    lot_risk_response: float
    partner_noise: float
    fee_response: float
    fee_utilisation: float
    utilisation_memory: float
    buying_cover: float
    buying_margin: float
    bottleneck_slack: float
    latent_loads_per_month: float
    latent_fee_factor: float


class EscortNumbers(NamedTuple):
    """Section ``escort``."""

    passage_km: float


class HijackNumbers(NamedTuple):
    """Section ``hijack``."""

    hazard_per_1000_km: float
    price_share: float
    killings_per_load: float


class BriberyNumbers(NamedTuple):
    """Section ``bribery``."""

    capture_gain: float
    half_spending_usd_per_month: float
    capture_decay: float
    officer_arrest_drop: float


class InterdictionNumbers(NamedTuple):
    """Section ``interdiction``."""

    floor_share: float
    seizure_memory: float
    intelligence_share: float
    load_size_exponent: float
    capture_effect: float
    show_effort: float
    accommodate_effort: float
    raid_rate_per_month: float
    raid_reference_members: float
    raid_members_share: float
    raid_capital_share: float
    raid_stock_share: float
    leader_arrest_probability: float
    officer_arrest_probability: float
    political_access_effect: float
    warning_effect: float


class MarketNumbers(NamedTuple):
    """Section ``market``."""

    price_adjustment: float
    arrivals_memory: float


class LearningNumbers(NamedTuple):
    """Section ``learning`` and the exponent of trust."""

    prior_loads: float
    memory: float
    others_weight: float
    trust_gain: float
    trust_loss: float
    trust_start: float
    trust_exponent: float


class OrganisationNumbers(NamedTuple):
    """Section ``organisation``."""

    income_memory: float
    entry_per_month: float
    links_at_entry: float
    reallocation_per_month: float
    capital_usd_per_member: float
    remnant_peak_members: float
    remnant_divisor_members: float
    remnant_trust: float


class ViolenceNumbers(NamedTuple):
    """Section ``violence``."""

    toll_log_share: float
    takeover_per_month: float
    takeover_reference_usd_per_month: float
    takeover_success: float
    hold_loss_per_month: float
    killings_per_takeover_member: float
    killings_per_held_place_month: float
    killings_per_split_member: float
    leader_loss_factor: float
    leader_loss_months: float
    leader_loss_near_factor: float
    leader_loss_near_months: float


class Numbers(NamedTuple):
    """All scalar numbers of a run."""

    production: ProductionNumbers
    valuation: ValuationNumbers
    contracting: ContractingNumbers
    escort: EscortNumbers
    hijack: HijackNumbers
    bribery: BriberyNumbers
    interdiction: InterdictionNumbers
    market: MarketNumbers
    learning: LearningNumbers
    organisation: OrganisationNumbers
    violence: ViolenceNumbers


_Tuple = TypeVar("_Tuple", bound=NamedTuple)
_SECTIONS: dict[str, type] = {
    "production": ProductionNumbers,
    "valuation": ValuationNumbers,
    "contracting": ContractingNumbers,
    "escort": EscortNumbers,
    "hijack": HijackNumbers,
    "bribery": BriberyNumbers,
    "interdiction": InterdictionNumbers,
    "market": MarketNumbers,
    "learning": LearningNumbers,
    "organisation": OrganisationNumbers,
    "violence": ViolenceNumbers,
}
_BORROWED = {
    "valuation": {"lot_kg": "contracting", "latent_fee_factor": "contracting"},
    "learning": {"trust_exponent": "valuation"},
}


def numbers_of(world: World) -> Numbers:
    """Scalar numbers of a world with its switches applied: a mechanism that is off gets neutral numbers."""
    sections = {name: dict(values) for name, values in world.numbers.items()}
    neutral = {
        "adaptive_effort": ("interdiction", {"floor_share": 1.0}),
        "hijack": ("hijack", {"hazard_per_1000_km": 0.0}),
        "fees": ("contracting", {"fee_response": 0.0}),
        "leaks": ("interdiction", {"warning_effect": 0.0}),
        "political_access": ("interdiction", {"political_access_effect": 0.0}),
        "leader_loss": ("violence", {"leader_loss_factor": 0.0, "leader_loss_near_factor": 0.0}),
        "raids": ("interdiction", {"raid_rate_per_month": 0.0}),
        "growth": ("organisation", {"reallocation_per_month": 0.0}),
        "entry": ("organisation", {"entry_per_month": 0.0}),
        "remnants": ("organisation", {"remnant_peak_members": 1e12}),
        "takeover": ("violence", {"takeover_per_month": 0.0, "toll_log_share": 0.0}),
        "price_response": ("production", {"area_price_elasticity": 0.0, "price_response": 0.0}),
    }
    for switch, (section, values) in neutral.items():
        if not world.switches[switch]:
            sections[section].update(values)
    built = {}
    for name, kind in _SECTIONS.items():
        borrowed = _BORROWED.get(name, {})
        built[name] = kind(*(float(sections[borrowed.get(key, name)][key]) for key in kind._fields))  # type: ignore[attr-defined]
    return Numbers(**built)
