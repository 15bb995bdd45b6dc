"""From a study to its result: at once in memory, or in chunks through a store that survives what may come."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event
from time import perf_counter
from typing import TYPE_CHECKING, Any

from trasiego.common.faults import Faults
from trasiego.common.messages import _
from trasiego.results import failures
from trasiego.results.manifest import Manifest, new_manifest
from trasiego.results.result import Result
from trasiego.results.store import MANIFEST, check_target, read_folder, write_folder

if TYPE_CHECKING:
    from trasiego.ensemble.progress import Listener
    from trasiego.ensemble.study import Study
    from trasiego.scenario import Scenario


@dataclass(frozen=True)
class Opening:
    """How the store of a study is opened; see :func:`trasiego.ensemble.store.open_store`."""

    source: Mapping[str, Any]
    resume: bool = False
    overwrite: bool = False
    chunks_at: str | None = None


@dataclass(frozen=True)
class Making:
    """What goes with the making of any result: threads, who hears of it, and what writes its report.

    ``page`` is called with a result and the folder being made.
    """

    page: Callable[[Result, Path], object]
    threads: int | None = None
    progress: Listener | None = None
    cancel: Event | None = None

    def at_once(self, study: Study, out: str | Path | None, overwrite: bool) -> Result:
        """Run all runs in memory and return the result; with ``out`` write its folder too."""
        from trasiego.results.dataset import to_dataset
        from trasiego.results.rounding import rounded

        if out is not None:
            check_target(out, overwrite)
        started, clock = datetime.now(UTC), perf_counter()
        record = study.run_in_memory(threads=self.threads, progress=self.progress, cancel=self.cancel)
        seconds = perf_counter() - clock
        dataset = to_dataset(study.world, record)
        if out is not None:
            dataset = rounded(dataset)
        result = Result(dataset, _manifest(study, dataset, started.isoformat(), seconds))
        if out is not None:
            self._write(result, out, overwrite)
        return result

    def in_chunks(self, study: Study, out: str | Path | None, opening: Opening, client: Any = None) -> Result:
        """Run a study through its store and return the result; without ``out`` the store is a passing one.

        A study that is to be resumed and is done already is read. With ``client`` chunks run on a cluster.
        """
        if out is None:
            with TemporaryDirectory() as place:
                return self._through_store(study, Path(place) / "study", opening, client, kept=False)
        from trasiego.ensemble.store import is_begun

        target = Path(out)
        if not is_begun(target):
            if opening.resume and (target / MANIFEST).is_file():
                return _the_same(read_folder(target), study, target)
            check_target(target, opening.overwrite)
        return self._through_store(study, target, opening, client, kept=True)

    def _through_store(self, study: Study, target: Path, opening: Opening, client: Any, kept: bool) -> Result:
        from trasiego.ensemble.gather import record_of
        from trasiego.ensemble.refusals import go_on
        from trasiego.ensemble.store import open_store
        from trasiego.ensemble.work import complete
        from trasiego.results.dataset import to_dataset
        from trasiego.results.rounding import rounded

        if study.draw_numbers:
            study.draws  # noqa: B018 (says at once when what it needs is missing)
        options: dict[str, Any] = {
            name: getattr(opening, name) for name in ("resume", "overwrite", "chunks_at")
        }
        with open_store(target, study, opening.source, **options) as store:
            if kept and (done := _written(target, store.about["started"])) is not None:
                store.remove()
                return done
            complete(store, threads=self.threads, progress=self.progress, cancel=self.cancel, client=client)
            self._tell(_("gathering {runs} runs").format(runs=study.runs))
            with store.chunks() as chunks:
                record = record_of(study, chunks)
                dataset = rounded(to_dataset(study.world, record))
            manifest = _manifest(study, dataset, store.about["started"], record.seconds)
            # As they were first given: a resumed study has the same result.
            result = Result(dataset, {**manifest, "policies": store.about["policies"]})
            if kept:
                self._write(
                    result, target, store.about["overwrite"], workplace=store.folder, then=go_on(target)
                )
            store.remove()
        return result

    def _write(self, result: Result, out: str | Path, overwrite: bool, **beside: Any) -> None:
        """Write the results folder with its report."""
        self._tell(_("writing {folder}").format(folder=out))
        write_folder(result, out, overwrite=overwrite, also=[partial(self.page, result)], **beside)

    def _tell(self, text: str) -> None:
        from trasiego.ensemble.progress import Progress

        if self.progress is not None:
            self.progress(Progress("write", text, 0, 1))


def _written(target: Path, started: str) -> Result | None:
    """Return the result of the study that began then, if it stands already and only its store was left."""
    if not (target / MANIFEST).is_file():
        return None
    try:
        result = read_folder(target)
    except Faults:
        return None
    return result if result.manifest["started"] == started else None


def _the_same(result: Result, study: Study, target: Path) -> Result:
    """Return a result that stands where a study is to go on, if it is that of the study."""
    found = result.manifest
    wanted = {
        "scenario_hash": study.scenario.hash,
        "seed": study.seed,
        "runs": study.runs,
        "months": study.months,
    }
    if any(found[name] != value for name, value in wanted.items()):  # type: ignore[literal-required]
        raise Faults(failures.taken(target))
    return result


def _manifest(study: Study, dataset: Any, started: str, seconds: float) -> Manifest:
    """Return the manifest of runs made just now."""
    scenario = study.scenario
    return new_manifest(
        scenario_name=scenario.name,
        scenario_title=scenario.title,
        scenario_hash=scenario.hash,
        seed=study.seed,
        runs=study.runs,
        months=study.months,
        start=str(scenario.start),
        policies=list(scenario.policies),
        settings=list(scenario.settings),
        started=started,
        seconds=seconds,
        complete=True,
        claims=list(_claims(scenario.tree)),
        events=_events(scenario, dataset),
        moved=[each.to_dict() for each in scenario.moved],  # type: ignore[misc]
    )


def _claims(tree: Mapping[str, Any]) -> Iterator[str]:
    """Yield the ids of all claims that a scenario rests on, as often as they are named."""
    for key, value in tree.items():
        if key == "claims":
            yield from map(str, value)
        elif isinstance(value, Mapping):
            yield from _claims(value)


def _events(scenario: Scenario, dataset: Any) -> list[Any]:
    """Return the scripted events that fall into the recorded months, as the manifest keeps them."""
    months = set(dataset["month"].values.astype("datetime64[M]").astype(str))
    return [
        {
            "date": str(event["date"]),
            "kind": str(event["kind"]),
            "target": str(event["target"]),
            "text": str(event["text"]),
            "claims": [str(claim) for claim in event.get("claims", ())],
        }
        for name, event in scenario.tree.get("events", {}).items()
        if str(event["date"]) in months and scenario.happens(name)
    ]
