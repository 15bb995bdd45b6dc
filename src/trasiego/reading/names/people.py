"""Persons: full names by given names, titles and the language model; then their shorter forms."""

from __future__ import annotations

from trasiego.reading.names.draft import QUOTES, Draft
from trasiego.reading.names.gazetteer import gazetteer
from trasiego.reading.names.institutions import chain_end
from trasiego.reading.names.lexicon import ARTICLES, is_common, word_set
from trasiego.reading.names.places import has_cue, in_place_list

ENOUGH = 2.0
KIN = frozenset({"brothers", "sisters", "siblings"})
HERMANOS = frozenset({"hermanos", "hermanas"})
HOUSES = frozenset({"administration", "government", "regime", "family"})


def take_people(draft: Draft) -> None:
    """Take full names of persons, and surnames that a title stands before."""
    index, words = 0, draft.words
    while index < len(words):
        if draft.owner[index] is not None or not words[index].capital:
            index += 1
            continue
        last = chain_end(draft, index)
        if any(word.folded in draft.lexicon.heads for word in words[index:last]):
            last = min(last, _plain_end(draft, index, last))
        last = max(last, index + 1)
        _take_person(draft, index, last)
        index = last


def _plain_end(draft: Draft, first: int, last: int) -> int:
    """Return the end of a chain that a head word let grow too far: the first connector of institutions."""
    for index in range(first + 1, last):
        word = draft.words[index]
        if not word.capital and word.folded not in draft.lexicon.connectors:
            return index
    return last


def _take_person(draft: Draft, first: int, last: int) -> None:
    words, known = draft.words, draft.lexicon
    title = False
    if words[first].folded in known.place_parts and last - first > 1:
        return
    before = next(iter(draft.window(first, 1)), "")
    if before in word_set("facilities") and draft.follows(first) and not words[first - 1].capital:
        draft.take(first, last, "nothing", "facility")
        return
    if in_place_list(draft, first) or (before == "en" and words[first].folded in known.titles):
        return
    titles = [
        index
        for index in range(first, last - 1)
        if words[index].folded in known.titles and words[index].capital
    ]
    if titles and not any(word.folded in known.given - known.titles for word in words[first : titles[-1]]):
        first, title = titles[-1] + 1, True
    while first < last and _is_lead(draft, first, last):
        title = title or words[first].folded in known.demonyms and last - first > 2
        title = title or words[first].folded in known.titles
        first += 1
    while first < last and not words[first].capital:
        first += 1
    if first >= last:
        return
    previous = words[first - 1] if first else None
    if previous is not None and not title and draft.follows(first):
        title = previous.folded in known.titles and not words[first].first
    last = _over_nickname(draft, first, last)
    parts = [word for word in words[first:last] if word.capital]
    follows = words[last].folded if last < len(words) and draft.follows(last) else ""
    if follows in KIN or (previous is not None and previous.folded in HERMANOS and draft.follows(first)):
        span = draft.take(first, last + (follows in KIN), "person", "kin")
        span.name = span.name if follows in KIN else f"hermanos {span.name}"
    elif len(parts) == 1:
        if _surname_fits(draft, first, title, follows):
            draft.take(first, last, "person", "title")
    elif _score(draft, first, last, title) >= ENOUGH:
        draft.take(first, last, "person", "title" if title else "name")


def _is_lead(draft: Draft, index: int, last: int) -> bool:
    """Tell whether a word stands before a name without being part of it."""
    word, known = draft.words[index], draft.lexicon
    if word.folded in known.titles and not (
        word.folded in known.given and not word.first and index + 2 >= last
    ):
        return index + 1 < last and draft.words[index + 1].gap in (" ", ". ", "\n")
    if word.folded in known.demonyms or word.folded in (
        "alias",
        "ex",
        "former",
        "the",
        "said",
        "according",
        "interior",
        "defense",
    ):
        return True
    if word.acronym and index + 2 < last and len(word.text) < 6:
        return True
    ordinary = (
        word.first and word.folded not in known.given and (draft.common(index) or word.folded in known.stop)
    )
    return ordinary and (index + 1 < last)


