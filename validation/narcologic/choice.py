"""Which way goods take from a node: salience theory (Bordalo, Gennaioli and Shleifer 2012)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Integers = NDArray[np.int64]


def _salience(own: Floats) -> Floats:
    """Return how far each pay-off stands out from the mean of the others, 0 to 1."""
    others = (own.sum() - own) / max(own.size - 1, 1)
    return np.asarray(np.abs(own - others) / (np.abs(own) + np.abs(others) + 1.0))


def salience_values(cost: Floats, risk: Floats, margin: Floats, amount_kg: float, delta: float) -> Floats:
    """Return what each candidate [K] is worth to the sender, in USD.

    `cost` and `margin` (price at the head less price at the tail) are USD/kg, `risk` the perceived
    probability of an event. The state, event or none, in which a pay-off stands out more gets the larger
    decision weight; `delta` 1 is the plain expected value.
    """
    quiet = (margin - cost) * amount_kg
    event = -cost * amount_kg
    quiet_first = _salience(quiet) >= _salience(event)
    quiet_raw = np.where(quiet_first, delta, delta**2)
    event_raw = np.where(quiet_first, delta**2, delta)
    total = quiet_raw * (1.0 - risk) + event_raw * risk
    return np.asarray(((1.0 - risk) * quiet_raw * quiet + risk * event_raw * event) / total)


def kept(values: Floats, risk: Floats, trafficker: Integers) -> Flags:
    """Return which candidates [K] are used: those worth more than nothing.

    A trafficker (label 0 or above) without one takes its least risky candidate; so does the node as a whole.
    """
    use = values > 0.0
    for label in np.unique(trafficker):
        own = np.flatnonzero(trafficker == label)
        if label >= 0 and not use[own].any():
            use[own[np.argmin(risk[own])]] = True
    if not use.any():
        use[np.argmin(risk)] = True
    return use


def shares(values: Floats, risk: Floats) -> Floats:
    """Return the share of goods on each used candidate [K]: by value, or by safety if one is not above 0."""
    weight = values if (values > 0.0).all() else 1.0 - risk
    return np.asarray(weight / weight.sum())
