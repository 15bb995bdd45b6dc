"""The patterns that the model is measured against: one TOML file each, read strictly."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from inspect import signature
from pathlib import Path
from typing import Any

from trasiego.analysis.arms import BASE, OVERLAY_KEYS, Arm, Overlay, read_arm, read_overlay
from trasiego.analysis.ladder import LADDER_FILE, Stage, load_ladder
from trasiego.analysis.measures import ALL_MEASURES, PAIRED_MEASURES
from trasiego.analysis.strict import Fields
from trasiego.common.faults import Fault, Faults
from trasiego.common.messages import _
from trasiego.common.paths import data_folder
from trasiego.scenario.documents import Spot, read_document

QUESTION = "Q"
KINDS = ("C", "V", QUESTION)
"""C may be calibrated on, V is only ever predicted, Q is a question without a band."""

PAIRED = "paired runs"
NEEDS = ("one run", "ensemble", PAIRED)
"""What it takes to measure a pattern; an ensemble is at least as many runs as are kept whole."""

PATTERN_KEYS = ("id", "kind", "scenario", "title", "text", "needs", "source", "base", "arm", "part")
_KIND_LINE = re.compile(rf"""\s*kind\s*=\s*["']({"|".join(KINDS)})["']""")

ARM_OPTIONS = ("arm", "over")
"""Options of measures that name an arm."""
PART_KEYS = (
    "name",
    "measure",
    "arm",
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
    `measure` names a function of `ALL_MEASURES` that gets `options`; where there is none `missing` says what
    it would take. `arm` is the arm in which a measure of one run is taken, empty for the runs as
    they are. `period` is the first and last month that count, `requires` the countries and places without
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
    arm: str = ""


@dataclass(frozen=True)
class Pattern:
    """One pattern: what was reported, where, and the numbers that hold it.

    `scenario` is the one of its report; `words` says in our own words what the source has; `claims` are the
    claim ids behind it, those of the parts included. `arms` are what its paired runs lay over the scenario,
    each upon `base`, which is empty where the scenario is taken as it is.
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
    base: Overlay = field(default=Overlay())
    arms: Mapping[str, Arm] = field(default_factory=dict)


def load_patterns(kinds: Sequence[str] = KINDS, folder: Path | None = None) -> tuple[Pattern, ...]:
    """Return the patterns of the kinds asked for, by id.

    A calibration asks for "C", and of a file of another kind no line below that of its kind is read. Raise
    Faults with all faults of all files at once.
    """
    stages = {stage.id: stage for stage in load_ladder()}
    found: list[Pattern] = []
    faults: list[Fault] = []
    for path in sorted((folder or data_folder("patterns")).glob("*.toml")):
        if path.name == LADDER_FILE or _said_kind(path) not in (*kinds, None):
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


def _said_kind(path: Path) -> str | None:
    """Return the kind that a file says, None where no line of its head says one of KINDS."""
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            if line.startswith("["):
                return None
            if found := _KIND_LINE.match(line):
                return found[1]
    return None


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
    base, arms, arm_rows = _read_arms(fields, needs)
    rows = fields.tables("part", PART_KEYS)
    parts = [_read_part(row, stages, arms, kind) for row in rows]
    names = [part.name for part in parts]
    if not parts or len(set(names)) < len(names):
        allowed = _("one or more parts, each with a name of its own")
        fields.blame("part", str(names), allowed, _("name each part once"))
    _all_used(arm_rows, parts)
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
        base=base,
        arms=arms,
    )
    faults = [fault for row in (fields, source, *arm_rows.values(), *rows) for fault in row.faults]
    if faults:
        raise Faults(faults)
    return pattern


def _read_arms(fields: Fields, needs: str) -> tuple[Overlay, dict[str, Arm], dict[str, Fields]]:
    """Return the base, the arms, and the tables that they were read from, in which their faults stay."""
    rows = fields.named_tables("arm", ("text", *OVERLAY_KEYS))
    arms = {name: read_arm(row) for name, row in rows.items()}
    base = Overlay()
    if "base" in fields.tree:
        row = rows["[base]"] = fields.table("base", OVERLAY_KEYS)
        base = read_overlay(row)
    if BASE in arms:
        allowed = _("a name other than {base}, which are the runs without an arm").format(base=BASE)
        rows[BASE].blame("text", BASE, allowed, _("name it for what it changes"))
    if bool(arms) != (needs == PAIRED) or ("base" in fields.tree and not arms):
        allowed = _("one arm or more where needs is {paired}, none elsewhere").format(paired=PAIRED)
        fields.blame("needs", repr(needs), allowed, _("write [arm.NAME], or correct needs"))
    return base, arms, rows


def _all_used(rows: Mapping[str, Fields], parts: Sequence[Part]) -> None:
    """Keep a fault for each arm that no part asks for."""
    asked = {part.arm for part in parts}
    asked |= {str(part.options.get(key)) for part in parts for key in ARM_OPTIONS}
    for name, row in rows.items():
        if name not in asked and name != "[base]":
            allowed = _("an arm that a part asks for")
            row.blame("text", name, allowed, _("name it in the options of a part, or remove it"))


def _read_part(row: Fields, stages: Mapping[str, Stage], arms: Mapping[str, Arm], kind: str) -> Part:
    """Return one part; its faults stay in `row`."""
    stage_name = row.text("stage", required=False)
    if stage_name:
        stage = row.known("stage", stage_name, stages)
        return _stage_part(row, stage)
    low, high = row.number("low"), row.number("high")
    measure, missing = row.text("measure", required=False), row.text("missing", required=False)
    if measure:
        _check_measure(row, measure, arms)
    if bool(measure) == bool(missing):
        row.blame(
            "measure",
            _("measure and missing: {both}").format(both=[measure, missing]),
            _("a measure, or what is missing for one"),
            _("write one of the two"),
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
        arm=row.text("arm", required=False),
    )


def _check_measure(row: Fields, measure: str, arms: Mapping[str, Arm]) -> None:
    """Keep a fault where the measure is not known, or has not the options and arms that it takes."""
    function = row.known("measure", measure, ALL_MEASURES)
    if function is None:
        return
    row.exactly("options", list(signature(function).parameters)[1:])
    options, names = row.mapping("options"), {BASE: None, **dict.fromkeys(arms)}
    if measure in PAIRED_MEASURES:
        for key in ARM_OPTIONS:
            if key in options:
                row.one_of("options", str(options[key]), names)
    elif arms:
        name = row.text("arm")
        if name:
            row.known("arm", name, names)
    if "arm" in row.tree and (measure in PAIRED_MEASURES or not arms):
        allowed = _("only with a measure of one run, in a pattern with arms")
        row.blame("arm", repr(row.tree["arm"]), allowed, _("remove it"))
    if measure in PAIRED_MEASURES and not arms:
        allowed = _("a measure of one run, or a pattern with arms")
        row.blame("measure", measure, allowed, _("write the arms that it compares"))


def _stage_part(row: Fields, stage: Stage | None) -> Part:
    """Return the part that asks for the price of a stage of the ladder, which holds band, unit and claims."""
    row.only(("stage", "period", "requires"))
    return Part(
        name="" if stage is None else stage.short,
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
