"""Figures whose unit or noun stands elsewhere: parts of a total, changes, "three others", "17 were held"."""

from __future__ import annotations

from dataclasses import replace

from trasiego.reading.quantities.figures import Figure
from trasiego.reading.quantities.meaning import concepts_of, family
from trasiego.reading.quantities.units import Measured, measure_at, unit_of_noun
from trasiego.reading.quantities.vocabulary import vocabulary
from trasiego.reading.quantities.words import WORD, Word

REACH_OF_SUBJECT = 24
LINKS = frozenset({
    ("up", "from"), ("down", "from"), ("compared", "to"), ("compared", "with"), ("respecto", "a"),
    ("frente", "a"),
    ("pasando", "de"), ("versus",), ("vs",), ("comparado", "con"), ("respecto", "de"), ("contra",), ("than",),
    ("against",),
    ("mas", "que"), ("menos", "que"), ("llegar", "a"), ("a", "ser"), ("serian",), ("hablan", "de"),
    ("it", "at"), ("cifra", "en"),
})  # fmt: skip
OF_THE_ONES = (["de", "las", "que"], ["de", "los", "que"])
REACH_BACK = 30
FEWEST, MOST = 2, 2000
"""How many persons may be told without their noun."""

NOT_BEFORE = frozenset("in on at to of de del en the los las el day dia no number numero a by por".split())
FATES = frozenset(
    "arrest kill wound kidnap charge convict extradite disappear displace escape transfer".split()
)
NUMBERING = frozenset(
    "number numbered numbers total totaled totalled suman sumaban sumaron son eran are were".split()
)
OTHERS = frozenset({"others", "restantes", "more", "mas"})
OF_THESE = frozenset({"which", "whom", "them", "ellos", "ellas", "cuales"})


def _numbered(words: list[Word], figure: Figure) -> Measured | None:
    """Return a figure as of the persons before its verb ("the rebels number 300", "los heridos son 40")."""
    after = words[figure.last] if figure.last < len(words) else None
    if figure.first < 2 or words[figure.first - 1].text not in NUMBERING or not figure.bare:
        return None
    if after is not None and after.kind == WORD and after.text not in vocabulary().stop:
        return None
    text = words[figure.first - 2].text
    unit = unit_of_noun(text) if text.endswith("s") or text in vocabulary().plurals else ("", False)
    found = Measured(figure, unit[0], figure.last, (figure.first - 2, figure.first - 1))
    return found if unit == ("person", True) else None


def _strength(words: list[Word], figure: Figure) -> Measured | None:
    """Return a figure as persons where it tells the strength of a group ("a force of 12,000")."""
    start = max(0, figure.first - 3)
    texts = [each.text for each in words[start : figure.first]]
    at = next((index for index, each in enumerate(texts) if each in vocabulary().strength), -1)
    if at < 0 or texts[-1] not in ("of", "de", "at", "en", "numbering", "numbered"):
        return None
    return Measured(figure, "person", figure.last, (start + max(0, at - 1), start + at + 1))


def _of_them(words: list[Word], figure: Figure, before: Measured | None) -> Measured | None:
    """Return a figure as persons or things told before ("seven of them", "seven of those arrested")."""
    texts = [each.text for each in words[figure.last : figure.last + 3]]
    if texts[:1] not in (["of"], ["de"]) or len(texts) < 3:
        return None
    if texts[1] in ("those", "los", "las") and any(each.name == "arrest" for each in concepts_of(texts[2])):
        return Measured(figure, "person", figure.last, (figure.last + 2, figure.last + 3))
    if texts[1] not in OF_THESE:
        return None
    if before is None or not _counts(before):
        return _noun_back(words, figure)
    return Measured(figure, before.unit, figure.last, before.noun, before.sure)


def _counts(before: Measured) -> bool:
    return (
        before.unit.islower()
        and before.unit.isalpha()
        and before.unit not in ("share", "ratio", "kg", "t", "ha", "g")
    )


