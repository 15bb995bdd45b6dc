"""Names from the lists: bodies of states, organisations, outlets and groups that the trade's reports know."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from trasiego.reading.names.draft import QUOTES, Draft
from trasiego.reading.names.lexicon import ARTICLES, fold, folded_words, is_common, known_bodies, lexicon

SAID = frozenset("dice dijo declaro explico conto said told according acuerdo confirmo".split())
"""Words before "to" or "a" and an outlet."""


@cache
def _index() -> dict[str, list[tuple[tuple[str, ...], str, str]]]:
    """Return (folded words, type, name) of the known names by their first word, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str, str]]] = defaultdict(list)
    for body in known_bodies():
        for name in body.names:
            words = tuple(folded_words(name))
            if words:
                found[words[0]].append((words, body.type, name))
    for names in found.values():
        names.sort(key=lambda each: -len(each[0]))
    return dict(found)


@cache
def _needs_context(name: str, type: str) -> bool:
    """Tell whether a known name has other meanings: an ordinary word, or short letters."""
    words = [word for word in name.split() if fold(word) not in ARTICLES]
    known = lexicon()
    if type == "publisher" and len(words) > 1:
        return False
    if type == "publisher":
        return all(
            is_common(word, "es") or is_common(word, "en") or fold(word) in known.family or len(word) < 4
            for word in words
        )
    return (
        len(words) == 1
        and not words[0].isupper()
        and (is_common(words[0], "es") or is_common(words[0], "en"))
    )


def take_known(draft: Draft) -> None:
    """Take the words of known names, the longest name first."""
    index, words = _index(), draft.words
    position = 0
    doubtful = set()
    while position < len(words):
        taken = 0
        for key, type, name in index.get(words[position].folded, ()):
            last = position + len(key)
            if (last - position == 1 or draft.key(position, last) == key) and _fits(
                draft, position, last, type, name
            ):
                draft.take(position, last, type, "list")
                if type == "group" and len(key) == 1 and _needs_context(name, type):
                    doubtful.add(key[0])
                taken = len(key)
                break
        position += taken or 1
    _take_again(draft, doubtful)


def _take_again(draft: Draft, doubtful: set[str]) -> None:
    """Take the other occurrences of names of one word that were seen to be a group's once."""
    for at, word in enumerate(draft.words):
        if word.folded in doubtful and word.capital and draft.free(at, at + 1):
            before = (
                at > 0 and draft.words[at - 1].capital and draft.follows(at) and not draft.words[at - 1].first
            )
            after = at + 1 < len(draft.words) and draft.words[at + 1].capital and draft.follows(at + 1)
            if not before and not after:
                draft.take(at, at + 1, "group", "list")


def _fits(draft: Draft, first: int, last: int, type: str, name: str) -> bool:
    words = draft.words
    if not all(draft.follows(index) for index in range(first + 1, last)) or not draft.free(first, last):
        return False
    if name.isupper() and len(name) < 6:
        if not all(word.text.isupper() or word.text.isdigit() for word in words[first:last]):
            return False
    elif not _capitals_fit(draft, first, last, type, name):
        return False
    if type == "group" and (_is_shortened(draft, first, last) or _given_before(draft, first)):
        return False
    if type == "agency" and _of_longer(draft, first):
        return False
    if type == "publisher" and first and (words[first - 1].folded,) in lexicon().person_cues:
        return False
    if last < len(words) and _goes_on(draft, last, type):
        return False
    if first and words[first - 1].capital and draft.follows(first) and _goes_on_before(draft, first, type):
        return False
    if _needs_context(name, type):
        return _has_context(draft, first, last, type)
    return True


def _capitals_fit(draft: Draft, first: int, last: int, type: str, name: str) -> bool:
    """Tell whether capitals stand where the known name has them; quoted names of groups may lack them."""
    parts = name.replace("-", " ").split()
    words = draft.words[first:last]
    if len(parts) != len(words):
        return any(word.capital for word in words)
    small = [part[0].isupper() and not word.capital for part, word in zip(parts, words, strict=True)]
    if not any(small):
        return True
    if type != "group":
        return False
    opened = any(mark in QUOTES for mark in draft.words[first].gap)
    return (
        opened
        or (small[0] and not any(small[1:]))
        or (not small[0] and len(small) > 1 and _kind_last(words[-1].folded))
    )


