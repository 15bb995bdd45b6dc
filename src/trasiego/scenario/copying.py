"""Editable copies: a scenario written out whole, one file to change and no base to look up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from trasiego.common.faults import Fault, Faults
from trasiego.common.messages import _
from trasiego.scenario.fields import registry
from trasiego.scenario.load import load_scenario
from trasiego.scenario.scenario import Scenario, plain_value
from trasiego.scenario.values import ID

SECTIONS = {
    "scenario": "What the scenario is called and which months it covers",
    "cut": "Which places of the geography are kept; everything without this section",
    "switches": "Mechanisms that can be turned off",
    "production": "How coca area and the price at the source respond",
    "zones": "Where the goods come from: the id is the place",
    "processing": "From paste to hydrochloride",
    "modes": "Means of transport: loads, costs, fees and hazards",
    "regions": "Price regions: what access to them is worth",
    "kinds": "Kinds of group",
    "groups": "Reported groups as they are at the start",
    "brokers": "Principals that own consignments",
    "markets": "Where the goods are consumed: the id is the place",
    "market": "How prices find their level",
    "countries": "Authorities",
    "interdiction": "What enforcement does",
    "valuation": "How principals choose ways",
    "contracting": "How consignments find carriers",
    "escort": "Armed escort for hire",
    "hijack": "Robbery by rivals",
    "bribery": "How police are captured",
    "learning": "What principals remember",
    "organisation": "How groups grow, enter and leave",
    "violence": "Takeovers and killings",
    "events": "What was reported to have happened, month by month",
}


def copy_scenario(name: str, new_name: str, folder: str | Path) -> Path:
    """Write `new_name`.toml into `folder`, a complete scenario with the content of `name`; return its path.

    The copy needs no base: all fields stand in it, after the cut, so it has the same hash and gives the same
    bits. Raises Faults when `name` has faults, when `new_name` is no id, when the folder is missing or when
    the file exists. The file appears whole or not at all.
    """
    target = Path(folder) / f"{new_name}.toml"
    trouble = _refusal(new_name, target)
    if trouble is not None:
        raise Faults(trouble)
    text = scenario_text(load_scenario(name), new_name)
    unfinished = target.with_name(f".{target.name}.unfinished")
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(target)
    return target


def _refusal(new_name: str, target: Path) -> Fault | None:
    if not ID.fullmatch(new_name):
        return Fault(
            None,
            None,
            "NAME",
            new_name,
            _("letters, digits, - and _"),
            None,
            _("choose an id of these characters"),
        )
    if not target.parent.is_dir():
        return Fault(
            target.parent.as_posix(),
            None,
            None,
            _("no such folder"),
            _("a folder that exists"),
            None,
            _("make it first, or choose another"),
        )
    if target.exists():
        return Fault(
            target.as_posix(),
            None,
            None,
            _("a file that exists"),
            _("a new file"),
            None,
            _("choose another name, or remove the file"),
        )
    return None


def scenario_text(scenario: Scenario, name: str) -> str:
    """Return the TOML of a scenario under the name `name`, with comments on sections and units."""
    lines = [
        _("# {name}: a copy of {base}, complete in itself.").format(name=name, base=scenario.name),
        _("# Each number says where it comes from; trasiego validate FILE checks what you change."),
    ]
    for section, rows in registry().sections.items():
        keys = [path for path in scenario.given if path.split(".")[0] == section and path != "scenario.base"]
        if not keys:
            continue
        lines += ["", f"# {SECTIONS.get(section, section)}"]
        if section not in registry().by_id:
            lines += [f"[{section}]", *(_line(scenario, path, name) for path in keys)]
            continue
        for each in scenario.section(section):
            there = [row for row in rows.values() if f"{section}.{each}.{row.key}" in scenario.given]
            lines += [f"[{section}.{each}]"]
            lines += [_line(scenario, f"{section}.{each}.{row.key}", name) for row in there]
            lines += [""]
        lines.pop()
    return "\n".join(lines) + "\n"


def _line(scenario: Scenario, path: str, name: str) -> str:
    given = scenario.given[path]
    value = name if path == "scenario.name" else plain_value(given.value)
    unit = f"  # {given.row.unit}" if given.row.unit not in ("", "1") else ""
    return f"{given.row.key} = {_toml(value)}{unit}"


def _toml(value: Any) -> str:
    """Return a value as TOML on one line; JSON texts are TOML texts where no character is left out."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(value)
