"""`trasiego new` and `trasiego completion`: the first step of own work, and comfort in the shell."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import get_completion_class

from trasiego.cli.candidates import MAIN_SCENARIO
from trasiego.cli.pages import Page
from trasiego.cli.parameters import OneOf, complete_scenario
from trasiego.common.messages import _

SHELLS = ("bash", "zsh", "fish")
EXAMPLES_NEW = (
    ("trasiego new mine --from guatemala-2020", _("Write mine.toml here, then edit and run it")),
    ("trasiego run mine.toml --runs 20", _("Run it")),
)
EXAMPLES_COMPLETION = (
    ('eval "$(trasiego completion bash)"', _("For this shell; put the line in ~/.bashrc to keep it")),
    ("trasiego completion fish > ~/.config/fish/completions/trasiego.fish", _("For fish, once")),
)


@click.command(
    cls=Page,
    examples=EXAMPLES_NEW,
    help=_("Write an editable copy of a scenario; unchanged, it gives the same bits as the original."),
)
@click.argument("name")
@click.option(
    "--from",
    "original",
    default=MAIN_SCENARIO,
    show_default=True,
    metavar="SCENARIO",
    shell_complete=complete_scenario,
    help=_("The scenario to copy."),
)
@click.option(
    "--folder",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="FOLDER",
    help=_("Where to write it; here when left out."),
)
def new(name: str, original: str, folder: Path) -> None:
    """Write an editable copy of a scenario."""
    from trasiego.scenario import copy_scenario

    path = copy_scenario(original, name, folder)
    click.echo(_("wrote {path}").format(path=path))
    click.echo(_("check it  trasiego validate {path}\nrun it    trasiego run {path}").format(path=path))


@click.command(
    cls=Page,
    examples=EXAMPLES_COMPLETION,
    help=_("Print the completion script for a shell: bash, zsh or fish."),
)
@click.argument("shell", type=OneOf("SHELL", lambda: list(SHELLS)))
def completion(shell: str) -> None:
    """Print the completion script for a shell."""
    from trasiego.cli.app import manual

    found = get_completion_class(shell)
    if found is None:
        raise LookupError(shell)
    click.echo(found(manual, {}, "trasiego", "_TRASIEGO_COMPLETE").source())
