"""Names of several reports that may mean one party: proposals for a person to accept, never applied here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from trasiego.common.messages import _
from trasiego.reading.candidate import Candidate
from trasiego.reading.names.lexicon import fold, folded_words, known_bodies, lexicon
from trasiego.reading.names.linking import body_of, core

ALIKE = 90.0
"""Likeness (0 to 100, rapidfuzz) from which on two spellings are proposed as one."""

MERGED_TYPES = ("person", "group", "agency", "organization", "publisher", "role")
"""Places are told apart by the gazetteer and are not proposed."""

LARGEST_BLOCK = 400
"""Names that share a word more common than this are compared through their other words only."""


@dataclass(frozen=True, slots=True)
class Merge:
    """A proposal that several names of a type mean one party.

    `names` are the names, the one most reports use first; `documents` the reports that use any of them;
    `score` is 0 to 1; `reason` says what speaks for it, for the reader.
    """

    type: str
    names: tuple[str, ...]
    documents: tuple[str, ...]
    score: float
    reason: str

    def to_dict(self) -> dict[str, Any]:
        """Return the proposal as a line of a file of merges, with its id; there the score is 0 to 100."""
        stem = sha256("\n".join((self.type, *self.names)).encode()).hexdigest()[:12]
        return {
            "id": f"m-{stem}",
            "names": list(self.names),
            "documents": list(self.documents),
            "type": self.type,
            "score": round(100 * self.score, 1),
            "reason": self.reason,
        }


@dataclass(frozen=True, slots=True)
class _Named:
    """A name as one type has it over all reports: its spellings' further names and its reports."""

    name: str
    aliases: tuple[str, ...]
    documents: tuple[str, ...]
    core: tuple[str, ...]


def propose_merges(candidates: Iterable[Candidate]) -> list[Merge]:
    """Return the merges to look at, the surest first and always in the same order; nothing is changed."""
    found = []
    for type, named in sorted(_by_type(candidates).items()):
        links: dict[int, tuple[float, str]] = {}
        parent = list(range(len(named)))

        def root(index: int, parent: list[int] = parent) -> int:
            while parent[index] != index:
                parent[index] = parent[parent[index]]
                index = parent[index]
            return index

        for one, other, score, reason in sorted(_pairs(type, named), key=lambda pair: (-pair[2], pair[:2])):
            first, second = sorted((root(one), root(other)))
            if first != second:
                parent[second] = first
                weakest = min(
                    links.pop(first, (1.0, "")), links.pop(second, (1.0, "")), key=lambda each: each[0]
                )
                links[first] = (score, reason) if score <= weakest[0] or not weakest[1] else weakest
        groups: dict[int, list[_Named]] = defaultdict(list)
        for index, each in enumerate(named):
            groups[root(index)].append(each)
        found += [_merge(type, groups[index], *link) for index, link in links.items()]
    return sorted(found, key=lambda merge: (-merge.score, merge.type, merge.names))


def _by_type(candidates: Iterable[Candidate]) -> dict[str, list[_Named]]:
    """Return the distinct names of each type, with the further names and the reports of each."""
    aliases: dict[tuple[str, str], set[str]] = defaultdict(set)
    documents: dict[tuple[str, str], set[str]] = defaultdict(set)
    for each in candidates:
        if each.kind == "entity" and each.type in MERGED_TYPES:
            aliases[each.type, each.name].update(each.aliases)
            documents[each.type, each.name].add(each.document)
    found: dict[str, list[_Named]] = defaultdict(list)
    for type, name in sorted(documents):
        key = (type, name)
        words = core(type, tuple(folded_words(name)))
        found[type].append(_Named(name, tuple(sorted(aliases[key])), tuple(sorted(documents[key])), words))
    return found


