"""`trasiego ledger`: the user's own claims, their sources and grades, links to numbers, and forgetting."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trasiego.cli.candidates import MAIN_SCENARIO
from trasiego.cli.claims import claim_table, print_claim, print_contradiction, print_pairs, with_source
from trasiego.cli.own import check_known, check_speaks, number_field, proposals_table, write_csv
from trasiego.cli.pages import Chapter, Page
from trasiego.cli.parameters import OneOf, complete_number, complete_scenario, json_option, names_option
from trasiego.cli.shown import console, table, write_json
from trasiego.common.messages import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from trasiego.evidence import Claim, Ledger

MOST_SHOWN = 30
DEFAULT_LEDGER = "trasiego-ledger.sqlite"
EXAMPLES = (
    ("trasiego ledger list", _("Your claims, persons as what they are said to be")),
    ("trasiego ledger show own-0123456789", _("One claim in full")),
    ("trasiego ledger sources", _("The reports behind them, with their letters")),
    ("trasiego ledger grade own-source-0123456789 B", _("A letter for a source, or a number for a claim")),
    ("trasiego ledger links --scenario vrae-2010", _("Which claim speaks to which number")),
    ("trasiego ledger link own-0123456789 modes.pickup.load_kg", _("Let a claim speak to a number")),
    ("trasiego ledger export claims.csv", _("Your claims as a table")),
    ("trasiego ledger forget 'NAME OF A PERSON'", _("Take a person out entirely")),
)


def _file(command: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--ledger",
        type=click.Path(path_type=Path),
        default=DEFAULT_LEDGER,
        show_default=True,
        metavar="FILE",
        help=_("The ledger, as trasiego review fills it."),
    )(command)


@click.group(
    cls=Chapter,
    examples=EXAMPLES,
    invoke_without_command=True,
    options_metavar="",
    subcommand_metavar="[COMMAND] [OPTIONS]",
    help=_("Your own claims: those that were accepted in review, in a file that stays with you."),
)
@_file
@json_option
@click.pass_context
def ledger(context: click.Context, ledger: Path, as_json: bool) -> None:
    """Count what is in the own ledger when no command is given."""
    if context.invoked_subcommand is not None:
        return
    from trasiego.evidence.own import OwnLedger

    with OwnLedger(ledger) as own:
        claims = own.claims()
        counts = {"claims": len(claims), "sources": len(own.sources())}
        counts |= {"links": len(own.links()), "merges": len(own.merges())}
    kinds = Counter(claim.candidate.kind for claim in claims.values())
    if as_json:
        write_json({"file": str(ledger), **counts, "kinds": kinds})
        return
    text = _("{claims} claims from {sources} reports, {links} links to numbers, {merges} merges")
    click.echo(text.format(**counts))
    click.echo(", ".join(f"{kind} {count}" for kind, count in kinds.most_common()))
    click.echo(_("\nNext:  trasiego ledger list"))


@ledger.command("list", cls=Page, examples=EXAMPLES[:1], help=_("List your claims."))
@_file
@names_option
@json_option
def list_own(ledger: Path, with_names: bool, as_json: bool) -> None:
    """List the own claims."""
    whole, own = _whole(ledger, with_names)
    if as_json:
        write_json([claim.to_dict() for claim in own])
        return
    from trasiego.evidence.own.view import unregistered

    console().print(claim_table(own))
    strange = {claim.id: found for claim in own if (found := unregistered(claim, whole))}
    for name, found in strange.items():
        console().print(_("{claim}: not registered: {what}").format(claim=name, what=", ".join(found)))
    click.echo(_("\n{count} claims in {file}").format(count=len(own), file=ledger))


@ledger.command("show", cls=Page, examples=EXAMPLES[1:2], help=_("Show claims in full, with their words."))
@click.argument("claim_ids", nargs=-1, required=True, metavar="CLAIM...")
@_file
@names_option
@json_option
def show(claim_ids: tuple[str, ...], ledger: Path, with_names: bool, as_json: bool) -> None:
    """Show own claims in full."""
    from trasiego.evidence import load_ledger
    from trasiego.evidence.own import OwnLedger, withheld

    whole, own = _whole(ledger, with_names)
    names = [claim.id for claim in own]
    check_known("show", _("claim"), claim_ids, names)
    with OwnLedger(ledger) as opened:
        kept, links = opened.claims(), opened.links()
    hide = withheld(kept, load_ledger(), with_names)
    records = [
        {
            **with_source(whole.claims[name], whole),
            "quote": hide(kept[name].candidate.quote),
            "sentence": hide(kept[name].candidate.sentence),
            "accepted_by": kept[name].accepted_by,
            "accepted_at": kept[name].accepted_at,
            "numbers": [link.number for link in links if link.claim == name],
        }
        for name in claim_ids
    ]
    if as_json:
        write_json(records)
        return
    for record in records:
        claim = whole.claims[record["id"]]
        print_claim(claim, whole)
        pairs = [
            (_("words"), record["quote"]),
            (_("sentence"), record["sentence"]),
            (_("accepted"), " ".join((record["accepted_at"][:10], record["accepted_by"])).strip()),
            (_("numbers"), ", ".join(record["numbers"])),
        ]
        print_pairs([(label, text) for label, text in pairs if text])
        for against in whole.contradictions_of(claim.id):
            print_contradiction(against, whole)


@ledger.command("sources", cls=Page, examples=EXAMPLES[2:3], help=_("List the reports behind your claims."))
@_file
@names_option
@json_option
def sources(ledger: Path, with_names: bool, as_json: bool) -> None:
    """List the sources of the own claims."""
    whole, own = _whole(ledger, with_names)
    counts = {name: 0 for name in dict.fromkeys(claim.source_id for claim in own)}
    for claim in own:
        counts[claim.source_id] += 1
    if as_json:
        write_json([{**whole.sources[name].to_dict(), "claims": count} for name, count in counts.items()])
        return
    rows = []
    for name, count in counts.items():
        source = whole.sources[name]
        about = ", ".join(part for part in (source.publisher, source.title, source.date) if part)
        rows.append((name, source.reliability, count, about))
    columns = ((_("source"), "name"), (_("letter"), "name"), (_("claims"), "right"), _("report"))
    console().print(table(columns, rows))


@ledger.command(
    "grade", cls=Page, examples=EXAMPLES[3:4], help=_("Give a source its letter, or a claim its number.")
)
@click.argument("name", metavar="SOURCE|CLAIM")
@click.argument("grade", type=OneOf("GRADE", lambda: [*"ABCDEF", *"123456"]))
@click.option("--reason", default="", metavar="TEXT", help=_("Why, kept with a source."))
@_file
@json_option
def grade(name: str, grade: str, reason: str, ledger: Path, as_json: bool) -> None:
    """Grade a source or a claim."""
    from trasiego.evidence.own import OwnLedger

    with OwnLedger(ledger) as own:
        known = own.sources() if grade.isalpha() else own.claims()
        kind = _("source, which a letter grades") if grade.isalpha() else _("claim, which a number grades")
        check_known("grade", kind, [name], known)
        if grade.isalpha():
            own.grade_source(name, grade, reason)
        else:
            own.grade_claim(name, grade)
    if as_json:
        write_json({"name": name, "grade": grade})
    else:
        click.echo(_("{name} is graded {grade}").format(name=name, grade=grade))


@ledger.command(
    "link", cls=Page, examples=EXAMPLES[5:6], help=_("Let a claim speak to a number of scenarios.")
)
@click.argument("claim")
@click.argument("number", shell_complete=complete_number)
@click.option("--remove", is_flag=True, help=_("Take the link back."))
@click.option("--reviewer", default="", metavar="NAME", help=_("Who links, for the ledger."))
@_file
@json_option
def link(claim: str, number: str, remove: bool, reviewer: str, ledger: Path, as_json: bool) -> None:
    """Link a claim to a number, or take the link back."""
    from trasiego.evidence.own import OwnLedger

    row = number_field(number, "trasiego ledger link")
    with OwnLedger(ledger) as own:
        claims = own.claims()
        check_known("link", _("claim"), [claim], claims)
        if remove:
            own.unlink(claim, number)
        else:
            check_speaks(claims[claim].candidate, row)
            own.link(claim, number, reviewer)
    if as_json:
        write_json({"claim": claim, "number": number, "linked": not remove})
    else:
        text = _("{claim} no longer speaks to {number}") if remove else _("{claim} speaks to {number}")
        click.echo(text.format(claim=claim, number=number))


@ledger.command(
    "links",
    cls=Page,
    examples=EXAMPLES[4:5],
    help=_("List which claims speak to which numbers and what that moves, and the links that are proposed."),
)
@click.option(
    "--scenario",
    default=MAIN_SCENARIO,
    show_default=True,
    metavar="SCENARIO",
    shell_complete=complete_scenario,
    help=_("The scenario whose numbers are looked at."),
)
@_file
@json_option
def links(scenario: str, ledger: Path, as_json: bool) -> None:
    """List links, what they move, and proposed links."""
    from trasiego.evidence.own import OwnLedger
    from trasiego.evidence.own.proposals import propose
    from trasiego.scenario import load_scenario
    from trasiego.scenario.weighing import moved_numbers

    whole, own = _whole(ledger, False)
    loaded = load_scenario(scenario)
    with OwnLedger(ledger) as opened:
        linked = opened.links()
    there = {(each.claim, each.number) for each in linked}
    units = {path: number.unit for path, number in loaded.numbers.items()}
    proposed = [
        each for each in propose(own, loaded.numbers, units, whole) if (each.claim, each.number) not in there
    ]
    moved, reasons = moved_numbers(scenario, ledger)
    if as_json:
        parts = {"linked": linked, "moved": [each.to_dict() for each in moved], "not_used": reasons}
        write_json({"scenario": loaded.name, **parts, "proposed": proposed})
        return
    screen = console()
    if moved:
        from trasiego.cli.summary import moved_table

        screen.print(moved_table([each.to_dict() for each in moved]))
    for name, reason in reasons.items():
        screen.print(_("{claim} does not count: {reason}").format(claim=name, reason=reason))
    elsewhere = [each for each in linked if each.number not in loaded.numbers]
    for each in elsewhere:
        screen.print(_("{claim}: {number} is not in {scenario}").format(
            claim=each.claim, number=each.number, scenario=loaded.name))  # fmt: skip
    if proposed:
        screen.print(proposals_table(proposed[:MOST_SHOWN], whole, loaded.numbers))
    if len(proposed) > MOST_SHOWN:
        screen.print(_("{count} more; --json lists all").format(count=len(proposed) - MOST_SHOWN))
    click.echo(
        _("\n{linked} linked, {count} proposed; take one:  trasiego ledger link CLAIM NUMBER").format(
            linked=len(linked), count=len(proposed)
        )
    )


@ledger.command(
    "export", cls=Page, examples=EXAMPLES[6:7], help=_("Write your claims as CSV, or as JSON by the ending.")
)
@click.argument("file", type=click.Path(path_type=Path))
@_file
@names_option
@json_option
def export(file: Path, ledger: Path, with_names: bool, as_json: bool) -> None:
    """Write the own claims to a file."""
    whole, own = _whole(ledger, with_names)
    records = [{**claim.to_dict(), "source": whole.source_of(claim).to_dict()} for claim in own]
    if file.suffix == ".json":
        write_json(records, file)
    else:
        write_csv(own, whole, file)
    if as_json:
        write_json({"file": str(file), "claims": len(own)})
    else:
        click.echo(_("wrote {count} claims to {file}").format(count=len(own), file=file))


@ledger.command(
    "forget",
    cls=Page,
    examples=EXAMPLES[7:],
    help=_(
        "Take a person out of the ledger entirely, under every name that it knows: claims about the person "
        "go, texts that hold the name are emptied, and the file is written anew."
    ),
)
@click.argument("person")
@click.option(
    "--claims",
    "claims_files",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help=_("Take the lines that name the person out of this file of candidates and its log too."),
)
@_file
@json_option
def forget(person: str, claims_files: tuple[Path, ...], ledger: Path, as_json: bool) -> None:
    """Take a person out of the ledger."""
    from trasiego.evidence.own import OwnLedger
    from trasiego.evidence.own.forget import forget as forget_person

    with OwnLedger(ledger) as own:
        done = forget_person(own, person, claims_files)
    if as_json:
        write_json(done)
        return
    text = _("{removed} claims taken out, {blanked} lost a text, {lines} lines of files taken out")
    click.echo(text.format(removed=done.removed, blanked=done.blanked, lines=done.lines))


def _whole(path: Path, with_names: bool) -> tuple[Ledger, list[Claim]]:
    """Return the shipped and own claims as one ledger, and the own ones."""
    from trasiego.common.own_claims import OWN_ID
    from trasiego.evidence.own import whole_ledger

    whole = whole_ledger(path, with_names)
    return whole, [claim for name, claim in whole.claims.items() if OWN_ID.fullmatch(name)]
