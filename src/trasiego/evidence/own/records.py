"""The records of the own ledger, and how they lie in its tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from hashlib import blake2b
from typing import Any

from trasiego.common.own_claims import PREFIX
from trasiego.evidence.claim import Source
from trasiego.reading.candidate import Candidate
from trasiego.reading.checking import FIGURES, LISTS, OFFSETS
from trasiego.reading.persons import Person

STANDING_OF = {"stated": "established"}
"""The standing of a claim by its modality, where the two words differ."""

CREDIBILITY_OF = {
    "convicted": "2", "stated": "3", "estimated": "3", "alleged": "4", "suspected": "4", "denied": "5",
}  # fmt: skip
"""The Admiralty number of a claim by its modality, until the user gives another."""

BASIS_OF = {"convicted": "decision", "estimated": "estimated"}
"""The basis of a claim by its modality; "reported" for the others."""

CANDIDATE_COLUMNS: tuple[str, ...] = tuple(f.name for f in fields(Candidate))
OWN_COLUMNS = ("claim", "source", "persons", "credibility", "standing", "accepted_by", "accepted_at")
CLAIM_COLUMNS = (*OWN_COLUMNS, *CANDIDATE_COLUMNS)
SOURCE_COLUMNS: tuple[str, ...] = tuple(f.name for f in fields(Source))


@dataclass(frozen=True, slots=True)
class OwnClaim:
    """A candidate as it was accepted, its source, and what the user says of it.

    Of the candidate `contradicts` holds ids of own claims. `persons` are the persons whom its texts name;
    `credibility` is the Admiralty number 1 to 6, `standing` a word of vocabulary.STANDINGS, `accepted_at`
    ISO 8601.
    """

    id: str
    source_id: str
    candidate: Candidate
    persons: tuple[Person, ...]
    credibility: str
    standing: str
    accepted_by: str
    accepted_at: str

    def to_row(self) -> list[Any]:
        """Return the claim as a row of CLAIM_COLUMNS."""
        texts = {name: _packed(getattr(self.candidate, name)) for name in CANDIDATE_COLUMNS}
        persons = json.dumps([asdict(person) for person in self.persons], ensure_ascii=False)
        own = (self.id, self.source_id, persons, self.credibility, self.standing)
        return [*own, self.accepted_by, self.accepted_at, *texts.values()]


@dataclass(frozen=True, slots=True)
class Link:
    """That a claim speaks to the number of scenarios at the path `number`; who said so and when."""

    claim: str
    number: str
    by: str
    at: str


def claim_of(row: Mapping[str, Any]) -> OwnClaim:
    """Return the claim of a row of the table of claims."""
    persons = tuple(
        Person(each["name"], tuple(each["aliases"]), each["role"]) for each in json.loads(row["persons"])
    )
    candidate = Candidate(**{name: _unpacked(name, row[name]) for name in CANDIDATE_COLUMNS})
    own = (row["credibility"], row["standing"], row["accepted_by"], row["accepted_at"])
    return OwnClaim(row["claim"], row["source"], candidate, persons, *own)


def _packed(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value


def _unpacked(name: str, value: Any) -> Any:
    return json.loads(value) if name in (*LISTS, "counts") else value


def column_type(name: str) -> str:
    """Return the type of a column of the table of claims."""
    if name in (*FIGURES, "confidence"):
        return "REAL"
    return "INTEGER" if name in OFFSETS else "TEXT NOT NULL"


def claim_id(candidate: Candidate) -> str:
    """Return the id that a candidate has as a claim: the same whenever it is accepted."""
    return PREFIX + _digest(candidate.document, candidate.kind, candidate.id, candidate.start, candidate.end)


def source_of(candidate: Candidate, reliability: str) -> Source:
    """Return the report that a candidate comes from as a source with this Admiralty letter."""
    return Source(
        id=f"{PREFIX}source-{_digest(candidate.document, candidate.title, candidate.published)}",
        publisher=candidate.publisher,
        title=candidate.title or candidate.document,
        author=candidate.author,
        date=candidate.published,
        address="",
        kind="journalism",
        language=candidate.language,
        reliability=reliability,
        reliability_reason="",
        note=candidate.document,
    )


def _digest(*parts: object) -> str:
    return blake2b(json.dumps(list(map(str, parts))).encode(), digest_size=5).hexdigest()
