"""The cut: which places of the geography stay, and what of an inherited scenario leaves with the others."""

from __future__ import annotations

from trasiego.scenario.references import TARGET_SECTIONS, known_places
from trasiego.scenario.state import State

ZONE_FIELDS = {
    "cultivation": (
        "coca_area_ha",
        "leaf_yield_kg_per_ha_year",
        "leaf_kg_per_kg",
        "legal_leaf_share",
        "eradication_ha_per_year",
    ),
    "inflow": ("inflow_kg_per_month",),
}
ZONE_OPTIONS = ("legal_leaf_share", "eradication_ha_per_year")
"""Fields of one kind of zone only, and those among them that may be left out."""


def kept_places(state: State) -> list[str]:
    """Return the ids of the places that stay, in the order of the geography; all of them without a cut."""
    countries, added = state.ids("cut.countries"), state.ids("cut.places")
    left_out = state.ids("cut.without_places")
    return [
        place
        for place, country in known_places().items()
        if ((country in countries or place in added) or not (countries or added)) and place not in left_out
    ]


def apply_cut(state: State) -> None:
    """Take out of the state what was inherited and lies outside the kept places or outside the period.

    What the scenario file says itself stays as it is written: where it lies outside, that is a mistake, which
    the checks report. Zones and markets stand at the place of their id.
    """
    state.before_cut = frozenset(path.split(".")[1] for path in state.given)
    inside = set(state.kept)
    countries = {known_places()[place] for place in state.kept}
    for section, valid in (("zones", inside), ("markets", inside), ("countries", countries)):
        for name in set(state.section(section)) - state.own_ids(section) - valid:
            state.drop(f"{section}.{name}")
    # Groups come before brokers, which refer to those that are left.
    _leave_kind(state)
    _trim(state, "regions.*.countries", countries, "drop")
    _trim(state, "processing.places", inside, "keep")
    _trim(state, "processing.paste_countries", countries, "keep")
    _trim(state, "groups.*.places", inside, "drop")
    _trim(state, "brokers.*.group", set(state.section("groups")), "remove")
    _trim(state, "brokers.*.places_held", inside, "remove")
    _trim(state, "brokers.*.zones", set(state.section("zones")), "remove")
    _trim(state, "brokers.*.markets", set(state.section("markets")), "drop")
    _drop_events(state)


def _leave_kind(state: State) -> None:
    """Drop inherited fields that a zone cannot have since the scenario file made it one of another kind."""
    for name, kind in state.each("zones", "kind"):
        for key in state.keys("zones", name):
            path = f"zones.{name}.{key}"
            if key in other_fields(kind) and state.own(f"zones.{name}.kind") and not state.own(path):
                state.drop(path)


def other_fields(kind: str) -> tuple[str, ...]:
    """Return the fields that belong to zones of the other kind."""
    return tuple(key for other, keys in ZONE_FIELDS.items() if other != kind for key in keys)


def _trim(state: State, pattern: str, valid: set[str], emptied: str) -> None:
    """Keep the valid ids of inherited fields; an emptied field drops its id, is removed or kept empty."""
    section, *middle, key = pattern.split(".")
    paths = [f"{section}.{name}.{key}" for name in state.section(section)] if middle else [pattern]
    for path in paths:
        given = state.given.get(path)
        if given is None or state.own(path):
            continue
        names = given.value if isinstance(given.value, tuple) else (str(given.value),)
        rest = tuple(name for name in names if name in valid or not existed(state, name))
        if rest or emptied == "keep":
            if isinstance(given.value, tuple):
                state.replace(path, rest)
        elif emptied == "remove":
            state.drop(path)
        elif given.value:
            state.drop(path.rpartition(".")[0])


def existed(state: State, name: str) -> bool:
    """Whether an id meant something before the cut; one that never did has its own fault."""
    return name in known_places() or name in known_places().values() or name in state.before_cut


def period(state: State) -> tuple[str, str] | None:
    """Return the first and the last recorded month ("2008-01"), or None while they are not known."""
    start, months = state.value("scenario.start", str), state.value("scenario.months", int)
    if start is None or months is None:
        return None
    last = int(start[:4]) * 12 + int(start[5:]) - 1 + months - 1
    return start, f"{last // 12:04d}-{last % 12 + 1:02d}"


def _drop_events(state: State) -> None:
    """Drop events outside the period or the cut, save those that the scenario file itself puts there.

    When a setting changes the period, the file cannot know, and its own events outside it drop out as well.
    """
    span = period(state)
    fields = [state.given.get(f"scenario.{key}") for key in ("start", "months")]
    period_is_set = any(given is not None and given.spot.document.path is None for given in fields)
    there = {name for section in TARGET_SECTIONS for name in state.section(section)} | set(state.kept)
    own = state.own_ids("events")
    for name in state.section("events"):
        date = state.value(f"events.{name}.date", str)
        actors = [state.value(f"events.{name}.{key}", str) for key in ("target", "by")]
        outside = span is not None and date is not None and not span[0] <= date <= span[1]
        gone = any(actor is not None and actor not in there for actor in actors)
        if (outside and (name not in own or period_is_set)) or (gone and name not in own):
            state.drop(f"events.{name}")
