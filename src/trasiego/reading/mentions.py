"""What a report names: each mention where it stands, and the entity that it means."""

from __future__ import annotations

from dataclasses import dataclass, field

ENTITY_TYPES: tuple[str, ...] = (
    "person", "group", "agency", "place", "organization", "publisher", "role",
)  # fmt: skip
"""Kinds of entity: agency is a body of a state, organization any other body that is no group of the trade."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch [start, end) of the document's text that names the entity with the index `entity`."""

    start: int
    end: int
    entity: int


@dataclass(slots=True)
class Entity:
    """Somebody or something that a report names, under one name with its further names.

    `role` is what a person is said to be ("alleged leader of X"). For a place `place_id` is that of the
    shipped map where it is on it, `country` its ISO 3166-1 letters, `choices` the readings of an
    ambiguous name ("San Francisco, Ayacucho, PE"), the one taken first.
    """

    name: str
    type: str
    aliases: list[str] = field(default_factory=list)
    role: str = ""
    country: str = ""
    place_id: str = ""
    choices: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Names:
    """All entities of a report and their mentions, in the order of the text; mentions do not overlap.

    `titled` are the indexes of the entities that the title of the report names.
    """

    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    titled: tuple[int, ...] = ()

    def within(self, start: int, end: int) -> list[Mention]:
        """Return the mentions that lie in [start, end)."""
        return [each for each in self.mentions if start <= each.start and each.end <= end]
