"""The document of the screen, made from its rows alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sensitivity.ranking import CLEAR, MEDIANS, Screened, in_band, screen, shift
from sensitivity.rows import Row
from trasiego.analysis.words import band_text, number_text

RUNNERS_UP = 3

HEAD = f"""# Which assumed number each V pattern depends on most

Written by `tools/v_sensitivity.py` from [v-pattern-sensitivity.csv](v-pattern-sensitivity.csv); do not edit
by hand.

Each number with status `assumed` of the mechanisms and of the kinds of group was set to the low and to the
high end of its range, one at a time, all else as it is, with the same seeds; then each V pattern was measured
in its own scenario, with its arms. What is shown is the part of the pattern that decides: the one farthest
from its band. A number's *shift* is the larger of the two moves of that part's median, over the width of the
band or, where the band is open at one end, over its edge; for prices both are ratios in logs. At 1 the number
moves the part by a whole band, or by its edge. A dash stands for what could not be measured: the measure has
no answer there, or the scenario's own checks refuse the number (probabilities that sum above 1).

**This is a screen, not a sensitivity analysis.** One number at a time shows nothing of what two do together,
says nothing between the ends of a range, depends on where all others stand, and rests on few runs. Ranges of
assumed numbers are judged themselves: a wide one makes a number look important. Numbers that were measured,
derived or calibrated, those of places, countries and single groups, and the switches were not varied. A
variance-based analysis (Sobol indices) is to come and will replace this.

*Chance* is the range of the same median over six seeds with nothing changed, in the same measure. Any change
sends the runs another way, so the largest of some 240 shifts is large by chance alone: a shift is called
clear only where it is more than {CLEAR:g} times that range. Where it is not, the number named may be no more
important than the others. Six seeds say little about the tails of chance: for a quotient of two small numbers
over few runs "clear" is to be read with doubt. Medians over so few runs can also lie on another side of an
edge than those of the scorecard, which has more.

Nothing was tuned with this table, and nothing may be: see [v-pattern-log.md](v-pattern-log.md).
"""


def document(rows: Sequence[Row], patterns: Iterable[str] = ()) -> str:
    """Return the document; `patterns` are the ids that should be in it, those without a row are named."""
    found = screen(rows)
    missing = sorted(set(patterns) - {each.pattern for each in found})
    sections = [
        HEAD,
        "## What was run\n\n" + _setups(rows, found) + _missing(missing) + _unfinished(found),
        "## The number that moves each pattern most\n\n" + _most_table(found),
        "## Runners-up\n\n" + _runners_up_table(found),
    ]
    return "\n".join(sections)


def _setups(rows: Sequence[Row], found: Sequence[Screened]) -> str:
    head = ("scenario", "state (hash)", "months", "runs", "first seed", "patterns: numbers varied")
    table = []
    for name in sorted({row.scenario for row in rows}):
        for setup in sorted({row.setup for row in rows if row.scenario == name}):
            own = [each for each in found if each.most.scenario == name and each.most.setup == setup]
            if own:
                state, runs, seed, months = setup
                varied = ", ".join(f"{each.pattern}: {len(each.ranked)}" for each in own)
                table.append((name, f"`{state}`", str(months), str(runs), str(seed), varied))
    return _table(head, table)


def _missing(names: Sequence[str]) -> str:
    return f"\nNot screened so far: {', '.join(names)}.\n" if names else ""


def _unfinished(found: Sequence[Screened]) -> str:
    """Return which patterns have fewer numbers than the one with most, "" where none has."""
    most = max((len(each.ranked) for each in found), default=0)
    short = [f"{each.pattern} ({len(each.ranked)})" for each in found if len(each.ranked) < most]
    return f"\nOf {most} numbers only part so far: {', '.join(short)}.\n" if short else ""


def _most_table(found: Sequence[Screened]) -> str:
    head = (
        "pattern",
        "part that decides",
        "band",
        "number",
        "low / as it is / high",
        "median there",
        "part holds",
        "pattern holds",
        "shift",
        "chance",
        "clear",
    )
    most = max((len(each.ranked) for each in found), default=0)
    return _table(head, [_most_row(each, most) for each in found])


def _most_row(each: Screened, most: int) -> tuple[str, ...]:
    """Return the row of a pattern, which says where it had fewer than `most` numbers."""
    row, count = each.most, len(each.ranked)
    name = each.pattern if count == most else f"{each.pattern} (of {count} numbers)"
    part = (name, row.part, band_text(row.low, row.high, row.unit))
    if shift(row) == 0:
        return (
            *part,
            "none moves it",
            "–",
            number_text(row.as_it_is),
            _word(in_band(row, row.as_it_is)),
            *(("–",) * 4),
        )
    ends = [getattr(row, which) for which in MEDIANS]
    return (
        *part,
        f"`{row.number}`",
        _range(row),
        " / ".join(number_text(end) for end in ends),
        _verdicts([in_band(row, end) for end in ends]),
        _verdicts(each.holds),
        number_text(shift(row)),
        number_text(each.noise),
        _word(each.is_clear(row)),
    )


def _runners_up_table(found: Sequence[Screened]) -> str:
    head = ("pattern", *(f"number {place}" for place in range(2, 2 + RUNNERS_UP)))
    table = []
    for each in found:
        cells = [_runner_up(each, row) for row in each.ranked[1 : 1 + RUNNERS_UP] if shift(row) > 0]
        cells += ["–"] * (RUNNERS_UP - len(cells))
        table.append((each.pattern, *cells))
    text = "Each with its range, the medians at low / as it is / high, and its shift; a star: clear."
    return f"{text}\n\n{_table(head, table)}"


def _runner_up(each: Screened, row: Row) -> str:
    medians = " / ".join(number_text(getattr(row, which)) for which in MEDIANS)
    star = " \\*" if each.is_clear(row) else ""
    return f"`{row.number}` ({_range(row)}): {medians}; {number_text(shift(row))}{star}"


def _range(row: Row) -> str:
    return " / ".join(map(number_text, (row.number_low, row.number_value, row.number_high)))


def _verdicts(found: Sequence[bool | None]) -> str:
    """Return three verdicts as one word where they agree; a flip in bold."""
    words = [_word(each) for each in found]
    return words[0] if len(set(words)) == 1 else f"**{' / '.join(words)}**"


def _word(found: bool | None) -> str:
    return {True: "yes", False: "no", None: "–"}[found]


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)
