"""Where the money of the trade ends up: what consumers pay a year, account by account."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from trasiego.analysis.estimate import Estimate, estimate
from trasiego.analysis.view import ResultView

PAID = "consumers_paid"
ENDS = (
    "broker_capital_change",
    "wages",
    "producers",
    "ad_hoc_fees",
    "police",
    "confiscated",
    "transport",
    "group_capital_change",
)
"""Accounts in which what consumers pay, and what new groups bring, comes to rest: their sum."""

WITHIN = ("group_fees", "tolls", "escort", "hijack")
"""Payments from one party of the trade to another, which the accounts of rest already hold."""


@dataclass(frozen=True)
class MoneyRow:
    """An account and what it takes, USD a year; `part` is "paid", "end" or "within" (as in ENDS, WITHIN)."""

    account: str
    part: str
    usd_per_year: Estimate


def money_rows(view: ResultView) -> tuple[MoneyRow, ...]:
    """Return what consumers pay, where it ends and what passes within the trade, the largest first in each.

    Accounts that the result does not keep are left out.
    """
    booked = view.amount("money_usd").sum(axis=1) / view.years
    kept = {str(name): booked[:, position] for position, name in enumerate(view.labels("account"))}
    rows = []
    for part, accounts in (("paid", (PAID,)), ("end", ENDS), ("within", WITHIN)):
        known = [name for name in accounts if name in kept]
        for name in sorted(known, key=lambda each: -float(np.median(kept[each]))):
            rows.append(MoneyRow(name, part, estimate(kept[name], "USD/year")))
    return tuple(rows)
