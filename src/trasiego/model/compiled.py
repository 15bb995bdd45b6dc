"""How the kernels of the model are compiled: numba's options under two names.

Divisions follow NumPy: a division by zero gives no error but infinity or nothing, which the balances catch.
That leaves loops without a way out in the middle, so that they can be vectorised.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from numba import njit

_compile: Any = njit  # its types do not know the option _nrt
_Function = TypeVar("_Function", bound=Callable[..., Any])
_OPTIONS: dict[str, Any] = {"cache": True, "error_model": "numpy"}

tight_kernel: Callable[[_Function], _Function] = _compile(nogil=True, _nrt=False, **_OPTIONS)
"""A kernel that makes no arrays and calls only such: compiled without counting references to the arrays of
its tables, which takes longer than the arithmetic of the sweep."""

inlined_kernel: Callable[[_Function], _Function] = _compile(inline="always", **_OPTIONS)
"""A part of one kernel, put in place where it is called."""
