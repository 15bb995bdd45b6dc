"""The scripted events of a scenario, and what became of the claim of an event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from trasiego.cli.shown import console, figure, table, write_json
from trasiego.common.messages import _

if TYPE_CHECKING:
    from trasiego.scenario import Scenario


def print_events(name: str, as_json: bool) -> None:
    """Print the events of a scenario by date, with their claims."""
    from trasiego.scenario import load_scenario

    found = event_records(load_scenario(name))
    if as_json:
        write_json(found)
        return
    if found:
        rows = [
            (row["date"], f"{row['kind'].replace('_', ' ')}: {_target(row)}", row["text"], _claims(row))
            for row in found
        ]
        columns = ((_("month"), "name"), _("event"), _("what was reported"), _("claims"))
        console().print(table(columns, rows))
    count = _("\n{count} events; a claim in full:  trasiego evidence show CLAIM")
    click.echo(count.format(count=len(found)))


def event_records(scenario: Scenario) -> list[dict[str, Any]]:
    """Return the events of a scenario by date; fields that an event does not have are left out.

    `size` and `seized_kg` are records of their numbers with range, status and claims.
    """
    tree = scenario.tree.get("events", {})
    records = [{"id": name, **event} for name, event in tree.items()]
    return sorted(records, key=lambda record: str(record["date"]))


def _target(row: dict[str, Any]) -> str:
    """Return the target with what happens to it: who acts, the choice, the size, the kilograms."""
    parts = [str(row[key]) for key in ("by", "choice") if key in row]
    if "size" in row:
        parts.append(figure(row["size"]["value"]))
    if "seized_kg" in row:
        parts.append(f"{figure(row['seized_kg']['value'])} kg")
    return f"{row['target']} ({', '.join(parts)})" if parts else str(row["target"])


def _claims(row: dict[str, Any]) -> str:
    return ", ".join(row.get("claims", ()))


def replayed_as(claim_id: str) -> str:
    """Return in one line what became of the claim of an event; empty for a claim that the table lacks."""
    from trasiego.scenario.replay import REPLAYED, load_replay, reasons

    found = load_replay().get(claim_id)
    if found is None:
        return ""
    if found.scripted:
        said = _("{scenario}: {names}").format(scenario=REPLAYED, names=", ".join(found.scripted))
    else:
        said = _("not scripted: {reason}").format(reason=reasons()[found.reason])
    return f"{said}. {found.note}" if found.note else said
