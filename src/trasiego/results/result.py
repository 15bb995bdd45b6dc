"""The result of an ensemble of runs: the labelled arrays, how they came about, and a card for notebooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from trasiego.results.manifest import Manifest
from trasiego.results.variables import QUANTILES

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr

INTERVAL_LEVELS = (QUANTILES[0], QUANTILES[-1])


@dataclass(frozen=True)
class Interval:
    """Median over the runs, and the bounds between which nine runs of ten lie (quantiles 0.05 and 0.95)."""

    median: float
    low: float
    high: float


class Result:
    """What the runs of one scenario gave.

    `dataset` is the xarray data set of `trasiego.results.variables`, `manifest` the record of how it came
    about and `folder` the place that it was read from, or None. A result is a value: nothing changes its
    arrays.
    """

    def __init__(self, dataset: xr.Dataset, manifest: Manifest, folder: Path | None = None) -> None:
        self.dataset = dataset
        self.manifest = manifest
        self.folder = folder

    @property
    def runs(self) -> int:
        """Number of runs."""
        return int(self.dataset.sizes["run"])

    @property
    def months(self) -> int:
        """Number of months recorded."""
        return int(self.dataset.sizes["month"])

    @property
    def scenario(self) -> str:
        """Name of the scenario."""
        return self.manifest["scenario_name"]

    @property
    def complete(self) -> bool:
        """Whether all runs and months that were asked for are here."""
        return self.manifest["complete"]

    @cached_property
    def metrics(self) -> pd.DataFrame:
        """The figures as a long pandas table: run, month, metric, entity, value, unit."""
        from trasiego.results.metrics import metrics_frame

        return metrics_frame(self.dataset)

    def quantiles(self, values: str | xr.DataArray, levels: Sequence[float] = QUANTILES) -> xr.DataArray:
        """Return quantiles over the runs, with `quantile` as the first dim and the unit of the values.

        `values` is the name of a variable or an array computed from some; it needs the dim `run`, else
        ValueError.
        """
        array = self.dataset[values] if isinstance(values, str) else values
        if "run" not in array.dims:
            raise ValueError(f"{array.name} has the dims {array.dims} and no run to take quantiles over")
        return array.quantile(list(levels), dim="run", keep_attrs=True)

    def interval(self, values: str | xr.DataArray) -> Interval:
        """Return median and interval over the runs of one number for each run.

        `values` as for `quantiles`; it must have no dim but `run`, else ValueError.
        """
        found = self.quantiles(values, (INTERVAL_LEVELS[0], 0.5, INTERVAL_LEVELS[1]))
        if found.ndim != 1:
            raise ValueError(f"one number for each run is wanted, not the dims {found.dims[1:]} besides")
        low, median, high = (float(value) for value in found.values)
        return Interval(median, low, high)

    def per_year(self, name: str) -> xr.DataArray:
        """Return twelve times the mean month of a variable: its amount a year, over all months recorded."""
        array = self.dataset[name]
        yearly = array.mean("month", dtype="float64") * 12
        return yearly.assign_attrs(array.attrs)

    def save(self, path: Path | str, overwrite: bool = False) -> Path:
        """Write the result as a folder; see `trasiego.results.write_folder`, whose Faults it raises."""
        from trasiego.results.store import write_folder

        return write_folder(self, path, overwrite=overwrite)

    def __repr__(self) -> str:
        from trasiego.results.card import text_card

        return text_card(self)

    def _repr_html_(self) -> str:
        from trasiego.results.card import html_card

        return html_card(self)
