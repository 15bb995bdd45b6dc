"""Groups of the trade by the words round them: Los X, the Xs, X gang, la banda X."""

from __future__ import annotations

import re

from trasiego.reading.names.draft import Draft, Span
from trasiego.reading.names.gazetteer import gazetteer
from trasiego.reading.names.institutions import chain_end
from trasiego.reading.names.lexicon import ARTICLES, is_common, word_set


def take_titles_of_works(draft: Draft) -> None:
    """Keep the quoted title of a report, a series or a song from being taken for a name."""
    words = draft.words
    for index, word in enumerate(words):
        if not word.capital or draft.text[word.start - 1 : word.start] not in ('"', "“", "«", "‘"):
            continue
        end = index + 1
        while end < len(words) and end - index < 16 and not any(mark in words[end].gap for mark in '"”»\n'):
            end += 1
        if (
            end - index > 1
            and any(near in word_set("works") for near in draft.window(index, 6))
            and draft.free(index, end)
        ):
            draft.take(index, end, "nothing", "title")


def take_groups(draft: Draft) -> None:
    """Take names of groups, by their articles, plurals and the words beside them."""
    words = draft.words
    for index in range(len(words)):
        if draft.owner[index] is not None or not words[index].capital:
            continue
        if index and draft.owner[index - 1] is None and words[index - 1].capital and draft.follows(index):
            continue
        last = chain_end(draft, index)
        first, last = _without_front(draft, index, last)
        if first < last:
            _take_group(draft, first, last)


def _without_front(draft: Draft, first: int, last: int) -> tuple[int, int]:
    word, known = draft.words[first], draft.lexicon
    if last - first > 1 and (
        word.folded in known.demonyms or word.folded in known.titles or word.folded in ("the", "el")
    ):
        return first + 1, last
    if (
        word.first
        and last - first > 1
        and word.folded not in ARTICLES
        and draft.common(first)
        and word.folded not in known.family | known.given
    ):
        return first + 1, last
    return first, last


def _take_group(draft: Draft, first: int, last: int) -> None:
    words, known = draft.words, draft.lexicon
    core = first + (words[first].folded in ARTICLES and last - first > 1)
    name = draft.key(core, last)
    if (
        any(word in known.stop or word in known.demonyms for word in name if len(name) == 1)
        or known.heads.get(name[-1]) == "agency"
    ):
        return
    if words[first].first and last - first == 1 and not draft.quoted(first, last):
        return
    if last < len(words) and words[last].folded in KIN:
        return
    if all(word in known.demonyms or word in REGIONS for word in name):
        return
    place = bool(gazetteer().of_words(draft.key(first, last)) or gazetteer().of_words(name))
    end = 0 if name[-1].endswith(("ist", "ista", "based")) else _kind_after(draft, last, place)
    if end and place and words[end - 1].folded in PARTS:
        end = 0
    if end and not (last - core == 1 and name[0] in known.titles):
        keep = place or end - last > 1 or words[last].folded in ("cartel", "clan", "mafia", "family")
        draft.take(first, end if keep else last, "group", "kind")
    elif _kind_before(draft, first, place):
        start = _with_kind(draft, first, place)
        draft.take(start, last, "group", "kind")
    elif _described(draft, first, last) and not place:
        draft.take(first, last, "group", "kind")
    elif draft.quoted(first, last) and _english_plural(draft, first, last):
        draft.take(first, last, "group", "plural")
    elif not place and (_spanish_plural(draft, first, core, last) or _english_plural(draft, first, last)):
        draft.take(first, last, "group", "plural")


def _described(draft: Draft, first: int, last: int) -> bool:
    """Tell "the X, a splinter group", "X, una poderosa banda": said to be a group right after the name."""
    words, known = draft.words, draft.lexicon
    if last + 1 >= len(words) or words[last].gap.strip('"”» ') != "," or words[last].first:
        return False
    if words[last].folded not in ("a", "an", "un", "una", "the", "la", "el"):
        return False
    if words[first].folded in known.given or gazetteer().of_words(draft.key(first, last)):
        return False
    definite = words[last].folded in ("the", "la", "el")
    for index in range(last + 1, min(last + 8, len(words))):
        word = words[index]
        if definite and word.folded in known.weak_kinds:
            follows = words[index + 1].folded if index + 1 < len(words) else ""
            return word.folded in ("group", "grupo") and follows in ("that", "which", "que")
        if "," in word.gap or word.first or word.folded in ("of", "de", "who", "que", "in", "en"):
            if word.folded not in ("of", "de") or words[index - 1].folded not in word_set("bodies_of_groups"):
                return False
        if word.folded in known.strong_kinds or (
            word.folded in known.weak_kinds and (index > last + 1 or word.folded in ("group", "grupo"))
        ):
            return word.folded not in ("family", "familia", "army", "red", "redes")
    return False


