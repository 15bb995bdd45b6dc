"""`trasiego why` and `trasiego coverage`: from a number to its evidence, and how much there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from trasiego.cli.candidates import MAIN_SCENARIO
from trasiego.cli.claims import print_claim, print_pairs, with_source
from trasiego.cli.pages import Page
from trasiego.cli.parameters import complete_number, complete_scenario, json_option, scenario_argument
from trasiego.cli.shown import console, figure, plain, span, table, write_json
from trasiego.cli.usage import option_fault
from trasiego.common.faults import Faults, nearest
from trasiego.common.messages import _

if TYPE_CHECKING:
    from trasiego.scenario import Number, Scenario

STATUSES = ("assumed", "calibrated", "derived", "measured")
"""Every status of a number, the weakest first."""

EXAMPLES_WHY = (
    ("trasiego why countries.GT.integrity", _("One number of the main scenario")),
    ("trasiego why escort.fee_usd_per_kg --scenario vrae-2010", _("As another scenario has it")),
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
@json_option
def why(name: str, scenario: str, as_json: bool) -> None:
    """Show where a number comes from."""
    from trasiego.evidence import load_ledger
    from trasiego.scenario import load_scenario

    loaded, ledger = load_scenario(scenario), load_ledger()
    number = loaded.numbers.get(name)
    if number is None:
        _why_many(loaded, name, as_json)
        return
    claims = [ledger.claims[claim] for claim in number.claims]
    if as_json:
        write_json(
            {
                "scenario": loaded.name,
                **plain(number),
                "claims": [with_source(claim, ledger) for claim in claims],
            }
        )
        return
    _print_number(loaded, number)
    for claim in claims:
        print_claim(claim, ledger)


@click.command(
    cls=Page,
    examples=EXAMPLES_COVERAGE,
    help=_("Count how many numbers of a scenario rest on claims; those that rest on none come first."),
)
@scenario_argument
@json_option
def coverage(scenario: str, as_json: bool) -> None:
    """Count how many numbers rest on claims, and list the assumed ones first."""
    from trasiego.scenario import load_scenario

    loaded = load_scenario(scenario)
    numbers = sorted(loaded.numbers.values(), key=lambda number: STATUSES.index(number.status))
    counts = Counter(number.status for number in numbers)
    claims = {claim for number in numbers for claim in number.claims}
    if as_json:
        counted = {status: counts[status] for status in STATUSES}
        write_json(
            {
                "scenario": loaded.name,
                "numbers": len(numbers),
                **counted,
                "claims": len(claims),
                "list": numbers,
            }
        )
        return
    screen = console()
    screen.print(_("{title}: {count} numbers").format(title=loaded.title, count=len(numbers)), style="bold")
    rows = [(status, counts[status], f"{counts[status] / len(numbers):.0%}") for status in STATUSES]
    columns = ((_("status"), "name"), (_("numbers"), "right"), (_("share"), "right"))
    screen.print(table(columns, rows))
    screen.print(_("{count} claims stand behind them").format(count=len(claims)))
    sections = _by_section(numbers)
    rows_by_section = [(name, *(found[status] for status in STATUSES)) for name, found in sections.items()]
    headings = ((_("section"), "name"), *((status, "right") for status in STATUSES))
    screen.print(table(headings, rows_by_section, title=_("\nBy section")))
    assumed = [
        (number.path, figure(number.value), span(number.low, number.high), number.unit)
        for number in numbers
        if number.status == "assumed"
    ]
    headings = ((_("assumed"), "name"), (_("value"), "right"), (_("range"), "right"), _("unit"))
    screen.print(table(headings, assumed, title=_("\nNumbers without a claim")))
    screen.print(_("\nWhy one of them:  trasiego why NAME --scenario {name}").format(name=loaded.name))


def _why_many(loaded: Scenario, name: str, as_json: bool) -> None:
    """List the numbers below a name, or raise Faults with the nearest one."""
    below = [number for path, number in loaded.numbers.items() if path.startswith(name.rstrip(".") + ".")]
    if not below:
        raise Faults(
            option_fault(
                "trasiego why",
                found=_("no number of the name {name} in {scenario}").format(name=name, scenario=loaded.name),
                allowed=_("one of {count} numbers").format(count=len(loaded.numbers)),
                close=nearest(name, loaded.numbers),
                do=_("trasiego coverage {scenario} lists them by section").format(scenario=loaded.name),
            )
        )
    if as_json:
        write_json(below)
        return
    rows = [
        (number.path, figure(number.value), span(number.low, number.high), number.unit, number.status)
        for number in below
    ]
    columns = ((_("number"), "name"), (_("value"), "right"), (_("range"), "right"), _("unit"), _("status"))
    console().print(table(columns, rows))


def _print_number(loaded: Scenario, number: Number) -> None:
    """Print a number with its meaning, range, status and where it is written."""
    screen = console()
    screen.print(f"{number.path} = {figure(number.value, 6)} {number.unit}", style="bold")
    pairs = [
        (_("meaning"), _meaning(number.path)),
        (_("range"), span(number.low, number.high, 6)),
        (_("status"), number.status),
        (_("derivation"), number.derivation),
        (_("note"), number.note),
        (_("written in"), f"{number.file}:{number.line}" if number.file else ""),
        (_("scenario"), loaded.name),
        (_("claims"), ", ".join(number.claims) or _("none: the value is assumed")),
    ]
    print_pairs([(label, value) for label, value in pairs if value not in (None, "", "-")])


def _meaning(path: str) -> str:
    """Return what the registry of fields says of a number."""
    from trasiego.scenario import fields

    parts = path.split(".")
    for field in fields():
        pattern = field.path.split(".")
        if len(pattern) == len(parts) and all(
            one in ("*", other) for one, other in zip(pattern, parts, strict=True)
        ):
            return str(field.meaning)
    return ""


def _by_section(numbers: list[Number]) -> Mapping[str, Counter[str]]:
    """Return the count of each status by the first part of the path."""
    sections: dict[str, Counter[str]] = {}
    for number in sorted(numbers, key=lambda number: number.path):
        sections.setdefault(number.path.partition(".")[0], Counter())[number.status] += 1
    return sections
