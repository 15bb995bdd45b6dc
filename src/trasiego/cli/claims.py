"""How a claim is shown: in full with its source, or as one figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trasiego.cli.shown import console, figure, plain, span
from trasiego.common.messages import _

if TYPE_CHECKING:
    from trasiego.evidence import Claim, Ledger


def print_claim(claim: Claim, ledger: Ledger) -> None:
    """Print a claim in full, with its source."""
    screen = console()
    screen.print(f"\n{claim.id}  {claim.statement}", style="bold")
    source = ledger.sources.get(claim.source_id)
    pairs = (
        (_("reported"), claim.figure_as_stated),
        (_("read as"), reading(claim)),
        (_("where"), _joined(claim.place, claim.country)),
        (_("when"), claim.period),
        (_("said by"), claim.said_by),
        (_("standing"), _joined(claim.standing, _("graded {grade}").format(grade=claim.grade))),
        (_("source"), _source_line(source, claim.source_id)),
        (_("at"), claim.location),
        (_("checked"), claim.checked_on),
        (_("note"), claim.note),
    )
    print_pairs([(label, value) for label, value in pairs if value not in (None, "", ())])


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
    return {**plain(claim), "source": plain(ledger.sources.get(claim.source_id))}


def reading(claim: Claim) -> str:
    """Return the normalised figure of a claim, or its relation."""
    if claim.predicate:
        return f"{claim.subject} {claim.predicate} {claim.object}"
    if claim.value is None and claim.low is None and claim.high is None:
        return ""
    shown = figure(claim.value) if claim.value is not None else span(claim.low, claim.high)
    interval = span(claim.low, claim.high)
    extra = (
        f" ({interval})" if claim.value is not None and interval != "-" and claim.low != claim.high else ""
    )
    return f"{shown} {claim.unit or ''}{extra}".strip()


def _source_line(source: Any, source_id: str) -> str:
    """Return publisher, title and date of a source in one line."""
    if source is None:
        return source_id
    parts = (source.publisher, source.title, source.date)
    return f"{source_id}: " + ", ".join(str(part) for part in parts if part)


def _joined(*parts: object) -> str:
    return ", ".join(str(part) for part in parts if part)
