"""Writes a scorecard into the README, between its markers.

trasiego check --all --markdown | python tools/write_scorecard.py

The table has to be one with the paired runs: without them some patterns would stand there as not measured.
"""

import sys
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"
START, END = "<!-- scorecard -->\n", "<!-- /scorecard -->"
WITHOUT_ARMS = "it needs paired runs"


def main() -> None:
    """Replace what stands between the markers with standard input."""
    table = sys.stdin.read().strip()
    if not table.startswith("| pattern |"):
        raise SystemExit("standard input is no scorecard: use trasiego check --all --markdown")
    if WITHOUT_ARMS in table:
        raise SystemExit("the scorecard lacks its paired runs: use --all, without --no-arms")
    before, _start, rest = README.read_text("utf-8").partition(START)
    _old, _end, after = rest.partition(END)
    README.write_text(f"{before}{START}{table}\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
