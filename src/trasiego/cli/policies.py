"""`trasiego policies`: the levers that can be put on a scenario, what they cost and what they change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from trasiego.cli import candidates
from trasiego.cli.pages import Page
from trasiego.cli.parameters import complete_policy, json_option
from trasiego.cli.shown import console, figure, span, table, write_json
from trasiego.cli.usage import refuse_unknown
from trasiego.common.messages import _

if TYPE_CHECKING:
    from rich.console import Console

    from trasiego.scenario import Number, Policy

EXAMPLES_POLICIES = (
    ("trasiego policies", _("All of them, a line each, with their cost")),
    ("trasiego policies guatemala-budget-20", _("One of them: mechanism, cost basis, what it changes")),
    ("trasiego compare guatemala-2011 --policy anti-corruption", _("What one does, run by run")),
)
MILLION = 1e6


@click.command(cls=Page, examples=EXAMPLES_POLICIES, help=_("List the policies, or tell what one changes."))
@click.argument("name", required=False, metavar="[POLICY]", shell_complete=complete_policy)
@json_option
def policies(name: str | None, as_json: bool) -> None:
    """List the shipped policies, or show one (a name or a file)."""
    from trasiego.scenario import read_policy

    shipped = candidates.shipped("policies")
    if name is not None:
        if not name.endswith(".toml"):
            refuse_unknown("policies", _("policy"), name, shipped)
        policy = read_policy(name)
        if as_json:
            write_json(_record(policy))
        else:
            _show(policy, console())
        return
    every = [read_policy(each) for each in shipped]
    if as_json:
        write_json([_record(policy) for policy in every])
        return
    rows = [(policy.name, _millions(policy.cost), policy.title) for policy in every]
    columns = ((_("policy"), "name"), (_("million USD/month"), "right"), _("what it does"))
    console().print(table(columns, rows))
    click.echo(_("\nWhat one changes:   trasiego policies NAME"))
    click.echo(_("Put one on a run:   trasiego run SCENARIO --policy NAME"))
    click.echo(_("What they would do: trasiego compare SCENARIO --policy NAME --policy NAME"))


def _record(policy: Policy) -> dict[str, Any]:
    """Return a policy for programs."""
    cost = policy.cost
    return {
        "name": policy.name,
        "title": policy.title,
        "description": policy.description,
        "mechanism": policy.mechanism,
        "cost_usd_per_month": None
        if cost is None
        else {
            "value": cost.value,
            "low": cost.low,
            "high": cost.high,
            "status": cost.status,
            "claims": cost.claims,
            "basis": cost.derivation or cost.note,
        },
        "claims": policy.claims,
        "start": policy.start or None,
        "changes": policy.changes,
    }


def _millions(cost: Number | None) -> str:
    return "-" if cost is None else figure(cost.value / MILLION)


def _show(policy: Policy, screen: Console) -> None:
    """Print one policy as a page."""
    screen.print(policy.title, style="bold")
    for text in (policy.description, policy.mechanism):
        if text:
            screen.print(f"\n{text}")
    screen.print()
    facts = []
    if policy.cost is not None:
        facts += [
            (_("cost"), _("{sum} USD a month").format(sum=figure(policy.cost.value, 4))),
            (_("range"), _("{span} USD a month").format(span=span(policy.cost.low, policy.cost.high, 4))),
            (_("status"), policy.cost.status),
            (_("basis"), policy.cost.derivation or policy.cost.note),
            (_("cost claims"), ", ".join(policy.cost.claims) or _("none")),
        ]
    facts.append((_("claims"), ", ".join(policy.claims) or _("none")))
    if policy.start:
        facts.append((_("starts"), policy.start))
    screen.print(table((("", "name"), ""), facts))
    columns = ((_("what it changes"), "name"), (_("to"), "name"))
    screen.print(table(columns, [(change.path, change.change) for change in policy.changes], title=" "))
    screen.print(_("\nWhere a number comes from:  trasiego why PATH"))
