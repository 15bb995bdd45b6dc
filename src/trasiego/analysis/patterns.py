"""The patterns that the model is measured against: one TOML file each, read strictly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from inspect import signature
from pathlib import Path
from typing import Any

from trasiego.analysis.ladder import LADDER_FILE, Stage, load_ladder
from trasiego.analysis.measures import MEASURES
from trasiego.analysis.strict import Fields
from trasiego.common.faults import Fault, Faults
from trasiego.common.messages import _
from trasiego.common.paths import data_folder
from trasiego.scenario.documents import Spot, read_document

KINDS = ("C", "V", "Q")
"""C may be calibrated on, V is only ever predicted, Q is a question without a band."""

NEEDS = ("one run", "ensemble", "paired runs", "other scenario")
"""What it takes to measure a pattern; an ensemble is at least as many runs as are kept whole."""

PATTERN_KEYS = ("id", "kind", "scenario", "title", "text", "needs", "source", "part")
PART_KEYS = (
    "name",
    "measure",
    "options",
    "missing",
    "stage",
    "low",
    "high",
    "unit",
    "scale",
    "period",
    "requires",
    "claims",
    "why",
)


@dataclass(frozen=True)
class Part:
    """One number of a pattern and its band; most patterns have one part.

    `low` or `high` is None where the band is open; `scale` "log" measures distance as a ratio (prices).
    `measure` names a function of `MEASURES` that gets `options`; where there is none `missing` says what it
    would take. `period` is the first and last month that count, `requires` the countries and places without
    which the question does not arise; `why` says how the band follows from the source.
    """

    name: str
    low: float | None
    high: float | None
    unit: str
    scale: str
    measure: str | None
    missing: str
    options: Mapping[str, Any]
    period: tuple[str | None, str | None]
    requires: tuple[str, ...]
    claims: tuple[str, ...]
    why: str


@dataclass(frozen=True)
class Pattern:
    """One pattern: what was reported, where, and the numbers that hold it.

    `scenario` is the one of its report; `words` says in our own words what the source has; `claims` are the
    claim ids behind it, those of the parts included.
    """

    id: str
    kind: str
    scenario: str
    title: str
    text: str
    needs: str
    words: str
    claims: tuple[str, ...]
    parts: tuple[Part, ...] = field(default=())


def load_patterns(kinds: Sequence[str] = KINDS, folder: Path | None = None) -> tuple[Pattern, ...]:
    """Return the patterns of the kinds asked for, by id.

    A calibration asks for "C" and is given nothing of "V". Raise Faults with all faults of all files at once.
    """
    stages = {stage.id: stage for stage in load_ladder()}
    found: list[Pattern] = []
    faults: list[Fault] = []
    for path in sorted((folder or data_folder("patterns")).glob("*.toml")):
        if path.name == LADDER_FILE:
            continue
        try:
            pattern = read_pattern(path, stages)
        except Faults as several:
            faults.extend(several.faults)
            continue
        if pattern.kind in kinds:
            found.append(pattern)
    if faults:
        raise Faults(faults)
    return tuple(found)


def read_pattern(path: Path, stages: Mapping[str, Stage]) -> Pattern:
    """Return the pattern in the file `path`; `stages` are those of the price ladder, which parts may name.

    Raise Faults with every fault of the file.
    """
    document = read_document(path)
    fields = Fields(document.tree, Spot(document, ()), PATTERN_KEYS)
    name = fields.text("id")
    if name and name != path.stem:
        allowed = _("the name of the file, {stem}").format(stem=path.stem)
        fields.blame("id", repr(name), allowed, _("make them one"))
    kind, needs = fields.choice("kind", KINDS), fields.choice("needs", NEEDS)
    source = fields.table("source", ("claims", "words"))
    claims = source.texts("claims", required=False)
    rows = fields.tables("part", PART_KEYS)
    parts = [_read_part(row, stages, needs, kind) for row in rows]
    names = [part.name for part in parts]
    if not parts or len(set(names)) < len(names):
        allowed = _("one or more parts, each with a name of its own")
        fields.blame("part", str(names), allowed, _("name each part once"))
    pattern = Pattern(
        id=name,
        kind=kind,
        scenario=fields.text("scenario"),
        title=fields.text("title"),
        text=fields.text("text"),
        needs=needs,
        words=source.text("words"),
        claims=tuple(dict.fromkeys([*claims, *(claim for part in parts for claim in part.claims)])),
        parts=tuple(parts),
    )
    faults = [*fields.faults, *source.faults, *(fault for row in rows for fault in row.faults)]
    if faults:
        raise Faults(faults)
    return pattern


def _read_part(row: Fields, stages: Mapping[str, Stage], needs: str, kind: str) -> Part:
    """Return one part; its faults stay in `row`."""
    stage_name = row.text("stage", required=False)
    if stage_name:
        stage = row.known("stage", stage_name, stages)
        return _stage_part(row, stage)
    low, high = row.number("low"), row.number("high")
    measure, missing = row.text("measure", required=False), row.text("missing", required=False)
    function = row.known("measure", measure, MEASURES) if measure else None
    if function is not None:
        row.exactly("options", list(signature(function).parameters)[1:])
    if bool(measure) == bool(missing):
        row.blame(
            "measure",
            _("measure and missing: {both}").format(both=[measure, missing]),
            _("a measure, or what is missing for one"),
            _("write one of the two"),
        )
    if measure and needs in ("paired runs", "other scenario"):
        row.blame(
            "measure",
            measure,
            _("missing, for a pattern that needs {needs}").format(needs=needs),
            _("say what is missing"),
        )
    if low is None and high is None and kind != "Q":
        row.blame("low", _("no band"), _("low, high or both"), _("give the part a band"))
    if kind == "Q" and not (low is None and high is None):
        row.blame("low", _("a band"), _("none: Q patterns are questions"), _("leave low and high out"))
    if low is not None and high is not None and low > high:
        row.blame("low", str(low), _("at most high, {high}").format(high=high), _("swap the two"))
    return Part(
        name=row.text("name"),
        low=low,
        high=high,
        unit=row.unit("unit"),
        scale=row.choice("scale", ("linear", "log"), default="linear"),
        measure=measure or None,
        missing=missing,
        options=row.mapping("options"),
        period=row.period("period"),
        requires=row.texts("requires", required=False),
        claims=row.texts("claims", required=False),
        why=row.text("why"),
    )


def _stage_part(row: Fields, stage: Stage | None) -> Part:
    """Return the part that asks for the price of a stage of the ladder, which holds band, unit and claims."""
    row.only(("stage", "period", "requires"))
    return Part(
        name="" if stage is None else stage.id,
        low=None if stage is None else stage.low,
        high=None if stage is None else stage.high,
        unit="USD/kg",
        scale="log",
        measure="prices.stage_price",
        missing="",
        options={} if stage is None else {"stage": stage.id},
        period=row.period("period"),
        requires=row.texts("requires", required=False),
        claims=() if stage is None else stage.claims,
        why="" if stage is None else stage.why,
    )
