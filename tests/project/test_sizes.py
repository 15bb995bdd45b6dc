"""Files and functions stay small enough to be read at one sitting."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "src" / "trasiego"

FILE_LINES = 400
FUNCTION_LINES = 50
KERNEL_LINES = 80
KERNEL_WORDS = ("njit", "jit", "kernel", "vectorize", "guvectorize")


def is_kernel(function):
    """Tell whether a function is compiled, by the names of its decorators."""
    for decorator in function.decorator_list:
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        if name.split("_")[-1] in KERNEL_WORDS or name in KERNEL_WORDS:
            return True
    return False


def long_functions(source):
    """Return (name, lines, allowed) of each function that is too long; decorators do not count."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = node.end_lineno - node.lineno + 1
            allowed = KERNEL_LINES if is_kernel(node) else FUNCTION_LINES
            if lines > allowed:
                found.append((node.name, lines, allowed))
    return found


def source_files():
    """Return every text file of code in the package, with a check that there are some."""
    files = [
        path
        for ending in ("*.py", "*.js", "*.css", "*.html")
        for path in PACKAGE.rglob(ending)
        if "vendor" not in path.parts
    ]
    assert len(files) > 20
    return sorted(files)


def test_no_file_is_longer_than_allowed():
    long = [
        f"{path.relative_to(PACKAGE)}: {count} lines"
        for path in source_files()
        if (count := len(path.read_text("utf-8").splitlines())) > FILE_LINES
    ]
    assert not long, "\n".join(long)


def test_no_function_is_longer_than_allowed():
    long = [
        f"{path.relative_to(PACKAGE)}: {name} has {lines} lines, {allowed} allowed"
        for path in source_files()
        if path.suffix == ".py"
        for name, lines, allowed in long_functions(path.read_text("utf-8"))
    ]
    assert not long, "\n".join(long)


def test_the_check_finds_a_long_function_and_allows_a_long_kernel():
    body = "    pass\n" * 60
    assert long_functions(f"def f():\n{body}") == [("f", 61, FUNCTION_LINES)]
    assert long_functions(f"@njit(cache=True)\ndef f():\n{body}") == []
    assert long_functions(f"@numba.njit\ndef f():\n{body * 2}") == [("f", 121, KERNEL_LINES)]
