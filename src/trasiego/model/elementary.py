"""Exponential and logarithm written out, so that loops that take them can be vectorised.

Compilers do not vectorise loops that call the C library. Errors stay below 4 units in the last place, and
the bits are the same on all processors that round a product and a sum once, which those of the C library
are not.
"""

from __future__ import annotations

from typing import Any

from numba import types
from numba.extending import intrinsic

from trasiego.model.compiled import inlined_kernel

_SHIFTER = 6755399441055744.0  # 1.5 x 2^52: adding it leaves a whole number in the last bits
_SHIFTER_BITS = 0x4338000000000000
_LOG2_E = 1.4426950408889634
_LN2_HIGH, _LN2_LOW = 0.6931471803691238, 1.9082149292705877e-10  # after Cody and Waite 1980
_BIAS, _MANTISSA_BITS = 1023, 52
_ROOT_HALF_BITS = 0x3FE6A09E667F3BCD
_LOWEST = -600.0
LEAST = 1e-300
"""Stands in for zero under a logarithm or a quotient whose result is not used."""


def _bits(context: Any, value: Any) -> Any:
    """The 64 bits of a number as a whole number."""

    def cast(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], context.get_value_type(signature.return_type))

    return types.int64(types.float64), cast


def _number(context: Any, bits: Any) -> Any:
    """The number that 64 bits stand for."""

    def cast(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        return builder.bitcast(arguments[0], context.get_value_type(signature.return_type))

    return types.float64(types.int64), cast


_bits_of: Any = intrinsic(_bits)
_number_of: Any = intrinsic(_number)


@inlined_kernel
def exponential(x: float) -> float:
    """exp(x) for x up to 709; what is below -600 counts as -600, so that products of it stay normal numbers.

    The power of two is split off, and the rest summed as a Taylor series to the 13th power.
    """
    x = max(x, _LOWEST)
    shifted = x * _LOG2_E + _SHIFTER
    power = shifted - _SHIFTER
    r = (x - power * _LN2_HIGH) - power * _LN2_LOW
    r2 = r * r
    r4 = r2 * r2
    low = (1.0 + r) + r2 * (1.0 / 2.0 + r * (1.0 / 6.0))
    middle = (1.0 / 24.0 + r * (1.0 / 120.0)) + r2 * (1.0 / 720.0 + r * (1.0 / 5040.0))
    high = (1.0 / 40320.0 + r * (1.0 / 362880.0)) + r2 * (1.0 / 3628800.0 + r * (1.0 / 39916800.0))
    top = 1.0 / 479001600.0 + r * (1.0 / 6227020800.0)
    series = low + r4 * (middle + r4 * (high + r4 * top))
    found: float = series * _number_of((_bits_of(shifted) + _BIAS) << _MANTISSA_BITS)
    return found


@inlined_kernel
def logarithm(x: float) -> float:
    """Natural logarithm of a positive normal number.

    The power of two is split off, and the rest is twice the area hyperbolic tangent of (m - 1) / (m + 1).
    """
    bits = _bits_of(x)
    power = (bits - _ROOT_HALF_BITS) >> _MANTISSA_BITS
    m = _number_of(bits - (power << _MANTISSA_BITS))
    s = (m - 1.0) / (m + 1.0)
    z = s * s
    series = 1.0 / 17.0 + z * (1.0 / 19.0 + z * (1.0 / 21.0))
    series = 1.0 / 9.0 + z * (1.0 / 11.0 + z * (1.0 / 13.0 + z * (1.0 / 15.0 + z * series)))
    series = z * (1.0 / 3.0 + z * (1.0 / 5.0 + z * (1.0 / 7.0 + z * series)))
    powers = _number_of(power + _SHIFTER_BITS) - _SHIFTER
    found: float = (powers * _LN2_HIGH) + (2.0 * s + (2.0 * s * series + powers * _LN2_LOW))
    return found
