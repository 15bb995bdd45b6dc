"""How a claim is shown: in full with its source, or as one figure."""

from __future__ import annotations

from collections.abc import Sequence
from math import isinf
from typing import TYPE_CHECKING, Any

from trasiego.cli.scripted import replayed_as
from trasiego.cli.shown import console, figure, span, table
from trasiego.common.messages import _
from trasiego.common.units import unit_text

if TYPE_CHECKING:
    from rich.table import Table

    from trasiego.evidence import Claim, Contradiction, Ledger, Source


def print_claim(claim: Claim, ledger: Ledger) -> None:
    """Print a claim in full, with its source."""
    screen = console()
    screen.print(f"\n{claim.id}  {claim.statement}", style="bold")
    source = ledger.source_of(claim)
    pairs = (
        (_("reported"), claim.figure_as_stated),
        (_("read as"), reading(claim)),
        (_("where"), _joined(claim.place, claim.country)),
        (_("when"), claim.period),
        (_("said by"), claim.said_by),
        (_("standing"), _joined(claim.standing, _("graded {grade}").format(grade=claim.grade))),
        (_("source"), _source_line(source)),
        (_("at"), claim.location),
        (_("checked"), claim.checked_on),
        (_("note"), claim.note),
        (_("replayed"), replayed_as(claim.id)),
    )
    print_pairs([(label, value) for label, value in pairs if value not in (None, "", ())])


def print_contradiction(against: Contradiction, ledger: Ledger) -> None:
    """Print the claims of a contradiction side by side, with what they are about or why they differ."""
    screen = console()
    screen.print(_("\nThese do not agree: {about}").format(about=against.key or against.reason), style="bold")
    screen.print(claim_table([ledger.claims[name] for name in against.claims]))


def claim_table(claims: Sequence[Claim]) -> Table:
    """Return claims as a table that fits 80 columns."""
    rows = [(claim.id, claim.statement, reading(claim), claim.period, claim.grade) for claim in claims]
    columns = ((_("claim"), "name"), _("what was reported"), _("figure"), _("when"), (_("grade"), "name"))
    return table(columns, rows)


def print_pairs(pairs: list[tuple[str, Any]]) -> None:
    """Print labels and values side by side, long values folded under themselves."""
    from rich.table import Table

    made = Table(box=None, show_header=False, padding=(0, 2, 0, 2))
    made.add_column(style="dim", no_wrap=True)
    made.add_column(overflow="fold")
    for label, value in pairs:
        made.add_row(label, str(value))
    console().print(made)


def with_source(claim: Claim, ledger: Ledger) -> dict[str, Any]:
    """Return a claim as a plain record that holds the record of its source."""
    return {**claim.to_dict(), "source": ledger.source_of(claim).to_dict()}


def reading(claim: Claim) -> str:
    """Return the normalised figure of a claim, or its relation; empty when it has neither."""
    if claim.predicate:
        return f"{claim.subject} {claim.predicate.replace('_', ' ')} {claim.object}"
    ends = claim.bounds()
    if ends is None:
        return ""
    low, high = ends
    if low == high:
        shown = figure(low)
    elif isinf(high):
        shown = _("at least {low}").format(low=figure(low))
    elif isinf(low):
        shown = _("at most {high}").format(high=figure(high))
    else:
        shown = span(low, high)
        if claim.value is not None:
            shown = f"{figure(claim.value)} ({shown})"
    named = claim.unit if ends == (1, 1) else unit_text(claim.unit)
    return f"{shown} {named}".strip()


def _source_line(source: Source) -> str:
    """Return publisher, title and date of a source in one line."""
    parts = ", ".join(part for part in (source.publisher, source.title, source.date) if part)
    return f"{parts} ({source.id})"


def _joined(*parts: object) -> str:
    return ", ".join(str(part) for part in parts if part)
