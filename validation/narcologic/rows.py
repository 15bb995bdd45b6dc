"""The docking rows: what was published or measured, how close counts, and the verdict on what ours gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from validation.narcologic.choice import kept, salience_values
from validation.narcologic.parameters import Parameters
from validation.narcologic.prices import supply_kg
from validation.narcologic.risk import initial_risk, perceived_risk, risk_ratio

REPRODUCED, DIRECTION, FAILED, OUTSIDE = (
    "reproduced",
    "direction only",
    "not reproduced",
    "not applicable",
)
SOURCE_CODE = "the authors' functions, run by us"
SOURCE_RUN = "the authors' code, run by us on their network (reference.csv)"

RISK_AFTER = {0: 0.129032, 1: 0.193548, 2: 0.258065, 4: 0.387097, 5: 0.451613, 8: 0.645161, 13: 0.967742}
RATIO_AFTER = {5: 1.10305, 13: 5.06503}
FIRST_RISK = 0.0740741
SUPPLY = (
    200.0, 422.553, 890.775, 1869.09, 3884.14, 7914.75, 15524.6, 28442.1, 46860.0, 67510.5, 85258.2,
    97346.7, 104334.6, 107996.5, 109817.2,
)  # fmt: skip
COST, RISK, AMOUNT_KG = (100.0, 200.0, 400.0), (0.129032, 0.258065, 0.516129), 50.0
MARGINS = (2000.0, 5000.0, 9000.0)
SALIENCE = {
    1.0: (82096.8, 175483.75, 197741.95),
    0.5: (88103.463, 137435.745, 123617.034),
    0.35: (90070.4333, 115389.25, 91176.4814),
}
LOW_MARGIN, LOW_VALUES, LOW_KEPT = 300.0, (8965.51945, 2777.77299, -10217.3909), (True, True, False)
PRICE_MEDIAN, PRICE_END = 9579.0, 13912.0
COST_RANGE = (10.0, 3235.0)
DELIVERED = {2: 146.627, 3: 190.021, 6: 182.521, 12: 166.821}
CAPACITIES = (25, 75, 125, 175)
SHARE = (0.0178, 0.0340, 0.0572, 0.0711)
VALUE = (100_146.0, 72_569.0, 66_080.0, 54_500.0)
NODES = (94.3, 121.6, 148.9, 150.6)
ROUTES = (380.3, 443.9, 517.6, 510.1)


@dataclass(frozen=True)
class Outcome:
    """One row of the docking table for one variant of the program.

    `ours` is the median over the networks where there are several, `spread` the least and most of them.
    """

    row: int
    what: str
    level: str
    published: str
    tolerance: str
    source: str
    ours: str
    verdict: str
    why: str = ""
    spread: str = ""


def _texts(values: Sequence[float], form: str) -> str:
    return " ".join(format(value, form) for value in values)


def _exact(
    ours: Sequence[float], published: Sequence[float], relative: float = 0.0, absolute: float = 0.0
) -> str:
    close = np.allclose(ours, published, rtol=relative, atol=absolute)
    return REPRODUCED if close else FAILED


def risk_after(events: int, parameters: Parameters) -> float:
    """Return the perceived risk after so many events, the latest ones of the memory."""
    memory = np.zeros((parameters.memory_months, 1), dtype=bool)
    memory[parameters.memory_months - events :] = True
    return float(perceived_risk(memory, parameters)[0])


def mechanism_rows(parameters: Parameters) -> list[Outcome]:
    """Return rows 1 to 4, 7 and 8: single functions on published inputs, which need no network."""
    risks = [risk_after(events, parameters) for events in RISK_AFTER]
    ratios = [float(risk_ratio(np.array([risk_after(k, parameters)]), parameters)[0]) for k in RATIO_AFTER]
    at_four = float(risk_ratio(np.array([risk_after(4, parameters)]), parameters)[0])
    starts = _exact(ratios, list(RATIO_AFTER.values()), absolute=1e-3)
    first = initial_risk(parameters)
    supply = [supply_kg(12 * year, parameters) for year in range(len(SUPPLY))]
    return [
        Outcome(1, "perceived risk after 0, 1, 2, 4, 5, 8, 13 events in 13 months", "N",
                _texts(list(RISK_AFTER.values()), ".6f"), "1e-6", SOURCE_CODE, _texts(risks, ".6f"),
                _exact(risks, list(RISK_AFTER.values()), absolute=1e-6)),
        Outcome(2, "premium: (risk / base risk)^2 after 5 and 13 events; none after 4", "N",
                _texts(list(RATIO_AFTER.values()), ".5f"), "1e-3", SOURCE_CODE, _texts(ratios, ".5f"),
                starts if at_four < 1.0 else FAILED),
        Outcome(3, "initial risk", "N", f"{FIRST_RISK:.7f}", "1e-6", SOURCE_CODE, f"{first:.7f}",
                _exact([first], [FIRST_RISK], absolute=1e-6)),
        Outcome(4, "supply of years 0 to 14, kg a month", "N", _texts(SUPPLY, ".6g"), "1e-5 relative",
                SOURCE_CODE, _texts(supply, ".6g"), _exact(supply, SUPPLY, relative=1e-5)),
    ] + salience_rows()  # fmt: skip


def salience_of(margin: Sequence[float] | float, delta: float) -> list[float]:
    """Return the values of the three published routes for a margin and a delta."""
    margins = np.broadcast_to(np.asarray(margin, dtype=np.float64), 3)
    return list(salience_values(np.array(COST), np.array(RISK), margins, AMOUNT_KG, delta))


def salience_rows() -> list[Outcome]:
    """Return rows 7 and 8: values of three routes, and which are kept."""
    ours = [value for delta in SALIENCE for value in salience_of(MARGINS, delta)]
    theirs = [value for values in SALIENCE.values() for value in values]
    low = salience_of(LOW_MARGIN, 0.5)
    use = kept(np.array(low), np.array(RISK), np.zeros(3, dtype=np.int64))
    held = _exact(low, LOW_VALUES, relative=1e-6)
    return [
        Outcome(7, "salience values of three routes, delta 1, 0.5 and 0.35", "N", _texts(theirs, ".9g"),
                "1e-6 relative", SOURCE_CODE, _texts(ours, ".9g"), _exact(ours, theirs, relative=1e-6)),
        Outcome(8, "the same with a margin of 300: two kept, the third dropped", "N",
                _texts(LOW_VALUES, ".9g"), "1e-6 relative", SOURCE_CODE, _texts(low, ".9g"),
                held if tuple(use) == LOW_KEPT else FAILED),
    ]  # fmt: skip


def share_verdict(ours: Sequence[float]) -> str:
    """Judge row 10: within 30 percent at each capacity and rising strictly."""
    rising = bool((np.diff(ours) > 0).all())
    close = np.allclose(ours, SHARE, rtol=0.30, atol=0.0)
    return REPRODUCED if rising and close else DIRECTION if rising else FAILED


def value_verdict(ours: Sequence[float]) -> str:
    """Judge row 11: never rising, and the last at most 0.7 of the first."""
    falling = bool((np.diff(ours) <= 0).all())
    return REPRODUCED if falling and ours[-1] <= 0.7 * ours[0] else DIRECTION if falling else FAILED


def nodes_verdict(ours: Sequence[float]) -> str:
    """Judge row 12: each at least 0.97 of the one before."""
    return REPRODUCED if all(b >= 0.97 * a for a, b in zip(ours, ours[1:], strict=False)) else FAILED


def routes_verdict(ours: Sequence[float]) -> str:
    """Judge row 13: third capacity over the first at least 1.2."""
    ratio = ours[2] / ours[0]
    return REPRODUCED if ratio >= 1.2 else DIRECTION if ratio > 1.0 else FAILED
