"""`trasiego why` and `trasiego coverage`: from a number to its evidence, and how much there is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from trasiego.cli.candidates import MAIN_SCENARIO
from trasiego.cli.claims import print_claim, print_contradiction, print_pairs
from trasiego.cli.pages import Page
from trasiego.cli.parameters import (
    complete_number,
    complete_scenario,
    json_option,
    ledger_option,
    names_option,
    scenario_argument,
)
from trasiego.cli.shown import console, figure, plain, span, table, write_json
from trasiego.cli.usage import option_fault
from trasiego.common.faults import Faults, nearest
from trasiego.common.messages import _
from trasiego.common.units import unit_text

if TYPE_CHECKING:
    from rich.table import Table

    from trasiego.evidence import Ledger
    from trasiego.scenario import Number, Scenario

EXAMPLES_WHY = (
    ("trasiego why countries.GT.integrity", _("One number of the main scenario")),
    ("trasiego why modes.pickup.load_kg --scenario vrae-2010", _("As another scenario has it")),
    ("trasiego why countries.GT", _("All numbers below a name, a line each")),
)
EXAMPLES_COVERAGE = (
    ("trasiego coverage", _("The main scenario")),
    ("trasiego coverage vrae-2010 --json", _("Another one, for a program")),
)


@click.command(
    cls=Page,
    examples=EXAMPLES_WHY,
    help=_("Show where a number comes from: value, range, status, derivation, claims and sources."),
)
@click.argument("name", shell_complete=complete_number)
@click.option(
    "--scenario",
    default=MAIN_SCENARIO,
    show_default=True,
    is_eager=True,
    metavar="SCENARIO",
    shell_complete=complete_scenario,
    help=_("The scenario to look in."),
)
@ledger_option
@names_option
@json_option
def why(name: str, scenario: str, ledger: Path | None, with_names: bool, as_json: bool) -> None:
    """Show where a number comes from."""
    from trasiego.evidence import backing

    loaded, claims = _loaded(scenario, ledger, with_names)
    number = loaded.numbers.get(name)
    if number is None:
        _why_many(loaded, name, as_json)
        return
    behind = backing(number, claims)
    if as_json:
        write_json({"scenario": loaded.name, **plain(number), **behind.to_dict()})
        return
    _print_number(loaded, number)
    for claim in behind.claims:
        print_claim(claim, claims)
    for against in behind.contradictions:
        print_contradiction(against, claims)


@click.command(
    cls=Page,
    examples=EXAMPLES_COVERAGE,
    help=_("Count how many numbers of a scenario rest on claims; those that rest on none are listed."),
)
@scenario_argument
@ledger_option
@json_option
def coverage(scenario: str, ledger: Path | None, as_json: bool) -> None:
    """Count how many numbers rest on claims, and list the assumed ones."""
    from trasiego.evidence import coverage as coverage_of

    loaded, claims = _loaded(scenario, ledger)
    found = coverage_of(loaded.numbers.values(), claims)
    if as_json:
        write_json({"scenario": loaded.name, **found.to_dict()})
        return
    screen = console()
    screen.print(f"{loaded.name}: {loaded.title}", style="bold")
    summary = _("{count} numbers; {claims} claims behind them; {disputed} cite a claim that another disputes")
    screen.print(summary.format(count=found.total, claims=len(found.claims), disputed=len(found.disputed)))
    rows = [
        (status, count, f"{count / max(found.total, 1):.0%}") for status, count in found.by_status.items()
    ]
    columns = ((_("status"), "name"), (_("numbers"), "right"), (_("share"), "right"))
    screen.print(table(columns, rows, title=""))
    sections = [(name, *counts.values()) for name, counts in found.by_section.items()]
    headings = ((_("section"), "name"), *((status, "right") for status in found.by_status))
    screen.print(table(headings, sections, title=_("\nBy section")))
    _print_assumed(loaded, found.paths["assumed"])
    screen.print(_("\nWhy one of them:  trasiego why NAME --scenario {name}").format(name=loaded.name))


def _loaded(name: str, path: Path | None, with_names: bool = False) -> tuple[Scenario, Ledger]:
    """Return a scenario as the own claims of a ledger move it, and the shipped and own claims."""
    from trasiego.scenario import load_scenario

    if path is None:
        from trasiego.evidence import load_ledger

        return load_scenario(name), load_ledger()
    from trasiego.evidence.own import whole_ledger
    from trasiego.scenario.weighing import moved_numbers

    return load_scenario(name, moved=moved_numbers(name, path)[0]), whole_ledger(path, with_names)


def _print_assumed(loaded: Scenario, paths: Sequence[str]) -> None:
    """Print the numbers that rest on no claim, each with the range that was assumed."""
    screen = console()
    screen.print(_("\nAssumed: a range and no claim"), style="bold")
    screen.print(_number_table([loaded.number(path) for path in paths], with_status=False))


def _number_table(numbers: Sequence[Number], with_status: bool) -> Table:
    """Return numbers as a table, those of one section and id below its name; names end in the unit."""
    rows: list[tuple[str, ...]] = []
    above = ""
    for number in numbers:
        section, _dot, key = number.path.rpartition(".")
        if section != above:
            rows.append((section,))
            above = section
        status = (number.status,) if with_status else ()
        rows.append((f"  {key}", figure(number.value), span(number.low, number.high), *status))
    columns = [(_("number"), "name"), (_("value"), "right"), (_("range"), "right"), (_("status"), "name")]
    return table(columns if with_status else columns[:-1], rows)


def _why_many(loaded: Scenario, name: str, as_json: bool) -> None:
    """List the numbers below a name, or raise Faults with the nearest one."""
    below = [number for path, number in loaded.numbers.items() if path.startswith(name.rstrip(".") + ".")]
    if not below:
        raise Faults(
            option_fault(
                "trasiego why",
                found=_("no number of the name {name} in {scenario}").format(name=name, scenario=loaded.name),
                allowed=_("the path of a number, or the first parts of several"),
                close=nearest(name, loaded.numbers),
                do=_("trasiego why SECTION lists those of a section, trasiego coverage the sections"),
            )
        )
    if as_json:
        write_json(below)
        return
    console().print(_number_table(below, with_status=True))


def _print_number(loaded: Scenario, number: Number) -> None:
    """Print a number with its meaning, range, status and where it is written."""
    value = f"{figure(number.value, 6)} {unit_text(number.unit)}".rstrip()
    console().print(f"{number.path} = {value}", style="bold")
    pairs = (
        (_("meaning"), _meaning(number.path)),
        (_("range"), span(number.low, number.high, 6)),
        (_("status"), number.status),
        (_("derivation"), number.derivation),
        (_("note"), number.note),
        (_("written in"), number.file if number.line is None else f"{number.file}:{number.line}"),
        (_("scenario"), loaded.name),
        (_("claims"), ", ".join(number.claims) or _("none")),
    )
    print_pairs([(label, value) for label, value in pairs if value not in (None, "", "-")])


def _meaning(path: str) -> str:
    """Return what the registry of fields says of a number."""
    from trasiego.scenario.fields import registry

    field = registry().field(path)
    return "" if field is None else field.meaning
