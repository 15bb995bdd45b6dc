"""Dates of a report, absolute and relative, in English and Spanish.

`dateparser` is not used: it does not tell whether "last year" means a day or a year, and it is slow.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from trasiego.common.paths import data_folder
from trasiego.reading.document import Document
from trasiego.reading.parsing import Passage

YEAR = r"(?:19[5-9]\d|20[0-4]\d)(?![\d,.]\d|\d|\s?%)"
NOT_INSIDE = r"(?<![\w$€£/.,-])"
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
class _Day:
    """A date as far as it is told."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    first: _Day
    last: _Day | None = None


@dataclass(frozen=True, slots=True)
class _Base:
    """The day of the report; `exact` where it is known to the day."""

    day: date
    exact: bool


Reader = Callable[[re.Match[str], "_Base | None"], tuple[_Day, _Day | None] | None]


def find_dates(document: Document, passages: list[Passage]) -> list[DateMention]:
    """Return the dates of a report in the order of its text.

    Relative dates are resolved by the report's date and left out where that is not known; so are months
    without a year. A day and month without a year get the year nearest to the report's date.
    """
    language = "es" if document.language == "es" else "en"
    base = _base(document.date)
    mentions = []
    for passage in passages:
        text = passage.tokens.text
        for span in _joined(text, _spans(text, language, base)):
            told = _told(span, text, language, base)
            if told:
                mentions.append(DateMention(passage.start + span.start, passage.start + span.end, told))
    return mentions


def _base(told: str) -> _Base | None:
    try:
        parts = [int(each) for each in told.split("-")]
        return _Base(date(*(parts + [6, 15][len(parts) - 1 :])[:3]), len(parts) == 3) if parts else None
    except ValueError:
        return None


def _spans(text: str, language: str, base: _Base | None) -> list[_Span]:
    """Return what the patterns find, in order; of two that overlap the one that comes first in the list."""
    taken: list[_Span] = []
    for pattern, reader in _patterns(language):
        for match in pattern.finditer(text):
            start, end = match.span("m" if reader is _month_alone else 0)
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
            opened = re.search(r"(?:between|from|entre|desde|de|del)\s+(?:el\s+|the\s+)?$", text[max(0, one.start - 16) : one.start], re.I)
            if between in ("-", "–", "through", "hasta") or (opened and between in ("and", "to", "y", "a", "al", "until", "y el", "hasta el", "al mes de")):
                first = one.first if one.first.year else _Day(other.first.year, one.first.month, one.first.day)
                yield _Span(one.start, other.end, first, other.first)
                index += 2
                continue
        yield one
        index += 1


def _told(span: _Span, text: str, language: str, base: _Base | None) -> str:
    """Return the date in ISO form, "" where it can't be told."""
    first = _iso(_dated(span.first, span, text, language, base))
    if span.last is None or not first:
        return first
    last = _iso(_dated(span.last, span, text, language, base))
    return f"{first}/{last}" if last else first


def _dated(day: _Day, span: _Span, text: str, language: str, base: _Base | None) -> _Day:
    """Return the day with the year that the report's date makes likely, where it has none."""
    if day.year or not day.month or base is None:
        return day
    around = text[max(0, span.start - FUTURE_REACH) : span.end + FUTURE_REACH].casefold()
    ahead = any(re.search(rf"\b{each}\b", around) for each in _words(language)["future"])
    year = base.day.year
    months = (year - base.day.year) * 12 + day.month - base.day.month
    later = months > 0 or (months == 0 and (day.day or 0) > base.day.day + 1)
    if later and not ahead:
        year -= 1
    elif ahead and months < -6:
        year += 1
    return _Day(year, day.month, day.day)


def _iso(day: _Day) -> str:
    if day.day and day.month:
        try:
            date(day.year or 2000, day.month, day.day)
        except ValueError:
            return ""
        return f"{day.year}-{day.month:02}-{day.day:02}" if day.year else f"--{day.month:02}-{day.day:02}"
    if day.month:
        return f"{day.year}-{day.month:02}" if day.year else ""
    return f"{day.year}" if day.year else ""


@cache
def _words(language: str) -> dict[str, Any]:
    path = data_folder("reading") / "dates.toml"
    return dict(tomllib.loads(path.read_text(encoding="utf-8"))[language])


@cache
def _patterns(language: str) -> list[tuple[re.Pattern[str], Reader]]:
    return _english() if language == "en" else _spanish()


