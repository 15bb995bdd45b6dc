"""Numerals in digits and in words: what figure they write, in English and in Spanish."""

from __future__ import annotations

import re
from dataclasses import dataclass

from trasiego.reading.quantities.vocabulary import vocabulary
from trasiego.reading.quantities.words import LONGEST_NUMBER, NUMBER, WORD, Word

ARTICLES = frozenset({"a", "an", "un", "una"})
HALVES = frozenset({"half", "medio", "media"})
ORDINAL = frozenset({"th", "st", "nd", "rd", "s", "o", "a", "er", "ro", "do", "º", "ª"})
COUNTS_ALONE = frozenset(
    {"dozen", "decena", "docena", "quincena", "veintena", "treintena", "centenar", "millar"}
)
LONGEST_NUMERAL = 12
DOZENS = {"dozen": 12.0, "docenas": 12.0, "decenas": 10.0}
OUT_OF = ("in", "out of", "out of every", "of every", "of", "de cada", "in every")
LARGEST_WHOLE = 100
PARTS_OF_TIME = frozenset({"first", "second", "latter", "other", "primera", "segunda", "otra"})
PARTS = frozenset({"parte", "partes"})


@dataclass(frozen=True, slots=True)
class Numeral:
    """A figure over words[first:last]: its value, the multiplier it ends in, whether it is a part."""

    first: int
    last: int
    value: float
    scale: float = 1.0
    part: bool = False
    bare: bool = False
    """Whether it is a plain number in digits, with no word to it, so that it may be a year or a label."""


def decimal_point(text: str, language: str) -> bool:
    """Return whether a report writes decimals with a point ("2.5") rather than with a comma ("2,5")."""
    points = len(re.findall(r"(?<![\d.,])\d{1,3}\.\d{1,2}(?![\d.,]*\d)", text)) + len(
        re.findall(r"(?<![\d.,])\d{1,3},\d{3}(?!\d)", text)
    )
    commas = len(re.findall(r"(?<![\d.,])\d{1,3},\d{1,2}(?![\d.,]*\d)", text)) + len(
        re.findall(r"(?<![\d.,])\d{1,3}\.\d{3}(?!\d)", text)
    )
    return points > commas or (points == commas and language != "es")


def digits(text: str, point: bool) -> float | None:
    """Return the value of digits with separators, None for no number; `point` as decimal_point says."""
    if len(text) > LONGEST_NUMBER:
        return None
    flat = re.sub(r"[  \u202f\u2009'’]", "", text)
    marks = [each for each in flat if each in ".,"]
    if len(set(marks)) == 2:
        whole, fraction = flat.rsplit(marks[-1], 1)
        return float(re.sub("[.,]", "", whole) + "." + fraction)
    if not marks:
        return float(flat)
    whole, *groups = re.split("[.,]", flat)
    thousands = len(whole) <= 3 and whole != "0" and all(len(each) == 3 for each in groups)
    if len(marks) > 1:
        return float(whole + "".join(groups)) if thousands else None
    is_decimal_mark = (marks[0] == ".") == point
    if thousands and not is_decimal_mark:
        return float(whole + groups[0])
    return float(f"{whole}.{groups[0]}")


def read_numeral(words: list[Word], first: int, language: str, point: bool) -> Numeral | None:
    """Return the longest numeral that starts at words[first], None where none does."""
    word = words[first]
    if word.kind == NUMBER:
        return _in_digits(words, first, language, point)
    if word.kind != WORD:
        return None
    if word.text in HALVES:
        return _half(words, first, language)
    if word.text in ARTICLES:
        return _after_article(words, first, language)
    found = _in_words(words, first, language)
    return _with_fraction(words, found, language) if found else _lone_fraction(words, first, language)


def _text(words: list[Word], index: int) -> str:
    return words[index].text if 0 <= index < len(words) else ""


def _in_digits(words: list[Word], first: int, language: str, point: bool) -> Numeral | None:
    value = digits(words[first].text, point)
    after = words[first + 1] if first + 1 < len(words) else None
    if value is None or (after and after.start == words[first].end and after.text in ORDINAL):
        return None
    glued_before = first > 0 and words[first - 1].end == words[first].start and words[first - 1].text in ":/."
    glued_after = (
        after
        and after.text == ":"
        and first + 2 < len(words)
        and words[first + 2].start == words[first].end + 1
    )
    if glued_before or glued_after:
        return None
    found = _scaled(words, Numeral(first, first + 1, value), language)
    return found if found.last > first + 1 else _with_fraction(words, found, language, bare=True)


