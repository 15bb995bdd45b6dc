"""The summary of one result: what moved, at which prices, over which ways, by whom, at what cost."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from trasiego.analysis.corridors import Corridor, top_corridors
from trasiego.analysis.estimate import Estimate, estimate, ratio
from trasiego.analysis.ladder import load_ladder
from trasiego.analysis.measures.prices import stage_price
from trasiego.analysis.money import MoneyRow, money_rows
from trasiego.analysis.people import (
    BrokerControl,
    CountryViolence,
    GroupNumbers,
    LargeGroup,
    broker_control,
    country_violence,
    group_numbers,
    largest_groups,
)
from trasiego.analysis.view import Floats, NotMeasurable, ResultView
from trasiego.common.messages import _

KG_PER_TONNE = 1000.0


@dataclass(frozen=True)
class Masses:
    """What moved in `months` months, as hydrochloride; `share_seized` of what was seized or delivered.

    Robbed goods stay in the trade and are among the delivered and the seized.
    """

    months: int
    produced_t: Estimate
    delivered_t: Estimate
    seized_t: Estimate
    robbed_t: Estimate
    share_seized: Estimate | None


@dataclass(frozen=True)
class YearMasses(Masses):
    """What moved in a calendar year, of which the run may have only part (`months`)."""

    year: int


@dataclass(frozen=True)
class LadderStep:
    """A stage of the price ladder in USD/kg: the model's price, and the range that was reported by `claims`.

    `price` is None where the scenario lacks the stage, then `reason` says so; `inside` is None then.
    """

    stage: str
    title: str
    price: Estimate | None
    reported_low: float
    reported_high: float
    inside: bool | None
    claims: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Balances:
    """How well mass and money close: the largest monthly gap over the whole run's sum, worst run.

    Mass over what was made, money over what consumers paid.
    """

    mass: float
    money: float


@dataclass(frozen=True)
class Summary:
    """One result in figures that a reader takes in; estimates are medians with the 5 to 95 percent interval.

    `per_year` are yearly means over the whole run, `years` the calendar years. Corridors come from the runs
    that are kept with all their flows, tonnes of the product that moves.
    """

    scenario: str
    title: str
    start: str
    months: int
    runs: int
    per_year: Masses
    years: tuple[YearMasses, ...]
    price_ladder: tuple[LadderStep, ...]
    country_corridors: tuple[Corridor, ...]
    place_corridors: tuple[Corridor, ...]
    groups: tuple[GroupNumbers, ...]
    largest_groups: tuple[LargeGroup, ...]
    killings_per_year: Estimate
    violence: tuple[CountryViolence, ...]
    control: tuple[BrokerControl, ...]
    money: tuple[MoneyRow, ...]
    balances: Balances

    def to_dict(self) -> dict[str, Any]:
        """Return what JSON can hold."""
        return asdict(self)


def summarise(result: Any) -> Summary:
    """Return the summary of a result (anything with `dataset` and `manifest`)."""
    view = ResultView(result)
    return Summary(
        scenario=view.scenario,
        title=str(view.manifest["scenario_title"]),
        start=str(view.months[0]),
        months=int(view.months.size),
        runs=view.run_count,
        per_year=_masses(view, view.years, "t/year"),
        years=_years(view),
        price_ladder=price_ladder(view),
        country_corridors=top_corridors(view, "country"),
        place_corridors=top_corridors(view, "place"),
        groups=group_numbers(view),
        largest_groups=largest_groups(view),
        killings_per_year=estimate(view.amount("killings").sum(axis=1) / view.years, "homicide/year"),
        violence=country_violence(view),
        control=broker_control(view),
        money=money_rows(view),
        balances=balances(view),
    )


def price_ladder(view: ResultView) -> tuple[LadderStep, ...]:
    """Return the stages of the ladder in order, each with the model's price over the whole period."""
    steps = []
    for stage in load_ladder():
        price, reason = None, ""
        try:
            found = stage_price(view, stage.id)
            price = None if np.isnan(found).all() else estimate(found, "USD/kg")
        except NotMeasurable as error:
            reason = str(error)
        if price is None:
            reason = reason or _("nothing passes there in this run")
        steps.append(
            LadderStep(
                stage=stage.id,
                title=_(stage.title),
                price=price,
                reported_low=stage.low,
                reported_high=stage.high,
                inside=None if price is None else stage.low <= price.median <= stage.high,
                claims=stage.claims,
                reason=reason,
            )
        )
    return tuple(steps)


def balances(view: ResultView) -> Balances:
    """Return how well mass and money close.

    Mass as hydrochloride, of which refining loses nothing: what was made less delivered and seized must be
    the change of stock in each month but the first, whose opening stock a result does not keep. Money: the
    account `residual`.
    """
    made = view.amount("produced_kg")
    gone = view.amount("delivered_kg") + view.amount("seized_kg")
    gap = np.abs((made - gone)[:, 1:] - np.diff(view.amount("stock_kg"), axis=1))
    money = view.amount("money_usd")
    residual = np.abs(money[:, :, view.position("account", "residual")])
    paid = np.abs(money[:, :, view.position("account", "consumers_paid")])
    return Balances(mass=_worst(gap, made), money=_worst(residual, paid))


def _worst(gap: Floats, whole: Floats) -> float:
    if gap.size == 0:
        return 0.0
    total = np.maximum(whole.sum(axis=1), 1e-300)
    return float(np.max(gap.max(axis=1) / total))


def _masses(view: ResultView, years: float, unit: str) -> Masses:
    names = ("produced", "delivered", "seized", "hijacked")
    sums = {name: view.amount(f"{name}_kg").sum(axis=1) for name in names}
    handled = sums["seized"] + sums["delivered"]
    share = ratio(sums["seized"], handled)
    tonnes = {name: estimate(kg / KG_PER_TONNE / years, unit) for name, kg in sums.items()}
    return Masses(
        months=int(view.months.size),
        produced_t=tonnes["produced"],
        delivered_t=tonnes["delivered"],
        seized_t=tonnes["seized"],
        robbed_t=tonnes["hijacked"],
        share_seized=None if np.isnan(share).all() else estimate(share, "share"),
    )


def _years(view: ResultView) -> tuple[YearMasses, ...]:
    calendar = view.months.astype("datetime64[Y]")
    found = []
    for year in np.unique(calendar):
        inside = np.flatnonzero(calendar == year)
        masses = _masses(view.between(int(inside[0]), int(inside[-1]) + 1), 1.0, "t")
        found.append(YearMasses(**vars(masses), year=int(year.astype(int)) + 1970))
    return tuple(found)
