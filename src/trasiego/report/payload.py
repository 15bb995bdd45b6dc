"""The payload of the page: everything that it shows, as plain JSON data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from trasiego.report.events import event_rows, names_by_id
from trasiego.report.flows import (
    flows_payload,
    links_payload,
    moving_links,
    place_price_payload,
    places_payload,
)
from trasiego.report.groups import group_rows
from trasiego.report.rows import (
    corridor_rows,
    evidence_payload,
    figure_rows,
    ladder_rows,
    money_rows,
    moved_rows,
    scorecard_rows,
    violence_rows,
)
from trasiego.report.series import kinds_payload, series_payload

if TYPE_CHECKING:
    from trasiego.analysis import PatternResult, Summary
    from trasiego.evidence import Ledger
    from trasiego.results import Result
    from trasiego.scenario import Scenario


def build_payload(
    result: Result,
    scorecard: Sequence[PatternResult],
    summary: Summary,
    ledger: Ledger,
    texts: Mapping[str, str],
    scenario: Scenario | None = None,
) -> dict[str, Any]:
    """Return the payload of the page for a result.

    `texts` are the page's words (for the lines that are put together here). `scenario` is the one that the
    manifest names, or None where it is not at hand: the standing of groups comes from it, and, as long as its
    hash is that of the result, how many numbers rest on claims.
    """
    from trasiego.world.geography import load_geography, load_outlines

    dataset, manifest = result.dataset, result.manifest
    months = [str(month)[:7] for month in dataset["month"].values.astype("datetime64[M]")]
    moving = moving_links(dataset)
    countries = dict(load_geography().countries)
    same = scenario if scenario is not None and scenario.hash == manifest["scenario_hash"] else None
    return {
        "language": texts["language"],
        "title": manifest["scenario_title"],
        "runs": manifest["runs"],
        "months": months,
        "run_line": run_line(manifest, months, texts),
        "warnings": warnings(result, texts),
        "facts": run_facts(result, summary, texts),
        "licences": licence_lines(manifest, texts),
        "countries": countries,
        "outlines": load_outlines(),
        "places": places_payload(moving),
        "links": links_payload(moving),
        "flows": flows_payload(moving),
        "place_price": place_price_payload(dataset),
        "series": series_payload(dataset),
        "kinds": kinds_payload(dataset),
        "figures": figure_rows(summary),
        "events": event_rows(manifest, months, names_by_id(dataset, countries)),
        "ladder": ladder_rows(summary),
        "country_corridors": corridor_rows(summary.country_corridors, countries),
        "place_corridors": corridor_rows(summary.place_corridors, {}),
        "violence": violence_rows(summary),
        "money": money_rows(summary),
        "groups": group_rows(dataset, scenario),
        "scorecard": scorecard_rows(scorecard),
        "moved": moved_rows(manifest),
        "evidence": evidence_payload(used_claims(manifest, scorecard, summary), same, ledger),
    }


def used_claims(
    manifest: Mapping[str, Any], scorecard: Sequence[PatternResult], summary: Summary
) -> set[str]:
    """Return the ids of all claims that the page points to: of scenario, events, prices and patterns."""
    used = set(manifest["claims"])
    used.update(*(moved["claims"] for moved in manifest.get("moved", ())))
    used.update(*(event["claims"] for event in manifest["events"]))
    used.update(*(step.claims for step in summary.price_ladder))
    used.update(*(row.claims for row in scorecard))
    return used


def run_line(manifest: Mapping[str, Any], months: Sequence[str], texts: Mapping[str, str]) -> str:
    """Return the line under the title: span, runs, seed, policies and settings."""
    runs = int(manifest["runs"])
    policies = list(manifest["policies"])
    parts = [
        texts["months_span"].format(first=months[0], last=months[-1]),
        texts["runs_one"] if runs == 1 else texts["runs_many"].format(runs=runs),
        texts["seed"].format(seed=manifest["seed"]),
        texts["policies"].format(names=", ".join(policies)) if policies else texts["no_policies"],
    ]
    if manifest["settings"]:
        parts.append(texts["settings"].format(names=", ".join(manifest["settings"])))
    return " · ".join(parts)


def run_facts(result: Result, summary: Summary, texts: Mapping[str, str]) -> list[list[str]]:
    """Return what identifies the run, and how well it closes, as pairs of name and value."""
    manifest, none = result.manifest, texts["fact_none"]
    versions = (
        f"trasiego {manifest['trasiego_version']}",
        f"Python {manifest['python_version']}",
        f"NumPy {manifest['numpy_version']}",
        f"Numba {manifest['numba_version']}",
    )
    return [
        [texts["fact_scenario"], f"{manifest['scenario_name']} ({manifest['scenario_hash'][:12]})"],
        [texts["fact_runs"], f"{manifest['runs']}, {texts['seed'].format(seed=manifest['seed'])}"],
        [texts["fact_policies"], ", ".join(manifest["policies"]) or none],
        [texts["fact_settings"], ", ".join(manifest["settings"]) or none],
        [texts["fact_started"], f"{manifest['started'][:16].replace('T', ' ')}, {manifest['seconds']:.1f} s"],
        [texts["fact_complete"], texts["yes" if manifest["complete"] else "no"]],
        [texts["fact_mass"], f"{summary.balances.mass:.1e}"],
        [texts["fact_money"], f"{summary.balances.money:.1e}"],
        [texts["fact_versions"], ", ".join(versions)],
    ]


def warnings(result: Result, texts: Mapping[str, str]) -> list[str]:
    """Return what a reader must know before trusting a figure: a run cut short, a table that was full."""
    found = [] if result.manifest["complete"] else [texts["warning_incomplete"]]
    full = result.dataset["full_table"].max("month").values  # counted up over the months of a run
    if full.max() > 0:
        touched = int((full > 0).sum())
        found.append(texts["warning_full"].format(number=int(full.sum()), touched=touched, runs=full.size))
    return found


def licence_lines(manifest: Mapping[str, Any], texts: Mapping[str, str]) -> list[str]:
    """Return the attribution of everything of others that the page holds, and the program's own licence."""
    from trasiego.report.page import vendor_versions

    return [
        texts["licence_outlines"],
        texts["licence_places"],
        texts["licence_code"].format(**vendor_versions()),
        texts["licence_program"].format(version=manifest["trasiego_version"]),
    ]
