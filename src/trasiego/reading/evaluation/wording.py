"""When two names mean the same, and two descriptions of what is counted."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Any

from trasiego.reading.shipped import shipped

SHARED_LETTERS = 4
"""Letters that two forms of one word have in common at their beginnings, at least."""

SHARED_PART = 0.6
"""Part of the longer form that these letters are, at least."""


def word_lists() -> dict[str, Any]:
    """Return the word lists of what_classes.toml."""
    return shipped("what_classes")


def folded(text: str) -> str:
    """Return text in small letters, without accents, possessive endings and signs."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'")).casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", re.sub(r"'s\b|s'(?=\s|$)", "", plain)))


def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name that tell it from others: folded, no articles, no plural s."""
    articles = word_lists()["names"]["articles"]
    words = [word for word in folded(name).split() if word not in articles]
    return tuple(word[:-1] if len(word) > SHARED_LETTERS and word.endswith("s") else word for word in words)


@cache
def same_name(one: str, other: str, kind: str = "") -> bool:
    """Tell whether two names mean the same.

    They do when their words are equal; or when all words of the shorter are in the longer, and the head is
    kept, which is the first or the last word of both. Of an entity (`kind` is its type) general words alone
    ("cartel", "police") are not enough, of a person the first name is not; a place may only lack words such
    as "province".
    """
    first, second = sorted((name_words(one), name_words(other)), key=len)
    if first == second:
        return bool(first)
    lists = word_lists()["names"]
    if not first or not set(first) <= set(second) or (kind and set(first) <= set(lists["general"])):
        return False
    if kind == "place":
        return all(word in lists["place"] for word in set(second) - set(first))
    if kind == "person":
        return first != second[:1]
    return first[0] == second[0] or first[-1] == second[-1]


def any_same(names: Iterable[str], others: Iterable[str], kind: str = "") -> bool:
    """Tell whether one of `names` means the same as one of `others`."""
    listed = list(others)
    return any(same_name(name, other, kind) for name in names for other in listed)


def share_word(one: str, other: str) -> bool:
    """Tell whether two descriptions share a word that says something, or words of one class."""
    return any(_akin(word, another) for word in _content(one) for another in _content(other))


def _content(text: str) -> set[str]:
    left_out = word_lists()["left_out"]["words"]
    return {word for word in folded(text).split() if word not in left_out and not word.isdigit()}


@cache
def _akin(one: str, other: str) -> bool:
    return _same_word(one, other) or bool(_classes(one) & _classes(other))


@cache
def _classes(word: str) -> frozenset[str]:
    every = word_lists()["classes"].items()
    return frozenset(name for name, words in every if any(_same_word(word, each) for each in words))


def _same_word(one: str, other: str) -> bool:
    """Tell whether two words are forms of one, by the letters that they begin with."""
    if one == other:
        return True
    shared = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    if shared == min(len(one), len(other)) >= SHARED_LETTERS - 1 and abs(len(one) - len(other)) == 1:
        return one[-1] == "s" or other[-1] == "s"
    return shared >= SHARED_LETTERS and shared >= SHARED_PART * max(len(one), len(other))
