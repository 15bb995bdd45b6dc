"""One organisation day by day: traffickers buy, packagers pack, retailers sell, and some are arrested.

Own program after the published description of MADTOR (Manzi and Calderoni 2024): the schedule and the roles
are theirs, the forms are ours. T, P and R are the places of traffickers, packagers and retailers; a place is
taken or free. All randomness of a run follows from its seed, so runs of one seed are the same until the day
of the arrests.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from validation.arrest_resilience.parameters import PACKAGERS, RETAILERS, TRAFFICKERS, Numbers

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

FIRST = np.array([TRAFFICKERS[0], PACKAGERS[0], RETAILERS[0]])
GROWN = np.array([TRAFFICKERS[1], PACKAGERS[1], RETAILERS[1]])
WINDOW = 60


class Organisation(NamedTuple):
    """State: who is there [3, widest role], trust [T, P] and [P, R], grams held [T] and [P], till, arrested.

    till [2] is EUR in hand and the week's profit; arrested [2] counts retailers and others on the payroll.
    """

    there: Flags
    trust_packager: Floats
    trust_retailer: Floats
    grams: Floats
    packed: Floats
    till: Floats
    arrested: Floats


@njit(cache=True)
def grown(day: int, n: Numbers) -> float:
    """Position on the logarithmic growth curve: 0 on day 0, 1 from the day of the arrests on."""
    at = min(day, n.disruption_day)
    return math.log1p(at / n.curve_days) / math.log1p(n.disruption_day / n.curve_days)


@njit(cache=True)
def between(start: float, end: float, position: float) -> float:
    """Value of a quantity that grows from `start` to `end`."""
    return start + (end - start) * position


@njit(cache=True)
def doses_wanted(position: float, n: Numbers) -> float:
    """Doses that customers want on one day, drawn between the least and the most with the published mean."""
    low = between(n.doses_low_start, n.doses_low_grown, position)
    high = between(n.doses_high_start, n.doses_high_grown, position)
    mean = between(n.doses_start, n.doses_grown, position)
    power = (high - mean) / (mean - low)
    part: float = 1.0 - np.random.random() ** (1.0 / power)
    return low + (high - low) * part


@njit(cache=True)
def open_organisation(n: Numbers) -> Organisation:
    """Organisation of day 0, with trust drawn between its least and 1."""
    there = np.zeros((3, GROWN.max()), dtype=np.bool_)
    for role in range(3):
        there[role, : FIRST[role]] = True
    spread = 1.0 - n.trust_low
    return Organisation(
        there,
        n.trust_low + spread * np.random.random((GROWN[0], GROWN[1])),
        n.trust_low + spread * np.random.random((GROWN[1], GROWN[2])),
        np.zeros(GROWN[0]),
        np.zeros(GROWN[1]),
        np.array([n.start_up_money, 0.0]),
        np.zeros(2),
    )


@njit(cache=True)
def acquire(o: Organisation, position: float, n: Numbers) -> None:
    """Traffickers fill the stock up to a month of planned sales, as far as the till goes."""
    count = o.there[0].sum()
    wanted = between(n.doses_start, n.doses_grown, position) * n.grams_per_dose * n.stock_days
    price = between(n.wholesale_start, n.wholesale_grown, position)
    market = math.exp(n.market_noise * np.random.standard_normal())
    bought = max(0.0, wanted - o.grams.sum() - o.packed.sum())
    bought = min(bought, max(0.0, o.till[0]) / (price * market))
    for one in range(o.grams.size):
        if o.there[0, one]:
            o.grams[one] += bought / count
    o.till[0] -= bought * price * market


@njit(cache=True)
def pick(trust: Floats, there: Flags, n: Numbers) -> int:
    """Partner for a hand-over: by trust as far as security counts, evenly as efficiency does; or -1."""
    total = 0.0
    for one in range(trust.size):
        if there[one]:
            total += (1.0 - n.efficiency) * trust[one] + n.efficiency
    target = np.random.random() * total
    chosen = -1
    for one in range(trust.size):
        if there[one] and target >= 0.0:
            chosen = one
            target -= (1.0 - n.efficiency) * trust[one] + n.efficiency
    return chosen


@njit(cache=True)
def package(o: Organisation, wanted_grams: float, n: Numbers) -> None:
    """Each trafficker hands goods to one packager: more the more he trusts him, up to the packager's day."""
    worked = np.zeros(o.packed.size)
    count = max(1, o.there[0].sum())
    missing = max(0.0, 3.0 * wanted_grams - o.packed.sum())
    for one in range(o.grams.size):
        if not o.there[0, one] or o.grams[one] <= 0.0:
            continue
        other = pick(o.trust_packager[one], o.there[1, : o.packed.size], n)
        if other < 0:
            return
        room = min(n.packager_grams_per_day - worked[other], 2.0 * missing / count)
        given = min(o.grams[one], n.hand_over_grams * o.trust_packager[one, other], max(0.0, room))
        o.grams[one] -= given
        o.packed[other] += given
        worked[other] += given
        o.trust_packager[one, other] += n.trust_gain * (1.0 - o.trust_packager[one, other])


