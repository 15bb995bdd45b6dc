"""The card that a result shows of itself: what ran, and its key figures with intervals and small charts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from trasiego.common.messages import _
from trasiego.results.result import Interval, Result

if TYPE_CHECKING:
    import xarray as xr

LAST_MONTHS = 12
MARKETS_SHOWN = 4
CHART_WIDTH, CHART_HEIGHT = 140, 22
CHART_POINTS = 70


@dataclass(frozen=True)
class Figure:
    """One row of the card: its label, unit as shown, interval over the runs, and the months behind it."""

    label: str
    unit: str
    interval: Interval
    series: xr.DataArray


def figures(result: Result) -> list[Figure]:
    """Return the key figures: masses and killings a year, groups, and prices of the largest markets."""
    data = result.dataset
    masses = (("produced_kg", _("made")), ("delivered_kg", _("delivered")), ("seized_kg", _("seized")))
    rows = [
        Figure(label, _("t/year"), result.interval(result.per_year(name) / 1000), data[name])
        for name, label in masses
    ]
    share = _part(data["seized_kg"].sum("month"), data["produced_kg"].sum("month"))
    monthly = _part(data["seized_kg"], data["produced_kg"])
    rows.append(Figure(_("seized of what was made"), "%", result.interval(100 * share), monthly))
    groups = data["active_groups"]
    rows.append(Figure(_("groups active"), "", result.interval(groups.mean("month")), groups))
    killings = result.per_year("killings")
    rows.append(Figure(_("killings"), _("a year"), result.interval(killings), data["killings"]))
    return rows + _prices(result)


def _part(some: xr.DataArray, whole: xr.DataArray) -> xr.DataArray:
    """Return `some` as a part of `whole`, 0 where there is nothing."""
    return some / whole.where(whole > 0, math.inf)


def _prices(result: Result) -> list[Figure]:
    """Return the price of the last year in the markets that consume most."""
    consumed = result.dataset["market_consumed_kg"].mean(("run", "month"))
    largest = consumed.sortby(consumed, ascending=False)["market"].values[:MARKETS_SHOWN]
    places = result.dataset["place_name"]
    names = dict(zip(places["place"].values.tolist(), places.values.tolist(), strict=True))
    rows = []
    for market in largest:
        price = result.dataset["market_price_usd_per_kg"].sel(market=market)
        last = price.isel(month=slice(-LAST_MONTHS, None)).mean("month")
        label = _("price, {market}").format(market=names.get(str(market), market))
        rows.append(Figure(label, _("USD/kg"), result.interval(last), price))
    return rows


def text_card(result: Result) -> str:
    """Return the card as plain text, one figure a line."""
    rows = figures(result)
    width = max(len(row.label) for row in rows)
    lines = [f"  {row.label:<{width}}  {_value_text(row, result.runs)} {row.unit}".rstrip() for row in rows]
    return "\n".join([f"{_heading(result)}: {_subtitle(result)}", *lines])


def html_card(result: Result) -> str:
    """Return the card as HTML: no script, no outside request, in the colours of the notebook around it."""
    cell = "white-space:nowrap;font-weight:normal;padding:1px 12px 1px 0;text-align:"
    rows = "".join(
        f"<tr><th scope='row' style='{cell}left;white-space:normal;max-width:22em'>{escape(row.label)}</th>"
        f"<td style='{cell}right'>{escape(_value_text(row, result.runs))}</td>"
        f"<td style='{cell}left'>{escape(row.unit)}</td>"
        f"<td style='padding:1px 0'>{_chart(result, row)}</td></tr>"
        for row in figures(result)
    )
    return (
        "<div style='font-family:sans-serif;font-size:90%'>"
        f"<div><strong>{escape(_heading(result))}</strong> {escape(_subtitle(result))}</div>"
        f"<table style='border-collapse:collapse;margin:4px 0'>{rows}</table>"
        f"<div style='opacity:.7'>{escape(_footnote(result))}</div></div>"
    )


def _heading(result: Result) -> str:
    return result.manifest["scenario_title"] or result.scenario


def _subtitle(result: Result) -> str:
    parts = [
        result.scenario,
        _("1 run") if result.runs == 1 else _("{runs} runs").format(runs=result.runs),
        _("{months} months from {start}").format(months=result.months, start=result.manifest["start"]),
        _("seed {seed}").format(seed=result.manifest["seed"]),
    ]
    changes = [*result.manifest["policies"], *result.manifest["settings"]]
    if changes:
        parts.append(_("with {changes}").format(changes=", ".join(changes)))
    if not result.complete:
        parts.append(_("cut short"))
    return ", ".join(parts)


def _footnote(result: Result) -> str:
    if result.runs == 1:
        return _("One run: no intervals. Amounts are means over all years, prices those of the last one.")
    return _(
        "Median and bounds of nine runs in ten. Amounts are means over all years, prices those of the last."
    )


def _value_text(row: Figure, runs: int) -> str:
    text = _number(row.interval.median)
    if runs > 1:
        text += f" [{_number(row.interval.low)} – {_number(row.interval.high)}]"
    return text


def _number(value: float) -> str:
    """Return three significant digits with thousands marked, and whole numbers above a hundred."""
    if not math.isfinite(value) or value == 0:
        return "0" if value == 0 else "–"
    decimals = max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{round(value, decimals):,.{min(decimals, 3)}f}"


def _chart(result: Result, row: Figure) -> str:
    """Return a small chart of the months: the median as a line, the interval as a band, zero at the foot."""
    import numpy as np

    step = max(1, math.ceil(row.series.sizes["month"] / CHART_POINTS))
    series = row.series.coarsen(month=step, boundary="trim").mean()
    bounds = np.nan_to_num(result.quantiles(series, (0.05, 0.5, 0.95)).transpose("quantile", "month").values)
    top = float(bounds.max()) or 1.0
    across = np.linspace(0, CHART_WIDTH, bounds.shape[1])
    up = CHART_HEIGHT - 1 - bounds / top * (CHART_HEIGHT - 2)
    low, middle, high = ([f"{x:.0f},{y:.1f}" for x, y in zip(across, line, strict=True)] for line in up)
    return (
        f"<svg width='{CHART_WIDTH}' height='{CHART_HEIGHT}' aria-hidden='true'>"
        f"<polygon points='{' '.join(low + high[::-1])}' fill='currentColor' opacity='.2'/>"
        f"<polyline points='{' '.join(middle)}' fill='none' stroke='currentColor'/></svg>"
    )
