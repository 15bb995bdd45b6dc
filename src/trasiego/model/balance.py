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
def _sum(values: Floats) -> float:
    """Sum of a list of numbers, in stretches that do not wait for each other."""
    total = 0.0
    for start in range(0, values.size, 16):
        part = 0.0
        for i in range(start, min(start + 16, values.size)):
            part += values[i]
        total += part
    return total


@inlined_kernel
def _sizes(values: Floats) -> float:
    """Sum of the absolute values of a list of numbers."""
    total = 0.0
    for start in range(0, values.size, 16):
        part = 0.0
        for i in range(start, min(start + 16, values.size)):
            part += abs(values[i])
        total += part
    return total


@tight_kernel
def mass_books(
    made: Floats, arrivals: Floats, seized: Floats, raided: Floats, lost: Floats, stock: Floats
) -> tuple[float, float, float, float, float]:
    """Kilograms made, sold, seized and lost in processing this month, and waiting now."""
    return _sum(made), _total(arrivals), _sum(seized) + _sum(raided), _sum(lost), _total(stock)


@tight_kernel
def money_gap(
    earlier: Floats, now: Floats, broker_capital: Floats, group_capital: Floats, opening: float, pending: bool
) -> float:
    """Gap between what came in since the opening and what went out or is held, over the largest of them.

    Debts of principals count as well: in a starved market fees by value can exceed sales a million times.
    """
    capital = _sum(broker_capital) + _sum(group_capital) - opening
    if pending:
        capital += now[GROUP_FEES] + now[ESCORT] + now[HIJACK]
    income = earlier[CONSUMERS] + now[CONSUMERS] + earlier[ENTRY_CAPITAL] + now[ENTRY_CAPITAL]
    outlay = 0.0
    for account in _OUT:
        outlay += earlier[account] + now[account]
    held = _sizes(broker_capital) + _sizes(group_capital)
    scale = max(income, outlay, held, abs(opening), 1.0)
    return (income - outlay - capital) / scale  # type: ignore[no-any-return]


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
        self.mass_kg = np.zeros(4)
        self.opening_usd = float(state.broker_capital_usd.sum() + state.groups.capital_usd.sum())
        self.opening_kg = float(state.stock.sum())

    def _mass_books(self, state: State) -> tuple[float, float, float, float, float]:
        flows = state.flows
        return mass_books(
            flows.zone_made_kg,
            flows.arrivals_kg,
            flows.seized_kg,
            state.raided_kg,
            flows.process_loss_kg,
            state.stock,
        )

    def mass_residual(self, state: State) -> float:
        """Relative mass residual with the flows of the current month."""
        made, sold, seized, lost, waiting = self._mass_books(state)
        earlier = self.mass_kg
        made_ever = self.opening_kg + earlier[0] + made
        gap = made_ever - earlier[1] - sold - earlier[2] - seized - earlier[3] - lost - waiting
        return float(gap / max(made_ever, 1.0))

    def money_residual(self, state: State, fees_pending: bool) -> float:
        """Relative money residual; ``fees_pending`` while the month's fees are not yet with the groups."""
        broker, group, now = state.broker_capital_usd, state.groups.capital_usd, state.flows.money_usd
        return float(money_gap(self.money_usd, now, broker, group, self.opening_usd, fees_pending))

    def check(self, state: State, step: str, *, fees_pending: bool) -> None:
        """Raise :class:`BalanceError` if a balance does not close after ``step``."""
        residual = self.mass_residual(state)
        if not abs(residual) <= TOLERANCE:
            raise BalanceError(f"mass does not close after step {step!r}: relative residual {residual:.3g}")
        residual = self.money_residual(state, fees_pending)
        if not abs(residual) <= TOLERANCE:
            raise BalanceError(f"money does not close after step {step!r}: relative residual {residual:.3g}")

    def close_month(self, state: State) -> None:
        """Carry the flows of the month over into the cumulative books."""
        self.money_usd += state.flows.money_usd
        self.mass_kg += self._mass_books(state)[:4]