def _kind_last(folded: str) -> bool:
    return folded in lexicon().strong_kinds or folded in {"group", "organization", "organisation"}


def _is_shortened(draft: Draft, first: int, last: int) -> bool:
    """Tell a known family name without an article ("Mendoza" alone) from the group."""
    word = draft.words[first]
    return last - first == 1 and word.folded in lexicon().family and not word.folded.endswith("s")


def _given_before(draft: Draft, first: int) -> bool:
    """Tell "Alfredo Beltrán Leyva": the surnames that name a group, behind the first name of one person."""
    if not first or draft.words[first].folded in ARTICLES or draft.words[first].gap != " ":
        return False
    known, before = draft.lexicon, draft.words[first - 1]
    return before.capital and before.folded in known.given and draft.words[first].folded in known.family


def _goes_on(draft: Draft, last: int, type: str) -> bool:
    """Tell whether the name goes on with a further capitalised word that makes it another one."""
    word = draft.words[last]
    if not (word.capital and draft.follows(last) and word.gap == " "):
        return False
    head = draft.lexicon.heads.get(word.folded)
    return head in ("organization", "agency", "nothing") and type != head if head else False


def _of_longer(draft: Draft, first: int) -> bool:
    """Tell "Dirección de Carabineros": a known name that only closes a longer one."""
    words = draft.words
    if first < 2 or words[first - 1].folded not in ("de", "of") or not words[first - 2].capital:
        return False
    return draft.lexicon.heads.get(words[first - 2].folded) == "agency"


def _goes_on_before(draft: Draft, first: int, type: str) -> bool:
    """Tell whether the word before makes a known short name part of a longer one."""
    before = draft.words[first - 1]
    return (
        type == "publisher"
        and not before.first
        and before.folded not in ARTICLES
        and before.gap == " "
        and (before.folded in draft.lexicon.given or before.folded in draft.lexicon.heads)
    )


def _has_context(draft: Draft, first: int, last: int, type: str) -> bool:
    words = draft.words
    if type == "publisher":
        if words[first].gap.endswith("(") and last < len(words) and words[last].gap.startswith(")"):
            return True
        names = draft.lexicon.before_publishers
        before = list(draft.window(first, 2))
        if before and (before[0] in names or (before[0] in ARTICLES and before[1:2] and before[1] in names)):
            told = before[0] in ("a", "to") and before[1:2] and before[1] in SAID
            small = ("a", "de", "by", "con", "to")
            return bool(told) or before[0] not in small or draft.words[first].folded in ARTICLES
        nouns = any(word in draft.lexicon.publisher_nouns for word in draft.window(first, 3))
        follows = last < len(words) and words[last].folded in draft.lexicon.after_publishers
        return nouns or follows or (last - first > 1 and words[first].folded in ARTICLES)
    if type == "group":
        near = [*draft.window(first, 4), *(word.folded for word in words[last : last + 2])]
        kinds = draft.lexicon.strong_kinds | draft.lexicon.weak_kinds
        return (
            any(word in kinds for word in near)
            or _article_before(draft, first)
            or _own_article(draft, first, last)
            or _paired(draft, last)
            or draft.quoted(first, last)
        )
    return not words[first].first


def _own_article(draft: Draft, first: int, last: int) -> bool:
    """Tell "con Los Lobos": an article with a capital inside a sentence belongs to the name."""
    word = draft.words[first]
    return last - first > 1 and word.folded in ("los", "las") and word.capital and not word.first


def _paired(draft: Draft, last: int) -> bool:
    """Tell "Bagdad y Calor Calor": a name joined to that of a group which has no other meaning."""
    words = draft.words
    if last + 1 >= len(words) or words[last].folded not in ("y", "e", "and", "contra", "versus"):
        return False
    return any(
        type == "group" and draft.key(last + 1, last + 1 + len(key)) == key and not _needs_context(name, type)
        for key, type, name in _index().get(words[last + 1].folded, ())
    )


def _article_before(draft: Draft, first: int) -> bool:
    return (
        bool(first) and draft.words[first - 1].folded in ("los", "las", "the", "'s") and draft.follows(first)
    )
