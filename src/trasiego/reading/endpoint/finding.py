"""Where proposed words stand in a report: signs of quotation, dashes, case and spaces may differ."""

from __future__ import annotations

import re
import unicodedata

from trasiego.reading.document import Document

_SIGNS = str.maketrans({
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‚": "'", "´": "'", "`": "'",
    "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-",
})  # fmt: skip
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«¿¡(\[]*[A-ZÁÉÍÓÚÑÜ0-9])")
_ABBREVIATION = re.compile(
    r"(?:^|\s)(?:[A-Z]|Mr|Mrs|Ms|Dr|Dra|Sr|Sra|St|Sta|Gen|Col|Cnel|Gral|No|Nos|vs|approx)\.$"
)

LONGEST_SHORT = 8
"""Letters before a full stop in which a short form may stand."""


class Searched:
    """A report in which words are looked for, in the paragraphs that are the report itself."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._paragraphs = [(start, *_plain(text)) for start, text in document.paragraphs()]

    def find(self, words: str) -> tuple[int, int] | None:
        """Return the first place of `words` in the report's text as [start, end); None if nowhere."""
        wanted = _plain(words)[0].strip()
        if not wanted:
            return None
        for start, plain, places in self._paragraphs:
            at = plain.find(wanted)
            while at >= 0:
                end = at + len(wanted)
                if _whole(plain, at, end):
                    return start + places[at], start + places[end - 1] + 1
                at = plain.find(wanted, at + 1)
        return None

    def sentence(self, start: int, end: int) -> tuple[int, str]:
        """Return (start, text) of the sentence or sentences around [start, end), cut by their full stops."""
        for first, last in self.document.kept:
            if first <= start and end <= last:
                text = self.document.text[first:last]
                ends = [match.end() for match in _SENTENCE_END.finditer(text) if _ends(text, match)]
                left = max((each for each in ends if first + each <= start), default=0)
                right = min((each for each in ends if first + each >= end), default=len(text))
                return first + left, text[left:right].rstrip()
        return start, self.document.text[start:end]


def _plain(text: str) -> tuple[str, list[int]]:
    """Return text folded for the search, and for each of its letters the place in `text`."""
    letters: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text):
        if sign.isspace():
            if letters and letters[-1] != " ":
                letters.append(" ")
                places.append(place)
            continue
        for each in unicodedata.normalize("NFKD", sign.translate(_SIGNS)).casefold():
            if not unicodedata.combining(each):
                letters.append(each)
                places.append(place)
    return "".join(letters), places


def _whole(plain: str, start: int, end: int) -> bool:
    """Tell whether [start, end) cuts no word or number."""
    before = plain[start - 1 : start].isalnum() and plain[start].isalnum()
    after = plain[end : end + 1].isalnum() and plain[end - 1].isalnum()
    return not before and not after


def _ends(text: str, match: re.Match[str]) -> bool:
    return not _ABBREVIATION.search(text[max(0, match.start() - LONGEST_SHORT) : match.start() + 1])
