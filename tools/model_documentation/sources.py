"""The hand-written part of the model documentation: docs/odd, read strictly."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

KEYS = {"title", "step", "order", "reads", "writes", "switches", "claims"}
REQUIRED_KEYS = {"title", "order", "claims"}
_BLOCK = re.compile(r"^```(equation|bookkeeping) (\S+)\n(.*?)^```\n", re.MULTILINE | re.DOTALL)
_PARAMETER = re.compile(r"^(\S.*?) = ([a-z_]+(?:\.\*)?\.\w+)$")
_SYMBOL = re.compile(r"^(\S.*?) \[([^\]]+)\] (.+)$")


class SourceError(ValueError):
    """A mistake in docs/odd; the message names the file and what is wrong."""


@dataclass(frozen=True)
class Symbol:
    """A symbol of an equation: of a parameter (a path of the field registry), or with unit and meaning."""

    tex: str
    parameter: str = ""
    unit: str = ""
    meaning: str = ""


@dataclass(frozen=True)
class Block:
    """Equations of one function with their symbols; without equations, what the function keeps in order."""

    function: str
    equations: tuple[str, ...]
    symbols: tuple[Symbol, ...]
    text: str = ""


@dataclass(frozen=True)
class Submodel:
    """One file of docs/odd/submodels: prose and blocks in their order, and what its front matter says.

    `step` is a name of `trasiego.model.schedule.STEPS`, or "" for what stands outside of the month.
    """

    name: str
    title: str
    step: str
    order: int
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    switches: tuple[str, ...]
    claims: tuple[str, ...]
    parts: tuple[str | Block, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks without the prose between them."""
        return tuple(part for part in self.parts if isinstance(part, Block))

    @property
    def parameters(self) -> tuple[str, ...]:
        """Paths of the registry that its equations use, each once, in order."""
        found = (symbol.parameter for block in self.blocks for symbol in block.symbols)
        return tuple(dict.fromkeys(path for path in found if path))

    @property
    def prose(self) -> str:
        """The text between the blocks."""
        return "\n".join(part for part in self.parts if isinstance(part, str))


def read_submodels(folder: Path) -> list[Submodel]:
    """Return all submodels of a folder by their order; raise SourceError for the first mistake."""
    found = sorted((read_submodel(path) for path in folder.glob("*.md")), key=lambda each: each.order)
    orders = [each.order for each in found]
    if len(set(orders)) < len(orders):
        raise SourceError(f"{folder}: two submodels have the same order")
    return found


def read_submodel(path: Path) -> Submodel:
    """Return the submodel in a file: TOML between +++ lines, then Markdown with blocks."""
    _start, head, body = f"\n{path.read_text('utf-8')}".split("\n+++\n", 2)
    front = tomllib.loads(head)
    if not REQUIRED_KEYS <= set(front) <= KEYS:
        wrong = sorted((REQUIRED_KEYS - set(front)) | (set(front) - KEYS))
        raise SourceError(f"{path.name}: missing or unknown in the front matter: {', '.join(wrong)}")
    return Submodel(
        name=path.stem,
        title=front["title"],
        step=front.get("step", ""),
        order=front["order"],
        parts=tuple(_parts(path, body)),
        **{key: tuple(front.get(key, ())) for key in ("reads", "writes", "switches", "claims")},
    )


def _parts(path: Path, body: str) -> list[str | Block]:
    parts: list[str | Block] = []
    end = 0
    for match in _BLOCK.finditer(body):
        parts.append(body[end : match.start()].strip())
        parts.append(_block(path, *match.groups()))
        end = match.end()
    parts.append(body[end:].strip())
    return [part for part in parts if part]


def _block(path: Path, kind: str, function: str, body: str) -> Block:
    if kind == "bookkeeping":
        return Block(function, (), (), " ".join(body.split()))
    tex, separator, symbols = body.partition("---\n")
    equations = tuple(" ".join(each.split()) for each in tex.split("\n\n") if each.strip())
    if not equations or not separator:
        raise SourceError(f"{path.name}: {function} needs equations, a line --- and its symbols")
    return Block(function, equations, tuple(_symbol(path, line) for line in symbols.splitlines() if line))


def _symbol(path: Path, line: str) -> Symbol:
    if match := _PARAMETER.match(line):
        return Symbol(match[1], parameter=match[2])
    if match := _SYMBOL.match(line):
        return Symbol(match[1], unit=match[2], meaning=match[3])
    raise SourceError(f"{path.name}: {line!r} is neither 'symbol = parameter' nor 'symbol [unit] meaning'")


def read_rows(path: Path) -> Mapping[str, Mapping[str, str]]:
    """Return the rows of a table by their first column."""
    with path.open(encoding="utf-8", newline="") as file:
        rows: Sequence[dict[str, str]] = list(csv.DictReader(file))
    return {next(iter(row.values())): row for row in rows}
