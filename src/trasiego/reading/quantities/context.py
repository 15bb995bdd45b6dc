"""What a report as a whole tells of its figures: language, decimals, dollars and pesos, names and dates."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass

from trasiego.reading.dates import DateMention
from trasiego.reading.document import Document
from trasiego.reading.mentions import Names
from trasiego.reading.quantities.numerals import decimal_point
from trasiego.reading.quantities.vocabulary import vocabulary
from trasiego.reading.quantities.words import fold

PESO_COUNTRIES = {"MX": "MXN", "CO": "COP", "AR": "ARS", "CL": "CLP", "DO": "DOP", "UY": "UYU", "CU": "CUP"}
SUBSTANCES = frozenset(
    {"cocaine", "cocaina", "heroin", "heroina", "marijuana", "marihuana", "fentanyl", "fentanilo", "coca"}
)
WITH_DOLLARS = re.compile(r"\$\s?[\d.,]+(?:\s(?:mil|mill\w+))*\s(?:de\s)?d[oó]lares")
OTHER_COUNTRIES = re.compile(
    r"\b(?:Ecuador|ecuatorian|Panam|salvadoreñ|El Salvador|Per[uú]\b|peruan|Guatemala|guatemaltec|Hondur"
    r"|hondureñ|Nicaragua|nicarag|Costa Rica|costarric|Bolivia|bolivian|Paraguay|paraguay|Venezuela)"
)


@dataclass(frozen=True, slots=True)
class Setting:
    """`point`: decimals have a point; `pesos` and `dollar`: currencies that "pesos" and "$" alone mean.

    `places` and `dates` are (start, end, text) of the mentions; `masked` spans whose numbers count nothing,
    `product` the substance that the report speaks of most.
    """

    language: str
    point: bool
    pesos: str
    dollar: str
    places: list[tuple[int, int, str]]
    dates: list[tuple[int, int, str]]
    masked: list[tuple[int, int]]
    product: str

    def is_masked(self, start: int, end: int) -> bool:
        """Return whether [start, end) lies in a name or a date."""
        index = bisect_right(self.masked, (start, len(self.masked) and 1 << 60)) - 1
        return index >= 0 and end <= self.masked[index][1]


def setting_of(document: Document, names: Names, dates: list[DateMention]) -> Setting:
    """Return the setting of a report."""
    text = "\n".join(each for _start, each in document.paragraphs())
    language = "es" if document.language == "es" else "en"
    pesos = _pesos(text, names)
    dollar = pesos if language == "es" and pesos and not _dollars_said(text, names) else "USD"
    entities = names.entities
    places = [
        (each.start, each.end, entities[each.entity].name)
        for each in names.mentions
        if entities[each.entity].type == "place"
    ]
    spans = [(each.start, each.end) for each in names.mentions] + [(each.start, each.end) for each in dates]
    return Setting(
        language=language,
        point=decimal_point(text, language),
        pesos=pesos or "MXN",
        dollar=dollar,
        places=sorted(places),
        dates=sorted((each.start, each.end, each.date) for each in dates),
        masked=sorted(spans),
        product=_product(text),
    )


def _product(text: str) -> str:
    """Return the substance that the text names most often, "" where it names none."""
    counts = Counter(each for each in re.findall(r"\w+", text.casefold()) if fold(each) in SUBSTANCES)
    return counts.most_common(1)[0][0] if counts else ""


def _dollars_said(text: str, names: Names) -> bool:
    """Return whether "$" is likely to mean dollars in a Spanish report that names a country with pesos."""
    own = sum(fold(each) in vocabulary().pesos for each in re.findall(r"\w+", text))
    own += sum(names.entities[each.entity].country in PESO_COUNTRIES for each in names.mentions)
    return bool(WITH_DOLLARS.search(text)) or len(OTHER_COUNTRIES.findall(text)) >= own


def _pesos(text: str, names: Names) -> str:
    """Return the peso of the country that the report names most, "" where it names none that has pesos."""
    counts: Counter[str] = Counter()
    for mention in names.mentions:
        code = PESO_COUNTRIES.get(names.entities[mention.entity].country)
        if code:
            counts[code] += 1
    for word in re.findall(r"\w+", text):
        code = vocabulary().pesos.get(fold(word))
        if code:
            counts[code] += 1
    return counts.most_common(1)[0][0] if counts else ""
