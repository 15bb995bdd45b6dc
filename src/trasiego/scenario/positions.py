"""Lines of the keys in a TOML text, which tomllib does not tell.

The text has been read by tomllib before, so the walk here takes valid TOML for granted. Where tomllib stopped
at a key written twice, the walk goes on for as long as the text allows, because it says where both stand.
"""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from dataclasses import dataclass, field

KeyPath = tuple[str | int, ...]
"""Keys from the top of the document down; whole numbers count the items of arrays from 0."""

_TOKEN = re.compile(
    r'''(?P<string>"""(?:[^\\]|\\.)*?"""(?:"{0,2})|\'\'\'.*?\'\'\'(?:'{0,2})|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')'''
    r"""|(?P<mark>[\[\]{}=,.\n])|(?P<bare>[^\s\[\]{}=,.\#"']+)|(?P<comment>\#[^\n]*)""",
    re.DOTALL,
)


@dataclass
class Positions:
    """Where keys stand: `lines` maps each key path to its line (from 1); `twice` lists keys written again.

    An entry of `twice` is (key path, line of the first, line of the second).
    """

    lines: dict[KeyPath, int] = field(default_factory=dict)
    twice: list[tuple[KeyPath, int, int]] = field(default_factory=list)

    def line(self, path: KeyPath) -> int | None:
        """Return the line of `path`, or of the nearest table around it, or None for the document itself."""
        while path:
            if path in self.lines:
                return self.lines[path]
            path = path[:-1]
        return None


def find_positions(text: str) -> Positions:
    """Return the lines of all keys and array items of `text`, up to the first place that is not TOML."""
    walk = _Walk(text)
    with suppress(IndexError, tomllib.TOMLDecodeError):
        walk.document()
    return walk.found


class _Walk:
    """One pass over the tokens of a document."""

    def __init__(self, text: str) -> None:
        self.tokens: list[tuple[str, int]] = []
        line = 1
        for match in _TOKEN.finditer(text):
            if match.lastgroup != "comment":
                self.tokens.append((match.group(), line))
            if match.lastgroup in ("string", "mark"):
                line += match.group().count("\n")
        self.tokens.append(("\n", line))
        self.at = 0
        self.found = Positions()
        self.written: set[KeyPath] = set()
        self.items: dict[KeyPath, int] = {}

    def document(self) -> None:
        table: KeyPath = ()
        while self.at < len(self.tokens):
            token, _line = self.tokens[self.at]
            if token == "\n":
                self.at += 1
            elif token == "[":
                table = self.header()
            else:
                self.pair(table)

    def header(self) -> KeyPath:
        array = self.tokens[self.at + 1][0] == "["
        self.at += 2 if array else 1
        keys, line = self.keys()
        self.at += 2 if array else 1
        path: KeyPath = ()
        for place, key in enumerate(keys):
            path += (key,)
            if array and place == len(keys) - 1:
                self.items[path] = self.items.get(path, -1) + 1
                self.found.lines.setdefault(path, line)
            if path in self.items:
                path += (self.items[path],)
            self.found.lines.setdefault(path, line)
        if not array:
            self.write(path, line)
        return path

    def pair(self, table: KeyPath) -> None:
        keys, line = self.keys()
        self.at += 1
        path = table
        for key in keys:
            path += (key,)
            self.found.lines.setdefault(path, line)
        self.write(path, line)
        self.value(path)

    def write(self, path: KeyPath, line: int) -> None:
        told = any(path[: len(table)] == table for table, _first, _second in self.found.twice)
        if path in self.written and not told:
            self.found.twice.append((path, self.found.lines[path], line))
        self.written.add(path)

    def keys(self) -> tuple[list[str], int]:
        keys: list[str] = []
        line = self.tokens[self.at][1]
        while True:
            token = self.tokens[self.at][0]
            keys.append(tomllib.loads(f"key = {token}")["key"] if token[0] in "\"'" else token)
            self.at += 1
            if self.tokens[self.at][0] != ".":
                return keys, line
            self.at += 1

    def value(self, path: KeyPath) -> None:
        opening = self.tokens[self.at][0]
        if opening not in "[{":
            while self.tokens[self.at][0] not in ("\n", ",", "]", "}"):
                self.at += 1
            return
        self.at += 1
        count = 0
        while self.tokens[self.at][0] not in "]}":
            if self.tokens[self.at][0] in (",", "\n"):
                self.at += 1
            elif opening == "{":
                self.pair(path)
            else:
                self.found.lines[(*path, count)] = self.tokens[self.at][1]
                self.value((*path, count))
                count += 1
        self.at += 1
