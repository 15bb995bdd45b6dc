"""A small study for the tests of this folder, the bits of its folder, and processes that work on it."""

import hashlib
import json
import re
import subprocess
import sys

RUNS, CHUNK_RUNS, MONTHS = 7, 2, 3
OPTIONS = ("--runs", str(RUNS), "--months", str(MONTHS), "--chunk-runs", str(CHUNK_RUNS), "--threads", "1")
COMMAND = ("run", "vrae-2010", *OPTIONS, "--draw-numbers", "--quiet")


def command(*arguments):
    """The command line that runs `trasiego` in a process of its own."""
    return [sys.executable, "-m", "trasiego", *arguments]


def called(*arguments, code=0, **settings):
    done = subprocess.run(command(*arguments), capture_output=True, text=True, **settings)
    assert done.returncode == code, done.stderr
    return done


def bits(folder):
    """Digests of all files of a results folder; manifest and report without when and how long it ran."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != "manifest.json":
            content = path.read_bytes()
            if path.name == "report.html":
                content, count = re.subn(rb'\["Started","[^"]*"\]', b"", content)
                assert count == 1
            found[path.relative_to(folder).as_posix()] = hashlib.sha256(content).hexdigest()
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    return found, {name: value for name, value in manifest.items() if name not in ("started", "seconds")}


def unfinished(folder):
    return folder.with_name(folder.name + ".unfinished")


def chunks(folder):
    """The chunk files that stand in the store of a study."""
    return sorted(
        path for path in (unfinished(folder) / "chunks").glob("runs-*") if path.suffix != ".partial"
    )
