"""Calls of kernels from Python, month after month with arguments of the same types.

Before each call numba finds out the type of every array of every table, which takes about 0.1 microseconds an
array: longer than some kernels run. In one run the types stay the same, so it need be asked only once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, TypeVarTuple

from numba import typeof

_type_of: Any = typeof
_Arguments = TypeVarTuple("_Arguments")
_Result = TypeVar("_Result")


class Calls:
    """Calls kernels, each one always with arguments of the types of its first call; nobody checks that later.

    Every run has its own, so that worlds of other types could run beside it.
    """

    def __init__(self) -> None:
        self._compiled: dict[Callable[..., Any], Callable[..., Any]] = {}

    def __call__(self, kernel: Callable[[*_Arguments], _Result], *arguments: *_Arguments) -> _Result:
        """Call a kernel as it is, the first time, and afterwards what was compiled for those arguments."""
        compiled = self._compiled.get(kernel)
        if compiled is not None:
            return compiled(*arguments)  # type: ignore[no-any-return]
        result = kernel(*arguments)
        if hasattr(kernel, "overloads"):  # not so where numba is told to compile nothing
            self._compiled[kernel] = _compiled_for(kernel, arguments)
        return result


def _compiled_for(kernel: Any, arguments: tuple[Any, ...]) -> Callable[..., Any]:
    """What numba has just called for these arguments: if there is only one, that, without a look at them."""
    if len(kernel.overloads) > 1:
        return kernel.get_overload(tuple(_type_of(each) for each in arguments))  # type: ignore[no-any-return]
    found = _ONLY.get(kernel)
    if found is None:
        (only,) = kernel.overloads.values()
        found = _ONLY[kernel] = only.entry_point
    return found


_ONLY: dict[Any, Callable[..., Any]] = {}
"""What was compiled of kernels that were compiled once: to take it from numba's own table takes 0.2 ms."""
