"""How the kernels of the model are compiled: numba's options under three names.

Divisions follow NumPy: a division by zero gives no error but infinity or nothing, which the balances catch.
That leaves loops without a way out in the middle, so that they can be vectorised. A product and a sum may be
rounded once as the processor does it, which no order of sums depends on: exponentials and logarithms are a
fifth faster so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from numba import njit, types
from numba.core.compiler import Compiler
from numba.extending import intrinsic

_compile: Any = njit  # its types do not know the option _nrt
_Function = TypeVar("_Function", bound=Callable[..., Any])
_OPTIONS: dict[str, Any] = {"cache": True, "error_model": "numpy", "fastmath": {"contract"}}


class _Apart(Compiler):
    """Numba's compiler, told that the arrays of a kernel do not overlap; its decorator has no such option."""

    def __init__(
        self, typing: Any, target: Any, library: Any, args: Any, result: Any, flags: Any, names: Any
    ) -> None:
        """Take what numba hands over, and set the flag."""
        flags.noalias = True
        super().__init__(typing, target, library, args, result, flags, names)  # type: ignore[no-untyped-call]


tight_kernel: Callable[[_Function], _Function] = _compile(nogil=True, _nrt=False, **_OPTIONS)
"""A kernel that makes no arrays and calls only such: compiled without counting references to the arrays of
its tables, which takes longer than the arithmetic of the sweep."""

apart_kernel: Callable[[_Function], _Function] = _compile(
    nogil=True, _nrt=False, pipeline_class=_Apart, **_OPTIONS
)
"""A tight kernel that is given no array twice, under whatever names: a test looks. Its loops need not ask
each time whether arrays overlap, which takes longer than a row of a dozen principals, and loops over many
arrays are vectorised that else are not."""

inlined_kernel: Callable[[_Function], _Function] = _compile(inline="always", **_OPTIONS)
"""A part of one kernel, put in place where it is called."""


def _not_negative(context: Any, value: Any) -> Any:
    """Tell the compiler that a whole number is not negative."""

    def assume(context: Any, builder: Any, signature: Any, arguments: Any) -> Any:
        builder.assume(builder.icmp_signed(">=", arguments[0], arguments[0].type(0)))
        return arguments[0]

    return types.int64(types.int64), assume


_intrinsic: Any = intrinsic  # its types are those of the maker, not of what it makes
index: Callable[[int], int] = _intrinsic(_not_negative)
"""The same whole number, promised not to be negative; what is promised wrongly reads elsewhere in memory.

An index that comes out of a table could count from the end, which numba looks after at each use of it: in
loops that follow tables this takes a tenth of the time.
"""