def _scaled(words: list[Word], found: Numeral, language: str) -> Numeral:
    """Return the numeral with the multipliers after it ("1,3 mil millones", "3 millones y medio")."""
    table, value, last, scale = vocabulary().multipliers[language], found.value, found.last, 1.0
    mantissa, total = value, 0.0
    while (text := _text(words, last)) in table and last - found.first < LONGEST_NUMERAL:
        short = len(text) <= 2
        if short and words[last].start != words[last - 1].end:
            break
        scale = table[text] if scale == 1 else scale * table[text]
        mantissa, last = value * scale, last + 1
        after = words[last] if last < len(words) else None
        if (
            language == "es"
            and after
            and after.kind == NUMBER
            and after.text.isdigit()
            and len(after.text) == 3
        ):
            lesser = float(after.text)
            following = table.get(_text(words, last + 1), 1.0)
            if lesser * following < scale:
                total, value, scale, last = total + mantissa, lesser, 1.0, last + 1
                mantissa = value
    total += mantissa
    if scale > 1 and _text(words, last) in ("y", "and") and _text(words, last + 1) in HALVES | {"a"}:
        halves = last + 1 if _text(words, last + 1) in HALVES else last + 2
        if _text(words, halves) in HALVES:
            total, last = total + scale / 2, halves + 1
    return Numeral(found.first, last, total, max(scale, found.scale), found.part, found.bare)


def _in_words(words: list[Word], first: int, language: str) -> Numeral | None:
    small, large = vocabulary().numerals[language], vocabulary().multipliers[language]
    total = current = 0.0
    scale, index, seen = 1.0, first, False
    while index < min(len(words), first + LONGEST_NUMERAL) and words[index].kind == WORD:
        text = words[index].text
        if text in DOZENS and seen:
            current *= DOZENS[text]
        elif text in small:
            value = small[text]
            if seen and not _joins(current, value):
                break
            current += value
        elif text in large and len(text) > 2 and (seen or text in ("mil",)):
            step = large[text]
            current = max(current, 1.0) * step
            scale = step if index == first or step > scale else scale * step
            after = _text(words, index + 1)
            if step > 100 and not (after in large and len(after) > 2):
                total, current = total + current, 0.0
        elif seen and text in ("and", "y") and _goes_on(words, index, current, scale, language):
            index += 1
            continue
        else:
            break
        seen, index = True, index + 1
    if not seen:
        return None
    found = Numeral(first, index, total + current, scale)
    if scale == 1:
        return _scaled(words, found, language)
    lesser = words[index] if index < len(words) else None
    if scale == 1000 and lesser and lesser.kind == NUMBER and re.fullmatch(r"\d{3}", lesser.text):
        return Numeral(first, index + 1, found.value + float(lesser.text), scale)
    return found


def _joins(current: float, value: float) -> bool:
    """Return whether a small numeral may stand after what was read ("twenty five", "ciento veinte")."""
    if current == 0:
        return True
    if current >= 100:
        return value < 100 and current % 100 == 0
    return current >= 20 and current % 10 == 0 and value < 10


def _goes_on(words: list[Word], index: int, current: float, scale: float, language: str) -> bool:
    small = vocabulary().numerals[language]
    value = small.get(_text(words, index + 1))
    if value is None or _text(words, index + 2) in vocabulary().multipliers[language]:
        return False
    if language == "es":
        return 30 <= current % 100 < 100 and current % 10 == 0 and value < 10
    return scale in (100.0, 1000.0) and value < 100


def _half(words: list[Word], first: int, language: str) -> Numeral | None:
    """Read "half a ton", "medio millón", "media tonelada", "half of", "half-dozen"."""
    index = first + 1
    if _text(words, index) in ARTICLES:
        index += 1
    following = _text(words, index)
    multiplier = vocabulary().multipliers[language].get(following)
    if multiplier and len(following) > 2:
        return Numeral(first, index + 1, multiplier / 2, multiplier)
    if following in COUNTS_ALONE:
        return Numeral(first, index + 1, vocabulary().numerals[language].get(following, 1000.0) / 2)
    if _text(words, first - 1) in PARTS_OF_TIME:
        return None
    if following in ("of", "the"):
        return _of_a_million(words, index, 0.5, language) or Numeral(first, index, 0.5, part=True)
    return Numeral(first, index, 0.5)


