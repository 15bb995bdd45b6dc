"""The scorecard as a Markdown table, for the README and other documents."""

from __future__ import annotations

import math
from collections.abc import Sequence

from trasiego.analysis.scorecard import PatternResult, counts
from trasiego.common.messages import _


def scorecard_markdown(card: Sequence[PatternResult]) -> str:
    """Return one row for each pattern, then a line with the counts.

    A pattern of several numbers shows the one that decides.
    """
    head = (_("pattern"), _("kind"), _("scenario"), _("what is measured"), _("band"), _("model"), _("holds"))
    rows = [head, ("---",) * len(head), *(_row(entry) for entry in card)]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join([*lines, "", counts_text(card)])


def counts_text(card: Sequence[PatternResult]) -> str:
    """Return how many patterns of each kind hold, fail and are not measured, in one line."""
    text = _("{kind}: {holds} hold, {fails} fail, {open} not measured")
    parts = [
        text.format(kind=kind, holds=row["holds"], fails=row["fails"], open=row["not measured"])
        for kind, row in counts(card).items()
        if sum(row.values())
    ]
    return "; ".join(parts)


def band_text(low: float | None, high: float | None, unit: str) -> str:
    """Return a band as a person writes it; a dash for a question without one."""
    shown = "" if unit in ("1", "share") else f" {unit}"
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
    if value is None or not math.isfinite(value):
        return "–"
    if value == 0:
        return "0"
    decimals = max(0, 2 - math.floor(math.log10(abs(value))))
    text = f"{round(value, decimals):,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _row(entry: PatternResult) -> tuple[str, ...]:
    what = f"{entry.title} ({entry.part})" if entry.part else entry.title
    model = number_text(entry.median)
    if entry.interval is not None and entry.interval[0] != entry.interval[1]:
        model += f" ({number_text(entry.interval[0])} – {number_text(entry.interval[1])})"
    words = {True: _("yes"), False: _("no"), None: _("not measured: {reason}").format(reason=entry.reason)}
    verdict = words[entry.holds]
    if entry.holds is False:
        verdict += _(", off by {distance}").format(distance=number_text(entry.distance))
    elif entry.holds is None and entry.median is not None and not entry.reason:
        verdict = "–"
    band = band_text(entry.low, entry.high, entry.unit)
    return (entry.id, entry.kind, entry.scenario, what, band, model, verdict)