def _noun_back(words: list[Word], figure: Figure) -> Measured | None:
    """Return a figure as of the nearest noun for persons before it ("any officer …: 12 of them")."""
    for index in range(figure.first - 1, max(-1, figure.first - REACH_BACK), -1):
        if unit_of_noun(words[index].text) == ("person", True):
            return Measured(figure, "person", figure.last, (index, index + 1))
    return None


def _few(figure: Figure) -> bool:
    return figure.value is not None and FEWEST <= figure.value <= MOST and not 1900 <= figure.value


def _fated(words: list[Word], first: int, last: int) -> bool:
    """Return whether one of the words says what became of persons."""
    return any(
        each.name in FATES
        for word in words[max(0, first) : last]
        if word.kind == WORD
        for each in concepts_of(word.text)
    )


def _others(words: list[Word], figure: Figure, before: Measured | None) -> Measured | None:
    """Return "three others", "otros tres", "the remaining four" as of what was counted, or as persons."""
    after = words[figure.last].text if figure.last < len(words) else ""
    lead = [each.text for each in words[max(0, figure.first - 1) : figure.core]]
    bare = (
        not after
        or after in vocabulary().stop
        or not after.isalpha()
        or bool(vocabulary().fates.match(after))
    )
    told = after in OTHERS or (bare and bool({"otros", "otras", "remaining", "restantes"} & set(lead)))
    further = words[figure.last + 1].text if figure.last + 1 < len(words) else ""
    if (
        not told
        or not _few(figure)
        or (after in ("more", "mas") and further.isalpha() and further not in ("in", "en", "on", "were"))
    ):
        return None
    last = figure.last + int(after in OTHERS)
    same = [
        each
        for each in words[max(0, figure.first - 14) : last + 10]
        if each.sentence == words[figure.core].sentence
    ]
    if _fated(same, 0, len(same)):
        return Measured(figure, "person", last, (figure.last, last))
    return Measured(figure, before.unit, last, (figure.last, last)) if before and _counts(before) else None


def _with_fate(words: list[Word], figure: Figure) -> Measured | None:
    """Return a figure as persons by what became of them ("17 were held", "murieron" after "ocho")."""
    before = words[figure.core - 1].text if figure.core else ""
    if (
        not _few(figure)
        or figure.share
        or before in NOT_BEFORE
        or (figure.first and words[figure.first - 1].text in NOT_BEFORE)
    ):
        return None
    index = figure.last
    while index < min(len(words), figure.last + 3) and words[index].text in vocabulary().helpers:
        index += 1
    if index < len(words) and words[index].kind == WORD and vocabulary().fates.match(words[index].text):
        return Measured(figure, "person", figure.last, (index, index + 1))
    return None


def _struck(words: list[Word], figure: Figure) -> Measured | None:
    """Return a figure as persons by the verb before it ("wounding four.", "hirieron a cuatro.")."""
    after = words[figure.last] if figure.last < len(words) else None
    at = figure.first - 1 - int(figure.first > 0 and words[figure.first - 1].text == "a")
    ends = after is None or after.kind != WORD or after.text in vocabulary().stop
    if not ends or at < 0 or not _few(figure) or not vocabulary().strikes.match(words[at].text):
        return None
    return Measured(figure, "person", figure.last, (at, at + 1))


def _listed(words: list[Word], figure: Figure, before: Measured | None) -> Measured | None:
    """Return a figure as persons where it goes on with a list ("five guards and two of the port")."""
    texts = [each.text for each in words[figure.last : figure.last + 1]]
    lead = words[figure.first - 1].text if figure.first else ""
    if (
        before is None
        or before.unit != "person"
        or words[before.figure.core].sentence != words[figure.core].sentence
    ):
        return None
    if (
        lead not in (",", "y", "and", "–", "—")
        or texts not in (["de"], ["del"], ["from"], ["in"], ["en"])
        or not _few(figure)
    ):
        return None
    return Measured(figure, "person", figure.last, before.noun, before.sure)