@njit(cache=True)
def sell(o: Organisation, wanted: float, n: Numbers) -> float:
    """Retailers fetch doses from a packager who has some, and sell them the same day; returns doses sold."""
    count = o.there[2].sum()
    most = n.retailer_income_per_day_most / (n.retailers_share * n.dose_price)
    sold = 0.0
    for one in range(GROWN[2]):
        if not o.there[2, one]:
            continue
        from_whom = pick(o.trust_retailer[:, one], o.there[1, : o.packed.size] & (o.packed > 0.0), n)
        if from_whom < 0:
            return sold
        trusted = n.hand_over_doses * o.trust_retailer[from_whom, one]
        doses = min(wanted / count, most, trusted, o.packed[from_whom] / n.grams_per_dose)
        o.packed[from_whom] -= doses * n.grams_per_dose
        sold += doses
        o.trust_retailer[from_whom, one] += n.trust_gain * (1.0 - o.trust_retailer[from_whom, one])
    return sold


@njit(cache=True)
def pay(o: Organisation, day: int, sold: float, position: float, n: Numbers) -> None:
    """Book the day's sales and running costs; each week pay the arrested and share out the profit."""
    planned = between(n.doses_start, n.doses_grown, position) * n.grams_per_dose
    price = between(n.wholesale_start, n.wholesale_grown, position)
    cost = between(n.cost_per_day_start, n.cost_per_day_grown, position)
    members = FIRST.sum() + (GROWN.sum() - FIRST.sum()) * position
    running = (cost - planned * price) / members * o.there.sum()
    income = sold * n.dose_price * (1.0 - n.retailers_share) - running
    o.till[0] += income
    o.till[1] += income - sold * n.grams_per_dose * price
    if day % 30 == 29:
        o.till[0] -= n.families_per_month
        o.till[1] -= n.families_per_month
    if day % 7 == 6:
        due = o.arrested[0] * n.arrested_retailer_per_week + o.arrested[1] * n.arrested_other_per_week
        o.till[0] -= due
        shared = n.traffickers_share * max(0.0, o.till[1] - due)
        o.till[0] -= max(0.0, min(shared, o.till[0]))
        o.till[0] = min(o.till[0], n.reserve_days * cost)
        o.till[1] = 0.0


@njit(cache=True)
def arrest(o: Organisation, count: int) -> None:
    """Arrest so many members, drawn evenly from all; goods in their hands are lost."""
    for _ in range(count):
        left = o.there.sum()
        if left == 0:
            return
        target = np.random.randint(left)
        for role in range(3):
            for one in range(GROWN[role]):
                if not o.there[role, one]:
                    continue
                if target == 0:
                    o.there[role, one] = False
                    o.arrested[0 if role == 2 else 1] += 1.0
                    if role == 0:
                        o.grams[one] = 0.0
                    elif role == 1:
                        o.packed[one] = 0.0
                target -= 1


