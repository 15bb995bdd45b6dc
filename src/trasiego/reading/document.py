"""A report as it was read: its text, which parts of it are the report itself, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """One report.

    `name` is the path of the file below the folder that was read, with forward slashes. `text` is all
    that the file holds as text, damage of encoding repaired; offsets of candidates count its characters.
    `kept` are the spans [start, end) of the paragraphs that are the report itself, in order and apart from
    each other; the rest is page furniture (navigation, related content, appeals, comments). `language` is an
    ISO 639-1 code, empty where it can't be told. `date` is the day of publication as YYYY, YYYY-MM or
    YYYY-MM-DD, and like `title`, `publisher` and `author` empty where the text does not give it. `notes` say
    what was repaired or left out in reading, for the reader.
    """

    name: str
    text: str
    kept: tuple[tuple[int, int], ...]
    language: str = ""
    title: str = ""
    publisher: str = ""
    author: str = ""
    date: str = ""
    notes: tuple[str, ...] = ()

    def paragraphs(self) -> list[tuple[int, str]]:
        """Return (start, text) of each paragraph of the report itself."""
        return [(start, self.text[start:end]) for start, end in self.kept]

    def year(self) -> int | None:
        """Return the year of publication, or None where it is not known."""
        return int(self.date[:4]) if self.date else None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not read, and why, in a sentence for the reader."""

    name: str
    reason: str
