"""Title, publisher, author and date of a report, from the lines around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from trasiego.reading.intake.furniture import PROSE_WORDS, Line, is_furniture, is_paragraph
from trasiego.reading.intake.lists import lists

HEAD_LINES = 15
"""Lines before the first paragraph that may tell where a report comes from, counted back from it."""

_MONTHS = (
    "jan|ene", "feb", "mar", "apr|abr", "may", "jun", "jul", "aug|ago", "sep|set", "oct", "nov", "dec|dic",
)  # fmt: skip
_MONTH = "|".join(_MONTHS)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_WORDED = rf"(?P<month>(?:{_MONTH})[a-zé]{{0,7}})"
_DATES = tuple(
    re.compile(each, re.IGNORECASE)
    for each in (
        r"\b(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)-(?P<day>\d\d)(?!\d)",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|º|°)?\.?(?: de| of)? {_WORDED}\.?,?(?: del?)? {_YEAR}\b",
        rf"\b{_WORDED}\.? (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,| de| del)? {_YEAR}\b",
        r"\b(?P<one>\d{1,2})[/.-](?P<two>\d{1,2})[/.-](?P<year>(?:19|20)\d\d)\b",
        rf"\b{_WORDED}\.?(?: de|,)? {_YEAR}\b",
        r"\b(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)(?![\d-])",
    )
)
_NAVIGATION = re.compile(r"(?:home|inicio|portada)(?=[A-Z]|\s*[>»›/|])|.*\s[>»›]\s", re.IGNORECASE)
_NAME = re.compile(r"(?:[A-ZÁÉÍÓÚÑ][\w.'’-]*|de|del|la|las|los|y|and|da|dos|van|von)(?:\s+|$)")
_KICKER = re.compile(r"(?:video|audio|fotos?|photos?|exclusiv[aoe]|entrevista)\s*\|\s*", re.IGNORECASE)
_TITLE_WORDS = range(3, 31)
LONG_TITLE_WORDS, TITLE_CHARACTERS = 5, 300
_PLAIN_DATELINE = re.compile(r"[^a-z]{3,40}(?:, [\w .]{2,30})?, [^-—–\n]{5,40}\s[—–-]{1,2}\s")
_DATELINE = re.compile(r"^[^.a-z]{0,3}[A-ZÁÉÍÓÚÑ][^.\n]{1,60}?\(([\w .-]{2,30})\)\s*\.?\s*[—–-]")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a report comes from; each empty where it is not told, the date as in Document."""

    title: str = ""
    publisher: str = ""
    author: str = ""
    date: str = ""

    def or_else(self, other: Source) -> Source:
        """Return this with what it lacks taken from `other`."""
        return Source(
            self.title or other.title,
            self.publisher or other.publisher,
            self.author or other.author,
            self.date or other.date,
        )


def source_of(lines: list[Line], kept: list[Line], language: str) -> Source:
    """Return what the lines of a text say on where it comes from; `kept` are those of the report itself."""
    first = next((each for each in kept if each.words >= PROSE_WORDS), kept[0]).start
    paragraphs = {each.start for each in kept}
    head = [each for each in lines if each.start < first and each.start not in paragraphs][-HEAD_LINES:]
    others = [each for each in lines if each.start not in paragraphs]
    found = Source(title=_title(head))
    others = [each for each in others if not found.title or not each.text.endswith(found.title)]
    # By-lines may stand below the first paragraphs, which some pages set apart.
    third = kept[:3][-1].start
    for line in (each for each in others if each.start < third and (each in head or each.start > first)):
        found = found.or_else(_byline(line.text, language))
    for line in others:
        if line.start > first and re.match(r"(?:posted by|publicado por)\b", line.text, re.IGNORECASE):
            found = found.or_else(_byline(line.text, language))
    return found.or_else(_dateline(kept[0].text, language)).or_else(Source(publisher=_house(others)))


def date_in(text: str, language: str) -> str:
    """Return the first full date, or month and year, in a short text as in Document; empty if there is none.

    Of 3/4/2020 the day comes first in Spanish; in English such a date counts only where it has one reading.
    """
    for each in _DATES:
        for match in each.finditer(text):
            found = _date(match.groupdict(), language)
            if found:
                return found
    return ""


