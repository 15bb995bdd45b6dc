"""Philox4x32-10 (Salmon et al. 2011) in whole numbers of Python, one block at a time."""

from __future__ import annotations

import math

WORD = 2**32
MULTIPLIERS = (0xD2511F53, 0xCD9E8D57)
KEY_STEPS = (0x9E3779B9, 0xBB67AE85)
ROUNDS = 10


def philox_block(counter: tuple[int, int, int, int], key: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return the four 32-bit words that belong to a counter of four and a key of two such words."""
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _round in range(ROUNDS):
        high0, low0 = divmod(MULTIPLIERS[0] * c0, WORD)
        high1, low1 = divmod(MULTIPLIERS[1] * c2, WORD)
        c0, c1, c2, c3 = high1 ^ c1 ^ k0, low1, high0 ^ c3 ^ k1, low0
        k0, k1 = (k0 + KEY_STEPS[0]) % WORD, (k1 + KEY_STEPS[1]) % WORD
    return c0, c1, c2, c3


def uniforms(seed: int, run: int, month: int, stream: int, entity: int, draw: int) -> tuple[float, float]:
    """Return the two numbers in [0, 1) of the draw that these six whole numbers name, 53 bits each."""
    w0, w1, w2, w3 = philox_block((month, entity, draw, stream), (seed, run))
    return _fraction(w0, w1), _fraction(w2, w3)


def quantile(seed: int, run: int, month: int, stream: int, entity: int, number: int) -> float:
    """Return the middle of one of 4,096 equal parts of 0 to 1: eight numbers share the words of a block."""
    words = philox_block((month, entity, number // 8, stream), (seed, run))
    half = words[number % 8 // 2] >> 16 * (number % 2) & 0xFFFF
    return (half // 16 + 0.5) / 4096


def binomial(trials: int, probability: float, uniform: float) -> int:
    """Return the smallest number of successes whose distribution function reaches `uniform` (inversion)."""
    if probability <= 0.0 or probability >= 1.0:
        return trials if probability >= 1.0 and uniform > 0.0 else 0
    reached = 0.0
    for successes in range(trials):
        failures = trials - successes
        log_ways = math.lgamma(trials + 1) - math.lgamma(successes + 1) - math.lgamma(failures + 1)
        reached += math.exp(
            log_ways + successes * math.log(probability) + failures * math.log1p(-probability)
        )
        if reached >= uniform:
            return successes
    return trials


def _fraction(high: int, low: int) -> float:
    return ((high >> 5) * 2**26 + (low >> 6)) / 2**53
