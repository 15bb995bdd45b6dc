"""Balances: mass and money close after every step, and the step that breaks one is named."""

import numpy as np
import pytest
from tiny_worlds import ALL_ON, Broker, Group, Market, Way, Zone, begin, chain, run_months

from trasiego.model import schedule
from trasiego.model.balance import TOLERANCE, Balance, BalanceError
from trasiego.model.state import ACCOUNTS


def busy():
    """A chain in which everything can happen."""
    return chain(
        nodes="a:paste a b m",
        ways=[
            Way("a:paste", "a", "first", ratio=0.4, fee=0.05, cost=50.0, processing=True),
            Way("a", "b", "first", fee=0.1, cost=20.0, hazard=0.2),
            Way("b", "m", "second", fee=0.1, cost=30.0, hazard=0.2),
        ],
        zones=[Zone("a:paste", area_ha=5000.0, product_kg=0.5)],
        groups=[Group("first", "a", 80.0), Group("second", "b", 60.0), Group("guard", "b", 50.0, "guards")],
        brokers=[Broker("one", group="second", territorial=True), Broker("two", territorial=True)],
        escort={"b": "guard"},
        numbers={
            "contracting": {"latent_loads_per_month": 1.0, "lot_spread": 0.5, "partner_noise": 0.5},
            "violence": {"takeover_per_month": 0.5},
        },
        on=ALL_ON,
    )


@pytest.mark.parametrize("name", [name for name, _step in schedule.STEPS])
def test_step_that_makes_goods_from_nothing_is_named(name, monkeypatch):
    def broken(step):
        def spoilt(run, month):
            step(run, month)
            run.state.stock[0, 0] += 1.0

        return spoilt

    steps = tuple((each, broken(step) if each == name else step) for each, step in schedule.STEPS)
    monkeypatch.setattr(schedule, "STEPS", steps)
    with pytest.raises(BalanceError, match=f"mass does not close after step '{name}'"):
        run_months(begin(busy()), 3)


@pytest.mark.parametrize("name", [name for name, _step in schedule.STEPS])
def test_step_that_makes_money_from_nothing_is_named(name, monkeypatch):
    def broken(step):
        def spoilt(run, month):
            step(run, month)
            run.state.broker_capital_usd[0] += 1000.0

        return spoilt

    steps = tuple((each, broken(step) if each == name else step) for each, step in schedule.STEPS)
    monkeypatch.setattr(schedule, "STEPS", steps)
    with pytest.raises(BalanceError, match=f"money does not close after step '{name}'"):
        run_months(begin(busy()), 3)


@pytest.mark.parametrize("what", ["mass", "money"])
def test_residual_that_is_no_number_stops_the_run(what, monkeypatch):
    def spoilt(run, month):
        schedule.step_violence(run, month)
        (run.state.stock if what == "mass" else run.state.broker_capital_usd)[...] = np.nan

    monkeypatch.setattr(schedule, "STEPS", (*schedule.STEPS[:-1], ("violence", spoilt)))
    with pytest.raises(BalanceError, match=f"{what} does not close"):
        run_months(begin(busy()), 1)


def test_books_of_a_busy_chain_close_for_ten_years():
    run = begin(busy())
    balance = Balance(run.state)
    for month in range(120):
        schedule.run_month(run, month, balance)
        assert abs(balance.residuals(run.state, False)[0]) <= TOLERANCE
        assert abs(balance.residuals(run.state, False)[1]) <= TOLERANCE
        balance.close_month(run.state)
    assert run.state.demand.arrivals_kg[0] > 0.0


def test_books_are_those_of_the_flows():
    """Kept beside the run with plain sums, the books come to the same."""
    run = begin(busy())
    made = gone = income = outlay = 0.0
    opening = run.state.groups.capital_usd.sum() + run.state.broker_capital_usd.sum()
    balance = Balance(run.state)
    for month in range(36):
        schedule.run_month(run, month, balance)
        balance.close_month(run.state)
        state, flows = run.state, run.state.flows
        made += flows.zone_made_kg.sum()
        gone += flows.arrivals_kg.sum() + flows.seized_kg.sum() + state.raided_kg.sum()
        gone += flows.process_loss_kg.sum()
        money = dict(zip(ACCOUNTS, flows.money_usd, strict=True))
        income += money["consumers_paid"] + money["entry_capital"]
        outlay += sum(
            money[name]
            for name in ("producers", "ad_hoc_fees", "police", "transport", "wages", "confiscated")
        )
        capital = state.groups.capital_usd.sum() + state.broker_capital_usd.sum() - opening
        assert made - gone == pytest.approx(state.stock.sum(), abs=1e-9 * made)
        assert income - outlay == pytest.approx(capital, abs=1e-9 * income)
    assert outlay > 0.0 and gone > 0.0


def test_books_close_where_fees_are_far_larger_than_sales():
    """A starved market whose price runs away: carriers are paid by value, and nearly all goods are seized."""
    run = begin(
        chain(
            ways=[Way("a", "b", "first", fee=0.3), Way("b", "m", "second", fee=0.3)],
            markets=[Market("m", price=1e9, elasticity=0.3)],
            numbers={"market": {"price_adjustment": 1.0}},
            on=["price_response"],
        )
    )
    balance = Balance(run.state)
    for month in range(24):
        run.state.authority.hazard[1] = 60.0
        schedule.run_month(run, month, balance)
        balance.close_month(run.state)
    assert balance.money_usd[ACCOUNTS.index("group_fees")] > 1e15
    assert balance.money_usd[ACCOUNTS.index("consumers_paid")] == 0.0
