"""Puts the sections, the submodels and the generated parts together."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from model_documentation import tables
from model_documentation.picture import month_picture
from model_documentation.sources import Block, SourceError, Submodel, Symbol, read_rows, read_submodels
from trasiego.scenario import load_scenario
from trasiego.scenario.fields import fields
from trasiego.world.compile import compile_world

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "docs" / "odd"
DOCUMENT, PICTURE = ROOT / "docs" / "model.md", ROOT / "docs" / "month.svg"
SCENARIO = "northern-route"

_GENERATED = re.compile(r"^<!-- generated: ([\w-]+) -->$", re.MULTILINE)
_CITATION = re.compile(r"@(\w+)")
_IN_BRACKETS = re.compile(r"\([^()]*@\w+[^()]*\)")
_PARAMETERS = {field.path: field for field in fields()}


def write() -> Mapping[Path, str]:
    """Return what each file of the documentation should hold."""
    submodels = read_submodels(SOURCES / "submodels")
    words = read_rows(SOURCES / "state-variables.csv")
    scenario = load_scenario(SCENARIO)
    parts: dict[str, Callable[[], str]] = {
        "patterns": tables.pattern_table,
        "scales": lambda: tables.scale_table(compile_world(scenario)),
        "state": lambda: tables.state_table(words),
        "steps": lambda: tables.step_table(submodels),
        "switches": lambda: tables.switch_table(submodels),
        "submodels": lambda: "\n\n".join(submodel_text(each) for each in submodels),
        "parameters": lambda: tables.parameter_tables(scenario),
    }
    sections = [path.read_text("utf-8").strip() for path in sorted(SOURCES.glob("*.md"))]
    text = _GENERATED.sub(lambda match: parts[match[1]](), "\n\n".join(sections))
    return {DOCUMENT: f"{_cited(text)}\n", PICTURE: month_picture(submodels, words)}


def submodel_text(submodel: Submodel) -> str:
    """The section of one submodel: prose, equations with their symbols, reports, switches."""
    lines = [f"### {submodel.title}"]
    lines += [block_text(part) if isinstance(part, Block) else part for part in submodel.parts]
    if submodel.switches:
        lines.append(f"Switches: {tables.code_list(f'switches.{name}' for name in submodel.switches)}.")
    if submodel.claims:
        lines.append(f"What reports say of it:\n\n{tables.claims_text(submodel.claims)}")
    return "\n\n".join(lines)


def block_text(block: Block) -> str:
    """The equations of one function, or the line that says why it has none."""
    if not block.equations:
        return f"No equation, bookkeeping: `{block.function}` {block.text}"
    equations = "\n\n".join(f"$$\n{each}\n$$" for each in block.equations)
    symbols = tables.table(("symbol", "meaning", "unit"), map(_symbol_row, block.symbols))
    return f"`{block.function}`:\n\n{equations}\n\n{symbols}"


def _symbol_row(symbol: Symbol) -> tuple[str, str, str]:
    tex = f"$`{symbol.tex}`$"
    if not symbol.parameter:
        return tex, symbol.meaning, symbol.unit
    field = _PARAMETERS.get(symbol.parameter)
    if field is None:
        raise SourceError(f"no field of the registry: {symbol.parameter}")
    return tex, f"{field.meaning} (`{field.path}`)", field.unit or "1"


def _cited(text: str) -> str:
    """Put authors and years where the text cites a key such as @salmon2011, and the list at the end."""
    rows = read_rows(SOURCES / "references.csv")
    keys = set(_CITATION.findall(text))
    if keys != set(rows):
        raise SourceError(f"cited and listed references differ: {', '.join(sorted(keys ^ set(rows)))}")
    short = {key: row["short"] for key, row in rows.items()}
    bare = {key: name.replace("(", "").replace(")", "") for key, name in short.items()}
    text = _IN_BRACKETS.sub(lambda part: _CITATION.sub(lambda match: bare[match[1]], part[0]), text)
    text = _CITATION.sub(lambda match: short[match[1]], text)
    listed = "\n".join(f"- {row['full']}" for row in rows.values())
    return f"{text}\n\n## References\n\n{listed}"
