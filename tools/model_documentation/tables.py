"""Parts of the documentation that are read from registry, scenario, schedule, state, patterns and claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from model_documentation.code import state_variables, steps
from model_documentation.sources import SourceError, Submodel
from trasiego.analysis import load_patterns
from trasiego.evidence import load_ledger
from trasiego.scenario import Number, Scenario
from trasiego.scenario.fields import Field, fields
from trasiego.world.tables import World

LETTERS = {
    "P": "places",
    "N": "nodes: a place and a product",
    "L": "links",
    "M": "slots for named offers on each link",
    "G": "slots for groups",
    "B": "principals (brokers)",
    "Z": "zones where the goods come from",
    "Q": "markets",
    "C": "countries",
}


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(text: str) -> str:
    return text if text.startswith("$`") else text.replace("|", ", ")


def code_list(names: Iterable[str]) -> str:
    """Return names as code, separated by commas."""
    return ", ".join(f"`{name}`" for name in names)


def pattern_table() -> str:
    """The patterns that the model is measured against."""
    rows = [
        (each.id, each.kind, each.text, f"`{each.scenario}`", ", ".join(each.claims) or "–")
        for each in load_patterns()
    ]
    return table(("pattern", "kind", "what was reported", "scenario", "claims"), rows)


def scale_table(world: World) -> str:
    """How many of each entity the main scenario has, and the extent in time."""
    sizes = {
        "P": world.places.country.size,
        "N": world.nodes.place.size,
        "L": world.links.tail.size,
        "M": world.opening.offer_group.shape[1],
        "G": world.opening.group_kind.size,
        "B": world.principals.share.size,
        "Z": world.zones.node.size,
        "Q": world.markets.node.size,
        "C": world.countries.strength.size,
    }
    rows = [(letter, meaning, f"{sizes[letter]:,}") for letter, meaning in LETTERS.items()]
    time = (
        f"One step is one month. `{world.name}` records {world.months} months from {world.start} on, after "
        f"{world.spin_up_months} months of spin-up that are not recorded."
    )
    return f"{time}\n\n{table(('letter', 'what', f'in `{world.name}`'), rows)}"


def state_table(words: Mapping[str, Mapping[str, str]]) -> str:
    """State variables: the names from the code, the words from docs/odd/state-variables.csv."""
    names = state_variables()
    if list(words) != names:
        wrong = sorted(set(words) ^ set(names)) or ["the order"]
        raise SourceError(f"state-variables.csv and trasiego.model.state differ in {', '.join(wrong)}")
    rows = [
        (f"`{name}`", words[name]["shape"], words[name]["unit"], words[name]["meaning"]) for name in names
    ]
    return table(("state variable", "shape", "unit", "meaning"), rows)


def of_step(submodels: Sequence[Submodel], step: str, which: str) -> list[str]:
    """State variables that the submodels of a step read or write, in the order of the state."""
    named = {name for each in submodels if each.step == step for name in getattr(each, which)}
    unknown = named - set(state_variables())
    if unknown:
        raise SourceError(f"submodels of {step} name no state variable: {', '.join(sorted(unknown))}")
    return [name for name in state_variables() if name in named]


def step_table(submodels: Sequence[Submodel]) -> str:
    """The steps of the month in order, with the state that they read and write."""
    rows = [
        (
            str(number),
            f"`{name}`",
            text.lstrip("0123456789. "),
            code_list(of_step(submodels, name, "reads")),
            code_list(of_step(submodels, name, "writes")),
        )
        for number, (name, text) in enumerate(steps(), 1)
    ]
    return table(("", "step", "what happens", "reads", "writes"), rows)


def switch_table(submodels: Sequence[Submodel]) -> str:
    """The switches of the registry and the submodels that each one touches."""
    rows = [
        (
            f"`{field.path}`",
            field.meaning,
            ", ".join(link(each) for each in submodels if field.key in each.switches),
        )
        for field in fields()
        if field.section == "switches"
    ]
    return table(("switch", "on means", "submodels that it touches"), rows)


def link(submodel: Submodel) -> str:
    """A link to the section of a submodel."""
    title = submodel.title.lower()
    anchor = "".join(each for each in title if each.isalnum() or each in " -").replace(" ", "-")
    return f"[{title}](#{anchor})"


def claims_text(claims: Sequence[str]) -> str:
    """Claims in the words of the ledger, one a line."""
    known = load_ledger().claims
    unknown = [claim for claim in claims if claim not in known]
    if unknown:
        raise SourceError(f"no such claim: {', '.join(unknown)}")
    return "\n".join(f"- {claim}: {known[claim].statement}" for claim in claims)


def _range(number: Number) -> str:
    return "–" if number.low is None or number.high is None else f"{number.low:,.6g} to {number.high:,.6g}"


def parameter_tables(scenario: Scenario) -> str:
    """Every field of the registry that holds a figure, by section, with its value in the scenario."""
    sections: dict[str, list[Field]] = {}
    for field in fields():
        if field.type in ("number", "integer") and field.section not in ("scenario", "policy"):
            sections.setdefault(field.section, []).append(field)
    parts = []
    for section, rows in sections.items():
        by_id = rows[0].by_id
        parts.append(f"**`{section}`**")
        parts.append(_by_id_table(rows, scenario) if by_id else _scalar_table(rows, scenario))
        if by_id:
            parts.append(_every_number(section, scenario))
    return "\n\n".join(parts)


def _scalar_table(rows: Sequence[Field], scenario: Scenario) -> str:
    lines = []
    for field in rows:
        number = scenario.numbers.get(field.path)
        value = scenario.value(field.path)
        shown = "–" if value is None else f"{value:,.6g}"
        record = ("–", "setting", "–") if number is None else (_range(number), number.status, _claims(number))
        lines.append((f"`{field.path}`", field.meaning, field.unit, _bounds(field), shown, *record))
    return table(("parameter", "meaning", "unit", "bounds", "value", "range", "status", "claims"), lines)


def _bounds(field: Field) -> str:
    return field.bounds.partition(" (")[0]


def _claims(number: Number) -> str:
    return ", ".join(number.claims) or "–"


def _by_id_table(rows: Sequence[Field], scenario: Scenario) -> str:
    lines = []
    for field in rows:
        start, end = f"{field.section}.", f".{field.key}"
        numbers = [
            each for path, each in scenario.numbers.items() if path.startswith(start) and path.endswith(end)
        ]
        values = [each.value for each in numbers]
        spread = f"{min(values):,.6g} to {max(values):,.6g}" if values else "–"
        status = ", ".join(f"{count} {name}" for name, count in Counter(n.status for n in numbers).items())
        lines.append(
            (
                f"`{field.path}`",
                field.meaning,
                field.unit,
                _bounds(field),
                spread,
                str(len(values)),
                status or "–",
            )
        )
    return table(("parameter", "meaning", "unit", "bounds", "values", "count", "status"), lines)


def _every_number(section: str, scenario: Scenario) -> str:
    lines = [
        (f"`{path}`", f"{each.value:,.6g}", _range(each), each.status, _claims(each))
        for path, each in scenario.numbers.items()
        if path.startswith(f"{section}.")
    ]
    body = table(("number", "value", "range", "status", "claims"), lines)
    return f"<details><summary>Every number of <code>{section}</code></summary>\n\n{body}\n\n</details>"
