"""What a run prints when it is done: the result in a page, the scorecard, and where to go from here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trasiego.cli.scoretable import count_table, pattern_table
from trasiego.cli.shown import console, figure, percent, span, table
from trasiego.common.messages import _
from trasiego.common.units import unit_text

if TYPE_CHECKING:
    from rich.table import Table

    from trasiego.analysis import PatternResult, Summary
    from trasiego.analysis.estimate import Estimate

CORRIDORS = 6
COUNTRIES = 6
EXAMPLE_NUMBER = "contracting.lot_kg"


def print_summary(
    summary: Summary,
    card: Sequence[PatternResult],
    folder: Path,
    scenario: str,
    moved: Sequence[Mapping[str, Any]] = (),
) -> None:
    """Print the summary and scorecard of a result that was written to `folder`; `scenario` as typed.

    `moved` are the records of the manifest of numbers that own claims moved.
    """
    screen = console()
    screen.print(f"{summary.scenario}: {summary.title}", style="bold")
    span_text = _("{months} months from {start}").format(months=summary.months, start=summary.start)
    many = _("{runs} runs; medians and 5 to 95 % intervals").format(runs=summary.runs)
    screen.print(f"{span_text}, {many if summary.runs > 1 else _('one run')}")
    for part in (
        _moved(summary),
        _ladder(summary),
        _corridors(summary),
        _groups(summary),
        _violence(summary),
    ):
        screen.print()
        screen.print(part)
    if any(each["before"] != each["after"] for each in moved):
        screen.print()
        screen.print(moved_table(moved))
    screen.print()
    for part in _score(card):
        screen.print(part)
    screen.print()
    for line in _next_steps(folder, scenario):
        screen.print(line, soft_wrap=True)


def _cells(estimate: Estimate | None) -> tuple[str, str]:
    """Return the median and the interval of an estimate."""
    if estimate is None:
        return "-", "-"
    interval = span(estimate.low, estimate.high) if estimate.low < estimate.high else ""
    return figure(estimate.median), interval


def _moved(summary: Summary) -> Table:
    """Return what was produced, delivered, seized and robbed a year."""
    masses = summary.per_year
    rows = [
        (_("produced"), *_cells(masses.produced_t)),
        (_("delivered"), *_cells(masses.delivered_t)),
        (_("seized"), *_cells(masses.seized_t)),
        (_("robbed, and sold on"), *_cells(masses.robbed_t)),
    ]
    if masses.share_seized is not None:
        share = masses.share_seized
        interval = _("{low} to {high}").format(low=percent(share.low), high=percent(share.high))
        rows.append((_("share seized"), percent(share.median), interval if share.low < share.high else ""))
    columns = (("", "name"), (_("t/year"), "right"), (_("5 to 95 %"), "right"))
    return table(columns, rows, title=_("What moved, as hydrochloride"))


def _ladder(summary: Summary) -> Table:
    """Return the price at each stage that the scenario has, beside the range that was reported."""
    verdicts = {True: _("inside"), False: _("outside"), None: ""}
    rows = [
        (
            step.title,
            *_cells(step.price),
            span(step.reported_low, step.reported_high),
            verdicts[step.inside],
        )
        for step in summary.price_ladder
        if step.price is not None
    ]
    columns = (_("stage"), (_("USD/kg"), "right"), (_("5 to 95 %"), "right"), (_("reported"), "right"), "")
    return table(columns, rows, title=_("Price ladder"))


def _corridors(summary: Summary) -> Table:
    """Return the largest flows between countries, or between places where the world is small."""
    from trasiego.world.geography import load_geography

    names = load_geography().countries
    among_countries = len(summary.country_corridors) >= CORRIDORS
    corridors = summary.country_corridors if among_countries else summary.place_corridors
    rows = [
        (
            names.get(corridor.start_name, corridor.start_name),
            names.get(corridor.end_name, corridor.end_name),
            *_cells(corridor.tonnes_per_year),
            percent(corridor.share_seized),
            ", ".join(mode.replace("_", " ") for mode in corridor.modes[:2]),
        )
        for corridor in corridors[:CORRIDORS]
    ]
    columns = (
        _("from"),
        _("to"),
        (_("t/year"), "right"),
        (_("5 to 95 %"), "right"),
        (_("seized"), "right"),
        _("mostly by"),
    )
    return table(columns, rows, title=_("Largest corridors"))


def _groups(summary: Summary) -> Table:
    """Return the number of groups and members by kind, in the first and the last month."""
    rows = [
        (
            row.kind.replace("_", " "),
            *(
                figure(estimate.median)
                for estimate in (
                    row.groups_at_start,
                    row.groups_at_end,
                    row.members_at_start,
                    row.members_at_end,
                )
            ),
        )
        for row in summary.groups
    ]
    columns = (
        _("kind"),
        (_("groups at first"), "right"),
        (_("at last"), "right"),
        (_("members at first"), "right"),
        (_("at last"), "right"),
    )
    return table(columns, rows, title=_("Groups"))


def _violence(summary: Summary) -> Table:
    """Return the killings of the trade, in all and in the countries with most."""
    from trasiego.world.geography import load_geography

    names = load_geography().countries
    rows = [(_("all"), *_cells(summary.killings_per_year), "")]
    rows += [
        (
            names.get(row.country, row.country),
            *_cells(row.killings_per_year),
            figure(row.homicides_per_100k.median),
        )
        for row in summary.violence[:COUNTRIES]
    ]
    columns = (
        ("", "name"),
        (_("a year"), "right"),
        (_("5 to 95 %"), "right"),
        (_("homicides per 100,000, all causes"), "right"),
    )
    return table(columns, rows, title=_("Killings by the trade"))


def moved_table(moved: Sequence[Mapping[str, Any]]) -> Table:
    """Return the numbers that own claims moved, a block each: from what to what, by which claims."""
    rows: list[tuple[str, ...]] = []
    for each in (each for each in moved if each["before"] != each["after"]):
        ends = [
            f"{figure(value)} ({span(low, high)})" if low is not None else figure(value)
            for value, low, high in (each["before"], each["after"])
        ]
        rows += [(each["path"], ""), (f"  {ends[0]}", f"{ends[1]} {unit_text(each['unit'])}".rstrip())]
        rows += [("", _("by {claims}").format(claims=", ".join(each["claims"])))]
    columns = ((_("before"), "name"), _("after"))
    return table(columns, rows, title=_("Numbers moved by your ledger"))


def _score(card: Sequence[PatternResult]) -> Iterator[Table]:
    """Yield the counts of the scorecard, and the patterns that fail."""
    yield count_table(card)
    failing = [entry for entry in card if entry.holds is False]
    if failing:
        yield pattern_table(failing, _("\nPatterns that fail"))


def _next_steps(folder: Path, scenario: str) -> Iterator[str]:
    """Yield the folder and the commands that go on from here."""
    yield _("written       {folder}").format(folder=folder)
    if (folder / "report.html").exists():
        yield _("open          {file}").format(file=folder / "report.html")
    else:
        yield _("no report     trasiego report {folder} says what it needs").format(folder=folder)
    yield _("why a number  trasiego why {number} --scenario {scenario}").format(
        number=EXAMPLE_NUMBER, scenario=scenario
    )
    yield _("scorecard     trasiego check {folder}").format(folder=folder)
