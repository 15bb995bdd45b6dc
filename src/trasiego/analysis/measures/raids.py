"""What a reported raid moves: the runs with it against those without, over the year after."""

from __future__ import annotations

from collections.abc import Sequence

from trasiego.analysis.estimate import ratio
from trasiego.analysis.events import around_reported
from trasiego.analysis.flows import entered_by_place, inside_places
from trasiego.analysis.measures.groups import LEAST_MONTHS, carrier_income
from trasiego.analysis.paired import PairedView, Pooled
from trasiego.analysis.view import Floats, NotMeasurable, ResultView
from trasiego.common.messages import _


def throughput_fall_over_share(
    view: PairedView, arm: str, over: str, country: str, claims: Sequence[str]
) -> Pooled:
    """Fall of a country's inflow by the reported raid, over the group's share of the carriers' income before.

    0 is no fall, 1 a fall as large as the group's share, below 0 a rise. `arm` has the raid, `over` has not.
    """
    before, after, target = around_reported(view.of(arm), claims, LEAST_MONTHS)
    own = before.position("group", target)
    income = carrier_income(before, country)
    share = ratio(income[:, own], income.sum(axis=1))
    if not (share > 0).any():
        raise NotMeasurable(_("the group had no income before the raid"))
    with_raid = entered_by_place(after, country).sum(axis=1)
    without = entered_by_place(_same_months(view.of(over), after), country).sum(axis=1)
    return Pooled(without - with_raid, share * without)


def entries_elsewhere(
    view: PairedView, arm: str, over: str, country: str, stretch: Sequence[str], claims: Sequence[str]
) -> Floats:
    """Part of the inflow outside the stretch after the raid, over that without the raid, by kept run."""
    _before, after, _target = around_reported(view.of(arm), claims, LEAST_MONTHS)
    inside = inside_places(after, stretch)
    parts = []
    for side in (after, _same_months(view.of(over), after)):
        entered = entered_by_place(side, country)
        parts.append(ratio(entered[:, ~inside].sum(axis=1), entered.sum(axis=1)))
    if not (parts[1] > 0).any():
        raise NotMeasurable(_("all goods come in over the group's stretch in this scenario"))
    return ratio(parts[0], parts[1])


def _same_months(view: ResultView, other: ResultView) -> ResultView:
    """Return a view cut to the months of another."""
    first = int((other.months[0] - view.all_months[0]).astype(int))
    return view.between(first, first + other.months.size)
