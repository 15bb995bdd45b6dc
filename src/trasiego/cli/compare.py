"""`trasiego compare`: what policies change, over the same runs with and without them."""

from __future__ import annotations

from pathlib import Path

import click

from trasiego.cli.pages import Page
from trasiego.cli.parameters import (
    complete_policy,
    ensemble_options,
    json_option,
    ledger_option,
    scenario_argument,
)
from trasiego.cli.progress import shown
from trasiego.cli.shown import write_json
from trasiego.common.messages import _

DEFAULT_RUNS = 20
LEAST_RUNS = 2
EXAMPLES_COMPARE = (
    (
        "trasiego compare vrae-2010 --policy leaders-first --policy networks-first",
        _("Two policies, each against the scenario as it is, and against each other"),
    ),
    (
        "trasiego compare guatemala-2011 --policy anti-corruption+vetted-units",
        _("Two together as one arm"),
    ),
    (
        "trasiego compare --policy demand-minus-10 --start 2012-01 --from 2012-01",
        _("A policy that begins in a month, and only what comes after"),
    ),
)


@click.command(
    cls=Page,
    examples=EXAMPLES_COMPARE,
    help=_(
        "Run a scenario as it is and under each policy, with the same draws, and tell what each changes: "
        "flow, seizures, prices, killings, groups, where the flow goes, what an effect costs, how surely, "
        "and how many runs would tell more."
    ),
)
@scenario_argument
@click.option(
    "--policy",
    "policies",
    multiple=True,
    metavar="NAME",
    shell_complete=complete_policy,
    help=_("One arm: a policy (name or file), or several as A+B; repeat for more arms."),
)
@ledger_option
@ensemble_options(DEFAULT_RUNS, LEAST_RUNS)
@click.option(
    "--start",
    metavar="MONTH",
    help=_("Month from which the policies hold; from the spin-up on when left out."),
)
@click.option("--from", "first", metavar="MONTH", help=_("First month looked at, such as 2012-01."))
@click.option("--to", "last", metavar="MONTH", help=_("Last month looked at."))
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help=_("Folder to write; trasiego-compare-SCENARIO-SEED here when left out."),
)
@click.option("--overwrite", is_flag=True, help=_("Replace the folder of a comparison of that name."))
@click.option("--quiet", is_flag=True, help=_("No progress."))
@json_option
def compare(
    scenario: str,
    policies: tuple[str, ...],
    ledger: Path | None,
    runs: int,
    months: int | None,
    seed: int,
    threads: int | None,
    start: str | None,
    first: str | None,
    last: str | None,
    out: Path | None,
    overwrite: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Compare policies over the same runs and write the folder of the comparison."""
    from trasiego import api

    folder = out or Path(f"trasiego-compare-{Path(scenario).stem}-{seed}")
    with shown(quiet) as (progress, cancel):
        found = api.compare(
            scenario,
            policies,
            runs,
            seed,
            months,
            first,
            last,
            folder,
            progress,
            start=start,
            threads=threads,
            cancel=cancel,
            overwrite=overwrite,
            ledger=ledger,
        )
    if as_json:
        write_json({"folder": str(folder), **found.to_dict()})
        return
    from trasiego.cli.comparison import print_comparison

    print_comparison(found, folder)