def _pairs(type: str, named: list[_Named]) -> list[tuple[int, int, float, str]]:
    """Return (index, index, score, reason) of the names that may mean the same."""
    found: dict[tuple[int, int], tuple[float, str]] = {}

    def add(several: list[int], score: float, reason: str) -> None:
        for other in several[1:]:
            pair = (several[0], other)
            if pair[0] != pair[1] and found.get(pair, (0.0, ""))[0] < score:
                found[pair] = (score, reason)

    for several in _blocks(enumerate(f"{_core_key(each)} {_listed(type, each.name)}" for each in named)):
        add(several, 0.99, _("the same words but for articles, accents and words such as cartel"))
    for several in _blocks(enumerate(_listed(type, each.name) for each in named)):
        add(several, 0.97, _("names of one party in the shipped lists"))
    for several in _blocks(
        (index, key)
        for index, each in enumerate(named)
        for key in {_identity(type, name) for name in (each.name, *each.aliases)}
    ):
        add(several, 0.95, _("a report gives one as a further name of the other"))
    for several in _blocks(_initials(index, each) for index, each in enumerate(named) if type != "person"):
        add(several, 0.8, _("the letters of one are the initials of the other"))
    for (one, other), score in _alike(type, named).items():
        listed = {_listed(type, named[one].name), _listed(type, named[other].name)} - {""}
        if found.get((one, other), (0.0, ""))[0] < score and len(listed) < 2:
            found[one, other] = (score, _("spelled alike"))
    return [(one, other, score, reason) for (one, other), (score, reason) in found.items()]


def _blocks(keyed: Iterable[tuple[int, str]]) -> list[list[int]]:
    """Return the indices that share a key, those keys alone that two or more have."""
    found: dict[str, list[int]] = defaultdict(list)
    for index, key in keyed:
        if key and index not in found[key]:
            found[key].append(index)
    return [several for _key, several in sorted(found.items()) if len(several) > 1]


def _core_key(named: _Named) -> str:
    return " ".join(named.core)


def _listed(type: str, name: str) -> str:
    """Return a key of the body in the shipped lists that a name means, or ""."""
    number = body_of(type, tuple(folded_words(name)))
    return "" if number is None else f"{number} {known_bodies()[number].names[0]}"


def _identity(type: str, name: str) -> str:
    """Return the listed body that a name means, else the core of the name."""
    return _listed(type, name) or " ".join(core(type, tuple(folded_words(name))))


def _initials(index: int, named: _Named) -> tuple[int, str]:
    """Return the letters that stand for a name: its own where it is an abbreviation, else its initials."""
    if len(named.core) == 1:
        return index, named.core[0] if named.name.isupper() else ""
    return index, "".join(word[0] for word in named.core) if len(named.core) > 2 else ""


def _alike(type: str, named: list[_Named]) -> dict[tuple[int, int], float]:
    """Return the likeness (0 to 1) of names that share a word, or the start of one, and are spelled alike."""
    from rapidfuzz import fuzz

    words: dict[str, list[int]] = defaultdict(list)
    for index, each in enumerate(named):
        for word in {part for whole in each.core for part in (whole, f"{whole[:4]}…")}:
            words[word].append(index)
    found: dict[tuple[int, int], float] = {}
    for several in words.values():
        if not 1 < len(several) <= LARGEST_BLOCK:
            continue
        for at, one in enumerate(several):
            for other in several[at + 1 :]:
                if (one, other) not in found:
                    found[one, other] = _likeness(type, named[one], named[other], fuzz)
    return {pair: score for pair, score in found.items() if score}


def _likeness(type: str, one: _Named, other: _Named, fuzz: object) -> float:
    first, second = _core_key(one), _core_key(other)
    ratio: float = fuzz.ratio(first, second, score_cutoff=ALIKE)  # type: ignore[attr-defined]
    if ratio and min(len(first), len(second)) > 5 and not _differ_in_number(first, second):
        return round(ratio / 110.0, 2)
    shorter, longer = sorted((one.core, other.core), key=len)
    if type == "person" and len(shorter) > 1 and len(longer) > len(shorter) and _in_order(shorter, longer):
        return 0.75
    if type == "group" and len(shorter) > 1 and longer[: len(shorter)] == shorter:
        return 0.7
    return 0.0


def _differ_in_number(first: str, second: str) -> bool:
    """Tell "57th Front" from "48th Front": names with other digits are other parties."""
    return [sign for sign in first if sign.isdigit()] != [sign for sign in second if sign.isdigit()]


def _in_order(shorter: tuple[str, ...], longer: tuple[str, ...]) -> bool:
    """Tell whether a name's words come in the same order in a longer one, given name and a surname alike."""
    rest = iter(longer)
    return shorter[0] == longer[0] and shorter[0] in lexicon().given and all(word in rest for word in shorter)


def _merge(type: str, several: list[_Named], score: float, reason: str) -> Merge:
    ordered = sorted(several, key=lambda each: (-len(each.documents), -len(each.name), fold(each.name)))
    documents = sorted({document for each in several for document in each.documents})
    return Merge(type, tuple(each.name for each in ordered), tuple(documents), score, reason)
