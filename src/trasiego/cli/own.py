"""What `trasiego ledger` needs besides: checks of what was typed, tables, the table that is exported."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from trasiego.cli.shown import figure, span, table
from trasiego.cli.usage import option_fault
from trasiego.common.faults import Fault, Faults, nearest
from trasiego.common.messages import _

if TYPE_CHECKING:
    from rich.table import Table

    from trasiego.evidence import Claim, Ledger
    from trasiego.evidence.own.proposals import Proposal
    from trasiego.reading.candidate import Candidate
    from trasiego.scenario import Field, Number


def check_known(command: str, kind: str, names: Collection[str], known: Collection[str]) -> None:
    """Raise Faults for names that the ledger does not have."""
    faults = [
        option_fault(
            f"trasiego ledger {command}",
            found=name,
            allowed=_("the id of a {kind}").format(kind=kind),
            close=nearest(name, known),
            do=_("trasiego ledger list and trasiego ledger sources show the ids"),
        )
        for name in names
        if name not in known
    ]
    if faults:
        raise Faults(faults)


def number_field(path: str, place: str) -> Field:
    """Return the field of the number at a path; raise Faults, said to be found at `place`, for another."""
    from trasiego.cli.candidates import MAIN_SCENARIO, number_paths
    from trasiego.scenario.fields import registry

    row = registry().field(path)
    if row is not None and row.type == "number":
        return row
    do = _("trasiego coverage lists the numbers of a scenario")
    close = nearest(path, number_paths(MAIN_SCENARIO))
    raise Faults(option_fault(place, path or _("nothing"), _("the path of a number"), do, close=close))


def check_speaks(candidate: Candidate, row: Field) -> None:
    """Raise Faults for a claim without a figure in the dimension of the number."""
    from trasiego.common.units import UNITS

    unit = UNITS.get(candidate.unit)
    has_figure = any(each is not None for each in (candidate.value, candidate.low, candidate.high))
    if candidate.kind == "quantity" and has_figure and unit and unit.dimension == UNITS[row.unit].dimension:
        return
    found = _("{kind} in {unit}").format(kind=candidate.kind, unit=candidate.unit or "-")
    allowed = _("a quantity in {unit} or a unit that converts to it").format(unit=row.unit or "1")
    do = _("link another claim, or correct its unit in review")
    raise Faults(Fault(None, None, "trasiego ledger link", found, allowed, None, do))


def proposals_table(proposed: Sequence[Proposal], whole: Ledger, numbers: Mapping[str, Number]) -> Table:
    """Return proposed links as a table: the claim, the number as it is, and the claim that it is like."""
    rows = []
    for each in proposed:
        number = numbers[each.number]
        now = f"{each.number} = {figure(number.value)}"
        if number.low is not None:
            now += f" ({span(number.low, number.high)})"
        rows += [(each.claim, whole.claims[each.claim].statement)]
        rows += [("", now), ("", _("as {claim}, which it cites").format(claim=each.like))]
    columns = ((_("claim"), "name"), _("says, and may speak to"))
    return table(columns, rows, title=_("Proposed"))


def write_csv(own: Sequence[Claim], whole: Ledger, file: Path) -> None:
    """Write claims as a table, whole or not at all."""
    beside = file.with_name(f".{file.name}.partial")
    from trasiego.evidence import Claim

    names = [name for name in Claim.__dataclass_fields__ if name not in ("details", "file", "line")]
    with open(beside, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow([*names, "publisher", "title", "date"])
        for claim in own:
            source = whole.source_of(claim)
            record = claim.to_dict()
            cells = ["" if record[name] is None else record[name] for name in names]
            writer.writerow([*cells, source.publisher, source.title, source.date])
    beside.replace(file)
