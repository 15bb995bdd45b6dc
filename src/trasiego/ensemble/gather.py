"""From the chunks of a study to its record, with a small part of it in memory at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from trasiego.ensemble.chunks import Chunk
from trasiego.ensemble.record import QUANTILES, Record, quantiles_of
from trasiego.ensemble.run import FLOWS, PRICES
from trasiego.ensemble.study import Study
from trasiego.world.tables import Floats

SLAB_BYTES = 2**26
"""Most bytes of flows of which quantiles over the runs are taken at once."""

_QUANTILES = {"link_flow_kg_quantile": FLOWS, "place_price_usd_per_kg_quantile": PRICES}


class GatheredArrays(Mapping[str, Floats]):
    """The arrays of a record, each put together from the chunks when it is asked for, and not kept."""

    def __init__(self, chunks: Sequence[Chunk]) -> None:
        self._chunks = chunks
        names = dict.fromkeys(chunks[0].head["arrays"])
        self._names = [name for name in names if name not in (FLOWS, PRICES)] + list(_QUANTILES)

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, name: object) -> bool:
        return name in self._names  # that of Mapping would put the array together to find out

    def __getitem__(self, name: str) -> Floats:
        """Return an array over all runs; raise KeyError where the record has none of that name."""
        if name not in self._names:
            raise KeyError(name)
        if name in _QUANTILES:
            return self._quantiles(_QUANTILES[name])
        return np.concatenate([chunk.array(name) for chunk in self._chunks])

    def _quantiles(self, name: str) -> Floats:
        """Quantiles over the runs, [quantile, month, ...], a slab of months at a time."""
        shapes = [chunk.head["arrays"][name][1] for chunk in self._chunks]
        months, entities = shapes[0][0], shapes[0][2]
        runs = sum(shape[1] for shape in shapes)
        slab = max(1, SLAB_BYTES // max(1, runs * entities * np.dtype(np.float32).itemsize))
        result = np.empty((len(QUANTILES), months, entities), dtype=np.float32)
        for first in range(0, months, slab):
            rows = slice(first, min(first + slab, months))
            values = np.concatenate([chunk.array(name, rows) for chunk in self._chunks], axis=1)
            result[:, rows] = quantiles_of(values.swapaxes(0, 1))
        return result


def record_of(study: Study, chunks: Sequence[Chunk]) -> Record:
    """Return the record of a study from its chunks, which must stay open while its arrays are used."""
    numbers = tuple(range(study.runs))
    return Record(
        world=study.world,
        runs=numbers,
        flow_runs=numbers[: study.whole_runs],
        months=study.months,
        seed=study.seed,
        arrays=GatheredArrays(chunks),
        seconds=float(sum(chunk.head["seconds"] for chunk in chunks)),
        numbers=study.draws.paths if study.draws else (),
    )
