"""What ids may refer to: places, countries, modes, claims of the shipped data, ids of the scenario."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import NamedTuple

from trasiego.common.faults import Fault, nearest
from trasiego.common.messages import _
from trasiego.common.own_claims import OWN_ID
from trasiego.common.paths import data_folder
from trasiego.scenario.documents import Spot
from trasiego.scenario.numbers import Number
from trasiego.scenario.state import State

MODES = (
    "foot",
    "pickup",
    "truck",
    "river_boat",
    "fast_boat",
    "fishing_boat",
    "light_aircraft",
    "container_ship",
    "parcel",
    "processing",
)
"""Modes of the links of the geography, and the refining of paste, which is a link between products."""

TARGET_SECTIONS = ("groups", "brokers", "countries", "markets", "zones")


class LinkEnds(NamedTuple):
    """The ends and the mode of a link of the geography."""

    from_: str
    to: str
    mode: str


@lru_cache(maxsize=1)
def known_places() -> Mapping[str, str]:
    """Return the country (ISO 3166-1 alpha-2) of each place of the geography, in its order.

    Only two columns of the file are read here: the world builds places in full, and it comes after the
    scenario.
    """
    with (data_folder("geography") / "places.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row["country"] for row in csv.DictReader(file)}


@lru_cache(maxsize=1)
def known_links() -> tuple[LinkEnds, ...]:
    """Return the ends and modes of the links of the geography."""
    with (data_folder("geography") / "links.csv").open(encoding="utf-8", newline="") as file:
        return tuple(LinkEnds(row["from"], row["to"], row["mode"]) for row in csv.DictReader(file))


@lru_cache(maxsize=1)
def known_claims() -> frozenset[str]:
    """Return the ids of all claims of the shipped evidence."""
    ids: set[str] = set()
    for path in sorted(data_folder("claims").rglob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            if rows.fieldnames and {"id", "statement"} <= set(rows.fieldnames):
                ids.update(row["id"] for row in rows)
    return frozenset(ids)


def check_references(state: State) -> None:
    """Add a fault to the state for each id that refers to nothing."""
    known = _known(state)
    for given in (*state.given.values(), *state.heads):
        value = given.value
        if isinstance(value, Number):
            # Own claims lie in the user's ledger, which need not be at hand.
            cited = tuple("" if OWN_ID.fullmatch(name) else name for name in value.claims)
            state.faults += _unknown(given.spot.below("claims"), cited, "claims", known)
        elif given.row.reference is not None and given.path != "scenario.base":
            names = value if isinstance(value, tuple) else str(value)
            state.faults += _unknown(given.spot, names, given.row.reference, known)
    tables = (("countries", "countries"), ("modes", "modes"), ("zones", "places"), ("markets", "places"))
    for section, what in tables:
        for name in state.section(section):
            state.faults += _unknown(state.spot(f"{section}.{name}"), name, what, known)


def _known(state: State) -> dict[str, Collection[str]]:
    known: dict[str, Collection[str]] = {
        "places": known_places(),
        "countries": list(dict.fromkeys(known_places().values())),
        "claims": known_claims(),
        "modes": MODES,
    }
    for section in ("kinds", "groups", "markets", "zones"):
        known[section] = state.section(section)
    targets = [name for section in TARGET_SECTIONS for name in state.section(section)]
    known["targets"] = dict.fromkeys([*targets, *known_places()])
    return known


def _unknown(
    spot: Spot, names: str | tuple[str, ...], what: str, known: Mapping[str, Collection[str]]
) -> list[Fault]:
    """Return a fault for each name that is not known; items of a list are reported at their own line."""
    valid = known[what]
    if isinstance(names, str):
        return [] if names in valid else [_fault(spot, names, what, valid)]
    return [
        _fault(spot.below(at), name, what, valid)
        for at, name in enumerate(names)
        if name and name not in valid
    ]


def _fault(spot: Spot, name: str, what: str, valid: Collection[str]) -> Fault:
    homes = {
        "places": _("a place that trasiego places lists"),
        "countries": _("a country with places that trasiego places lists"),
        "claims": _("a claim that trasiego evidence lists"),
        "targets": _("a group, principal, country, market, zone or place of the scenario"),
    }
    allowed = homes.get(what) or _("ids of {what}: {ids}").format(what=what, ids=", ".join(valid))
    return spot.fault(
        _("{name}, which is not among the {what}").format(name=name, what=what),
        allowed,
        _("correct the id"),
        nearest(name, valid),
    )
