"""Noise of consignments and partners: one of 4,096 equally likely quantiles, looked up.

There are some ten thousand such draws a month. A block of Philox gives eight, and the function of each comes
from a table that a run makes once. The quantiles stand in the middle of their part, so the noise is bounded:
at 3.7 standard deviations for the normal and 5.0 for the logistic one.
"""

from __future__ import annotations

from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from trasiego.model.compiled import inlined_kernel, tight_kernel
from trasiego.model.draws import Key
from trasiego.model.draws import words as philox_words
from trasiego.world.tables import Floats, Integers

Draws = NDArray[np.uint64]

QUANTILES = 4096
"""How many values the noise takes."""
DRAWS_PER_BLOCK = 8
"""Of which two words of 64 bits are made."""

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


@tight_kernel
def noise_words(count: int, entities: Integers, stream: int, key: Key, words: Draws) -> None:
    """Draws for :func:`quantile` of ``count`` entities, into ``words`` [principal / 4, entity].

    Each word of 64 bits has the draws of four principals; a block of Philox gives two.
    """
    month, seed, run = key
    for block in range(words.shape[0] // 2):
        first, second = words[2 * block], words[2 * block + 1]
        for i in range(count):
            w0, w1, w2, w3 = philox_words(month, entities[i], block, stream, seed, run)
            first[i] = w0 | (w1 << _WORD)
            second[i] = w2 | (w3 << _WORD)


@inlined_kernel
def quantile(words: Draws, entity: int, principal: int) -> int:
    """Index of the quantile that the draw of an entity and a principal has taken."""
    word = words[principal >> 2, entity]
    return np.int64((word >> (_HALF * np.uint64(principal & 3) + _SPARE)) & _LAST)  # type: ignore[return-value]
