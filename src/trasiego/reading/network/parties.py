"""Who is who in the graph: entities of several reports, and parties of relations, by one key for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from trasiego.reading.candidate import Candidate
from trasiego.reading.persons import folded

PLACED = ("operates_in", "based_in", "moves_to")
"""Predicates whose object is a place where nothing else is known of it."""

BETWEEN_ACTORS = (
    "works_for", "leads", "directs", "finances", "succeeded", "rival_of", "allied_with", "hires", "bribes",
    "split_from", "member_of",
)  # fmt: skip
"""Predicates whose object acts where nothing else is known of it."""

Key = tuple[str, ...]


@dataclass(slots=True)
class Party:
    """A node in the making. `type` is that of an entity, or "actor" or "thing" where no entity is known."""

    type: str
    name: str
    aliases: list[str] = field(default_factory=list)
    role: str = ""
    country: str = ""
    documents: list[str] = field(default_factory=list)

    def add(self, other: Party) -> None:
        """Take in what another mention of the same party says."""
        names = [name for name in (other.name, *other.aliases) if name != self.name]
        self.aliases += [name for name in dict.fromkeys(names) if name not in self.aliases]
        self.role, self.country = self.role or other.role, self.country or other.country
        self.documents += [name for name in other.documents if name not in self.documents]


class Parties:
    """The parties of several reports by their keys.

    Entities of one type and name are one party in all reports, places also by their country; persons are one
    party in each report, as two may have one name. Accepted merges (records with `type` and `names`, and
    `documents` where they hold for some only) make one party of several; nothing else does.
    """

    def __init__(self, candidates: Iterable[Candidate], merges: Sequence[Mapping[str, Any]] = ()) -> None:
        self.merges = [(merge, {folded(name) for name in merge["names"]}) for merge in merges]
        self.known: dict[Key, Party] = {}
        self.named: dict[tuple[str, str], Key] = {}
        for each in candidates:
            if each.kind == "entity":
                self._add_entity(each)

    def key(self, document: str, name: str, predicate: str = "", is_object: bool = False) -> Key:
        """Return the key of a party of a relation, which becomes known where no entity has this name."""
        found = self.named.get((document, folded(name)))
        if found is None:
            kind = _kind(predicate, is_object)
            found = (kind, folded(name), document)
            self._enter(found, Party(kind, name, documents=[document]), [name])
        return found

    def _add_entity(self, each: Candidate) -> None:
        party = Party(each.type, each.name, list(each.aliases), each.role, each.country, [each.document])
        merge = self._merge(each)
        key: Key
        if merge is not None:
            first = Party(each.type, str(merge["names"][0]))
            first.add(party)
            party, key = first, ("merged", str(merge["id"]))
        elif each.type == "person":
            key = ("person", folded(each.name), each.document)
        elif each.type == "place":
            key = ("place", each.place_id or folded(each.name), each.country)
        else:
            key = (each.type, folded(each.name))
        self._enter(key, party, [each.name, *each.aliases])

    def _enter(self, key: Key, party: Party, names: Iterable[str]) -> None:
        for name in names:
            self.named.setdefault((party.documents[0], folded(name)), key)
        if key in self.known:
            self.known[key].add(party)
        else:
            self.known[key] = party

    def _merge(self, each: Candidate) -> Mapping[str, Any] | None:
        """Return the accepted merge that holds for an entity, the first where there are several."""
        for merge, names in self.merges:
            inside = each.document in merge.get("documents", [each.document])
            if inside and merge["type"] == each.type and folded(each.name) in names:
                return merge
        return None


def _kind(predicate: str, is_object: bool) -> str:
    """Return what a party is of which no entity is known, by its part in the relation."""
    if is_object and predicate in PLACED:
        return "place"
    return "thing" if is_object and predicate not in BETWEEN_ACTORS else "actor"
