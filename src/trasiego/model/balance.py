"""Balances: mass and money close after every step of every month, or the run stops and names the step."""

from __future__ import annotations

import numpy as np

from trasiego.model.state import (
    AD_HOC_FEES,
    CONFISCATED,
    CONSUMERS,
    ENTRY_CAPITAL,
    ESCORT,
    GROUP_FEES,
    POLICE,
    PRODUCERS,
    TRANSPORT,
    WAGES,
    State,
)

TOLERANCE = 1e-9
_OUT = (PRODUCERS, AD_HOC_FEES, POLICE, TRANSPORT, WAGES, CONFISCATED)


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

    def mass_residual(self, state: State) -> float:
        """Relative mass residual with the flows of the current month."""
        flows = state.flows
        made, sold, seized, lost = self.mass_kg
        made += flows.zone_made_kg.sum()
        sold += flows.arrivals_kg.sum()
        seized += flows.seized_kg.sum() + state.raided_kg.sum()
        lost += flows.process_loss_kg.sum()
        gap = self.opening_kg + made - sold - seized - lost - state.stock.sum()
        return float(gap / max(made + self.opening_kg, 1.0))

    def money_residual(self, state: State, fees_pending: bool) -> float:
        """Relative money residual; ``fees_pending`` while the month's fees are not yet with the groups."""
        money = self.money_usd + state.flows.money_usd
        capital = float(state.broker_capital_usd.sum() + state.groups.capital_usd.sum())
        if fees_pending:
            capital += state.flows.money_usd[GROUP_FEES] + state.flows.money_usd[ESCORT]
        received = sum(money[account] for account in _OUT)
        gap = money[CONSUMERS] + money[ENTRY_CAPITAL] - received - (capital - self.opening_usd)
        return float(gap / max(money[CONSUMERS] + abs(self.opening_usd), 1.0))

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
        flows = state.flows
        self.money_usd += flows.money_usd
        self.mass_kg += (
            flows.zone_made_kg.sum(),
            flows.arrivals_kg.sum(),
            flows.seized_kg.sum() + state.raided_kg.sum(),
            flows.process_loss_kg.sum(),
        )
