"""Runs a small study over and over and kills it at random moments; a process of its own, see its test.

    python kill_over_and_over.py FOLDER KILLS SEED

Children are forked from here, so that all is imported and compiled once. FOLDER gets a study that nothing
disturbed, `pattern`, and studies `study-N` that were killed until they were done; prints kills and studies.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

from studies import CHUNK_RUNS, MONTHS, RUNS

import trasiego as tr


def study(out):
    options = {"draw_numbers": True, "resume": True, "chunk_runs": CHUNK_RUNS, "threads": 1}
    tr.run("vrae-2010", RUNS, 1, MONTHS, out=out, **options)


def killed(out, seconds):
    """Let a child work on the study and kill it after so many seconds; False where it was done before."""
    child = os.fork()
    if child == 0:
        try:
            study(out)
        finally:
            os._exit(0 if sys.exc_info()[0] is None else 1)
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            assert status == 0, f"ended with {status}"
            return False
        time.sleep(0.002)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return True


def main(folder, kills, seed):
    draw = random.Random(seed)
    study(folder / "pattern")
    began = time.monotonic()
    assert not killed(folder / "alone", 600)
    whole = time.monotonic() - began
    done = number = 0
    while done < kills:
        out = folder / f"study-{number}"
        while killed(out, draw.uniform(0.02, 0.9) * whole):
            done += 1
            if done >= kills:
                study(out)
                break
        number += 1
    print(done, number)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
