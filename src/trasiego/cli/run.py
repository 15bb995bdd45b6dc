"""`trasiego run` and `trasiego report`: the main job, and its page once more."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trasiego.cli.pages import Page
from trasiego.cli.parameters import (
    complete_folder,
    ensemble_options,
    json_option,
    ledger_option,
    names_option,
    overlay_options,
    scenario_argument,
)
from trasiego.cli.progress import shown
from trasiego.cli.shown import write_json
from trasiego.cli.study import SAME, check_alone, cluster, study_options, told_when_stopped
from trasiego.common.messages import _

if TYPE_CHECKING:
    from trasiego.results import Result

DEFAULT_RUNS = 20
EXAMPLES_RUN = (
    ("trasiego run", _("The whole route, from the Andes to its markets")),
    (
        "trasiego run guatemala-2020 --runs 50 --seed 7 --out guatemala",
        _("A part of it, into a folder of your own"),
    ),
    ("trasiego run --set countries.GT.integrity=0.8", _("What if one number were different")),
    ("trasiego run northern-triangle-2011 --policy anti-corruption", _("What if a policy were in force")),
    (
        "trasiego run vrae-2010 --runs 500 --draw-numbers --out study",
        _("A study of the uncertain numbers, kept on its way"),
    ),
    ("trasiego run --resume study", _("Go on with it after it was cut short")),
)
EXAMPLES_REPORT = (
    ("trasiego report trasiego-northern-route-1", _("Into the folder itself")),
    ("trasiego report trasiego-northern-route-1 --out page.html", _("Somewhere else")),
)


@click.command(
    cls=Page,
    examples=EXAMPLES_RUN,
    help=_(
        "Run a scenario (a name or a file), print a summary and write a folder with the results and a report "
        "for the browser."
    ),
)
@scenario_argument
@ensemble_options(DEFAULT_RUNS)
@overlay_options
@ledger_option
@study_options
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help=_("Folder to write; trasiego-SCENARIO-SEED here when left out."),
)
@click.option("--overwrite", is_flag=True, help=_("Replace the results folder of that name."))
@click.option("--quiet", is_flag=True, help=_("No progress."))
@json_option
@click.pass_context
def run(
    context: click.Context,
    scenario: str,
    runs: int,
    months: int | None,
    seed: int,
    threads: int | None,
    policies: tuple[str, ...],
    settings: tuple[str, ...],
    ledger: Path | None,
    draw_numbers: bool,
    resume: str | None,
    chunk_runs: int,
    chunks_at: str | None,
    scheduler: str | None,
    out: Path | None,
    overwrite: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Run a scenario, print its summary and write its folder."""
    from trasiego import api

    folder = out or Path(f"trasiego-{Path(scenario).stem}-{seed}")
    begun = resume is not None and resume != SAME
    if begun:
        check_alone(context)
        folder = Path(str(resume))
    chunks: dict[str, Any] = {"chunk_runs": chunk_runs, "chunks_at": chunks_at, "ledger": ledger}
    with told_when_stopped(folder), cluster(scheduler) as client, shown(quiet) as (progress, cancel):
        works: dict[str, Any] = {"threads": threads, "cancel": cancel, "client": client}
        if begun:
            result = api.resume(folder, progress, **works)
        else:
            result = api.run(
                scenario,
                runs,
                seed,
                months,
                policies,
                settings,
                folder,
                progress,
                overwrite=overwrite,
                draw_numbers=draw_numbers,
                resume=resume == SAME,
                **chunks,
                **works,
            )
    _tell(result, folder, result.scenario if resume else scenario, ledger, as_json)


@click.command(cls=Page, examples=EXAMPLES_REPORT, help=_("Write the report of a results folder again."))
@click.argument("folder", type=click.Path(path_type=Path), shell_complete=complete_folder)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=_("The file to write; report.html in the folder when left out."),
)
@ledger_option
@names_option
def report(folder: Path, out: Path | None, ledger: Path | None, with_names: bool) -> None:
    """Write the report of a results folder again."""
    from trasiego import api

    path = api.write_report(folder, out, ledger, with_names)
    click.echo(_("wrote {path}").format(path=path))


def _tell(result: Result, folder: Path, scenario: str, ledger: Path | None, as_json: bool) -> None:
    """Print the summary of a result that was just written."""
    from trasiego.api import assess

    summary, card = assess(result)
    if as_json:
        write_json(
            {"folder": str(folder), "manifest": result.manifest, "summary": summary, "scorecard": card}
        )
        return
    from trasiego.cli.summary import print_summary

    moved = result.manifest.get("moved", ())
    print_summary(summary, card, folder, scenario, moved)
    if ledger is not None and not moved:
        named = _("trasiego ledger links --ledger {ledger} --scenario {scenario}")
        click.echo(_("ledger        none of its claims is linked to a number of this scenario; look:"))
        click.echo(" " * 14 + named.format(ledger=ledger, scenario=scenario))
