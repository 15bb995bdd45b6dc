"""The graph of what was read: parties as nodes, an edge for each relation that a report states."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from trasiego.common.faults import not_installed
from trasiego.common.messages import _
from trasiego.reading.candidate import Candidate
from trasiego.reading.network.parties import Key, Parties, Party
from trasiego.reading.persons import Person, Withheld, persons_of

if TYPE_CHECKING:
    import networkx as nx

UNSURE = ("alleged", "suspected", "denied")
"""Modalities of which an edge is drawn dashed."""


def graph_of(
    candidates: Iterable[Candidate],
    merges: Sequence[Mapping[str, Any]] = (),
    persons: Iterable[Person] | None = None,
    with_names: bool = False,
) -> nx.MultiDiGraph:
    """Return the graph of the entities and relations among candidates.

    Nodes are named n1, n2, ... in the order of the candidates, with `label`, `type`, `role`, `country`,
    `aliases` and `documents` (lists). There is one edge for each place where a report states a relation, so
    each has its source: `predicate`, `modality`, `attribution`, `confidence`, `date`, `document`, `title`,
    `publisher`, `published`, `quote`, `sentence` and `proposed_by`; its key is the candidate's id.

    `merges` are accepted ones (see Parties). Without `with_names` persons stand as what they are said to be,
    and their names are in no text of the graph; `persons` are those to withhold besides the candidates'.
    Raise Faults when networkx is not installed.
    """
    every = list(candidates)
    named = [*persons_of(every), *(persons or ())]
    kept = [
        name
        for each in every
        if each.kind == "entity" and each.type != "person"
        for name in (each.name, *each.aliases)
        if each.type != "place" or " " in name
    ]
    hide = Withheld(named, kept, with_names)
    parties = Parties(every, merges)
    graph: nx.MultiDiGraph = library().MultiDiGraph()
    relations = [(_ends(each, parties), each) for each in every if each.kind == "relation"]
    numbers = {key: f"n{number}" for number, key in enumerate(parties.known, start=1)}
    for key, party in parties.known.items():
        graph.add_node(numbers[key], **_node(party, hide))
    for number, ((subject, object_), each) in enumerate(relations, start=1):
        edge = each.id or f"e{number}"
        graph.add_edge(numbers[subject], numbers[object_], key=edge, **_edge(each, hide))
    return graph


def library() -> Any:
    """Return networkx; raise Faults when it is not installed."""
    try:
        import networkx as nx
    except ImportError as error:
        raise not_installed(
            "networkx",
            found=_("networkx is not installed"),
            allowed=_("networkx, which makes the graph"),
            do=_("pip install 'trasiego[read]'"),
        ) from error
    return nx


def _ends(each: Candidate, parties: Parties) -> tuple[Key, Key]:
    """Return the keys of the two parties of a relation."""
    subject = parties.key(each.document, each.subject, each.predicate)
    return subject, parties.key(each.document, each.object, each.predicate, is_object=True)


def _node(party: Party, hide: Withheld) -> dict[str, Any]:
    """Return what a node says; a person's further names are left out with the name.

    A place keeps its name even where a person has it too.
    """
    hidden = party.type == "person" and not hide.shown
    label = party.name if party.type == "place" else hide(party.name)
    return {
        "label": (hide(party.role) or _("a person")) if hidden else label,
        "type": party.type,
        "role": hide(party.role),
        "country": party.country,
        "aliases": [] if hidden else [hide(alias) for alias in party.aliases],
        "documents": [hide(name) for name in party.documents],
    }


def _edge(each: Candidate, hide: Withheld) -> dict[str, Any]:
    return {
        "predicate": each.predicate,
        "modality": each.modality,
        "attribution": hide(each.attribution),
        "confidence": each.confidence,
        "date": each.date,
        "document": hide(each.document),
        "title": hide(each.title),
        "publisher": each.publisher,
        "published": each.published,
        "quote": hide(each.quote),
        "sentence": hide(each.sentence),
        "proposed_by": each.proposed_by,
    }