def _kind_after(draft: Draft, at: int, place: bool) -> int:
    """Return the end of the kind words after a name ("crime family"), or 0."""
    words, known = draft.words, draft.lexicon
    index = at
    while index < len(words) and index - at < 3 and draft.follows(index) and not words[index].capital:
        word = words[index].folded
        if word in known.strong_kinds or (word in known.weak_kinds and (index > at or not place)):
            if draft.language == "es" and word in known.weak_kinds:
                return 0
            return index + 1
        if word not in known.between_kinds:
            return 0
        index += 1
    return 0


def _kind_before(draft: Draft, first: int, place: bool) -> bool:
    """Tell whether a kind word stands before a name, with few words between."""
    words, known = draft.words, draft.lexicon
    index, joined, steps = first - 1, False, 0
    if first == 0 or words[first].first and not draft.quoted(first, first + 1):
        return False
    while (
        index >= 0
        and steps < 4
        and (
            draft.follows(index + 1)
            or index + 1 == first
            and words[first].gap.strip() in ("“", '"', "«", "‘", "'", ",")
        )
    ):
        word = words[index].folded
        if word in known.strong_kinds or word in known.weak_kinds:
            if words[index].capital or (index and (words[index - 1].folded, word) == ("al", "frente")):
                return False
            strict = word in ("cartel", "carteles", "clan", "mafia", "pandilla", "cartels")
            if joined and (word in known.weak_kinds or (draft.language == "en" and not strict)):
                return False
            if place and not (strict and (joined or (draft.language == "es" and index == first - 1))):
                return False
            return word not in (
                "groups",
                "gangs",
                "cartels",
                "grupos",
                "networks",
                "redes",
                "families",
                "familias",
            ) or words[first].folded in ("los", "las")
        if word in ("de", "del", "of", "called", "named"):
            joined = word in ("de", "del", "of")
        elif word not in known.between_kinds and word not in ("los", "las", "the", "la", "el"):
            return False
        index, steps = index - 1, steps + 1
    return False


def _with_kind(draft: Draft, first: int, place: bool) -> int:
    """Return the start of "cartel de X", "clan X": the kind word where it belongs to the name."""
    words = draft.words
    index = first - 1
    while (
        index >= 0 and words[index].folded in ("de", "del", "los", "la", "las") and draft.follows(index + 1)
    ):
        index -= 1
    if (
        index >= 0
        and words[index].folded in ("cartel", "clan")
        and draft.follows(index + 1)
        and (place or draft.language == "es")
    ):
        return index
    return first


def _spanish_plural(draft: Draft, first: int, core: int, last: int) -> bool:
    """Tell "Los Pelones" inside a sentence or in quotation marks, and "los Pachenca"."""
    words, known = draft.words, draft.lexicon
    name = words[core:last]
    if (
        known.heads.get(name[0].folded) == "nothing"
        or name[0].folded in known.place_parts | {"rios"}
        or any(word.acronym for word in name)
    ):
        return False
    if core > first:
        if words[first].folded not in ("los", "las"):
            return False
        return (
            not words[first].first
            or words[first].gap.endswith(("“", '"', "«", "‘"))
            or not draft.common(core)
            or len(name) < 2
        )
    before = words[first - 1] if first else None
    if before is None or before.folded != "los" or not draft.follows(first) or len(name) > 2:
        return False
    return name[0].folded not in known.stop and not (
        draft.common(core) and name[0].folded not in known.family
    )


def _english_plural(draft: Draft, first: int, last: int) -> bool:
    """Tell "the Lorenzanas": an unknown plural, or a family's, after "the"."""
    words, known = draft.words, draft.lexicon
    before = words[first - 1].folded if first else ""
    name = words[first:last]
    opened = bool(name[0].gap) and name[0].gap[-1] in '"“‘«'
    listed = (
        before in ("and", "y")
        and first > 1
        and draft.owner[first - 2] is not None
        and (
            draft.owner[first - 2].type == "group" and words[first - 2].folded.endswith("s")  # type: ignore[union-attr]
        )
    )
    if not (before in ("the", "los") or listed) or not (draft.follows(first) or opened):
        return False
    word = name[-1]
    if (
        not word.folded.endswith("s")
        or word.folded in known.stop_plurals
        or word.acronym
        or len(word.text) < 4
    ):
        return False
    if (
        last < len(words)
        and words[last].folded == "'s"
        or any(part.folded in known.demonyms or part.folded in known.stop for part in name)
    ):
        return False
    if (
        word.folded.endswith("ss")
        or last < len(words)
        and draft.follows(last)
        and words[last].folded in PLACED
    ):
        return False
    return opened or not is_common(word.text, "en") or word.folded[:-1] in known.family


