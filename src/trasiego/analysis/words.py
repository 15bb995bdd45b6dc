"""Numbers and bands as a person writes them."""

from __future__ import annotations

import math

from trasiego.common.messages import _
from trasiego.common.units import unit_text


def band_text(low: float | None, high: float | None, unit: str) -> str:
    """Return a band as a person writes it; a dash for a question without one."""
    named = "" if unit == "share" else unit_text(unit)
    shown = f" {named}" if named else ""
    if low is None and high is None:
        return "–"
    if low is None or high is None:
        edge = high if low is None else low
        word = _("at most") if low is None else _("at least")
        return f"{word} {number_text(edge)}{shown}"
    if low == high:
        return f"{number_text(low)}{shown}"
    return _("{low} to {high}").format(low=number_text(low), high=number_text(high)) + shown


def number_text(value: float | None) -> str:
    """Return a number with three figures, thousands apart; a dash where there is none."""
    if value is None or math.isnan(value):
        return "–"
    if math.isinf(value):
        return _("without end")
    if value == 0:
        return "0"
    decimals = max(0, 2 - math.floor(math.log10(abs(value))))
    text = f"{round(value, decimals):,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def spread_text(median: float | None, interval: tuple[float, float] | None) -> str:
    """Return a number with its interval in brackets, which is left out where it has no width."""
    text = number_text(median)
    if interval is not None and interval[0] != interval[1]:
        text += f" ({number_text(interval[0])} – {number_text(interval[1])})"
    return text
