"""Paragraphs of a text each on one line: hard-wrapped lines joined, words cut at the end of a line mended."""

from __future__ import annotations

import re

from trasiego.reading.intake.furniture import BULLET
from trasiego.reading.intake.lists import lists

SHORTEST, LONGEST = 40, 130
"""Lengths of lines that look as if they were cut to fit a page."""
CUT_SHARE = 0.6
LOWER_SHARE = 0.3
FULL_SHARE = 0.8

LAID_OUT = 80
TAIL = 40
"""Characters at the end of a line that are searched for a full stop or a hyphen."""

_GAP = re.compile(r"(?<=\S) {2,}")
_ENDED = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_OPEN = re.compile(
    r"(?:,|\s(?:a|al|con|de|del|e|el|en|la|las|los|o|para|por|que|su|un|una|y"
    r"|an|and|as|at|by|for|from|in|of|on|or|that|the|to|with))$"
)
_HYPHEN = re.compile(r"([^\W\d_]{2,})-$")


def unwrapped(text: str) -> tuple[str, bool]:
    """Return the text with each paragraph on one line, and whether lines had to be joined for that."""
    groups: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip():
            groups[-1].append(line.rstrip())
        elif groups[-1]:
            groups.append([])
    lone = [group[0] for group in groups if len(group) == 1]
    if len(lone) >= len(groups) - 1 and _is_wrapped(lone):
        # Lines of a letter set with a blank line after each.
        groups = [lone]
    wrapped = [_is_wrapped(group) for group in groups]
    if not any(wrapped):
        return text, False
    lines = sum(map(len, groups))
    whole = sum(len(group) for group, is_so in zip(groups, wrapped, strict=True) if is_so) > lines / 2
    parts = [
        joined(group) if is_so or (whole and _is_wrapped(group, lower_share=0.0)) else group
        for group, is_so in zip(groups, wrapped, strict=True)
    ]
    return "\n\n".join("\n".join(part) for part in parts if part), True


def without_gaps(text: str) -> str:
    """Return the text with single spaces within long lines; short ones may be laid out with more."""
    return "\n".join(_GAP.sub(" ", line) if len(line) > LAID_OUT else line for line in text.split("\n"))


def _is_wrapped(group: list[str], lower_share: float = LOWER_SHARE) -> bool:
    """Tell whether lines were cut to the width of a page: of like length, and sentences run on.

    `lower_share` is the least share of lines that go on in lower case.
    """
    if len(group) < 2:
        return False
    pairs = list(zip(group, group[1:], strict=False))
    cut = sum(SHORTEST <= len(line) <= LONGEST and not _ENDED.search(line[-TAIL:]) for line in group[:-1])
    lower = sum(_runs_on(line, following) for line, following in pairs)
    return cut >= CUT_SHARE * len(pairs) and lower >= lower_share * len(pairs)


def _runs_on(line: str, following: str) -> bool:
    first, tail = following.lstrip()[0], line[-TAIL:]
    goes_on = first.islower() or _HYPHEN.search(tail) or (len(line) > LAID_OUT and _OPEN.search(tail))
    return not _ENDED.search(tail) and bool(goes_on)


def joined(group: list[str]) -> list[str]:
    """Return the paragraphs that lines cut to the width of a page make."""
    lengths = sorted(map(len, group))
    width = lengths[int(0.9 * (len(lengths) - 1))]
    paragraphs = [group[0].strip()]
    for line, following in zip(group, group[1:], strict=False):
        ended = _ENDED.search(line[-TAIL:]) and len(line) < FULL_SHARE * width
        indented = len(following) - len(following.lstrip()) > len(line) - len(line.lstrip()) + 1
        heading = not _ENDED.search(line[-TAIL:]) and len(line) < width / 2 and following[:1].isupper()
        if ended or indented or heading or BULLET.match(following):
            paragraphs.append(following.strip())
        else:
            paragraphs[-1] = _mended(paragraphs[-1], following.strip())
    return paragraphs


def _mended(line: str, following: str) -> str:
    """Join two lines of a paragraph; a word cut in two becomes one again."""
    hyphen = _HYPHEN.search(line[-TAIL:])
    if not hyphen or not following[0].islower():
        return f"{line} {following}"
    keeps = hyphen.group(1).lower() in lists()["hyphens"]["kept_after"].split()
    return (line if keeps else line[:-1]) + following
