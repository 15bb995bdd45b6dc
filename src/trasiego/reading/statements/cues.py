"""What sets off a relation between two parties that are read loosely, from pairs.toml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from trasiego.reading.shipped import shipped
from trasiego.reading.statements.vocabulary import Phrase, phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from trasiego.reading.statements.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Cue:
    """What a phrase says of two parties; see pairs.toml for the fields."""

    predicate: str
    shape: str
    subject: frozenset[str]
    object: frozenset[str]
    weight: float


@dataclass(frozen=True, slots=True)
class Met:
    """A cue met at the words [first, last) of a sentence."""

    first: int
    last: int
    cue: Cue


def _read() -> dict[str, Any]:
    return shipped("pairs")


def scale(name: str) -> float:
    """Return a number of the section "scale" of pairs.toml."""
    return float(_read()["scale"][name])


def reliability(predicate: str) -> float:
    """Return how often a pair of a predicate was right, 0 to 1."""
    return float(_read()["reliability"][predicate])


@cache
def word_list(name: str, language: str) -> frozenset[str]:
    """Return a list of the section "words" of pairs.toml, empty where there is none."""
    return frozenset(_read()["words"].get(name, {}).get(language, ()))


@cache
def _cues(language: str) -> dict[str, list[tuple[Phrase, Cue]]]:
    """Return the cues of a language by the first word of their phrases, longer phrases first."""
    found: dict[str, list[tuple[Phrase, Cue]]] = {}
    for entry in _read()["cue"]:
        cue = Cue(
            entry["predicate"],
            entry["shape"],
            frozenset(entry["subject"]),
            frozenset(entry["object"]),
            entry["weight"],
        )
        for text in entry[language]:
            parts = phrase(text)
            for first in parts[0]:
                found.setdefault(first, []).append((parts, cue))
    for each in found.values():
        each.sort(key=lambda pair: -len(pair[0]))
    return found


def cues(sentence: Sentence) -> Iterator[Met]:
    """Yield the cues in a sentence, outside of names: per predicate and shape the longest at a word."""
    known = _cues(sentence.language)
    for word in range(len(sentence)):
        if sentence.mentions[word] is not None:
            continue
        met: set[tuple[str, str]] = set()
        both = {sentence.lemmas[word], sentence.forms[word]}
        listed = [pair for each in sorted(both) for pair in known.get(each, ())]
        for parts, cue in sorted(listed, key=lambda pair: -len(pair[0])):
            if (cue.predicate, cue.shape) in met:
                continue
            end = sentence.matches(word, parts)
            if end:
                met.add((cue.predicate, cue.shape))
                yield Met(word, end, cue)
