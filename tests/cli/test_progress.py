"""Progress: lines in a log, a bar on a terminal, and Ctrl-C."""

import os
import signal
from dataclasses import dataclass

import pytest

from trasiego.cli import progress


@dataclass
class Step:
    stage: str
    text: str
    done: int
    total: int


STEPS = [
    Step("compile", "compiling valuation", 0, 2),
    Step("compile", "compiled", 2, 2),
    Step("run", "running", 0, 3),
    Step("run", "running", 3, 3),
    Step("write", "writing here", 0, 1),
]


def test_a_log_gets_one_line_for_each_stage(capsys):
    with progress.shown(quiet=False) as (show, _cancel):
        for step in STEPS:
            show(step)
    out, err = capsys.readouterr()
    assert out == ""
    assert [line.split()[0] for line in err.splitlines()] == ["compiling", "running", "writing"]


def test_quiet_is_quiet(capsys):
    with progress.shown(quiet=True) as (show, _cancel):
        for step in STEPS:
            show(step)
    assert capsys.readouterr() == ("", "")


def test_a_terminal_gets_a_bar_that_names_what_is_compiled(monkeypatch):
    bar = progress.Bar(quiet=False)
    bar.terminal = True
    seen = []
    try:
        for step in STEPS:
            bar(step)
            (task,) = bar.bar.tasks
            seen.append((task.description, task.completed, task.total))
    finally:
        bar.close()
    expected = [(step.text, step.done, step.total if step.total > 1 else None) for step in STEPS]
    assert seen == expected
    assert bar.bar is None


def test_ctrl_c_while_runs_are_under_way_sets_the_event_and_then_stops():
    class Stopped(Exception):
        pass

    with pytest.raises(KeyboardInterrupt), progress.shown(quiet=True) as (show, cancel):
        show(Step("run", "running", 0, 3))
        os.kill(os.getpid(), signal.SIGINT)
        assert cancel.is_set()
        raise Stopped


def test_a_second_ctrl_c_stops_at_once():
    with pytest.raises(KeyboardInterrupt), progress.shown(quiet=True) as (show, _cancel):
        show(Step("run", "running", 0, 3))
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)
        pytest.fail("still running")


def test_ctrl_c_before_the_runs_stops_at_once_and_the_handler_is_given_back():
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt), progress.shown(quiet=True) as (show, cancel):
        show(Step("compile", "compiling", 0, 3))
        os.kill(os.getpid(), signal.SIGINT)
        pytest.fail("still running")
    assert not cancel.is_set()
    assert signal.getsignal(signal.SIGINT) is before


def test_a_failure_that_is_no_stop_is_not_hidden():
    with pytest.raises(ZeroDivisionError), progress.shown(quiet=True):
        raise ZeroDivisionError
