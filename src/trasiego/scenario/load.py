"""From a name to a scenario: bases, overlays, cut and checks, in this order."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from trasiego.common.faults import Fault, Faults
from trasiego.common.messages import _
from trasiego.scenario.checks import run_checks
from trasiego.scenario.cut import apply_cut, kept_places
from trasiego.scenario.documents import Document, Spot, locate, read_document
from trasiego.scenario.fields import registry
from trasiego.scenario.numbers import Number
from trasiego.scenario.overlays import apply_overlay
from trasiego.scenario.references import check_references
from trasiego.scenario.scenario import Scenario
from trasiego.scenario.settings import setting_document
from trasiego.scenario.state import State
from trasiego.scenario.values import Given, collect, read_entry

if TYPE_CHECKING:
    from trasiego.scenario.weighing import Moved

COUNTED = {
    "countries": ("own_budget_usd_per_month", "aid_usd_per_month", "aid_disbursement"),
    "zones": ("eradication_ha_per_year",),
}
"""Numbers that work by how far they are from their value at the start: effort by the budget over that of the
file, coca area by the hectares eradicated beyond those of the file."""


def counts_against_file(path: str) -> bool:
    """Whether a number works by how far an overlay takes it from its figure in the scenario file."""
    section, _dot, rest = path.partition(".")
    return rest.rpartition(".")[2] in COUNTED.get(section, ())


def load_scenario(
    name_or_path: str,
    policies: Sequence[str] = (),
    settings: Sequence[str] = (),
    start: str | None = None,
    moved: Sequence[Moved] = (),
) -> Scenario:
    """Return the scenario of a shipped name or a path, with policies and then settings laid over it.

    A policy is a shipped name or a path, a setting "key=value". `start` is the month ("2012-01") from which
    the policies hold that have no start of their own. `moved` are numbers that own claims moved, in the place
    of those of the file, so that policies change them as moved. Raises Faults with everything that is wrong.
    """
    state = assemble(read_chain(locate(name_or_path, "scenarios")), policies, settings, start, moved)
    if state.faults:
        raise Faults(in_order(state))
    return Scenario(
        dict(state.given),
        state.kept,
        state.delayed,
        tuple(policies),
        tuple(settings),
        state.file_numbers,
        state.own_paths,
        moved=tuple(moved),
    )


def validate(path: str | Path, policies: Sequence[str] = (), settings: Sequence[str] = ()) -> list[Fault]:
    """Return all faults of a scenario file (or shipped name) at once, ordered by file and line."""
    try:
        load_scenario(str(path), policies, settings)
    except Faults as error:
        return list(error.faults)
    return []


def in_order(state: State) -> list[Fault]:
    """Return the faults of the scenario file first, each file by line, every fault once."""
    once = dict.fromkeys(state.faults)
    files = list(dict.fromkeys([state.document.name, *(str(fault.file) for fault in once)]))
    return sorted(once, key=lambda fault: (files.index(str(fault.file)), fault.line or 0))


def read_chain(path: Path) -> list[Document]:
    """Return the documents of a scenario and its bases, the deepest base first; raise Faults."""
    chain = [read_document(path)]
    while True:
        document = chain[-1]
        assert document.path is not None
        scenario = document.tree.get("scenario")
        base = scenario.get("base") if isinstance(scenario, dict) else None
        if not isinstance(base, str) or not base:
            return chain[::-1]
        spot = Spot(document, ("scenario", "base"))
        try:
            below = locate(base, "scenarios", beside=document.path.parent)
        except Faults as error:
            fault = error.faults[0]
            raise Faults(
                spot.fault(f"{base}: {fault.found}", fault.allowed, fault.do, fault.nearest)
            ) from error
        if any(below.resolve() == other.path.resolve() for other in chain if other.path is not None):
            raise Faults(
                spot.fault(
                    _("{base}, which comes back to this file").format(base=base),
                    _("bases that end somewhere"),
                    _("name another base or none"),
                )
            )
        chain.append(read_document(below))


def assemble(
    chain: Sequence[Document],
    policies: Sequence[str],
    settings: Sequence[str],
    start: str | None = None,
    moved: Sequence[Moved] = (),
) -> State:
    """Return the scenario of these documents with overlays, cut and checked, all its faults with it."""
    state = State(chain[-1])
    for document in chain:
        _add_document(state, document)
    _move(state, moved)
    before, own = _counted_numbers(state), list(state.given)
    changes: list[tuple[Document, set[str]]] = []
    for policy in policies:
        document = read_document(locate(policy, "policies"))
        changes.append((document, apply_overlay(state, document, start)))
    for setting in settings:
        document = setting_document(setting)
        changes.append((document, apply_overlay(state, document)))
    check_references(state)
    state.kept = kept_places(state)
    emptied = {path for path, given in state.given.items() if given.value == ()}
    apply_cut(state)
    state.delayed = [change for change in state.delayed if change.path in state.given]
    state.file_numbers = {
        path: before[path]
        for path, after in _counted_numbers(state).items()
        if path in before and _otherwise(before[path], after)
    }
    state.own_paths = tuple(path for path in own if state.value(path, Number) is not None)
    _check_required(state)
    run_checks(state)
    faulty = {fault.file for fault in state.faults}
    for document, changed in changes:
        effective = any(path in state.given or path in emptied for path in changed)
        if document.name not in faulty and not effective:
            state.faults.append(_without_effect(document, changed))
    return state


def _move(state: State, moved: Sequence[Moved]) -> None:
    """Put numbers that own claims moved in the place of those that the documents give."""
    ledger = Document(_("own ledger"), None, {}, "")
    for each in moved:
        if each.path in state.given:
            spot = Spot(ledger, tuple(each.path.split(".")))
            state.give(Given(each.path, state.given[each.path].row, each.number(ledger.name), spot))


def _counted_numbers(state: State) -> dict[str, Number]:
    """Return the numbers by path that the model counts against their value at the start."""
    found = {}
    for section, keys in COUNTED.items():
        for name in state.section(section):
            for key in keys:
                number = state.value(f"{section}.{name}.{key}", Number)
                if number is not None:
                    found[number.path] = number
    return found


def _otherwise(before: Number, after: Number) -> bool:
    """Whether an overlay gave a number another figure, or the same one where runs would draw others."""
    fixed = after.low == after.high is not None and before.low != before.high
    return before.value != after.value or fixed


def _add_document(state: State, document: Document) -> None:
    """Lay a scenario document over its bases: each field that it writes replaces the one below."""
    entries, faults = collect(document)
    state.faults += faults
    if "policy" in document.tree:
        state.faults.append(
            Spot(document, ("policy",)).fault(
                _("section policy in a scenario"),
                _("policy in files given by --policy"),
                _("move these changes to a policy file"),
            )
        )
    for entry in entries:
        if entry.row.section == "policy":
            continue
        given, faults = read_entry(entry)
        state.faults += faults
        if given is not None:
            state.give(given)
        else:
            state.spoil(entry.path, entry.spot)


def _check_required(state: State) -> None:
    """Add a fault for each required field that is neither given nor there but broken."""
    for section, rows in registry().sections.items():
        required = [row for row in rows.values() if row.required]
        by_id = section in registry().by_id
        tables = [f"{section}.{name}" for name in state.section(section)] if by_id else [section]
        for table in tables:
            paths = [f"{table}.{row.key}" for row in required]
            missing = [
                row
                for row, path in zip(required, paths, strict=True)
                if path not in state.given and path not in state.broken
            ]
            if missing:
                state.faults.append(
                    state.spot(table).fault(
                        _("no {keys}").format(keys=", ".join(row.key for row in missing)),
                        "; ".join(f"{row.key}: {row.meaning}" for row in missing[:3]),
                        _("add what is missing"),
                    )
                )


def _without_effect(document: Document, changed: set[str]) -> Fault:
    found = _("nothing that changes this scenario")
    if changed:
        found = _("changes only outside the cut: {paths}").format(paths=", ".join(sorted(changed)[:3]))
    return Fault(
        document.name,
        None,
        None,
        found,
        _("at least one field of the scenario"),
        None,
        _("leave it out, or use it with another scenario"),
    )
