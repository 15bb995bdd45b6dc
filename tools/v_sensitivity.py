"""Screens which assumed number each V pattern depends on most, and writes docs/v-pattern-sensitivity.md.

    python tools/v_sensitivity.py                                       all scenarios, 4 runs each
    python tools/v_sensitivity.py --scenario vrae-2010 --runs 2 --months 24
    python tools/v_sensitivity.py --numbers 'violence.*' --pattern kingpin-violence
    python tools/v_sensitivity.py --document                            only the document, from the CSV

Every number with status "assumed" of the mechanisms and kinds of group is set to the low and to the high end
of its range, one at a time, all else as it is, with the same seeds. The V patterns of the scenario are
measured each time, under their arms. The rows of a number go into docs/v-pattern-sensitivity.csv as soon as
it is done; a second call goes on where the first was cut off. Rows of another state of the scenario, or of
other runs, seed or months, are made anew.

Nothing here may be used to tune a number to a V pattern: see docs/v-pattern-log.md.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]  # the package beside this script

from sensitivity.document import document  # noqa: E402
from sensitivity.rows import SEEDS, append_rows, read_rows, write_rows  # noqa: E402
from sensitivity.runs import Assumed, Setup, as_it_is, assumed_numbers, patterns_of, vary  # noqa: E402

from trasiego.analysis import load_patterns  # noqa: E402
from trasiego.common.faults import Faults  # noqa: E402
from trasiego.scenario import Scenario, load_scenario  # noqa: E402

TABLE = ROOT / "docs" / "v-pattern-sensitivity.csv"
DEFAULT_RUNS = 4
DEFAULT_WORKERS = 2


def main() -> int:
    """Run what is missing and write the document; return the exit code."""
    options = _options()
    scenarios = options.scenario or list(dict.fromkeys(each.scenario for each in load_patterns(("V",))))
    try:
        if not options.document:
            for name in scenarios:
                screen_scenario(name, options)
        rows = read_rows(options.out)
    except (Faults, ValueError) as error:
        print(error, file=sys.stderr)
        return 2
    write_rows(options.out, rows)
    target = options.out.with_suffix(".md")
    target.write_text(document(rows, [each.id for each in load_patterns(("V",))]), "utf-8")
    print(f"wrote {target}")
    return 0


def screen_scenario(name: str, options: argparse.Namespace) -> None:
    """Run all numbers of one scenario that are not in the table, and add their rows as they come."""
    scenario = load_scenario(name)
    patterns = tuple(pattern.id for pattern in patterns_of(name, options.pattern))
    months = min(options.months or scenario.months, scenario.months)
    setup = Setup(name, options.runs, options.seed, months, patterns)
    if not patterns:
        return
    missing = _missing(setup, scenario, options)
    if not missing:
        print(f"{name}: nothing to do")
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(options.workers, mp_context=context) as pool:
        before = pool.submit(as_it_is, setup).result()
        waiting = {pool.submit(vary, setup, number, before): number for number in missing}
        for done, future in enumerate(as_completed(waiting), start=1):
            rows, refused = future.result()
            append_rows(options.out, rows)
            print(f"{name} {done}/{len(waiting)} {waiting[future].path}", *refused, sep="; ", flush=True)


def _missing(setup: Setup, scenario: Scenario, options: argparse.Namespace) -> list[Assumed]:
    """Return the numbers that the table lacks for one pattern or more; rows of another setup leave it."""
    wanted = (scenario.hash[:12], setup.runs, setup.seed, setup.months)
    rows = [
        row
        for row in read_rows(options.out)
        if row.pattern not in setup.patterns or (row.scenario == setup.scenario and row.setup == wanted)
    ]
    write_rows(options.out, rows)
    there = {(row.pattern, row.number) for row in rows}
    seeds = Assumed(SEEDS, float(setup.seed), float(setup.seed), float(setup.seed))
    return [
        number
        for number in (seeds, *assumed_numbers(scenario, options.numbers))
        if any((pattern, number.path) not in there for pattern in setup.patterns)
    ]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Screen which assumed number each V pattern depends on most."
    )
    parser.add_argument("--scenario", action="append", help="only this one; may be given several times")
    parser.add_argument("--pattern", default="*", help="only V patterns whose id fits, such as 'vrae-*'")
    parser.add_argument("--numbers", default="*", help="only numbers whose path fits, such as 'violence.*'")
    parser.add_argument("--runs", type=int, default=DEFAULT_RUNS, help="runs of each set-up (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="first seed (%(default)s)")
    parser.add_argument("--months", type=int, help="fewer months than the scenario has, for a try")
    parser.add_argument("--workers", type=int, default=DEFAULT_WORKERS, help="processes (%(default)s)")
    parser.add_argument("--out", type=Path, default=TABLE, help="the CSV; the document goes beside it")
    parser.add_argument("--document", action="store_true", help="run nothing, write the document only")
    options = parser.parse_args()
    known = {each.scenario for each in load_patterns(("V",))}
    if unknown := set(options.scenario or ()) - known:
        parser.error(
            f"no V pattern in {', '.join(sorted(unknown))}; there are some in {', '.join(sorted(known))}"
        )
    if min(options.runs, options.workers, options.months or 1) < 1:
        parser.error("runs, workers and months are at least 1")
    return options


if __name__ == "__main__":
    sys.exit(main())