def _months(language: str, short: bool) -> str:
    words = _words(language)
    names = [f"{each}|{each.upper()}|{each.capitalize()}" for each in words["months"]]
    if short:
        names += [rf"(?:{each}|{each.upper().replace('?', '?')}|{each.capitalize()})\b\.?" for each in words["short"]]
    return "(?:" + "|".join(names) + ")"


def _month(text: str, language: str) -> int:
    """Return the number of a month that a pattern found."""
    return next(i for i, each in enumerate(_words(language)["short"], 1) if re.match(each, text, re.I))


def _number(text: str | None, language: str) -> int:
    if not text:
        return 1
    return int(text) if text.isdigit() else _words(language)["numerals"].index(text.casefold()) + 1


def _english() -> list[tuple[re.Pattern[str], Reader]]:
    month, full = _months("en", True), _months("en", False)
    count = r"\d{1,2}|" + "|".join(_words("en")["numerals"][1:]) + "|a"
    days = "|".join(_words("en")["weekdays"])
    th = "(?:st|nd|rd|th)?"
    rows: list[tuple[str, Reader]] = [
        (rf"\b(?P<m>{month})\s+(?P<d>\d{{1,2}}){th}(?!\d|[,.]\d{{3}})(?:\s?[-–]\s?(?P<e>\d{{1,2}}){th}(?!\d))?(?:,?\s+(?:of\s+)?(?P<y>{YEAR}))?", _calendar),
        (rf"{NOT_INSIDE}(?P<d>\d{{1,2}}){th}(?:\s?[-–]\s?(?P<e>\d{{1,2}}){th})?\s+(?:of\s+)?(?P<m>{month})(?!\w)(?:,?\s+(?P<y>{YEAR}))?", _calendar),
        (rf"\b(?P<m>{month})(?:,|\s+of|\s+in)?\s+(?P<y>{YEAR})", _calendar),
        (r"\b(?:the\s+)?(?P<o>first|second|third|fourth|last)\s+(?P<k>quarter|half)\s+of\s+(?:the\s+year\s+)?(?P<y>%s)" % YEAR, _part_of_year),
        (r"\b(?:the\s+)?(?:(?:early|mid|late)[-\s])?(?P<y>(?:19|20)\d0)s\b", _decade),
        (r"\bthe\s+(?:(?:early|mid|late)[-\s])?(?P<w>eighties|nineties|seventies|sixties)\b", _decade),
        *_numeric("en"),
        (rf"\b(?P<r>today|yesterday|(?:last|this|past)\s+(?:week|weekend|month|year)|tonight)\b", _relative),
        (rf"\b(?P<n>{count})\s+(?P<u>days?|weeks?|months?|years?)\s+(?:ago|earlier)\b", _ago),
        (rf"\b(?:last|past)\s+(?P<n>\d{{1,2}}|{'|'.join(_words('en')['numerals'][1:])})\s+(?P<u>months|years)\b", _since),
        (rf"\b(?:(?P<q>last|this|past|next)\s+)?(?P<w>{days})\b", _weekday),
        (rf"\b(?:in|since|until|during|last|early|late|mid|by|from|of|this|past|and|to)[-\s]+(?P<m>{full})\b(?!\s+(?:{YEAR}|\d))", _month_alone),
    ]  # fmt: skip
    return [(re.compile(pattern), reader) for pattern, reader in rows]


