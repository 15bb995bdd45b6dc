"""The closed list of units: every quantity of a scenario or a claim has one of them.

A unit has a dimension, and only units of one dimension convert. Base units are the kilogram, the hectare,
the kilometre, the month (a twelfth of a year) and the US dollar at current prices; things that are counted
(members, persons, groups, ...) are dimensions of their own, so members never turn into persons. Purity and
product belong to the quantity, not to the unit. Other currencies do not convert: a rate is evidence and needs
a claim.
"""

from __future__ import annotations

from dataclasses import dataclass

from trasiego.common.faults import nearest
from trasiego.common.messages import _

DAYS_PER_MONTH = 365.25 / 12


@dataclass(frozen=True)
class Unit:
    """A unit: its name, its dimension, how many base units one of it is, and what it means."""

    name: str
    dimension: str
    factor: float
    meaning: str


_ROWS: tuple[tuple[str, str, float, str], ...] = (
    # pure numbers
    ("1", "number", 1.0, "Number without unit (ratio, index, exponent, elasticity)"),
    ("share", "number", 1.0, "Part of a whole, 1 is all of it"),
    ("probability", "number", 1.0, "Chance, 1 is certain"),
    ("log share", "log share", 1.0, "Part of a value as a logarithm: s leaves exp(-s) of the value"),
    ("log standard deviation", "log standard deviation", 1.0, "Standard deviation of a logarithm"),
    ("index", "index", 1.0, "Points of a published index from 0 to 100"),
    # mass
    ("kg", "mass", 1.0, "Kilogram"),
    ("t", "mass", 1000.0, "Tonne"),
    ("kg/month", "mass/time", 1.0, "Kilograms a month"),
    ("kg/year", "mass/time", 1 / 12, "Kilograms a year"),
    ("t/month", "mass/time", 1000.0, "Tonnes a month"),
    ("t/year", "mass/time", 1000 / 12, "Tonnes a year"),
    ("kg/kg", "mass/mass", 1.0, "Kilograms of one product for a kilogram of another"),
    # area and length
    ("ha", "area", 1.0, "Hectare"),
    ("ha/year", "area/time", 1 / 12, "Hectares a year"),
    ("kg/ha/year", "mass/area/time", 1 / 12, "Kilograms a hectare and year"),
    ("km", "length", 1.0, "Kilometre"),
    # time
    ("day", "time", 1 / DAYS_PER_MONTH, "Day"),
    ("day/year", "time/time", 1 / 365.25, "Days a year, such as days of a ship at sea"),
    ("month", "time", 1.0, "Month, a twelfth of a year"),
    ("year", "time", 12.0, "Year"),
    ("1/month", "1/time", 1.0, "Times or parts a month"),
    ("1/year", "1/time", 1 / 12, "Times or parts a year"),
    # money
    ("USD", "money", 1.0, "US dollar, current prices"),
    ("USD/month", "money/time", 1.0, "US dollars a month"),
    ("USD/year", "money/time", 1 / 12, "US dollars a year"),
    ("USD/kg", "money/mass", 1.0, "US dollars a kilogram"),
    ("USD/g", "money/mass", 1000.0, "US dollars a gram"),
    ("USD/kg/km", "money/mass/length", 1.0, "US dollars a kilogram and kilometre"),
    ("USD/member", "money/member", 1.0, "US dollars a member"),
    ("USD/member/month", "money/member/time", 1.0, "US dollars a member and month"),
    ("USD/person/month", "money/person/time", 1.0, "US dollars a person and month"),
    ("USD/flight", "money/flight", 1.0, "US dollars a flight"),
    ("EUR", "euro", 1.0, "Euro, current prices"),
    ("EUR/year", "euro/time", 1 / 12, "Euro a year"),
    ("GTQ", "quetzal", 1.0, "Guatemalan quetzal, current prices"),
    ("GTQ/kg", "quetzal/mass", 1.0, "Quetzales a kilogram"),
    ("MXN", "Mexican peso", 1.0, "Mexican peso, current prices"),
    ("MXN/year", "Mexican peso/time", 1 / 12, "Mexican pesos a year"),
    ("PEN/kg", "sol/mass", 1.0, "Peruvian soles a kilogram, current prices"),
    # work
    ("kg km/member/month", "mass length/member/time", 1.0, "Kilogram kilometres a member and month"),
    ("kg/member/month", "mass/member/time", 1.0, "Kilograms handled by a member in a month"),
    ("log share/1000 km", "log share/length", 0.001, "Log share for a thousand kilometres"),
    ("1/1000 km", "1/length", 0.001, "Hazard for a thousand kilometres"),
    ("1/member", "1/member", 1.0, "Number for each member"),
    ("1/member/month", "1/member/time", 1.0, "Number for each member and month"),
    # counted things
    ("member", "member", 1.0, "Member of a group"),
    ("person", "person", 1.0, "Person"),
    ("person/week", "person/time", DAYS_PER_MONTH / 7, "Persons a week"),
    ("person/year", "person/time", 1 / 12, "Persons a year"),
    ("group", "group", 1.0, "Group or organisation"),
    ("cell", "cell", 1.0, "Cell of a group or of a prison"),
    ("house", "house", 1.0, "House or other property"),
    ("agency", "agency", 1.0, "Body, firm, municipality or country"),
    ("1/100000", "1/person", 1e-5, "Number for 100,000 inhabitants"),
    ("1/100000/year", "1/person/time", 1e-5 / 12, "Number for 100,000 inhabitants and year"),
    ("homicide", "homicide", 1.0, "Homicide"),
    ("flight", "flight", 1.0, "Flight"),
    ("flight/day", "flight/time", DAYS_PER_MONTH, "Flights a day"),
    ("flight/year", "flight/time", 1 / 12, "Flights a year"),
    ("package", "package", 1.0, "Package"),
    ("vehicle", "vehicle", 1.0, "Road vehicle"),
    ("vessel", "vessel", 1.0, "Ship or boat"),
    ("aircraft", "aircraft", 1.0, "Aircraft"),
    ("airstrip", "airstrip", 1.0, "Airstrip"),
    ("laboratory", "laboratory", 1.0, "Laboratory"),
    ("shipment/month", "shipment/time", 1.0, "Shipments a month"),
    ("case", "case", 1.0, "Case, operation, seizure or other act that is counted"),
    ("case/year", "case/time", 1 / 12, "Cases a year"),
)

