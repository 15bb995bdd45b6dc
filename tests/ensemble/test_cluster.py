"""A study on a Dask cluster: the same bits as here, whatever becomes of workers."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
from studies import CHUNK_RUNS, COMMAND, MONTHS, OPTIONS, RUNS, bits, called, chunks, command, unfinished

import trasiego as tr
from trasiego.common.faults import Faults
from trasiego.ensemble import cluster as module
from trasiego.ensemble import places
from trasiego.ensemble.study import versions

distributed = pytest.importorskip("distributed")

STUDY = {"runs": RUNS, "months": MONTHS, "draw_numbers": True, "chunk_runs": CHUNK_RUNS}


class Cluster:
    """A scheduler and workers, each a process of its own."""

    def __init__(self, folder):
        self.folder, self.workers = folder, []
        self.file = folder / "scheduler.json"
        self.scheduler = self.started(
            "scheduler", "--port", "0", "--no-dashboard", "--no-show", "--scheduler-file", str(self.file)
        )
        while not self.file.exists():
            time.sleep(0.05)

        while True:
            try:
                self.address = json.loads(self.file.read_text())["address"]
                break
            except ValueError:
                time.sleep(0.05)

    def started(self, what, *options):
        words = [sys.executable, "-m", "distributed.cli.dask_" + what, "--host", "127.0.0.1", *options]
        with (self.folder / f"{what}.log").open("a") as log:
            return subprocess.Popen(words, cwd=self.folder, stdout=log, stderr=log)

    def add_worker(self):
        options = ("--no-nanny", "--nthreads", "1", "--no-dashboard", "--local-directory", str(self.folder))
        self.workers.append(self.started("worker", self.address, *options))
        return self.workers[-1]

    def close(self):
        for process in [*self.workers, self.scheduler]:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    cluster.add_worker()
    yield cluster
    cluster.close()


@pytest.fixture(scope="module")
def pattern(tmp_path_factory):
    out = tmp_path_factory.mktemp("pattern") / "out"
    tr.run("vrae-2010", out=out, threads=1, **STUDY)
    return out


@pytest.fixture
def client(cluster):
    with distributed.Client(cluster.address, timeout=20) as client:
        client.wait_for_workers(1, timeout=60)
        yield client


def test_workers_that_see_the_store_write_into_it(client, tmp_path, pattern):
    done = []
    tr.run("vrae-2010", out=tmp_path / "out", client=client, progress=done.append, **STUDY)
    assert bits(tmp_path / "out") == bits(pattern)
    assert not unfinished(tmp_path / "out").exists()
    counts = [step.done for step in done if step.stage == "run"]
    assert counts[0] == 0 and counts[-1] == RUNS and counts == sorted(counts)


def test_workers_elsewhere_send_their_chunks(client, tmp_path, pattern, monkeypatch):
    """A folder of the same name without the mark of the study is that of another machine."""
    monkeypatch.setattr(places.Folder, "prepare", lambda self, key: self.path.mkdir())
    tr.run("vrae-2010", out=tmp_path / "out", client=client, **STUDY)
    assert bits(tmp_path / "out") == bits(pattern)


def test_without_a_folder_the_result_comes_back(client, pattern):
    result = tr.run("vrae-2010", client=client, **STUDY)
    assert result.dataset.equals(tr.load(pattern).dataset.load())


def test_workers_of_other_versions_are_refused(client, monkeypatch, tmp_path):
    other = "trasiego.ensemble.study.versions"
    monkeypatch.setattr(other, lambda draw_numbers: {**versions(draw_numbers), "numpy": "1.0"})
    with pytest.raises(Faults) as caught:
        tr.run("vrae-2010", out=tmp_path / "out", client=client, **STUDY)
    assert f"a worker with numpy {versions(True)['numpy']}" in str(caught.value)
    assert chunks(tmp_path / "out") == []


def test_workers_that_are_lost_again_and_again_are_told(tmp_path):
    class Lost:
        def result(self):
            raise distributed.scheduler.KilledWorker("task", None, 3)

    class Store:
        target = tmp_path / "out"

    with pytest.raises(Faults) as caught:
        module._kept(Store(), Lost(), range(50, 100), {})
    assert "4 workers were lost at runs 50 to 99" in str(caught.value)
    assert f"--resume {tmp_path / 'out'}" in str(caught.value)


def test_without_dask_one_fault_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(Faults) as caught:
        module.connect("tcp://127.0.0.1:9")
    assert "trasiego[dask]" in str(caught.value)


def test_the_command_runs_on_a_scheduler(cluster, tmp_path, pattern):
    called(*COMMAND, "--out", str(tmp_path / "out"), "--scheduler", cluster.address)
    assert bits(tmp_path / "out") == bits(pattern)
    refused = called(*COMMAND, "--out", str(tmp_path / "x"), "--scheduler", "tcp://127.0.0.1:9", code=2)
    assert "no answer from tcp://127.0.0.1:9" in refused.stderr and "Traceback" not in refused.stderr


def test_a_killed_worker_costs_no_run(cluster, tmp_path, pattern):
    """The worker dies in the middle of the study, as often as may be; another takes over what it held."""
    out = tmp_path / "out"
    words = command("run", "vrae-2010", *OPTIONS, "--draw-numbers", "--out", str(out))
    study = subprocess.Popen(
        [*words, "--scheduler", cluster.address, "--quiet"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    while not chunks(out):
        time.sleep(0.01)
        assert study.poll() is None
    doomed = cluster.workers[-1]
    cluster.add_worker()
    os.kill(doomed.pid, signal.SIGKILL)
    _nothing, errors = study.communicate(timeout=120)
    assert study.returncode == 0, errors.decode()
    assert bits(out) == bits(pattern)