def _spanish() -> list[tuple[re.Pattern[str], Reader]]:
    month, full = _months("es", True), _months("es", False)
    count = r"\d{1,2}|" + "|".join(_words("es")["numerals"]) + "|una"
    days = "|".join(_words("es")["weekdays"])
    of_year = rf"(?:,?\s+(?:de\s+|del\s+)?(?:año\s+|pasado\s+)?(?P<y>{YEAR}))?"
    rows: list[tuple[str, Reader]] = [
        (rf"{NOT_INSIDE}(?P<d>\d{{1,2}}|primero|1\.?[ºo])(?:\s?(?:al|y|a|-|–)\s?(?P<e>\d{{1,2}}))?\s+(?:de\s+)?(?P<m>{month})(?!\w){of_year}", _calendar),
        (rf"\b(?P<m>{full})\s+(?:de\s+|del\s+)?(?:año\s+)?(?P<y>{YEAR})", _calendar),
        (r"\b(?:el\s+)?(?P<o>primer|segundo|tercer|cuarto|último)\s+(?P<k>trimestre|semestre)\s+(?:de|del)\s+(?:año\s+)?(?P<y>%s)" % YEAR, _part_of_year),
        (r"\bdécada\s+(?:de\s+|del?\s+)(?:los\s+)?(?:años\s+)?(?P<y>(?:19|20)\d0)\b", _decade),
        (r"\b(?:(?:los\s+)?años|década\s+de\s+los|los)\s+(?P<w>ochenta|noventa|setenta|sesenta|[5-9]0)\b(?!\s+\w+s\b)", _decade),
        *_numeric("es"),
        (r"(?i:\b(?P<r>hoy|ayer|anteayer|(?:la\s+)?(?:semana|noche)\s+pasada|(?:el\s+)?(?:mes|año)\s+(?:pasado|anterior)|(?:el\s+)?pasado\s+(?:mes|año)(?!\s+de)|(?:la\s+)?pasada\s+semana|est[ea]\s+(?:semana|mes|año)|fin\s+de\s+semana(?:\s+pasado)?)\b)", _relative),
        (rf"(?i:\bhace\s+(?:unos\s+|más\s+de\s+|casi\s+)?(?P<n>{count})\s+(?P<u>días?|semanas?|mes(?:es)?|años?)\b)", _ago),
        (rf"(?i:\búltim[oa]s\s+(?P<n>{count})\s+(?P<u>meses|años)\b)", _since),
        (rf"(?i:\b(?:(?P<q>este|pasado|próximo)\s+)?(?P<w>{days})\b(?:\s+(?P<p>pasado|próximo|último))?)", _weekday),
        (rf"\b(?:en|desde|hasta|durante|pasado|mes\s+de|este|de|y|a|inicios\s+de|finales\s+de)\s+(?P<m>{full})\b(?!\s+(?:de\s+|del\s+)?(?:{YEAR}|\d))", _month_alone),
    ]  # fmt: skip
    return [(re.compile(pattern), reader) for pattern, reader in rows]


def _numeric(language: str) -> list[tuple[str, Reader]]:
    """Return the patterns of dates in figures; in Spanish the day comes first."""
    units = _not_counted()
    day_month = r"(?P<d>\d{1,2})/(?P<m>\d{1,2})" if language == "es" else r"(?P<a>\d{1,2})/(?P<b>\d{1,2})"
    return [
        (rf"{NOT_INSIDE}(?P<y>{YEAR})-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)", _figures),
        (rf"{NOT_INSIDE}{day_month}/(?P<y>{YEAR})", _figures),
        (rf"{NOT_INSIDE}(?P<y>{YEAR})\s?[-–/]\s?(?P<z>{YEAR}|\d\d(?![\d,.]\d|\d))", _years),
        (rf"{NOT_INSIDE}(?P<y>{YEAR})(?!\s?[-–]?\s?(?:{units})\b)", _calendar),
    ]


def _not_counted() -> str:
    """Return the pattern of words that make four figures before them a count and no year."""
    from trasiego.reading.quantities.vocabulary import vocabulary

    lists = vocabulary()
    words = {each for phrase in lists.measures for each in phrase if len(each) > 1} | set(lists.currency_words)
    words |= {each for each, unit in lists.counted.items() if unit in ("person", "package", "vehicle", "plant", "firearm")}
    words |= {"million", "millones", "mil", "percent", "policías", "agentes antidrogas"}
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _language(match: re.Match[str]) -> str:
    return "es" if re.match("|".join(_words("es")["months"]), match["m"], re.I) else "en"


def _calendar(match: re.Match[str], base: _Base | None) -> tuple[_Day, _Day | None] | None:
    del base
    found = match.groupdict()
    month, text = None, found.get("m")
    if text:
        month = next(
            (_month(text, each) for each in ("en", "es") if any(re.match(s, text, re.I) for s in _words(each)["short"])), None
        )
    year = int(found["y"]) if found.get("y") else None
    day = found.get("d")
    number = None if day is None else int(re.sub(r"\D", "", day) or 1)
    if number is not None and not 1 <= number <= 31:
        return None
    end = found.get("e")
    if end and not (number or 0) < int(end) <= 31:
        return None
    return _Day(year, month, number), _Day(year, month, int(end)) if end else None


def _figures(match: re.Match[str], base: _Base | None) -> tuple[_Day, _Day | None] | None:
    del base
    found = match.groupdict()
    year = int(found["y"])
    if found.get("m"):
        return _Day(year, int(found["m"]), int(found["d"])), None
    one, other = int(found["a"]), int(found["b"])
    if one > 12 >= other:
        return _Day(year, other, one), None
    if other > 12 >= one or one == other:
        return _Day(year, one, other), None
    return _Day(year), None


