"""`trasiego check`, `validate` and `schema`: is the model like the reports, is a file right."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trasiego.cli import candidates
from trasiego.cli.pages import EXIT_FAULT, Page, leave
from trasiego.cli.parameters import (
    complete_folder_or_scenario,
    complete_scenario,
    ensemble_options,
    json_option,
)
from trasiego.cli.progress import shown
from trasiego.cli.shown import write_json
from trasiego.common.faults import Fault, Faults
from trasiego.common.messages import _

if TYPE_CHECKING:
    from trasiego.analysis import PatternResult

DEFAULT_RUNS = 20
EXAMPLES_CHECK = (
    ("trasiego check trasiego-northern-route-1", _("The scorecard of a stored result")),
    ("trasiego check vrae-2010 --runs 20", _("Of a scenario, run now and not stored")),
    ("trasiego check --all --no-arms", _("Of every shipped scenario, without the paired runs")),
)
EXAMPLES_VALIDATE = (
    ("trasiego validate mine.toml", _("A scenario, or a policy on the main scenario")),
    ("trasiego validate policy.toml --on callao-2017", _("A policy on another scenario")),
    ("trasiego validate claims.csv", _("Claims to add to the ledger")),
)
EXAMPLES_SCHEMA = (
    ("trasiego schema --out scenario.json", _("For an editor that completes and checks")),
    ("trasiego schema", _("On standard output")),
)


@click.command(
    cls=Page,
    examples=EXAMPLES_CHECK,
    help=_(
        "Show the scorecard: each pattern that was reported, whether the model has it, and how far off it "
        "is. C patterns were used to calibrate, V patterns are only predicted, Q patterns are open "
        "questions. A scenario also runs with and without what its patterns compare, with the same draws."
    ),
)
@click.argument(
    "target",
    required=False,
    default=candidates.MAIN_SCENARIO,
    metavar="[FOLDER|SCENARIO]",
    shell_complete=complete_folder_or_scenario,
)
@click.option("--all", "every", is_flag=True, help=_("Run and check every shipped scenario."))
@ensemble_options(DEFAULT_RUNS)
@click.option(
    "--no-arms", "without_arms", is_flag=True, help=_("Leave out the paired runs that some patterns need.")
)
@click.option("--markdown", is_flag=True, help=_("Print a table for a document."))
@click.option("--quiet", is_flag=True, help=_("No progress."))
@json_option
def check(
    target: str,
    every: bool,
    runs: int,
    months: int | None,
    seed: int,
    threads: int | None,
    without_arms: bool,
    markdown: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Show the scorecard of a stored or new result."""
    from trasiego import api
    from trasiego.analysis import own_scenario_first, scorecard

    card: list[PatternResult] = []
    for name in candidates.shipped("scenarios") if every else [target]:
        if not every and Path(name).is_dir():
            card.extend(scorecard(api.load(name)))
            continue
        with shown(quiet) as (progress, cancel):
            card.extend(
                api.check(
                    name, runs, seed, months, progress, arms=not without_arms, threads=threads, cancel=cancel
                )
            )
    card = own_scenario_first(card)
    if as_json:
        write_json([entry.to_dict() for entry in card])
    elif markdown:
        from trasiego.analysis.tables import scorecard_markdown

        click.echo(scorecard_markdown(card))
    else:
        from trasiego.cli.scoretable import print_scorecard

        print_scorecard(card)


@click.command(
    cls=Page,
    examples=EXAMPLES_VALIDATE,
    help=_("List every fault of a scenario, policy or claims file; exit code 2 when there is one."),
)
@click.argument("file")
@click.option(
    "--on",
    default=candidates.MAIN_SCENARIO,
    show_default=True,
    metavar="SCENARIO",
    shell_complete=complete_scenario,
    help=_("The scenario that a policy is tried on."),
)
@json_option
def validate(file: str, on: str, as_json: bool) -> None:
    """List every fault of a scenario, policy or claims file."""
    faults = _faults_of(file, on)
    if as_json:
        write_json({"file": file, "valid": not faults, "faults": faults})
        raise SystemExit(EXIT_FAULT if faults else 0)
    if faults:
        leave(faults, shown=len(faults))
    click.echo(_("{file} is valid").format(file=file))


@click.command(
    cls=Page,
    examples=EXAMPLES_SCHEMA,
    help=_("Print the JSON Schema of scenario files, with which editors complete and check them."),
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=_("Write it to a file instead of the screen."),
)
def schema(out: Path | None) -> None:
    """Print or write the JSON Schema of scenario files."""
    from trasiego.scenario import schema as schema_of

    write_json(schema_of(), out)
    if out is not None:
        click.echo(_("wrote {path}").format(path=out))


def _faults_of(file: str, on: str) -> Sequence[Fault]:
    """Return the faults of a file: claims by the ending of its name, a policy by its table of that name."""
    if file.endswith(".csv"):
        from trasiego.evidence import load_ledger

        try:
            load_ledger(Path(file))
        except Faults as error:
            return error.faults
        return ()
    from trasiego.scenario import validate as faults_of

    return faults_of(on, [file]) if _is_policy(Path(file)) else faults_of(file)


def _is_policy(path: Path) -> bool:
    """Tell whether a TOML file is a policy; one that cannot be read is taken for a scenario."""
    try:
        tree = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return False
    return "policy" in tree and "scenario" not in tree
