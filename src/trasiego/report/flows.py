"""What the map needs: places, links, and the flow and seized share of every link in every month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trasiego.report.encoding import encode_linear, encode_log, rounded

if TYPE_CHECKING:
    import numpy as np
    import xarray as xr
    from numpy.typing import NDArray

SHARE_MONTHS = 12
"""Months over which the seized share of a link is taken, so that a single load does not set it."""


def moving_links(dataset: xr.Dataset) -> xr.Dataset:
    """Return the data set without processing, whose links stay at one place and do not belong on a map."""
    stays = dataset["link_from"].values == dataset["link_to"].values
    return dataset.isel(link=~stays)


def places_payload(dataset: xr.Dataset) -> dict[str, Any]:
    """Return names, coordinates (degrees), countries, kinds and importance of the places.

    The importance of a place is the mean amount that enters and leaves it (kg a month, mean over the kept
    runs); the map labels the most important places first.
    """
    import numpy as np

    mean = dataset["link_flow_kg"].mean(("flow_run", "month")).values
    source, target = _ends(dataset)
    importance = np.zeros(dataset.sizes["place"])
    np.add.at(importance, source, mean)
    np.add.at(importance, target, mean)
    return {
        "id": _texts(dataset, "place"),
        "name": _texts(dataset, "place_name"),
        "country": _texts(dataset, "place_country"),
        "kind": _texts(dataset, "place_kind"),
        "latitude": [round(float(value), 3) for value in dataset["place_latitude"].values],
        "longitude": [round(float(value), 3) for value in dataset["place_longitude"].values],
        "importance": rounded(importance),
    }


def links_payload(dataset: xr.Dataset) -> dict[str, Any]:
    """Return the ends (positions of places), mode, product and length (km) of the links."""
    source, target = _ends(dataset)
    return {
        "from": source.tolist(),
        "to": target.tolist(),
        "mode": _texts(dataset, "link_mode"),
        "product": _texts(dataset, "link_product"),
        "distance_km": [round(float(value)) for value in dataset["link_distance_km"].values],
    }


def flows_payload(dataset: xr.Dataset) -> dict[str, Any]:
    """Return flows (kg sent in a month) and seized shares of links, each (link, month), as bytes.

    `middle`, `low` and `high` are the median, 5 and 95 percent over runs; `one` is the first run by itself.
    With a single run only `one` is there.
    """
    one = dataset["link_flow_kg"].isel(flow_run=0).transpose("link", "month").values
    quantiles = dataset["link_flow_kg_quantile"].transpose("quantile", "link", "month")
    ceiling = float(max(one.max(initial=0.0), quantiles.max().item() if quantiles.size else 0.0))
    fields = {"one": encode_log(one, ceiling)}
    if dataset.sizes["run"] > 1:
        for name, level in (("middle", 0.5), ("low", 0.05), ("high", 0.95)):
            chosen = quantiles.sel(quantile=level, method="nearest")
            fields[name] = encode_log(chosen.values, ceiling)
    return {**fields, "seized_share": encode_linear(seized_share(dataset))}


def place_price_payload(dataset: xr.Dataset) -> dict[str, Any]:
    """Return the median value of hydrochloride at places (USD/kg; place, month) as bytes."""
    prices = dataset["place_price_usd_per_kg_quantile"].sel(quantile=0.5, method="nearest")
    return encode_log(prices.transpose("place", "month").values)


def seized_share(dataset: xr.Dataset) -> NDArray[np.float64]:
    """Return the share of what was sent that was seized (link, month), over the kept runs and twelve months.

    Each month takes itself and the eleven before it, fewer at the start; 0 where nothing was sent.
    """
    import numpy as np

    def summed(name: str) -> NDArray[np.float64]:
        total = dataset[name].sum("flow_run").transpose("link", "month").values.astype("float64")
        running = np.cumsum(total, axis=1)
        before = np.zeros_like(running)
        before[:, SHARE_MONTHS:] = running[:, :-SHARE_MONTHS]
        return np.asarray(running - before, dtype="float64")

    sent, seized = summed("link_flow_kg"), summed("link_seized_kg")
    share = np.divide(seized, sent, out=np.zeros_like(sent), where=sent > 1e-6)
    return np.asarray(np.clip(share, 0.0, 1.0), dtype="float64")


def _ends(dataset: xr.Dataset) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the positions of the places where each link begins and ends."""
    import numpy as np

    position = {name: index for index, name in enumerate(_texts(dataset, "place"))}
    return (
        np.array([position[name] for name in _texts(dataset, "link_from")], dtype="int64"),
        np.array([position[name] for name in _texts(dataset, "link_to")], dtype="int64"),
    )


def _texts(dataset: xr.Dataset, name: str) -> list[str]:
    return [str(value) for value in dataset[name].values]
