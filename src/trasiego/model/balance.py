"""Balances: mass and money close after every step of every month, or the run stops and names the step."""

from __future__ import annotations

import numpy as np

from trasiego.model.compiled import inlined_kernel, tight_kernel
from trasiego.model.state import (
    AD_HOC_FEES,
    CONFISCATED,
    CONSUMERS,
    ENTRY_CAPITAL,
    ESCORT,
    GROUP_FEES,
    HIJACK,
    POLICE,
    PRODUCERS,
    TRANSPORT,
    WAGES,
    State,
)
from trasiego.world.tables import Floats

TOLERANCE = 1e-9
_OUT = (PRODUCERS, AD_HOC_FEES, POLICE, TRANSPORT, WAGES, CONFISCATED)


@inlined_kernel
def _total(values: Floats) -> float:
    """Sum of all elements of a matrix, row by row: sums of rows do not wait for each other."""
    total = 0.0
    for row in range(values.shape[0]):
        part = 0.0
        for column in range(values.shape[1]):
            part += values[row, column]
        total += part
    return total


@inlined_kernel
def _sums(values: Floats) -> tuple[float, float]:
    """Sum of a list of numbers and of their sizes, in stretches that do not wait for each other."""
    total, sizes = 0.0, 0.0
    for start in range(0, values.size, 16):
        part, size = 0.0, 0.0
        for i in range(start, min(start + 16, values.size)):
            part += values[i]
            size += abs(values[i])
        total += part
        sizes += size
    return total, sizes


@inlined_kernel
def mass_books(
    made: Floats, arrivals: Floats, seized: Floats, raided: Floats, lost: Floats, stock: Floats
) -> tuple[float, float, float, float, float]:
    """Kilograms made, sold, seized and lost in processing this month, and waiting now."""
    taken = _sums(seized)[0] + _sums(raided)[0]
    return _sums(made)[0], _total(arrivals), taken, _sums(lost)[0], _total(stock)


@inlined_kernel
def money_gap(
    earlier: Floats, now: Floats, broker_capital: Floats, group_capital: Floats, opening: float, pending: bool
) -> float:
    """Gap between what came in since the opening and what went out or is held, over the largest of them.

    Debts of principals count as well: in a starved market fees by value can exceed sales a million times.
    """
    of_brokers, of_groups = _sums(broker_capital), _sums(group_capital)
    capital = of_brokers[0] + of_groups[0] - opening
    if pending:
        capital += now[GROUP_FEES] + now[ESCORT] + now[HIJACK]
    income = earlier[CONSUMERS] + now[CONSUMERS] + earlier[ENTRY_CAPITAL] + now[ENTRY_CAPITAL]
    outlay = 0.0
    for account in _OUT:
        outlay += earlier[account] + now[account]
    scale = max(income, outlay, of_brokers[1] + of_groups[1], abs(opening), 1.0)
    return (income - outlay - capital) / scale  # type: ignore[no-any-return]


@tight_kernel
def residuals(
    made: Floats,
    arrivals: Floats,
    seized: Floats,
    raided: Floats,
    lost: Floats,
    stock: Floats,
    mass_earlier: Floats,
    mass_now: Floats,
    opening_kg: float,
    money_earlier: Floats,
    money_now: Floats,
    broker_capital: Floats,
    group_capital: Floats,
    opening_usd: float,
    pending: bool,
) -> tuple[float, float]:
    """Relative residuals of mass and money; the mass books of the month go into ``mass_now`` [4]."""
    here, sold, taken, refined, waiting = mass_books(made, arrivals, seized, raided, lost, stock)
    mass_now[0], mass_now[1], mass_now[2], mass_now[3] = here, sold, taken, refined
    ever = opening_kg + mass_earlier[0] + here
    gap = ever - mass_earlier[1] - sold - mass_earlier[2] - taken - mass_earlier[3] - refined - waiting
    money = money_gap(money_earlier, money_now, broker_capital, group_capital, opening_usd, pending)
    return gap / max(ever, 1.0), money


class BalanceError(RuntimeError):
    """Mass or money did not close; the message names the step and the residual."""


class Balance:
    """Cumulative books of one run.

    Mass [kg as moved]: made = consumed + seized + lost in processing + in stock. Money [USD]: what
    consumers pay and new members bring = what producers, ad hoc carriers, police, transport and members
    receive and the state confiscates, plus changes in the capital of principals and groups.
    """

    def __init__(self, state: State) -> None:
        self.money_usd = np.zeros(state.flows.money_usd.size)
        self.mass_kg, self.month_kg = np.zeros(4), np.zeros(4)
        self.opening_usd = float(state.broker_capital_usd.sum() + state.groups.capital_usd.sum())
        self.opening_kg = float(state.stock.sum())

    def residuals(self, state: State, fees_pending: bool) -> tuple[float, float]:
        """Relative residuals of mass and money with the flows of the current month.

        ``fees_pending`` while the month's fees are not yet with the groups.
        """
        flows = state.flows
        return residuals(
            flows.zone_made_kg,
            flows.arrivals_kg,
            flows.seized_kg,
            state.raided_kg,
            flows.process_loss_kg,
            state.stock,
            self.mass_kg,
            self.month_kg,
            self.opening_kg,
            self.money_usd,
            flows.money_usd,
            state.broker_capital_usd,
            state.groups.capital_usd,
            self.opening_usd,
            fees_pending,
        )

    def check(self, state: State, step: str, *, fees_pending: bool) -> None:
        """Raise :class:`BalanceError` if a balance does not close after ``step``."""
        mass, money = self.residuals(state, fees_pending)
        if abs(mass) <= TOLERANCE and abs(money) <= TOLERANCE:
            return
        of, residual = ("money", money) if abs(mass) <= TOLERANCE else ("mass", mass)
        raise BalanceError(f"{of} does not close after step {step!r}: relative residual {residual:.3g}")

    def close_month(self, state: State) -> None:
        """Carry the flows of the month, as they were last checked, over into the cumulative books."""
        self.money_usd += state.flows.money_usd
        self.mass_kg += self.month_kg
