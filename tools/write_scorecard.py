"""Writes a scorecard into the README, between its markers.

trasiego check --all --markdown | python tools/write_scorecard.py
"""

import sys
from pathlib import Path

README = Path(__file__).parents[1] / "README.md"
START, END = "<!-- scorecard -->\n", "<!-- /scorecard -->"


def main() -> None:
    """Replace what stands between the markers with standard input."""
    table = sys.stdin.read().strip()
    if not table.startswith("| pattern |"):
        raise SystemExit("standard input is no scorecard: use trasiego check --all --markdown")
    before, _start, rest = README.read_text("utf-8").partition(START)
    _old, _end, after = rest.partition(END)
    README.write_text(f"{before}{START}{table}\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