def _compares(words: list[Word], figure: Figure) -> bool:
    """Return whether "fewer than", "más que" or the like comes next."""
    texts = [each.text for each in words[figure.last : figure.last + 2]]
    return bool(texts) and texts[0] in ("fewer", "less", "more", "menos", "mas") and texts[1:] != ["of"]


def _part_of(words: list[Word], figure: Figure, before: Measured) -> bool:
    """Return whether it is a part of the total before ("of the 60 held, 18 were charged, and 20 …")."""
    largest = max((each for each in before.figure.figures() if each is not None), default=0.0)
    opening = [each.text for each in words[max(0, before.figure.core - 2) : before.figure.core]]
    total = opening in (["de", "los"], ["de", "las"], ["of", "the"]) or before.part
    lead = words[figure.first - 1].text if figure.first else ""
    return total and lead in (",", "y", "and") and 10 <= (figure.value or 0) <= largest


def _subject(words: list[Word], figure: Figure, told: dict[bool, Measured]) -> Measured | None:
    """Return a figure that changes as one of what changes ("murders rose from 41 to 98")."""
    sentence = words[figure.core].sentence
    for index in range(figure.first - 1, max(-1, figure.first - REACH_OF_SUBJECT), -1):
        if words[index].sentence != sentence:
            return None
        if told.get(False) and told[False].last > index and "/100000" in told[False].unit:
            return replace(told[False], figure=figure, last=figure.last, noun=(0, 0))
        if words[index].text in vocabulary().strength:
            return Measured(figure, "person", figure.last, (index, index + 1))
        unit = measure_at(words, index)[0] or unit_of_noun(words[index].text)[0]
        if unit == "group" and not words[index].text.endswith("s"):
            unit = "person"
        if unit and unit not in ("place", "company", "house") and len(words[index].text) > 2:
            return Measured(figure, unit, figure.last, (index, index + 1))
    return None


def unit_told_elsewhere(words: list[Word], figure: Figure, told: dict[bool, Measured]) -> Measured | None:
    """Return a figure as one of the unit before: "up from 32,000", "of whom 18", "rose to 4.9 million"."""
    if figure.change:
        return _subject(words, figure, told)
    before = told.get(False)
    for found in (
        _strength(words, figure), _numbered(words, figure), _of_them(words, figure, before),
        _others(words, figure, before),
        _with_fate(words, figure), _struck(words, figure), _listed(words, figure, before),
    ):  # fmt: skip
        if found:
            return found
    scaled = any(words[figure.last - 1].text in vocabulary().multipliers[each] for each in ("en", "es"))
    before = told.get(True) if scaled else told.get(False)
    if before is None or words[before.figure.core].sentence != words[figure.core].sentence:
        return None
    texts = [each.text for each in words[max(0, figure.first - 3) : figure.first]]
    linked = tuple(texts[-2:]) in LINKS or tuple(texts[-1:]) in LINKS or _compares(words, figure)
    part = figure.bare and _part_of(words, figure, before)
    of_these = (
        bool(texts)
        and (texts[-1] in OF_THESE or texts[-3:] in OF_THE_ONES)
        and before.unit.isalpha()
        and before.unit.islower()
    )
    grown = any(vocabulary().change.match(each) for each in texts) and figure.first > before.last
    money = family(before.unit) in ("money", "price")
    if before.unit == "share" or not (of_these or linked or part or (money and (grown or scaled))):
        return None
    if (figure.value or figure.low or figure.high or 0) < 1000 and linked and not before.figure.symbol:
        largest = max(each for each in before.figure.figures() if each is not None)
        if largest > 50 * (figure.value or 1):
            return None
    after = words[figure.last] if figure.last < len(words) else None
    if after is not None and after.text in vocabulary().other_units:
        return None
    named = of_these and after is not None and after.kind == WORD and after.text not in vocabulary().stop
    last = figure.last + int(named)
    noun = (figure.last, last) if named or not _counts(before) else before.noun
    return Measured(figure, before.unit, last, noun, before.sure, part=part or of_these)
