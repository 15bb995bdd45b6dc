"""The scripted events as the page shows them: one row for one report, however many targets it has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import xarray as xr

EVENT_CLASSES = {
    "raid": "against",
    "leader_arrest": "against",
    "leader_killed": "against",
    "surrender": "against",
    "asset_seizure": "against",
    "dissolve": "against",
    "enter": "among",
    "split": "among",
    "takeover": "among",
    "contest": "among",
    "budget": "state",
    "aid": "state",
    "eradication": "state",
    "demand": "state",
    "stance": "state",
    "capture": "state",
    "integrity": "state",
}
"""Colour on the time axis by kind of event: loss of a group, change among groups, change of a state."""


def event_rows(
    manifest: Mapping[str, Any], months: Sequence[str], names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return the scripted events by date; `month` is the position of the month, None outside of the run.

    One report often changes several targets at once: events of the same month, kind and text are one row,
    with all their targets and claims.
    """
    position = {month: index for index, month in enumerate(months)}
    rows: dict[tuple[str, str, str], dict[str, Any]] = {}
    for event in sorted(manifest["events"], key=lambda event: str(event["date"])):
        row = rows.setdefault(
            (event["date"], event["kind"], event["text"]),
            {
                "date": event["date"],
                "month": position.get(event["date"][:7]),
                "kind": event["kind"],
                "class": EVENT_CLASSES.get(event["kind"], "state"),
                "targets": [],
                "text": event["text"],
                "claims": [],
            },
        )
        row["targets"] += _new([names.get(event["target"], event["target"])], row["targets"])
        row["claims"] += _new(event["claims"], row["claims"])
    return list(rows.values())


def _new(found: Sequence[str], known: Sequence[str]) -> list[str]:
    return [each for each in found if each not in known]


def names_by_id(dataset: xr.Dataset, countries: Mapping[str, str]) -> dict[str, str]:
    """Return readable names of what events may happen to: countries, places and groups, by id."""
    names = dict(countries)
    for label, name in (("place", "place_name"), ("group", "group_title")):
        names |= zip(map(str, dataset[label].values), map(str, dataset[name].values), strict=True)
    return {label: name for label, name in names.items() if name}
