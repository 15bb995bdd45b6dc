"""Measures: what a quantity may be about, in which unit, and within which bounds it is plausible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from trasiego.common.faults import nearest
from trasiego.common.messages import _
from trasiego.common.units import UNITS, convert
from trasiego.evidence.cells import Cells


@dataclass(frozen=True, slots=True)
class Measure:
    """A thing that is measured: its name, the unit of its bounds, the plausible bounds and its meaning."""

    what: str
    unit: str
    minimum: float
    maximum: float
    meaning: str

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain data for JSON."""
        return {
            "what": self.what,
            "unit": self.unit,
            "minimum": self.minimum,
            "maximum": self.maximum,
            "meaning": self.meaning,
        }


Measures = Mapping[str, Mapping[str, Measure]]
"""Measures by name and then by the dimension of their unit."""


def measure_of(cells: Cells) -> Measure | None:
    """Return the measure of a row of measures.csv, or None with faults when the row cannot be used."""
    what, unit, meaning = cells.text("what"), cells.text("unit"), cells.text("meaning")
    minimum, maximum = cells.number("minimum"), cells.number("maximum")
    if unit and unit not in UNITS:
        unit_fault(cells, unit)
        return None
    if minimum is None or maximum is None or not what or not unit:
        return None
    if minimum > maximum:
        found = f"{minimum:.10g} > {maximum:.10g}"
        cells.fault("minimum", found, _("a minimum below the maximum"), _("turn the two round"))
        return None
    return Measure(what, unit, minimum, maximum, meaning)


def unit_fault(cells: Cells, unit: str) -> None:
    """Report a unit that is not in the closed list."""
    do = _("take a unit of the list and convert the figure; figure_as_stated keeps what the source printed")
    cells.fault("unit", unit, _("a unit of the closed list"), do, nearest(unit, UNITS))


def check_measure(
    cells: Cells, what: str, unit: str, figures: Iterable[float | None], measures: Measures
) -> None:
    """Report a measure that is not registered, a unit of another dimension, and figures out of bounds.

    `figures` are value, low and high in `unit`, None where the row has none.
    """
    if unit not in UNITS:
        if unit:
            unit_fault(cells, unit)
        return
    if what not in measures:
        if what:
            do = _("take a registered measure, or register the new one in measures.csv")
            cells.fault("what", what, _("a measure of measures.csv"), do, nearest(what, measures))
        return
    dimensions = measures[what]
    measure = dimensions.get(UNITS[unit].dimension)
    if measure is None:
        allowed = " | ".join(each.unit for each in dimensions.values())
        cells.fault(
            "unit",
            unit,
            _("{units} or a unit that converts to it").format(units=allowed),
            _("convert the figure"),
        )
        return
    for figure in figures:
        if figure is None:
            continue
        in_unit = convert(figure, unit, measure.unit)
        if not measure.minimum <= in_unit <= measure.maximum:
            cells.fault(
                "value",
                f"{in_unit:.10g} {measure.unit} ({what})",
                _("{low} to {high} {unit}").format(
                    low=f"{measure.minimum:.10g}", high=f"{measure.maximum:.10g}", unit=measure.unit
                ),
                _("check figure and unit against the source"),
            )
            return
