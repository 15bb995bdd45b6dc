"""Writes tests/bad/small.toml, the smallest complete scenario: `python tests/scenario/small_scenario.py`.

Files of bad input build on it with `base`, so that each holds its mistake and little else. Run it again when
the registry of fields changes; a test compares what it writes with the file.
"""

from __future__ import annotations

from pathlib import Path

from trasiego.scenario.fields import Field, registry

TARGET = Path(__file__).parents[1] / "bad" / "small.toml"

IDS = {
    "zones": ["pe-vrae"],
    "modes": ["pickup", "river_boat", "truck", "processing"],
    "regions": ["andes"],
    "kinds": ["network"],
    "groups": ["carriers", "clan"],
    "brokers": ["buyer"],
    "markets": ["pe-callao"],
    "countries": ["PE"],
    "events": ["raid-2011"],
}

GIVEN: dict[str, object] = {
    "scenario.name": "small",
    "scenario.title": "A valley and a port",
    "scenario.description": "The smallest scenario that is complete",
    "scenario.start": "2010-01",
    "scenario.months": 24,
    "scenario.spin_up_months": 6,
    "cut.places": ["pe-vrae", "pe-kimbiri", "pe-cusco", "pe-huancayo", "pe-lima", "pe-callao"],
    "zones.*.kind": "cultivation",
    "zones.*.product": "paste",
    "zones.*.coca_area_ha": 19723,
    "zones.*.leaf_yield_kg_per_ha_year": 3600,
    "zones.*.leaf_kg_per_kg": 375,
    "processing.paste_countries": ["PE"],
    "processing.places": ["pe-cusco"],
    "modes.*.domain": "road",
    "regions.*.countries": ["PE"],
    "kinds.*.members_minimum": 3,
    "kinds.*.members_at_entry_low": 5,
    "kinds.*.members_at_entry_high": 20,
    "kinds.*.succession_probability": 0.5,
    "kinds.*.split_probability": 0.3,
    "groups.*.title": "Carriers of the valley",
    "groups.*.kind": "network",
    "groups.*.country": "PE",
    "groups.*.places": ["pe-vrae", "pe-cusco"],
    "groups.*.members": 20,
    "groups.*.political_access": "none",
    "groups.*.strategy": "freelance",
    "groups.*.standing": "alleged",
    "brokers.*.title": "A buyer",
    "brokers.*.strategy": "freelance",
    "brokers.*.markets": ["pe-callao"],
    "brokers.*.places_held": ["pe-lima"],
    "markets.*.demand_growth_per_year": 0.02,
    "countries.*.stance": "interdict",
    "countries.*.integrity": 0.5,
    "events.*.date": "2011-03",
    "events.*.kind": "raid",
    "events.*.target": "carriers",
    "events.*.size": 0.5,
    "events.*.text": "A raid on the carriers",
}


def small_text() -> str:
    """Return the TOML of the small scenario."""
    lines = ["# The smallest complete scenario; written by tests/scenario/small_scenario.py."]
    for section, rows in registry().sections.items():
        if section == "policy":
            continue
        for name in IDS.get(section, [""]):
            keys = [_line(row) for row in rows.values() if row.required or row.path in GIVEN]
            if keys:
                lines += ["", f"[{section}.{name}]" if name else f"[{section}]", *keys]
    return "\n".join(lines) + "\n"


def _line(row: Field) -> str:
    value = GIVEN.get(row.path)
    if row.type == "flag":
        text = "true"
    elif row.type == "integer":
        text = str(int(value or row.minimum or 0))
    elif row.type == "number":
        figure = float(value) if value is not None else _middle(row)
        ends = ", ".join(f"{end} = {figure:.6g}" for end in ("value", "low", "high"))
        text = f'{{ {ends}, status = "assumed", note = "for tests" }}'
    elif isinstance(value, list):
        text = "[" + ", ".join(f'"{item}"' for item in value) + "]"
    else:
        text = f'"{value}"'
    return f"{row.key} = {text}"


def _middle(row: Field) -> float:
    """Return a figure well inside the bounds, nearer the lower one."""
    low, high = row.minimum or 0.0, row.maximum or 1.0
    return low + (min(high, 10 * low + 1) - low) / 4


if __name__ == "__main__":
    TARGET.write_text(small_text(), encoding="utf-8")
