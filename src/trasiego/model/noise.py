"""Noise of consignments and partners: one of 4,096 equally likely quantiles, looked up.

There are some ten thousand such draws a month. A block of Philox gives eight, and the function of each comes
from a table that a run makes once. The quantiles stand in the middle of their part, so the noise is bounded:
at 3.7 standard deviations for the normal and 5.0 for the logistic one.
"""

from __future__ import annotations

from functools import lru_cache
from statistics import NormalDist

import numpy as np

from trasiego.model.compiled import inlined_kernel
from trasiego.model.draws import philox
from trasiego.world.tables import Floats

QUANTILES = 4096
"""How many values the noise takes."""
DRAWS_PER_BLOCK = 8

_WORD, _HALF, _SPARE, _LAST = np.uint64(32), np.uint64(16), np.uint64(4), np.uint64(QUANTILES - 1)


@lru_cache(maxsize=8)
def lognormal_factors(spread: float) -> Floats:
    """Factors [quantile] whose logarithm is normal with this standard deviation and median 1."""
    normal = NormalDist()
    factors = np.exp(spread * np.array([normal.inv_cdf(chance) for chance in _middles()]))
    return factors


@lru_cache(maxsize=8)
def logistic_factors(spread: float) -> Floats:
    """Factors [quantile] whose logarithm is logistic with this standard deviation and median 1."""
    chance = _middles()
    factors: Floats = (chance / (1.0 - chance)) ** (spread * np.sqrt(3.0) / np.pi)
    return factors


def _middles() -> Floats:
    middles: Floats = (np.arange(QUANTILES) + 0.5) / QUANTILES
    return middles


@inlined_kernel
def noise_block(
    month: int, entity: int, draw: int, stream: int, seed: int, run: int
) -> tuple[np.uint64, np.uint64]:
    """Eight draws for :func:`quantile`, as two words of 64 bits."""
    w0, w1, w2, w3 = philox(month, entity, draw, stream, seed, run)
    return np.uint64(w0) | (np.uint64(w1) << _WORD), np.uint64(w2) | (np.uint64(w3) << _WORD)


@inlined_kernel
def quantile(block: tuple[np.uint64, np.uint64], number: int) -> int:
    """Index of the quantile that draw ``number`` (0 to 7) of a block has taken."""
    word = block[0] if number < 4 else block[1]
    return np.int64((word >> (_HALF * np.uint64(number & 3) + _SPARE)) & _LAST)  # type: ignore[return-value]
