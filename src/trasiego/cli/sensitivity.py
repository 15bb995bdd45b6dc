"""`trasiego sensitivity`: which numbers matter for which outcome, and which claims are behind them."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trasiego.cli.pages import Page
from trasiego.cli.parameters import OneOf, Whole, ensemble_options, json_option, scenario_argument
from trasiego.cli.points import GOES_ALONG, few, folder_options, numbers_option, print_driving, print_inside
from trasiego.cli.progress import shown
from trasiego.cli.shown import console, figure, percent, span, write_json
from trasiego.cli.study import check_alone, told_when_stopped
from trasiego.cli.usage import option_fault
from trasiego.common.faults import Faults
from trasiego.common.messages import _
from trasiego.common.units import unit_text

if TYPE_CHECKING:
    from trasiego.analysis.exploration.sensitivity import Effect, Ranking, Sensitivity

MORRIS, SOBOL = "morris", "sobol"
DEFAULT_RUNS = 2
DEFAULT_TRAJECTORIES = 10
DEFAULT_SAMPLES = 64
MOST_SAMPLES = 2**16
EXAMPLES = (
    ("trasiego sensitivity vrae-2010", _("All assumed and calibrated numbers, by Morris")),
    (
        "trasiego sensitivity --numbers 'interdiction.*' --outcomes 'seiz*'",
        _("Some numbers and outcomes"),
    ),
    (
        "trasiego sensitivity vrae-2010 --by table --trajectories 20",
        _("Numbers of a table together, such as all of modes.pickup"),
    ),
    (
        "trasiego sensitivity vrae-2010 --method sobol --numbers 'market.*'",
        _("Shares of the variance, for a few numbers"),
    ),
    ("trasiego sensitivity --resume FOLDER", _("Go on with one that was cut short")),
)


@click.command(
    cls=Page,
    examples=EXAMPLES,
    help=_(
        "Vary the numbers of a scenario within their ranges and rank which matter for which outcome; tell "
        "which claims are behind those at the top, and which of them have none."
    ),
)
@scenario_argument
@click.option(
    "--method",
    type=OneOf("METHOD", lambda: [MORRIS, SOBOL]),
    default=MORRIS,
    show_default=True,
    metavar="METHOD",
    help=_("morris (many numbers, few points) or sobol (shares of the variance)."),
)
@click.option(
    "--trajectories",
    type=Whole(2, MOST_SAMPLES, DEFAULT_TRAJECTORIES),
    metavar="N",
    help=_("Trajectories of morris, each a point more than there are numbers; {count} when left out.").format(
        count=DEFAULT_TRAJECTORIES
    ),
)
@click.option(
    "--samples",
    type=Whole(2, MOST_SAMPLES, DEFAULT_SAMPLES),
    metavar="N",
    help=_("Samples of sobol, a power of two; {count} when left out.").format(count=DEFAULT_SAMPLES),
)
@numbers_option(_("Numbers to vary, such as 'interdiction.*'; repeat for more."))
@click.option(
    "--outcomes", multiple=True, metavar="GLOB", help=_("Outcomes to look at; repeat for more, all without.")
)
@click.option(
    "--by",
    type=OneOf("WHAT", lambda: ["number", "table", "section"]),
    default="number",
    show_default=True,
    metavar="WHAT",
    help=_("What is varied as one: each number, those of a table, or of a section."),
)
@ensemble_options(DEFAULT_RUNS, 1, "--runs-per-point", _("Runs of each point, with the same draws at all."))
@click.option(
    "--top",
    type=Whole(1, 1000, 5),
    default=5,
    metavar="N",
    show_default=True,
    help=_("Numbers shown for each outcome."),
)
@folder_options("trasiego-sensitivity-SCENARIO-SEED")
@json_option
@click.pass_context
def sensitivity(
    context: click.Context,
    scenario: str,
    method: str,
    trajectories: int | None,
    samples: int | None,
    numbers: tuple[str, ...],
    outcomes: tuple[str, ...],
    by: str,
    runs: int,
    months: int | None,
    seed: int,
    threads: int | None,
    top: int,
    out: Path | None,
    resume: Path | None,
    overwrite: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Rank which numbers matter for which outcome, and write the folder of it."""
    from trasiego import exploring

    folder = resume or out or Path(f"trasiego-sensitivity-{Path(scenario).stem}-{seed}")
    count = _count(method, trajectories, samples)
    if resume is not None:
        check_alone(context, GOES_ALONG)
    with told_when_stopped(folder, "sensitivity"), shown(quiet) as (progress, cancel):
        works: dict[str, Any] = {"threads": threads, "cancel": cancel, "progress": progress}
        if resume is not None:
            found = exploring.resume_sensitivity(folder, **works)
        else:
            found = exploring.sensitivity(
                scenario,
                method,
                count,
                numbers,
                outcomes,
                runs,
                seed,
                months,
                folder,
                by=by,
                overwrite=overwrite,
                **works,
            )
    if as_json:
        write_json({"folder": str(folder), **found.to_dict()})
        return
    _print(found, folder, top)


