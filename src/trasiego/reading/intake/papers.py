"""Text of PDF and Word files."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from typing import Any

from trasiego.common.messages import _
from trasiego.reading.intake.decoding import clean
from trasiego.reading.intake.heading import Source
from trasiego.reading.intake.limits import TEXT_CHARACTERS, Unreadable, opening
from trasiego.reading.intake.lines import joined

PAGES = 1000
UNPACKED_BYTES = 200_000_000
BODY_BYTES = 30_000_000
EDGE_LINES = 2
"""Lines at the top and at the foot of a page that may be its running head or foot."""
LEAST_REPEATS = 3
LEAST_LETTERS = 30

_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[\s\W]*(?:page|página|pág\.?|p\.)?\s*(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:/|of|de)\s*\d{1,4})?[\s\W]*", re.I
)
_ENDED = re.compile(r"[.!?:][\"'”’»)]*\s*$")
_NO_TITLE = re.compile(
    r"(?:microsoft word|untitled|sin título|documento?\d*$|title$|.*\.(?:docx?|pdf|indd|qxd|odt)$)|^\W*$",
    re.I,
)
_NO_AUTHOR = re.compile(
    r"(?:user|usuario|admin\w*|owner|author|autor|python-docx|unknown|windows|microsoft|hp|pc|dell)\b|^\W*$",
    re.I,
)


def read_pdf(data: bytes) -> tuple[str, Source, list[str]]:
    """Return text, source and notes of a PDF file; Unreadable where it is locked or holds pictures only."""
    import logging

    notes: list[str] = []
    with opening("PDF"):
        from pypdf import PdfReader

        logging.getLogger("pypdf").setLevel(logging.CRITICAL)
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable(_("it is locked with a password"))
        if len(reader.pages) > PAGES:
            raise Unreadable(_("it has more than {count} pages").format(count=PAGES))
        pages, failed = _pages(reader)
        source = _properties(reader.metadata)
    if failed:
        notes.append(_("{count} pages could not be read").format(count=failed))
    if sum(sum(map(str.isalpha, page)) for page in pages) < LEAST_LETTERS:
        raise Unreadable(_("it holds no text, perhaps pictures of pages"))
    text, more = clean(_run_together(_without_edges([page.split("\n") for page in pages])), [])
    return text, source, [*notes, *more]


def _pages(reader: Any) -> tuple[list[str], int]:
    """Return the text of each page, and how many pages gave none because they are broken."""
    pages, failed, characters = [], 0, 0
    for page in reader.pages:
        try:
            pages.append(page.extract_text() or "")
        except Exception:  # pypdf raises whatever a broken page makes it raise.
            failed += 1
            continue
        characters += len(pages[-1])
        if characters > TEXT_CHARACTERS:
            raise Unreadable(_("it holds more than {count} characters").format(count=TEXT_CHARACTERS))
    return pages, failed


def _without_edges(pages: list[list[str]]) -> list[list[str]]:
    """Take running heads, feet and page numbers from the pages."""
    pages = [[line.rstrip() for line in page if line.strip()] for page in pages]
    seen = Counter(key for page in pages for key in {_key(page[at]) for at in _edges(page)})
    repeated = {key for key, times in seen.items() if times >= LEAST_REPEATS}
    return [
        [
            line
            for at, line in enumerate(page)
            if not (at in _edges(page) and (_key(line) in repeated or _PAGE_NUMBER.fullmatch(line)))
        ]
        for page in pages
    ]


def _edges(page: list[str]) -> set[int]:
    count = len(page)
    return {*range(min(EDGE_LINES, count)), *range(max(0, count - EDGE_LINES), count)}


def _key(line: str) -> str:
    return _NUMBER.sub("#", line.strip().lower())


def _run_together(pages: list[list[str]]) -> str:
    """Join lines to paragraphs, also over the break between pages."""
    groups: list[list[str]] = []
    for page in filter(None, pages):
        if groups and not _ENDED.search(groups[-1][-1][-20:]):
            groups[-1] += page
        else:
            groups.append(list(page))
    return "\n\n".join("\n".join(joined(group)) for group in groups)


def read_word(data: bytes) -> tuple[str, Source, list[str]]:
    """Return text, source and notes of a Word file (docx)."""
    with opening("Word"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            sizes = {each.filename: each.file_size for each in archive.infolist()}
        if sum(sizes.values()) > UNPACKED_BYTES or sizes.get("word/document.xml", 0) > BODY_BYTES:
            raise Unreadable(_("it unpacks to more than a report holds"))
        import docx

        document = docx.Document(io.BytesIO(data))
        raw = "\n\n".join(_blocks(document))
        source = _properties(document.core_properties)
    text, notes = clean(raw, [])
    return text, source, notes


def _blocks(document: Any) -> Iterator[str]:
    """Yield paragraphs and rows of tables in their order."""
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                cells = dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells)
                yield "; ".join(filter(None, cells))
        else:
            yield " ".join(block.text.split("\n"))


def _properties(found: Any) -> Source:
    """Return title and author from a file's properties where somebody seems to have filled them in.

    Their dates are those of the file and not of the report.
    """
    title = " ".join(str(getattr(found, "title", "") or "").split())[:300]
    author = " ".join(str(getattr(found, "author", "") or "").split())[:200]
    good_title = len(title.split()) >= 3 and not _NO_TITLE.match(title)
    good_author = len(author.split()) >= 2 and not _NO_AUTHOR.match(author)
    return Source(title=title if good_title else "", author=author if good_author else "")
