"""`trasiego evidence`: the claims, listed, filtered, searched, and where they disagree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trasiego.cli.claims import claim_table, print_claim, print_contradiction, with_source
from trasiego.cli.pages import Chapter, Page
from trasiego.cli.parameters import (
    OneOf,
    Whole,
    complete_claim,
    json_option,
    ledger_option,
    names_option,
)
from trasiego.cli.shown import console, table, write_json
from trasiego.cli.usage import option_fault
from trasiego.common.faults import Fault, Faults, nearest
from trasiego.common.messages import _

if TYPE_CHECKING:
    from trasiego.evidence import Claim, Ledger

MOST_SOURCES_LISTED = 12
EXAMPLES = (
    ("trasiego evidence", _("How much there is, of which kind and from whom")),
    ("trasiego evidence list --country GT --kind quantity", _("Claims by what they are about")),
    ("trasiego evidence search escort", _("Claims that hold a word")),
    ("trasiego evidence show f031", _("One claim in full, with its source")),
    ("trasiego evidence contradictions", _("Claims that do not agree, side by side")),
)


def _known(field: str) -> list[str]:
    """Return the values that claims have in one field, those of an own ledger given before it too."""
    context = click.get_current_context(silent=True)
    path = context.params.get("ledger") if context else None
    whole = _ledger(path if isinstance(path, Path) else None)
    return sorted({str(getattr(claim, field)) for claim in whole.claims.values()} - {""})


def _filter(option: str, name: str, field: str, meaning: str) -> click.Option:
    """Return an option that keeps the claims with one value in one field."""
    return click.Option([option, name], type=OneOf(name.upper(), lambda: _known(field)), help=meaning)


@click.group(
    cls=Chapter,
    examples=EXAMPLES,
    invoke_without_command=True,
    options_metavar="",
    subcommand_metavar="[COMMAND] [OPTIONS]",
    help=_("What has been reported: each claim in our own words, with its source and how firm it is."),
)
@ledger_option
@json_option
@click.pass_context
def evidence(context: click.Context, ledger: Path | None, as_json: bool) -> None:
    """Count the claims when no command is given."""
    if context.invoked_subcommand is not None:
        return
    whole = _ledger(ledger)
    claims = list(whole.claims.values())
    counts = {
        field: Counter(str(getattr(claim, field)) for claim in claims) for field in ("kind", "standing")
    }
    per_source = Counter(claim.source_id for claim in claims)
    if as_json:
        write_json({"claims": len(claims), **counts, "sources": per_source})
        return
    screen = console()
    total = _("{claims} claims from {sources} sources")
    screen.print(total.format(claims=len(claims), sources=len(per_source)), style="bold")
    for field, counted in counts.items():
        screen.print(f"{field}: " + ", ".join(f"{word} {count}" for word, count in counted.most_common()))
    rows = [
        (source_id, count, f"{whole.sources[source_id].publisher}: {whole.sources[source_id].title}")
        for source_id, count in per_source.most_common(MOST_SOURCES_LISTED)
    ]
    columns = ((_("source"), "name"), (_("claims"), "right"), _("most used"))
    screen.print(table(columns, rows, title=""))
    screen.print(_("\nNext:  trasiego evidence list --help"))


@evidence.command("list", cls=Page, examples=EXAMPLES[1:2], help=_("List claims, all or those that fit."))
@click.option("--place", metavar="TEXT", help=_("Part of the name of a place."))
@click.option("--said-by", metavar="TEXT", help=_("Part of who is said to have said it."))
@click.option("--year", type=Whole(1900, 2100, 2010), metavar="YEAR", help=_("A year that it covers."))
@click.option(
    "--grade",
    "grade_at_least",
    type=OneOf("GRADE", lambda: [letter + number for letter in "ABCDEF" for number in ("", *"123456")]),
    metavar="GRADE",
    help=_("At least this good, such as B2 or C."),
)
@ledger_option
@names_option
@json_option
def list_claims(as_json: bool, ledger: Path | None, with_names: bool, **wanted: Any) -> None:
    """List the claims that fit every filter given."""
    _print_claims(_ledger(ledger, with_names).find(**wanted), as_json)


list_claims.params[:0] = [
    _filter("--kind", "kind", "kind", _("Kind of claim.")),
    _filter("--country", "country", "country", _("Two letters.")),
    _filter("--product", "product", "product", _("What moves.")),
    _filter("--mode", "mode", "mode", _("How it moves.")),
    _filter("--source", "source", "source_id", _("Where it was read.")),
    _filter("--standing", "standing", "standing", _("From alleged to convicted.")),
]


@evidence.command(
    "show", cls=Page, examples=EXAMPLES[3:4], help=_("Show claims in full, with their sources.")
)
@click.argument("claim_ids", nargs=-1, required=True, metavar="CLAIM...", shell_complete=complete_claim)
@ledger_option
@names_option
@json_option
def show(claim_ids: tuple[str, ...], ledger: Path | None, with_names: bool, as_json: bool) -> None:
    """Show claims in full."""
    whole = _ledger(ledger, with_names)
    faults = [_unknown(claim_id, whole) for claim_id in claim_ids if claim_id not in whole.claims]
    if faults:
        raise Faults(faults)
    claims = [whole.claims[claim_id] for claim_id in claim_ids]
    if as_json:
        write_json([with_source(claim, whole) for claim in claims])
        return
    for claim in claims:
        print_claim(claim, whole)
        for against in whole.contradictions_of(claim.id):
            print_contradiction(against, whole)


@evidence.command("search", cls=Page, examples=EXAMPLES[2:3], help=_("List claims that hold all the words."))
@click.argument("words", nargs=-1, required=True, metavar="WORD...")
@ledger_option
@names_option
@json_option
def search(words: tuple[str, ...], ledger: Path | None, with_names: bool, as_json: bool) -> None:
    """List the claims that hold all the words."""
    _print_claims(_ledger(ledger, with_names).search(" ".join(words)), as_json)


@evidence.command(
    "contradictions", cls=Page, examples=EXAMPLES[4:], help=_("List claims that do not agree, side by side.")
)
@ledger_option
@json_option
def contradictions(ledger: Path | None, as_json: bool) -> None:
    """List the claims that do not agree with each other."""
    whole = _ledger(ledger)
    found = whole.contradictions()
    if as_json:
        write_json([against.to_dict() for against in found])
        return
    for against in found:
        print_contradiction(against, whole)
    click.echo(_("\n{count} contradictions").format(count=len(found)))


def _ledger(path: Path | None = None, with_names: bool = False) -> Ledger:
    """Return the claims and sources, with those of an own ledger where one is given."""
    if path is not None:
        from trasiego.evidence.own import whole_ledger

        return whole_ledger(path, with_names)
    from trasiego.evidence import load_ledger

    return load_ledger()


def _print_claims(claims: Iterable[Claim], as_json: bool) -> None:
    """Print claims a line or two each, or as JSON."""
    listed = list(claims)
    if as_json:
        write_json([claim.to_dict() for claim in listed])
        return
    if listed:
        console().print(claim_table(listed))
    click.echo(_("\n{count} claims; one in full:  trasiego evidence show CLAIM").format(count=len(listed)))


def _unknown(claim_id: str, ledger: Ledger) -> Fault:
    """Return the fault for a claim id that is not there."""
    return option_fault(
        "trasiego evidence show",
        found=_("no claim of the id {claim}").format(claim=claim_id),
        allowed=_("the id of a claim"),
        close=nearest(claim_id, ledger.claims),
        do=_("trasiego evidence search WORD finds it"),
    )
