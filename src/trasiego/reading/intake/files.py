"""A folder of files, read one after the other; what can't be read is named with the reason."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from trasiego.common.faults import Fault, Faults
from trasiego.common.messages import _
from trasiego.reading.document import Document, Skipped
from trasiego.reading.intake.decoding import decode
from trasiego.reading.intake.furniture import kept_lines, lines_of
from trasiego.reading.intake.heading import HEAD_LINES, Source, source_of
from trasiego.reading.intake.language import language_of
from trasiego.reading.intake.limits import FILE_BYTES, TEXT_CHARACTERS, Unreadable
from trasiego.reading.intake.lines import unwrapped, without_gaps
from trasiego.reading.intake.pages import read_page
from trasiego.reading.intake.papers import read_pdf, read_word

READ_WELL = ("en", "es")

Reader = Callable[[bytes], tuple[str, Source, list[str]]]


def read_folder(folder: Path) -> Iterator[Document | Skipped]:
    """Yield each file of a folder and of the folders in it, in the order of names, read or skipped.

    Hidden files and folders are passed over, links to folders are not followed. Where `folder` is a file,
    that one is read. Faults if there is no such folder.
    """
    if folder.is_file():
        yield _attempt(folder, folder.name)
        return
    if not folder.is_dir():
        raise Faults(
            Fault(
                file=str(folder),
                line=None,
                key=None,
                found=_("no folder"),
                allowed=_("a folder with reports ({endings})").format(endings=" ".join(READERS)),
                nearest=None,
                do=_("name a folder that exists"),
            )
        )
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for each in sorted(files):
            if not each.startswith("."):
                path = Path(place) / each
                yield _attempt(path, path.relative_to(folder).as_posix())


def read_file(path: Path, name: str) -> Document:
    """Return the report in a file, called `name`; Unreadable with the reason if it gives none."""
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        known = " ".join(READERS)
        raise Unreadable(_("its ending is none of those read ({endings})").format(endings=known))
    data = _bytes(path)
    text, told, notes = _sniffed(data, reader)(data)
    if len(text) > TEXT_CHARACTERS:
        raise Unreadable(_("it holds more than {count} characters").format(count=TEXT_CHARACTERS))
    text, joined = unwrapped(text)
    if joined:
        notes.append(_("lines joined to paragraphs"))
    return _document(name, without_gaps(text), told, notes)


def _attempt(path: Path, name: str) -> Document | Skipped:
    try:
        return read_file(path, name)
    except Unreadable as fault:
        return Skipped(name, fault.reason)


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise Unreadable(_("it is no plain file"))
        size = path.stat().st_size
        if size > FILE_BYTES:
            raise Unreadable(_("it is larger than {size:g} MB").format(size=FILE_BYTES / 1e6))
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(_("it can't be opened ({error})").format(error=error.strerror)) from error
    if not data.strip():
        raise Unreadable(_("it is empty"))
    return data


def _sniffed(data: bytes, reader: Reader) -> Reader:
    """Return the reader that the first bytes ask for, whatever the ending says."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"%pdf-"):
        return read_pdf
    if head.startswith(b"pk\x03\x04"):
        return read_word
    if head.startswith((b"<!doctype html", b"<html")):
        return read_page
    return reader


def _plain_text(data: bytes) -> tuple[str, Source, list[str]]:
    text, notes = decode(data)
    return text, Source(), notes


READERS: dict[str, Reader] = {
    ".txt": _plain_text,
    ".text": _plain_text,
    ".md": _plain_text,
    ".html": read_page,
    ".htm": read_page,
    ".xhtml": read_page,
    ".pdf": read_pdf,
    ".docx": read_word,
}
"""How a file is read, by its ending."""


def _document(name: str, text: str, told: Source, notes: list[str]) -> Document:
    lines = lines_of(text)
    kept = kept_lines(lines)
    if not kept:
        raise Unreadable(_("it holds no paragraph of a report"))
    language = language_of(" ".join(each.text for each in kept))
    source = told.or_else(source_of(lines, kept, language))
    # Whole sentences above the headline belong to pictures and to other articles; some pages set it twice.
    head = [each.start for each in lines[:HEAD_LINES] if source.title and each.text.endswith(source.title)]
    headline = max(head, default=-1)
    kept = [each for each in kept if each.start > headline] or kept
    if language not in READ_WELL:
        notes.append(
            _("it seems to be in {code}; only English and Spanish are read well").format(code=language or "?")
        )
    left_out = len(lines) - len(kept)
    if left_out:
        notes.append(_("lines left out as furniture of the page: {count}").format(count=left_out))
    return Document(
        name,
        text,
        tuple((each.start, each.end) for each in kept),
        language,
        source.title,
        source.publisher,
        source.author,
        source.date,
        tuple(notes),
    )
