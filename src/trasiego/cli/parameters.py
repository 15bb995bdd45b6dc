"""Types and options that several commands share; each refuses a bad value with one clear fault."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from trasiego.cli import candidates
from trasiego.cli.usage import listed, option_fault, parameter_place
from trasiego.common.faults import Faults, nearest
from trasiego.common.messages import _

HIGHEST_SEED = 2**32 - 1
MOST_RUNS = 100_000
MOST_MONTHS = 600
MOST_THREADS = 1024


class Whole(click.ParamType):  # type: ignore[type-arg]
    """A whole number from `low` to `high`, both included."""

    name = "number"

    def __init__(self, low: int, high: int, example: int) -> None:
        self.low, self.high, self.example = low, high, example

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the number; raise Faults for anything else."""
        try:
            number = int(str(value))
        except ValueError:
            number = None
        if number is not None and self.low <= number <= self.high:
            return number
        option = param.opts[-1] if param else ""
        raise Faults(
            option_fault(
                parameter_place(ctx, param),
                found=str(value),
                allowed=_("a whole number from {low} to {high}").format(low=self.low, high=self.high),
                do=_("for example {option} {example}").format(option=option, example=self.example),
            )
        )


class OneOf(click.ParamType):  # type: ignore[type-arg]
    """One of a closed list of words, which may be read late (`words` is called when needed)."""

    def __init__(self, name: str, words: Callable[[], list[str]]) -> None:
        self.name, self.words = name, words

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word; raise Faults with the nearest one when it is not in the list."""
        words = self.words()
        if value in words:
            return str(value)
        raise Faults(
            option_fault(
                parameter_place(ctx, param),
                found=str(value),
                allowed=listed(words),
                close=nearest(str(value), words),
                do=_("choose one of these"),
            )
        )

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Offer the words that begin with what was typed."""
        return _items(candidates.starting_with(self.words(), incomplete))


class Setting(click.ParamType):  # type: ignore[type-arg]
    """A lever as `key=value`; the scenario itself refuses unknown keys and values."""

    name = "KEY=VALUE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the text when it has a key, an equals sign and a value; raise Faults otherwise."""
        key, equals, right = str(value).partition("=")
        if key.strip() and equals and right.strip():
            return str(value)
        raise Faults(
            option_fault(
                parameter_place(ctx, param),
                found=str(value),
                allowed=_("KEY=VALUE, the path of a field and its new value"),
                do=_("for example --set countries.GT.integrity=0.8"),
            )
        )

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Offer the paths of the numbers of the scenario that stands on the line."""
        scenario = str(ctx.params.get("scenario") or candidates.MAIN_SCENARIO)
        paths = candidates.starting_with(candidates.number_paths(scenario), incomplete)
        return _items([f"{path}=" for path in paths])


def _items(words: list[str], kind: str = "plain") -> list[CompletionItem]:
    return [CompletionItem(word, type=kind) for word in words]


def complete_scenario(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer shipped scenarios, or files once a path is typed."""
    names = candidates.starting_with(candidates.shipped("scenarios"), incomplete)
    return _items(names) or [CompletionItem(incomplete, type="file")]


def complete_policy(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer shipped policies, or files once a path is typed."""
    names = candidates.starting_with(candidates.shipped("policies"), incomplete)
    return _items(names) or [CompletionItem(incomplete, type="file")]


def complete_number(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the paths of the numbers of the scenario given with --scenario."""
    scenario = str(ctx.params.get("scenario") or candidates.MAIN_SCENARIO)
    return _items(candidates.starting_with(candidates.number_paths(scenario), incomplete))


def complete_claim(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer the ids of claims."""
    return _items(candidates.starting_with(candidates.claim_ids(), incomplete))


def complete_folder(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Offer results folders, or any folder when there is none."""
    return _items(candidates.result_folders(incomplete)) or [CompletionItem(incomplete, type="dir")]


def complete_folder_or_scenario(
    ctx: click.Context, param: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Offer results folders and shipped scenarios."""
    names = candidates.starting_with(candidates.shipped("scenarios"), incomplete)
    return _items([*candidates.result_folders(incomplete), *names])


def scenario_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the argument SCENARIO, the main scenario when left out."""
    return click.argument(
        "scenario",
        required=False,
        default=candidates.MAIN_SCENARIO,
        metavar="[SCENARIO]",
        shell_complete=complete_scenario,
    )(command)


def json_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--json`: pure JSON on standard output and nothing else there."""
    return click.option("--json", "as_json", is_flag=True, help=_("Print JSON and nothing else."))(command)


def ledger_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--ledger FILE`, the user's own claims beside the shipped ones."""
    return click.option(
        "--ledger",
        type=click.Path(path_type=Path),
        metavar="FILE",
        is_eager=True,
        help=_("Use your own claims too, from the ledger that trasiego review fills."),
    )(command)


def names_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--with-names`, without which persons of own claims appear as their role."""
    return click.option(
        "--with-names",
        is_flag=True,
        help=_("Show the names of persons in own claims, not only their role."),
    )(command)


def overlay_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--policy` and `--set`, both as often as wanted."""
    command = click.option(
        "--set",
        "settings",
        multiple=True,
        type=Setting(),
        metavar="KEY=VALUE",
        help=_("Change one field; repeat for more."),
    )(command)
    return click.option(
        "--policy",
        "policies",
        multiple=True,
        metavar="NAME",
        shell_complete=complete_policy,
        help=_("Put a policy (name or file) on the scenario; repeat for more."),
    )(command)


def ensemble_options(
    runs: int, least: int = 1, option: str = "--runs", text: str = ""
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return a decorator that adds `--runs` (at least `least`), `--months`, `--seed` and `--threads`.

    `option` is another name for `--runs`, `text` its help.
    """

    def add(command: Callable[..., Any]) -> Callable[..., Any]:
        for each in (
            click.option(
                "--threads",
                type=Whole(1, MOST_THREADS, 2),
                metavar="N",
                help=_("Threads; all cores when left out. Never changes a result."),
            ),
            click.option(
                "--seed",
                type=Whole(0, HIGHEST_SEED, 1),
                default=1,
                metavar="N",
                show_default=True,
                help=_("Seed of every draw; the same seed gives the same bits."),
            ),
            click.option(
                "--months",
                type=Whole(1, MOST_MONTHS, 24),
                metavar="N",
                help=_("Months recorded; those of the scenario when left out."),
            ),
            click.option(
                option,
                "runs",
                type=Whole(least, MOST_RUNS, max(runs, least)),
                default=runs,
                metavar="N",
                show_default=True,
                help=text or _("Runs; more runs show the spread."),
            ),
        ):
            command = each(command)
        return command

    return add
