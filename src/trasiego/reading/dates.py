"""Dates of a report, absolute and relative, in English and Spanish."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from trasiego.reading.date_patterns import Base, Day, month_alone, patterns, words_of
from trasiego.reading.document import Document
from trasiego.reading.parsing import Passage

FUTURE_REACH = 60
"""Characters around a day of the year in which a word of the future puts it after the report."""


@dataclass(frozen=True, slots=True)
class DateMention:
    """A stretch [start, end) of the document's text that tells a date.

    `date` is YYYY, YYYY-MM, YYYY-MM-DD, two of them as start/end, or --MM-DD where the year can't be known.
    """

    start: int
    end: int
    date: str


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    first: Day
    last: Day | None = None


def find_dates(document: Document, passages: list[Passage]) -> list[DateMention]:
    """Return the dates of a report in the order of its text.

    Relative dates are resolved by the report's date and left out where that is not known; so are months
    without a year. A day and month without a year get the year nearest to the report's date.
    """
    language = "es" if document.language == "es" else "en"
    base = _base(document.date)
    mentions = []
    for passage in passages:
        text = passage.text
        for span in _joined(text, _spans(text, language, base)):
            told = _told(span, text, language, base)
            if told:
                mentions.append(DateMention(passage.start + span.start, passage.start + span.end, told))
    return mentions


def _base(told: str) -> Base | None:
    try:
        parts = [int(each) for each in told.split("-")]
        return Base(date(*(parts + [6, 15][len(parts) - 1 :])[:3]), len(parts) == 3) if parts else None
    except ValueError:
        return None


def _spans(text: str, language: str, base: Base | None) -> list[_Span]:
    """Return what the patterns find, in order; of two that overlap the one that comes first in the list."""
    taken: list[_Span] = []
    for pattern, reader in patterns(language):
        for match in pattern.finditer(text):
            start, end = match.span("m" if reader is month_alone else 0)
            if any(start < each.end and each.start < end for each in taken):
                continue
            found = reader(match, base)
            if found:
                taken.append(_Span(start, end, *found))
    return sorted(taken, key=lambda each: each.start)


def _joined(text: str, spans: list[_Span]) -> Iterator[_Span]:
    """Yield the spans, two ends of a stretch of time ("from May to July 2021") as one."""
    index = 0
    while index < len(spans):
        one = spans[index]
        other = spans[index + 1] if index + 1 < len(spans) else None
        if other and not one.last and not other.last:
            between = text[one.end : other.start].strip().casefold()
            opened = re.search(
                r"(?:between|from|entre|desde|de|del)\s+(?:el\s+|the\s+)?$",
                text[max(0, one.start - 16) : one.start],
                re.I,
            )
            if between in ("-", "–", "through", "hasta") or (
                opened and between in ("and", "to", "y", "a", "al", "until", "y el", "hasta el", "al mes de")
            ):
                first = one.first if one.first.year else Day(other.first.year, one.first.month, one.first.day)
                yield _Span(one.start, other.end, first, other.first)
                index += 2
                continue
        yield one
        index += 1


def _told(span: _Span, text: str, language: str, base: Base | None) -> str:
    """Return the date in ISO form, "" where it can't be told."""
    first = _iso(_dated(span.first, span, text, language, base))
    if span.last is None or not first:
        return first
    last = _iso(_dated(span.last, span, text, language, base))
    return f"{first}/{last}" if last else first


def _dated(day: Day, span: _Span, text: str, language: str, base: Base | None) -> Day:
    """Return the day with the year that the report's date makes likely, where it has none."""
    if day.year or not day.month or base is None:
        return day
    around = text[max(0, span.start - FUTURE_REACH) : span.end + FUTURE_REACH].casefold()
    ahead = any(re.search(rf"\b{each}\b", around) for each in words_of(language)["future"])
    year = base.day.year
    months = (year - base.day.year) * 12 + day.month - base.day.month
    later = months > 0 or (months == 0 and (day.day or 0) > base.day.day + 1)
    if later and not ahead:
        year -= 1
    elif ahead and months < -6:
        year += 1
    return Day(year, day.month, day.day)


def _iso(day: Day) -> str:
    if day.day and day.month:
        try:
            date(day.year or 2000, day.month, day.day)
        except ValueError:
            return ""
        return f"{day.year}-{day.month:02}-{day.day:02}" if day.year else f"--{day.month:02}-{day.day:02}"
    if day.month:
        return f"{day.year}-{day.month:02}" if day.year else ""
    return f"{day.year}" if day.year else ""
