"""Measure the speed of the model: each figure beside its target, a missed one as missed."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from importlib import import_module

from benchmarks.figures import Figure, markdown_table, store, text_table

CHOICES = {
    "steps": "one run by step; for each month, offer and principal (1 min)",
    "start": "first start with everything compiled, and later starts (1 min)",
    "scaling": "places, links, principals, groups, runs, threads (2 min)",
    "memory": "peak memory and results folder of 20, 100 and 1,000 runs (8 min)",
    "synthetic": "made-up worlds of 1,000 to 50,000 links (3 min)",
    "narcologic": "a world of NarcoLogic's size against its published times (1 min)",
    "agreement": "whether the Mesa reference and the model agree (5 min; needs the extra `bench`)",
    "mesa": "the model against the Mesa reference (5 min; needs the extra `bench`)",
    "reading": "reports read in a second, time until the first, memory (1 min; needs the extra `read`)",
    "twins": "the two hot steps against their plain twins (1 min)",
    "floor": "the two hot steps against the same arithmetic in C (1 min; needs cc)",
}
MODULES = {"mesa": "against_mesa"}


def main(arguments: list[str] | None = None) -> int:
    """Run the chosen benchmarks one after the other and print what they found."""
    told = "\n".join(f"  {name:<12} {text}" for name, text in CHOICES.items())
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=f"{__doc__}\n\nbenchmarks:\n{told}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("names", nargs="*", metavar="BENCHMARK", help="which to run; all when left out")
    parser.add_argument("--quick", action="store_true", help="short runs that only show that it works")
    parser.add_argument(
        "--write", action="store_true", help="put the figures into results.csv and the README"
    )
    shown = parser.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true", help="print the figures as JSON")
    shown.add_argument("--markdown", action="store_true", help="print the figures as a table of a document")
    chosen = parser.parse_args(arguments)
    for name in chosen.names:
        if name not in CHOICES:
            parser.error(f"no benchmark {name}; there are {', '.join(CHOICES)}")
    if chosen.write and chosen.quick:
        parser.error("--quick figures are not written: leave --quick or --write out")
    figures = []
    for name in chosen.names or CHOICES:
        print(f"measuring {name} ...", file=sys.stderr)
        found = _measure(name)(chosen.quick)
        if chosen.write and found:
            store(found, list(CHOICES))
        figures += found
    if chosen.json:
        print(json.dumps([figure.record() for figure in figures], indent=2))
    else:
        print(markdown_table(figures) if chosen.markdown else text_table(figures))
    return 0


def _measure(name: str) -> Callable[[bool], list[Figure]]:
    module = import_module(f"benchmarks.{MODULES.get(name, name)}")
    measure: Callable[[bool], list[Figure]] = module.measure
    return measure


if __name__ == "__main__":
    sys.exit(main())
