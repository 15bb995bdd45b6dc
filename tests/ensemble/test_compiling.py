"""The kernels are compiled by two processes; the second leaves nothing behind."""

import subprocess

import pytest

from trasiego.ensemble import compiling
from trasiego.model.schedule import STEPS
from trasiego.scenario import load_scenario
from trasiego.world.compile import compile_world


@pytest.fixture(scope="module")
def world():
    return compile_world(load_scenario("vrae-2010"))


@pytest.fixture
def started(monkeypatch):
    """Return the list of processes that were started from here on."""
    processes = []

    class Watched(subprocess.Popen):
        def __init__(self, *arguments, **settings):
            super().__init__(*arguments, **settings)
            processes.append(self)

    monkeypatch.setattr(compiling.subprocess, "Popen", Watched)
    return processes


def test_the_second_process_takes_the_end_of_the_month():
    names = [name for name, _step in STEPS]
    assert list(compiling.LAST_STEPS) == names[: -len(compiling.LAST_STEPS) - 1 : -1]


def test_it_is_started_only_where_nothing_is_compiled(world, started, monkeypatch):
    compiling.compile_kernels(world, lambda progress: None)
    assert compiling._is_compiled()
    started.clear()
    compiling.compile_kernels(world, lambda progress: None)
    assert not started
    monkeypatch.setattr(compiling, "_is_compiled", lambda: False)
    monkeypatch.setattr(compiling, "_core_count", lambda: 1)
    compiling.compile_kernels(world, lambda progress: None)
    assert not started


def test_it_is_gone_when_all_is_compiled_and_after_an_error(world, started, monkeypatch):
    monkeypatch.setattr(compiling, "_is_compiled", lambda: False)
    monkeypatch.setattr(compiling, "_core_count", lambda: 2)
    heard = []
    compiling.compile_kernels(world, heard.append)
    assert [process.poll() is not None for process in started] == [True]
    assert heard[-1].done == heard[-1].total == len(STEPS)

    def stop(progress):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        compiling.compile_kernels(world, stop)
    assert [process.poll() is not None for process in started] == [True, True]


def test_it_stops_when_its_parent_is_gone(monkeypatch):
    ran = []
    steps = tuple((name, lambda run, month: ran.append(month)) for name, _step in STEPS)
    monkeypatch.setattr(compiling, "STEPS", steps)
    compiling._compile_the_last(1, lambda: 2)
    assert not ran
    compiling._compile_the_last(1, lambda: 1)
    assert len(ran) == len(compiling.LAST_STEPS)
