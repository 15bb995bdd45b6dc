"""A study that is killed at any moment goes on to the bits of one that nothing disturbed."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from studies import CHUNK_RUNS, COMMAND, MONTHS, RUNS, bits, called, chunks, command

import trasiego as tr

QUICK_KILLS, KILLS = 4, 50
KILLER = Path(__file__).with_name("kill_over_and_over.py")


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    """Bits of a study that nothing disturbed."""
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    tr.run("vrae-2010", RUNS, 1, MONTHS, out=out, draw_numbers=True, chunk_runs=CHUNK_RUNS, threads=1)
    return bits(out)


@pytest.mark.parametrize(
    ("kills", "seed"), [(QUICK_KILLS, 1), pytest.param(KILLS, 2, marks=pytest.mark.slow)]
)
def test_kills_at_random_moments_change_no_bit(expected, tmp_path, kills, seed):
    words = [sys.executable, str(KILLER), str(tmp_path), str(kills), str(seed)]
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    killed, studies = map(int, done.stdout.split())
    assert killed == kills and "Traceback" not in done.stderr
    names = {"pattern", "alone", *(f"study-{number}" for number in range(studies))}
    assert {path.name for path in tmp_path.iterdir()} == names
    for name in names:
        assert bits(tmp_path / name) == expected, name


def finish(out, expected):
    called(*COMMAND, "--out", str(out), "--resume")
    assert bits(out) == expected
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_a_writer_that_died_locks_nobody_out(tmp_path, expected):
    out = tmp_path / "out"
    first = subprocess.Popen(command(*COMMAND, "--out", str(out)), stdout=subprocess.DEVNULL)
    while not chunks(out):
        time.sleep(0.02)
        assert first.poll() is None
    first.send_signal(signal.SIGSTOP)  # it holds the lock, and does not finish before it is asked for
    refused = called(*COMMAND, "--out", str(out), "--resume", code=2)
    assert "is at work on this study" in refused.stderr and str(first.pid) in refused.stderr
    first.kill()
    first.wait()
    finish(out, expected)


def test_ctrl_c_says_how_to_go_on(tmp_path, expected):
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
