"""`trasiego calibrate`: which figures of some numbers fit the C patterns, and which claims drove that."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trasiego.cli.pages import Page
from trasiego.cli.parameters import Whole, ensemble_options, json_option, scenario_argument
from trasiego.cli.points import GOES_ALONG, few, folder_options, numbers_option, print_driving
from trasiego.cli.progress import shown
from trasiego.cli.shown import console, figure, percent, span, table, write_json
from trasiego.cli.study import check_alone, told_when_stopped
from trasiego.cli.usage import option_fault
from trasiego.common.faults import Faults
from trasiego.common.messages import _

if TYPE_CHECKING:
    from rich.table import Table

    from trasiego.analysis.exploration.calibration import Calibration

DEFAULT_RUNS = 4
DEFAULT_POINTS = 64
DEFAULT_WAVES = 3
EXAMPLES = (
    (
        "trasiego calibrate vrae-2010 --numbers 'zones.*' --numbers 'market.*'",
        _("Numbers of two sections, against the C patterns of the scenario"),
    ),
    (
        "trasiego calibrate vrae-2010 --numbers 'zones.*' --points 99 --out fitted",
        _("More points, into a folder of your own"),
    ),
    ("trasiego calibrate --resume fitted", _("Go on with it after it was cut short")),
    ("trasiego run vrae-2010 --policy fitted/nearest.toml", _("Run the point nearest to the patterns")),
)


@click.command(
    cls=Page,
    examples=EXAMPLES,
    help=_(
        "Find which figures of some numbers fit the C patterns of a scenario, by history matching in waves; "
        "no pattern marked V is read. Writes the points that are left, their ranges, and the nearest point "
        "as a policy file."
    ),
)
@scenario_argument
@numbers_option(_("Numbers to calibrate, such as 'production.*'; repeat for more."))
@click.option(
    "--points",
    type=Whole(1, 2**16, DEFAULT_POINTS),
    default=DEFAULT_POINTS,
    metavar="N",
    show_default=True,
    help=_("Points of each wave."),
)
@click.option(
    "--waves",
    type=Whole(1, 20, DEFAULT_WAVES),
    default=DEFAULT_WAVES,
    metavar="N",
    show_default=True,
    help=_("Waves; each after the first looks near the most plausible points so far."),
)
@ensemble_options(DEFAULT_RUNS, 1, "--runs", _("Runs of each point, with the same draws at all."))
@folder_options("trasiego-calibrate-SCENARIO-SEED")
@json_option
@click.pass_context
def calibrate(
    context: click.Context,
    scenario: str,
    numbers: tuple[str, ...],
    points: int,
    waves: int,
    runs: int,
    months: int | None,
    seed: int,
    threads: int | None,
    out: Path | None,
    resume: Path | None,
    overwrite: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Find which figures of some numbers fit the C patterns, and write the folder of it."""
    from trasiego import exploring

    folder = resume or out or Path(f"trasiego-calibrate-{Path(scenario).stem}-{seed}")
    if resume is not None:
        check_alone(context, GOES_ALONG)
    elif not numbers:
        raise Faults(
            option_fault(
                "trasiego calibrate --numbers",
                found=_("nothing"),
                allowed=_("the numbers to calibrate: paths, with * for any part"),
                do=_("for example {command}").format(command=EXAMPLES[0][0]),
            )
        )
    with told_when_stopped(folder, "calibrate"), shown(quiet) as (progress, cancel):
        works: dict[str, Any] = {"threads": threads, "cancel": cancel, "progress": progress}
        if resume is not None:
            found = exploring.resume_calibrate(folder, **works)
        else:
            found = exploring.calibrate(
                scenario, numbers, points, waves, runs, seed, months, folder, overwrite=overwrite, **works
            )
    if as_json:
        write_json({"folder": str(folder), **found.to_dict()})
        return
    _print(found, folder)


def _print(found: Calibration, folder: Path) -> None:
    """Print a calibration, 80 columns wide."""
    screen = console()
    screen.print(f"{found.scenario}: {found.title}", style="bold")
    line = _("{waves} waves of {points_each} points of {runs} runs, {months} months, seed {seed}")
    screen.print(line.format(**vars(found)))
    kept = _(
        "kept {kept} of {all} points; the nearest is point {nearest}, {worst} at its worst part (cut {cut})"
    )
    screen.print(
        kept.format(
            kept=len(found.kept),
            all=len(found.implausible),
            nearest=found.nearest,
            worst=figure(found.implausible[found.nearest]),
            cut=figure(found.cut),
        )
    )
    screen.print(_bands(found))
    screen.print(_ranges(found))
    legend = _(
        "split: how far kept points lie elsewhere than those ruled out, from 0 to 1. "
        "A ? stands where chance may have done it: the patterns say little about that number."
    )
    screen.print(legend, style="dim")
    if found.left_out:
        left_out = _("Left out, for they count against the scenario file: {numbers}")
        screen.print(left_out.format(numbers=few(found.left_out, 4)), style="dim")
    print_driving(found.driving, _("Claims that drove it"))
    screen.print(_("\nwritten       {folder}").format(folder=folder), soft_wrap=True)
    screen.print(
        _("try           trasiego run {scenario} --policy {overlay}").format(
            scenario=found.scenario, overlay=folder / "nearest.toml"
        ),
        soft_wrap=True,
    )


def _bands(found: Calibration) -> Table:
    """Return the parts of the patterns with what the nearest point gives."""
    from trasiego.analysis.words import band_text

    rows = [
        (
            each.figure,
            band_text(each.low, each.high, each.unit),
            figure(each.nearest),
            _("yes") if each.holds else _("no"),
            percent(each.ruled_out),
        )
        for each in found.bounds
    ]
    columns = (_("part"), _("band"), (_("nearest"), "right"), _("holds"), (_("rules out"), "right"))
    return table(columns, rows, title=_("\nC patterns"))


def _ranges(found: Calibration) -> Table:
    """Return the numbers, those of one table below its name, with what is left of their ranges."""
    section = ""
    rows: list[tuple[str, ...]] = []
    for left in sorted(found.remaining, key=lambda each: each.number.rpartition(".")[0]):
        above, _dot, key = left.number.rpartition(".")
        if above != section:
            rows.append((above, "", "", "", ""))
            section = above
        whole, rest = span(left.low, left.high), span(left.kept_low, left.kept_high)
        split = figure(left.split, 2) + ("" if left.is_split or left.split is None else " ?")
        rows.append((f"  {key}", whole, rest, split, figure(left.nearest)))
    heads = ((_("number"), "name"), _("range"), _("left"), _("split"), (_("nearest"), "right"))
    return table(heads, rows, title=_("\nRanges left"))
