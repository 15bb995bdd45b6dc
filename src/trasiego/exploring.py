"""What a notebook or script calls to explore the uncertain numbers: which matter, and which fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trasiego.common.faults import Faults

if TYPE_CHECKING:
    from threading import Event

    from trasiego.analysis.exploration import Calibration, Sensitivity
    from trasiego.analysis.exploration.study import PointStudy
    from trasiego.ensemble.progress import Listener
    from trasiego.scenario import Scenario

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
    from trasiego.analysis.exploration.chosen import GROUPINGS, chosen_numbers, subjects_of
    from trasiego.analysis.exploration.figures import chosen_figures
    from trasiego.analysis.exploration.folder import SENSITIVITY, write_sensitivity
    from trasiego.analysis.exploration.screening import METHODS, SOBOL, Screening, salib
    from trasiego.analysis.exploration.sensitivity import sensitivity_of
    from trasiego.evidence import load_ledger

    if method not in METHODS or by not in GROUPINGS:
        raise ValueError(f"method is one of {METHODS}, by one of {GROUPINGS}")
    if min(runs, count - 1, 1 if months is None else months) < 1:
        raise ValueError("runs and months are at least 1, count at least 2")
    if method == SOBOL and count & (count - 1):
        raise ValueError("count is a power of two for Sobol indices")
    salib(method)
    read = _loaded(scenario)
    subjects = subjects_of(chosen_numbers(read, numbers), by)
    screening = Screening(method, subjects, count, seed)
    asked = dict(zip(SENSITIVITY_KEYS, (method, count, list(numbers), list(outcomes), by), strict=True))
    chosen = tuple(number for subject in subjects for number in subject.numbers)
    study = _study(
        "sensitivity", read, chosen, chosen_figures(outcomes), screening, asked, runs, seed, months
    )
    found: Sensitivity = _kept(
        study,
        scenario,
        out,
        SENSITIVITY,
        Works(threads, progress, cancel),
        lambda: sensitivity_of(study, screening, by, load_ledger()),
        write_sensitivity,
        resume=resume,
        overwrite=overwrite,
    )
    return found


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
    from trasiego.evidence import load_ledger

    if not numbers or min(runs, count, waves, 1 if months is None else months) < 1:
        raise ValueError("name numbers to calibrate; runs, count, waves and months are at least 1")
    sobol_class()
    read = _loaded(scenario)
    named, figures = chosen_numbers(read, numbers), own_figures(read, months or read.months)
    chosen = laid_as_drawn(read, named)
    design = Waves(chosen, figures, count, waves, seed)
    asked = dict(zip(CALIBRATION_KEYS, (count, list(numbers), waves), strict=True))
    study = _study("calibrate", read, chosen, figures, design, asked, runs, seed, months)
    found: Calibration = _kept(
        study,
        scenario,
        out,
        CALIBRATION,
        Works(threads, progress, cancel),
        lambda: calibration_of(study, design, named, load_ledger()),
        write_calibration,
        resume=resume,
        overwrite=overwrite,
    )
    return found


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


def _study(
    command: str,
    scenario: Scenario,
    numbers: Sequence[Any],
    figures: Sequence[Any],
    design: Any,
    asked: dict[str, Any],
    runs: int,
    seed: int,
    months: int | None,
) -> PointStudy:
    from trasiego.analysis.exploration.study import PointStudy

    return PointStudy(
        command,
        scenario,
        tuple(numbers),
        tuple(figures),
        design,
        asked,
        runs,
        seed,
        months or scenario.months,
    )


def _kept(
    study: PointStudy,
    scenario: str | Path | Scenario,
    out: str | Path | None,
    marker: str,
    works: Works,
    finish: Callable[[], Any],
    write: Callable[[Any, Path, bool], None],
    *,
    resume: bool,
    overwrite: bool,
) -> Any:
    """Run a study, finish what it found, and write the folder where one is asked for."""
    from trasiego.analysis.exploration.study import Keeping, completed
    from trasiego.ensemble import Progress

    target = None if out is None else Path(out)
    source: dict[str, Any] = {"scenario": _source(scenario), "policies": [], "settings": []}
    source["overwrite"] = overwrite
    with completed(study, Keeping(target, marker, source, resume, overwrite), **vars(works)) as may_replace:
        if works.progress is not None:
            works.progress(Progress("write", "", 0, 1))
        found = finish()
        if target is not None:
            write(found, target, may_replace)
    return found


def _source(scenario: str | Path | Scenario) -> str | None:
    """Return how a scenario was given, so that it can be loaded again; None for a loaded one."""
    if not isinstance(scenario, (str, Path)):
        return None
    return str(Path(scenario).absolute()) if Path(scenario).is_file() else str(scenario)


def _loaded(scenario: str | Path | Scenario) -> Scenario:
    from trasiego.scenario import load_scenario

    return load_scenario(str(scenario)) if isinstance(scenario, (str, Path)) else scenario
