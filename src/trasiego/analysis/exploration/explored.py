"""What a sensitivity analysis and a calibration have in common: what was run, and what was found at it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any

from trasiego.analysis.comparison import finite
from trasiego.analysis.exploration.driving import Driving
from trasiego.analysis.exploration.study import PointStudy
from trasiego.world.tables import Floats


@dataclass(frozen=True, kw_only=True)
class Explored:
    """Points of a scenario with `runs` runs each, over `numbers`, and the `figures` measured at them.

    `key` tells the study from others. `drawn` [point, number] has the figures of the numbers as they ran,
    `found` [point, run, figure] what was measured; both are left out of `to_dict`.
    """

    scenario: str
    title: str
    scenario_hash: str
    trasiego_version: str
    key: str
    runs: int
    seed: int
    months: int
    numbers: tuple[str, ...]
    figures: tuple[str, ...]
    driving: Driving
    drawn: Floats = field(repr=False, compare=False)
    found: Floats = field(repr=False, compare=False)

    def to_dict(self) -> dict[str, Any]:
        """Return what JSON can hold, without the figures of the single points and runs."""
        plain: dict[str, Any] = finite(asdict(replace(self, drawn=None, found=None)))  # type: ignore[arg-type]
        del plain["drawn"], plain["found"]
        return plain


def about_study(study: PointStudy) -> dict[str, Any]:
    """Return the fields of `Explored` that say what was run."""
    from trasiego import __version__

    return {
        "scenario": study.scenario.name,
        "title": study.scenario.title,
        "scenario_hash": study.scenario.hash,
        "trasiego_version": __version__,
        "key": study.key,
        "runs": study.runs_each,
        "seed": study.seed,
        "months": study.months,
        "numbers": tuple(number.path for number in study.numbers),
        "figures": tuple(figure.id for figure in study.figures),
    }
