"""Which place a name means in a report: by what stands beside it, by the report's countries, by the maps."""

from __future__ import annotations

import math
from collections import Counter
from itertools import zip_longest

from trasiego.reading.names.draft import Draft, Span
from trasiego.reading.names.gazetteer import Place, gazetteer

MOST_CHOICES = 6
KINDS = {
    "country": 60.0,
    "continent": 50.0,
    "region": 30.0,
    "sea": 30.0,
    "valley": 30.0,
    "division": 4.0,
    "town": 0.0,
}
BESIDE, SHIPPED, CONTEXT = 40.0, 5.0, 25.0


def countries_of(draft: Draft) -> Counter[str]:
    """Return how often a report names each country, by name, nationality or a town of one country alone."""
    found: Counter[str] = Counter()
    for span in draft.spans:
        if span.type == "place":
            readings = gazetteer().of_words(draft.key(span.first, span.last))
            countries = {place.country for place in readings if "|" not in place.country and place.country}
            if readings and readings[0].kind == "country":
                found[readings[0].country] += 3
            elif len(countries) == 1:
                found[countries.pop()] += 1
    demonyms = draft.lexicon.demonyms
    for word, following in zip_longest(draft.words, draft.words[1:]):
        if word.capital or draft.language == "es":
            pair = f"{word.folded} {following.folded}" if following else ""  # "Costa Rican"
            country = demonyms.get(pair) or demonyms.get(word.folded)
            if country:
                found[country] += 1
    return found


def resolve(draft: Draft, spans: list[Span], countries: Counter[str]) -> list[Place]:
    """Return the readings of the place that spans name, the likeliest first; empty for an unknown one."""
    readings: dict[tuple[str, str, str], Place] = {}
    for span in spans:
        for place in gazetteer().of_words(draft.key(span.first, span.last)):
            key = (
                "country" if place.kind == "country" else "",
                place.country,
                place.division if place.kind != "division" else place.name,
            )
            if key not in readings or (place.place_id and not readings[key].place_id):
                readings[key] = place
    if not readings:
        return []
    beside = [place for span in spans for place in _beside(draft, span)]
    most = max(countries.values(), default=1) or 1

    def score(place: Place) -> float:
        value = KINDS.get(place.kind, 8.0) + SHIPPED * bool(place.place_id)
        value += CONTEXT * max(
            (countries.get(code, 0) / most for code in place.country.split("|")), default=0.0
        )
        value += math.log10(place.population + 1)
        for other in beside:
            if other.country == place.country and other.kind == "country":
                value += BESIDE
            elif (
                other.country == place.country
                and other.name in (place.division, place.name)
                and other.kind == "division"
            ):
                value += BESIDE
        return value

    ordered = sorted(readings.values(), key=lambda place: (-score(place), place.label))
    if ordered[0].kind in ("country", "continent", "sea"):
        return ordered[:1]
    return list({place.label: place for place in reversed(ordered)}.values())[::-1][:MOST_CHOICES]


def _beside(draft: Draft, span: Span) -> list[Place]:
    """Return the readings of the place right after a span: "Town, Division", "Town (Division)"."""
    words, found = draft.words, []
    index = span.last
    between = ("in", "en", "the", "department", "departamento", "province", "provincia", "de", "of")
    while index < len(words) and words[index].folded in between:
        index += 1
    if index < len(words) and (words[span.last].gap in (", ", " (", " ") and not words[span.last].first):
        owner = draft.owner[index]
        if owner is not None and owner.type == "place" and owner is not span:
            found += gazetteer().of_words(draft.key(owner.first, owner.last))
    return [place for place in found if place.kind in ("country", "division")]
