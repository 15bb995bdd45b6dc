"""Calls of kernels: types of arguments are found out once, and the results are those of the kernel."""

import copy

import numpy as np

from trasiego.model.calls import Calls
from trasiego.model.state import clear


def flows_and_others():
    return (np.ones(3), np.ones((2, 2))), np.ones(4), np.ones(5)


def test_later_calls_do_what_the_first_one_did():
    call = Calls()
    for _month in range(3):
        flows, raided, killings = arguments = flows_and_others()
        call(clear, *arguments)
        assert not any(array.any() for array in (*flows, raided, killings))


def test_other_types_need_other_calls():
    flows, raided, killings = flows_and_others()
    Calls()(clear, flows, raided, killings)
    whole = (np.ones(3, dtype=np.int64),)
    Calls()(clear, whole, raided, killings)
    assert not whole[0].any()


def test_functions_that_are_not_compiled_are_called_as_they_are():
    call = Calls()
    assert [call(lambda x: x + 1, number) for number in (1, 2)] == [2, 3]
    assert call(max, 1, 2) == 2


def test_a_copy_calls_as_well():
    call = Calls()
    call(clear, *flows_and_others())
    flows, raided, killings = arguments = flows_and_others()
    copy.deepcopy(call)(clear, *arguments)
    assert not flows[0].any() and not raided.any() and not killings.any()
