"""Names of persons in texts: found whatever their case and accents, and given as a role instead.

Whatever leaves the hands of the user who read the reports goes through `Withheld`; nothing else decides what
of a person is shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from trasiego.common.messages import _
from trasiego.reading.candidate import Candidate

_PARTICLES = frozenset(
    "de del la las los el y e da das do dos di van von der jr sr brothers hermanos".split()
)
_SHORTEST_PART = 3
_PLACED = ("operates_in", "based_in", "moves_to", "controls")
"""Predicates whose object is a place or a thing."""

_BODIES = frozenset(
    "cartel clan gang group mafia crew cell band network federation organization organisation command front "
    "office ministry police army navy court unit agency department government party union company family "
    "banda grupo pandilla organizacion red federacion comando frente oficina ministerio policia ejercito "
    "armada corte tribunal unidad agencia fiscalia gobierno partido empresa familia the los las".split()
)
"""Words that a person's name does not hold."""


@dataclass(frozen=True, slots=True)
class Person:
    """A named person: the name, the further names, and what the reports say that the person is."""

    name: str
    aliases: tuple[str, ...] = ()
    role: str = ""


def folded(text: str) -> str:
    """Return `text` composed (NFC), without accents and case, of the same length as its composed form."""
    return "".join(_bare(each) for each in unicodedata.normalize("NFC", text))


def _bare(sign: str) -> str:
    bare = unicodedata.normalize("NFD", sign)[0].casefold()
    return bare if len(bare) == 1 else sign


def persons_of(candidates: Iterable[Candidate]) -> list[Person]:
    """Return the persons among candidates: entities of that type, and parties of relations named like one.

    A party of a relation that no entity names counts as a person where its words look like a person's name:
    what can't be told is withheld.
    """
    every = list(candidates)
    persons: dict[str, Person] = {}
    others: set[str] = set()
    for each in every:
        if each.kind == "entity" and each.type == "person":
            persons.setdefault(folded(each.name), Person(each.name, tuple(each.aliases), each.role))
        elif each.kind == "entity":
            others.update(folded(name) for name in (each.name, *each.aliases))
    for each in every:
        parties = (each.subject, "" if each.predicate in _PLACED else each.object)
        for name in parties if each.kind == "relation" else ():
            if folded(name) not in others and _looks_like_a_person(name):
                persons.setdefault(folded(name), Person(name))
    return list(persons.values())


def _looks_like_a_person(name: str) -> bool:
    words = name.split()
    plain = [folded(word).strip(".,") for word in words]
    if not 2 <= len(words) <= 5 or _BODIES & set(plain):
        return False
    return all(
        word[:1].isupper() and word[1:2].islower() or bare in _PARTICLES
        for word, bare in zip(words, plain, strict=True)
    )


class Withheld:
    """Texts without the names of persons: each name, further name or family name becomes the role.

    `kept` are names that stay although they hold a part of a person's name, such as that of a group called
    after a family. With `shown` True every text comes back as it is; without `parts` a family name alone is
    no name.
    """

    def __init__(
        self,
        persons: Iterable[Person],
        kept: Iterable[str] = (),
        shown: bool = False,
        parts: bool = True,
    ) -> None:
        self.persons = tuple(persons)
        self.shown = shown
        known: dict[str, Person | None] = {}
        families: dict[str, Person | None] = {}
        for person in self.persons:
            for name in (person.name, *person.aliases):
                known.setdefault(_key(name), person)
            for part in _family_names(person.name) if parts else ():
                families.setdefault(part, person)
        whole = set(known)
        for part, owner in families.items():
            known.setdefault(part, owner)
        for name in kept:
            if _key(name) not in whole:
                known[_key(name)] = None
        known.pop("", None)
        self._by_first_word: dict[str, list[tuple[list[str], Person | None]]] = {}
        for name in sorted(known, key=lambda name: (-len(name.split()), name)):
            words = name.split()
            self._by_first_word.setdefault(words[0], []).append((words, known[name]))

    def __call__(self, text: str) -> str:
        """Return `text` with each person's name replaced by what the person is said to be."""
        if self.shown or not text:
            return text
        composed, done, pieces = unicodedata.normalize("NFC", text), 0, []
        for start, end, person in self._found(composed):
            pieces += [composed[done:start], self._role(person)]
            done = end
        return "".join([*pieces, composed[done:]]) if pieces else text

    def holds(self, text: str) -> bool:
        """Whether `text` names one of the persons, even where names are shown."""
        return any(True for _each in self._found(unicodedata.normalize("NFC", text)))

    def named(self, text: str) -> list[Person]:
        """Return the persons whom `text` names, each once, in the order of the text."""
        found = self._found(unicodedata.normalize("NFC", text))
        return list(dict.fromkeys(person for _start, _end, person in found))

    def _found(self, composed: str) -> Iterator[tuple[int, int, Person]]:
        """Yield (start, end, person) of each name in a composed text, of two that begin alike the longer."""
        if not self._by_first_word:
            return
        words = list(re.finditer(r"\w+", folded(composed)))
        at = 0
        while at < len(words):
            length = 1
            for name, person in self._by_first_word.get(words[at].group(), ()):
                if [word.group() for word in words[at : at + len(name)]] != name:
                    continue
                start, end = words[at].start(), words[at + len(name) - 1].end()
                if person is not None and (len(name) > 1 or not composed[start].islower()):
                    yield start, end, person
                length = len(name)
                break
            at += length

    def _role(self, person: Person) -> str:
        """Return the role, itself without a name in it; "a person" where none is known."""
        if not person.role or self.holds(person.role):
            return _("a person")
        return person.role


def _key(name: str) -> str:
    return " ".join(re.findall(r"\w+", folded(name)))


def _family_names(name: str) -> list[str]:
    """Return the words of a name that name the person alone: all after the first, particles apart."""
    words = _key(name).split()[1:]
    return [word for word in words if len(word) >= _SHORTEST_PART and word not in _PARTICLES]
