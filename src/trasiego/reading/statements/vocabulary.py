"""The words and rules of the statements, from the shipped lists."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from trasiego.reading.shipped import shipped

GAP = "~"
"""Stands in a phrase for up to GAP_WORDS words."""

GAP_WORDS = 4

KINDS = ("verb", "title", "link", "pair")
"""Kinds of rules; see relations.toml."""

Phrase = tuple[frozenset[str], ...]
"""Words one after the other, each any of a set of lemmas or forms; {GAP} for a gap."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What makes a relation; see relations.toml for `kind` (one of KINDS) and the other fields.

    `leads_to` are the words between the trigger and the object, "" for none.
    """

    kind: str
    predicate: str
    leads_to: tuple[str, ...]
    subject: frozenset[str]
    object: frozenset[str]
    swap: bool
    mutual: bool
    goods: bool
    topic: bool
    needs: frozenset[str]
    confidence: float


def lists() -> dict[str, Any]:
    """Return statements.toml."""
    return shipped("statements")


@cache
def words(section: str, language: str) -> frozenset[str]:
    """Return the words of a list such as "negation" or "nouns.actor" in "en" or "es"."""
    found = lists()
    for part in section.split("."):
        found = found[part]
    return frozenset(found[language])


@cache
def noun_classes(language: str) -> dict[str, frozenset[str]]:
    """Return the classes of each common noun that may stand for a party."""
    found: dict[str, set[str]] = {}
    for name in lists()["nouns"]:
        for word in words(f"nouns.{name}", language):
            found.setdefault(word, set()).add(name)
    return {word: frozenset(classes) for word, classes in found.items()}


def phrase(text: str) -> Phrase:
    """Return a phrase as it is written in the lists."""
    return tuple(frozenset(part.split("|")) for part in text.split())


@cache
def rules(language: str) -> dict[str, list[tuple[Phrase, Rule]]]:
    """Return the rules of a language by the first word of their phrases, longer phrases first."""
    read = shipped("relations")
    found: dict[str, list[tuple[Phrase, Rule]]] = {}
    for kind in KINDS:
        for entry in read[kind]:
            rule = Rule(
                kind,
                entry["predicate"],
                tuple(entry.get(f"to_{language}", ())),
                frozenset(entry["subject"]),
                frozenset(entry["object"]),
                entry.get("swap", False),
                entry.get("mutual", False),
                entry.get("goods", False),
                entry.get("topic", False),
                frozenset(entry.get("needs", ())),
                entry["confidence"],
            )
            for text in entry[language]:
                parts = phrase(text)
                for first in parts[0]:
                    found.setdefault(first, []).append((parts, rule))
    for each in found.values():
        each.sort(key=lambda pair: -len(pair[0]))
    return found
