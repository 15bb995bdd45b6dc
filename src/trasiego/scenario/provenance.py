"""Why a number is what it is, and how much of a scenario rests on evidence: plain data for any front."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trasiego.common.faults import nearest
from trasiego.scenario.fields import registry
from trasiego.scenario.numbers import Number
from trasiego.scenario.scenario import Scenario

if TYPE_CHECKING:
    from trasiego.evidence import Ledger

WEAK_GRADES = ("D", "E", "F")
WEAK_CREDIBILITY = ("4", "5", "6")


def provenance(scenario: Scenario, name: str, ledger: Ledger | None = None) -> dict[str, Any]:
    """Return where the number called `name` comes from, or which names are like it.

    The keys are `asked`; `number`, the record with meaning, file and line, or None; `behind`, the claims,
    sources and contradictions of `trasiego.evidence.backing`, or None; and `similar`, further paths that the
    name may mean. A name that fits one number alone is taken for that number. `ledger` is the shipped one
    when left out.
    """
    from trasiego.evidence import backing

    similar = names_like(scenario, name)
    path = name if name in scenario.numbers else similar[0] if len(similar) == 1 else None
    if path is None:
        return {"asked": name, "number": None, "behind": None, "similar": similar}
    number = scenario.number(path)
    return {
        "asked": name,
        "number": _record(number),
        "behind": backing(number, ledger or _shipped_ledger()).to_dict(),
        "similar": [other for other in similar if other != path],
    }


def names_like(scenario: Scenario, name: str) -> list[str]:
    """Return the paths of the numbers that `name` may mean: those that hold it, else the nearest one.

    Where the words of `name` are whole parts of one path alone, it is that one.
    """
    asked = name.casefold().strip(". ")
    parts = asked.replace(".", " ").split()
    holding = [path for path in scenario.numbers if parts and all(part in path.casefold() for part in parts)]
    exact = [path for path in holding if set(parts) <= set(path.casefold().split("."))]
    if holding:
        return exact if len(exact) == 1 else holding
    ends = {path.rpartition(".")[2]: path for path in reversed(scenario.numbers)}
    close = nearest(asked, scenario.numbers) or ends.get(nearest(asked, ends) or "")
    return [close] if close else []


def coverage(scenario: Scenario, ledger: Ledger | None = None) -> dict[str, Any]:
    """Return how many numbers rest on claims, by status and section, and which rest on little.

    Beside the keys of `trasiego.evidence.Coverage` there are `assumed`, the numbers that rest on no claim,
    and `weak`, those whose best claim comes from a source graded D to F or says what is graded 4 to 6; both
    as records with meaning, file and line.
    """
    from trasiego.evidence import coverage as coverage_of

    ledger = ledger or _shipped_ledger()
    found = coverage_of(scenario.numbers.values(), ledger)
    weak = [
        _record(number)
        for number in scenario.numbers.values()
        if number.claims
        and number.status != "assumed"
        and all(_is_weak(claim, ledger) for claim in number.claims)
    ]
    assumed = [_record(scenario.number(path)) for path in found.paths["assumed"]]
    return {"scenario": scenario.name, "assumed": assumed, "weak": weak, **found.to_dict()}


def _is_weak(claim_id: str, ledger: Ledger) -> bool:
    claim = ledger.claims.get(claim_id)
    return claim is None or claim.grade[:1] in WEAK_GRADES or claim.grade[1:] in WEAK_CREDIBILITY


def _record(number: Number) -> dict[str, Any]:
    row = registry().field(number.path)
    record = {key: getattr(number, key) for key in number.__dataclass_fields__}
    return record | {"claims": list(number.claims), "meaning": row.meaning if row else ""}


def _shipped_ledger() -> Ledger:
    from trasiego.evidence import load_ledger

    return load_ledger()
