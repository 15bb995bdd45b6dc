"""Perceived risk of an edge, and the premium that it puts on transport costs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from validation.narcologic.parameters import Parameters

Floats = NDArray[np.float64]


def initial_risk(parameters: Parameters) -> float:
    """Return the risk that is taken for granted before the first month."""
    return 1.0 / (parameters.memory_months + parameters.beta)


def memory_weights(parameters: Parameters) -> Floats:
    """Return the weight of each month of the memory, oldest first.

    As published the oldest has weight 1 and the newest the least; mended it is the other way round.
    """
    steps = np.arange(parameters.memory_months)
    weights = np.asarray(parameters.memory_weight**steps, dtype=np.float64)
    return weights[::-1] if parameters.mend_discount else weights


def perceived_risk(events: NDArray[np.bool_], parameters: Parameters) -> Floats:
    """Return the risk [E] after the months of interdiction events [memory, E], oldest first.

    Months before the run count as months without an event.
    """
    weights = memory_weights(parameters)
    alpha, beta = parameters.alpha, parameters.beta
    return np.asarray((weights @ events + alpha) / (weights.sum() + alpha + beta), dtype=np.float64)


def risk_ratio(risk: Floats, parameters: Parameters) -> Floats:
    """Return (risk / base risk) to the power of the risk multiplier; above 1 it lifts the premium."""
    return np.asarray((risk / parameters.base_risk) ** parameters.risk_multiplier)


def next_premium(premium: Floats, risk: Floats, parameters: Parameters) -> Floats:
    """Return the premium [E] of the next month: learned with a lag, never below 1."""
    speed = parameters.trafficker_learning
    return np.maximum((1.0 - speed) * premium + speed * risk_ratio(risk, parameters), 1.0)


def next_cost(cost: Floats, initial: Floats, premium: Floats, parameters: Parameters) -> Floats:
    """Return the cost [E] of the next month in USD/kg.

    As published the cost itself is multiplied, and since the premium is never below 1 it can only rise;
    mended the premium is put on the initial cost.
    """
    return (initial if parameters.mend_ratchet else cost) * premium