UNITS: dict[str, Unit] = {row[0]: Unit(*row) for row in _ROWS}
"""Every unit by its name."""


def unit(name: str) -> Unit:
    """Return the unit called `name`; raise ValueError that names the nearest one when there is none."""
    if name not in UNITS:
        close = nearest(name, UNITS)
        hint = f", nearest is {close!r}" if close else ""
        raise ValueError(f"{name!r} is not in the list of units{hint}")
    return UNITS[name]


def convert(value: float, from_: str, to: str) -> float:
    """Return `value` in unit `from_` as a value in unit `to`.

    Raise ValueError for a unit that is not in the list or when the dimensions differ.
    """
    source, target = unit(from_), unit(to)
    if source.dimension != target.dimension:
        raise ValueError(f"{from_!r} ({source.dimension}) does not convert to {to!r} ({target.dimension})")
    return value if from_ == to else value * source.factor / target.factor


def unit_text(name: str) -> str:
    """Return how a unit is written after a figure: counted things in the plural, pure numbers not at all."""
    counted = {
        "day": _("days"),
        "month": _("months"),
        "year": _("years"),
        "member": _("members"),
        "person": _("persons"),
        "group": _("groups"),
        "cell": _("cells"),
        "house": _("houses"),
        "agency": _("agencies"),
        "homicide": _("homicides"),
        "flight": _("flights"),
        "package": _("packages"),
        "vehicle": _("vehicles"),
        "vessel": _("vessels"),
        "airstrip": _("airstrips"),
        "laboratory": _("laboratories"),
        "case": _("cases"),
        "1/100000/year": _("per 100,000 a year"),
        "1/100000": _("per 100,000"),
    }
    return "" if name in ("", "1") else counted.get(name, name)
