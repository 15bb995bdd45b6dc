"""The graph as files: GEXF for programs that draw graphs, FollowTheMoney for those that cross-check data."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trasiego.common.disc import told
from trasiego.common.messages import _
from trasiego.reading.network.graph import library
from trasiego.reading.shipped import shipped

if TYPE_CHECKING:
    import networkx as nx

PREFIX = "trasiego-"
"""How the ids of FollowTheMoney entities begin."""


def write_gexf(graph: nx.MultiDiGraph, path: Path) -> None:
    """Write a graph as GEXF, lists joined by " | "; the file appears whole or not at all. Raises Faults."""
    plain = library().MultiDiGraph()
    for node, about in graph.nodes(data=True):
        plain.add_node(node, **_flat(about))
    for subject, object_, key, about in graph.edges(keys=True, data=True):
        told_of = _flat(about)
        plain.add_edge(subject, object_, key=key, label=about["predicate"], **told_of)
    _write(path, "\n".join(library().generate_gexf(plain)) + "\n")


def write_follow_the_money(graph: nx.MultiDiGraph, path: Path) -> None:
    """Write a graph as entities of FollowTheMoney, a line of JSON each; whole or not at all; raise Faults."""
    lines = (json.dumps(each, ensure_ascii=False) for each in entities_of(graph))
    _write(path, "".join(f"{line}\n" for line in lines))


def entities_of(graph: nx.MultiDiGraph) -> Iterator[dict[str, Any]]:
    """Yield the entities of FollowTheMoney: those of the nodes, then a link for each edge.

    A link keeps predicate, modality and who says so in `description`, the words in `summary`.
    """
    schemata = {node: _mapping()["nodes"][about["type"]] for node, about in graph.nodes(data=True)}
    for node, about in graph.nodes(data=True):
        properties = {
            "name": [about["label"]],
            "alias": about["aliases"],
            "country": [about["country"].lower()],
            "summary": [about["role"]],
        }
        yield _entity(f"{PREFIX}{node}", schemata[node], properties)
    for number, (subject, object_, about) in enumerate(graph.edges(data=True), start=1):
        link = _link(about["predicate"], schemata[subject], schemata[object_])
        says = [about["modality"], about["predicate"].replace("_", " ")]
        says += [_("according to {who}").format(who=about["attribution"])] if about["attribution"] else []
        properties = {
            link["subject"][0]: [f"{PREFIX}{subject}"],
            link["object"][0]: [f"{PREFIX}{object_}"],
            "description": [", ".join(says)],
            "summary": [about["quote"]],
            "publisher": [about["publisher"]],
            "recordId": [about["document"]],
            "date": [about["date"]] if about["date"][:1].isdigit() and "/" not in about["date"] else [],
        }
        if link["schema"] == "Payment":
            properties["purpose"] = [about["predicate"]]
        else:
            properties |= {"role": [about["predicate"]], "status": [about["modality"]]}
        yield _entity(f"{PREFIX}e{number}", link["schema"], properties)


def _entity(name: str, schema: str, properties: dict[str, list[str]]) -> dict[str, Any]:
    """Return an entity without the properties that are empty."""
    kept = {key: [each for each in values if each] for key, values in properties.items()}
    return {"id": name, "schema": schema, "properties": {key: each for key, each in kept.items() if each}}


def _link(predicate: str, subject: str, object_: str) -> dict[str, Any]:
    """Return how a predicate between two schemata is written; the plain link where its own does not fit."""
    mapping = _mapping()
    link: dict[str, Any] = mapping["links"].get(predicate, mapping["link"])
    ranges = mapping["ranges"]
    fits = subject in ranges[link["subject"][1]] and object_ in ranges[link["object"][1]]
    return link if fits else dict(mapping["link"])


def _mapping() -> dict[str, Any]:
    return shipped("follow_the_money")


def _flat(about: dict[str, Any]) -> dict[str, Any]:
    return {name: " | ".join(each) if isinstance(each, list) else each for name, each in about.items()}


def _write(path: Path, text: str) -> None:
    """Write a file under a temporary name and rename it."""
    beside = path.with_name(f".{path.name}.partial")
    with told(path, _("write {file}").format(file=path.name)):
        try:
            beside.write_text(text, encoding="utf-8")
            os.replace(beside, path)
        finally:
            beside.unlink(missing_ok=True)
