"""Options of `trasiego run` for studies: draws of numbers, chunks, going on, other machines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from trasiego.cli.pages import EXIT_STOPPED
from trasiego.cli.parameters import MOST_RUNS, Whole
from trasiego.cli.usage import option_fault
from trasiego.common.faults import Faults
from trasiego.common.messages import _

CHUNK_RUNS = 50
SAME = "\0"
"""Value of `--resume` that stands alone: the study that the rest of the command line describes."""

GOES_ALONG = ("resume", "threads", "scheduler", "quiet", "as_json")
"""Options that a study takes when it goes on; all else is as it began."""


def study_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of studies."""
    for option in (
        click.option(
            "--scheduler",
            metavar="ADDRESS",
            help=_("Run on the workers of this Dask scheduler; never changes a result."),
        ),
        click.option(
            "--chunks-at",
            metavar="ADDRESS",
            help=_("Folder or address (s3://...) for the chunks on their way; beside FOLDER when left out."),
        ),
        click.option(
            "--chunk-runs",
            type=Whole(1, MOST_RUNS, CHUNK_RUNS),
            default=CHUNK_RUNS,
            metavar="N",
            show_default=True,
            help=_("Runs in memory at a time; each chunk that is finished is kept."),
        ),
        click.option(
            "--resume",
            is_flag=False,
            flag_value=SAME,
            metavar="[FOLDER]",
            help=_("Go on with a study that was cut short: that of FOLDER, or of this same command."),
        ),
        click.option(
            "--draw-numbers",
            is_flag=True,
            help=_("Let each run draw the numbers of the scenario from their ranges."),
        ),
    ):
        command = option(command)
    return command


def check_alone(context: click.Context, goes_along: Sequence[str] = GOES_ALONG) -> None:
    """Raise Faults when `--resume FOLDER` stands with options that say what the study runs."""
    allowed = _("--resume FOLDER with --threads, --scheduler, --quiet or --json")
    if "scheduler" not in goes_along:
        allowed = _("--resume FOLDER with --threads, --quiet or --json")
    for parameter in context.command.params:
        name = parameter.name or ""
        if name not in goes_along and context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            shown = parameter.opts[-1] if isinstance(parameter, click.Option) else "SCENARIO"
            raise Faults(
                option_fault(
                    f"{context.command_path} --resume",
                    found=_("{option} besides the folder of a study").format(option=shown),
                    allowed=allowed,
                    do=_("leave {option} out: a study goes on as it began").format(option=shown),
                )
            )


@contextmanager
def cluster(address: str | None) -> Iterator[Any]:
    """Yield a client of the scheduler at an address, or None without one; raise Faults where none answers."""
    if address is None:
        yield None
        return
    from trasiego.ensemble.cluster import connect

    with connect(address) as client:
        yield client


@contextmanager
def told_when_stopped(folder: Path, command: str = "run") -> Iterator[None]:
    """Say how a study goes on that is stopped inside the block."""
    try:
        yield
    except KeyboardInterrupt:
        from trasiego.ensemble.refusals import go_on
        from trasiego.ensemble.store import is_begun

        if not is_begun(folder):
            raise
        click.echo(_("stopped; {then}").format(then=go_on(folder, command)), err=True)
        raise SystemExit(EXIT_STOPPED) from None
