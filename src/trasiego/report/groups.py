"""The rows of the table of named groups: what was reported of them, and what the model makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trasiego.report.encoding import rounded

if TYPE_CHECKING:
    import xarray as xr

    from trasiego.scenario import Scenario

GROUPS_SHOWN = 20


def group_rows(dataset: xr.Dataset, scenario: Scenario | None) -> list[dict[str, Any]]:
    """Return the largest named groups by their mean number of members, the largest first.

    Members at the start and at the end and the yearly revenue (million USD) are 5, 50 and 95 percent over the
    kept runs; `alive` of the `kept` runs have members of it in the last month. `standing` says how
    far the allegation went; it is None where the scenario is not at hand. Unnamed groups are left out: their
    slots change hands.
    """
    import numpy as np

    members = dataset["group_members"].transpose("flow_run", "month", "group").values
    revenue = dataset["group_revenue_usd"].transpose("flow_run", "month", "group").values
    labels = {name: [str(value) for value in dataset[name].values] for name in _LABELS}
    named = [
        slot for slot, title in enumerate(labels["group_title"]) if title and title != labels["group"][slot]
    ]
    mean = members.mean((0, 1))
    largest = sorted(named, key=lambda slot: -float(mean[slot]))[:GROUPS_SHOWN]

    def over_runs(values: Any) -> list[float | None]:
        return rounded(np.quantile(values, (0.05, 0.5, 0.95)))

    return [
        {
            "title": labels["group_title"][slot],
            "kind": labels["group_kind"][slot],
            "country": labels["group_country"][slot],
            "standing": _standing(scenario, labels["group"][slot]),
            "claims": []
            if scenario is None
            else list(scenario.ids(f"groups.{labels['group'][slot]}.claims")),
            "members_start": over_runs(members[:, 0, slot]),
            "members_end": over_runs(members[:, -1, slot]),
            "alive": int(np.sum(members[:, -1, slot] > 0)),
            "kept": int(members.shape[0]),
            "revenue": over_runs(revenue[:, :, slot].mean(1) * 12 / 1e6),
        }
        for slot in largest
        if mean[slot] > 0
    ]


_LABELS = ("group", "group_title", "group_kind", "group_country")


def _standing(scenario: Scenario | None, group: str) -> str | None:
    return None if scenario is None else scenario.choice(f"groups.{group}.standing")
