"""The labels of a result: what stands at each position of the arrays of an ensemble."""

from __future__ import annotations

from typing import TYPE_CHECKING

from trasiego.results.variables import QUANTILES

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from trasiego.ensemble import Record
    from trasiego.world.tables import World


def labels_of(world: World, record: Record) -> dict[str, ArrayLike]:
    """Return every coordinate of the results' table for an ensemble that ran in `world`.

    Names and coordinates of places come from the geography; a group's labels are those of the opening, empty
    where its slot starts free.
    """
    import numpy as np

    from trasiego.model.record import RECORDED_ACCOUNTS

    names = world.names
    start = world.start.astype("datetime64[M]")
    return {
        "run": np.array(record.runs),
        "flow_run": np.array(record.flow_runs),
        "month": start + np.arange(record.months),
        "quantile": np.array(QUANTILES),
        "market": names.markets,
        "zone": names.zones,
        "country": names.countries,
        "kind": names.kinds,
        "broker": names.brokers,
        "account": RECORDED_ACCOUNTS,
        "number": record.numbers,
        "number_unit": [_unit_of(path) for path in record.numbers],
        **_place_labels(world),
        **_link_labels(world),
        **_group_labels(world),
    }


def _unit_of(path: str) -> str:
    """Return the unit of a number of a scenario by its path."""
    from trasiego.scenario.fields import registry

    row = registry().field(path)
    return "" if row is None else row.unit


def _place_labels(world: World) -> dict[str, ArrayLike]:
    from trasiego.world.geography import load_geography

    known = {place.id: place for place in load_geography().places}
    places = [known[name] for name in world.names.places]
    return {
        "place": world.names.places,
        "place_name": [place.name for place in places],
        "place_latitude": [place.lat for place in places],
        "place_longitude": [place.lon for place in places],
        "place_country": [place.country for place in places],
        "place_kind": [place.kind for place in places],
    }


def _link_labels(world: World) -> dict[str, ArrayLike]:
    import numpy as np

    from trasiego.world.tables import PRODUCTS

    links, nodes, places = world.links, world.nodes, np.array(world.names.places)
    return {
        "link": world.names.links,
        "link_from": places[nodes.place[links.tail]],
        "link_to": places[nodes.place[links.head]],
        "link_mode": np.array(world.names.modes)[links.mode],
        "link_product": np.array(PRODUCTS)[nodes.product[links.tail]],
        "link_distance_km": links.distance_km,
    }


def _group_labels(world: World) -> dict[str, ArrayLike]:
    kinds = world.names.kinds
    return {
        "group": world.names.groups,
        "group_title": world.names.group_titles,
        "group_kind": [kinds[kind] if kind >= 0 else "" for kind in world.opening.group_kind],
        "group_country": world.names.group_countries,
        "group_places": world.names.group_places or [""] * len(world.names.groups),
    }
