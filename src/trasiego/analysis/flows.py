"""Sums over the flows of the runs that are kept whole: by place, over a border, and where goods had passed.

Masses are kg of the product that moves; processing, which stays at its place, is never counted as a flow. F
is the number of kept runs, T of months, L of links, P of places.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from trasiego.analysis.view import HYDROCHLORIDE, Flags, Floats, ResultView


def sent_kg(view: ResultView, chosen: Flags) -> Floats:
    """Return kg sent over the chosen links [L] in the whole period, by kept run [F]."""
    return np.asarray(view.amount("link_flow_kg")[:, :, chosen & view.links.moves].sum(axis=(1, 2)))


def link_totals(view: ResultView) -> tuple[Floats, Floats]:
    """Return kg sent and kg arrived [F, L] in the whole period; zero for processing."""
    sent = view.amount("link_flow_kg").sum(axis=1) * view.links.moves
    seized = view.amount("link_seized_kg").sum(axis=1) * view.links.moves
    return sent, np.maximum(sent - seized, 0.0)


def place_matrix(view: ResultView, of: str) -> Floats:
    """Return [L, P] with 1 where the link moves goods from (`of` "tail") or to (`of` "head") the place."""
    ends = view.links.tail if of == "tail" else view.links.head
    matrix = np.zeros((ends.size, view.labels("place").size))
    matrix[np.arange(ends.size), ends] = view.links.moves
    return matrix


def hydrochloride_sent_by_place(view: ResultView) -> Floats:
    """Return kg hydrochloride that left each place [F, T, P]."""
    chosen = np.flatnonzero((view.links.product == HYDROCHLORIDE) & view.links.moves)
    by_place = chosen[np.argsort(view.links.tail[chosen], kind="stable")]
    places, start = np.unique(view.links.tail[by_place], return_index=True)
    flow = view.amount("link_flow_kg")
    sent = np.zeros((*flow.shape[:2], view.labels("place").size))
    if by_place.size:
        sent[:, :, places] = np.add.reduceat(flow[:, :, by_place], start, axis=2)
    return sent


def made_by_place(view: ResultView) -> Floats:
    """Return kg made, or come in over the edge of a cut, at the zone of each place [F, P]."""
    made = view.amount("zone_produced_kg")[view.flow_positions].sum(axis=1)
    by_place = np.zeros((made.shape[0], view.labels("place").size))
    by_place[:, view.positions("place", view.labels("zone"))] = made
    return by_place


def entered_by_place(view: ResultView, country: str) -> Floats:
    """Return kg that came into the country at each of its places [F, P].

    Arrivals over links from other countries, and what a cut lets in over its edge at a place of the country.
    """
    links = view.links
    arrived = link_totals(view)[1] * ((links.head_country == country) & (links.tail_country != country))
    inside = view.labels("place_country") == country
    return np.asarray(arrived @ place_matrix(view, "head") + made_by_place(view) * inside)


def inside_places(view: ResultView, places: Iterable[str]) -> Flags:
    """Return [P] True at the named places; raise NotMeasurable for one that is not in the world."""
    inside = np.zeros(view.labels("place").size, dtype=np.bool_)
    inside[view.positions("place", places)] = True
    return inside


def leaving(view: ResultView, inside: Flags) -> Flags:
    """Return [L] True for links from a place inside [P] to one outside."""
    return np.asarray(inside[view.links.tail] & ~inside[view.links.head])


def passed_share(view: ResultView, through: Flags, arrived: Floats, made: Floats) -> Floats:
    """Return the part of the goods at each place that had passed a place of `through` [P], as [F, P].

    Goods mix fully where they meet: a place's part is the mean of the parts of what arrived there, weighted
    by mass. `arrived` is [F, L] and `made` [F, P], over a period long against the time on the
    way.
    """
    links = view.links
    part = np.where(through, 1.0, 0.0) * np.ones((made.shape[0], 1))
    mass, passed = made.copy(), np.zeros_like(made)
    for place in _from_sources(view):
        if not through[place]:
            total = mass[:, place]
            part[:, place] = np.divide(passed[:, place], total, out=np.zeros_like(total), where=total > 0)
        for link in np.flatnonzero((links.tail == place) & links.moves):
            mass[:, links.head[link]] += arrived[:, link]
            passed[:, links.head[link]] += arrived[:, link] * part[:, place]
    return part


def _from_sources(view: ResultView) -> list[int]:
    """Return the places so that links only lead to later ones; ValueError for a world with a circle."""
    links = view.links
    ends = zip(links.tail, links.head, strict=True)
    pairs = {(int(tail), int(head)) for tail, head in ends if tail != head}
    onward: dict[int, list[int]] = {}
    waiting = np.zeros(view.labels("place").size, dtype=np.int64)
    for tail, head in sorted(pairs):
        onward.setdefault(tail, []).append(head)
        waiting[head] += 1
    ready = [int(place) for place in np.flatnonzero(waiting == 0)]
    order: list[int] = []
    while ready:
        place = ready.pop()
        order.append(place)
        for head in onward.get(place, []):
            waiting[head] -= 1
            if waiting[head] == 0:
                ready.append(head)
    if len(order) < waiting.size:
        raise ValueError("the links of the result run in a circle")
    return order
