"""Where sentences begin: rules that both languages share and that need no language model."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from trasiego.common.paths import data_folder

QUOTES = "\"'”’»"
CLOSERS = QUOTES + ")]}"
OPENERS = "\"'“‘«([{¿¡—–-"

_STOP = re.compile(rf"[.!?…]+[{re.escape(CLOSERS)}]*\s+(?=\S)")
_GLUED = re.compile(r"(?<=[a-záéíóúñ]{3})[.!?][”»]?(?=[A-ZÁÉÍÓÚÑ¿¡“«][a-záéíóúñA-Z])")
_LAST_WORD = re.compile(r"[\w.'’ªº°-]*$")
_WORD = re.compile(r"\w+")


def sentence_starts(text: str) -> list[int]:
    """Return the offsets at which the sentences of a paragraph begin, 0 first.

    A full stop after an abbreviation ("Gen.", "Nov.", "Sr."), after an initial or before a word in lower case
    ends no sentence, nor does a question inside a sentence ("¿Quién?", dijo).
    """
    starts = [0]
    for match in _STOP.finditer(text):
        if _ends(text, match):
            starts.append(match.end())
    starts += [match.end() for match in _GLUED.finditer(text)]
    return sorted(set(starts))


def _ends(text: str, stop: re.Match[str]) -> bool:
    following = text[stop.end() : stop.end() + 40].lstrip(OPENERS + " ")
    if not following or following[0].islower():
        return False
    marks = stop.group().rstrip().rstrip(CLOSERS)
    if marks != ".":
        return True
    if set(stop.group()) & set(QUOTES):
        return True
    before = _LAST_WORD.search(text, max(0, stop.start() - 30), stop.start())
    word = before.group().strip("'’-").lower() if before else ""
    if len(word) == 1 and word.isalpha():
        return False
    if word in _words("doubtful"):
        opener = _WORD.match(following)
        return opener is not None and opener.group().lower() in _words("openers")
    return word not in _words("abbreviations")


@cache
def _words(name: str) -> frozenset[str]:
    with (data_folder("reading") / "sentences.toml").open("rb") as file:
        return frozenset(tomllib.load(file)[name].split())
