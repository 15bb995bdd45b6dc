"""Rounding of what many runs give, so that a thousand runs are kept in little room.

The figures of each run and month are kept to a number of bits after the leading one, ties to even, which
compresses well and moves figures of the whole world by at most 0.02 percent, all others by at most 0.4
percent, or by a hundred-thousandth of the largest of their kind: far less than runs differ. Fewer runs,
flows of whole runs and quantiles are kept as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from trasiego.results.metrics import METRICS

if TYPE_CHECKING:
    import numpy as np
    import xarray as xr

MANY_RUNS = 100
"""Results of more runs are rounded."""

WORLD_BITS, ENTITY_BITS, DRAWN_BITS = 12, 7, 16
"""Bits kept after the leading one: of figures of the whole world, of those by market or country, of draws."""

SMALL_BITS = 17
"""Figures by market or country are whole multiples of the largest of their kind over two to this power."""

_TYPES = {8: ("uint64", 52), 4: ("uint32", 23)}


def rounded(dataset: xr.Dataset) -> xr.Dataset:
    """Return a data set of many runs with the figures of each run and month rounded; one of few as it is."""
    if dataset.sizes["run"] <= MANY_RUNS:
        return dataset
    found = dataset.copy()
    kept = {row.name: WORLD_BITS if len(row.dims) == 2 else ENTITY_BITS for row in METRICS}
    for name, bits in {**kept, "number_value": DRAWN_BITS}.items():
        array = found[name]
        values = round_bits(array.values, bits)
        found[name] = array.copy(data=round_small(values) if bits == ENTITY_BITS else values)
        found[name].attrs["relative_rounding"] = 2.0 ** -(bits + 1)
    return found


def round_bits(values: np.ndarray, bits: int) -> np.ndarray:
    """Return floats rounded to some bits after the leading one, ties to even; NaN and infinity stay."""
    import numpy as np

    kind, mantissa = _TYPES[values.dtype.itemsize]
    drop = mantissa - bits
    raw = np.ascontiguousarray(values).view(kind)
    one = raw.dtype.type(1)
    half = raw.dtype.type((1 << (drop - 1)) - 1)
    raised = raw + ((raw >> raw.dtype.type(drop)) & one)
    raised += half
    raised &= ~raw.dtype.type((1 << drop) - 1)
    result: np.ndarray = np.where(np.isfinite(values), raised.view(values.dtype), values)
    return result


def round_small(values: np.ndarray) -> np.ndarray:
    """Return figures rounded to whole multiples of a power of two, ``SMALL_BITS`` below that of the largest.

    What is much smaller than the largest figure of its kind becomes zero. NaN and infinity stay.
    """
    import numpy as np

    known = np.abs(values[np.isfinite(values)])
    largest = known.max() if known.size else 0.0
    if largest == 0.0:
        return values
    unit = values.dtype.type(2.0 ** (np.floor(np.log2(largest)) - SMALL_BITS))
    result: np.ndarray = np.rint(values / unit) * unit
    return result
