"""The scorecard on a terminal: what fails first, then what holds, then what could not be measured."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trasiego.cli.shown import console, figure, table
from trasiego.common.messages import _

if TYPE_CHECKING:
    from rich.table import Table

    from trasiego.analysis import PatternResult


def print_scorecard(card: Sequence[PatternResult]) -> None:
    """Print a scorecard in groups, with the counts at the end."""
    from trasiego.analysis.tables import estimators_text

    groups = (
        (_("fails"), [entry for entry in card if entry.holds is False]),
        (_("holds"), [entry for entry in card if entry.holds is True]),
        (_("questions, answered without a band"), [entry for entry in card if is_answer(entry)]),
    )
    screen = console()
    for title, entries in groups:
        if entries:
            screen.print(pattern_table(entries, title))
            screen.print()
    for entry in groups[2][1]:
        screen.print(f"{entry.id}: {entry.answer}")
        screen.print()
    open_entries = [entry for entry in card if entry.holds is None and not is_answer(entry)]
    if open_entries:
        rows = [(entry.id, entry.kind, entry.reason) for entry in open_entries]
        columns = ((_("pattern"), "name"), (_("kind"), "name"), _("why not"))
        screen.print(table(columns, rows, title=_("not measured here")))
        screen.print()
    note = estimators_text(card)
    if note:
        screen.print(note)
        screen.print()
    screen.print(count_table(card))


def count_table(card: Sequence[PatternResult]) -> Table:
    """Return how many patterns of each kind hold, fail, are answered and are not measured."""
    from trasiego.analysis import counts

    kinds = {"C": _("C, calibrated on"), "V": _("V, only predicted"), "Q": _("Q, questions")}
    rows = [
        (kinds[kind], *(row[word] for word in ("holds", "fails", "answered", "not measured")))
        for kind, row in counts(card).items()
    ]
    columns = (
        (_("scorecard"), "name"),
        (_("hold"), "right"),
        (_("fail"), "right"),
        (_("answered"), "right"),
        (_("not measured"), "right"),
    )
    return table(columns, rows)


def is_answer(entry: PatternResult) -> bool:
    """Tell whether an entry is a question that the runs answer."""
    return entry.holds is None and entry.median is not None and entry.low is None and entry.high is None


def pattern_table(entries: Sequence[PatternResult], title: str | None = None) -> Table:
    """Return measured patterns as a table: the model's median and interval beside what was reported."""
    from trasiego.analysis.words import band_text, number_text

    failing = any(entry.holds is False for entry in entries)
    banded = any(entry.low is not None or entry.high is not None for entry in entries)
    rows = []
    for entry in entries:
        low, high = entry.interval or (None, None)
        rows.append(
            (
                entry.id,
                entry.kind,
                number_text(entry.median),
                _("{low} to {high}").format(low=number_text(low), high=number_text(high))
                if low != high
                else "",
                *((band_text(entry.low, entry.high, entry.unit),) if banded else ()),
                *((figure(entry.distance, 2) if entry.holds is False else "",) if failing else ()),
            )
        )
    columns = (
        (_("pattern"), "name"),
        "",
        (_("model"), "right"),
        (_("5 to 95 %"), "right"),
        *((_("reported"),) if banded else ()),
        *(((_("off by"), "right"),) if failing else ()),
    )
    return table(columns, rows, title=title)
