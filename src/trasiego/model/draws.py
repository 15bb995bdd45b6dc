"""Keyed draws: every random number is a pure function of what it decides.

Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3"), with the
counter (month, entity, draw, stream) and the key (seed, run). There is no generator state, so a draw does not
depend on which thread, process or order of work asks for it.
"""

from __future__ import annotations

import math

import numpy as np

from trasiego.model.compiled import inlined_kernel, tight_kernel
from trasiego.world.tables import Floats, Integers

Key = tuple[int, int, int]
"""Month, seed and run: what every draw of a month is keyed by, besides its own decision."""

LOT, PARTNER, SAMPLE, SEIZURE, RAID, LEADER, ENTRY, TAKEOVER, REMNANT, OPENING = range(1, 11)

_LOW = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)
_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_FIVE, _SIX = np.uint64(5), np.uint64(6)
_DOUBLE = 1.0 / 9007199254740992.0


@inlined_kernel
def words(
    counter0: int, counter1: int, counter2: int, counter3: int, key0: int, key1: int
) -> tuple[int, int, int, int]:
    """As :func:`philox`, put in place: in a loop over many draws it is vectorised."""
    c0, c1, c2, c3 = np.uint64(counter0), np.uint64(counter1), np.uint64(counter2), np.uint64(counter3)
    c0, c1, c2, c3 = c0 & _LOW, c1 & _LOW, c2 & _LOW, c3 & _LOW
    k0, k1 = np.uint64(key0), np.uint64(key1)
    for _ in range(10):
        product0, product1 = _M0 * c0, _M1 * c2
        c0, c1, c2, c3 = (
            (product1 >> _SHIFT) ^ c1 ^ k0,
            product1 & _LOW,
            (product0 >> _SHIFT) ^ c3 ^ k1,
            product0 & _LOW,
        )
        k0, k1 = (k0 + _W0) & _LOW, (k1 + _W1) & _LOW
    return c0, c1, c2, c3  # type: ignore[return-value]


@inlined_kernel
def _fraction(high: int, low: int) -> float:
    """Uniform in [0, 1) of 53 bits from two words."""
    return (np.float64(high >> _FIVE) * 67108864.0 + np.float64(low >> _SIX)) * _DOUBLE


@tight_kernel
def philox(
    counter0: int, counter1: int, counter2: int, counter3: int, key0: int, key1: int
) -> tuple[int, int, int, int]:
    """Four 32-bit words of Philox4x32-10 for a counter and a key of 32-bit words (as uint64)."""
    return words(counter0, counter1, counter2, counter3, key0, key1)


@tight_kernel
def uniforms(month: int, entity: int, draw: int, stream: int, seed: int, run: int) -> tuple[float, float]:
    """Two independent uniforms in [0, 1) with 53 bits for one decision."""
    w0, w1, w2, w3 = philox(month, entity, draw, stream, seed, run)
    return _fraction(w0, w1), _fraction(w2, w3)


@tight_kernel
def many_uniforms(
    count: int, entities: Integers, draws: Integers, stream: int, key: Key, first: Floats, second: Floats
) -> None:
    """The two uniforms of :func:`uniforms` for each of ``count`` pairs of an entity and a draw."""
    month, seed, run = key
    for i in range(count):
        w0, w1, w2, w3 = words(month, entities[i], draws[i], stream, seed, run)
        first[i] = _fraction(w0, w1)
        second[i] = _fraction(w2, w3)


@tight_kernel
def _binomial_from_logs(trials: int, probability: float, uniform: float, log_none: float) -> int:
    log_odds = math.log(probability) - math.log1p(-probability)
    log_mass, total, count = log_none, math.exp(log_none), 0
    while total < uniform and count < trials:
        log_mass += log_odds + math.log((trials - count) / (count + 1.0))
        count += 1
        total += math.exp(log_mass)
    return count


@tight_kernel
def binomial(trials: int, probability: float, uniform: float) -> int:
    """Smallest count whose binomial distribution function reaches ``uniform`` (inversion).

    Monotone in the probability, so that two runs with the same draw stay coupled. Masses are summed from
    their logs where the chance of no success underflows.
    """
    if probability <= 0.0 or trials <= 0:
        return 0
    if probability >= 1.0:
        return trials
    log_none = trials * math.log1p(-probability)
    if log_none < -600.0:
        return _binomial_from_logs(trials, probability, uniform, log_none)
    mass = math.exp(log_none)
    odds = probability / (1.0 - probability)
    total, count = mass, 0
    while total < uniform and count < trials:
        mass *= odds * (trials - count) / (count + 1.0)
        count += 1
        total += mass
    return count


@inlined_kernel
def happens(hazard: float, uniform: float) -> bool:
    """Whether a draw lies below the chance of a hazard, 1 - exp(-hazard).

    The chance is no more than the hazard, so that most draws need no exponential.
    """
    return uniform < hazard and uniform < -math.expm1(-hazard)


@inlined_kernel
def losses(loads: int, hazard: float, uniform: float) -> int:
    """How many of some loads are lost, each by a hazard: :func:`binomial` of the chance 1 - exp(-hazard).

    None is lost with a chance of exp(-loads x hazard), which is no less than 1 - loads x hazard: most draws
    are below that and need nothing more.
    """
    return 0 if uniform <= 1.0 - loads * hazard else binomial(loads, -math.expm1(-hazard), uniform)