def _years(match: re.Match[str], base: _Base | None) -> tuple[_Day, _Day | None] | None:
    del base
    first, last = int(match["y"]), match["z"]
    end = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    return (_Day(first), _Day(end)) if first < end else None


def _part_of_year(match: re.Match[str], base: _Base | None) -> tuple[_Day, _Day | None] | None:
    del base
    length = 3 if match["k"] in ("quarter", "trimestre") else 6
    order = {"first": 1, "second": 2, "third": 3, "fourth": 4, "primer": 1, "segundo": 2, "tercer": 3, "cuarto": 4}
    number = order.get(match["o"], 12 // length)
    end, year = number * length, int(match["y"])
    return (_Day(year, end - length + 1), _Day(year, end)) if end <= 12 else None


def _decade(match: re.Match[str], base: _Base | None) -> tuple[_Day, _Day | None] | None:
    del base
    found = match.groupdict()
    decades = {**_words("en")["decades"], **_words("es")["decades"]}
    word = found.get("w") or ""
    year = int(found["y"]) if found.get("y") else decades.get(word) or 1900 + int(word)
    return _Day(year), _Day(year + 9)


def _relative(match: re.Match[str], base: _Base | None) -> tuple[_Day, _Day | None] | None:
    if base is None:
        return None
    text, day = match["r"].casefold(), base.day
    back = 0 if text.startswith(("this", "est")) else 1
    if "year" in text or "año" in text:
        return _Day(day.year - back), None
    if not base.exact:
        return None
    if "month" in text or "mes" in text:
        whole = day.replace(day=1) - timedelta(days=back)
        return _Day(whole.year, whole.month), None
    if "weekend" in text or "fin de" in text:
        saturday = day - timedelta(days=(day.weekday() - 5) % 7)
        return _exactly(saturday), _exactly(saturday + timedelta(days=1))
    if "week" in text or "semana" in text:
        monday = day - timedelta(days=day.weekday() + 7 * back)
        return _exactly(monday), _exactly(monday + timedelta(days=6))
    days = {"yesterday": 1, "ayer": 1, "anteayer": 2}.get(text, 1 if "pasada" in text else 0)
    return _exactly(day - timedelta(days=days)), None


def _exactly(day: date) -> _Day:
    return _Day(day.year, day.month, day.day)


def _ago(match: re.Match[str], base: _Base | None) -> tuple[_Day, _Day | None] | None:
    number, unit = _count(match["n"]), match["u"].casefold()
    if base is None or (unit[0] not in "ya" and not base.exact):
        return None
    day = base.day
    if unit.startswith(("year", "año")):
        return _Day(day.year - number), None
    if unit.startswith(("month", "mes")):
        months = day.year * 12 + day.month - 1 - number
        return _Day(months // 12, months % 12 + 1), None
    if unit.startswith(("week", "semana")):
        monday = day - timedelta(days=day.weekday() + 7 * number)
        return _exactly(monday), _exactly(monday + timedelta(days=6))
    return _exactly(day - timedelta(days=number)), None


def _count(text: str) -> int:
    if text.isdigit():
        return int(text)
    numerals = {each: i for language in ("en", "es") for i, each in enumerate(_words(language)["numerals"], 1)}
    return numerals.get(text.casefold(), 1)


def _since(match: re.Match[str], base: _Base | None) -> tuple[_Day, _Day | None] | None:
    found = _ago(match, base)
    if found is None or base is None:
        return None
    first = found[0]
    return first, _Day(base.day.year, base.day.month if first.month else None)


def _weekday(match: re.Match[str], base: _Base | None) -> tuple[_Day, _Day | None] | None:
    if base is None or not base.exact:
        return None
    found = match.groupdict()
    number = next(
        i for each in ("en", "es") for i, name in enumerate(_words(each)["weekdays"]) if re.fullmatch(name, found["w"], re.I)
    )
    back = (base.day.weekday() - number) % 7
    told = (found.get("q") or "") + (found.get("p") or "")
    if told.casefold() in ("next", "próximo"):
        return _exactly(base.day + timedelta(days=7 - back)), None
    if back == 0 and told.casefold() in ("last", "pasado", "past"):
        back = 7
    return _exactly(base.day - timedelta(days=back)), None


def _month_alone(match: re.Match[str], base: _Base | None) -> tuple[_Day, _Day | None] | None:
    del base
    return _Day(None, _month(match["m"], _language(match))), None
