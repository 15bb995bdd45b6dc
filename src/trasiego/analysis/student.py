"""Quantiles of Student's t, for intervals of a mean over a few runs (a plain install brings no SciPy)."""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist

MANY = 1000
"""Degrees of freedom from which on the normal quantile is taken; it is 0.1 percent off at most."""

HALVINGS = 60


def t_probability(t: float, degrees: int) -> float:
    """Return the probability of a value up to `t` under Student's t with `degrees` of freedom (1 or more).

    The finite sums of Abramowitz and Stegun (1964), 26.7.3 and 26.7.4.
    """
    angle = math.atan(t / math.sqrt(degrees))
    sine, cosine = math.sin(angle), math.cos(angle)
    odd = degrees % 2
    term = cosine if odd else 1.0
    total = term if degrees > 1 else 0.0
    for step in range(2 + odd, degrees - 1, 2):
        term *= cosine * cosine * (step - 1) / step
        total += term
    inside = 2 / math.pi * (angle + sine * total) if odd else sine * total
    return 0.5 + 0.5 * inside


@lru_cache
def t_quantile(probability: float, degrees: int) -> float:
    """Return the quantile of Student's t at a `probability` from 0.5 to below 1, by halving an interval."""
    normal = NormalDist().inv_cdf(probability)
    if degrees >= MANY:
        return normal
    low, high = 0.0, 1.0
    while t_probability(high, degrees) < probability:
        high *= 2
    for _halving in range(HALVINGS):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if t_probability(middle, degrees) < probability else (low, middle)
    return 0.5 * (low + high)
