"""Every public name says what it is: a docstring, and types on functions."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "src" / "trasiego"
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def public_definitions(tree, prefix=""):
    """Yield (name, node) of each public class, function and method, not of what is inside functions."""
    for node in tree.body:
        if isinstance(node, (ast.ClassDef, *FUNCTIONS)) and not node.name.startswith("_"):
            yield prefix + node.name, node
            if isinstance(node, ast.ClassDef):
                yield from public_definitions(node, f"{prefix}{node.name}.")


def is_overload(node):
    return any(getattr(decorator, "id", "") == "overload" for decorator in node.decorator_list)


def missing(source):
    """Return a line for each docstring or annotation that is not there."""
    tree = ast.parse(source)
    found = [] if ast.get_docstring(tree) else ["the file has no docstring"]
    for name, node in public_definitions(tree):
        if not ast.get_docstring(node) and not is_overload(node):
            found.append(f"{name} has no docstring")
        if isinstance(node, FUNCTIONS):
            every = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            every += [part for part in (node.args.vararg, node.args.kwarg) if part]
            found += [
                f"{name}: {argument.arg} has no type"
                for argument in every
                if argument.annotation is None and argument.arg not in ("self", "cls")
            ]
            if node.returns is None:
                found.append(f"{name} has no return type")
    return found


def test_every_public_name_has_a_docstring_and_types():
    files = sorted(PACKAGE.rglob("*.py"))
    assert len(files) > 20
    found = [
        f"{path.relative_to(PACKAGE)}: {each}" for path in files for each in missing(path.read_text("utf-8"))
    ]
    assert not found, "\n".join(found)


def test_the_check_finds_what_is_missing():
    source = '"""File."""\nclass A:\n    """Class."""\n    def b(self, c): ...\n    def _d(self): ...\n'
    assert missing(source) == ["A.b has no docstring", "A.b: c has no type", "A.b has no return type"]
    assert missing("x = 1\n") == ["the file has no docstring"]
