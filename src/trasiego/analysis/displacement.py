"""Where the flow goes under a policy: which countries lose, which gain, how much of a loss comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from trasiego.analysis.difference import Difference, difference
from trasiego.analysis.estimate import Estimate, pooled_ratio
from trasiego.analysis.outcomes import INFLOW, Measured
from trasiego.analysis.view import Floats


@dataclass(frozen=True)
class CountryChange:
    """What comes into a country from others in a year (t), and what an arm changes of it.

    The intervals of all countries hold together with the chance of a single one.
    """

    country: str
    base: float
    difference: Difference


@dataclass(frozen=True)
class Displacement:
    """The countries by what an arm changes, the largest loss first, and the part of a loss that comes back.

    `lost_most` is the country that loses most of those whose loss can be told from nothing, "" without one;
    `gained` are the countries whose gain can be told. `share` is the sum of those gains over that loss,
    pooled over the runs with a bootstrap interval; None without a loss. A kilogram that passes two more
    countries gains in both, so the share can be above 1.
    """

    countries: tuple[CountryChange, ...]
    lost_most: str
    gained: tuple[str, ...]
    share: Estimate | None


def displacement(base: Measured, arm: Measured) -> Displacement:
    """Return where the flow goes under an arm; countries into which nothing comes are left out."""
    flows = {
        key.entity: (before, arm.values[key])
        for key, before in base.values.items()
        if key.outcome == INFLOW and (before.any() or arm.values[key].any())
    }
    rows: list[CountryChange] = []
    for country, (before, after) in flows.items():
        found = difference(before, after, len(flows))
        if found is not None:
            rows.append(CountryChange(country, float(np.mean(before)), found))
    changed = {country: after - before for country, (before, after) in flows.items()}
    rows.sort(key=lambda row: row.difference.mean)
    lost = next((row.country for row in rows if row.difference.high < 0), "")
    gained = tuple(row.country for row in reversed(rows) if row.difference.low > 0)
    return Displacement(tuple(rows), lost, gained, _share(changed, lost, gained))


def _share(changed: Mapping[str, Floats], lost: str, gained: tuple[str, ...]) -> Estimate | None:
    if not lost:
        return None
    gain = sum((changed[country] for country in gained), np.zeros_like(changed[lost]))
    return pooled_ratio(gain, -changed[lost], "share")
