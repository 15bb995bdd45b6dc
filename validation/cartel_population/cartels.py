"""Sizes of 150 cartels by recruitment, incapacitation, conflict and saturation, in weekly steps.

Written from the published equations (Prieto-Curiel, Campedelli and Hope, Science 381:1312, 2023) with the
parameters that the authors' public script fixes; none of their code is used. N is the number of cartels, T of
weeks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.integrate import solve_ivp  # type: ignore[import-untyped]

Floats = NDArray[np.float64]

CARTELS = 150
MEMBERS_AT_START = 115_000.0
WEEKS_PER_YEAR = 52
DECADE = 10 * WEEKS_PER_YEAR


@dataclass(frozen=True)
class Rates:
    """Rates of the model, all for a week.

    recruitment: recruits for each member; incapacitation: members arrested in all cartels together, spread by
    size; conflict: killed for each pair of members of two cartels at conflict weight 1; saturation: members
    who leave for each pair of members of one cartel.
    """

    recruitment: float = 2.527474e-3
    incapacitation: float = 110.0
    conflict: float = 1.549231e-8
    saturation: float = 4e-8

    def times(self, **factors: float) -> Rates:
        """Return the rates with some of them multiplied."""
        return replace(self, **{name: getattr(self, name) * factor for name, factor in factors.items()})


@dataclass(frozen=True)
class Path:
    """Weeks [T] from the start, members [T, N], and what happens in a week at each time [T].

    recruits are before anyone leaves by saturation (`left`).
    """

    weeks: Floats
    members: Floats
    recruits: Floats
    arrested: Floats
    killed: Floats
    left: Floats

    @property
    def total(self) -> Floats:
        """Members of all cartels [T]."""
        return np.asarray(self.members.sum(axis=1))

    def at(self, week: float) -> int:
        """Return the position of the time nearest to a week."""
        return int(np.argmin(np.abs(self.weeks - week)))

    def between(self, values: Floats, first: float, last: float) -> float:
        """Return the sum of a weekly amount over the weeks from `first` to `last`, by the trapezoid rule."""
        inside = slice(self.at(first), self.at(last) + 1)
        return float(np.trapezoid(values[inside], self.weeks[inside]))


def sizes_at_start(total: float = MEMBERS_AT_START, count: int = CARTELS) -> Floats:
    """Return members of each cartel [N] at the start, in proportion to 1 over its rank."""
    share = 1.0 / np.arange(1, count + 1)
    return np.asarray(total * share / share.sum())


def conflict_matrix(rivals: Floats, allies: Floats) -> Floats:
    """Return S [N, N]: (weight of the rivalry + 1) over (allied weight of the row's cartel + 1), 0 on itself.

    `rivals` and `allies` are symmetric weights [N, N], 0 for no relation. Cartels come in the order of
    `by_strength`.
    """
    matrix = (rivals + 1.0) / (allies.sum(axis=1) + 1.0)[:, None]
    np.fill_diagonal(matrix, 0.0)
    return np.asarray(matrix)


def by_strength(rivals: Floats, allies: Floats) -> tuple[Floats, Floats]:
    """Return both weights with the cartels sorted by all their relations, the most connected first."""
    strength = rivals.sum(axis=1) + allies.sum(axis=1)
    order = np.argsort(-strength, kind="stable")
    return rivals[np.ix_(order, order)], allies[np.ix_(order, order)]


def casualties(members: Floats, conflict: Floats, rates: Rates) -> float:
    """Return killings in a week at the given sizes [N]."""
    return float(rates.conflict * members @ conflict @ members)


def simulate(
    members: Floats,
    conflict: Floats,
    rates: Rates | None = None,
    weeks: int = DECADE,
    first_week: float = 0.0,
) -> Path:
    """Return sizes and events week by week from `first_week` on, starting from `members` [N].

    dC_i/dt = C_i (recruitment - incapacitation / sum C - conflict (S C)_i - saturation C_i), integrated by
    scipy's LSODA to 1e-9 relative.
    """
    rates = Rates() if rates is None else rates

    def change(_time: float, sizes: Floats) -> Floats:
        arrested = rates.incapacitation / max(float(sizes.sum()), 1.0)
        loss = rates.conflict * (conflict @ sizes) + rates.saturation * sizes
        return np.asarray(sizes * (rates.recruitment - arrested - loss))

    times = np.arange(weeks + 1, dtype=np.float64)
    found = solve_ivp(change, (0.0, float(weeks)), members, "LSODA", times, rtol=1e-9, atol=1e-6)
    if not found.success:
        raise ArithmeticError(found.message)
    sizes = found.y.T
    return Path(
        weeks=times + first_week,
        members=sizes,
        recruits=rates.recruitment * sizes.sum(axis=1),
        arrested=np.where(sizes.sum(axis=1) > 1.0, rates.incapacitation, 0.0),
        killed=rates.conflict * np.einsum("ti,ij,tj->t", sizes, conflict, sizes),
        left=rates.saturation * (sizes**2).sum(axis=1),
    )
