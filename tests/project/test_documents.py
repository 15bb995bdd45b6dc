"""Every command in the documents runs as shown, every link leads somewhere, and the folder map is the tree.

In a block marked `console`, a line that begins with `$ ` is a command and the lines below it are what it
prints; a line `...` stands for any lines, `...` inside a line for any text. A command without lines below it
must only succeed. Commands of one document run in order in one folder, which holds the files that it shows
(blocks with a file name after their language). Blocks marked `python` run too. The installation commands are
for `.ci/run`.
"""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from trasiego.analysis import load_patterns

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
BLOCK = re.compile(r"^( *)```(\w+)(?: (\S+))?\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
FAILING_EXIT_CODE = 2


def blocks(path, language):
    """Return the code blocks of a document in one language, without their indent."""
    found = BLOCK.findall(path.read_text("utf-8"))
    return [re.sub(rf"(?m)^{indent}", "", body) for indent, name, _file, body in found if name == language]


def files(path):
    """Return the files that a document shows, by name: blocks with a file name after their language."""
    found = BLOCK.findall(path.read_text("utf-8"))
    return {file: re.sub(rf"(?m)^{indent}", "", body) for indent, _name, file, body in found if file}


def commands(path):
    """Return (command, lines shown below it) for each command of a document."""
    found = []
    for block in blocks(path, "console"):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            elif found:
                found[-1][1].append(line.rstrip())
    return found


def matches(shown, printed):
    """Tell whether printed lines are those shown, where a line `...` stands for any lines."""
    pattern = "".join(
        r"(?:.*\n)*" if line == "..." else re.escape(line).replace(r"\.\.\.", ".*") + r"\n" for line in shown
    )
    return re.fullmatch(pattern, "".join(f"{line.rstrip()}\n" for line in printed)) is not None


def run(command, folder):
    """Run a command of the package in a folder, 80 columns wide, and return the finished process."""
    words = shlex.split(command, comments=True)
    assert words[0] == "trasiego", command
    environment = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1"}
    return subprocess.run(
        [sys.executable, "-m", *words], capture_output=True, text=True, cwd=folder, env=environment
    )


@pytest.mark.slow
@pytest.mark.parametrize("path", [path for path in DOCUMENTS if commands(path)], ids=lambda path: path.stem)
def test_commands_do_what_the_document_shows(path, tmp_path):
    for name, text in files(path).items():
        (tmp_path / name).write_text(text, "utf-8")
    for command, shown in commands(path):
        done = run(command, tmp_path)
        printed = (done.stdout + done.stderr).rstrip("\n").splitlines()
        is_fault = any(line.startswith("  found ") for line in shown)
        assert done.returncode == (FAILING_EXIT_CODE if is_fault else 0), f"{command}\n{done.stderr}"
        while shown and not shown[-1]:
            shown.pop()
        if shown:
            assert matches(shown, printed), f"{command} printed\n" + "\n".join(printed)
        else:
            assert printed, command


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", [path for path in DOCUMENTS if blocks(path, "python")], ids=lambda path: path.stem
)
def test_python_in_the_documents_runs(path, tmp_path):
    for block in blocks(path, "python"):
        if "distributed" in block:
            pytest.importorskip("distributed")
        done = subprocess.run([sys.executable, "-c", block], capture_output=True, text=True, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert done.stdout


def test_the_documents_have_commands_and_the_two_of_the_readme():
    assert sum(len(commands(path)) for path in DOCUMENTS) > 5
    text = (ROOT / "README.md").read_text("utf-8")
    assert re.search(r"<!-- command: run -->\n```bash\n.*pip install.*trasiego run\n```", text)
    assert re.search(r"<!-- command: test -->\n```bash\n.*pip install.*pytest.*\n```", text)


def test_links_inside_the_repository_lead_somewhere():
    broken, seen = [], 0
    for path in DOCUMENTS:
        for target in LINK.findall(path.read_text("utf-8")):
            if re.match(r"[a-z]+:|#", target):
                continue
            seen += 1
            if not (path.parent / target.partition("#")[0]).exists():
                broken.append(f"{path.name}: {target}")
    assert seen > 10
    assert not broken, "\n".join(broken)


def test_paths_that_the_documents_name_exist():
    named = {
        (path.name, found)
        for path in DOCUMENTS
        for found in re.findall(r"`((?:src|tests|docs|\.ci)/[\w./-]+)`", path.read_text("utf-8"))
    }
    assert len(named) > 8
    assert not [(name, found) for name, found in named if not (ROOT / found).exists()]


def test_the_folder_map_of_the_readme_is_the_tree():
    text = (ROOT / "README.md").read_text("utf-8")
    section = text.partition("<!-- folders -->")[2].partition("<!-- /folders -->")[0]
    shown = set(re.findall(r"(?m)^\| `([^`]+)` \|", section))
    package = ROOT / "src" / "trasiego"
    inside = {path.name for path in package.iterdir() if path.is_dir()} - {"__pycache__"}
    folders = {f"src/trasiego/{name}/" for name in inside}
    files = {f"src/trasiego/{path.name}" for path in package.glob("*.py") if not path.name.startswith("__")}
    assert shown - {"tests/", "docs/", "tools/", "validation/", "benchmarks/", ".ci/run"} == folders | files
    assert all((ROOT / name).exists() for name in shown)


def test_the_scorecard_of_the_readme_has_every_pattern():
    text = (ROOT / "README.md").read_text("utf-8")
    section = text.partition("<!-- scorecard -->")[2].partition("<!-- /scorecard -->")[0]
    shown = re.findall(r"(?m)^\| ([\w-]+) \| ([CVQ]) \|", section)
    assert shown == [(pattern.id, pattern.kind) for pattern in load_patterns()]


def test_lines_shown_may_leave_out_a_part():
    assert matches(["a", "...", "d"], ["a", "b", "c", "d"])
    assert matches(["a"], ["a  "])
    assert matches(["line ..., end"], ["line 71, end"])
    assert not matches(["a", "b"], ["a", "c"])
