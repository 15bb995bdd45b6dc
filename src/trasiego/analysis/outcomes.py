"""The outcomes by which policies are compared: one figure for each run, over the months looked at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from trasiego.analysis.estimate import ratio
from trasiego.analysis.view import Floats, ResultView
from trasiego.common.messages import _

WORLD = "world"
"""Entity of the outcomes that stand for all places together."""

KG_PER_TONNE = 1000.0
US = "US"

DELIVERED, SEIZED, PRICE, US_PRICE, KILLINGS = "delivered", "seized", "price", "us_price", "killings"
MARKET_PRICE, INFLOW = "market_price", "inflow"


@dataclass(frozen=True)
class OutcomeKey:
    """What was measured: the outcome's id, and the market or country that it is of, else "world"."""

    outcome: str
    entity: str = WORLD


@dataclass(frozen=True)
class Kind:
    """An outcome: its id, its unit and a title for readers."""

    id: str
    unit: str
    title: str


KINDS = (
    Kind(DELIVERED, "t/year", _("delivered")),
    Kind(SEIZED, "t/year", _("seized")),
    Kind(PRICE, "USD/kg", _("mean price")),
    Kind(US_PRICE, "USD/kg", _("US price")),
    Kind(KILLINGS, "homicide/year", _("killings")),
    Kind("active_groups", "group", _("active groups")),
    Kind("concentration", "1", _("concentration (HHI)")),
    Kind("capture", "share", _("police capture")),
    Kind("active_places", "1", _("active places")),
    Kind(MARKET_PRICE, "USD/kg", _("price in the market")),
    Kind(INFLOW, "t/year", _("brought into the country")),
)
"""Every outcome, in the order in which they are shown; the last two are of a market and of a country."""


@dataclass(frozen=True)
class Measured:
    """The outcomes of the runs of one arm: arrays [runs] by key, with what says which runs they are.

    `period` has the first and last month looked at, `hash` is that of the scenario that ran.
    """

    values: dict[OutcomeKey, Floats]
    runs: tuple[int, ...]
    seed: int
    hash: str
    period: tuple[str, str]


def measure_outcomes(view: ResultView) -> Measured:
    """Return all outcomes of the runs of a view over its months; those without a market or flow are left out.

    Masses are hydrochloride a year, or for countries the product that moves; prices are means over what was
    consumed; groups, capture and places are means over the months, concentration over those that have one.
    """
    values: dict[OutcomeKey, Floats] = {}
    for outcome, variable, per in (
        (DELIVERED, "delivered_kg", KG_PER_TONNE),
        (SEIZED, "seized_kg", KG_PER_TONNE),
        (KILLINGS, "killings", 1.0),
    ):
        values[OutcomeKey(outcome)] = view.amount(variable).sum(axis=1) / per / view.years
    for outcome, variable in (
        ("active_groups", "active_groups"),
        ("concentration", "group_concentration_hhi"),
        ("capture", "police_capture"),
        ("active_places", "active_places"),
    ):
        monthly = view.amount(variable)
        there = np.isfinite(monthly)
        values[OutcomeKey(outcome)] = ratio(np.where(there, monthly, 0.0).sum(axis=1), there.sum(axis=1))
    values |= _prices(view)
    inflow = view.amount("country_inflow_kg").sum(axis=1) / KG_PER_TONNE / view.years
    for position, country in enumerate(view.labels("country")):
        values[OutcomeKey(INFLOW, str(country))] = inflow[:, position]
    months = [str(month) for month in view.months]
    return Measured(
        values,
        tuple(int(run) for run in view.dataset["run"].values),
        int(view.manifest["seed"]),
        str(view.manifest["scenario_hash"]),
        (months[0], months[-1]),
    )


def _prices(view: ResultView) -> dict[OutcomeKey, Floats]:
    """Return the mean prices: of all markets, of those of the United States, of each market [runs]."""
    markets = [str(market) for market in view.labels("market")]
    country = view.labels("place_country")[view.positions("place", markets)]
    consumed = view.amount("market_consumed_kg")
    spent = np.where(consumed > 0, view.amount("market_price_usd_per_kg") * consumed, 0.0).sum(axis=1)
    bought = consumed.sum(axis=1)
    found = {OutcomeKey(PRICE): ratio(spent.sum(axis=1), bought.sum(axis=1))}
    american = country == US
    if american.any():
        found[OutcomeKey(US_PRICE)] = ratio(spent[:, american].sum(axis=1), bought[:, american].sum(axis=1))
    for position, market in enumerate(markets):
        found[OutcomeKey(MARKET_PRICE, market)] = ratio(spent[:, position], bought[:, position])
    return found