@njit(cache=True)
def recruit(o: Organisation, position: float, n: Numbers) -> None:
    """Members bring in others where places are free; a recruit is taken as far as his sponsor is trusted."""
    for role in range(3):
        target = int(FIRST[role] + (GROWN[role] - FIRST[role]) * position + 0.5)
        sponsors = o.there[role].copy()
        for sponsor in range(GROWN[role]):
            if not sponsors[sponsor] or o.there[role].sum() >= target:
                continue
            if np.random.random() >= n.recruits_per_member_month * (1.0 + 2.0 * (role != 2)):
                continue
            if np.random.random() >= _standing(o, role, sponsor):
                continue
            for free in range(GROWN[role]):
                if not o.there[role, free]:
                    o.there[role, free] = True
                    _tie(o, role, free, n)
                    break


@njit(cache=True)
def _standing(o: Organisation, role: int, one: int) -> float:
    """Mean trust in a member."""
    if role == 0:
        return float(o.trust_packager[one].mean())
    if role == 1:
        return float(o.trust_retailer[one].mean())
    return float(o.trust_retailer[:, one].mean())


@njit(cache=True)
def _tie(o: Organisation, role: int, one: int, n: Numbers) -> None:
    """A recruit is little trusted, but for the one partner whom the sponsor brings."""
    if role == 0:
        o.trust_packager[one] = n.trust_recruit
        o.trust_packager[one, np.random.randint(GROWN[1])] = n.trust_sponsor
    elif role == 1:
        o.trust_packager[:, one] = n.trust_recruit
        o.trust_retailer[one] = n.trust_recruit
        o.trust_packager[np.random.randint(GROWN[0]), one] = n.trust_sponsor
        o.trust_retailer[one, np.random.randint(GROWN[2])] = n.trust_sponsor
    else:
        o.trust_retailer[:, one] = n.trust_recruit
        o.trust_retailer[np.random.randint(GROWN[1]), one] = n.trust_sponsor


@njit(cache=True)
def viable(o: Organisation) -> bool:
    """Whether every role has somebody and the till is not in debt."""
    return bool(o.till[0] >= 0.0 and o.there[0].any() and o.there[1].any() and o.there[2].any())


@njit(cache=True)
def run_once(seed: int, share: float, n: Numbers) -> tuple[int, float, float, float, float]:
    """Run five years with a share of the members arrested on the day of the disruption.

    Returns the last day (`n.days` for a survivor), members and doses a day before the disruption, members at
    the end, and the days until the survivor had as many members as before (-1 where it never had).
    """
    np.random.seed(seed)
    o = open_organisation(n)
    next_purchase, stopped_until = 0, -1
    before, doses, back = 0.0, 0.0, -1.0
    for day in range(n.days):
        position = grown(day, n)
        if day == n.disruption_day:
            before = float(o.there.sum())
            if share > 0.0:
                arrest(o, int(share * before + 0.5))
                stopped_until = day + n.stop_days
        if day >= stopped_until and day >= next_purchase and o.there[0].any():
            acquire(o, position, n)
            next_purchase = day + 30
        wanted = doses_wanted(position, n)
        package(o, wanted * n.grams_per_dose, n)
        sold = sell(o, wanted, n)
        if n.disruption_day - WINDOW <= day < n.disruption_day:
            doses += sold / WINDOW
        pay(o, day, sold, position, n)
        if day % 30 == 15:
            if np.random.random() < n.minor_arrest_per_month:
                arrest(o, 1)
            if day >= stopped_until:
                recruit(o, position, n)
        if not viable(o):
            return day, before, doses, float(o.there.sum()), -1.0
        if day > n.disruption_day and back < 0.0 and o.there.sum() >= before:
            back = float(day - n.disruption_day)
    return n.days, before, doses, float(o.there.sum()), back
