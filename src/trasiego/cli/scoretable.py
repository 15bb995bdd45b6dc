"""The scorecard on a terminal: what fails first, then what holds, then what could not be measured."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from trasiego.cli.shown import console, table
from trasiego.common.messages import _

if TYPE_CHECKING:
    from trasiego.analysis import PatternResult


def print_scorecard(card: Sequence[PatternResult]) -> None:
    """Print a scorecard in groups, with the counts as the last line."""
    from trasiego.analysis.tables import counts_text

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
    open_entries = [entry for entry in card if entry.holds is None and not is_answer(entry)]
    if open_entries:
        rows = [(entry.id, entry.kind, entry.reason) for entry in open_entries]
        columns = ((_("pattern"), "name"), (_("kind"), "name"), _("why not"))
        screen.print(table(columns, rows, title=_("not measured here")))
        screen.print()
    screen.print(counts_text(card))


def is_answer(entry: PatternResult) -> bool:
    """Tell whether an entry is a question that the runs answer."""
    return entry.holds is None and entry.median is not None and entry.low is None and entry.high is None


def pattern_table(entries: Sequence[PatternResult], title: str | None = None) -> object:
    """Return measured patterns as a table: the model's median and interval beside what was reported."""
    from trasiego.analysis.tables import band_text, number_text

    rows = []
    for entry in entries:
        low, high = entry.interval or (None, None)
        rows.append(
            (
                entry.id,
                entry.kind,
                number_text(entry.median),
                f"{number_text(low)} – {number_text(high)}",
                band_text(entry.low, entry.high, entry.unit),
                number_text(entry.distance) if entry.holds is False else "",
            )
        )
    columns = (
        (_("pattern"), "name"),
        "",
        (_("model"), "right"),
        (_("5 to 95 %"), "right"),
        _("reported"),
        (_("off by"), "right"),
    )
    return table(columns, rows, title=title)
