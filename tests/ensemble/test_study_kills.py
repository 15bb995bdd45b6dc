"""A study that is killed at any moment goes on to the bits of one that nothing disturbed."""

import os
import random
import signal
import subprocess
import time

import pytest
from studies import COMMAND, bits, called, chunks, command, unfinished

QUICK_KILLS, KILLS = 3, 50


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """Bits of a study that nothing disturbed, and the seconds that it took."""
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    called(*COMMAND, "--out", str(out))
    began = time.monotonic()
    called(*COMMAND, "--out", str(out), "--overwrite")
    return bits(out), time.monotonic() - began


def killed_at(moments, out, stderr):
    """Start the study over and over, kill it after so many seconds, until it is done; count the kills."""
    kills = 0
    for seconds in moments:
        words = command(*COMMAND, "--out", str(out), "--resume")
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=stderr, start_new_session=True)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.kill(process.pid, signal.SIGKILL)
            process.wait()
            kills += 1
        if out.exists():
            break
    return kills


def finish(out, expected):
    done = called(*COMMAND, "--out", str(out), "--resume")
    assert done.returncode == 0
    assert bits(out) == expected
    assert not unfinished(out).exists()
    assert not [path for path in out.parent.iterdir() if path.suffix in (".partial", ".old")], out.parent


def test_a_few_kills(undisturbed, tmp_path):
    expected, seconds = undisturbed
    draw = random.Random(1)
    moments = [draw.uniform(0.4, 1.0) * seconds for _kill in range(QUICK_KILLS)]
    with (tmp_path / "errors.txt").open("w") as stderr:
        killed_at(moments, tmp_path / "out", stderr)
    assert "Traceback" not in (tmp_path / "errors.txt").read_text()
    finish(tmp_path / "out", expected)


@pytest.mark.slow
def test_fifty_kills_at_random_moments(undisturbed, tmp_path):
    """Several studies, each killed over and over until it is done, until there were fifty kills."""
    expected, seconds = undisturbed
    draw, kills, study = random.Random(2), 0, 0
    while kills < KILLS:
        out = tmp_path / f"study-{study}" / "out"
        out.parent.mkdir()
        with (out.parent / "errors.txt").open("w") as stderr:
            kills += killed_at([draw.uniform(0.1, 1.1) * seconds for _kill in range(8)], out, stderr)
        finish(out, expected)
        study += 1
    assert study > 3


def test_a_writer_that_died_locks_nobody_out(tmp_path, undisturbed):
    expected, _seconds = undisturbed
    out = tmp_path / "out"
    first = subprocess.Popen(command(*COMMAND, "--out", str(out)), stdout=subprocess.DEVNULL)
    while not chunks(out):
        time.sleep(0.02)
        assert first.poll() is None
    refused = called(*COMMAND, "--out", str(out), "--resume", code=2)
    assert "is at work on this study" in refused.stderr and str(first.pid) in refused.stderr
    first.kill()
    first.wait()
    finish(out, expected)


def test_ctrl_c_says_how_to_go_on(tmp_path, undisturbed):
    expected, _seconds = undisturbed
    out = tmp_path / "out"
    words = command(*COMMAND, "--out", str(out))
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    while not chunks(out):
        time.sleep(0.02)
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    _out, said = process.communicate()
    assert process.returncode == 130
    assert said.strip() == f"stopped; what is finished is kept; go on with: trasiego run --resume {out}"
    finish(out, expected)
