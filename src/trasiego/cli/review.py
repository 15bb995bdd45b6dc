"""`trasiego review`: a person decides on candidate claims, one key each; what is accepted enters a ledger."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trasiego.cli.pages import Page
from trasiego.cli.parameters import OneOf, json_option, names_option
from trasiego.cli.shown import console, table, write_json
from trasiego.cli.usage import listed, option_fault
from trasiego.common.faults import Faults, nearest
from trasiego.common.messages import _

if TYPE_CHECKING:
    from trasiego.cli.entering import Entering
    from trasiego.reading.candidate import Candidate
    from trasiego.reading.review.session import Review

DEFAULT_LEDGER = "trasiego-ledger.sqlite"
EXAMPLES = (
    ("trasiego review claims.jsonl", _("One candidate after the other, at the terminal")),
    (
        "trasiego review claims.jsonl --kind quantity --least-confidence 0.6",
        _("Only figures, the surer ones"),
    ),
    ("trasiego review claims.jsonl --list", _("What stands accepted, rejected and open")),
    ("trasiego review claims.jsonl --accept-all --kind relation", _("Without looking, for a trial")),
    (
        "trasiego review claims.jsonl --decisions old.jsonl --ledger new.sqlite",
        _("The decisions of a log once more, into another ledger"),
    ),
)


def _kinds() -> list[str]:
    from trasiego.reading.candidate import KINDS

    return list(KINDS)


@click.command(
    cls=Page,
    examples=EXAMPLES,
    help=_(
        "Go through candidate claims: the sentence with the words marked, then one key. Each decision is "
        "kept at once in CLAIMS.decisions.jsonl and can be undone; accepted claims enter your ledger."
    ),
)
@click.argument("claims", type=click.Path(path_type=Path))
@click.option(
    "--ledger",
    type=click.Path(path_type=Path),
    default=DEFAULT_LEDGER,
    show_default=True,
    metavar="FILE",
    help=_("The ledger that accepted claims enter."),
)
@click.option("--kind", type=OneOf("KIND", _kinds), help=_("Only candidates of this kind."))
@click.option("--document", metavar="NAME", help=_("Only candidates from this report."))
@click.option(
    "--least-confidence",
    type=click.FloatRange(0, 1),
    metavar="X",
    help=_("Only candidates as sure as this."),
)
@click.option("--reviewer", default="", metavar="NAME", help=_("Who decides, for the log and the ledger."))
@click.option("--accept-all", is_flag=True, help=_("Accept all that is open, merges apart, and ask nothing."))
@click.option(
    "--decisions",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=_("Take the decisions of this log, and ask nothing."),
)
@click.option("--list", "as_list", is_flag=True, help=_("List the candidates with what was decided."))
@names_option
@json_option
def review(
    claims: Path,
    ledger: Path,
    kind: str | None,
    document: str | None,
    least_confidence: float | None,
    reviewer: str,
    accept_all: bool,
    decisions: Path | None,
    as_list: bool,
    with_names: bool,
    as_json: bool,
) -> None:
    """Decide on candidate claims."""
    from trasiego.cli.entering import Entering
    from trasiego.reading.review.session import open_review

    opened = open_review(claims, reviewer)
    wanted = _wanted(opened, kind, document, least_confidence)
    entering = Entering(opened, ledger)
    if decisions is not None:
        entering.follow(decisions)
    if accept_all:
        entering.accept_all(opened.left(wanted))
    if as_list or as_json:
        _show_state(entering, claims, wanted, with_names, as_json)
        return
    if decisions is None and not accept_all:
        _at_the_terminal(entering, wanted)
    _tell(opened, ledger)


def _wanted(
    review: Review, kind: str | None, document: str | None, least: float | None
) -> Callable[[Candidate], bool]:
    """Return what tells whether a candidate fits the filters; raise Faults for a report that is not there."""
    from trasiego.reading.review.session import document_names

    names = document_names(review.candidates)
    if document is not None and document not in names:
        raise Faults(
            option_fault(
                "trasiego review --document",
                found=document,
                allowed=listed(names),
                close=nearest(document, names),
                do=_("choose one of these"),
            )
        )
    return lambda each: (
        kind in (None, each.kind)
        and document in (None, each.document)
        and (least is None or each.confidence >= least)
    )


def _at_the_terminal(entering: Entering, wanted: Callable[[Candidate], bool]) -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise Faults(
            option_fault(
                "trasiego review",
                found=_("no terminal to ask at"),
                allowed=_("a terminal, or --decisions FILE, --accept-all, --list or --json"),
                do=_("run it in a terminal, or say what to do by an option"),
            )
        )
    from trasiego.cli.reviewing import Reviewing

    def ask(name: str, before: str) -> str:
        return str(click.prompt(f"   {name}", default=before, show_default=bool(before)))

    Reviewing(entering, entering.review.left(wanted), console(), click.getchar, ask).run()


def _tell(review: Review, ledger: Path) -> None:
    counts = review.counts()
    text = _("{accept} accepted, {reject} rejected, {left} left")
    click.echo("\n" + text.format(**counts))
    if counts["accept"] and ledger.is_file():
        named = "" if ledger == Path(DEFAULT_LEDGER) else f" --ledger {ledger}"
        click.echo(_("in {ledger}; look:  trasiego ledger list{named}").format(ledger=ledger, named=named))


def _show_state(
    entering: Entering, file: Path, wanted: Callable[[Candidate], bool], with_names: bool, as_json: bool
) -> None:
    """Print the candidates with what was decided, persons as roles unless their names are asked for."""
    from trasiego.evidence.own.view import statement
    from trasiego.reading.persons import Withheld
    from trasiego.reading.review.session import with_changes

    review = entering.review
    groups = [each.name for each in review.candidates if each.kind == "entity" and each.type == "group"]
    hide = Withheld(entering.persons, groups, with_names)
    decided = review.standing
    rows: list[dict[str, Any]] = []
    for each in filter(wanted, review.candidates):
        decision = decided.get(each.id)
        shown = with_changes(each, decision.edited) if decision else each
        rows.append(
            {
                "id": each.id,
                "kind": each.kind,
                "decision": decision.decision if decision else "left",
                "says": statement(shown, hide),
                "confidence": each.confidence,
                "modality": shown.modality,
                "document": each.document,
            }
        )
    for merge in review.merges:
        decision = decided.get(merge["id"])
        says = " = ".join(map(hide, merge["names"]))
        word = decision.decision if decision else "left"
        rows.append({"id": merge["id"], "kind": "merge", "decision": word, "says": says})
    if as_json:
        write_json({"file": str(file), "ledger": str(entering.ledger), **review.counts(), "items": rows})
        return
    columns = ((_("id"), "name"), (_("decision"), "name"), (_("kind"), "name"), _("what it says"))
    console().print(
        table(columns, [[row[key] for key in ("id", "decision", "kind", "says")] for row in rows])
    )
    _tell(review, entering.ledger)