def _over_nickname(draft: Draft, first: int, last: int) -> int:
    """Return the end of a name that goes on after a quoted nickname: NAME "El X" SURNAME."""
    words = draft.words
    if last >= len(words) or draft.words[last].gap[-1:] not in QUOTES or words[last].gap[:1] != " ":
        return last
    for end in range(last + 1, min(last + 4, len(words))):
        gap = words[end].gap
        if gap and gap[0] in QUOTES and gap[-1] == " " and words[end].capital and draft.free(last, end + 1):
            stop = chain_end(draft, end)
            if len(gap) == 2 and all(word.folded not in draft.lexicon.heads for word in words[end:stop]):
                draft.nicknames[first] = (last, end)
                return stop
        if gap and gap[0] in QUOTES:
            break
    return last


def _surname_fits(draft: Draft, index: int, title: bool, follows: str) -> bool:
    word, known = draft.words[index], draft.lexicon
    bad = (
        word.folded in known.heads
        or word.folded in known.stop
        or word.folded in known.demonyms
        or word.acronym
    )
    bad = bad or word.folded in known.titles or word.folded in known.place_parts
    if bad or len(word.text) < 3 or any(place.plain for place in gazetteer().of_words((word.folded,))):
        return False
    listed = word.folded in known.family or word.folded in known.given
    if title:
        return listed or not draft.common(index)
    return follows in HOUSES and (listed or draft.label(index, index + 1) == "PERSON")


def _score(draft: Draft, first: int, last: int, title: bool) -> float:
    words, known = draft.words, draft.lexicon
    nickname = range(*draft.nicknames.get(first, (0, 0)))
    parts = [words[index] for index in range(first, last) if words[index].capital and index not in nickname]
    parts = [parts[0], *(word for word in parts[1:] if word.folded not in ARTICLES)]
    if any(
        (word.folded in known.stop and not (word is parts[0] and word.folded in known.given))
        or word.folded in known.demonyms
        or any(sign.isdigit() for sign in word.text)
        for word in parts
    ):
        return 0.0
    if len(parts) > 6 or known.heads.get(parts[0].folded) in ("nothing", "agency", "organization"):
        return 0.0
    score = 2.0 * (parts[0].folded in known.given)
    score += 1.0 * (parts[-1].folded in known.family or (len(parts) > 2 and parts[1].folded in known.family))
    score += 1.0 * (sum(word.folded in known.family for word in parts[1:]) > 1)
    score += 1.0 * (len(parts) > 2 and parts[1].folded in known.given)
    score += 1.5 * (draft.label(first, last) in ("PERSON", "PER")) + 2.0 * title
    score -= 2.0 * (
        all(is_common(word.text, "en") and word.folded not in known.given for word in parts)
        and draft.label(first, last) not in ("PERSON", "PER")
    )
    score += 0.5 * (
        len(parts) > 2
        and draft.label(first, last) in ("PERSON", "PER")
        and not any(is_common(word.text, draft.language) for word in parts)
    )
    score -= 3.0 * bool(gazetteer().of_words(draft.key(first, last)))
    score -= 1.5 * any(word.folded in known.heads or word.folded in known.place_parts for word in parts)
    score -= 2.0 * any(
        word.acronym and not word.text.endswith(".") and not all(each.acronym for each in parts)
        for word in parts
    )
    score += 2.0 * (len(parts) > 1 and _beside_person(draft, first))
    score += 1.0 * (_has_role_after(draft, last) or _has_title_before(draft, first))
    speaks = (
        last < len(words)
        and words[last].folded in word_set("speech")
        or first > 0
        and words[first - 1].folded in word_set("speech")
    )
    score += 0.5 * (speaks and draft.label(first, last) in ("PERSON", "PER"))
    score += 0.5 * (
        last < len(words)
        and words[last].folded in ("alias", "said", "told", "dijo", "who", "quien", "conocido")
    )
    return score


def _beside_person(draft: Draft, first: int) -> bool:
    """Tell whether a name goes on a list of persons."""
    if first < 2:
        return False
    joints = ("y", "and", "e")
    step = 2 if draft.words[first - 1].folded in joints else 1
    if draft.words[first - 1].folded == "de" and draft.words[first - 2].folded in joints and first > 4:
        step = next((back for back in range(3, 6) if draft.owner[first - back] is not None), 3)
    owner = draft.owner[first - step]
    if step > 2:
        return owner is not None and owner.type == "person"
    joined = draft.words[first].gap == (" " if step == 2 else ", ")
    return (
        joined
        and owner is not None
        and owner.type == "person"
        and owner.last == first - step + 1
        and "name" in owner.witnesses
    )


