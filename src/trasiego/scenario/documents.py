"""TOML files as documents: the content, and where each key of it stands."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from trasiego.common.faults import Fault, Faults, nearest
from trasiego.common.messages import _
from trasiego.common.paths import data_folder
from trasiego.scenario.positions import KeyPath, Positions, find_positions

_WHERE = re.compile(r"^(?P<what>.*?) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$")
_STATEMENT = re.compile(r"^[ \t]*(?:\[(.*)\][ \t]*(?:#.*)?$|([\w-]+)[ \t]*=)", re.MULTILINE | re.ASCII)
_PLAIN_HEADER = re.compile(r"[\w.-]+", re.ASCII)
_TWICE = ("Cannot overwrite a value", "Cannot declare", "Duplicate inline table key", "Cannot mutate")


@dataclass(frozen=True, eq=False)
class Document:
    """One file, or the settings of the command line: `name` as shown to readers, the TOML `tree` and `text`.

    `path` is None for settings, which have no lines either.
    """

    name: str
    path: Path | None
    tree: dict[str, Any]
    text: str

    @cached_property
    def positions(self) -> Positions:
        """Lines of all keys; found only when somebody asks, for it takes as long as reading the file."""
        return find_positions(self.text)

    @cached_property
    def outline(self) -> dict[str, int]:
        """Lines of the keys that stand alone at the start of a line, by dotted path: most keys of most files.

        Found many times faster than all positions. Empty where a text of several lines could look like keys.
        """
        if '"""' in self.text or "'''" in self.text:
            return {}
        lines: dict[str, int] = {}
        table: str | None = ""
        line, done = 1, 0
        for match in _STATEMENT.finditer(self.text):
            line += self.text.count("\n", done, match.start())
            done = match.start()
            header, key = match.groups()
            if header is not None:
                table = f"{header}." if _PLAIN_HEADER.fullmatch(header) else None
            elif table is not None:
                lines.setdefault(table + key, line)
        return lines


@dataclass(frozen=True)
class Spot:
    """A key in a document: where a value was written, and where a fault is reported."""

    document: Document
    keys: KeyPath

    @property
    def line(self) -> int | None:
        """Line of the key from 1, or None in settings."""
        return None if self.document.path is None else self.document.positions.line(self.keys)

    @property
    def quick_line(self) -> int | None:
        """The same for a key that has been read without fault, from the outline where it is there."""
        return self.document.outline.get(self.key) or self.line

    @property
    def key(self) -> str:
        """The key path with dots."""
        return ".".join(str(key) for key in self.keys if not isinstance(key, int))

    def below(self, *keys: str | int) -> Spot:
        """Return the spot of a key, or of an item of an array, inside this one."""
        return Spot(self.document, (*self.keys, *keys))

    def fault(self, found: str, allowed: str, do: str, nearest_name: str | None = None) -> Fault:
        """Return a fault at this spot."""
        return Fault(self.document.name, self.line, self.key or None, found, allowed, nearest_name, do)


def shown(path: Path) -> str:
    """Return a path as readers see it: shipped files from the data folder on, others from where we are."""
    for root in (data_folder("scenarios").parent, Path.cwd()):
        if path.resolve().is_relative_to(root.resolve()):
            return path.resolve().relative_to(root.resolve()).as_posix()
    return path.as_posix()


def shipped_names(folder: str) -> list[str]:
    """Return the names of the shipped files of a data folder ("scenarios" or "policies"), sorted."""
    return sorted(path.stem for path in data_folder(folder).glob("*.toml"))


def locate(name_or_path: str, folder: str, beside: Path | None = None) -> Path:
    """Return the file that `name_or_path` means.

    A word without slash and ".toml" is the name of a shipped file of `folder`; everything else is a path,
    taken from the folder `beside` where that is given. Raises Faults when there is no such file.
    """
    if "/" not in name_or_path and "\\" not in name_or_path and not name_or_path.endswith(".toml"):
        path = data_folder(folder) / f"{name_or_path}.toml"
    else:
        path = Path(name_or_path)
        if beside is not None and not path.is_absolute():
            path = beside / path
    if path.is_file():
        return path
    raise Faults(_no_file(name_or_path, path, folder))


def _no_file(asked: str, path: Path, folder: str) -> Fault:
    names = shipped_names(folder)
    if path.is_dir():
        return Fault(
            asked,
            None,
            None,
            _("a folder"),
            _("a TOML file, or one of: ") + _listed(names),
            None,
            _("name a file in it"),
        )
    return Fault(
        asked,
        None,
        None,
        _("no such file"),
        _("a TOML file, or one of: ") + _listed(names),
        nearest(Path(asked).stem, names),
        _("check the name; a path needs a slash or ends in .toml"),
    )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or _("(none is shipped)")


def read_document(path: Path) -> Document:
    """Return the TOML file at `path`; raise Faults when it cannot be read or is not TOML."""
    name = shown(path)
    try:
        text = path.read_bytes().decode("utf-8").replace("\r\n", "\n")
    except OSError as error:
        reason = error.strerror or str(error)
        raise Faults(
            Fault(name, None, None, reason, _("a file that can be read"), None, _("check its permissions"))
        ) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise Faults(
            Fault(
                name,
                line,
                None,
                _("a byte that is not UTF-8"),
                _("text in UTF-8"),
                None,
                _("save the file with the encoding UTF-8"),
            )
        ) from error
    try:
        return Document(name, path, tomllib.loads(text), text)
    except tomllib.TOMLDecodeError as error:
        raise Faults(_syntax_faults(name, text, str(error))) from error


def _syntax_faults(name: str, text: str, message: str) -> list[Fault]:
    match = _WHERE.match(message)
    what = match["what"] if match else message
    if what.startswith(_TWICE):
        twice = _written_twice(name, text)
        if twice:
            return twice
    line = int(match["line"]) if match and match["line"] else text.rstrip("\n").count("\n") + 1
    column = _(", column {column}").format(column=match["column"]) if match and match["column"] else ""
    return [
        Fault(
            name,
            line,
            None,
            _("not TOML: {what}").format(what=what[:1].lower() + what[1:]) + column,
            _("key = value, [section] or [section.id] on each line"),
            None,
            _("look at this line and the one before: a quote, bracket or comma is missing or too many"),
        )
    ]


def _written_twice(name: str, text: str) -> list[Fault]:
    return [
        Fault(
            name,
            second,
            ".".join(str(key) for key in keys),
            _("written again, first in line {line}").format(line=first),
            _("each key and each table once"),
            None,
            _("keep one of the two"),
        )
        for keys, first, second in find_positions(text).twice
    ]
