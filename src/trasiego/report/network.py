"""The page of a network: who is said to do what with whom, with the words that say so."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import trasiego
from trasiego.report.network_strings import network_texts
from trasiego.report.page import fill_frame, vendor_versions, write_page

if TYPE_CHECKING:
    import networkx as nx

PARTS = "network"
NETWORK = "network.html"
STYLES = ("style.css", "narrow.css", f"{PARTS}/network.css")
SCRIPTS = ("base.js", "tables.js", *(f"{PARTS}/{name}" for name in ("drawing.js", "sources.js", "main.js")))


def write_network_page(graph: nx.MultiDiGraph, path: Path, name: str) -> None:
    """Write the page of a graph (reading.network.graph_of) as one HTML file that works offline.

    `name` is what was read, for the heading. Raise Faults when the browser code is not there.
    """
    texts = network_texts()
    payload = network_payload(graph, texts, name)
    write_page(fill_frame(f"{PARTS}/index.html", STYLES, SCRIPTS, payload, texts, {}), path)


def write_ledger_network(ledger: Path, folder: Path, with_names: bool = False) -> str:
    """Write the network of an own ledger beside a report, and return the name of the file.

    Empty, and nothing is written, where the ledger holds no relation or networkx is not installed.
    """
    from importlib.util import find_spec

    from trasiego.evidence.own.graph import graph_of_ledger

    if find_spec("networkx") is None:
        return ""
    graph = graph_of_ledger(ledger, with_names)
    if not graph.number_of_edges():
        return ""
    write_network_page(graph, folder / NETWORK, ledger.name)
    return NETWORK


def network_payload(graph: nx.MultiDiGraph, words: dict[str, str], name: str) -> dict[str, Any]:
    """Return everything that the page shows, as plain JSON data; `words` are the texts of the page."""
    from trasiego.reading.network.graph import UNSURE

    documents = {about["document"] for _one, _other, about in graph.edges(data=True)}
    return {
        "language": words["language"],
        "title": words["title"].format(name=name),
        "run_line": words["run_line"].format(
            parties=len(graph), relations=graph.number_of_edges(), documents=len(documents)
        ),
        "licences": [
            words["licence_code"].format(**vendor_versions()),
            words["licence_program"].format(version=trasiego.__version__),
        ],
        "countries": {},
        "unsure": list(UNSURE),
        "nodes": [{"id": node, **about} for node, about in graph.nodes(data=True)],
        "edges": [
            {"id": key, "source": one, "target": other, **about}
            for one, other, key, about in graph.edges(keys=True, data=True)
        ],
    }
