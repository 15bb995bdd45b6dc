"""What `trasiego sensitivity` and `trasiego calibrate` share: options of points, and claims on the screen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from trasiego.cli.shown import console
from trasiego.common.messages import _

if TYPE_CHECKING:
    from trasiego.analysis.exploration.driving import Driving

SHOWN_CLAIMS = 8
GOES_ALONG = ("resume", "threads", "quiet", "as_json", "top")
"""Options that a study takes when it goes on; all else is as it began."""


def numbers_option(text: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a decorator that adds `--numbers`, as often as wanted; `text` is its help."""
    return click.option("--numbers", multiple=True, metavar="GLOB", help=text)


def folder_options(default: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a decorator that adds `--out` (`default` without), `--resume`, `--overwrite` and `--quiet`."""

    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in (
            click.option("--quiet", is_flag=True, help=_("No progress.")),
            click.option("--overwrite", is_flag=True, help=_("Replace the folder of that name.")),
            click.option(
                "--resume",
                type=click.Path(path_type=Path),
                metavar="FOLDER",
                help=_("Go on with the one of FOLDER that was cut short."),
            ),
            click.option(
                "--out",
                type=click.Path(path_type=Path),
                metavar="FOLDER",
                help=_("Folder to write; {default} here when left out.").format(default=default),
            ),
        ):
            command = option(command)
        return command

    return add


def print_driving(driving: Driving, heading: str) -> None:
    """Print the claims that drove a result and the numbers at its top that have none."""
    screen = console()
    if driving.claims:
        screen.print("\n" + heading, style="bold")
        for claim in driving.claims[:SHOWN_CLAIMS]:
            screen.print(f"{claim.id} ({claim.grade})  {claim.statement}")
            print_inside(few(claim.numbers), 4)
        if len(driving.claims) > SHOWN_CLAIMS:
            screen.print(_("and {count} more").format(count=len(driving.claims) - SHOWN_CLAIMS))
    if driving.unsupported:
        screen.print(_("\nNo claim behind these: look for one first"), style="bold")
        for each in driving.unsupported[:SHOWN_CLAIMS]:
            screen.print(f"{each.number} ({', '.join(each.statuses)})")
            print_inside(few(each.figures, 4), 4)
        if len(driving.unsupported) > SHOWN_CLAIMS:
            screen.print(_("and {count} more").format(count=len(driving.unsupported) - SHOWN_CLAIMS))


def print_inside(text: str, indent: int) -> None:
    """Print a text with all its lines moved in by some letters."""
    from rich.padding import Padding

    console().print(Padding(text, (0, 0, 0, indent)))


def few(words: Sequence[str], count: int = 2) -> str:
    """Return the first few words, and how many more there are."""
    shown = ", ".join(words[:count])
    rest = len(words) - count
    return shown if rest <= 0 else _("{shown} and {rest} more").format(shown=shown, rest=rest)
