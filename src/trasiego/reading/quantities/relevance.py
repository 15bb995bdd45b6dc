"""Which figures matter to the field, and which only tell again what was told before."""

from __future__ import annotations

from dataclasses import dataclass

from trasiego.reading.quantities.meaning import Near, concepts_of, family
from trasiego.reading.quantities.units import Measured
from trasiego.reading.quantities.words import Word, fold

DEFINITE = frozenset(
    {
        "the",
        "los",
        "las",
        "these",
        "those",
        "estos",
        "estas",
        "esos",
        "esas",
        "both",
        "ambos",
        "ambas",
        "dichos",
        "dichas",
        "his",
        "her",
        "their",
        "sus",
    }
)
OTHER_MATTERS = frozenset({
    "approval", "rating", "gdp", "pib", "poll", "polls", "inflation", "inflacion", "unemployment",
    "desempleo", "vote", "votes", "votos", "popularity", "popularidad", "aprobacion", "encuesta",
})  # fmt: skip
EACH_OF = frozenset({"each", "one", "uno", "una"})
FEWEST_PLACES = 20
SMALL = 3


@dataclass(frozen=True, slots=True)
class Found:
    """A measured figure in its paragraph, with the bounds of its sentence and what it is about."""

    measured: Measured
    words: list[Word]
    bounds: tuple[int, int]
    concepts: list[Near]
    phrase: str
    product: str
    what: str

    def definite(self) -> bool:
        """Return whether the text speaks of it as known already ("the two vehicles")."""
        figure = self.measured.figure
        before = [each.text for each in self.words[max(0, figure.core - 2) : figure.core]]
        return bool(set(before) & DEFINITE) or self.of_known()

    def of_known(self) -> bool:
        """Return whether it is a part of something known already ("two of the guards")."""
        first = self.measured.noun[0]
        return first > self.measured.figure.last and self.words[self.measured.figure.last].text in (
            "of",
            "de",
        )

    def concept(self) -> str:
        """Return the name of the nearest concept, "" where there is none."""
        told = (concept.name for _distance, concept, _word in self.concepts)
        return next((name for name in told if name != "weight"), "")

    def near(self, reach: float) -> set[str]:
        """Return the names of the concepts within `reach`, those of the counted noun itself included."""
        first, last = self.measured.noun
        own = {concept.name for word in self.words[first:last] for concept in concepts_of(word.text)}
        return own | {concept.name for distance, concept, _word in self.concepts if distance <= reach}


def matters(found: Found) -> bool:
    """Return whether a figure is worth a candidate."""
    measured = found.measured
    unit, figure = measured.unit, measured.figure
    if max((abs(each) for each in figure.figures() if each is not None), default=0.0) == 0.0:
        return False
    if unit in ("km", "phone") or (unit == "share" and _of_other_matters(found)):
        return False
    before = found.words[figure.core - 1].text if figure.core else ""
    if before in ("every", "each", "cada") and family(unit) in ("mass", "person", "thing"):
        return False
    if family(unit) in ("person", "thing", "case", "homicide", "package", "load"):
        return _counts(found)
    return True


def _of_other_matters(found: Found) -> bool:
    """Return whether a share is of polls, prices in general or the like."""
    figure, last = found.measured.figure, found.measured.last
    near = found.words[max(found.bounds[0], figure.first - 6) : min(found.bounds[1], last + 6)]
    of_nothing = figure.share == 1 and not (
        found.concepts or found.product or found.phrase or "," in found.what
    )
    return of_nothing or any(each.text in OTHER_MATTERS for each in near)


def _counts(found: Found) -> bool:
    """Return whether a counted thing matters: no lone one, no known pair, no guess without a context."""
    measured = found.measured
    value, _low, high = measured.figure.figures()
    following = found.words[measured.last].text if measured.last < len(found.words) else ""
    if following in ("old", "ago") or (following == "-" and measured.unit == "year"):
        return False
    if value == 1 and (
        measured.unit != "person"
        or found.of_known()
        or not found.near(6) & {"arrest", "kill", "kidnap", "extradite"}
    ):
        return False
    if not measured.sure and not found.near(8):
        return False
    before = [each.text for each in found.words[max(0, measured.figure.first - 2) : measured.figure.first]]
    lead = [each.text for each in found.words[max(0, measured.figure.core - 3) : measured.figure.core]]
    if lead[:1] and lead[0] in EACH_OF and lead[1:] in (["of", "the"], ["de", "los"], ["de", "las"]):
        return False
    if before[-2:] == ["according", "to"] or before[-1:] == ["segun"]:
        return False
    if measured.unit in ("group", "company") and value is not None and value <= SMALL:
        return False
    if measured.unit == "place" and value is not None and value < FEWEST_PLACES:
        return False
    known = found.definite() and value is not None and value <= SMALL and high is None
    return not (
        known
        and measured.unit in ("group", "case", "company")
        or (known and measured.unit == "person" and not found.near(6) and not _modified(found))
    )


def _modified(found: Found) -> bool:
    first, last = found.measured.noun
    return last - first > 1


def repeats(found: Found, same: list[Found]) -> bool:
    """Return whether one of the earlier figures `same`, of equal value and unit, is of the same thing."""
    figure, kind = found.measured.figure, family(found.measured.unit)
    for other in same:
        if kind in ("flow", "price", "area", "rate") or found.definite():
            return True
        one, two = _content(found.phrase), _content(other.phrase)
        same_thing = bool(one & two) or not one or not two
        same_concept = found.concept() == other.concept() or not found.concept() or not other.concept()
        told = found.concept() == other.concept() != ""
        if kind == "person" and (figure.value or 0) <= 12:
            if told or (same_concept and one & two):
                return True
        elif same_concept and (same_thing or kind in ("person", "money")):
            return True
        if (figure.value or 0) > 12 and (one & two or kind == "person"):
            return True
    return False


def _content(phrase: str) -> set[str]:
    return {fold(each)[:6] for each in phrase.split() if len(each) > 3}
