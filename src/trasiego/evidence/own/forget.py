"""Forgetting a person: every row, name and text that holds the person leaves the file, byte for byte."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from trasiego.common.faults import Fault, Faults
from trasiego.common.messages import _
from trasiego.evidence.claim import Source
from trasiego.evidence.own.records import CANDIDATE_COLUMNS, OwnClaim
from trasiego.evidence.own.store import OwnLedger, texts_of
from trasiego.reading.candidate import Candidate
from trasiego.reading.candidates_file import merges_path, read_lines, write_lines
from trasiego.reading.persons import Person, Withheld, folded
from trasiego.reading.review.log import log_path


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many claims were taken out, how many lost a text, and lines that left the files of candidates."""

    removed: int
    blanked: int
    lines: int


def forget(own: OwnLedger, name: str, claims_files: Iterable[Path] = ()) -> Forgotten:
    """Take a person out of the ledger, under all names that it knows, and out of files of candidates.

    Entities and relations of the person go, with their links; of other claims that name the person the
    figures stay and the texts with the name are emptied. Of `claims_files`, their logs and their merges every
    line that holds a name goes, and decisions on such lines too. Raises Faults.
    """
    claims = own.claims()
    files = [file for path in claims_files for file in (path, merges_path(path), log_path(path))]
    lines = {file: _lines(file) for file in files if file in claims_files or file.exists()}
    person = _known_as(name, claims, own.merges(), lines.values())
    finders = _Finders(person, claims, lines.values())
    gone = [claim.id for claim in claims.values() if _is_about(claim.candidate, finders)]
    kept = [claim for claim in claims.values() if claim.id not in gone]
    changed = [_without(claim, finders) for claim in kept]
    blanked = [after for before, after in zip(kept, changed, strict=True) if after != before]
    with own.change():
        own.put_claims(blanked)
        own.remove(gone)
        own.put_sources(_source_without(each, finders.of(each.note)) for each in own.sources().values())
        _forget_elsewhere(own, finders.whole)
    own.vacuum()
    dropped = _drop_lines(lines, finders)
    return Forgotten(len(gone), len(blanked), dropped)


class _Finders:
    """What finds the names of a person: family names alone count only in reports that give a whole name."""

    def __init__(
        self, person: Person, claims: Mapping[str, OwnClaim], files: Iterable[list[dict[str, Any]]]
    ) -> None:
        others = _others(claims)
        self.near = Withheld([person], others)
        self.whole = Withheld([person], others, parts=False)
        self.documents = {
            claim.candidate.document
            for claim in claims.values()
            if any(map(self.whole.holds, texts_of(claim.candidate)))
        }
        for line in (line for found in files for line in found):
            if "document" in line and any(map(self.whole.holds, _texts(line))):
                self.documents.add(str(line.get("document")))

    def of(self, document: str) -> Withheld:
        """Return what finds the person in texts of a report."""
        return self.near if document in self.documents else self.whole


def _forget_elsewhere(own: OwnLedger, finder: Withheld) -> None:
    """Take the person out of merges, and out of who linked and merged."""
    for row in own.merges():
        if any(map(finder.holds, row["names"])):
            own.connection.execute("DELETE FROM merges WHERE id = ?", (row["id"],))
    for table in ("links", "merges"):
        for (by,) in own.connection.execute(f'SELECT DISTINCT "by" FROM {table}').fetchall():
            if finder.holds(by):
                own.connection.execute(f'UPDATE {table} SET "by" = ? WHERE "by" = ?', ("", by))


def _known_as(
    name: str,
    claims: Mapping[str, OwnClaim],
    merges: Iterable[Mapping[str, Any]],
    files: Iterable[list[dict[str, Any]]],
) -> Person:
    """Return the person with all further names that ledger and files give, one leading to another."""
    groups = [{person.name, *person.aliases} for claim in claims.values() for person in claim.persons]
    groups += [set(merge["names"]) for merge in merges if merge["type"] == "person"]
    records = [line for found in files for line in found]
    for claim in claims.values():
        if claim.candidate.kind == "entity" and claim.candidate.type == "person":
            groups.append({claim.candidate.name, *claim.candidate.aliases})
    for line in records:
        if line.get("kind") == "entity" and line.get("type") == "person":
            groups.append({line["name"], *line.get("aliases", [])})
    names = {name}
    while True:
        plain = {folded(each) for each in names}
        more = set().union(*(group for group in groups if plain & {folded(each) for each in group}), names)
        if more == names:
            fullest = max(sorted(names), key=lambda each: (len(each.split()), len(each)))
            return Person(fullest, tuple(sorted(names - {fullest})))
        names = more


