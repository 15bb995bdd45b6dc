"""What raids and dismantled groups move: the runs with them against those without, over the year after."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from trasiego.analysis.estimate import ratio
from trasiego.analysis.events import LOSS_OF_LEADERS, around_loss, around_reported
from trasiego.analysis.flows import entered_by_place, inside_places
from trasiego.analysis.measures.groups import CARRIERS, LEAST_MONTHS, carrier_income
from trasiego.analysis.paired import PairedView, Pooled
from trasiego.analysis.view import Floats, NotMeasurable, ResultView
from trasiego.common.messages import _

RECOVERY_MONTHS = 3
"""The last months of the first year after an event, in which recovery is read."""


def throughput_fall_over_share(
    view: PairedView, arm: str, over: str, country: str, claims: Sequence[str]
) -> Pooled:
    """Fall of a country's inflow by the reported raid, over the group's share of the carriers' income before.

    0 is no fall or a rise, 1 a fall as large as the group's share. `arm` has the raid, `over` has not.
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


def groups_after_dismantling(view: PairedView, arm: str, over: str, country: str) -> Floats:
    """Groups that move goods in the year after a dynasty was struck, over those without, by kept run."""
    after, without = _year_after(view, arm, over, country)
    return ratio(_carriers(after, country), _carriers(without, country))


def concentration_after_dismantling(view: PairedView, arm: str, over: str, country: str) -> Floats:
    """Herfindahl-Hirschman index of the income of those groups, over that without, by kept run."""
    after, without = _year_after(view, arm, over, country)
    return ratio(_concentration(after, country), _concentration(without, country))


def throughput_after_dismantling(view: PairedView, arm: str, over: str, country: str) -> Floats:
    """Inflow of the country at the end of that year, over that in `over`, by kept run."""
    last = []
    for side in _year_after(view, arm, over, country):
        stop = int((side.months[-1] - side.all_months[0]).astype(int)) + 1
        last.append(entered_by_place(side.between(stop - RECOVERY_MONTHS, stop), country).sum(axis=1))
    return ratio(last[0], last[1])


def _year_after(view: PairedView, arm: str, over: str, country: str) -> tuple[ResultView, ResultView]:
    """Return the year after the first blow to a dynasty of the country, and the same months without."""
    _before, after, _target = around_loss(view.of(arm), "dynasty", country, LOSS_OF_LEADERS, LEAST_MONTHS)
    return after, _same_months(view.of(over), after)


def _carriers(view: ResultView, country: str) -> Floats:
    """Return the mean number of groups of a country that move goods, by kept run."""
    present = view.groups_of([country], CARRIERS) & (view.amount("group_members") > 0)
    return np.asarray(present.sum(axis=2).mean(axis=1))


def _concentration(view: ResultView, country: str) -> Floats:
    income = carrier_income(view, country)
    total = income.sum(axis=1)
    return ratio((income**2).sum(axis=1), total**2)


def _same_months(view: ResultView, other: ResultView) -> ResultView:
    """Return a view cut to the months of another."""
    first = int((other.months[0] - view.all_months[0]).astype(int))
    return view.between(first, first + other.months.size)
