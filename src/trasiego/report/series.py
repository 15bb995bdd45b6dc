"""What the charts over time need: the middle of the runs and two bands, month by month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from trasiego.report.encoding import rounded

if TYPE_CHECKING:
    import numpy as np
    import xarray as xr
    from numpy.typing import NDArray

LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95)
EUROPE = frozenset("AT BE BG CH CZ DE DK ES FI FR GB GR HR HU IE IT LU NL NO PL PT RO RS SE SI SK".split())
TONNE = 1000.0
MASSES = ("produced", "delivered", "seized", "hijacked", "stock")


def series_payload(dataset: xr.Dataset) -> dict[str, Any]:
    """Return the series of the charts by name: {"unit", "bands"}.

    `bands` has five rows (5, 25, 50, 75 and 95 percent over runs) of a value for each month; with a single
    run only one row. Masses are tonnes a month of hydrochloride, prices USD/kg.
    """
    series = {name: _series(_values(dataset, f"{name}_kg") / TONNE, "t/month") for name in MASSES}
    series["stock"]["unit"] = "t"
    for region, values in region_prices(dataset).items():
        series[f"price_{region}"] = _series(values, "USD/kg")
    series["killings"] = _series(_values(dataset, "killings"), "1/month")
    series["active_groups"] = _series(_values(dataset, "active_groups"), "1")
    series["active_links"] = _series(_values(dataset, "active_links"), "1")
    return series


def kinds_payload(dataset: xr.Dataset) -> list[dict[str, Any]]:
    """Return for each kind of group the median number active in each month, the most numerous kind first."""
    active = dataset["groups_active_by_kind"].median("run").transpose("kind", "month").values
    order = sorted(range(active.shape[0]), key=lambda row: -float(active[row].sum()))
    names = [str(name) for name in dataset["kind"].values]
    return [{"kind": names[row], "active": rounded(active[row])} for row in order if active[row].any()]


def region_prices(dataset: xr.Dataset) -> dict[str, NDArray[np.float64]]:
    """Return the price (USD/kg; run, month) in the United States, Europe and other markets, weighted by use.

    Regions without a market are left out. Where a region used nothing in a month its markets count alike.
    """
    import numpy as np

    country = dict(
        zip(map(str, dataset["place"].values), map(str, dataset["place_country"].values), strict=True)
    )
    region = np.array([market_region(country.get(str(name), "")) for name in dataset["market"].values])
    price = dataset["market_price_usd_per_kg"].transpose("run", "month", "market").values
    used = dataset["market_consumed_kg"].transpose("run", "month", "market").values
    found: dict[str, NDArray[np.float64]] = {}
    for name in ("us", "europe", "other"):
        inside = region == name
        if inside.any():
            weight = used[:, :, inside] + 1e-9
            found[name] = np.asarray((price[:, :, inside] * weight).sum(2) / weight.sum(2))
    return found


def market_region(country: str) -> str:
    """Return "us", "europe" or "other" for the country (ISO 3166-1 alpha-2) of a market."""
    if country == "US":
        return "us"
    return "europe" if country in EUROPE else "other"


def _series(values: NDArray[np.float64], unit: str) -> dict[str, Any]:
    import numpy as np

    levels = LEVELS if values.shape[0] > 1 else (0.5,)
    return {"unit": unit, "bands": [rounded(row) for row in np.quantile(values, levels, axis=0)]}


def _values(dataset: xr.Dataset, name: str) -> NDArray[np.float64]:
    return dataset[name].transpose("run", "month").values.astype("float64")
