"""The rows of the page's tables: figures, price ladder, corridors, violence, scorecard and claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from trasiego.report.encoding import short

if TYPE_CHECKING:
    from trasiego.analysis import PatternResult, Summary
    from trasiego.analysis.corridors import Corridor
    from trasiego.analysis.estimate import Estimate
    from trasiego.analysis.scorecard import PartResult
    from trasiego.evidence import Claim, Ledger
    from trasiego.scenario import Scenario

HEADLINE_PRICES = ("united-states", "europe")
"""Stages of the ladder that stand among the figures at the top."""


def figure_rows(summary: Summary) -> list[dict[str, Any]]:
    """Return the headline figures (means over the whole run), each with 5, 50 and 95 percent over runs."""
    year = summary.per_year
    figures: list[tuple[str, Estimate | None]] = [
        ("produced", year.produced_t),
        ("delivered", year.delivered_t),
        ("seized", year.seized_t),
        ("seized_share", year.share_seized),
        ("robbed", year.robbed_t),
        *((step.stage, step.price) for step in summary.price_ladder if step.stage in HEADLINE_PRICES),
        ("killings", summary.killings_per_year),
    ]
    return [
        {"name": name, "unit": figure.unit, "value": _three(figure)}
        for name, figure in figures
        if figure is not None
    ]


def ladder_rows(summary: Summary) -> list[dict[str, Any]]:
    """Return the stages of the price ladder (USD/kg), model beside reports, from source to markets."""
    return [
        {
            "title": step.title,
            "price": None if step.price is None else _three(step.price),
            "inside": step.inside,
            "reason": step.reason,
            "reported_low": short(step.reported_low),
            "reported_high": short(step.reported_high),
            "claims": list(step.claims),
        }
        for step in summary.price_ladder
    ]


def corridor_rows(corridors: Iterable[Corridor], countries: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return corridors between countries or places with tonnes a year (5, 50, 95 percent over kept runs)."""
    return [
        {
            "start": countries.get(row.start_name, row.start_name),
            "end": countries.get(row.end_name, row.end_name),
            "modes": list(row.modes),
            "tonnes": _three(row.tonnes_per_year),
            "seized_share": short(row.share_seized),
        }
        for row in corridors
    ]


def violence_rows(summary: Summary) -> list[dict[str, Any]]:
    """Return by country the killings a year that the trade causes and the homicide rate from all causes."""
    return [
        {
            "country": row.country,
            "killings": _three(row.killings_per_year),
            "rate": _three(row.homicides_per_100k),
        }
        for row in summary.violence
    ]


def money_rows(summary: Summary) -> list[dict[str, Any]]:
    """Return by account what it takes, million USD a year, and its part of what consumers pay (0 to 1).

    `part` is "paid", "end" or "within" as in the summary; `share` is None where consumers pay nothing.
    """
    paid = sum(row.usd_per_year.median for row in summary.money if row.part == "paid")
    return [
        {
            "account": row.account,
            "part": row.part,
            "million": _three(row.usd_per_year, 1e6),
            "share": short(row.usd_per_year.median / paid) if paid > 0 else None,
        }
        for row in summary.money
    ]


def scorecard_rows(scorecard: Sequence[PatternResult]) -> list[dict[str, Any]]:
    """Return the patterns with their numbers and results: what fails, then what holds, then what is open."""
    rows = [
        {
            "id": row.id,
            "kind": row.kind,
            "title": row.title,
            "text": row.text,
            "holds": row.holds,
            "distance": short(row.distance),
            "reason": row.reason,
            "scenario": "" if row.scenario == row.measured_in else row.scenario,
            "source": row.source,
            "claims": list(row.claims),
            "parts": [_part_row(part) for part in row.parts],
        }
        for row in scorecard
    ]
    order = {False: 0, True: 1, None: 2}
    return sorted(rows, key=lambda row: (order[row["holds"]], row["id"]))


def _part_row(part: PartResult) -> dict[str, Any]:
    return {
        "name": part.name,
        "low": short(part.low),
        "high": short(part.high),
        "unit": part.unit,
        "value": None
        if part.median is None or part.interval is None
        else [short(part.interval[0]), short(part.median), short(part.interval[1])],
        "holds": part.holds,
        "distance": short(part.distance),
        "reason": part.reason,
    }


def moved_rows(manifest: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the numbers that own claims moved, before and after as [low, value, high], with the claims."""
    return [
        {
            "path": moved["path"],
            "unit": moved["unit"],
            "before": _in_order(moved["before"]),
            "after": _in_order(moved["after"]),
            "claims": list(moved["claims"]),
            "derivation": moved["derivation"],
        }
        for moved in manifest.get("moved", ())
        if moved["before"] != moved["after"]
    ]


def _in_order(figures: Sequence[float | None]) -> list[float | None]:
    """Return (value, low, high) as low, value, high, the value for an end that is missing."""
    value, low, high = figures
    return [short(value if low is None else low), short(value), short(value if high is None else high)]


def evidence_payload(used: Iterable[str], scenario: Scenario | None, ledger: Ledger) -> dict[str, Any]:
    """Return how many numbers of the scenario have which status, and the claims whose ids are in `used`.

    `numbers` is empty where the scenario that ran is not at hand.
    """
    counted = (
        Counter() if scenario is None else Counter(number.status for number in scenario.numbers.values())
    )
    known = [ledger.claims[name] for name in sorted(set(used)) if name in ledger.claims]
    return {"numbers": dict(counted), "claims": [claim_row(claim, ledger) for claim in known]}


def claim_row(claim: Claim, ledger: Ledger) -> dict[str, str]:
    """Return what the page shows of a claim."""
    source = ledger.sources.get(claim.source_id)
    where = ", ".join(part for part in (claim.place, claim.country) if part)
    detail = " · ".join(part for part in (where, claim.period, claim.said_by, claim.standing) if part)
    published = (
        "" if source is None else ", ".join(part for part in (source.publisher, source.date[:4]) if part)
    )
    title = "" if source is None else source.title
    return {
        "id": claim.id,
        "statement": claim.statement,
        "figure": claim.figure_as_stated,
        "detail": detail,
        "source": f"{title} ({published})" if published else title,
        "grade": claim.grade,
    }


def _three(estimate: Estimate, of: float = 1.0) -> list[float | None]:
    """Return the 5, 50 and 95 percent of an estimate, in units of `of`."""
    return [short(value / of) for value in (estimate.low, estimate.median, estimate.high)]