def _count(method: str, trajectories: int | None, samples: int | None) -> int:
    """Return the trajectories or samples; raise Faults for those of the other method, or no power of two."""
    other, name = (trajectories, "--trajectories") if method == SOBOL else (samples, "--samples")
    if other is not None:
        right = "--samples" if method == SOBOL else "--trajectories"
        raise Faults(
            option_fault(
                f"trasiego sensitivity {name}",
                found=_("{option} with --method {method}").format(option=name, method=method),
                allowed=_("{option}, of which {method} makes its points").format(option=right, method=method),
                do=_("write {option} instead, or choose the other method").format(option=right),
            )
        )
    if method == MORRIS:
        return trajectories or DEFAULT_TRAJECTORIES
    count = samples or DEFAULT_SAMPLES
    if count & (count - 1):
        raise Faults(
            option_fault(
                "trasiego sensitivity --samples",
                found=str(count),
                allowed=_("a power of two, without which a Sobol sequence is not balanced"),
                do=_("for example --samples {count}").format(count=2 ** round(math.log2(count))),
            )
        )
    return count


def _print(found: Sensitivity, folder: Path, top: int) -> None:
    """Print a sensitivity analysis, 80 columns wide."""
    screen = console()
    screen.print(f"{found.scenario}: {found.title}", style="bold")
    line = _("{numbers} numbers, {points} points of {runs} runs, {months} months, seed {seed}")
    screen.print(line.format(**{**vars(found), "numbers": len(found.numbers)}))
    legend = {
        MORRIS: _(
            "mu*: mean size of the change when the number goes through its range, with its 95% interval. "
            "chance: what mu* would be where a number changes nothing but which draws the runs meet. "
            "A ? stands where a number is not told from chance."
        ),
        SOBOL: _(
            "ST: share of the variance that the number has a part in, with its 95% interval; S1: alone. "
            "chance: share of the draws of the runs. A ? stands where a number is not told from chance."
        ),
    }
    screen.print(legend[found.method], style="dim")
    for ranking in found.rankings:
        _print_ranking(ranking, found.method, top)
    if found.unanswered:
        screen.print(
            _("\nNot answered here: {figures}").format(figures=few(found.unanswered, 4)), style="dim"
        )
    print_driving(found.driving, _("Claims behind the numbers at the top"))
    screen.print(_("\nwritten       {folder}").format(folder=folder), soft_wrap=True)


def _print_ranking(ranking: Ranking, method: str, top: int) -> None:
    screen = console()
    unit = "" if ranking.unit == "1" else f" {unit_text(ranking.unit)}"
    screen.print(f"\n{ranking.title}", style="bold")
    line = _("mean {mean}{unit}, spread over the points {spread}, chance {chance}")
    shown = {name: figure(getattr(ranking, name)) for name in ("mean", "spread", "chance")}
    screen.print(line.format(unit=unit, **shown))
    for each in ranking.effects[:top]:
        screen.print(f"{each.rank:>3} {each.number}{' ?' if each.is_clear is False else ''}")
        print_inside(_effect_text(each, ranking, method), 6)


def _effect_text(each: Effect, ranking: Ranking, method: str) -> str:
    """Return an effect in words: its index with interval, status, range and claims."""
    index = each.index
    if method == MORRIS:
        share = percent(index.total / abs(ranking.mean)) if ranking.mean else "-"
        text = f"mu* {figure(index.total)} ± {figure(index.half_width, 2)} ({share})"
        if not math.isnan(index.other):
            text += f", sigma {figure(index.other)}"
    else:
        text = f"ST {figure(index.total, 2)} ± {figure(index.half_width, 2)}, S1 {figure(index.other, 2)}"
    if not math.isnan(index.chance):
        text += f", chance {figure(index.chance, 2)}"
    known = ", ".join(each.statuses)
    if each.low is not None:
        known += f" {span(each.low, each.high)}"
    claims = ", ".join(each.claims[:3]) + (" ..." if len(each.claims) > 3 else "")
    return f"{text}; {known}; {claims or _('no claim')}"
