"""Mistakes on the command line, told as faults like every other mistake."""

from __future__ import annotations

from collections.abc import Iterable

import click

from trasiego.common.faults import Fault, Faults, nearest
from trasiego.common.messages import _

LISTED_AT_MOST = 20


def option_fault(place: str, found: str, allowed: str, do: str, *, close: str | None = None) -> Fault:
    """Return the fault for something typed at `place` (a command, or a command and its option)."""
    return Fault(file=None, line=None, key=place, found=found, allowed=allowed, nearest=close, do=do)


def parameter_place(context: click.Context | None, parameter: click.Parameter | None) -> str:
    """Return the place of a parameter as a person types it: `trasiego run --runs`."""
    command = context.command_path if context else "trasiego"
    if parameter is None:
        return command
    if isinstance(parameter, click.Argument):
        return f"{command} {parameter.make_metavar(context or click.Context(click.Command(command)))}"
    return f"{command} {parameter.opts[-1] if parameter.opts[-1].startswith('--') else parameter.opts[0]}"


def listed(words: Iterable[str]) -> str:
    """Return words as one line, cut after twenty with the count of the rest."""
    every = list(words)
    shown = ", ".join(every[:LISTED_AT_MOST])
    rest = len(every) - LISTED_AT_MOST
    return shown if rest <= 0 else _("{shown} and {rest} more").format(shown=shown, rest=rest)


def refuse_unknown(command: str, kind: str, name: str, names: Iterable[str]) -> None:
    """Raise Faults when `name` is none of those that `trasiego COMMAND` lists."""
    known = list(names)
    if name not in known:
        raise Faults(
            option_fault(
                f"trasiego {command}",
                found=_("no {kind} of the name {name}").format(kind=kind, name=name),
                allowed=listed(known),
                close=nearest(name, known),
                do=_("trasiego {command} lists them").format(command=command),
            )
        )


def unknown_command(context: click.Context, name: str, names: Iterable[str]) -> Fault:
    """Return the fault for a command that is not there."""
    known = list(names)
    return option_fault(
        context.command_path,
        found=name,
        allowed=listed(known),
        close=nearest(name, known),
        do=_("{command} --help lists every command with an example").format(command=context.command_path),
    )


def usage_fault(error: click.UsageError) -> Fault:
    """Return the fault that says what a usage error of the library says, in our form."""
    context = error.ctx
    place = context.command_path if context else "trasiego"
    advice = _("see {command} --help").format(command=place)
    if isinstance(error, click.NoSuchOption):
        return _unknown_option(error, place, advice)
    if isinstance(error, click.BadOptionUsage):
        return _bad_option_use(error, place, advice)
    if isinstance(error, click.MissingParameter):
        needed = error.param.make_metavar(context) if error.param and context else ""
        return option_fault(
            parameter_place(context, error.param),
            found=_("nothing"),
            allowed=_("{needed}, which is needed here").format(needed=needed),
            do=_example(context) or advice,
        )
    if isinstance(error, click.BadParameter):
        return option_fault(parameter_place(context, error.param), error.message, "", advice)
    return option_fault(place, error.message, "", advice)


def _unknown_option(error: click.NoSuchOption, place: str, advice: str) -> Fault:
    """Return the fault for an option that the command does not have, with the options that it has."""
    options = _options(error.ctx) if error.ctx else []
    return option_fault(
        place, error.option_name, listed(options), advice, close=nearest(error.option_name, options)
    )


def _bad_option_use(error: click.BadOptionUsage, place: str, advice: str) -> Fault:
    """Return the fault for an option without its value, or with one that it does not take."""
    known = error.ctx.command.params if error.ctx else []
    for option in known:
        if isinstance(option, click.Option) and error.option_name in option.opts:
            found = _("a value") if option.is_flag else _("no value")
            allowed = _("the option alone") if option.is_flag else _("one value after it")
            return option_fault(f"{place} {error.option_name}", found, allowed, advice)
    return option_fault(f"{place} {error.option_name}", error.message, "", advice)


def _example(context: click.Context | None) -> str:
    """Return the first example of a command as advice, or nothing when it has none."""
    examples = getattr(context.command, "examples", ()) if context else ()
    return _("for example {command}").format(command=examples[0][0]) if examples else ""


def extra_words(context: click.Context, words: Iterable[str]) -> Fault:
    """Return the fault for words that the command has no use for."""
    taken = " ".join(
        parameter.make_metavar(context)
        for parameter in context.command.params
        if isinstance(parameter, click.Argument)
    )
    return option_fault(
        context.command_path,
        found=_("one word too many: {words}").format(words=" ".join(words)),
        allowed=_("{arguments} and options").format(arguments=taken) if taken else _("options only"),
        do=_("see {command} --help").format(command=context.command_path),
    )


def _options(context: click.Context) -> list[str]:
    """Return the long options of a command."""
    return [
        option
        for parameter in context.command.get_params(context)
        if isinstance(parameter, click.Option)
        for option in (*parameter.opts, *parameter.secondary_opts)
        if option.startswith("--")
    ]
