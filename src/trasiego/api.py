"""What a notebook or script calls: run a scenario, check it, compare policies, load a result, report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from trasiego.common.faults import Faults
from trasiego.common.messages import _

if TYPE_CHECKING:
    from threading import Event

    from trasiego.analysis import Comparison, PatternResult, Summary
    from trasiego.ensemble.progress import Listener
    from trasiego.results import Result
    from trasiego.scenario import Scenario
    from trasiego.scenario.weighing import Moved

REPORT = "report.html"

CHECKED_WHOLE = 12
"""Runs that a check keeps with all their flows, on which measures by link, place or group rest."""


def run(
    scenario: str | Path | Scenario = "northern-route",
    runs: int = 1,
    seed: int = 1,
    months: int | None = None,
    policies: Sequence[str] = (),
    settings: Sequence[str] = (),
    out: str | Path | None = None,
    progress: Listener | None = None,
    *,
    threads: int | None = None,
    cancel: Event | None = None,
    overwrite: bool = False,
    whole_runs: int = 4,
    draw_numbers: bool = False,
    resume: bool = False,
    chunk_runs: int = 50,
    client: Any = None,
    chunks_at: str | None = None,
    ledger: str | Path | Sequence[Moved] | None = None,
) -> Result:
    """Run a scenario and return its result; with `out` also write the results folder with its report.

    `scenario` is a shipped name, the path of a TOML file or a loaded scenario. `policies` are names or files
    and `settings` texts such as "countries.GT.integrity=0.8", both put on the scenario in order. The same
    scenario, seed and months give the same bits for any number of `threads`; run j is the same in an ensemble
    of any size. `months` None means those of the scenario. `progress` is called as the work goes on; setting
    `cancel` from another thread or a signal handler stops the runs. `out` must not exist unless `overwrite`.
    The first `whole_runs` runs are kept with all their flows by link, place and group. With `draw_numbers`
    each run draws the numbers of the scenario from their ranges. With `out` and more than `chunk_runs` runs,
    or with `client` (of dask.distributed), it is a study (docs/many-machines.md): runs are kept in chunks
    beside `out`, or at `chunks_at`; `resume` goes on with one cut short. Over 100 runs are written rounded.
    Own claims in the file `ledger` move numbers before any policy (docs/from-claims-to-numbers.md).

    Raise Faults for every mistake in the input, before any run; `trasiego.ensemble.Cancelled` when cancelled,
    and then nothing is written but the finished chunks of a study.
    """
    from trasiego.ensemble.study import Study
    from trasiego.results.making import Making, Opening

    _check_counts(runs, chunk_runs, months)
    moved = _moved(scenario, ledger)
    read = _loaded(scenario, policies, settings, moved)
    study = Study(read, runs, seed, months or read.months, min(runs, whole_runs), draw_numbers, chunk_runs)
    made = Making(partial(_write_beside, scenario, moved, ledger), threads, progress, cancel)
    Thread(target=_get_ready_to_write, args=(out is not None,), daemon=True).start()
    if client is None and (out is None or (not resume and runs <= chunk_runs)):
        return made.at_once(study, out, overwrite)
    source = _source(scenario, policies, settings, moved) | {"overwrite": overwrite}
    return made.in_chunks(study, out, Opening(source, resume, overwrite, chunks_at), client)


def resume(
    folder: str | Path,
    progress: Listener | None = None,
    *,
    threads: int | None = None,
    cancel: Event | None = None,
    client: Any = None,
) -> Result:
    """Go on with the study that was to write `folder` and was cut short, and return its result.

    All that it runs is as it began. A study that is done already is loaded. Raise as `run`, and Faults where
    no study was begun.
    """
    from trasiego.ensemble import refusals
    from trasiego.ensemble.store import ABOUT, is_begun, read_about, store_folder
    from trasiego.scenario.weighing import moved_of

    if not is_begun(folder) and (Path(folder) / "manifest.json").is_file():
        return load(folder)
    begun = read_about(folder)
    if begun["scenario"] is None:
        raise Faults(refusals.loaded_scenario(store_folder(folder) / ABOUT))
    named = ("runs", "seed", "months", "settings", "whole_runs", "draw_numbers", "chunk_runs")
    given = {"policies": begun["policy_files"]} | {name: begun[name] for name in named}
    works = {"threads": threads, "cancel": cancel, "client": client}
    moved = [moved_of(record) for record in begun.get("moved", ())]
    return run(begun["scenario"], out=folder, progress=progress, resume=True, ledger=moved, **given, **works)


def _moved(scenario: str | Path | Scenario, ledger: str | Path | Sequence[Moved] | None) -> Sequence[Moved]:
    """Return the numbers of a scenario that own claims move; raise Faults as the ledger does."""
    if ledger is None or not isinstance(ledger, (str, Path)):
        return ledger or ()
    if not isinstance(scenario, (str, Path)):
        raise ValueError("ledger goes with the name or file of a scenario, not with a loaded one")
    from trasiego.scenario.weighing import moved_numbers

    return moved_numbers(scenario, ledger)[0]


def _check_counts(runs: int, chunk_runs: int, months: int | None) -> None:
    if min(runs, chunk_runs) < 1 or (months is not None and months < 1):
        raise ValueError("runs, chunk_runs and months are at least 1")


def _source(
    scenario: str | Path | Scenario,
    policies: Sequence[str],
    settings: Sequence[str],
    moved: Sequence[Moved],
) -> dict[str, Any]:
    """Return how a scenario was given, so that it can be loaded again from another folder."""
    own = {"moved": [each.to_dict() for each in moved]} if moved else {}

    def absolute(name: str) -> str:
        return str(Path(name).absolute()) if Path(name).is_file() else name

    if not isinstance(scenario, (str, Path)):
        return {"scenario": None, "policies": list(scenario.policies), "settings": list(scenario.settings)}
    return {
        "scenario": absolute(str(scenario)),
        "policies": list(policies),
        "policy_files": [absolute(policy) for policy in policies],
        "settings": list(settings),
        **own,
    }


def _stop_if(cancel: Event | None) -> None:
    """Raise Cancelled where somebody asked to stop after the last run."""
    from trasiego.ensemble import Cancelled

    if cancel is not None and cancel.is_set():
        raise Cancelled


def _tell_writing(progress: Listener | None, out: str | Path) -> None:
    from trasiego.ensemble import Progress

    if progress is not None:
        progress(Progress("write", _("writing {folder}").format(folder=out), 0, 1))


def check(
    scenario: str | Path = "northern-route",
    runs: int = 20,
    seed: int = 1,
    months: int | None = None,
    progress: Listener | None = None,
    *,
    kinds: Sequence[str] | None = None,
    arms: bool = True,
    threads: int | None = None,
    cancel: Event | None = None,
) -> list[PatternResult]:
    """Run a scenario, and again under each arm that its patterns ask for, and return the scorecard.

    The runs as they are and those of every arm have the same seed, numbers and months, so that run j of one
    is the pair of run j of the others; an arm that several patterns ask for runs once. `kinds` are those of
    the patterns ("C", "V", "Q"; None for all), `arms` False leaves the arms out, and with them the patterns
    that need paired runs. What is measured by link, place or group rests on the first
    `CHECKED_WHOLE` runs. All else is as in `run`, whose errors it raises.
    """
    from trasiego.analysis import arms_of, load_patterns, scorecard
    from trasiego.analysis.patterns import KINDS
    from trasiego.scenario import load_scenario

    kinds = KINDS if kinds is None else kinds
    read = load_scenario(str(scenario))
    overlays = arms_of(load_patterns(kinds), read) if arms else ()
    laid = [load_scenario(str(scenario), each.policies, each.settings_in(read)) for each in overlays]
    results = []
    for number, each in enumerate((read, *laid)):
        told = _part_of(progress, number, len(laid) + 1)
        made = run(
            each, runs, seed, months, progress=told, threads=threads, cancel=cancel, whole_runs=CHECKED_WHOLE
        )
        results.append(made)
    return scorecard(results[0], kinds, dict(zip(overlays, results[1:], strict=True)))


def compare(
    scenario: str | Path = "northern-route",
    policies: Sequence[str] = (),
    runs: int = 20,
    seed: int = 1,
    months: int | None = None,
    first: str | None = None,
    last: str | None = None,
    out: str | Path | None = None,
    progress: Listener | None = None,
    *,
    start: str | None = None,
    threads: int | None = None,
    cancel: Event | None = None,
    overwrite: bool = False,
    ledger: str | Path | None = None,
) -> Comparison:
    """Run a scenario as it is and under each of `policies`, and return what each changes, run by run.

    Each policy is one arm; "A+B" puts several into one. All arms have the same seed, run numbers and months,
    so that run j of one is the pair of run j of the others. `first` and `last` ("2012-01") are the months
    looked at, the ends of the run when None. Policies without a start of their own hold from `start` on, or
    from the spin-up on when that is None. With `out` a folder is written, whole or not at all. Own claims of
    `ledger` move numbers of all arms. All else is as in `run`, whose errors it raises, before any run.
    """
    from trasiego.analysis import measure_outcomes
    from trasiego.analysis.asked import asked_arms, asked_period, asked_start
    from trasiego.analysis.view import ResultView
    from trasiego.report.comparison import COMPARISON, write_comparison
    from trasiego.results import check_target
    from trasiego.scenario import load_scenario

    if runs < 2:
        raise ValueError("runs are at least 2, or there is no pair to compare")
    if out is not None:
        check_target(out, overwrite, COMPARISON)
    arms = asked_arms(policies)
    read, measured = partial(load_scenario, str(scenario), moved=_moved(scenario, ledger)), []
    base = read()
    period, start = asked_period(base, months, first, last), asked_start(base, start)
    for number, each in enumerate(laid := [base, *(read(names, start=start) for names in arms.values())]):
        told = _part_of(progress, number, len(laid))
        made = run(each, runs, seed, months, progress=told, threads=threads, cancel=cancel, whole_runs=1)
        measured.append(measure_outcomes(ResultView(made).within(*period)))
    _stop_if(cancel)
    found = _compared(base, arms, measured, made.dataset.sizes["month"], start)
    if out is not None:
        _tell_writing(progress, out)
        write_comparison(found, out, overwrite=overwrite)
    return found


def load(folder: str | Path) -> Result:
    """Return the result in a results folder; raise Faults when it is not one or is damaged."""
    from trasiego.results import read_folder

    return read_folder(Path(folder))


def write_report(
    result: Result | str | Path,
    path: str | Path | None = None,
    ledger: str | Path | None = None,
    with_names: bool = False,
) -> Path:
    """Write the report of a result (or of a results folder) as one offline HTML file and return its path.

    `path` None means `report.html` in the folder that `result` names. With `ledger` the user's own claims
    appear too, persons by what they are said to be unless `with_names`.
    """
    from trasiego.evidence.own import whole_ledger
    from trasiego.report import write_ledger_network
    from trasiego.report import write_report as write_page

    if isinstance(result, (str, Path)):
        path = Path(result) / REPORT if path is None else path
        result = load(result)
    if path is None:
        raise ValueError("give the path of the report, or the folder of the result")
    summary, card = assess(result)
    network = write_ledger_network(Path(ledger), Path(path).parent, with_names) if ledger else ""
    write_page(result, card, summary, whole_ledger(ledger, with_names), Path(path), network)
    return Path(path)


@lru_cache(maxsize=1)
def assess(result: Result) -> tuple[Summary, list[PatternResult]]:
    """Return the summary and the scorecard of a result; those of the last result asked for are kept."""
    from trasiego.analysis import scorecard, summarise

    return summarise(result), scorecard(result)


def _compared(
    scenario: Scenario,
    arms: Mapping[str, Sequence[str]],
    measured: Sequence[Any],
    months: int,
    start: str | None,
) -> Comparison:
    """Return the comparison of what was measured: first the scenario as it is, then the arms in order."""
    from trasiego import __version__
    from trasiego.analysis import compare_arms
    from trasiego.scenario import read_policy

    parts = {
        name: ([read_policy(policy, start) for policy in names], each)
        for (name, names), each in zip(arms.items(), measured[1:], strict=True)
    }
    about = {
        "scenario": scenario.name,
        "title": scenario.title,
        "scenario_hash": scenario.hash,
        "trasiego_version": __version__,
        "months": months,
        "start": start or "",
    }
    return compare_arms(measured[0], parts, about)


def _loaded(
    scenario: str | Path | Scenario,
    policies: Sequence[str],
    settings: Sequence[str],
    moved: Sequence[Moved] = (),
) -> Scenario:
    """Return the scenario of a name or file with its overlays, or the loaded one that was given."""
    from trasiego.scenario import load_scenario

    if isinstance(scenario, (str, Path)):
        return load_scenario(str(scenario), policies, settings, moved=moved)
    if policies or settings:
        raise ValueError(
            "policies and settings go with the name or file of a scenario, not with a loaded one"
        )
    return scenario


def _part_of(progress: Listener | None, number: int, parts: int) -> Listener | None:
    """Return a listener for one of several ensembles that passes on how far all of them are.

    What is compiled is told of the first only: the others find it compiled.
    """
    from trasiego.ensemble import Progress

    if progress is None:
        return None

    def told(step: Progress) -> None:
        if step.stage == "run":
            text = (
                _("running {part} of {parts}").format(part=number + 1, parts=parts)
                if parts > 1
                else step.text
            )
            progress(Progress("run", text, number * step.total + step.done, parts * step.total))
        elif number == 0:
            progress(step)

    return told


def _get_ready_to_write(folder: bool) -> None:
    """Import what labels results, and for a folder what writes it: a second's work while the runs go on."""
    with suppress(Exception):  # whoever needs it will meet it again, and tell
        import_module("xarray")
        if folder:
            for module in ("pyarrow.parquet", "zarr", "trasiego.analysis", "trasiego.report.page"):
                import_module(module)
            import_module("trasiego.evidence").load_ledger()


def _write_beside(
    scenario: str | Path | Scenario,
    moved: Sequence[Moved],
    ledger: str | Path | Sequence[Moved] | None,
    result: Result,
    folder: Path,
) -> None:
    """Write into a folder that is being made: the scenario where own claims moved it, and the report.

    The report is left out where its browser code is missing.
    """
    from trasiego.report import can_write

    if moved:
        from trasiego.scenario import load_scenario
        from trasiego.scenario.copying import scenario_text

        laid = load_scenario(str(scenario), moved=moved)
        (folder / f"{laid.name}.toml").write_text(scenario_text(laid, laid.name), encoding="utf-8")
    if can_write():
        write_report(result, folder / REPORT, ledger if isinstance(ledger, (str, Path)) else None)
