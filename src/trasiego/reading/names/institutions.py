"""Names built round a word that says what they are: a ministry, a cartel, a university, an operation."""

from __future__ import annotations

from trasiego.reading.names.draft import Draft
from trasiego.reading.names.gazetteer import gazetteer
from trasiego.reading.names.lexicon import ARTICLES, is_common, word_set

LONGEST = 14
DISTRICTS = frozenset({"district", "distrito"})
"""Heads that start a new name after "of the"."""


def chain_end(draft: Draft, first: int, institution: bool = False) -> int:
    """Return where the chain of capitalised words from `first` ends; connectors join where they may."""
    words, heads = draft.words, draft.lexicon.heads
    last = first + 1
    while last < len(words) and last - first < LONGEST and draft.owner[last] is None and draft.follows(last):
        word = words[last]
        if word.first and word.gap.strip():
            break
        if word.capital and word.folded in word_set("calendar"):
            break
        if word.capital:
            last += 1
            continue
        institution = institution or any(each.folded in heads for each in words[first:last])
        ahead = _across_connectors(draft, first, last, institution)
        if not ahead:
            break
        last = ahead
    return last


def _across_connectors(draft: Draft, first: int, at: int, institution: bool) -> int:
    """Return the index after the capitalised word that follows connectors, or 0 where none may join."""
    words, known = draft.words, draft.lexicon
    allowed = known.institution_connectors if institution else known.connectors
    index = at
    if words[at].folded == "'s":
        index = at + 1
        joins = (
            words[at - 1].folded in known.possessors
            and index < len(words)
            and words[index].folded in known.heads
        )
        return index + 1 if joins and draft.follows(index) else 0
    while (
        index < len(words) and index - at < 3 and words[index].folded in allowed and not words[index].capital
    ):
        index += 1
    if index == at or index >= len(words) or not words[index].capital or draft.owner[index] is not None:
        return 0
    if not all(
        draft.follows(each) and words[each].gap in (" ", "\n", "\u00a0") for each in range(at, index + 1)
    ):
        return 0
    target, joints = words[index].folded, {word.folded for word in words[at:index]}
    if not institution:
        return index + 1 if target not in known.heads else 0
    if joints & {"and", "y", "e"} and not _may_list(draft, first, at, index):
        return 0
    if target in word_set("new_names") and (joints & {"la", "del", "los", "the", "el"}):
        return 0
    return index + 1


def _may_list(draft: Draft, first: int, at: int, index: int) -> bool:
    """Tell whether "and" goes on inside a name, as in "Ministry of Justice and Public Security"."""
    words, known = draft.words, draft.lexicon
    inside = any(word.folded in ("of", "de", "for", "del", "para") for word in words[first:at])
    if words[index - 1].folded in ARTICLES:
        return False
    target = words[index].folded
    elsewhere = (
        known.heads.get(target) in ("agency", "group") or target in known.demonyms or target in known.given
    )
    return inside and not elsewhere and not gazetteer().longest(target)


def take_institutions(draft: Draft) -> None:
    """Take chains that hold a head word; those round a word of no party are taken as "nothing"."""
    words = draft.words
    index = 0
    while index < len(words):
        if (
            not words[index].capital
            or draft.owner[index] is not None
            or words[index].acronym
            and words[index].first
        ):
            index += 1
            continue
        last = chain_end(draft, index)
        _take_chain(draft, index, last)
        index = last


def _take_chain(draft: Draft, first: int, last: int) -> None:
    words, known, end = draft.words, draft.lexicon, last
    first, last = _without_person(draft, first, last)
    titled = last < end
    first = _trim_front(draft, first, last)
    type = _type_of(draft, first, last) if first < last else ""
    if not type:
        return
    if type in ("agency", "organization") and words[first].first and words[first].folded in ARTICLES:
        first += 1
    district = type == "nothing" and any(word.folded in DISTRICTS for word in words[first:last])
    if district and gazetteer().of_words(draft.key(first, last)):
        return
    if type == "agency" or district:
        last = _trim_back(draft, first, last)
    content = [word.folded for word in words[first:last] if word.folded not in ARTICLES]
    if len(content) == 1:
        if not _may_stand_alone(draft, first, last, content[0], type) or (titled and type != "nothing"):
            return
        before = words[first - 1] if first else None
        if before is not None and before.folded in known.demonyms and before.capital and draft.follows(first):
            first -= type != "nothing"
    if type == "group" and all(word in known.demonyms or word in known.heads for word in content):
        return
    draft.take(first, last, _settled(draft, first, last, type), "head")


def _settled(draft: Draft, first: int, last: int, type: str) -> str:
    """Return the type of a chain after a second look: prisons are places, some commands are groups."""
    if type == "nothing" and _is_prison(draft, first, last):
        return "place"
    kinds = draft.lexicon.strong_kinds | {"farc"}
    command = draft.words[first].folded in ("comando", "command", "columna")
    if type == "agency" and command and any(word in kinds for word in draft.window(first, 6)):
        return "group"
    return type


def _is_prison(draft: Draft, first: int, last: int) -> bool:
    """Tell a named prison, which is a place, from other buildings."""
    held = {word.folded for word in draft.words[first:last]}
    return last - first > 1 and bool(held & word_set("prisons"))


