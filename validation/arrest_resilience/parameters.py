"""Numbers of the organisation: what was published at second hand, and what is judged.

SECOND-HAND numbers come from the settings of an unofficial port (github.com/n1n1n1q/gambling,
madtor/config.py) of MADTOR (Manzi and Calderoni, JASSS 27(3) 3, 2024), which cites Italian court files of
2008 to 2010; they could not be checked against the paper. JUDGED numbers are ours: neither the port nor the
abstract gives them.
"""

from __future__ import annotations

from typing import NamedTuple

LEVELS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Shares arrested that the paper compares (SECOND-HAND)."""

TRAFFICKERS = (5, 16)
PACKAGERS = (5, 13)
RETAILERS = (34, 37)
"""Members by role at the start and after two years (SECOND-HAND)."""


class Numbers(NamedTuple):
    """Parameters of a run; EUR, grams, doses and days.

    Pairs `_start` and `_grown` are of day 0 and day 730; between them they follow the logarithmic curve.
    """

    # SECOND-HAND
    days: int = 1825
    disruption_day: int = 730
    stop_days: int = 60
    grams_per_dose: float = 0.25
    doses_low_start: float = 530.0
    doses_low_grown: float = 1370.0
    doses_high_start: float = 900.0
    doses_high_grown: float = 2340.0
    doses_start: float = 580.0
    doses_grown: float = 1500.0
    wholesale_start: float = 40.20
    wholesale_grown: float = 43.90
    dose_price: float = 32.0
    retailers_share: float = 0.18
    traffickers_share: float = 0.7
    cost_per_day_start: float = 10_300.0
    cost_per_day_grown: float = 26_900.0
    start_up_money: float = 620_769.0
    arrested_retailer_per_week: float = 225.0
    arrested_other_per_week: float = 500.0
    families_per_month: float = 7_000.0
    minor_arrest_per_month: float = 0.5
    packager_grams_per_day: float = 500.0
    retailer_income_per_day_most: float = 500.0
    efficiency: float = 0.6
    # JUDGED
    curve_days: float = 365.0
    market_noise: float = 0.1
    stock_days: float = 30.0
    hand_over_grams: float = 500.0
    hand_over_doses: float = 184.0
    trust_low: float = 0.3
    trust_recruit: float = 0.1
    trust_sponsor: float = 0.5
    trust_gain: float = 0.05
    recruits_per_member_month: float = 0.1
    reserve_days: float = 1e9


KEPT_PROFIT = Numbers()
"""What the traffickers do not take stays in the till, without limit."""

THIN_RESERVE = Numbers(reserve_days=60.0)
"""The till holds no more than the start-up money bought: 60 days of planned costs; the rest is paid out."""
