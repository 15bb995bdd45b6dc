"""Print the docking table: what was published, what our reference programs give, what trasiego gives."""

from __future__ import annotations

import argparse
from collections import Counter

from validation.results import FULL_MODEL, VERDICTS, Outcome
from validation.table.docking import load_rows, not_from_results, results_by_row, scorecard


def main(arguments: list[str] | None = None) -> None:
    """Print the rows that the arguments ask for."""
    parser = argparse.ArgumentParser(prog="python -m validation.table", description=__doc__)
    parser.add_argument("rows", nargs="*", type=int, help="ids of the rows to print; all when left out")
    parser.add_argument("--notes", action="store_true", help="add tolerances, sources and notes")
    chosen = parser.parse_args(arguments)
    rows = load_rows()
    unknown = sorted(set(chosen.rows) - {row.id for row in rows})
    if unknown:
        parser.error(f"no row {unknown[0]}; the table has 1 to {len(rows)}")
    found, missing = results_by_row()
    card = scorecard()
    counts: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for row in rows:
        if chosen.rows and row.id not in chosen.rows:
            continue
        outcomes = found.get(row.id, [])
        print(f"{row.id:>2}  {row.model} [{row.level}]\n    {row.quantity}: {row.published}")
        if chosen.notes:
            print(f"    tolerance {row.tolerance}; {row.source}")
        rest = not_from_results(row, outcomes, missing, card)
        for full in (False, True):
            for outcome in outcomes:
                if outcome.of_full_model == full:
                    _print_outcome(outcome, chosen.notes)
                    counts[full][_kind(outcome)] += 1
            for who, what in rest:
                if (who == FULL_MODEL) == full:
                    print(f"      {who:<24} {what}")
    for full, name in ((False, "reference programs"), (True, "full model")):
        told = ", ".join(f"{counts[full][verdict]} {verdict}" for verdict in VERDICTS)
        print(f"{name}: {told} (rows times variants)")


def _print_outcome(outcome: Outcome, notes: bool) -> None:
    print(f"      {outcome.variant:<24} {outcome.verdict}{': ' if outcome.ours else ''}{outcome.ours}")
    if notes and outcome.note:
        print(f"      {'':<24} {outcome.note}")


def _kind(outcome: Outcome) -> str:
    return next(verdict for verdict in VERDICTS if outcome.verdict.startswith(verdict))


if __name__ == "__main__":
    main()