def _may_stand_alone(draft: Draft, first: int, last: int, head: str, type: str) -> bool:
    if type == "nothing" or draft.words[last - 1].acronym:
        return type == "nothing"
    if draft.language == "es" and head == "policia":
        return not draft.words[first].first
    if (
        list(draft.window(first, 2))[:1] in (["de"], ["of"])
        and set(list(draft.window(first, 2))[1:]) & draft.lexicon.titles
    ):
        return False
    demonym = (
        first and draft.words[first - 1].folded in draft.lexicon.demonyms and draft.words[first - 1].capital
    )
    if demonym and type == "agency":
        return True
    if head in word_set("never_alone") or type != "agency":
        return False
    return not draft.words[first].first or draft.language == "es"


def _without_person(draft: Draft, first: int, last: int) -> tuple[int, int]:
    """Return the chain without the titled person at its end ("National Police Commissioner NAME")."""
    words, known = draft.words, draft.lexicon
    titles = [
        index
        for index in range(first, last)
        if words[index].folded in known.titles and words[index - 1].folded not in known.place_parts
    ]
    if titles and titles[-1] + 1 < last:
        rest = words[titles[-1] + 1 : last]
        if (
            not any(word.folded in known.heads or word.folded in ("'s", "of") for word in rest)
            and words[titles[-1] + 1].capital
        ):
            last = titles[-1]
            while last > first and words[last - 1].folded in known.titles:
                last -= 1
            return first, last
    for index in range(first + 1, last - 1):
        if (
            words[index].folded in known.given
            and words[index - 1].folded in known.heads
            and words[index + 1].capital
        ):
            if words[index].folded not in known.heads and not gazetteer().longest(words[index].folded):
                return first, index
    while (
        last - 1 > first
        and words[last - 1].folded in known.titles
        and words[last - 1].folded not in known.heads
    ):
        last -= 1
    return first, last


def _trim_front(draft: Draft, first: int, last: int) -> int:
    """Return the chain's start without nationalities, country names and the first word of a sentence."""
    words, known, places = draft.words, draft.lexicon, gazetteer()
    while first < last - 1:
        word = words[first]
        if known.heads.get(words[last - 1].folded) == "publisher" and word.folded not in known.demonyms:
            return first + (word.folded == "the")
        two = places.of_words(draft.key(first, min(first + 2, last)))
        if word.folded in known.demonyms or word.folded in (
            "the",
            "a",
            "an",
            "former",
            "ex",
            "in",
            "on",
            "at",
        ):
            first += 1
        elif two and two[0].kind == "country" and last - first > 2:
            first += 2
        elif any(place.kind == "country" for place in places.of_words((word.folded,))):
            first += 1
        elif (
            word.first
            and word.folded not in known.heads
            and draft.common(first)
            and word.folded not in ARTICLES
        ):
            capital_next = words[first + 1].capital
            if not capital_next or word.folded in known.stop or word.folded not in known.given | known.family:
                if _adjective_of_name(draft, first):
                    return first
                first += 1
                continue
            return first
        else:
            return first
    return first


def _adjective_of_name(draft: Draft, first: int) -> bool:
    """Tell whether the first word of a sentence may belong to the name: National Police, Supreme Court."""
    nexts = draft.words[first + 1]
    return (
        nexts.folded in draft.lexicon.heads
        and nexts.capital
        and draft.words[first].folded not in draft.lexicon.stop
        and (
            draft.words[first].folded
            in (
                "national",
                "supreme",
                "federal",
                "special",
                "public",
                "interior",
                "justice",
                "defense",
                "constitutional",
                "civil",
                "judicial",
                "military",
                "foreign",
                "finance",
                "coast",
                "health",
            )
        )
    )


def _trim_back(draft: Draft, first: int, last: int) -> int:
    """Return the end of an agency's name without "of COUNTRY" or "de PLACE"."""
    words, places = draft.words, gazetteer()
    for index in range(first + 1, last - 1):
        if words[index].folded in ("of", "de", "del", "in", "en") and not words[index].capital:
            after = index + 1
            while after < last and words[after].folded in ("the", "la", "el", "los"):
                after += 1
            readings = places.of_words(draft.key(after, last))
            if words[after].folded in draft.lexicon.place_parts and words[after].capital:
                return index
            local = readings and readings[0].kind not in ("sea", "continent", "region")
            if local and words[after].folded not in ("estado", "justicia", "guardia"):
                return index
    return last


def _type_of(draft: Draft, first: int, last: int) -> str:
    """Return the type that a head word gives a chain, "" where none stands where a head belongs."""
    words, known = draft.words, draft.lexicon
    start = first
    while start < last - 1 and words[start].folded in ARTICLES:
        start += 1
    segment = last
    for index in range(start + 1, last):
        if words[index].folded in known.institution_connectors and not words[index].capital:
            segment = index
            break
    front, back = known.heads.get(words[start].folded, ""), known.heads.get(words[segment - 1].folded, "")
    if words[start].folded in known.given and words[segment - 1].folded in known.family | known.given:
        back = "" if segment == last or front != back else back
    if (
        back == "nothing"
        and is_common(words[segment - 1].text, "es")
        and not is_common(words[segment - 1].text, "en")
        and segment - start > 1
    ):
        back = ""
    if front == "nothing" and (
        draft.language == "es" or words[start].folded in ("operation", "operacion", "plan", "law", "ley")
    ):
        return front
    if front == "group" and any(word.folded in word_set("state_words") for word in words[start:last]):
        return "agency"
    order = (front, back) if draft.language == "es" else (back, front)
    for found in order:
        if found:
            return found
    return ""
