"""Help that reads like a page of a manual: a front page by purpose, and examples before options."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, NoReturn

import click

from trasiego.cli.usage import extra_words, unknown_command, usage_fault
from trasiego.common.faults import Fault, Faults
from trasiego.common.messages import _

EXIT_FAULT = 2
EXIT_STOPPED = 130
TEXT_WIDTH = 79
FAULTS_SHOWN = 20


@dataclass(frozen=True)
class Entry:
    """A line of the front page: where a command stands, what it does, and where its code is found."""

    section: str
    name: str
    module: str
    summary: str
    example: str


class Page(click.Command):
    """A command whose help shows examples first; `examples` are pairs of command line and meaning."""

    allow_extra_args = True

    def __init__(self, *arguments: Any, examples: Sequence[tuple[str, str]] = (), **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.examples = tuple(examples)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; raise Faults when words are left over."""
        try:
            left_over = super().parse_args(ctx, args)
        except click.BadOptionUsage as error:
            error.ctx = error.ctx or ctx
            raise
        if left_over and not ctx.resilient_parsing:
            raise Faults(extra_words(ctx, left_over))
        return left_over

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, then the options."""
        write_examples(formatter, self.examples)
        super().format_options(ctx, formatter)


class Chapter(click.Group):
    """A command with commands of its own (`trasiego evidence`); its help shows examples too."""

    command_class = Page

    def __init__(self, *arguments: Any, examples: Sequence[tuple[str, str]] = (), **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.examples = tuple(examples)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; raise Faults with the nearest name when there is none."""
        if args[0].startswith("-") or ctx.resilient_parsing or self.get_command(ctx, args[0]) is not None:
            return super().resolve_command(ctx, args)
        raise Faults(unknown_command(ctx, args[0], self.list_commands(ctx)))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the examples, then the commands and options."""
        write_examples(formatter, self.examples)
        super().format_options(ctx, formatter)


class Manual(Chapter):
    """The front page: commands by what people want, each fetched only when it is called."""

    def __init__(self, entries: Sequence[Entry], *arguments: Any, **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.entries = tuple(entries)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order of the page."""
        return [entry.name for entry in self.entries]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a command; None when there is none of that name."""
        for entry in self.entries:
            if entry.name == cmd_name:
                found: click.Command = getattr(import_module(f"trasiego.cli.{entry.module}"), cmd_name)
                return found
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands under their headings, each with its example."""
        width = max(len(entry.name) for entry in self.entries)
        for section in dict.fromkeys(entry.section for entry in self.entries):
            with formatter.section(_(section)):
                for entry in self.entries:
                    if entry.section == section:
                        gap = " " * formatter.current_indent
                        name = click.style(f"{entry.name:<{width}}", bold=True)
                        formatter.write(f"{gap}{name}  {_(entry.summary)}\n")
                        formatter.write(click.style(f"{gap}{'':<{width}}  $ {entry.example}\n", dim=True))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands; the two options of the front page are told in its last line."""
        self.format_commands(ctx, formatter)

    def main(self, *arguments: Any, **settings: Any) -> NoReturn:
        """Run a command line and leave: 0 when done, 2 after a fault (printed), 130 when stopped."""
        run_and_leave(super().main, *arguments, **settings)


def run_and_leave(run: Callable[..., Any], *arguments: Any, **settings: Any) -> NoReturn:
    """Call `main` of a command and leave: 0 when done, 2 after a fault (printed), 130 when stopped."""
    settings["standalone_mode"] = False
    try:
        status = run(*arguments, **settings)
    except Faults as error:
        leave(error.faults)
    except click.UsageError as error:
        leave([usage_fault(error)])
    except click.ClickException as error:
        leave([Fault(None, None, "trasiego", error.format_message(), "", None, _("see trasiego --help"))])
    except (KeyboardInterrupt, click.Abort):
        click.echo(_("stopped; nothing was written"), err=True)
        raise SystemExit(EXIT_STOPPED) from None
    except BrokenPipeError:
        hush_standard_output()
        raise SystemExit(0) from None
    except OSError as error:
        leave([system_fault(error)])
    raise SystemExit(status if isinstance(status, int) else 0)


def write_examples(formatter: click.HelpFormatter, examples: Sequence[tuple[str, str]]) -> None:
    """Write examples as pairs of lines: what it is for, and the command."""
    if not examples:
        return
    with formatter.section(_("Examples")):
        gap = " " * formatter.current_indent
        for command, meaning in examples:
            formatter.write(f"{gap}{_(meaning)}\n{gap}  $ {click.style(command, bold=True)}\n")


def leave(faults: Sequence[Fault], shown: int = FAULTS_SHOWN) -> NoReturn:
    """Print faults on the error stream, at most `shown` of them, and leave with code 2."""
    click.echo("\n\n".join(fault.text() for fault in faults[:shown]), err=True)
    if len(faults) > shown:
        more = _("\nthe first {shown} of {count} faults; trasiego validate FILE lists all")
        click.echo(more.format(shown=shown, count=len(faults)), err=True)
    elif len(faults) > 1:
        click.echo(_("\n{count} faults").format(count=len(faults)), err=True)
    raise SystemExit(EXIT_FAULT) from None


def system_fault(error: OSError) -> Fault:
    """Return the fault for what the operating system refused: no permission, a full disk."""
    return Fault(
        file=str(error.filename) if error.filename else None,
        line=None,
        key=None if error.filename else "trasiego",
        found=(error.strerror or str(error)).lower(),
        allowed=_("a file or folder that this user may read and write, with room left"),
        nearest=None,
        do=_("choose another place or change its permissions"),
    )


def hush_standard_output() -> None:
    """Point standard output nowhere, so that leaving after a closed pipe prints no second error."""
    import os
    import sys

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