def _has_role_after(draft: Draft, last: int) -> bool:
    """Tell "NAME, the suspected leader of": a role right after the name."""
    words, known = draft.words, draft.lexicon
    if last >= len(words) or words[last].gap != ", " or words[last].first:
        return False
    return any(word.folded in known.roles for word in words[last : last + 4])


def _has_title_before(draft: Draft, first: int) -> bool:
    """Tell "Commissioner for Home Affairs, NAME": a title in the words before a comma."""
    if not first or draft.words[first].gap != ", ":
        return False
    return any(word in draft.lexicon.titles for word in draft.window(first, 6))


def take_epithets(draft: Draft) -> None:
    """Take "El X" in an English report, and a quoted name after what a person is, for a person."""
    words, known = draft.words, draft.lexicon
    for index in range(1, len(words) - 1):
        word = words[index]
        if draft.owner[index] is not None or not word.capital:
            continue
        after_role = words[index - 1].folded in known.roles | {"lord", "criminals"} and word.gap in (
            ' "',
            " “",
            " '",
            " ‘",
            " «",
        )
        if after_role or (
            draft.language == "en"
            and word.folded == "el"
            and words[index + 1].capital
            and draft.follows(index + 1)
        ):
            last = chain_end(draft, index)
            if (
                last - index <= 4
                and (last - index > 1 or draft.quoted(index, last))
                and not gazetteer().of_words(draft.key(index, last))
            ):
                draft.take(index, last, "person", "alias")


def take_surnames(draft: Draft) -> None:
    """Take the names after "de apellidos": A (leader), B y C."""
    words = draft.words
    for index, word in enumerate(words):
        if word.folded not in SURNAMES or word.capital:
            continue
        at = index + 1
        while (
            at < len(words)
            and at - index < 40
            and not words[at].first
            and words[at].capital
            and draft.owner[at] is None
        ):
            last = chain_end(draft, at)
            draft.take(at, last, "person", "surname")
            at = last
            while (
                at < len(words)
                and at - last < 8
                and not words[at].capital
                and (
                    words[at].folded in ("y", "e")
                    or "(" in words[at].gap
                    or not words[at].gap.startswith((",", ";", ")", "."))
                )
            ):
                if words[at].folded in word_set("after_surnames"):
                    break
                at += 1
            if word.folded == "apellido":
                break


SURNAMES = frozenset(
    {"surname", "apellido", "apellidos", "apellidado", "apellidados", "apellidada", "surnamed"}
)


def take_short_forms(draft: Draft) -> None:
    """Take single words and pairs that are part of the name of a person found in full."""
    words, known = draft.words, draft.lexicon
    full = [span for span in draft.spans if span.type == "person" and "kin" not in span.witnesses]
    surnames = {
        key
        for span in full
        for parts in [[word for word in words[span.first : span.last] if word.capital]]
        for key in _short_keys([word.folded for word in parts])
        if len(parts) > 1 or "alias" in span.witnesses or "title" in span.witnesses
    }
    for index, word in enumerate(words):
        if not word.capital or draft.owner[index] is not None:
            continue
        for length in (3, 2, 1):
            key = draft.key(index, index + length)
            if (
                len(key) == length
                and key in surnames
                and draft.free(index, index + length)
                and _stands_alone(draft, index, index + length)
            ):
                if length > 1 or word.folded not in known.stop | known.titles:
                    draft.take(index, index + length, "person", "short")
                    break


def _short_keys(parts: list[str]) -> list[tuple[str, ...]]:
    if len(parts) == 1:
        return [tuple(parts)]
    return [
        tuple(parts[start:end])
        for start in range(len(parts))
        for end in range(start + 1, len(parts) + 1)
        if end - start < 4 and (start or end - start > 1)
    ]


def _stands_alone(draft: Draft, first: int, last: int) -> bool:
    words = draft.words
    before = (
        first > 0 and draft.owner[first - 1] is None and words[first - 1].capital and draft.follows(first)
    )
    after = (
        last < len(words)
        and draft.owner[last] is None
        and words[last].capital
        and draft.follows(last)
        and words[last].gap == " "
    )
    readings = gazetteer().of_words(draft.key(first, last))
    if any(place.plain for place in readings) and (
        readings[0].kind == "country" or has_cue(draft, first, last)
    ):
        return False
    lead = before and (words[first - 1].folded in draft.lexicon.titles or words[first - 1].first)
    return (not before or lead) and not (after and not words[last].first)
