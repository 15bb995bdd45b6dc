"""Text of web pages, the frame around the article left out by trafilatura."""

from __future__ import annotations

import re
from typing import Any

from trasiego.common.messages import _
from trasiego.reading.intake.decoding import clean, decode
from trasiego.reading.intake.heading import Source
from trasiego.reading.intake.limits import Unreadable, opening

MARKUP_CHARACTERS = 5_000_000
TAGS = 60_000
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]{3,20})", re.IGNORECASE)


def read_page(data: bytes) -> tuple[str, Source, list[str]]:
    """Return text, source and notes of a web page; Unreadable where it holds no article."""
    markup, notes = _markup(data)
    if len(markup) > MARKUP_CHARACTERS or markup.count("<") > TAGS:
        raise Unreadable(_("the page has more markup than an article has"))
    # Ends of lines mean nothing in HTML, but would come out as ends of paragraphs.
    markup = re.sub(r"\s*\n\s*", " ", markup)
    with opening("HTML"):
        import logging

        import trafilatura

        logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
        dates = {"extensive_search": False, "original_date": True}
        found: Any = trafilatura.bare_extraction(
            markup, include_comments=False, with_metadata=True, date_extraction_params=dates
        )
    if found is None or not (found.text or "").strip():
        raise Unreadable(_("the page holds no article"))
    text, more = clean(_plain(found.text), [])
    source = Source(_line(found.title), _line(found.sitename), _line(found.author), (found.date or "")[:10])
    return text, source, [*notes, *more]


def _markup(data: bytes) -> tuple[str, list[str]]:
    """Decode the page: as UTF-8, else as it says of itself, else as text without a mark."""
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        said = _CHARSET.search(data[:4096])
        if said and said.group(1).lower() not in (b"utf-8", b"utf8"):
            try:
                return data.decode(said.group(1).decode("ascii")), []
            except (LookupError, UnicodeDecodeError):
                pass
        return decode(data)


def _plain(text: str) -> str:
    """Return trafilatura's text without the bars of its tables and the dashes of its lists."""
    lines = (
        re.sub(r"\s*\|\s*", "; ", each.strip("| ")) if each.startswith("|") else each
        for each in text.split("\n")
    )
    return "\n".join(lines)


def _line(text: str | None) -> str:
    return " ".join((text or "").split())[:300]
