"""Small policies written for one experiment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

HEAD = """[policy]
name        = "{name}"
title       = "{name}"
description = "A change made for one docking experiment."

"""


@contextmanager
def policy_file(name: str, body: str) -> Iterator[str]:
    """Yield the path of a policy with the given tables (TOML), there only inside the block."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"{name}.toml"
        path.write_text(HEAD.format(name=name) + body, encoding="utf-8")
        yield str(path)
