"""Names in reports: persons, groups, bodies, outlets and places, and which mentions mean the same."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from trasiego.reading.mentions import Entity, Mention, Names
from trasiego.reading.names.aliases import link_pending, take_aliases, take_nicknames
from trasiego.reading.names.brackets import link_brackets
from trasiego.reading.names.draft import Draft, Span
from trasiego.reading.names.groups import (
    take_coordinated,
    take_first_words,
    take_fronts,
    take_groups,
    take_repeats,
    take_titles_of_works,
)
from trasiego.reading.names.institutions import take_institutions
from trasiego.reading.names.jargon import take_roles
from trasiego.reading.names.known import take_known
from trasiego.reading.names.lexicon import ARTICLES, fold
from trasiego.reading.names.linking import cluster
from trasiego.reading.names.people import take_epithets, take_people, take_short_forms, take_surnames
from trasiego.reading.names.places import take_long_places, take_places
from trasiego.reading.names.publishers import take_publishers
from trasiego.reading.names.resolving import countries_of, resolve
from trasiego.reading.names.said_to_be import role_of

if TYPE_CHECKING:
    from trasiego.reading.document import Document
    from trasiego.reading.parsing import Passage

__all__ = ["find_names"]

PASSES = (
    take_titles_of_works,
    take_known,
    take_surnames,
    take_roles,
    take_institutions,
    take_aliases,
    take_fronts,
    take_groups,
    take_first_words,
    take_repeats,
    take_long_places,
    take_coordinated,
    take_people,
    take_nicknames,
    take_short_forms,
    take_publishers,
    take_epithets,
    take_places,
    take_short_forms,
    link_brackets,
    link_pending,
)
"""The steps in their order: what is surest takes its words first."""


WORD = re.compile(r"[^\W_]+")


def find_names(document: Document, passages: list[Passage]) -> Names:
    """Return who and what a report names; `passages` are the report's own (parsing.parse).

    What headings alone name is left out, unless there is nothing but headings.
    """
    draft = Draft(document, passages)
    for step in PASSES:
        step(draft)
    countries = countries_of(draft)
    body = any(not word.heading for word in draft.words)
    entities: list[Entity] = []
    mentions: list[Mention] = []
    for spans in cluster(draft):
        if body and all(draft.words[span.first].heading for span in spans):
            continue
        entity = _entity(draft, spans)
        if entity.type == "place":
            _resolve(draft, entity, spans, countries)
        for span in spans:
            start, end = draft.words[span.first].start, draft.words[span.last - 1].end
            mentions.append(Mention(start, end, len(entities)))
        entities.append(entity)
    in_order = tuple(sorted(mentions, key=lambda each: each.start))
    return Names(tuple(entities), in_order, _in_title(document.title, entities))


def _in_title(title: str, entities: list[Entity]) -> tuple[int, ...]:
    """Return the positions of the entities that a title names, in the order of the list."""
    said = " ".join(["", *WORD.findall(fold(title)), ""])
    found = []
    for at, entity in enumerate(entities):
        names = [WORD.findall(_comparable(name)) for name in (entity.name, *entity.aliases)]
        if entity.type == "group" and " cartel " in said:
            names += [name[2:] for name in names if name[0:2] in (["cartel", "de"], ["cartel", "del"])]
        if any(name and " ".join(["", *name, ""]) in said for name in names):
            found.append(at)
    return tuple(found)


def _entity(draft: Draft, spans: list[Span]) -> Entity:
    type = spans[0].type
    forms: list[str] = []
    role = ""
    for span in spans:
        name = span.name
        nickname = draft.nicknames.get(span.first) if type == "person" else None
        if nickname:
            name = f"{draft.phrase(span.first, nickname[0])} {draft.phrase(nickname[1], span.last)}"
            span.name = name
            forms.append(draft.phrase(*nickname))
        forms.append(name)
        if type == "person" and not role:
            role = role_of(draft, span)
    main = _main_name(draft, type, spans, forms)
    seen = {_comparable(main)}
    aliases = []
    for form in forms:
        if _comparable(form) not in seen:
            seen.add(_comparable(form))
            aliases.append(form)
    return Entity(main, type, aliases, role)


def _main_name(draft: Draft, type: str, spans: list[Span], forms: list[str]) -> str:
    """Return the fullest form, but of places the one used most."""
    if type == "place":
        return max(forms, key=lambda form: (forms.count(form), -forms.index(form)))
    full = [span.name for span in spans if not span.witnesses & {"brackets", "alias"}] or forms
    own = [form for form in forms if form in full] or forms
    return max(own, key=lambda form: (len(form.split()), -own.index(form)))


def _comparable(name: str) -> str:
    words = [word for word in fold(name).replace("-", " ").split() if word not in ARTICLES]
    return " ".join(words)


def _resolve(draft: Draft, entity: Entity, spans: list[Span], countries: Counter[str]) -> None:
    readings = resolve(draft, spans, countries)
    if readings:
        entity.country = readings[0].country if "|" not in readings[0].country else ""
        entity.place_id = readings[0].place_id
        if len(readings) > 1:
            entity.choices = [place.label for place in readings]
