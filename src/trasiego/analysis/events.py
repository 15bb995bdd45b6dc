"""Scripted events as natural experiments: the one asked for, with the months before and after it."""

from __future__ import annotations

from collections.abc import Sequence

from trasiego.analysis.view import NotMeasurable, ResultView, ScriptedEvent
from trasiego.common.messages import _

LOSS_OF_LEADERS = ("leader_arrest", "leader_killed", "dissolve", "raid")


def around_reported(
    view: ResultView, claims: Sequence[str], least: int
) -> tuple[ResultView, ResultView, str]:
    """Return the months before and after the first event that rests on one of the claims, and its target.

    Raise NotMeasurable where the run has no such event, or less than `least` months on a side of it.
    """
    rows = [event for event in view.events if set(event.claims) & set(claims)]
    return _first_with_room(view, rows, least)


def around_loss(
    view: ResultView, group_kind: str, country: str, kinds: Sequence[str], least: int
) -> tuple[ResultView, ResultView, str]:
    """Return the months before and after the first event of `kinds` against a group of a kind in a country.

    The third value is the group. Raise NotMeasurable as `around_reported` does.
    """
    groups = {
        str(name)
        for name, kind, home in zip(
            view.labels("group"), view.labels("group_kind"), view.labels("group_country"), strict=True
        )
        if kind == group_kind and home == country
    }
    rows = [event for event in view.events if event.kind in kinds and event.target in groups]
    return _first_with_room(view, rows, least)


def _first_with_room(
    view: ResultView, rows: Sequence[ScriptedEvent], least: int
) -> tuple[ResultView, ResultView, str]:
    if not rows:
        raise NotMeasurable(_("no such event is scripted in this scenario"))
    for event in rows:
        try:
            before, after = view.around(event, least)
        except NotMeasurable:
            continue
        return before, after, event.target
    text = _("no such event has {least} months of the run before and after it")
    raise NotMeasurable(text.format(least=least))
