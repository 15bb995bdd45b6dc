"""The scorecard as a Markdown table, for the README and other documents."""

from __future__ import annotations

from collections.abc import Sequence

from trasiego.analysis.patterns import QUESTION
from trasiego.analysis.scorecard import SUMS, PatternResult, counts
from trasiego.analysis.words import band_text, number_text, spread_text
from trasiego.common.messages import _


def scorecard_markdown(card: Sequence[PatternResult]) -> str:
    """Return one row for each pattern, then a line with the counts, then the answers to questions.

    A pattern of several numbers shows the one that decides.
    """
    head = (_("pattern"), _("kind"), _("scenario"), _("what is measured"), _("band"), _("model"), _("holds"))
    rows = [head, ("---",) * len(head), *(_row(entry) for entry in card)]
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    answers = [f"**{entry.id}**: {entry.answer}" for entry in card if entry.answer]
    notes = [counts_text(card), *([estimators_text(card)] if estimators_text(card) else []), *answers]
    return "\n".join([*lines, "", "\n\n".join(notes)])


def estimators_text(card: Sequence[PatternResult]) -> str:
    """Return which numbers of a scorecard are no medians over the runs; "" where all are."""
    pooled = [entry.id for entry in card if entry.median is not None and entry.estimator == SUMS]
    if not pooled:
        return ""
    text = _("Numbers are medians of the runs; ratios of sums over the runs, with bootstrap intervals: {ids}")
    return text.format(ids=", ".join(pooled))


def counts_text(card: Sequence[PatternResult]) -> str:
    """Return how many patterns of each kind hold, fail or are answered, and are not measured, in one line."""
    band = _("{kind}: {holds} hold, {fails} fail, {open} not measured")
    question = _("{kind}: {answered} answered, {open} not measured")
    parts = [
        (question if kind == QUESTION else band).format(
            kind=kind,
            holds=row["holds"],
            fails=row["fails"],
            answered=row["answered"],
            open=row["not measured"],
        )
        for kind, row in counts(card).items()
        if sum(row.values())
    ]
    return "; ".join(parts)


def _row(entry: PatternResult) -> tuple[str, ...]:
    what = f"{entry.title} ({entry.part})" if entry.part else entry.title
    model = spread_text(entry.median, entry.interval)
    words = {True: _("yes"), False: _("no"), None: _("not measured: {reason}").format(reason=entry.reason)}
    verdict = words[entry.holds]
    if entry.holds is False:
        verdict += _(", off by {distance}").format(distance=number_text(entry.distance))
    elif entry.holds is None and entry.median is not None and not entry.reason:
        verdict = "–"
    band = band_text(entry.low, entry.high, entry.unit)
    return (entry.id, entry.kind, entry.scenario, what, band, model, verdict)
