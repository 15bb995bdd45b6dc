"""A comparison on a terminal: what each policy changes, where the flow goes, costs, who can be told apart."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from trasiego.cli.shown import console, figure, table
from trasiego.common.messages import _
from trasiego.common.units import unit_text

if TYPE_CHECKING:
    from rich.table import Table

    from trasiego.analysis.comparison import ArmResult, Comparison, OutcomeRow, PairRow
    from trasiego.analysis.costs import Cost, CostOf
    from trasiego.analysis.difference import Difference

COUNTRIES = 3
MOST_RUNS_SHOWN = 99_999
MILLION = 1e6
WORLD = "world"


def print_comparison(found: Comparison, folder: Path) -> None:
    """Print a comparison that was written to `folder`."""
    screen = console()
    screen.print(f"{found.scenario}: {found.title}", style="bold")
    screen.print(
        _("{runs} runs of each, seed {seed}, {first} to {last}; mean change with 90 % interval").format(
            runs=found.runs, seed=found.seed, first=found.first, last=found.last
        )
    )
    if found.start:
        screen.print(_("policies hold from {start} on").format(start=found.start))
    for number, arm in enumerate(found.arms):
        screen.print()
        screen.print(_changes(found, number))
        for line in (*_flow_lines(arm), *_cost_lines(arm)):
            screen.print(line)
    for rows in _apart(found):
        screen.print()
        screen.print(rows)
    screen.print()
    for line in _closing(found, folder):
        screen.print(line, soft_wrap=True)


def _shown(found: Comparison) -> list[OutcomeRow]:
    return [row for row in found.outcomes if row.entity == WORLD]


def _name(row: OutcomeRow) -> str:
    """Return an outcome with its unit."""
    units = {"1": "", "share": "", "group": "", "homicide/year": _("a year")}
    unit = units.get(row.unit, unit_text(row.unit))
    return f"{row.title}, {unit}" if unit else row.title


def _changes(found: Comparison, number: int) -> Table:
    """Return what one arm changes, an outcome a line."""
    rows = [
        (
            _name(row),
            figure(row.base.median),
            *_change(each),
            _signed(figure(None if each.relative is None else 100 * each.relative, 2)),
            _verdict(each),
        )
        for row in _shown(found)
        if (each := row.differences[number]) is not None
    ]
    columns = (
        (_("outcome"), "name"),
        (_("without"), "right"),
        (_("change"), "right"),
        (_("90 %"), "right"),
        (_("in %"), "right"),
        (_("clear?"), "right"),
    )
    return table(columns, rows, title=found.arms[number].name)


def _change(each: Difference) -> tuple[str, str]:
    """Return a mean change and its interval, all with as many decimals as the interval deserves."""
    widest = max(abs(each.low), abs(each.high))
    decimals = max(0, 2 - math.floor(math.log10(widest))) if widest > 0 else 0
    rounded = (round(value, decimals) + 0.0 for value in (each.mean, each.low, each.high))  # no "-0"
    mean, low, high = (f"{value:,.{decimals}f}" for value in rounded)
    return _signed(mean), _("{low} to {high}").format(low=low, high=high)


def _signed(number: str) -> str:
    """Return a number as text with a sign, unless it is nothing."""
    return number if number.startswith("-") or not number.strip("0.%") else f"+{number}"


def _verdict(each: Difference) -> str:
    """Return "yes" for a difference told from zero, else how many runs would tell one of its size."""
    if each.distinct:
        return _("yes")
    if each.runs_needed is None:
        return _("the same")
    return _("many") if each.runs_needed > MOST_RUNS_SHOWN else f"{each.runs_needed:,}"


def _flow_lines(arm: ArmResult) -> Iterator[str]:
    """Yield where the flow went: the countries that lose and gain most, and what of the loss came back."""
    from trasiego.world.geography import load_geography

    names = load_geography().countries
    rows = arm.displacement.countries
    lost = [row for row in rows if row.difference.high < 0][:COUNTRIES]
    gained = [row for row in reversed(rows) if row.difference.low > 0][:COUNTRIES]
    for word, some in ((_("less into"), lost), (_("more into"), gained)):
        if some:
            parts = (
                _("{country} {change} t/year").format(
                    country=names.get(row.country, row.country), change=_signed(figure(row.difference.mean))
                )
                for row in some
            )
            yield f"{word}: {', '.join(parts)}"
    if not lost and not gained:
        yield _("flow: no country clearly gains or loses")
    share = arm.displacement.share
    if share is not None:
        yield _("gained elsewhere for each kg less into {country}: {share} ({low} to {high})").format(
            country=names.get(arm.displacement.lost_most, arm.displacement.lost_most),
            share=figure(share.median),
            low=figure(share.low),
            high=figure(share.high),
        )


def _cost_lines(arm: ArmResult) -> Iterator[str]:
    """Yield what the arm costs, and what an effect costs."""
    cost = arm.cost_usd_per_month
    if cost is not None:
        yield _("cost: {cost} million USD a month").format(cost=_cost_text(cost, MILLION))
    yield _("USD for each kg kept from the markets: {cost}").format(cost=_effect_text(arm.kg_kept))
    yield _("USD for each killing avoided: {cost}").format(cost=_effect_text(arm.killing_avoided))


def _cost_text(cost: Cost, per: float = 1.0) -> str:
    high = _("no end") if cost.high is None else figure(cost.high / per, 2)
    return _("{value} ({low} to {high})").format(
        value=figure(cost.value / per, 2), low=figure(cost.low / per, 2), high=high
    )


def _effect_text(each: CostOf) -> str:
    text = "" if each.cost is None else _cost_text(each.cost)
    return "; ".join(part for part in (text, each.note) if part)


def _apart(found: Comparison) -> Iterator[Table]:
    """Yield for each pair of arms the outcomes in which they can be told apart."""
    names = {row.outcome: _name(row) for row in _shown(found)}
    pairs: dict[tuple[str, str], list[PairRow]] = {}
    for row in found.pairs:
        pairs.setdefault((row.second, row.first), []).append(row)
    for (second, first), each in pairs.items():
        rows = [
            (names[row.outcome], *_change(row.difference))
            for row in each
            if row.difference is not None and row.difference.distinct
        ]
        title = _("{second}\n  against {first}").format(second=second, first=first)
        columns = ((_("told apart by"), "name"), (_("more"), "right"), (_("90 %"), "right"))
        yield table(columns, rows or [(_("nothing"), "", "")], title=title)


def _closing(found: Comparison, folder: Path) -> Iterator[str]:
    """Yield how to read it, what pairing saved, and where all of it was written."""
    yield _("clear?     of zero, or how many runs would make a change of that size clear;")
    yield _("           one interval in ten misses, so some outcomes look clear by chance")
    ratios = sorted(
        each.variance_ratio
        for row in _shown(found)
        for each in row.differences
        if each is not None and each.variance_ratio is not None
    )
    if ratios:
        yield _("pairing    the variance of a change is {ratio} times less ({low} to {high})").format(
            ratio=figure(median(ratios), 2), low=figure(ratios[0], 2), high=figure(ratios[-1], 2)
        )
    yield _("written    {folder}").format(folder=folder)
    if (folder / "comparison.html").exists():
        yield _("open       {file}").format(file=folder / "comparison.html")