def _date(parts: dict[str, str], language: str) -> str:
    year, day = parts["year"], int(parts.get("day") or 0)
    if "one" in parts:
        one, two = int(parts["one"]), int(parts["two"])
        if language == "en" and one <= 12 and two <= 12 and one != two:
            return ""
        day, month = (two, one) if two > 12 else (one, two)
    elif "number" in parts:
        month = int(parts["number"])
    else:
        name = parts["month"].lower()
        month = next(n for n, each in enumerate(_MONTHS, start=1) if re.match(each, name))
    if not 1 <= month <= 12 or day > 31:
        return ""
    return f"{year}-{month:02d}-{day:02d}" if day else f"{year}-{month:02d}"


def _title(head: list[Line]) -> str:
    """Return the headline: the first line of the head that is neither navigation, by-line nor date.

    One of five words and more comes before a shorter one, which may be the name of a section.
    """
    found = [text for line in head if _is_title(text := _KICKER.sub("", line.text.strip("# *")))]
    return next((each for each in found if len(each.split()) >= LONG_TITLE_WORDS), found[0] if found else "")


def _is_title(text: str) -> bool:
    words = len(text.split())
    return (
        words in _TITLE_WORDS
        and len(text) <= TITLE_CHARACTERS
        and (text[0].isalnum() or text[0] in "¿¡“‘\"«'")
        and text[-1] not in ".;:,"
        and text.count("|") <= (words >= LONG_TITLE_WORDS)
        and "   " not in text
        and not (_NAVIGATION.match(text) or date_in(text, "es") or _by().match(text))
        and not is_furniture(text)
    )


@cache
def _by() -> re.Pattern[str]:
    return re.compile(
        rf"(?:.*(?:[/|*·•]|\d{{4}})\s*)?{lists()['header']['by']}:?\s+(?P<name>.+)$", re.IGNORECASE
    )


def _byline(text: str, language: str) -> Source:
    """Return author, publisher and date of a line that is a by-line or a date."""
    if len(text.split()) > 20 or len(text) > TITLE_CHARACTERS:
        return Source()
    found = Source(date=date_in(text, language))
    bare = re.sub(lists()["header"]["language_mark"], "", text)
    agency = re.search(rf"(?:^|[,|/–—(-]\s*)({_agencies()})\b", bare)
    if agency:
        found = replace(found, publisher=agency.group(1))
    by = _by().match(bare)
    if by:
        name = re.sub(lists()["header"]["cut"], "", by["name"], flags=re.IGNORECASE).strip(" .,*")
        if _is_name(name):
            found = replace(found, author=_spelled(name))
    return found


def _spelled(name: str) -> str:
    """Return names that are in capitals throughout with capitals at the beginning of words only."""
    parts = re.split(r"(\s+(?:and|y|&)\s+)", name)
    return "".join(each.title() if each.isupper() else each for each in parts)


def _is_name(text: str) -> bool:
    words = text.split()
    return (
        1 <= len(words) <= 8
        and not text.isdigit()
        and sum(bool(_NAME.match(each)) for each in words) >= len(words) - 1
    )


@cache
def _agencies() -> str:
    return "|".join(re.escape(each) for each in lists()["header"]["agencies"])


def _dateline(text: str, language: str) -> Source:
    """Return publisher and date of the beginning of an agency's report: LIMA, 12 May 2020 (EFE).- ..."""
    first = re.match(rf"({_agencies()})\s*\.?\s*[–—-]+\s", text)
    match = first or _DATELINE.match(text[:120])
    if not match or not re.fullmatch(_agencies(), match.group(1).strip()):
        plain = _PLAIN_DATELINE.match(text[:120])
        return Source(date=date_in(plain.group(), language)) if plain else Source()
    return Source(publisher=match.group(1).strip(), date=date_in(match.group(), language))


def _house(others: list[Line]) -> str:
    """Return the house that the furniture names most, empty if it names none."""
    short = [each for each in others if len(each.text) <= TITLE_CHARACTERS]
    furniture = "\n".join(each.text for each in short if each.words <= 12 or not is_paragraph(each))
    counts = {
        name: len(re.findall(rf"(?<!\w){re.escape(name)}(?!\w)", furniture))
        for name in lists()["header"]["publishers"]
    }
    best = max(counts, key=lambda name: counts[name])
    return best if counts[best] else ""
