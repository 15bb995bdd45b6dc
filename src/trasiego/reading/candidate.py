"""A candidate claim: what one stretch of a report seems to say, for a person to accept, edit or reject."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

KINDS: tuple[str, ...] = ("entity", "quantity", "event", "relation")
"""Kinds of candidate."""

MODALITIES: tuple[str, ...] = ("stated", "alleged", "suspected", "estimated", "convicted", "denied")
"""How far what is said has got: "stated" where the report says it without a reservation."""

EVENT_TYPES: tuple[str, ...] = ("raid", "seizure", "arrest", "killing", "meeting", "law", "split")
"""Kinds of event."""


@dataclass(slots=True)
class Candidate:
    """One candidate; a line of JSON in a file of candidates.

    `kind` is one of KINDS, and the fields of the other kinds stay empty (None for figures):

    - entity: `type` (mentions.ENTITY_TYPES), `name`, `aliases`, `role`, `country`, `place_id`, `choices`;
    - quantity: `value`, or `low` and `high` (a lone `low` reads "at least", a lone `high` "at most"), `unit`,
      `what`, `place`, `date`, and `product` and `mode` (data/reading/goods.toml) as events have them;
    - event: `type` (EVENT_TYPES), `date`, `place`, `by`, `against`, `counts` (what to how many);
    - relation: `subject`, `predicate` (common.predicates), `object`, `date`.

    `quote` is document.text[start:end], the words that say it; `sentence` is the sentence around them and
    `sentence_start` its offset. `attribution` is who says so, empty where it is the report itself; `modality`
    is one of MODALITIES; `confidence` is 0 to 1, a ranking and no probability. `contradicts` holds ids of
    candidates that do not agree. `proposed_by` is "rules", or "model:" with a name. `document`,
    `title`, `publisher`, `author`, `published` and `language` are those of the report.
    """

    kind: str
    document: str
    quote: str
    start: int
    end: int
    id: str = ""
    type: str = ""
    name: str = ""
    aliases: list[str] = field(default_factory=list)
    role: str = ""
    country: str = ""
    place_id: str = ""
    choices: list[str] = field(default_factory=list)
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: str = ""
    what: str = ""
    place: str = ""
    date: str = ""
    product: str = ""
    mode: str = ""
    by: str = ""
    against: str = ""
    counts: dict[str, float] = field(default_factory=dict)
    subject: str = ""
    predicate: str = ""
    object: str = ""
    attribution: str = ""
    modality: str = "stated"
    confidence: float = 0.5
    sentence: str = ""
    sentence_start: int = 0
    contradicts: list[str] = field(default_factory=list)
    proposed_by: str = "rules"
    title: str = ""
    publisher: str = ""
    author: str = ""
    published: str = ""
    language: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain data for JSON, empty fields left out."""
        return {name: each for name, each in asdict(self).items() if each not in ("", None, [], {})}