def _others(claims: Mapping[str, OwnClaim]) -> list[str]:
    """Return the names of groups, places and bodies, which stay although a person may be called the same."""
    named = [claim.candidate for claim in claims.values() if claim.candidate.kind == "entity"]
    return [name for each in named if each.type != "person" for name in (each.name, *each.aliases)]


def _is_about(candidate: Candidate, finders: _Finders) -> bool:
    """Whether a claim is of the person: the entity itself, or a relation with the person at one end."""
    finder = finders.of(candidate.document)
    if candidate.kind == "entity":
        return finder.holds(candidate.name) and candidate.type in ("person", "role")
    return candidate.kind == "relation" and (
        finder.holds(candidate.subject) or finder.holds(candidate.object)
    )


def _without(claim: OwnClaim, finders: _Finders) -> OwnClaim:
    """Return a claim with every text emptied that names the person."""
    finder = finders.of(claim.candidate.document)
    changes: dict[str, Any] = {}
    for column in CANDIDATE_COLUMNS:
        value = getattr(claim.candidate, column)
        if isinstance(value, str) and finder.holds(value):
            changes[column] = ""
        elif isinstance(value, list) and any(map(finder.holds, value)):
            changes[column] = [each for each in value if not finder.holds(each)]
        elif isinstance(value, dict) and any(map(finder.holds, value)):
            changes[column] = {each: count for each, count in value.items() if not finder.holds(each)}
    persons = tuple(
        replace(each, role="" if finder.holds(each.role) else each.role)
        for each in claim.persons
        if not any(map(finder.holds, (each.name, *each.aliases)))
    )
    if not changes and persons == claim.persons and not finders.whole.holds(claim.accepted_by):
        return claim
    by = "" if finders.whole.holds(claim.accepted_by) else claim.accepted_by
    return replace(claim, candidate=replace(claim.candidate, **changes), persons=persons, accepted_by=by)


def _source_without(source: Source, finder: Withheld) -> Source:
    texts = ("publisher", "title", "author", "note", "reliability_reason")
    return replace(source, **{name: "" for name in texts if finder.holds(getattr(source, name))})


def _lines(path: Path) -> list[dict[str, Any]]:
    """Return the records of a file; raise Faults for a line that is none, before anything is changed."""
    found = []
    for number, line in read_lines(path):
        if not isinstance(line, dict):
            do = _("correct or remove the line")
            allowed = _("an object of JSON on each line")
            raise Faults(Fault(str(path), number, None, _("no object"), allowed, None, do))
        found.append(line)
    return found


def _drop_lines(files: Mapping[Path, list[dict[str, Any]]], finders: _Finders) -> int:
    """Rewrite files of candidates, merges and logs without the lines that name the person; return how many.

    Decisions on what is dropped go too; a file of candidates comes before its log.
    """
    gone: set[str] = set()
    dropped = 0
    for path, lines in files.items():
        kept = []
        for line in lines:
            if line.get("item") in gone or _names(line, finders):
                gone.add(str(line.get("id")))
                dropped += 1
            else:
                by = str(line.get("reviewer", ""))
                kept.append(line | {"reviewer": ""} if by and finders.whole.holds(by) else line)
        if kept != lines:
            write_lines(path, kept)
    return dropped


def _names(line: Mapping[str, Any], finders: _Finders) -> bool:
    """Whether a line of a file names the person, but for who decided."""
    finder = finders.near if "item" in line else finders.of(str(line.get("document")))
    texts = (text for key, value in line.items() if key != "reviewer" for text in _texts(value))
    return any(map(finder.holds, texts))


def _texts(value: Any) -> Iterable[str]:
    """Yield every text inside a value of JSON, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from _texts(each)
