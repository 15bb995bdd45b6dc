"""What a notebook or script calls to explore the uncertain numbers: which matter, and which fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from trasiego.common.faults import Faults
from trasiego.common.messages import _

if TYPE_CHECKING:
    from threading import Event

    from trasiego.analysis.exploration import Calibration, Sensitivity
    from trasiego.analysis.exploration.figures import Figure
    from trasiego.analysis.exploration.screening import Screening
    from trasiego.analysis.exploration.study import Keeping, PointStudy
    from trasiego.analysis.exploration.waves import Waves
    from trasiego.ensemble.progress import Listener
    from trasiego.evidence import Ledger
    from trasiego.scenario import Scenario

Found = TypeVar("Found")

SENSITIVITY_KEYS = ("method", "count", "numbers", "outcomes", "by")
CALIBRATION_KEYS = ("count", "numbers", "waves")
"""What decides the points of a study besides its scenario, runs, seed and months."""


@dataclass(frozen=True)
class Works:
    """How a study is worked off, which changes no result: threads, who hears of it, what stops it."""

    threads: int | None = None
    progress: Listener | None = None
    cancel: Event | None = None


def sensitivity(
    scenario: str | Path | Scenario = "northern-route",
    method: str = "morris",
    count: int = 10,
    numbers: Sequence[str] = (),
    outcomes: Sequence[str] = (),
    runs: int = 2,
    seed: int = 1,
    months: int | None = None,
    out: str | Path | None = None,
    progress: Listener | None = None,
    *,
    by: str = "number",
    threads: int | None = None,
    cancel: Event | None = None,
    overwrite: bool = False,
    resume: bool = False,
) -> Sensitivity:
    """Rank which numbers of a scenario matter for which outcome, by Morris or Sobol indices.

    `count` are the trajectories of "morris" or the samples of "sobol" (a power of two). `numbers` and
    `outcomes` are names in which "*" stands for anything; without them all numbers that are assumed or
    calibrated, all outcomes and all parts of C patterns. With `by` "table" or "section" the numbers of one
    are varied together. Each point has the same `runs` runs with the same draws. With `out` a folder is
    written, whole or not at all; `resume` goes on with one that was cut short. The same bits for any number
    of `threads`. Raise as `trasiego.run`, and Faults where SALib is not installed.
    """
    from trasiego.analysis.exploration.chosen import chosen_numbers, subjects_of
    from trasiego.analysis.exploration.figures import chosen_figures
    from trasiego.analysis.exploration.folder import SENSITIVITY, write_sensitivity
    from trasiego.analysis.exploration.screening import Screening
    from trasiego.analysis.exploration.sensitivity import sensitivity_of

    _check(method, count, by)
    read = _loaded(scenario)
    screening = Screening(method, subjects_of(chosen_numbers(read, numbers), by), count, seed)
    asked = dict(zip(SENSITIVITY_KEYS, (method, count, list(numbers), list(outcomes), by), strict=True))
    study = _study("sensitivity", read, screening, chosen_figures(outcomes), asked, (runs, seed, months))
    keeping = _keeping(scenario, out, SENSITIVITY, resume, overwrite)
    works = Works(threads, progress, cancel)
    return _kept(study, keeping, works, partial(sensitivity_of, study, screening, by), write_sensitivity)


def calibrate(
    scenario: str | Path | Scenario,
    numbers: Sequence[str],
    count: int = 64,
    waves: int = 3,
    runs: int = 4,
    seed: int = 1,
    months: int | None = None,
    out: str | Path | None = None,
    progress: Listener | None = None,
    *,
    threads: int | None = None,
    cancel: Event | None = None,
    overwrite: bool = False,
    resume: bool = False,
) -> Calibration:
    """Find which figures of some numbers fit the C patterns of a scenario, by history matching in waves.

    `waves` waves of `count` points each (`trasiego.analysis.exploration.waves`), each point with the same
    `runs` runs. `numbers` are names in which "*" stands for anything; those that a policy cannot set as they
    are drawn (budgets, aid, eradication) are left out. No pattern but those marked C is read.
    All else is as in `sensitivity`. Raise as `trasiego.run`, and Faults where the scenario has no C pattern.
    """
    from trasiego.analysis.exploration.calibration import calibration_of, laid_as_drawn, own_figures
    from trasiego.analysis.exploration.chosen import chosen_numbers
    from trasiego.analysis.exploration.folder import CALIBRATION, write_calibration
    from trasiego.analysis.exploration.waves import Waves
    from trasiego.ensemble.parameters import sobol_class

    if not numbers or min(count, waves) < 1:
        raise ValueError("name numbers to calibrate; count and waves are at least 1")
    sobol_class()
    read = _loaded(scenario)
    named, figures = chosen_numbers(read, numbers), own_figures(read, months or read.months)
    design = Waves(laid_as_drawn(read, named), figures, count, waves, seed)
    asked = dict(zip(CALIBRATION_KEYS, (count, list(numbers), waves), strict=True))
    study = _study("calibrate", read, design, figures, asked, (runs, seed, months))
    keeping = _keeping(scenario, out, CALIBRATION, resume, overwrite)
    works = Works(threads, progress, cancel)
    return _kept(study, keeping, works, partial(calibration_of, study, design, named), write_calibration)


def resume_sensitivity(folder: str | Path, **works: Any) -> Sensitivity:
    """Go on with the sensitivity analysis that was to write `folder`; `works` are threads, progress, cancel.

    Raise Faults where none was begun, or where the scenario was loaded in Python.
    """
    return sensitivity(**_begun(folder, "sensitivity", SENSITIVITY_KEYS), **works)


def resume_calibrate(folder: str | Path, **works: Any) -> Calibration:
    """Go on with the calibration that was to write `folder`; all else as in `resume_sensitivity`."""
    return calibrate(**_begun(folder, "calibrate", CALIBRATION_KEYS), **works)


def _begun(folder: str | Path, command: str, keys: Sequence[str]) -> dict[str, Any]:
    """Return the arguments with which the study of a folder began."""
    from trasiego.ensemble import refusals
    from trasiego.ensemble.store import ABOUT, read_about, store_folder

    named = (*keys, "runs", "seed", "months")
    begun = read_about(folder, command, named)
    if begun["scenario"] is None:
        raise Faults(refusals.loaded_scenario(store_folder(folder) / ABOUT))
    return {name: begun[name] for name in (*named, "scenario")} | {"out": folder, "resume": True}


def _check(method: str, count: int, by: str) -> None:
    """Raise ValueError for a method, grouping or count that there is not, Faults without SALib."""
    from trasiego.analysis.exploration.chosen import GROUPINGS
    from trasiego.analysis.exploration.screening import LEAST_BLOCKS, METHODS, SOBOL, salib

    if method not in METHODS or by not in GROUPINGS:
        raise ValueError(f"method is one of {METHODS}, by one of {GROUPINGS}")
    if count < LEAST_BLOCKS or (method == SOBOL and count & (count - 1)):
        raise ValueError(f"count is at least {LEAST_BLOCKS}, and a power of two for Sobol indices")
    salib(method)


def _study(
    command: str,
    scenario: Scenario,
    design: Screening | Waves,
    figures: Sequence[Figure],
    asked: Mapping[str, Any],
    sizes: tuple[int, int, int | None],
) -> PointStudy:
    """Return the study of a design; `sizes` are runs of each point, seed and months."""
    from trasiego.analysis.exploration.study import PointStudy

    runs, seed, months = sizes
    if min(runs, 1 if months is None else months) < 1:
        raise ValueError("runs and months are at least 1")
    figures, months = tuple(figures), months or scenario.months
    return PointStudy(command, scenario, design.numbers, figures, design, asked, runs, seed, months)


def _keeping(
    scenario: str | Path | Scenario, out: str | Path | None, marker: str, resume: bool, overwrite: bool
) -> Keeping:
    """Return where a study is kept, with how its scenario was given, so that it can be loaded again."""
    from trasiego.analysis.exploration.study import Keeping

    source: dict[str, Any] = {"scenario": _source(scenario), "policies": [], "settings": []}
    source["overwrite"] = overwrite
    return Keeping(None if out is None else Path(out), marker, source, resume, overwrite)


def _kept(
    study: PointStudy,
    keeping: Keeping,
    works: Works,
    finish: Callable[[Ledger], Found],
    write: Callable[[Found, Path, bool], None],
) -> Found:
    """Run a study, finish what it found, and write the folder where one is asked for."""
    from trasiego.analysis.exploration.study import completed
    from trasiego.ensemble import Progress
    from trasiego.evidence import load_ledger

    with completed(study, keeping, **vars(works)) as may_replace:
        if works.progress is not None:
            works.progress(Progress("write", _("writing"), 0, 1))
        found = finish(load_ledger())
        if keeping.out is not None:
            write(found, keeping.out, may_replace)
    return found


def _source(scenario: str | Path | Scenario) -> str | None:
    """Return how a scenario was given, so that it can be loaded again; None for a loaded one."""
    if not isinstance(scenario, (str, Path)):
        return None
    return str(Path(scenario).absolute()) if Path(scenario).is_file() else str(scenario)


def _loaded(scenario: str | Path | Scenario) -> Scenario:
    from trasiego.scenario import load_scenario

    return load_scenario(str(scenario)) if isinstance(scenario, (str, Path)) else scenario
