"""From plain arrays to one labelled data set, checked against the table of variables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from trasiego.results.labels import labels_of
from trasiego.results.variables import COORDINATES, DIMS, VARIABLES, Coordinate, Variable

if TYPE_CHECKING:
    import numpy as np
    import xarray as xr
    from numpy.typing import ArrayLike

    from trasiego.ensemble import Record
    from trasiego.world.tables import World


def to_dataset(world: World, record: Record) -> xr.Dataset:
    """Return the data set of an ensemble that ran in `world`; arrays are copied only to change number type.

    Raise ValueError when the record and the table of variables do not agree.
    """
    return build_dataset(labels_of(world, record), record.arrays, {"title": world.name, "seed": record.seed})


def build_dataset(
    coordinates: Mapping[str, ArrayLike],
    arrays: Mapping[str, ArrayLike],
    attributes: Mapping[str, Any] | None = None,
) -> xr.Dataset:
    """Return the data set of one ensemble.

    `coordinates` holds every name of `COORDINATES`, `arrays` every name of `VARIABLES` with the dims of the
    table in its order; `attributes` become the attributes of the data set. Each variable and coordinate gets
    `long_name` and `units`, and the number type of the table. Raise ValueError that names every array that is
    missing, unknown, of a wrong shape, or an index with a label twice.
    """
    import xarray as xr

    _check_names("coordinate", [row.name for row in COORDINATES], coordinates)
    _check_names("variable", [row.name for row in VARIABLES], arrays)
    labels = {row.name: _labels(row, coordinates[row.name]) for row in COORDINATES}
    values = {row.name: _values(row, arrays[row.name]) for row in VARIABLES}
    _check_shapes(labels, values)
    return xr.Dataset(
        data_vars={row.name: (row.dims, values[row.name], describe(row)) for row in VARIABLES},
        coords={row.name: ((row.dim,), labels[row.name], describe(row)) for row in COORDINATES},
        attrs=dict(attributes or {}),
    )


def describe(row: Variable | Coordinate) -> dict[str, str]:
    """Return the attributes of a stored array: `long_name`, and `units` where it measures something."""
    return {"long_name": row.long_name} | ({} if row.unit is None else {"units": row.unit})


def _labels(row: Coordinate, given: ArrayLike) -> np.ndarray:
    import numpy as np

    if row.kind == "month":
        return np.asarray(given).astype("datetime64[M]").astype("datetime64[ns]")
    if row.kind == "text":
        found = np.asarray(given, dtype=np.str_)
        return found if found.dtype.itemsize else found.astype("U1")
    return np.asarray(given, dtype="int32" if row.kind == "int" else "float64")


def _values(row: Variable, given: ArrayLike) -> np.ndarray:
    import numpy as np

    return np.ascontiguousarray(given, dtype=row.dtype)


def _check_names(what: str, wanted: list[str], given: Mapping[str, Any]) -> None:
    missing = [name for name in wanted if name not in given]
    unknown = [name for name in given if name not in wanted]
    if missing or unknown:
        raise ValueError(f"{what} missing: {missing}; not in the table: {unknown}")


def _check_shapes(labels: Mapping[str, np.ndarray], values: Mapping[str, np.ndarray]) -> None:
    import numpy as np

    lengths = {dim: labels[dim].size for dim in DIMS}
    wrong = [
        f"{row.name} is {labels[row.name].shape}, wanted {(lengths[row.dim],)}"
        for row in COORDINATES
        if labels[row.name].shape != (lengths[row.dim],)
    ]
    wrong += [
        f"{row.name} is {values[row.name].shape}, wanted {tuple(lengths[dim] for dim in row.dims)} {row.dims}"
        for row in VARIABLES
        if values[row.name].shape != tuple(lengths[dim] for dim in row.dims)
    ]
    wrong += [f"{dim} has a label twice" for dim in DIMS if np.unique(labels[dim]).size != labels[dim].size]
    if wrong:
        raise ValueError("; ".join(wrong))
