"""The folders of the package form a pipeline; imports go one way."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "src" / "trasiego"

ORDER = (
    ("common",),
    ("reading",),
    ("evidence",),
    ("scenario",),
    ("world",),
    ("model",),
    ("ensemble",),
    ("results",),
    ("analysis",),
    ("report", "explorer"),
    ("api", "exploring"),
    ("cli",),
    ("__main__",),
)
RANK = {name: rank for rank, names in enumerate(ORDER) for name in names}
ROOT_NAMES = {"__version__"}


def folder_of(path):
    """Return the pipeline name of a file: its folder, or its own name at the top of the package."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return parts[0]


def imported(tree):
    """Yield (line, module, names) of each import of the package in a file, wherever it stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name, ()
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"line {node.lineno}: imports are written in full"
            yield node.lineno, node.module, tuple(alias.name for alias in node.names)


def targets(module, names):
    """Return the pipeline names that an import reaches."""
    parts = module.split(".")
    if parts[0] != "trasiego":
        return []
    if len(parts) > 1:
        return [parts[1]]
    return [name for name in names if name not in ROOT_NAMES]


def offences(folder, source):
    """Return a line for each import in `source` that goes against the order."""
    found = []
    for line, module, names in imported(ast.parse(source)):
        for target in targets(module, names):
            same = target == folder
            if target not in RANK or (not same and RANK[target] >= RANK[folder]):
                found.append(f"{line}: {folder} imports {target}")
    return found


def test_no_import_goes_against_the_pipeline():
    files = sorted(PACKAGE.rglob("*.py"))
    assert len(files) > 20
    found = []
    for path in files:
        if path == PACKAGE / "__init__.py":
            continue
        folder = folder_of(path)
        assert folder in RANK, f"{path} stands outside of the pipeline"
        found += [f"{path.relative_to(PACKAGE)}:{each}" for each in offences(folder, path.read_text("utf-8"))]
    assert not found, "\n".join(found)


def test_the_front_of_the_package_imports_nothing_when_it_is_imported():
    tree = ast.parse((PACKAGE / "__init__.py").read_text("utf-8"))
    at_import = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    assert {node.module for node in at_import} == {"__future__", "typing"}


def test_the_check_sees_imports_in_functions_and_under_type_checking():
    hidden = "def f():\n    from trasiego.results import Result\n"
    typed = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import trasiego.cli.app\n"
    assert offences("world", hidden) == ["2: world imports results"]
    assert offences("report", typed) == ["3: report imports cli"]
    assert offences("cli", hidden) == []
