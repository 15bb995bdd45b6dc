"""The file of the own ledger: one SQLite file, every change whole or not at all, two writers in turn."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import astuple
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from trasiego.common.faults import Fault, Faults
from trasiego.common.messages import _
from trasiego.evidence.claim import Source
from trasiego.evidence.own import records
from trasiego.evidence.own.records import Link, OwnClaim
from trasiego.reading.candidate import Candidate
from trasiego.reading.persons import Person, Withheld

DEFAULT_NAME = "trasiego-ledger.sqlite"
"""Name of the ledger in the current folder, unless another is given."""

APPLICATION = 0x74726173
"""Mark by which such a file is known ("tras")."""

VERSION = 1
"""Version of the tables; a file of a later one is refused."""

PATIENCE_S = 30.0
"""Seconds that a writer waits for another."""


def _tables() -> Iterator[str]:
    source = ", ".join(f"{name} TEXT NOT NULL" for name in records.SOURCE_COLUMNS[1:])
    yield f"CREATE TABLE sources (id TEXT PRIMARY KEY, {source})"
    own = ", ".join(f"{name} TEXT NOT NULL" for name in records.OWN_COLUMNS[2:])
    read = ", ".join(f"{name} {records.column_type(name)}" for name in records.CANDIDATE_COLUMNS)
    yield f"CREATE TABLE claims (claim TEXT PRIMARY KEY, source TEXT REFERENCES sources (id), {own}, {read})"
    yield 'CREATE TABLE links (claim TEXT, number TEXT, "by" TEXT, at TEXT, PRIMARY KEY (claim, number))'
    yield 'CREATE TABLE merges (id TEXT PRIMARY KEY, type TEXT, names TEXT, "by" TEXT, at TEXT)'


class OwnLedger:
    """An open ledger; used in a `with` block, after which the file is closed.

    `path` must exist unless `create`. Raises Faults where it can't be opened or is no ledger of this version.
    """

    def __init__(self, path: Path, create: bool = False) -> None:
        self.path = path
        if not create and not path.is_file():
            do = _("trasiego review CLAIMS makes one; --ledger names it")
            raise Faults(Fault(str(path), None, None, _("no such file"), _("a ledger"), None, do))
        try:
            self.connection = sqlite3.connect(path, timeout=PATIENCE_S, isolation_level=None)
        except sqlite3.Error as error:
            raise Faults(_fault(path, error)) from error
        self.connection.row_factory = sqlite3.Row
        try:
            with self._told():
                self.connection.execute("PRAGMA secure_delete = ON")
                self._prepare()
        except BaseException:
            self.connection.close()
            raise

    def __enter__(self) -> OwnLedger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()

    def _prepare(self) -> None:
        """Make the tables of a new file; raise Faults for a file of something else or of a later version."""
        if self._one("PRAGMA application_id") == 0:
            with self.change():  # another process may be making it
                if not self._one("SELECT count(*) FROM sqlite_master"):
                    for table in _tables():
                        self.connection.execute(table)
                    self.connection.execute(f"PRAGMA application_id = {APPLICATION}")
                    self.connection.execute(f"PRAGMA user_version = {VERSION}")
        mark, version = (self._one(f"PRAGMA {name}") for name in ("application_id", "user_version"))
        if mark != APPLICATION or version != VERSION:
            found = _("a database of something else")
            if mark == APPLICATION:
                found = _("a ledger of version {version}").format(version=version)
            allowed = _("a ledger of version {version}").format(version=VERSION)
            do = _("name another file, or use the version of trasiego that wrote it")
            raise Faults(Fault(str(self.path), None, None, found, allowed, None, do))
        self._add_columns()

    def _add_columns(self) -> None:
        """Give a ledger of an earlier state the texts that candidates have had since, empty."""
        have = {row["name"] for row in self.connection.execute("PRAGMA table_info(claims)")}
        missing = [name for name in records.CANDIDATE_COLUMNS if name not in have]
        if missing:
            with self.change():
                for name in missing:
                    kind = records.column_type(name)
                    self.connection.execute(f"ALTER TABLE claims ADD COLUMN {name} {kind} DEFAULT ''")

    def _one(self, query: str, *values: Any) -> Any:
        with closing(self.connection.execute(query, values)) as cursor:
            row = cursor.fetchone()
        return None if row is None else row[0]

    def _rows(self, query: str, *values: Any) -> list[sqlite3.Row]:
        with self._told(), closing(self.connection.execute(query, values)) as cursor:
            return cursor.fetchall()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what the database refuses inside the block into one fault."""
        try:
            yield
        except sqlite3.Error as error:
            raise Faults(_fault(self.path, error)) from error

    @contextmanager
    def change(self) -> Iterator[None]:
        """Make all changes inside the block together, or none of them; raises Faults."""
        with self._told():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def enter(
        self,
        candidates: Iterable[Candidate],
        persons: Sequence[Person] = (),
        letter_of: Callable[[str], str] = lambda _publisher: "F",
        by: str = "",
    ) -> list[str]:
        """Enter accepted candidates and return the ids of their claims; one that is there is replaced.

        Each claim keeps those of `persons` whom its texts name. `letter_of` gives the Admiralty letter of a
        publisher; a source that is there already keeps its own.
        """
        now = _now()
        claims, sources = [], {}
        finder = Withheld(persons)
        for each in candidates:
            source = records.source_of(each, letter_of(each.publisher))
            sources[source.id] = source
            there = tuple(finder.named("\n".join(texts_of(each))))
            standing = records.STANDING_OF.get(each.modality, each.modality)
            number = records.CREDIBILITY_OF.get(each.modality, "3")
            claims.append(OwnClaim(records.claim_id(each), source.id, each, there, number, standing, by, now))
        with self.change():
            self._put("INSERT OR IGNORE", "sources", map(astuple, sources.values()))
            self._put("INSERT OR REPLACE", "claims", (claim.to_row() for claim in claims))
        return [claim.id for claim in claims]

    def _put(self, how: str, table: str, rows: Iterable[Sequence[Any]]) -> None:
        columns = records.SOURCE_COLUMNS if table == "sources" else records.CLAIM_COLUMNS
        marks = ", ".join("?" * len(columns))
        names = ", ".join(f'"{name}"' for name in columns)
        self.connection.executemany(f"{how} INTO {table} ({names}) VALUES ({marks})", rows)

    def put_claims(self, claims: Iterable[OwnClaim]) -> None:
        """Write claims over those of the same ids; inside a block of `change`."""
        self._put("INSERT OR REPLACE", "claims", (claim.to_row() for claim in claims))

    def put_sources(self, sources: Iterable[Source]) -> None:
        """Write sources over those of the same ids; inside a block of `change`."""
        self._put("INSERT OR REPLACE", "sources", map(astuple, sources))

    def withdraw(self, names: Iterable[str]) -> None:
        """Take claims out again by their ids, with their links and with sources that nothing else cites."""
        with self.change():
            self.remove(names)

    def remove(self, names: Iterable[str]) -> None:
        """Do what `withdraw` does inside a block of `change`."""
        for name in names:
            self.connection.execute("DELETE FROM claims WHERE claim = ?", (name,))
            self.connection.execute("DELETE FROM links WHERE claim = ?", (name,))
        self.connection.execute("DELETE FROM sources WHERE id NOT IN (SELECT source FROM claims)")

    def claims(self) -> dict[str, OwnClaim]:
        """Return the claims by id, in the order of documents and of their texts."""
        rows = self._rows("SELECT * FROM claims ORDER BY document, start, claim")
        return {row["claim"]: records.claim_of(dict(row)) for row in rows}

    def sources(self) -> dict[str, Source]:
        """Return the sources by id."""
        return {row["id"]: Source(**dict(row)) for row in self._rows("SELECT * FROM sources ORDER BY id")}

    def grade_source(self, name: str, letter: str, reason: str = "") -> bool:
        """Give a source its Admiralty letter; return whether there is such a source."""
        query = "UPDATE sources SET reliability = ?, reliability_reason = ? WHERE id = ?"
        return self._update(query, letter, reason, name)

    def grade_claim(self, name: str, number: str) -> bool:
        """Give a claim its Admiralty number; return whether there is such a claim."""
        return self._update("UPDATE claims SET credibility = ? WHERE claim = ?", number, name)

    def _update(self, query: str, *values: Any) -> bool:
        with self.change():
            return self.connection.execute(query, values).rowcount > 0

    def link(self, claim: str, number: str, by: str = "") -> None:
        """Say that a claim speaks to the number at a path of scenarios."""
        self._update("INSERT OR IGNORE INTO links VALUES (?, ?, ?, ?)", claim, number, by, _now())

    def unlink(self, claim: str, number: str) -> bool:
        """Take a link back; return whether there was one."""
        return self._update("DELETE FROM links WHERE claim = ? AND number = ?", claim, number)

    def links(self) -> list[Link]:
        """Return the links, by number and claim."""
        return [Link(*row) for row in self._rows("SELECT * FROM links ORDER BY number, claim")]

    def accept_merge(self, merge: Mapping[str, Any], by: str = "") -> None:
        """Keep that the names of a proposed merge mean one and the same."""
        names = json.dumps(list(merge["names"]), ensure_ascii=False)
        query = "INSERT OR REPLACE INTO merges VALUES (?, ?, ?, ?, ?)"
        self._update(query, merge["id"], merge["type"], names, by, _now())

    def withdraw_merge(self, name: str) -> None:
        """Take a merge back by its id."""
        self._update("DELETE FROM merges WHERE id = ?", name)

    def merges(self) -> list[dict[str, Any]]:
        """Return the accepted merges: id, type, names (the first one is that which is shown), by, at."""
        rows = self._rows("SELECT * FROM merges ORDER BY id")
        return [dict(row) | {"names": json.loads(row["names"])} for row in rows]

    def vacuum(self) -> None:
        """Write the file anew, so that nothing that was deleted is left in it."""
        with self._told():
            self.connection.execute("VACUUM")


def texts_of(candidate: Candidate) -> Iterator[str]:
    """Yield every text of a candidate."""
    for name in records.CANDIDATE_COLUMNS:
        value = getattr(candidate, name)
        if isinstance(value, str):
            yield value
        elif isinstance(value, list | dict):
            yield from value


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _fault(path: Path, error: sqlite3.Error) -> Fault:
    """Return the fault of what the database refused."""
    busy = getattr(error, "sqlite_errorcode", None) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    allowed = _("a ledger that can be opened")
    do = _("check the name, the permissions and the disc")
    if busy:
        allowed, do = _("one writer at a time"), _("wait for the other one, then try again")
    return Fault(str(path), None, None, str(error), allowed, None, do)
