"""Run the organisation under arrests and the raids in trasiego, print both, and keep them in result.csv."""

from __future__ import annotations

import argparse
from pathlib import Path

from validation.arrest_resilience.experiment import (
    Survival,
    has_diminishing_returns,
    is_falling,
    survival,
    told,
)
from validation.arrest_resilience.full_model import GROUPS, GroupSurvival, group_survival
from validation.arrest_resilience.parameters import KEPT_PROFIT, RETAILERS, THIN_RESERVE
from validation.results import FULL_MODEL, NOT_APPLICABLE, Outcome, keep_outcomes, verdict

RESULT = Path(__file__).parent / "result.csv"
RUNS = 200
GROUP_RUNS = 100
VARIANTS = {
    "profit kept": KEPT_PROFIT,
    "till of 60 days": THIN_RESERVE,
    "till of 30 days": THIN_RESERVE._replace(reserve_days=30.0),
}
MEMBERS_GROWN, DOSES_GROWN, TOLERANCE = 66.0, 1500.0, 0.1


def main(arguments: list[str] | None = None) -> None:
    """Run what the arguments ask for."""
    parser = argparse.ArgumentParser(prog="python -m validation.arrest_resilience", description=__doc__)
    parser.add_argument("--runs", type=int, default=RUNS, help="organisations for each share arrested")
    parser.add_argument(
        "--no-full", action="store_true", help="leave out the runs of trasiego (three minutes)"
    )
    chosen = parser.parse_args(arguments)
    found: list[Outcome] = []
    for name, numbers in VARIANTS.items():
        result = survival(numbers, chosen.runs)
        found.append(resilience(name, result))
        if numbers is KEPT_PROFIT:
            found.append(growth(name, result))
    if not chosen.no_full:
        found += [raided(group_survival(group, GROUP_RUNS)) for group in GROUPS]
        reason = f"{NOT_APPLICABLE}: trasiego has neither retailers nor doses"
        found.append(Outcome(28, FULL_MODEL, "", reason))
    for row in found:
        print(f"{row.row:>3}  {row.variant:<26} {row.verdict:<16} {row.ours}")
    keep_outcomes(RESULT, found)


def resilience(name: str, result: Survival) -> Outcome:
    """Return row 27 for one set of numbers."""
    falling = is_falling(result.alive)
    full = falling and has_diminishing_returns(result.levels, result.alive)
    back = ", ".join(
        f"{months:.0f} at {level:.0%}"
        for level, months in zip(result.levels, result.months_back, strict=True)
        if level > 0.0 and months == months
    )
    note = f"months until half of the survivors are as many as before: {back or 'never'}"
    return Outcome(27, name, told(result.levels, result.alive), verdict(full, falling), note)


def growth(name: str, result: Survival) -> Outcome:
    """Return row 28: members and doses before the arrests; judged numbers were chosen so that it grows."""
    met = abs(result.members / MEMBERS_GROWN - 1.0) <= TOLERANCE
    met = met and abs(result.doses / DOSES_GROWN - 1.0) <= TOLERANCE
    ours = f"{result.members:.1f} members, {result.doses:.0f} doses a day after two years"
    grows = result.members > RETAILERS[0] + 10
    return Outcome(28, name, ours, verdict(met, grows), "judged numbers were chosen for this row; no test")


def raided(result: GroupSurvival) -> Outcome:
    """Return row 27 for a transport network of trasiego."""
    falling = is_falling(result.alive)
    full = falling and has_diminishing_returns(result.levels, result.alive)
    size = ", ".join(
        f"{members:.0f} at {level:.0%}"
        for level, members in zip(result.levels, result.members_at_end, strict=True)
    )
    note = f"{result.members_at_start:.0f} members at first; members after three years: {size}"
    variant = f"{FULL_MODEL}, {result.group}"
    return Outcome(27, variant, told(result.levels, result.alive), verdict(full, falling), note)


if __name__ == "__main__":
    main()