def take_first_words(draft: Draft) -> None:
    """Take the first word of a group's name for the group where "the" stands before it: the Familia."""
    words = draft.words
    firsts: dict[str, Span] = {}
    for span in draft.spans:
        key = [word.folded for word in words[span.first : span.last] if word.folded not in ARTICLES]
        if (
            span.type == "group"
            and len(key) > 1
            and words[span.first].capital
            and key[0] not in draft.lexicon.demonyms
        ):
            firsts.setdefault(key[0], span)
    for index, word in enumerate(words):
        if word.capital and word.folded in firsts and draft.owner[index] is None and not word.first and index:
            alone = index + 1 >= len(words) or not (words[index + 1].capital and draft.follows(index + 1))
            if alone and words[index - 1].folded in ("the", "los", "las") and draft.follows(index):
                draft.links.append((firsts[word.folded], draft.take(index, index + 1, "group", "short")))


def take_fronts(draft: Draft) -> None:
    """Take "57th Front" and "Frente 57"."""
    words = draft.words
    for index, word in enumerate(words):
        if word.folded not in ("front", "frente", "bloc", "bloque") or not word.capital or draft.owner[index]:
            continue
        before, after = (
            words[index - 1] if index else None,
            words[index + 1] if index + 1 < len(words) else None,
        )
        if before is not None and ORDINAL.fullmatch(before.folded) and draft.free(index - 1, index):
            draft.take(index - 1, index + 1, "group", "kind")
        elif (
            after is not None
            and after.text.isdigit()
            and draft.follows(index + 1)
            and draft.free(index, index + 2)
        ):
            draft.take(index, index + 2, "group", "kind")


ORDINAL = re.compile(r"\d+(st|nd|rd|th)")


def take_repeats(draft: Draft) -> None:
    """Take the further occurrences of names of several words that were found for parties once."""
    words = draft.words
    found: dict[tuple[str, ...], str] = {}
    for span in draft.spans:
        if span.type in ("group", "agency", "organization") and span.last - span.first > 1:
            found.setdefault(draft.key(span.first, span.last), span.type)
    starts = {key[0] for key in found}
    longest = max((len(key) for key in found), default=0)
    for index, word in enumerate(words):
        if not word.capital or word.folded not in starts:
            continue
        for length in range(min(longest, len(words) - index), 1, -1):
            type = found.get(draft.key(index, index + length))
            if (
                type
                and draft.free(index, index + length)
                and all(draft.follows(each) for each in range(index + 1, index + length))
            ):
                draft.take(index, index + length, type, "repeat")
                break


def take_coordinated(draft: Draft) -> None:
    """Take a free place name for the cartel of the place where it stands in a list with a group.

    "The Sinaloa and Los Zetas cartels", and "los de Sinaloa": the name must be that of a cartel
    that the report or the lists know.
    """
    words = draft.words
    cores = {
        tuple(
            word for word in draft.key(span.first, span.last) if word not in ARTICLES and word not in CARTEL
        )
        for span in draft.spans
        if span.type == "group"
    } | KNOWN_SEATS
    for index, word in enumerate(words):
        if draft.owner[index] is not None or not word.capital or (word.folded,) not in cores:
            continue
        after = index + 2 if index + 2 < len(words) and words[index + 2].folded in ARTICLES else index + 1
        joined = index + 2 < len(words) and words[index + 1].folded in ("and", "y", "e", "or")
        ahead = [draft.owner[each] for each in (index + 2, index + 3) if joined and each < len(words)]
        behind = (
            draft.owner[index - 2]
            if index > 1 and words[index - 1].folded in ("and", "y", "e", "or")
            else None
        )
        listed = draft.owner[after] if after < len(words) and words[after].gap == ", " else None
        theirs = index > 1 and (words[index - 2].folded, words[index - 1].folded) == ("los", "de")
        if theirs or any(each is not None and each.type == "group" for each in (*ahead, behind, listed)):
            draft.take(index, index + 1, "group", "list")


PLACED = frozenset("government administration agreement route river basin valley region".split())
REGIONS = frozenset("central south north latin eastern western southern northern".split())
PARTS = frozenset("faction faccion cell celula dissidents guerrilla guerrillas".split())
KIN = frozenset({"brothers", "sisters", "siblings"})
CARTEL = frozenset({"cartel", "cartels", "de", "del", "clan", "gang", "of"})
KNOWN_SEATS = frozenset(
    {("sinaloa",), ("gulf",), ("juarez",), ("tijuana",), ("medellin",), ("cali",), ("jalisco",)}
)
