"""`trasiego evidence`: the claims, listed, filtered, searched, and where they disagree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from trasiego.cli.claims import print_claim, reading, with_source
from trasiego.cli.pages import Chapter, Page
from trasiego.cli.parameters import OneOf, complete_claim, json_option
from trasiego.cli.shown import console, table, write_json
from trasiego.cli.usage import option_fault
from trasiego.common.faults import Fault, Faults, nearest
from trasiego.common.messages import _

if TYPE_CHECKING:
    from rich.table import Table

    from trasiego.evidence import Claim, Ledger

FILTERS = ("kind", "country", "product", "source_id", "standing", "grade")
EXAMPLES = (
    ("trasiego evidence", _("How much there is, of which kind and from whom")),
    ("trasiego evidence list --country GT --kind quantity", _("Claims by what they are about")),
    ("trasiego evidence search escort", _("Claims that hold a word")),
    ("trasiego evidence show f031", _("One claim in full, with its source")),
    ("trasiego evidence contradictions", _("Claims that do not agree, side by side")),
)


def _known(attribute: str) -> list[str]:
    """Return the values that claims have in one field."""
    claims = _ledger().claims.values()
    return sorted({str(getattr(claim, attribute)) for claim in claims if getattr(claim, attribute)})


def _filter(option: str, attribute: str, meaning: str) -> click.Option:
    """Return an option that keeps claims with one value in one field."""
    return click.Option(
        [option, attribute], type=OneOf(option[2:].upper(), lambda: _known(attribute)), help=meaning
    )


@click.group(
    cls=Chapter,
    examples=EXAMPLES,
    invoke_without_command=True,
    options_metavar="",
    subcommand_metavar="[COMMAND] [OPTIONS]",
    help=_("What has been reported: each claim in our own words, with its source and how firm it is."),
)
@json_option
@click.pass_context
def evidence(context: click.Context, as_json: bool) -> None:
    """Count the claims when no command is given."""
    if context.invoked_subcommand is not None:
        return
    ledger = _ledger()
    claims = list(ledger.claims.values())
    counts = {
        field: Counter(str(getattr(claim, field)) for claim in claims) for field in ("kind", "standing")
    }
    per_source = Counter(claim.source_id for claim in claims)
    if as_json:
        write_json({"claims": len(claims), **counts, "sources": per_source})
        return
    screen = console()
    screen.print(
        _("{claims} claims from {sources} sources").format(claims=len(claims), sources=len(per_source)),
        style="bold",
    )
    for field, counted in counts.items():
        screen.print(f"{field}: " + ", ".join(f"{word} {count}" for word, count in counted.most_common()))
    rows = []
    for source_id, count in per_source.most_common(12):
        source = ledger.sources.get(source_id)
        rows.append((source_id, count, f"{source.publisher}: {source.title}" if source else ""))
    columns = ((_("source"), "name"), (_("claims"), "right"), _("most used"))
    screen.print(table(columns, rows, title=""))
    screen.print(_("\nNext:  trasiego evidence list --help"))


@evidence.command("list", cls=Page, examples=EXAMPLES[1:2], help=_("List claims, all or those that fit."))
@json_option
def list_claims(as_json: bool, **wanted: str | None) -> None:
    """List the claims that fit every filter given."""
    found = [
        claim
        for claim in _ledger().claims.values()
        if all(value is None or str(getattr(claim, field)) == value for field, value in wanted.items())
    ]
    _print_claims(found, as_json)


list_claims.params[:0] = [
    _filter("--kind", "kind", _("quantity, relation, event or group.")),
    _filter("--country", "country", _("Two letters.")),
    _filter("--product", "product", _("What moves.")),
    _filter("--source", "source_id", _("Id of a source.")),
    _filter("--standing", "standing", _("From alleged to convicted.")),
    _filter("--grade", "grade", _("Admiralty grade, A1 the best.")),
]


@evidence.command(
    "show", cls=Page, examples=EXAMPLES[3:4], help=_("Show claims in full, with their sources.")
)
@click.argument("claim_ids", nargs=-1, required=True, metavar="CLAIM...", shell_complete=complete_claim)
@json_option
def show(claim_ids: tuple[str, ...], as_json: bool) -> None:
    """Show claims in full."""
    ledger = _ledger()
    faults = [_unknown(claim_id, ledger) for claim_id in claim_ids if claim_id not in ledger.claims]
    if faults:
        raise Faults(faults)
    claims = [ledger.claims[claim_id] for claim_id in claim_ids]
    if as_json:
        write_json([with_source(claim, ledger) for claim in claims])
        return
    for claim in claims:
        print_claim(claim, ledger)


@evidence.command("search", cls=Page, examples=EXAMPLES[2:3], help=_("List claims that hold all the words."))
@click.argument("words", nargs=-1, required=True, metavar="WORD...")
@json_option
def search(words: tuple[str, ...], as_json: bool) -> None:
    """List the claims that hold all the words."""
    _print_claims(_ledger().search(" ".join(words)), as_json)


@evidence.command(
    "contradictions", cls=Page, examples=EXAMPLES[4:], help=_("List claims that do not agree, side by side.")
)
@json_option
def contradictions(as_json: bool) -> None:
    """List the claims that do not agree with each other."""
    found = _ledger().contradictions()
    if as_json:
        write_json(found)
        return
    screen = console()
    for number, one in enumerate(found, start=1):
        screen.print(f"\n{number}. {one.subject}", style="bold")
        screen.print(_claim_table(one.claims))
    screen.print(_("\n{count} contradictions").format(count=len(found)))


def _ledger() -> Ledger:
    """Return the claims and sources."""
    from trasiego.evidence import load_ledger

    return load_ledger()


def _print_claims(claims: Iterable[Claim], as_json: bool) -> None:
    """Print claims a line or two each, or as JSON."""
    listed = list(claims)
    if as_json:
        write_json(listed)
        return
    if listed:
        console().print(_claim_table(listed))
    click.echo(_("\n{count} claims; one in full:  trasiego evidence show CLAIM").format(count=len(listed)))


def _claim_table(claims: Sequence[Claim]) -> Table:
    """Return claims as a table that fits 80 columns."""
    rows = [
        (claim.id, claim.statement, reading(claim), claim.period or "", claim.grade, claim.source_id)
        for claim in claims
    ]
    columns = (
        (_("claim"), "name"),
        _("what was reported"),
        _("figure"),
        _("when"),
        (_("grade"), "name"),
        (_("source"), "name"),
    )
    return table(columns, rows)


def _unknown(claim_id: str, ledger: Ledger) -> Fault:
    """Return the fault for a claim id that is not there."""
    return option_fault(
        "trasiego evidence show",
        found=_("no claim of the id {claim}").format(claim=claim_id),
        allowed=_("the id of one of {count} claims").format(count=len(ledger.claims)),
        close=nearest(claim_id, ledger.claims),
        do=_("trasiego evidence search WORD finds it"),
    )
