"""Paired runs: the same runs with and without an arm, seen side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from trasiego.analysis.arms import BASE
from trasiego.analysis.view import Floats, NotMeasurable, ResultView
from trasiego.common.messages import _

_Cut = Callable[[ResultView], ResultView]


class PairedView:
    """The runs as they are and those under each arm, run by run.

    Common random numbers: run j of every view has the same draws, as far as the same entities draw. `costs`
    are the costs of the arms that have one [USD/month]. Raise NotMeasurable where runs, months or the places
    and links of the views differ.
    """

    def __init__(
        self, base: ResultView, arms: Mapping[str, ResultView], costs: Mapping[str, float] | None = None
    ) -> None:
        self.base = base
        self.arms = dict(arms)
        self.costs = dict(costs or {})
        for name, arm in self.arms.items():
            same = (
                np.array_equal(base.all_months, arm.all_months)
                and all(_same(base, arm, dim) for dim in ("run", "flow_run", "place", "link", "country"))
                and base.manifest["seed"] == arm.manifest["seed"]
            )
            if not same:
                raise NotMeasurable(_("the runs of {arm} are not those of the base").format(arm=name))

    def of(self, name: str) -> ResultView:
        """Return the view of an arm, or of the runs without one for "base"."""
        return self.base if name == BASE else self.arms[name]

    def cost_usd_per_month(self, name: str) -> float:
        """Return what an arm costs; raise NotMeasurable where its policies do not say."""
        if name not in self.costs:
            raise NotMeasurable(_("the policies of {arm} have no cost").format(arm=name))
        return self.costs[name]

    def within(self, first: str | None, last: str | None) -> PairedView:
        """Return the views from month `first` to month `last`; NotMeasurable as `ResultView.within`."""
        return self._each(lambda view: view.within(first, last))

    def between(self, first: int, stop: int) -> PairedView:
        """Return the views of the months at positions `first` to `stop` (not included) of the whole run."""
        return self._each(lambda view: view.between(first, stop))

    def require(self, labels: Iterable[str]) -> None:
        """Raise NotMeasurable unless every label is a country, place or market of the world."""
        self.base.require(labels)

    def _each(self, cut: _Cut) -> PairedView:
        made = PairedView.__new__(PairedView)
        made.base, made.costs = cut(self.base), self.costs
        made.arms = {name: cut(arm) for name, arm in self.arms.items()}
        return made


@dataclass(frozen=True)
class Pooled:
    """A ratio that is taken of the sums over the runs, because that of a single run is mostly noise.

    `upper` and `lower` are its parts by run.
    """

    upper: Floats
    lower: Floats


def _same(base: ResultView, arm: ResultView, dim: str) -> bool:
    return np.array_equal(base.dataset[dim].values, arm.dataset[dim].values)
