"""What a figure counts or measures: the unit after it, what it is per, and the words of the thing itself."""

from __future__ import annotations

from dataclasses import dataclass, replace

from trasiego.reading.quantities.figures import Figure, is_sign
from trasiego.reading.quantities.numerals import digits
from trasiego.reading.quantities.vocabulary import vocabulary
from trasiego.reading.quantities.words import CURRENCY, NUMBER, SIGN, WORD, Word

MODIFIERS = {"en": 4, "es": 2}
"""Words that may stand between a figure and the noun that it counts."""

MASSES = frozenset({"kg", "g", "t"})
TIMES = frozenset({"year", "month", "week", "day"})
FEW = 100
"""Figures below which "bolivianos" are persons and no money."""

REACH_OF_RATE = 12
"""Words after a unit within which "a year" still belongs to it."""

SMALL_PESOS, FEWEST_PESOS = frozenset({"COP", "CLP", "ARS"}), 1000
"""Pesos of which fewer than that buy nothing, so that "$12" are dollars."""

NEAR_A_FIELD = 6
"""Words after a mass within which "per hectare" belongs to it."""

CLAUSE_WORDS = frozenset("and but while which who because y pero mientras porque cuando when".split())
"""Words after which a rate belongs to something else."""

INVERTING = frozenset("suman sumaron sumaban son eran fueron van ya".split())
PARTITIVES = frozenset({"of", "de"})


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure with its unit over words[figure.first:last]; `noun` is the span of the counted thing."""

    figure: Figure
    unit: str
    last: int
    noun: tuple[int, int] = (0, 0)
    sure: bool = True
    attributive: bool = False
    part: bool = False


def measure(words: list[Word], figure: Figure, language: str, pesos: str, dollar: str) -> Measured | None:
    """Return the figure with its unit, None where nothing after it says what it counts.

    `pesos` is the currency that "pesos" alone means in this report, `dollar` what "$" alone means.
    """
    for read in (_money, _share, _ratio, _mass, _counted):
        found = read(words, figure, language, (pesos, dollar))
        if found:
            return found
    return None


def _money(words: list[Word], figure: Figure, language: str, money: tuple[str, str]) -> Measured | None:
    del language
    index = figure.last
    if index < len(words) and words[index].text in ("de", "of", "us", "u.s", "american"):
        index += 1
    if (
        index + 1 < len(words)
        and words[index].text in vocabulary().pesos
        and words[index + 1].text == "pesos"
    ):
        return Measured(figure, vocabulary().pesos[words[index].text], index + 2)
    code = text = ""
    if index < len(words) and words[index].kind in (WORD, CURRENCY):
        text = words[index].text.casefold()
        code = vocabulary().currency_words.get(text, "") or (
            vocabulary().currency_symbols.get(words[index].text, "") if words[index].kind == CURRENCY else ""
        )
        if words[index].kind == CURRENCY and index + 1 < len(words) and words[index + 1].kind == NUMBER:
            code = ""
        if text in ("real", "sol", "colon") or (code == "pesos" and figure.symbol not in ("", "$")):
            code = ""
    if text_is_million_code(words, index):
        figure = figure.times(1e6)
    largest = max((each for each in figure.figures() if each is not None), default=0.0)
    if code == "BOB" and largest < FEW and text.startswith("boliviano"):
        code = ""
    if code:
        last = index + 1
        if code == "pesos":
            code, last = _which_peso(words, last, money[0])
        code = money[1] if code == "$" else code
        return Measured(figure, code, last) if code else None
    if not figure.symbol:
        return None
    symbol = money[1] if figure.symbol == "$" else figure.symbol
    if figure.symbol == "$" and symbol in SMALL_PESOS and largest < FEWEST_PESOS:
        symbol = "USD"
    before = [each.text for each in words[max(0, figure.first - 4) : figure.first]]
    if figure.symbol == "$" and "pesos" in before and not {"(", "[", "or"} & set(before):
        symbol = _which_peso(words, figure.first - len(before) + before.index("pesos") + 1, money[0])[0]
    return Measured(figure, symbol, figure.last)


def text_is_million_code(words: list[Word], index: int) -> bool:
    """Return whether words[index] is one of the Mexican short forms for millions of a currency."""
    return index < len(words) and words[index].text in ("mdd", "mdp")


def _which_peso(words: list[Word], index: int, usual: str) -> tuple[str, int]:
    if index < len(words) and words[index].text in vocabulary().pesos:
        return vocabulary().pesos[words[index].text], index + 1
    return usual, index


def _share(words: list[Word], figure: Figure, language: str, money: tuple[str, str]) -> Measured | None:
    del money, language
    if figure.share:
        return Measured(figure.times(figure.share), "share", figure.last)
    return None


def _ratio(words: list[Word], figure: Figure, language: str, money: tuple[str, str]) -> Measured | None:
    del money, language
    following = [each.text for each in words[figure.last : figure.last + 2]]
    if following and following[0] in vocabulary().ratio:
        comparing = following[1:] and following[1] in (
            "as", "higher", "more", "greater", "larger", "bigger", "mas", "mayor", "superior", "the", "su",
            "el", "lo", "what", "that", "its",
        )  # fmt: skip
        return Measured(figure, "ratio", figure.last + 1) if comparing or following[0] == "fold" else None
    return None


def measure_at(words: list[Word], index: int) -> tuple[str, int]:
    """Return the unit of mass, area, volume or length at words[index], or "", and the index after it."""
    for length in (2, 1)[index + 2 > len(words) :]:
        unit = vocabulary().measures.get(tuple(each.text for each in words[index : index + length]), "")
        if unit:
            return unit, index + length
    return "", index


def _mass(words: list[Word], figure: Figure, language: str, money: tuple[str, str]) -> Measured | None:
    del money, language
    index = figure.last
    hyphen = index < len(words) and words[index].text == "-"
    if index < len(words) and (hyphen or words[index].text in ("metric", "short", "of")):
        index += 1
    unit, last = measure_at(words, index)
    if not unit and index < len(words) and _modifies(words[index]):
        unit, last = measure_at(words, index + 1)
        unit = unit if len(unit) > 1 or words[last - 1].text.startswith("to") else ""
    if not unit or (len(unit) == 1 and words[index].text.isupper()):
        return None
    if unit in vocabulary().conversions:
        unit, factor = vocabulary().conversions[unit]
        figure = figure.times(factor)
    if last < len(words) and words[last].text in ("metrica", "metricas", "cuadrados"):
        last += 1
    rest, after = _rest(words, last, unit)
    if rest and figure.value is not None:
        return Measured(replace(figure, value=figure.value + rest), unit, after)
    text = [each.text for each in words[last : last + 2]]
    halves = (text[:1] == ["y"] or text[:1] == ["and"]) and text[1:] and text[1] in ("media", "medio")
    if halves and figure.value is not None:
        figure, last = replace(figure, value=figure.value + 0.5), last + 2
    elif halves and figure.low is not None and figure.high is None:
        figure, last = replace(figure, low=figure.low + 0.5), last + 2
    return Measured(figure, unit, last, attributive=hyphen)


def _rest(words: list[Word], index: int, unit: str) -> tuple[float, int]:
    """Return what a smaller unit adds ("… toneladas 931 kilos"), and the index after it."""
    smaller = {"t": "kg", "kg": "g"}.get(unit)
    at = index + int(index < len(words) and words[index].text in ("con", "y", "and"))
    if smaller is None or at + 1 >= len(words) or words[at].kind != NUMBER:
        return 0.0, index
    value, (found, last) = digits(words[at].text, True), measure_at(words, at + 1)
    return (value / 1000, last) if value is not None and found == smaller and value < 1000 else (0.0, index)


def _modifies(word: Word) -> bool:
    """Return whether the word may stand between a figure and its unit ("cultivated hectares")."""
    return (
        word.kind == WORD
        and len(word.text) > 3
        and word.text not in vocabulary().stop
        and not unit_of_noun(word.text)[0]
    )


def _counted(words: list[Word], figure: Figure, language: str, money: tuple[str, str]) -> Measured | None:
    """Find the counted noun: past a few modifiers, and in English the last noun of a compound."""
    del money
    index = figure.last
    if _labelled(words, figure) or figure.symbol:
        return None
    inner = 0
    if index < len(words) and words[index].text == "-" and words[index].start == words[index - 1].end:
        index += 1
    elif _partitive(words, index):
        index += 2
        inner = index if index < len(words) and words[index].kind == NUMBER else 0
        index += bool(inner)
    elif _copula(words, index) or _inverted(words, figure, language):
        index += 1
    elif index < len(words) and words[index].text == "de" and figure.core + 1 < figure.last:
        index += 1
    start, first, found = index, index, None
    single = figure.value == 1 or words[index - 1].text == "-"
    if index < len(words) and words[index].text.split("-")[0] in vocabulary().other_units:
        return None
    most = 0 if single and words[index - 1].text == "-" else MODIFIERS[language]
    while index < len(words) and index - start <= most and words[index].kind == WORD:
        text = words[index].text
        if text in vocabulary().stop:
            break
        unit, sure = unit_of_noun(text)
        if unit and (single or text.endswith("s") or text in vocabulary().plurals):
            found = (unit, index, sure)
            start = index if language == "en" and most else start
            if language == "es":
                break
        elif found:
            break
        index += 1
    if found is None:
        return None
    unit, at, sure = found
    if language == "es" and at > first and _tells_only(words[at - 1].text, words[at].text):
        return None
    if at == figure.last and figure.bare and _looks_like_year(words, figure):
        return None
    return Measured(figure, unit, inner or at + 1, (first, at + 1), sure)


def unit_of_noun(text: str) -> tuple[str, bool]:
    """Return what the folded noun counts as, or "", and whether it is listed."""
    unit = vocabulary().counted.get(text)
    if unit:
        return unit, True
    if "-" in text:
        return unit_of_noun(text.rsplit("-", 1)[1])
    if len(text) > 5 and text.endswith(vocabulary().person_endings) and text not in vocabulary().not_persons:
        return "person", False
    return "", False


def _partitive(words: list[Word], index: int) -> bool:
    """Return whether "of the", "de los" or the like comes next, before the whole that it is a part of."""
    text = [each.text for each in words[index : index + 2]]
    return (
        len(text) == 2
        and text[0] in PARTITIVES
        and text[1] in ("the", "los", "las", "its", "their", "his", "her", "sus", "these", "those")
    )


def _copula(words: list[Word], index: int) -> bool:
    """Return whether "are foreigners" or the like comes next."""
    text = [each.text for each in words[index : index + 2]]
    return (
        len(text) == 2 and text[0] in ("are", "were", "son", "eran") and unit_of_noun(text[1])[0] == "person"
    )


def _inverted(words: list[Word], figure: Figure, language: str) -> bool:
    """Return whether what is counted comes after its article ("suman 27 las capturas")."""
    before = words[figure.first - 1].text if figure.first else ""
    article = words[figure.last].text if figure.last < len(words) else ""
    return language == "es" and article in ("los", "las") and before in INVERTING


def _tells_only(before: str, text: str) -> bool:
    """Return whether a word for persons only describes the noun before it ("dos actos oficiales")."""
    return (
        text in vocabulary().adjectives_too and before.endswith("s") and before not in vocabulary().prenominal
    )


def _labelled(words: list[Word], figure: Figure) -> bool:
    before = words[figure.core - 1].text if figure.core else ""
    return figure.bare and figure.first == figure.core and before in vocabulary().labels


def _looks_like_year(words: list[Word], figure: Figure) -> bool:
    text = words[figure.core].text
    before = words[figure.core - 1].text if figure.core else ""
    return len(text) == 4 and text.isdigit() and 1900 <= int(text) <= 2100 and before in (
        "in", "en", "de", "del", "of", "since", "desde", "the", "el", "may", "mayo", "by", "until", "hasta",
        "during", "late", "early",
    )  # fmt: skip


def per_of(words: list[Word], found: Measured) -> tuple[str, int, float]:
    """Return what the figure is per ("kg", "year", or ""), the index after those words, and of how many."""
    index = found.last
    table, prepositions = vocabulary().per, vocabulary().per_prepositions
    limit = min(len(words), index + REACH_OF_RATE)
    while index < limit:
        word = words[index]
        if (is_sign(word) and word.text not in "()'\"") or word.sentence != words[found.last - 1].sentence:
            break
        if word.text in vocabulary().per_adverbs:
            after = index + 1 if index == found.last else found.last
            return vocabulary().per_adverbs[word.text], max(found.last, after), 1.0
        if word.text in prepositions and index + 1 < len(words):
            unit, length, times = _per_at(words, index, table)
            wide = unit in TIMES and word.text in ("a", "per", "al", "each", "every", "cada", "por")
            near = index - found.last <= (NEAR_A_FIELD if unit == "ha" else 2)
            if unit and (wide or (near and _is_per(words, index, found))):
                return unit, index + length if index == found.last else found.last, times
        if word.kind == NUMBER and index > found.last or word.text in CLAUSE_WORDS:
            break
        index += 1
    return "", found.last, 1.0


def _per_at(words: list[Word], index: int, table: dict[str, str]) -> tuple[str, int, float]:
    """Return what a rate that begins at words[index] is per, its words, and of how many of those it is."""
    texts = [each.text for each in words[index : index + 3]]
    if texts[1] in ("cada", "every", "each") and len(texts) == 3:
        return table.get(texts[2], ""), 3, 1.0
    if texts[:2] == ["a", "la"] and len(texts) == 3:
        return table.get(texts[2], ""), 3, 1.0
    if texts[0] in ("for", "por") and texts[1] in ("a", "one", "un", "una", "el", "la") and len(texts) == 3:
        return table.get(texts[2], ""), 3, 1.0
    if texts[0] in ("every", "each", "cada") and len(texts) == 3:
        count = vocabulary().numerals["en"].get(texts[1]) or vocabulary().numerals["es"].get(texts[1])
        count = count or (float(texts[1]) if texts[1] in ("2", "3", "4", "6", "10", "15") else 0.0)
        if count and table.get(texts[2]) in TIMES:
            return table[texts[2]], 3, count
    return table.get(texts[1], ""), 2, 1.0


def _is_per(words: list[Word], index: int, found: Measured) -> bool:
    """Return whether the word at words[index] is one of a rate: "per", "a", "el" before a single unit."""
    text, unit_word = words[index].text, words[index + 1].text
    money = len(found.unit) == 3 and found.unit.isupper()
    if text == "for":
        return money and unit_word in ("a", "one", "each", "every")
    if text in ("per", "each", "every", "cada", "/", "por"):
        return True
    if text in ("a", "an", "al"):
        return index == found.last and (
            money or unit_word in ("year", "month", "week", "day", "ano", "mes", "dia")
        )
    return (
        money
        and index == found.last
        and text in ("el", "la", "the")
        and unit_word in ("kilo", "kilogramo", "kg", "gramo", "tonelada", "libra")
    )


def rate_per_people(words: list[Word], index: int) -> int:
    """Return the index after "per 100,000 inhabitants" at or near words[index], or 0."""
    for at in range(index, min(index + 4, len(words) - 1)):
        if words[at].kind == SIGN:
            return 0
        if words[at].text in ("per", "por", "every", "cada"):
            following = words[at + 1 : at + 5]
            texts = [each.text.replace(",", "").replace(".", "").replace(" ", "") for each in following]
            skipped = int(texts[:1] == ["cada"])
            numeral = texts[skipped : skipped + 2]
            last = at + 1 + skipped
            if numeral[:1] == ["100000"]:
                last += 1
            elif numeral in (["100", "mil"], ["100", "thousand"], ["cien", "mil"]):
                last += 2
            else:
                continue
            return last + int(last < len(words) and unit_of_noun(words[last].text)[0] == "person")
    return 0
