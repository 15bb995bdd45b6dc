"""Which lines of a text are paragraphs of the report, and which are furniture of the page around it.

Every paragraph stands on a line of its own here (lines.py sees to that). A rule looks at the shape of a line
and at its words together: a long line that ends like a sentence is left out only where the article has ended.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from trasiego.reading.intake.lists import pattern

POINTER_WORDS, POINTER_CHARACTERS = 40, 400
"""Pointers, appeals and captions have at most this many words and characters."""
END_WORDS = 25
PROSE_WORDS = 25
SHORT_PROSE_WORDS = 15
QUESTION_WORDS = 12
STANDFIRST_WORDS = 50
TWICE_WORDS = 12
"""A line of fewer words that stands more than once is furniture at every place, a longer one at the later."""

SENTENCE_WORDS = 5
TAIL = 20
"""Characters at the end of a line that are searched for a full stop."""

UNFINISHED_WORDS = 25
"""A line of fewer words that does not end like a sentence is a heading, a caption or an entry of a menu."""

BULLET = re.compile(r"\s*(?:[•·▪●■◦‣*–—-]|\d{1,2}[.)])\s+")

_STOPPED = re.compile(r"[.!?…:;][\"'”’»)\]*]*$|[\"”»]$")
_ELLIPSIS = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])[\"'”’»)\]]*$")
_INNER_STOP = re.compile(r"[a-záéíóúñ)”»][.!?] [A-ZÁÉÍÓÚÑ¿¡“«]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+$|\S+@\S+\.\w+$")
_STAMP = re.compile(r"\s*(date:? \d{4}(?:-\d\d){0,2}) (?=\S)")
_DATED = re.compile(r"\b\d{1,2}\b.*\b20\d\d\b")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty: [start, end) in the text, without the spaces around it."""

    start: int
    end: int
    text: str

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


def lines_of(text: str) -> list[Line]:
    """Return the lines of a text that hold something; a stamp with the date before it all counts as one."""
    found, start = [], 0
    stamp = _STAMP.match(text)
    if stamp:
        found.append(Line(stamp.start(1), stamp.end(1), stamp[1]))
        start = stamp.end()
        text = text[start:]
    for raw in text.split("\n"):
        bare = raw.strip()
        if bare:
            first = start + raw.index(bare[0])
            found.append(Line(first, first + len(bare), bare))
        start += len(raw) + 1
    return found


def kept_lines(lines: list[Line]) -> list[Line]:
    """Return the lines that are paragraphs of the report."""
    kept: list[Line] = []
    boxed: int | None = None
    times = Counter(each.text for each in lines)
    seen: set[str] = set()
    for number, line in enumerate(lines):
        twice = times[line.text] > 1 and not closes(line)
        if twice and (line.text in seen or line.words < TWICE_WORDS):
            continue
        seen.add(line.text)
        if kept and _ends(lines, number, kept):
            break
        if _closes(line, "for_a_while"):
            boxed = number
            continue
        if not is_paragraph(line):
            continue
        if boxed is not None:
            if not _resumes(lines, boxed, number):
                continue
            boxed = None
        kept.append(line)
    return kept


def is_paragraph(line: Line) -> bool:
    """Tell whether a line reads like a paragraph, or a sentence, of an article."""
    text, words = line.text, line.words
    if len(_LETTER.findall(text)) < len(text) // 3:
        return False
    if len(text) <= POINTER_CHARACTERS and _ADDRESS.match(text):
        return False
    if words <= POINTER_WORDS and is_furniture(text):
        return False
    stopped = bool(_STOPPED.search(text, max(0, len(text) - TAIL)))
    if text.endswith("?") and words <= QUESTION_WORDS and not _INNER_STOP.search(text):
        return False
    if stopped:
        # A letter in capitals throughout is a heading, whatever it ends with.
        return words >= SENTENCE_WORDS - (text[-1] in '.!?”"»') and not text.isupper()
    bullet = BULLET.match(text)
    if bullet and words > SENTENCE_WORDS and any(map(str.isdigit, text[bullet.end() :])):
        return True
    return words >= UNFINISHED_WORDS or (words >= UNFINISHED_WORDS // 2 and bool(_INNER_STOP.search(text)))


def closes(line: Line) -> bool:
    """Tell whether an article ends before this line, for good or for a while."""
    return any(_closes(line, name) for name in ("for_good", "closing", "for_a_while"))


def _closes(line: Line, name: str) -> bool:
    if line.words > END_WORDS or len(line.text) > POINTER_CHARACTERS:
        return False
    bare = line.text.strip(" *#|-–—•·>»:")
    if name == "for_a_while" and re.search(r"[.!?]$", line.text):
        return False
    return bool(pattern("ends", name).fullmatch(bare) or pattern("ends", name).fullmatch(line.text))


def _ends(lines: list[Line], number: int, kept: list[Line]) -> bool:
    """Tell whether the report ends before the line `number`.

    It does not where hardly anything was kept so far, as the line is in the head of the page then, perhaps
    below a standfirst; and the rights and keywords in the front of a longer report end nothing either.
    """
    before = sum(each.words for each in kept)
    if before < STANDFIRST_WORDS:
        return False
    if _closes(lines[number], "closing"):
        return before > sum(each.words for each in lines[number + 1 :] if is_paragraph(each))
    return _closes(lines[number], "for_good")


def is_furniture(text: str) -> bool:
    """Tell by its words whether a line points elsewhere, asks for something or belongs to a picture."""
    if len(text) > POINTER_CHARACTERS:
        return False
    bare = BULLET.sub("", text).lstrip("¡¿[(“\"'> ")
    return bool(
        pattern("lines", "pointers").match(bare)
        or (pattern("lines", "appeals").match(bare) and not _told(text))
        or pattern("lines", "appeals_inside").search(text)
        or pattern("lines", "captions").match(bare)
        or re.search(f"(?:{pattern('lines', 'captions_at_end').pattern})$", text, re.IGNORECASE)
        or pattern("lines", "whole").fullmatch(text.strip(" *|>»:."))
    )


def _told(text: str) -> bool:
    """Tell whether a line with an appeal's first word is told by somebody: figures and a past tense."""
    return (
        bool(re.search(r"\d", text)) and bool(_STOPPED.search(text)) and len(text.split()) > PROSE_WORDS // 2
    )


def _resumes(lines: list[Line], boxed: int, number: int) -> bool:
    """Tell whether the article goes on at `number` after a box of other articles at `boxed`."""
    between = lines[boxed + 1 : number]
    if len(between) <= 3 and not any(is_paragraph(each) or _DATED.search(each.text) for each in between):
        return _is_prose(lines[number], SHORT_PROSE_WORDS)
    return number + 1 < len(lines) and all(
        _is_prose(each, PROSE_WORDS) for each in lines[number : number + 2]
    )


def _is_prose(line: Line, words: int) -> bool:
    return (
        line.words >= words
        and bool(_STOPPED.search(line.text, max(0, len(line.text) - TAIL)))
        and not _ELLIPSIS.search(line.text, max(0, len(line.text) - TAIL))
        and is_paragraph(line)
    )
