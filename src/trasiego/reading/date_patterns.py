"""How dates are written in English and Spanish: the patterns, and what each tells.

`dateparser` is not used: it does not tell whether "last year" means a day or a year, and it is slow.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from trasiego.reading.shipped import shipped

YEAR = r"(?:19[5-9]\d|20[0-4]\d)(?![\d,.]\d|\d|\s?%)"
NOT_INSIDE = r"(?<![\w$€£/.,-])"


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as it is told."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Base:
    """The day of the report; `exact` where it is known to the day."""

    day: date
    exact: bool


Reader = Callable[[re.Match[str], "Base | None"], tuple[Day, Day | None] | None]


def _lists() -> dict[str, Any]:
    return shipped("dates")


def words_of(language: str) -> dict[str, Any]:
    """Return the words of dates in "en" or "es", as the data file has them."""
    return dict(_lists()[language])


@cache
def patterns(language: str) -> list[tuple[re.Pattern[str], Reader]]:
    """Return the patterns of a language with the functions that read them, the ones that win first."""
    readers: dict[str, Reader] = {
        "calendar": _calendar,
        "figures": _day_first if language == "es" else _figures,
        "years": _years,
        "part_of_year": _part_of_year,
        "decade": _decade,
        "relative": _relative,
        "ago": _ago,
        "since": _since,
        "weekday": _weekday,
        "month_alone": month_alone,
    }
    words = words_of(language)
    names = [f"{each}|{each.upper()}|{each.capitalize()}" for each in words["months"]]
    short = [rf"(?:{each}|{each.upper()}|{each.capitalize()})\b\.?" for each in words["short"]]
    parts = {
        "MONTH": "(?:" + "|".join(names + short) + ")",
        "FULL": "(?:" + "|".join(names) + ")",
        "WEEKDAY": "|".join(words["weekdays"]),
        "COUNTED": _counted(),
        "COUNT": r"\d{1,2}|" + "|".join(words["numerals"]),
        "YEAR": YEAR,
        "START": NOT_INSIDE,
    }
    rows = words["patterns"]
    dated = [each for each in rows if each["read"] in ("calendar", "part_of_year", "decade")]
    rest = [each for each in rows if each not in dated]
    return [
        (_compiled(each["pattern"], parts), readers[each["read"]])
        for each in [*dated, *_lists()["figures"], *rest]
    ]


def _compiled(pattern: str, parts: dict[str, str]) -> re.Pattern[str]:
    """Return the pattern with the words put in."""
    filled = re.sub("|".join(parts), lambda each: parts[each[0]], pattern.replace("\n", ""))
    return re.compile(filled)


def _month(text: str, language: str) -> int:
    """Return the number of a month that a pattern found."""
    return next(i for i, each in enumerate(words_of(language)["short"], 1) if re.match(each, text, re.I))


def _counted() -> str:
    """Return the pattern of words that make four figures before them a count and no year."""
    from trasiego.reading.quantities.vocabulary import vocabulary

    lists = vocabulary()
    words = {each for phrase in lists.measures for each in phrase if len(each) > 1}
    words |= {*lists.currency_words, "million", "millones", "mil", "percent"}
    kinds = ("person", "package", "vehicle", "plant", "weapon")
    words |= {each for each, unit in lists.counted.items() if unit in kinds}
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _language(match: re.Match[str]) -> str:
    return "es" if re.match("|".join(words_of("es")["months"]), match["m"], re.I) else "en"


def _calendar(match: re.Match[str], base: Base | None) -> tuple[Day, Day | None] | None:
    del base
    found = match.groupdict()
    month, text = None, found.get("m")
    if text:
        month = next(
            (
                _month(text, each)
                for each in ("en", "es")
                if any(re.match(s, text, re.I) for s in words_of(each)["short"])
            ),
            None,
        )
    year = int(found["y"]) if found.get("y") else None
    day = found.get("d")
    number = None if day is None else int(re.sub(r"\D", "", day) or 1)
    if number is not None and not 1 <= number <= 31:
        return None
    end = found.get("e")
    if end and not (number or 0) < int(end) <= 31:
        return None
    return Day(year, month, number), Day(year, month, int(end)) if end else None


def _figures(match: re.Match[str], base: Base | None) -> tuple[Day, Day | None] | None:
    del base
    found = match.groupdict()
    year = int(found["y"])
    if found.get("m"):
        return Day(year, int(found["m"]), int(found["d"])), None
    one, other = int(found["a"]), int(found["b"])
    if one > 12 >= other:
        return Day(year, other, one), None
    if other > 12 >= one or one == other:
        return Day(year, one, other), None
    return Day(year), None


def _day_first(match: re.Match[str], base: Base | None) -> tuple[Day, Day | None] | None:
    if "a" not in match.groupdict():
        return _figures(match, base)
    day = Day(int(match["y"]), int(match["b"]), int(match["a"]))
    return (day, None) if 1 <= int(match["b"]) <= 12 and 1 <= int(match["a"]) <= 31 else None


def _years(match: re.Match[str], base: Base | None) -> tuple[Day, Day | None] | None:
    del base
    first, last = int(match["y"]), match["z"]
    end = int(last) if len(last) == 4 else first // 100 * 100 + int(last)
    return (Day(first), Day(end)) if first < end else None


def _part_of_year(match: re.Match[str], base: Base | None) -> tuple[Day, Day | None] | None:
    del base
    length = 3 if match["k"] in ("quarter", "trimestre") else 6
    order = {
        "first": 1,
        "second": 2,
        "third": 3,
        "fourth": 4,
        "primer": 1,
        "segundo": 2,
        "tercer": 3,
        "cuarto": 4,
    }
    number = order.get(match["o"], 12 // length)
    end, year = number * length, int(match["y"])
    return (Day(year, end - length + 1), Day(year, end)) if end <= 12 else None


def _decade(match: re.Match[str], base: Base | None) -> tuple[Day, Day | None] | None:
    del base
    found = match.groupdict()
    decades = {**words_of("en")["decades"], **words_of("es")["decades"]}
    word = found.get("w") or ""
    year = int(found["y"]) if found.get("y") else decades.get(word) or 1900 + int(word)
    return Day(year), Day(year + 9)


def _relative(match: re.Match[str], base: Base | None) -> tuple[Day, Day | None] | None:
    if base is None:
        return None
    text, day = match["r"].casefold(), base.day
    back = 0 if text.startswith(("this", "est")) else 1
    if "year" in text or "año" in text:
        return Day(day.year - back), None
    if not base.exact:
        return None
    if "month" in text or "mes" in text:
        whole = day.replace(day=1) - timedelta(days=back)
        return Day(whole.year, whole.month), None
    if "weekend" in text or "fin de" in text:
        saturday = day - timedelta(days=(day.weekday() - 5) % 7)
        return _exactly(saturday), _exactly(saturday + timedelta(days=1))
    if "week" in text or "semana" in text:
        monday = day - timedelta(days=day.weekday() + 7 * back)
        return _exactly(monday), _exactly(monday + timedelta(days=6))
    days = {"yesterday": 1, "ayer": 1, "anteayer": 2}.get(text, 1 if "pasada" in text else 0)
    return _exactly(day - timedelta(days=days)), None


def _exactly(day: date) -> Day:
    return Day(day.year, day.month, day.day)


def _ago(match: re.Match[str], base: Base | None) -> tuple[Day, Day | None] | None:
    number, unit = _count(match["n"]), match["u"].casefold()
    if base is None or (unit[0] not in "ya" and not base.exact):
        return None
    day = base.day
    if unit.startswith(("year", "año")):
        return Day(day.year - number), None
    if unit.startswith(("month", "mes")):
        months = day.year * 12 + day.month - 1 - number
        return Day(months // 12, months % 12 + 1), None
    if unit.startswith(("week", "semana")):
        monday = day - timedelta(days=day.weekday() + 7 * number)
        return _exactly(monday), _exactly(monday + timedelta(days=6))
    return _exactly(day - timedelta(days=number)), None


def _count(text: str) -> int:
    if text.isdigit():
        return int(text)
    numerals = {
        each: i for language in ("en", "es") for i, each in enumerate(words_of(language)["numerals"], 1)
    }
    return numerals.get(text.casefold(), 1)


def _since(match: re.Match[str], base: Base | None) -> tuple[Day, Day | None] | None:
    found = _ago(match, base)
    if found is None or base is None:
        return None
    first = found[0]
    return first, Day(base.day.year, base.day.month if first.month else None)


def _weekday(match: re.Match[str], base: Base | None) -> tuple[Day, Day | None] | None:
    if base is None or not base.exact:
        return None
    found = match.groupdict()
    number = next(
        i
        for each in ("en", "es")
        for i, name in enumerate(words_of(each)["weekdays"])
        if re.fullmatch(name, found["w"], re.I)
    )
    back = (base.day.weekday() - number) % 7
    told = (found.get("q") or "") + (found.get("p") or "")
    if told.casefold() in ("next", "próximo"):
        return _exactly(base.day + timedelta(days=7 - back)), None
    if back == 0 and told.casefold() in ("last", "pasado", "past"):
        back = 7
    return _exactly(base.day - timedelta(days=back)), None


def month_alone(match: re.Match[str], base: Base | None) -> tuple[Day, Day | None] | None:
    """Read a month that stands without a year; its group "m" is the date."""
    del base
    return Day(None, _month(match["m"], _language(match))), None
