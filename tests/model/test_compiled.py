"""Compiled kernels: what the promise of an ``apart_kernel`` asks for is so, and numba takes it."""

import itertools

import numpy as np
from random_worlds import random_rows
from tiny_worlds import begin, run_months, tiny_world

from trasiego.model import schedule
from trasiego.model.compiled import _Apart, apart_kernel


def arrays_in(given):
    """Yield every array of the arguments of a kernel."""
    if isinstance(given, np.ndarray):
        yield given
    elif isinstance(given, tuple):
        for part in given:
            yield from arrays_in(part)


def is_apart(thing):
    return getattr(getattr(thing, "_compiler", None), "pipeline_class", None) is _Apart


def test_kernels_that_promise_it_are_given_no_array_twice(monkeypatch):
    given = {}

    def noting(name, kernel):
        def call(*arguments):
            given[name] = [array for array in arrays_in(arguments) if array.size]
            return kernel(*arguments)

        return call

    names = [name for name, thing in vars(schedule).items() if is_apart(thing)]
    for name in names:
        monkeypatch.setattr(schedule, name, noting(name, getattr(schedule, name)))
    run_months(begin(tiny_world(**random_rows(7, 40))), 1)  # everything is switched on in it
    assert {"look_ahead", "transit", "valuation"} <= set(given) == set(names)
    for name, arrays in given.items():
        assert not any(np.shares_memory(*pair) for pair in itertools.combinations(arrays, 2)), name


@apart_kernel
def _double(source, target):
    for i in range(target.size):
        target[i] = 2.0 * source[i]


def test_numba_hears_of_the_promise():
    target = np.zeros(3)
    _double(np.arange(3.0), target)
    assert target.tolist() == [0.0, 2.0, 4.0]
    (compiled,) = _double.overloads.values()
    assert compiled.fndesc.noalias