def _after_article(words: list[Word], first: int, language: str) -> Numeral | None:
    """Read "a hundred", "a dozen", "a half ton", "a third of", "un millón", "una veintena"."""
    following = _text(words, first + 1)
    multiplier = vocabulary().multipliers[language].get(following)
    if multiplier and len(following) > 2:
        return _scaled(words, Numeral(first, first + 1, 1.0), language)
    if following in COUNTS_ALONE:
        return Numeral(first, first + 2, vocabulary().numerals[language].get(following, 1000.0))
    if following in HALVES and language == "en":
        return _half(words, first + 1, language)
    fraction = _lone_fraction(words, first + 1, language)
    return fraction and Numeral(first, fraction.last, fraction.value, fraction.scale, part=fraction.part)


def _out_of(words: list[Word], found: Numeral, language: str) -> Numeral | None:
    """Read the rest of "one in four", "nine out of ten", "tres de cada diez"."""
    for length in (3, 2, 1):
        index = found.last + length
        phrase = " ".join(each.text for each in words[found.last : index])
        if phrase not in OUT_OF or index >= len(words):
            continue
        if words[index].kind == NUMBER:
            whole = float(words[index].text) if re.fullmatch(r"[1-9]\d?|100", words[index].text) else 0.0
        else:
            whole = vocabulary().numerals[language].get(words[index].text, 0.0)
        likely = (phrase != "of" or whole == 10.0) and (phrase != "in" or found.value <= 3)
        if found.value < whole <= LARGEST_WHOLE and likely:
            return Numeral(found.first, index + 1, found.value / whole, part=True)
    return None


def _lone_fraction(words: list[Word], index: int, language: str) -> Numeral | None:
    """Read "third of", "tercio de", "tercera parte", "mitad de" where an article stands before it or not."""
    text = _text(words, index)
    value = vocabulary().fractions[language].get(text)
    before = _text(words, index - 1)
    if value is None or before not in ARTICLES | {"la", "one", "el"}:
        return None
    if before in PARTS_OF_TIME or _text(words, index - 2) in PARTS_OF_TIME:
        return None
    if _text(words, index + 1) in PARTS:
        return Numeral(index, index + 2, value, part=True)
    if _text(words, index + 1) in ("of", "de", "del") and text not in (
        "quinto",
        "cuarto",
        "quinta",
        "cuarta",
        "tercera",
    ):
        return _of_a_million(words, index + 1, value, language) or Numeral(index, index + 1, value, part=True)
    return None


def _of_a_million(words: list[Word], index: int, value: float, language: str) -> Numeral | None:
    """Read the rest of "a third of a million"; `index` is that of "of"."""
    following = _text(words, index + 2)
    scale = vocabulary().multipliers[language].get(following)
    if scale is None or len(following) < 3 or _text(words, index + 1) not in ARTICLES:
        return None
    return Numeral(index - 1, index + 3, value * scale, scale)


def _with_fraction(words: list[Word], found: Numeral, language: str, bare: bool = False) -> Numeral:
    """Return the numeral with what is added to it ("two thirds", "two and a half", "dos y media")."""
    text, following = _text(words, found.last), _text(words, found.last + 1)
    one_in = _out_of(words, found, language)
    if one_in:
        return one_in
    share = vocabulary().fractions[language].get(text)
    if share is not None and found.value < 10 and text not in HALVES:
        last = found.last + (2 if following in PARTS else 1)
        if following in PARTS or following in ("of", "de", "del"):
            return Numeral(found.first, last, found.value * share, part=True)
    if text in ("and", "y") and found.scale == 1:
        at = found.last + 1 + (following == "a")
        if _text(words, at) in HALVES:
            joined = Numeral(found.first, at + 1, found.value + 0.5)
            return _scaled(words, joined, language)
    return Numeral(found.first, found.last, found.value, found.scale, found.part, bare)
