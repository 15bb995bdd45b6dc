"""The record of how a result came about: what ran, with which versions, and whether it is complete."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NotRequired, TypedDict, get_origin, get_type_hints

FORMAT = 4
"""Version of the layout of a result folder; a change that older readers cannot follow raises it."""


class ManifestEvent(TypedDict):
    """A scripted event that took place in the runs; `date` is a month such as "2010-07"."""

    date: str
    kind: str
    target: str
    text: str
    claims: list[str]


class MovedRecord(TypedDict):
    """A number that the user's own claims moved; see trasiego.scenario.weighing.Moved for the keys."""

    path: str
    unit: str
    before: list[float | None]
    after: list[float | None]
    claims: list[str]
    cites: list[str]
    shares: dict[str, float]
    derivation: str


class Manifest(TypedDict):
    """What `manifest.json` says of a result.

    `start` is the first month ("2008-01"), `started` the moment of the start (ISO 8601 with offset),
    `seconds` the time that the runs took, `complete` False where they were cut short; `claims` are the ids of
    all claims behind the numbers of the scenario, in order. `contents` is filled in when a folder is written:
    for each part the number of its files, their bytes and a digest, by which a damaged folder is known.
    `moved` is there where the user's own ledger moved numbers.
    """

    format: int
    trasiego_version: str
    python_version: str
    numpy_version: str
    numba_version: str
    scenario_name: str
    scenario_title: str
    scenario_hash: str
    seed: int
    runs: int
    months: int
    start: str
    policies: list[str]
    settings: list[str]
    started: str
    seconds: float
    complete: bool
    claims: list[str]
    events: list[ManifestEvent]
    contents: dict[str, dict[str, int | str]]
    moved: NotRequired[list[MovedRecord]]


def new_manifest(
    *,
    scenario_name: str,
    scenario_title: str,
    scenario_hash: str,
    seed: int,
    runs: int,
    months: int,
    start: str,
    started: str,
    seconds: float,
    complete: bool,
    policies: Sequence[str] = (),
    settings: Sequence[str] = (),
    claims: Sequence[str] = (),
    events: Sequence[ManifestEvent] = (),
    moved: Sequence[MovedRecord] = (),
) -> Manifest:
    """Return the manifest of runs made here and now; versions are those of the packages in use."""
    import platform
    from importlib import metadata

    from trasiego import __version__

    manifest = Manifest(
        format=FORMAT,
        trasiego_version=__version__,
        python_version=platform.python_version(),
        numpy_version=metadata.version("numpy"),
        numba_version=metadata.version("numba"),
        scenario_name=scenario_name,
        scenario_title=scenario_title,
        scenario_hash=scenario_hash,
        seed=int(seed),
        runs=int(runs),
        months=int(months),
        start=start,
        policies=list(policies),
        settings=list(settings),
        started=started,
        seconds=float(seconds),
        complete=bool(complete),
        claims=sorted(set(claims)),
        events=list(events),
        contents={},
    )
    if moved:
        manifest["moved"] = list(moved)
    return manifest


def manifest_problems(found: Any) -> list[str]:
    """Return what keeps `found`, as read from JSON, from being a manifest; empty when it is one."""
    if not isinstance(found, Mapping):
        return ["it is not a table of names and values"]
    kinds = {name: get_origin(hint) or hint for name, hint in get_type_hints(Manifest).items()}
    problems = [f"{name} is missing" for name in kinds if name not in {*found, *_OPTIONAL}]
    for name, kind in kinds.items():
        if name in found and not _fits(found[name], kind):
            problems.append(f"{name} is {found[name]!r}")
    return problems


_OPTIONAL = ("moved",)


def _fits(value: Any, kind: type) -> bool:
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, kind) and not (kind is int and isinstance(value, bool))
