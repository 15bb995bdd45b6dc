"""Where most goods move: between countries and between places."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from trasiego.analysis.estimate import Estimate, estimate
from trasiego.analysis.flows import link_totals
from trasiego.analysis.view import ResultView

CORRIDORS_SHOWN = 10
KG_PER_TONNE = 1000.0


@dataclass(frozen=True)
class Corridor:
    """What is sent from one country or place to another.

    `start` and `end` are ids, `start_name` and `end_name` for readers; `tonnes_per_year` of the product
    that moves, over the kept runs; `share_seized` on the way, all kept runs together; `modes` by mass, the
    largest first.
    """

    start: str
    end: str
    start_name: str
    end_name: str
    tonnes_per_year: Estimate
    share_seized: float
    modes: tuple[str, ...]


def top_corridors(view: ResultView, level: str, shown: int = CORRIDORS_SHOWN) -> tuple[Corridor, ...]:
    """Return the largest corridors between countries (`level` "country") or places ("place")."""
    links = view.links
    if level == "country":
        start, end, names = links.tail_country, links.head_country, {}
    else:
        place = view.labels("place")
        start, end = place[links.tail], place[links.head]
        names = dict(zip(place.tolist(), view.labels("place_name").tolist(), strict=True))
    sent, arrived = link_totals(view)
    pairs: dict[tuple[str, str], list[int]] = {}
    for link in np.flatnonzero((start != end) & (sent.sum(axis=0) > 0)):
        pairs.setdefault((str(start[link]), str(end[link])), []).append(int(link))
    largest = sorted(pairs, key=lambda pair: (-float(sent[:, pairs[pair]].sum()), pair))[:shown]
    found = []
    for pair in largest:
        chosen = pairs[pair]
        mass, lost = sent[:, chosen], sent[:, chosen] - arrived[:, chosen]
        found.append(
            Corridor(
                start=pair[0],
                end=pair[1],
                start_name=names.get(pair[0], pair[0]),
                end_name=names.get(pair[1], pair[1]),
                tonnes_per_year=estimate(mass.sum(axis=1) / view.years / KG_PER_TONNE, "t/year"),
                share_seized=float(lost.sum() / mass.sum()),
                modes=_modes(view, sent, chosen),
            )
        )
    return tuple(sorted(found, key=lambda row: -row.tonnes_per_year.median))


def _modes(view: ResultView, sent: np.ndarray, chosen: list[int]) -> tuple[str, ...]:
    mass: dict[str, float] = {}
    for link in chosen:
        mode = str(view.links.mode[link])
        mass[mode] = mass.get(mode, 0.0) + float(sent[:, link].sum())
    return tuple(sorted((mode for mode in mass if mass[mode] > 0), key=lambda mode: -mass[mode]))
