"""Partners: how many groups a principal works with, and whether they stay the same.

What a principal pays a group is not recorded; the goods that it sends with it stand for it.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from trasiego.analysis.estimate import ratio
from trasiego.analysis.view import Flags, Floats, NotMeasurable, ResultView
from trasiego.common.messages import _

YEAR_MONTHS = 12


def groups_at_once(view: ResultView, countries: Sequence[str]) -> Floats:
    """Groups at home in the countries with which the median principal sends goods in a month, by kept run.

    A principal's number is the mean over the months in which it uses any.
    """
    used = view.as_kept("principal_group_kg") > 0
    used &= _at_home(view, np.isin(view.labels("place_country"), countries))[:, :, None, :]
    number = used.sum(axis=3).astype(np.float64)
    if not (number > 0).any():
        raise NotMeasurable(_("no principal sends goods with a group there in these runs"))
    return _median_principal(np.where(number > 0, number, np.nan))


def likeness_to_year_before(view: ResultView, countries: Sequence[str]) -> Floats:
    """Cosine of what the median principal sends with each group there to a year before, by kept run.

    A principal's number is the mean over the months in which it uses groups there now and did a year before.
    A slot that stood empty in between has another group in it.
    """
    here = _at_home(view, np.isin(view.labels("place_country"), countries))
    ever = here.any(axis=(0, 1))
    sent = view.as_kept("principal_group_kg")[..., ever].astype(np.float64) * here[:, :, None, ever]
    if sent.shape[1] <= YEAR_MONTHS:
        raise NotMeasurable(_("the run is shorter than 13 months"))
    now, before = sent[:, YEAR_MONTHS:], sent[:, :-YEAR_MONTHS]
    empty = np.cumsum(view.amount("group_members")[..., ever] <= 0, axis=1)
    stayed = (empty[:, YEAR_MONTHS:] == empty[:, :-YEAR_MONTHS])[:, :, None, :]
    length = np.sqrt((now**2).sum(axis=3) * (before**2).sum(axis=3))
    return _median_principal(ratio((now * before * stayed).sum(axis=3), length))


def held_over_hired(view: ResultView, held_in: str, countries: Sequence[str]) -> Floats:
    """Groups that a holder uses in a month at home in the places that it holds, over `groups_at_once`.

    By kept run; the places are those of the country `held_in`, the months those in which it holds any there.
    """
    inside = view.labels("place_country") == held_in
    holder, sent = view.amount("place_control"), view.as_kept("principal_group_kg")
    counts = []
    for principal in range(sent.shape[2]):
        held = (holder == principal) & inside
        used = (sent[:, :, principal] > 0) & _at_home(view, held)
        counts.append(np.where(held.any(axis=2), used.sum(axis=2), np.nan))
    number = np.stack(counts, axis=2)
    if not np.isfinite(number).any():
        raise NotMeasurable(_("no principal holds a place of {country}").format(country=held_in))
    return ratio(_median_principal(number), groups_at_once(view, countries))


def _at_home(view: ResultView, places: Flags) -> Flags:
    """Return [F, T, G] True where the home of a slot's group is among the places, [P] or [F, T, P]."""
    home = view.amount("group_home_index").astype(np.int64)
    chosen = np.broadcast_to(places, (*home.shape[:2], places.shape[-1]))
    return np.asarray(np.take_along_axis(chosen, np.maximum(home, 0), axis=2) & (home >= 0))


def _median_principal(by_month: Floats) -> Floats:
    """Return the median over the principals of their mean over the months [F, T, B], NaN months left out."""
    counted = np.isfinite(by_month)
    mean = ratio(np.where(counted, by_month, 0.0).sum(axis=1), counted.sum(axis=1).astype(np.float64))
    return np.array([np.median(row[np.isfinite(row)]) if np.isfinite(row).any() else np.nan for row in mean])
