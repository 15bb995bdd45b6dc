"""The figures of all runs as one long table: a row for every run, month, metric and entity."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from trasiego.results.variables import VARIABLES, Variable

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    import xarray as xr

WORLD = "world"
"""Entity of the figures that stand for the whole world."""

MOST_ROWS = 1_000_000
"""Rows that are put together at once."""

METRICS: tuple[Variable, ...] = tuple(row for row in VARIABLES if row.dims[:2] == ("run", "month"))
"""The variables that the table holds: those of every run and month; flows by link and place are too many."""


def metrics_schema() -> pa.Schema:
    """Return the columns: run, month, metric, entity, value, unit.

    `metric` is the variable's name and `entity` the market, zone, country, kind or account, or "world".
    """
    import pyarrow as pa

    label = pa.dictionary(pa.int32(), pa.string())
    return pa.schema(
        [
            ("run", pa.int32()),
            ("month", pa.timestamp("ms")),
            ("metric", label),
            ("entity", label),
            ("value", pa.float64()),
            ("unit", label),
        ]
    )


def metric_tables(dataset: xr.Dataset) -> Iterator[pa.Table]:
    """Yield the rows of one metric after the other, by entity, then run, then month.

    A million rows or so at a time, so that a thousand runs need little memory for them.
    """
    for row in METRICS:
        yield from _tables_of(dataset, row)


def metrics_table(dataset: xr.Dataset) -> pa.Table:
    """Return the whole table as Arrow, with the columns of `metrics_schema`."""
    import pyarrow as pa

    return pa.concat_tables(metric_tables(dataset), promote_options="none").unify_dictionaries()


def metrics_frame(dataset: xr.Dataset) -> pd.DataFrame:
    """Return the whole table for pandas; metric, entity and unit are categories."""
    frame: pd.DataFrame = metrics_table(dataset).to_pandas()
    return frame


def _tables_of(dataset: xr.Dataset, row: Variable) -> Iterator[pa.Table]:
    """Yield the rows of a metric, as many entities at once as stay below ``MOST_ROWS``."""
    import numpy as np
    import pyarrow as pa

    array = dataset[row.name]
    entities, values = [WORLD], array.values[None]
    if len(row.dims) == 3:
        entities = [str(label) for label in array[row.dims[2]].values]
        values = np.moveaxis(array.values, 2, 0)
    _all, n_runs, n_months = values.shape
    runs = np.repeat(array["run"].values.astype("int32"), n_months)
    months = np.tile(array["month"].values.astype("datetime64[ms]"), n_runs)
    step = max(1, MOST_ROWS // max(1, n_runs * n_months))
    for first in range(0, len(entities), step):
        part, names = values[first : first + step], entities[first : first + step]
        columns: list[Any] = [
            np.tile(runs, len(names)),
            np.tile(months, len(names)),
            _constant(row.name, part.size),
            _repeated(names, n_runs * n_months),
            part.astype("float64").ravel(),
            _constant(row.unit, part.size),
        ]
        yield pa.table([pa.array(column) for column in columns], schema=metrics_schema())


def _constant(text: str, length: int) -> pa.DictionaryArray:
    return _repeated([text], length)


def _repeated(texts: list[str], times: int) -> pa.DictionaryArray:
    """Return every text `times` times in turn, stored once each."""
    import numpy as np
    import pyarrow as pa

    positions = np.repeat(np.arange(len(texts), dtype="int32"), times)
    return pa.DictionaryArray.from_arrays(pa.array(positions), pa.array(texts, pa.string()))
